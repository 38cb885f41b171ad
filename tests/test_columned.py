"""Answers read by column are the rows that the engine hands over term by term."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.columned import Columned, rows_of, said_of, term_of
from kg.ordering import Order
from kg.rows import from_answer

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ("(<urn:a> UNDEF)", "an IRI, and nothing"),
        ("(UNDEF UNDEF)", "nothing in a whole row"),
        ('("" "a")', "a text without anything in it is not nothing"),
        (r'("a\tb\nc\rd" "\"\\ \\t ü💡")', "what cells and lines end with, quotes, backslashes"),
        ('("<urn:a>" "_:a")', "texts that look like other terms"),
        ('("3" 3)', "a number, and a text of digits"),
        ('("chat" "chat"@fr)', "with a language and without"),
        ('("a" "a"@en-GB)', "a language of a country"),
        ("(1.50 -2)", "a decimal, a number below 0"),
        ("(1e0 2.5e-30)", "doubles"),
        (f'("INF"^^<{XSD}double> "x"^^<{XSD}integer>)', "a number that is none"),
        ("(true false)", "booleans"),
        (f'("2026-11-28"^^<{XSD}date> "P1D"^^<urn:own>)', "dates, and a datatype of one's own"),
        ("(<urn:a> 1) (<urn:a> 2) (<urn:b> 1)", "what several rows say"),
        ("(<<( <urn:a> <urn:b> 1 )>> 1)", "a term of terms"),
        ("", "no rows"),
    ],
)
def test_rows_are_those_that_the_engine_hands_over(values: str, why: str) -> None:
    sparql = f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}"
    ours, theirs = rows_of(ox.Store().query(sparql)), from_answer(ox.Store().query(sparql))
    assert ours == theirs, why
    assert list(ours.terms) == list(theirs.terms), why
    assert [list(map(type, row)) for row in ours] == [list(map(type, row)) for row in theirs], why
    assert len(ours.terms) == len(theirs), why


@pytest.mark.parametrize(
    "sparql",
    ["ASK { }", "CONSTRUCT { <urn:a> <urn:b> 1 } WHERE { }", "SELECT * { }", "SELECT ?a { }"],
)
def test_what_has_no_columns_of_its_own_is_left_as_it_was(sparql: str) -> None:
    ours, theirs = rows_of(ox.Store().query(sparql)), from_answer(ox.Store().query(sparql))
    assert (ours, list(ours.terms), ours.kind) == (theirs, list(theirs.terms), theirs.kind)


def test_a_node_without_a_name_stays_one() -> None:
    ((term,),) = rows_of(ox.Store().query("SELECT ?a { BIND (BNODE() AS ?a) }")).terms
    assert isinstance(term, ox.BlankNode)


@given(st.lists(st.text(max_size=6), min_size=1, max_size=4))
def test_any_text_is_read_as_it_was_written(texts: list[str]) -> None:
    values = " ".join(str(ox.Literal(text)) for text in texts)
    rows = rows_of(ox.Store().query(f"SELECT ?a {{ VALUES ?a {{ {values} }} }}"))
    assert rows.column("a") == texts
    assert [term for (term,) in rows.terms] == [ox.Literal(text) for text in texts]


@pytest.mark.parametrize(
    "term",
    [
        None,
        ox.NamedNode("urn:a"),
        ox.Literal("a", language="en"),
        ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")),
    ],
)
def test_a_term_is_the_same_again(term: Any) -> None:
    assert term_of(said_of(term)) == term


def test_sorted_rows_have_their_own_terms() -> None:
    """What is only sorted by goes from the rows and from the terms."""
    sparql = "SELECT ?a WHERE {\n VALUES (?a ?b) { (1 3) (2 UNDEF) (3 1) }\n}\nORDER BY ?b\n"
    order = Order.of(sparql)
    assert order is not None
    rows = order.sorted(rows_of(ox.Store().query(order.left_out(sparql))))
    assert isinstance(rows.terms, Columned)
    assert (rows.columns, rows.rows) == (("a",), [(2,), (3,), (1,)])
    assert [term.value for (term,) in rows.terms if isinstance(term, ox.Literal)] == ["2", "3", "1"]
