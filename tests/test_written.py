"""Graphs as lines: the same statements, the same store, whichever way they go into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from kg.checks import Index
from kg.iris import Iris
from kg.quads import posting_graph, posting_quads
from kg.store import Store
from kg.updates import IN_BULK
from kg.validate import check_plainly
from kg.written import WrittenGraph
from tests.factories import make_facts, two_levels
from tests.strategies import facts as any_facts

if TYPE_CHECKING:
    from nlp.types import Facts

IRIS: Final = Iris()
RUN: Final = IRIS.run("0.1.0", "ab", "ef")
AWKWARD: Final = 'a\\b "c" \t\r\n\x0b\x0c\x08\x00\x1f\x7f\u0085\u2028\ufeff{} . <x> \U0001f600'


def posted(title: str = "Data Engineer II") -> WrittenGraph:
    return posting_graph(make_facts(title=title), IRIS, RUN)


@given(any_facts())
@settings(max_examples=40, deadline=None)
def test_lines_are_what_the_engine_writes_of_the_quads(facts: Facts) -> None:
    graph = posting_graph(facts, IRIS, RUN)
    nodes: dict[str, list[str]] = {}
    for quad in graph:
        nodes.setdefault(str(quad.subject), []).append(f" {quad.predicate} {quad.object}")
    lines = "".join([node + " ;\n".join(said) + " .\n" for node, said in nodes.items()])
    assert graph.data.decode() == f"GRAPH <{graph.name}> {{\n{lines}}}\n"
    written = list(map(str, graph))
    assert written == sorted(set(written))
    assert [*graph] == posting_quads(facts, IRIS, RUN)
    assert len(graph) == len([*graph])
    assert graph.name == IRIS.graph(facts.posting.id).value


@given(any_facts())
@settings(max_examples=40, deadline=None)
def test_what_is_checked_is_what_is_written(facts: Facts) -> None:
    graph = posting_graph(facts, IRIS, RUN)
    assert graph.values is not None
    read = Index.of(graph.name, graph)
    assert {node: {path: sorted(said) for path, said in all_.items()} for node, all_ in
            graph.values.items()} == {
        node: {path: sorted(said) for path, said in all_.items()}
        for node, all_ in read.values.items()
    }  # fmt: skip
    assert check_plainly(graph) == check_plainly([*graph]) == []


def test_a_fault_is_found_in_lines_as_in_quads() -> None:
    graph = posted()
    assert graph.values is not None
    graph.values["https://example.org/nothing"] = {}
    assert [found.node for found in check_plainly(graph)] == ["https://example.org/nothing"]
    graph.values = None
    assert check_plainly(graph) == [], "where only the lines are left they are read"


@pytest.mark.parametrize("awkward", [AWKWARD, f'" <{IRIS.graph("x").value}> .\\n'])
def test_words_come_back_as_they_were(awkward: str) -> None:
    graph = posted(f"x{awkward}y")
    store = ox.Store()
    store.bulk_load(graph.data, format=ox.RdfFormat.TRIG, lenient=True)
    assert set(store) == {*graph}
    assert f"x{awkward}y" in {getattr(quad.object, "value", "") for quad in store}
    other = ox.Store()
    other.update(f"INSERT DATA {{ {graph.pattern} }}")
    assert set(other) == {*graph}


@pytest.mark.parametrize("copies", [1, IN_BULK.start // 50])
def test_every_way_into_a_store_leaves_the_same(copies: int) -> None:
    graphs = [
        posting_graph(facts, IRIS, RUN)
        for number in range(copies)
        for facts in (make_facts(source=f"{number}.txt"), *(two_levels() if number == 0 else ()))
    ]
    assert (sum(map(len, graphs)) in IN_BULK) == (copies > 1)
    runs = IRIS.graph("runs")
    mark = ox.Quad(runs, ox.NamedNode("urn:x"), ox.Literal(AWKWARD), runs)
    expected = {mark, *(quad for graph in graphs for quad in graph)}
    plain, lines, replaced = (Store.in_memory() for _ in range(3))
    plain.apply(add=expected)
    lines.apply(add=[mark], graphs=graphs)
    replaced.apply(graphs=graphs[:1])
    replaced.apply(drop=[graph.name for graph in graphs], add=[mark], graphs=graphs)
    for store in (plain, lines, replaced):
        assert set(store.quads()) == expected
