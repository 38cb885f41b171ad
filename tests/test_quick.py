"""`kg query` without the framework: it takes what is asked most often, and answers as `kg.cli`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import __main__, cli
from kg.quick import QuickQuery, quick_query
from kg.store import Store
from tests.factories import two_levels
from tests.stores import fill

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
ALL = "SELECT ?title { ?posting schema:title ?title } ORDER BY ?title"

TAKEN = {
    "the query alone": (["query", ALL], QuickQuery(ALL, "kg-store", "table")),
    "as CSV, behind": (["query", ALL, "--csv"], QuickQuery(ALL, "kg-store", "csv")),
    "as JSON, before": (["query", "--json", ALL], QuickQuery(ALL, "kg-store", "json")),
    "another store": (["query", ALL, "--store", "there"], QuickQuery(ALL, "there", "table")),
    "another store, by =": (["query", "--store=there", ALL], QuickQuery(ALL, "there", "table")),
    "a query with an equals sign": (
        ["query", "SELECT (1 = 1 AS ?x) {}"],
        QuickQuery("SELECT (1 = 1 AS ?x) {}", "kg-store", "table"),
    ),
    "a file": (["query", "all.rq"], QuickQuery("all.rq", "kg-store", "table")),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_asked_most_often_is_read(name: str) -> None:
    words, expected = TAKEN[name]
    assert quick_query(words, {}) == expected


def test_the_store_may_be_named_by_the_environment() -> None:
    assert quick_query(["query", ALL], {"KG_STORE": "x"}) == QuickQuery(ALL, "x", "table")
    assert quick_query(["query", ALL], {"KG_STORE": ""}) == QuickQuery(ALL, "kg-store", "table")
    named = quick_query(["query", ALL, "--store", "y"], {"KG_STORE": "x"})
    assert named == QuickQuery(ALL, "y", "table")


LEFT = {
    "nothing": [],
    "another command": ["ask", "roles"],
    "no query": ["query"],
    "no query, but a form": ["query", "--csv"],
    "two queries": ["query", ALL, ALL],
    "two forms": ["query", ALL, "--csv", "--json"],
    "a form twice": ["query", ALL, "--csv", "--csv"],
    "help": ["query", "--help"],
    "help, in short": ["query", "-h"],
    "an endpoint": ["query", ALL, "--endpoint", "http://127.0.0.1/"],
    "no such option": ["query", ALL, "--cvs"],
    "an option begun": ["query", ALL, "--sto", "x"],
    "a form with a value": ["query", ALL, "--csv=yes"],
    "a store without a name": ["query", ALL, "--store"],
    "a store called like an option": ["query", ALL, "--store", "--csv"],
    "the store twice": ["query", ALL, "--store", "x", "--store", "y"],
    "the end of options": ["query", "--", ALL],
    "an option of kg": ["--version", "query", ALL],
}


@pytest.mark.parametrize("name", LEFT)
def test_all_else_is_left_to_the_framework(name: str) -> None:
    assert quick_query(LEFT[name], {}) is None


@pytest.mark.parametrize("name", ["KG_ENDPOINT", "_KG_COMPLETE"])
def test_an_environment_that_asks_for_something_else_is_left_too(name: str) -> None:
    assert quick_query(["query", ALL], {name: "x"}) is None
    assert quick_query(["query", ALL], {name: ""}) is not None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with Store.open(tmp_path / "kg-store", create=True) as store:
        fill(store, two_levels(), tmp_path)
    (tmp_path / "all.rq").write_text(ALL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


ASKED = {
    "a table": [ALL],
    "JSON": [ALL, "--json"],
    "CSV": ["--csv", ALL],
    "a file": ["all.rq", "--csv"],
    "yes": ["ASK { ?p a schema:JobPosting }"],
    "no rows": ["SELECT * { ?s rg:nothing ?o }"],
    "triples": ["CONSTRUCT { ?s schema:title ?t } { ?s schema:title ?t }", "--csv"],
    "no store": [ALL, "--store", "nowhere"],
    "no file": ["none.rq"],
    "no SPARQL": ["SELECT"],
    "an update": ["DROP ALL"],
    "a service": ["SELECT * { SERVICE <http://a.example/> {} }"],
    "no query at all": ["", "--csv"],
    "two forms": [ALL, "--csv", "--json"],
    "no such option": [ALL, "--cvs"],
}


@pytest.mark.parametrize("name", ASKED)
def test_both_ways_answer_alike(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same rows, the same words about what is wrong, the same exit code."""
    assert folder.is_dir()

    def told(main: Callable[[list[str]], object]) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main(["query", *ASKED[name]])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    assert told(__main__.main) == told(cli.main)


def test_both_ways_end_alike_when_they_are_told_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    assert folder.is_dir()
    monkeypatch.setattr(Store, "query", interrupt)
    for main in (__main__.main, cli.main):
        with pytest.raises(SystemExit) as stopped:
            main(["query", ALL])
        assert (stopped.value.code, capsys.readouterr().out) == (130, "")


def test_a_quick_query_loads_neither_framework_nor_anything_heavy(folder: Path) -> None:
    code = (
        f"import sys; sys.argv = ['kg', 'query', {ALL!r}, '--csv']\n"
        "from kg.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'typer', 'click', 'pydantic', 'rich', 'importlib.metadata', 'kg.cli', 'spacy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder,
        env=environment,
    )  # fmt: skip
    assert done.stdout.splitlines()[0] == "title"
    assert done.stderr.strip() == "[]"
