"""A page's forms: each is made of what it needs, and of nothing else."""

from __future__ import annotations

from kg.web.page import Behind, Page, PageJob, Table
from kg.web.rendering import render
from kg.web.served import Served
from ontology.terms import DECLARED


def test_data_and_table_are_made_only_for_who_asks_for_them() -> None:
    """Of an analysis they hold the words behind every row, which a page does not show."""

    def never() -> Table:
        raise AssertionError("nobody asked for it")

    served = Served(folder="store")
    csv = Page("", "", never, lambda: Table(("a",), [(1,)]))
    assert render(served, PageJob("trends", {}, "csv"), csv).body == b"a\n1\n"
    data = Page("", "", lambda: {"a": 1}, never)
    assert render(served, PageJob("trends", {}, "json"), data).body == b'{\n "a": 1\n}\n'
    fault = {"message": "", "near": [], "heading": "", "status": 400, "links": None, "retry": None}
    page = Page("fault.html", "", never, never, fault)
    assert b"<html" in render(served, PageJob("trends", {}), page).body


def test_a_query_is_shown_without_the_prefixes_that_are_declared_anyway() -> None:
    for sparql, text in (
        (f"{DECLARED}SELECT ?s {{ ?s a rg:Run }}", "SELECT ?s { ?s a rg:Run }"),
        (f"{DECLARED}\nASK {{}}", "ASK {}"),
        ("PREFIX a: <http://a.example/> ASK {}", "PREFIX a: <http://a.example/> ASK {}"),
        ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o }"),
    ):
        assert Behind("", sparql).text == text
