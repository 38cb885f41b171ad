"""The fast way to hold graphs to their shapes is held to the slow one, pyshacl."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import shacl
from kg.conformance import Shapes, shapes_of
from kg.literals import is_well_formed, order_of
from kg.quads import posting_quads
from kg.store import Store
from kg.validate import GRAPHS as KINDS
from kg.validate import check_plainly, validate, validate_store
from ontology import terms
from ontology.terms import RDF, SCHEMA, XSD
from tests.factories import make_facts
from tests.faults import FAULTS
from tests.passing_graphs import GRAPHS, IRIS, RUN
from tests.planting import ME, drop, swap
from tests.test_validate import SHAPES, a_node_of, wrong_value, wrong_values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.planting import Fault

HEAD: Final = f"""
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <{SCHEMA}> .
@prefix shapes: <{terms.SHAPES}> .
shapes:A schema:isPartOf shapes:postings ; sh:targetClass schema:A ;
"""
LITERALS: Final = [
    ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
    for text in ("", "0", "-1", "1.50", "007", "true", "1", "2026-02-30", "2026-11-28", "a\nb")
    for datatype in ("string", "integer", "decimal", "boolean", "date", "gYearMonth", "dateTime")
]


def by_graph(quads: list[ox.Quad]) -> list[tuple[str, list[ox.Quad]]]:
    """The graphs among quads that shapes hold, each with its kind."""
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    kinds = {name: KINDS.get(name.rsplit("/", 1)[-1], "postings") for name in graphs}
    return [(kind, graphs[name]) for name, kind in kinds.items() if kind]


def agree(quads: list[ox.Quad], kind: str) -> bool:
    """Say whether a graph conforms, after both ways were asked."""
    fast = shapes_of(kind).conform(quads)
    assert fast == (not list(shacl.report("g", quads, kind)))
    return fast


@pytest.mark.parametrize("kind", GRAPHS)
def test_a_good_graph_conforms(kind: str) -> None:
    assert agree(GRAPHS[kind](), kind)


@pytest.mark.slow  # tests/test_validate.py fails as well where a fault is passed over
@pytest.mark.parametrize(
    ("kind", "plant"), [fault[1:3] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_both_ways_agree_on_a_planted_fault(kind: str, plant: Fault) -> None:
    for held, quads in by_graph(plant(GRAPHS[kind]())):
        agree(quads, held)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "shape", "predicate", "how"), wrong_values())
def test_both_ways_agree_on_every_property_of_every_shape(
    kind: str, shape: str, predicate: str, how: str
) -> None:
    quads = GRAPHS[kind]()
    if how == "unlinked":
        broken = drop("", predicate)(quads)
    else:
        at = a_node_of(shape, predicate, quads)
        broken = swap(at, predicate, wrong_value(shape, predicate))(quads)
        other = drop(at, predicate)(quads)
        agree(other, kind)
    assert not agree(broken, kind)


def test_every_shape_is_broken_here() -> None:
    told = {shape for fault in FAULTS for _, shape in fault[3]}
    told |= {shape for _, shape, _, _ in wrong_values()}
    named = {str(shape) for shape in SHAPES.subjects() if str(shape).startswith(terms.SHAPES)}
    assert {name.removeprefix(terms.SHAPES) for name in named} <= told


@st.composite
def damaged(draw: st.DrawFn, kind: str) -> list[ox.Quad]:
    """A graph in which some statements are gone, doubled, or say something else."""
    quads = list(GRAPHS[kind]())
    terms_there = [*(quad.object for quad in quads), *LITERALS, ox.BlankNode("b")]
    predicates = [quad.predicate for quad in quads]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(quads) - 1))
        quad = quads[at]
        value, predicate = draw(st.sampled_from(terms_there)), draw(st.sampled_from(predicates))
        how = draw(st.sampled_from(("drop", "value", "predicate", "add", "add here")))
        if how in ("drop", "value", "predicate"):
            del quads[at]
        if how in ("value", "add here"):
            quads.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
        if how in ("predicate", "add"):
            quads.append(ox.Quad(quad.subject, predicate, quad.object, quad.graph_name))
    return quads


def hold_to_pyshacl(kind: str, quads: list[ox.Quad]) -> None:
    """What conforms has nothing that pyshacl finds; so validation reports the same."""
    if shapes_of(kind).conform(quads):
        assert list(shacl.report("g", quads, kind)) == []


@pytest.mark.parametrize("kind", GRAPHS)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_what_conforms_is_valid(kind: str, data: st.DataObject) -> None:
    hold_to_pyshacl(kind, data.draw(damaged(kind)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", GRAPHS)
@given(data=st.data())
@settings(max_examples=500, deadline=None)
def test_what_conforms_is_valid_many_times(kind: str, data: st.DataObject) -> None:
    hold_to_pyshacl(kind, data.draw(damaged(kind)))


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("sh:property [ sh:path schema:b ; sh:maxLength 3 ] .", "sh:maxLength is not known here"),
        ("sh:node shapes:B .", "sh:node is not known here"),
        ("sh:severity sh:Warning .", "sh:severity is not known here"),
        ("sh:not [ sh:path schema:b ; sh:datatype schema:c ] .", "datatype below sh:not"),
        ("sh:xone ( [ sh:class schema:B ] [ sh:class schema:C ] ) .", "class below sh:not"),
        ("sh:property [ sh:path [ sh:zeroOrMorePath schema:b ] ; sh:minCount 1 ] .", "no path"),
    ],
)
def test_what_is_not_known_is_refused_and_not_passed_over(rest: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Shapes("postings", HEAD + rest)


def test_subclasses_are_left_to_pyshacl() -> None:
    quads = posting_quads(make_facts(), IRIS, RUN)
    place = ox.NamedNode(SCHEMA + "Place")
    subclass = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    assert not shapes_of("postings").conform(
        [*quads, ox.Quad(place, subclass, place, quads[0].graph_name)]
    )


@pytest.mark.parametrize(
    ("text", "datatype", "well_formed", "order"),
    [
        ("12", "integer", True, "number"),
        ("-5", "integer", True, "number"),
        ("1.5", "integer", False, None),
        ("1.5", "decimal", True, "number"),
        ("1e3", "decimal", False, None),
        ("٣", "integer", False, None),
        ("2026-11-28", "date", True, "date"),
        ("2026-11-31", "date", False, None),
        ("20261128", "date", False, None),
        ("2026-11-28T10:00:00Z", "dateTime", True, "dateTime"),
        ("2026-11-28T25:00:00Z", "dateTime", False, None),
        ("2026-11-28T10:00:00+01:00", "dateTime", False, None),
        ("2026-12", "gYearMonth", True, None),
        ("2026-13", "gYearMonth", False, None),
        ("0000-12", "gYearMonth", False, None),
        ("true", "boolean", True, None),
        ("1", "boolean", False, None),
        ("anything", "string", True, None),
        ("1.5", "double", False, None),
    ],
)
def test_literals(text: str, datatype: str, well_formed: bool, order: str | None) -> None:
    literal = ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
    assert is_well_formed(literal) == well_formed
    found = order_of(literal)
    assert (found and found[0].rsplit("#", 1)[-1]) == order


def test_processes_find_what_one_finds(tmp_path: Path) -> None:
    facts = [make_facts(source=f"{number}.txt") for number in range(3)]
    with Store.open(tmp_path / "s", create=True) as store:
        for one in facts:
            store.replace(one.posting.id, posting_quads(one, IRIS, RUN))
        broken = drop(ME, SCHEMA + "identifier")(GRAPHS["postings"]())
        store.apply(add=broken)
        assert validate_store(store, jobs=2) == validate_store(store), "it is open for writing"
    with Store.open(tmp_path / "s") as store:
        found = validate_store(store, jobs=2)
        assert found == validate_store(store)
        shapes = {one.shape for one in found}
    assert {one.shape for one in validate(broken)} <= shapes
    assert {one.shape for one in check_plainly(broken)} <= shapes
    assert RDF + "type" not in shapes
