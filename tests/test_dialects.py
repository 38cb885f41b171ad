"""What is asked otherwise of a server that differs from the standard."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from kg.dialects import for_virtuoso, from_virtuoso
from kg.questions import questions
from kg.rows import from_answer, texts_from
from ontology import terms

NUMBER_OR_TEXT = 'ASC(IF(isNumeric(?a), ?a, 0)) ASC(CONCAT(STR(?a), ""))'
CASES = [
    ("SELECT ?a {} ORDER BY ?a", f"SELECT ?a {{}} ORDER BY {NUMBER_OR_TEXT}", "either"),
    (
        "SELECT ?a {}\norder by DESC(?n) LCASE(?a)\nLIMIT 3",
        'SELECT ?a {}\norder by DESC(IF(isNumeric(?n), ?n, 0)) DESC(CONCAT(STR(?n), "")) '
        'ASC(CONCAT(STR(LCASE(?a)), "")) LIMIT 3',
        "down, and without regard to case",
    ),
    ("SELECT ?a {}", "SELECT ?a {}", "no order"),
    (
        "SELECT ?a (COUNT(?b) AS ?n) {} GROUP BY ?a ORDER BY DESC(?n) ?a",
        f"SELECT ?a (COUNT(?b) AS ?n) {{}} GROUP BY ?a ORDER BY DESC(?n) {NUMBER_OR_TEXT}",
        "an aggregate is not computed with",
    ),
    ("SELECT ?a {} ORDER BY STRLEN(?a)", "SELECT ?a {} ORDER BY STRLEN(?a)", "no mere variable"),
    (
        "SELECT ?a { { SELECT ?a {} ORDER BY ?a LIMIT 1 } }",
        "SELECT ?a { { SELECT ?a {} ORDER BY ?a LIMIT 1 } }",
        "of a part of the query",
    ),
]


@pytest.mark.parametrize(("asked", "sent", "why"), CASES)
def test_how_virtuoso_is_told_to_sort(asked: str, sent: str, why: str) -> None:
    assert " ".join(for_virtuoso(asked).split()) == " ".join(sent.split()), why


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_is_sorted_and_still_sparql(name: str) -> None:
    sent = for_virtuoso(questions()[name].sparql)
    assert "isNumeric" in sent or "CONCAT(STR(LCASE" in sent
    ox.Store().query(sent, prefixes=terms.PREFIXES)


def test_texts_sort_as_before() -> None:
    store = ox.Store()
    for text in ("AWS", "Backend Infrastructure", "aws", "9", "10"):
        store.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(text)))
    asked = "SELECT ?a { ?s ?p ?a } ORDER BY ?a"
    plain, sent = (
        [row["a"].value for row in store.query(one)]  # type: ignore[union-attr]
        for one in (asked, for_virtuoso(asked))
    )
    assert sent == plain


def literal(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(terms.XSD + kind))


@pytest.mark.parametrize(
    ("answered", "meant", "why"),
    [
        (literal("1", "boolean"), literal("true", "boolean"), "a boolean of the store"),
        (literal("0", "boolean"), literal("false", "boolean"), "the other one"),
        (literal("true", "boolean"), literal("true", "boolean"), "one that is written out"),
        (literal("1", "integer"), literal("1", "integer"), "a number"),
        (ox.Literal("1"), ox.Literal("1"), "a text"),
        (ox.NamedNode("a:s"), ox.NamedNode("a:s"), "an IRI"),
        (None, None, "not bound"),
    ],
)
def test_what_a_term_of_virtuoso_stands_for(
    answered: ox.Literal | ox.NamedNode | None, meant: ox.Literal | ox.NamedNode | None, why: str
) -> None:
    assert from_virtuoso(answered) == meant, why


def test_rows_and_texts_are_of_what_terms_stand_for() -> None:
    """An analysis reads texts: "true" is what it looks for."""
    said = """{"head": {"vars": ["a", "b"]}, "results": {"bindings": [{"a": {
        "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#boolean",
        "value": "1"}}]}}"""

    def answer() -> ox.QuerySolutions | ox.QueryBoolean:
        return ox.parse_query_results(said, ox.QueryResultsFormat.JSON)

    found = from_answer(answer(), from_virtuoso)
    assert found.rows == [(True, None)]
    assert found.terms == [(literal("true", "boolean"), None)]
    assert list(texts_from(answer(), from_virtuoso)) == [("true", "")]
    assert list(texts_from(answer())) == [("1", "")]


@pytest.mark.parametrize("name", sorted(questions()))
def test_no_question_rests_on_an_error_or_computes_a_mere_boolean(name: str) -> None:
    """What is not bound is an empty text to Virtuoso, and a computed boolean a whole number."""
    body = " ".join(questions()[name].sparql.split())
    assert "COALESCE(CONCAT(" not in body, "CONCAT of what is not bound is no error there"
    assert not re.search(
        r"BIND \((?:BOUND|EXISTS|NOT EXISTS|COALESCE\([^()]+, (?:true|false))", body
    )
