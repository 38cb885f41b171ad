"""What is asked otherwise of a server that differs from the standard."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.dialects import for_virtuoso
from kg.questions import questions
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
