"""Answers are sorted here as the engine sorts them, and as SPARQL says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import Names
from kg.ordering import Key, Order
from kg.questions import FEW, questions
from kg.rows import from_answer
from kg.store import Store
from ontology import terms
from tests.stores import two_level_store

if TYPE_CHECKING:
    from collections.abc import Sequence

XSD = terms.XSD


def literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


MIXED = (
    ox.NamedNode("https://b.example/"),
    ox.NamedNode("https://a.example/"),
    ox.Literal("b"),
    ox.Literal("B"),
    ox.Literal("a much longer text than the others"),
    ox.Literal("a"),
    ox.Literal("Ärger"),
    ox.Literal(""),
)
NUMBERS = (
    literal("10", "integer"),
    literal("9", "integer"),
    literal("9.5", "decimal"),
    literal("-1", "integer"),
)
TIMES = (
    literal("2026-11-28T10:00:00.5Z", "dateTime"),
    literal("2026-11-28T10:00:00Z", "dateTime"),
    literal("2026-11-28T10:30:00+01:00", "dateTime"),
)


def rows_of(terms_: Sequence[ox.NamedNode | ox.Literal | None], order: str) -> tuple[str, ox.Store]:
    """Return a question that sorts these terms, and a store for it."""
    values = " ".join("UNDEF" if term is None else str(term) for term in terms_)
    return f"SELECT ?it WHERE {{\n VALUES ?it {{ {values} }}\n}}\nORDER BY {order}\n", ox.Store()


@pytest.mark.parametrize("order", ["?it", "DESC(?it)", "LCASE(?it) ?it", "DESC(LCASE(?it)) ?it"])
@pytest.mark.parametrize(
    "found",
    [(*MIXED, None), NUMBERS, TIMES, ()],
    ids=["texts and IRIs", "numbers", "times", "nothing"],
)
def test_rows_stand_as_the_engine_puts_them(
    found: tuple[ox.NamedNode | ox.Literal | None, ...], order: str
) -> None:
    sparql, store = rows_of(found, order)
    here = Order.of(sparql)
    assert here is not None
    rows = here.sorted(from_answer(store.query(here.left_out(sparql))))
    assert rows == from_answer(store.query(sparql))


@given(st.lists(st.tuples(st.text(max_size=4), st.integers(-2, 2)), max_size=8))
def test_whatever_is_sorted_is_sorted_as_the_engine_does(pairs: list[tuple[str, int]]) -> None:
    values = " ".join(f"({ox.Literal(text)} {number})" for text, number in pairs)
    sparql = (
        f"SELECT ?a ?b WHERE {{\n VALUES (?a ?b) {{ {values} }}\n}}\nORDER BY DESC(?b) LCASE(?a) ?a"
    )
    order, store = Order.of(sparql), ox.Store()
    assert order is not None
    rows = order.sorted(from_answer(store.query(order.left_out(sparql))))
    assert rows == from_answer(store.query(sparql))


def test_what_is_sorted_by_and_no_column_is_asked_for_and_left_out() -> None:
    sparql = (
        "SELECT ?a (COUNT(?c) AS ?n) WHERE {\n ?a ?b ?c\n}\nGROUP BY ?a ?rank\nORDER BY ?rank\n"
    )
    order = Order.of(sparql)
    assert order == Order((Key("rank", falls=False, is_folded=False),), ("rank",))
    assert order.left_out(sparql) == (
        "SELECT ?a (COUNT(?c) AS ?n) ?rank WHERE {\n ?a ?b ?c\n}\nGROUP BY ?a ?rank\n"
    )


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?a WHERE {\n ?a ?b ?c\n}\n",
        "SELECT ?a WHERE {\n ?a ?b ?c\n}\nORDER BY ?a\nLIMIT 1\n",
        "SELECT ?a WHERE {\n ?a ?b ?c\n}\nORDER BY STRLEN(?a)\n",
        "SELECT DISTINCT ?a WHERE {\n ?a ?b ?c\n}\nORDER BY ?b\n",
    ],
    ids=["none", "cut off", "by more than columns", "distinct by no column"],
)
def test_what_only_the_engine_can_sort_is_left_to_it(sparql: str) -> None:
    assert Order.of(sparql) is None


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return two_level_store(tmp_path_factory.mktemp("ordering"))


GIVEN = {
    "degree": "Master's",
    "employer": "Pinterest",
    "integer": "3",
    "level": "II",
    "role": "Machine Learning Engineer",
    "skill": "Spark",
    "text": "a",
}


@pytest.mark.parametrize(
    "name", [name for name, one in questions().items() if not one.needs_inferred]
)
def test_a_question_has_the_rows_that_its_query_has(small: Store, name: str) -> None:
    """Sorted here or by the engine, read whole or looked up one by one: the rows are the same."""
    question = questions()[name]
    posting = small.posting_ids()[0]
    given = GIVEN | {"posting": posting}
    needed = {one.name: given[one.type] for one in question.parameters if one.is_required}
    asked = [needed] + [
        needed | {one.name: given[one.type]}
        for one in question.parameters
        if not one.is_required and one.type in FEW
    ]
    for params in asked:
        plain = small.query(question.bind(Names.of(small), params))
        assert question.ask(small, params) == plain
