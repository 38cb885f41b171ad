"""Every command that takes --endpoint says there what it says of the store, on three servers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.inference.materialising import infer
from kg.publishing import changing
from kg.push import push
from kg.push_ways import ByUpdate
from kg.questions import questions
from kg.sparql_client import SparqlClient
from kg.store import Store
from kg.upkeep import back_up
from kg.web.desk import Desk
from kg.web.page import Form
from kg.web.served import Served
from kg.web.words import make_index_now
from tests.command_line import ONE, TWO, Answer, Kg
from tests.explorers import shown
from tests.servers import (
    kg_serve,
    oxigraph_command,
    oxigraph_serve,
    virtuoso_command,
    virtuoso_serve,
)
from tests.test_cli_candidates import RESUME

pytestmark = pytest.mark.slow

ROLE = "Machine Learning Engineer"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("ask", "skills-of-role", "--role", TWO),
    ("ask", "postings-implying", "--skill", "Hadoop", "--json"),
    ("audit", "--json"),
    ("central", "--role", ROLE, "--json"),
    ("communities", "--json"),
    ("compare", ONE, TWO),
    ("compare", ONE, TWO, "--json"),
    ("cooccurrence", "--json"),
    ("explain", "--statement", f"{ONE} rg:requiresSkill Spark"),
    ("explain", "--statement", "PySpark rg:impliesTransitive Spark"),
    ("gap", "RESUME", "--role", ROLE, "--level", "II"),
    ("ladder", ROLE),
    ("match", "RESUME"),
    ("path", ONE, TWO),
    ("pay", "--role", ROLE),
    ("query", "SELECT ?t { ?p schema:title ?t } ORDER BY ?t"),
    ("query", "CONSTRUCT { ?p schema:title ?t } WHERE { ?p schema:title ?t }", "--csv"),
    ("recommend", "Python", "SQL", "--json"),
    ("search", "k8s machine learning"),
    ("similar", ROLE, "--json"),
    ("trends", "--role", ROLE),
    ("vocab", "candidates", "--json"),
)


@pytest.fixture(scope="module")
def seeds(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds, with what follows from them."""
    folder = tmp_path_factory.mktemp("remote") / "seeds"
    with Store.open(store) as held:
        back_up(held, folder)
    with changing(folder) as held:
        infer(held)
    return folder


@pytest.fixture(scope="module")
def local() -> dict[tuple[str, ...], Answer]:
    """What the commands said of the store."""
    return {}


@pytest.fixture(scope="module")
def written() -> dict[tuple[str, ...], bytes]:
    """The pages that were written from the store."""
    return {}


@pytest.fixture(scope="module", params=["kg serve", "oxigraph", "virtuoso"])
def endpoint(
    request: pytest.FixtureRequest, seeds: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    place = tmp_path_factory.mktemp("server")
    if request.param == "kg serve":
        with kg_serve(seeds, "--timeout", "100") as address:  # of a machine at work on much else
            yield address
    elif request.param == "oxigraph":
        if oxigraph_command() is None:
            pytest.skip("pip install oxigraph")
        with oxigraph_serve(place) as address:
            yield _pushed(seeds, f"{address}/update", f"{address}/query")
    else:
        if virtuoso_command() is None:
            pytest.skip("apt install virtuoso-opensource")
        with virtuoso_serve(place) as address:
            host = address.removeprefix("http://")
            yield _pushed(seeds, f"http://dba:dba@{host}/sparql-auth", f"{address}/sparql")


def _pushed(seeds: Path, update: str, query: str) -> str:
    with Store.open(seeds) as held:
        push(held, ByUpdate(SparqlClient(update)), SparqlClient(query), inferred=True)
    return query


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_the_same_of_an_endpoint(
    kg: Kg,
    seeds: Path,
    endpoint: str,
    local: dict[tuple[str, ...], Answer],
    words: tuple[str, ...],
    tmp_path: Path,
) -> None:
    resume = tmp_path / "resume.txt"
    resume.write_text(RESUME, encoding="utf-8")
    asked = [str(resume) if word == "RESUME" else word for word in words]
    if words not in local:
        local[words] = kg(*asked, "--store", seeds)
    here, there = local[words], kg(*asked, "--store", tmp_path / "none", "--endpoint", endpoint)
    assert (here.code, there.code) == (0, 0), there.err
    assert there.out.replace(str(resume), "") == here.out.replace(str(resume), "")
    assert here.out


PAGES: tuple[tuple[str, ...], ...] = (
    ("show", "communities"),
    ("show", "compare", ONE, TWO),
    ("show", "employer", "Pinterest"),
    ("show", "gap", "RESUME", "--role", ROLE, "--level", "II"),
    ("show", "graph"),
    ("show", "graph", "--role", ROLE, "--skill", "Spark", "--necessity", "required"),
    ("show", "ladder", ROLE),
    ("show", "pay"),
    ("show", "posting", ONE),
    ("show", "role", ROLE),
    ("show", "skill", "Spark"),
    ("show", "trends"),
)
"""Figures (`kg plot`) need groups of 30 postings; they are drawn from what the pages rest on."""


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_a_page_is_the_same_of_an_endpoint(
    kg: Kg,
    seeds: Path,
    endpoint: str,
    written: dict[tuple[str, ...], bytes],
    words: tuple[str, ...],
    tmp_path: Path,
) -> None:
    resume, here, there = (tmp_path / name for name in ("resume.txt", "here.html", "there.html"))
    resume.write_text(RESUME, encoding="utf-8")
    asked = [str(resume) if word == "RESUME" else word for word in words]
    if words not in written:
        assert kg(*asked, "-o", here, "--store", seeds).code == 0
        written[words] = here.read_bytes()
    assert kg(*asked, "-o", there, "--endpoint", endpoint).code == 0
    assert there.read_bytes() == written[words]


def test_every_question_is_the_same_of_an_endpoint(seeds: Path, endpoint: str) -> None:
    """Bare, and with each parameter that may be given; 1 is no true, and 0 no false."""
    with KnowledgeGraph.open(seeds) as here, KnowledgeGraph.connect(endpoint) as there:
        given = _given(here)
        for name, question in questions().items():
            needed = {
                one.name: given.get(one.name) or given[one.type]
                for one in question.parameters
                if one.is_required
            }
            for parameter in question.parameters:
                value = given.get(parameter.name) or given[parameter.type]
                asked = {**needed, parameter.name: value}
                said = repr(there.ask(name, **asked).rows)
                assert said == repr(here.ask(name, **asked).rows), (name, asked)


def _given(graph: KnowledgeGraph) -> dict[str, str]:
    """Return an argument for each parameter's name or else type."""
    return {
        "above": "I",
        "copies": "one",
        "degree": "Master's degree",
        "employer": "Pinterest",
        "flag": "truncated",
        "integer": "1",
        "kind": "tool",
        "level": "II",
        "level_a": "I",
        "level_b": "II",
        "necessity": "required",
        "place": "San Francisco",
        "posting": str(graph.ask("postings").column("id")[0]),
        "role": ROLE,
        "skill": "Spark",
        "text": "USD",
        "title": "engineer",
        "years": "5",
    }


FORMS: tuple[Form, ...] = ("json", "html")
EXPLORER: tuple[tuple[str, dict[str, str]], ...] = (
    ("compare", {"a": ONE, "b": TWO}),
    ("employer", {"name": "Pinterest"}),
    ("employers", {}),
    ("home", {}),
    ("ladder", {"role": ROLE}),
    ("level", {"name": "II"}),
    ("levels", {}),
    ("pay", {"role": ROLE}),
    ("posting", {"name": ONE}),
    ("postings", {"role": ROLE}),
    ("question", {"name": "postings-at-place", "place": "San Francisco"}),
    ("role", {"name": ROLE}),
    ("roles", {}),
    ("search", {"q": "k8s machine learning"}),
    ("skill", {"name": "Sparkk"}),
    ("skill", {"name": "Spark"}),
    ("skills", {}),
    ("sparql", {"query": "SELECT ?t { ?p schema:title ?t } ORDER BY ?t"}),
    ("trends", {"role": ROLE}),
)


def test_the_explorer_shows_the_same_of_an_endpoint(
    seeds: Path, endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As data, and as a page: also by which queries it was computed, and how many rows they had."""
    monkeypatch.setattr("kg.web.served.FRESH", 1e9)
    desks = []
    for number, served in enumerate((Served(str(seeds)), Served(endpoint=endpoint))):
        words = tmp_path / str(number)
        words.mkdir()
        found = replace(served, words=str(words))
        make_index_now(found)
        desks.append(Desk(found))
    for name, given in EXPLORER:
        for form in FORMS:
            here, there = (shown(desk, name, form, **given) for desk in desks)
            assert there.status == here.status
            names = [desk.served.name.encode() for desk in desks]
            assert there.body.replace(names[1], names[0]) == here.body, (name, given, form)
    for desk in desks:
        desk.close()
