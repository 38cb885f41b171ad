"""Every command that takes --endpoint says there what it says of the store, on three servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.inference.materialising import infer
from kg.publishing import changing
from kg.push import push
from kg.push_ways import ByUpdate
from kg.sparql_client import SparqlClient
from kg.store import Store
from kg.upkeep import back_up
from tests.command_line import ONE, TWO, Answer, Kg
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


def test_the_page_is_the_same_of_an_endpoint(
    kg: Kg, seeds: Path, endpoint: str, tmp_path: Path
) -> None:
    here, there = tmp_path / "here.html", tmp_path / "there.html"
    assert kg("show", "graph", "-o", here, "--store", seeds).code == 0
    assert kg("show", "graph", "-o", there, "--endpoint", endpoint).code == 0
    assert there.read_bytes() == here.read_bytes()
