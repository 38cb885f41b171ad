"""Queries of a store: which graphs they see, and what values come back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.rows import from_answer, to_value
from ontology import terms
from tests.stores import two_level_store

if TYPE_CHECKING:
    pass


def test_a_query_sees_all_graphs(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    rows = store.query(
        "PREFIX rg: <https://rolegraph.example/ontology#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?label (COUNT(DISTINCT ?p) AS ?n) { ?p rg:requiresSkill/skos:prefLabel ?label } "
        "GROUP BY ?label HAVING (COUNT(DISTINCT ?p) > 1) ORDER BY ?label"
    )
    assert rows.columns == ("label", "n")
    assert rows.rows == [("Recommender Systems", 2), ("Spark", 2)]
    assert rows.kind == "select"
    assert rows.column("n") == [2, 2]
    assert rows.to_dicts()[0] == {"label": "Recommender Systems", "n": 2}
    assert rows.terms[0][0] == ox.Literal("Recommender Systems", language="en")


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o }", ("s", "p", "o")),
        ("select distinct*{ ?z a ?b . FILTER(?b != ?z) }", ("z", "b")),
        ("# SELECT ?a\nSELECT * { ?s ?p ?o }", ("s", "p", "o")),
        ("SELECT ?o ?s { ?s ?p ?o }", ("o", "s")),
        ("SELECT ?o ?s { { SELECT * { ?s ?p ?o } } }", ("o", "s")),
        ("SELECT * { ?s ?p ?b . { SELECT ?s { ?s a ?a } } }", ("s", "p", "b")),
    ],
)
def test_all_columns_stand_as_they_are_written(
    query: str, columns: tuple[str, ...], tmp_path: Path
) -> None:
    """The engine sorts those of `SELECT *` by their names; named ones stand as they are named."""
    rows = two_level_store(tmp_path).query(f"{query} LIMIT 3")
    assert rows.columns == columns
    place = rows.columns.index(columns[-1])
    assert [row[place] for row in rows.rows] == [to_value(row[place]) for row in rows.terms]


def test_from_and_from_named_choose_graphs(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    first = store.graph_iri(store.posting_ids()[0])
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s a <https://schema.org/JobPosting> }}"
    assert store.query(count.format("")).rows == [(2,)]
    assert store.query(count.format(f"FROM <{first}>")).rows == [(1,)]
    assert store.query(count.format("FROM <http://e/none>")).rows == [(0,)]
    named = "SELECT DISTINCT ?g FROM NAMED <{}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert store.query(named.format(first)).rows == [(first,)]
    # The word alone, in a text or a comment, chooses nothing.
    said = """SELECT (COUNT(*) AS ?n) { ?s a <https://schema.org/JobPosting> # FROM <x>
        FILTER (STR(?s) != "FROM <x>") }"""
    assert store.query(said).rows == [(2,)]


def test_ask_construct_and_describe_answer_with_rows(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    yes = store.query("ASK { ?s a <https://schema.org/JobPosting> }")
    no = store.query("ASK { ?s a <http://e/none> }")
    assert (yes.rows, no.rows) == ([(True,)], [(False,)])
    assert (yes.answer, no.answer) == (True, False)
    made = store.query(
        "CONSTRUCT { ?s a ?t } { ?s a ?t FILTER (?t = rdf:Seq) }".replace(
            "rdf:Seq", "<https://schema.org/JobPosting>"
        )
    )
    assert made.columns == ("subject", "predicate", "object")
    assert len(made) == 2
    assert made.rows == sorted(made.rows)
    assert store.query(f"DESCRIBE <{store.iris.posting(store.posting_ids()[0]).value}>").answer
    assert not store.query("SELECT * { ?s a <http://e/none> }").answer


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("168237.50", "decimal", Decimal("168237.50")),
        ("7", "integer", 7),
        ("seven", "integer", "seven"),
        ("1e3", "double", Decimal("1E+3")),
        ("true", "boolean", True),
        ("maybe", "boolean", "maybe"),
        ("2025-09-19", "date", "2025-09-19"),
        ("2023-12", "gYearMonth", "2023-12"),
        ("x", "string", "x"),
    ],
)
def test_values_are_plain_python(text: str, datatype: str, value: object) -> None:
    found = to_value(ox.Literal(text, datatype=ox.NamedNode(terms.XSD + datatype)))
    assert found == value
    assert type(found) is type(value)


def test_an_unbound_column_is_none() -> None:
    answer = ox.Store().query("SELECT ?a (<http://e/x> AS ?b) {}")
    rows = from_answer(answer)
    assert rows.rows == [(None, "http://e/x")]
    assert rows[0] == (None, "http://e/x")
    assert list(rows) == rows.rows


@pytest.mark.parametrize(
    "update",
    [
        "DROP ALL",
        "INSERT DATA { <http://e/a> <http://e/a> <http://e/a> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
    ],
)
def test_updates_do_not_run_as_queries(tmp_path: Path, update: str) -> None:
    store = two_level_store(tmp_path)
    before = set(store.quads())
    with pytest.raises(SyntaxError):
        store.query(update)
    assert set(store.quads()) == before
