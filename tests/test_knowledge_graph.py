"""The front door: every verb once, on the seeds as they are in the repository."""

from __future__ import annotations

import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg import KnowledgeGraph, StoreError, UnknownNameError
from kg.query_guard import QueryRefusedError
from kg.store import Store
from tests.stores import two_level_store

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEDS = Path(__file__).parent.parent / "seeds"
HEAVY = ("spacy", "pyvis", "scipy", "rdflib", "networkx", "pyshacl", "ftfy", "nlp.extract")
ROLE = "Machine Learning Engineer"


@pytest.fixture(scope="module")
def graph() -> Iterator[KnowledgeGraph]:
    """The seeds, built in memory."""
    with KnowledgeGraph.build(SEEDS) as graph:
        yield graph


@pytest.fixture
def small(tmp_path: Path) -> KnowledgeGraph:
    """The seeds' I and II in miniature."""
    return KnowledgeGraph(two_level_store(tmp_path))


def test_importing_loads_nothing_heavy() -> None:
    code = f"import sys, kg; print([name for name in {HEAVY} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
    assert found.stderr == ""


def test_the_door_hides_no_module() -> None:
    # `kg.export` is the module, whatever was imported before.
    code = "import kg, kg.export, kg.questions, kg.build; print(kg.export.FORMATS, kg.build.BATCH)"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert sorted(kg.__all__) == kg.__all__
    assert all(hasattr(kg, name) for name in kg.__all__)


def test_build_then_open(tmp_path: Path) -> None:
    with KnowledgeGraph.build(SEEDS, tmp_path / "store") as built:
        assert len(built) == 4
        assert built.report is not None
        assert built.report.added == 4
    with KnowledgeGraph.open(tmp_path / "store") as opened:
        assert len(opened) == 4
        assert opened.report is None
        with pytest.raises(StoreError, match="opened for reading"):
            opened.remove(opened.store.posting_ids()[0])
    with KnowledgeGraph.build([SEEDS], tmp_path / "store", check=True) as again:
        assert again.report is not None
        assert (again.report.added, again.report.unchanged) == (0, 4)
    with KnowledgeGraph.open(tmp_path / "store", read_only=False) as opened:
        assert opened.remove(opened.store.posting_ids()[0])
        assert len(opened) == 3


def test_another_base_names_everything(tmp_path: Path) -> None:
    with KnowledgeGraph.build(SEEDS, tmp_path / "store", base="https://data.example/") as graph:
        assert all(name.startswith("https://data.example/graph/") for name in graph.store.graphs())
    with pytest.raises(StoreError, match="absolute IRI"):
        KnowledgeGraph.build(SEEDS, base="nowhere")


def test_a_failed_build_lets_go_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no memory left")

    with monkeypatch.context() as patch:
        patch.setattr("kg.build.build", fail)
        with pytest.raises(RuntimeError):
            KnowledgeGraph.build(SEEDS, tmp_path / "store")
    Store.open(tmp_path / "store", create=True).close()


def test_skills_of_the_seeds(graph: KnowledgeGraph) -> None:
    rows = graph.skills(role=ROLE, level="II", necessity="required")
    assert {"Java", "Python", "SQL", "Git"} <= set(rows.column("skill"))
    assert set(rows.column("necessity")) == {"required"}
    assert rows == graph.ask("skills-of-role", role=f"{ROLE} II", necessity="required")


def test_pay_of_the_seeds(graph: KnowledgeGraph) -> None:
    rows = graph.ask("pay-by-role-and-level", role=ROLE).to_dicts()
    ends = {row["level"]: (row["lowest"], row["highest"]) for row in rows}
    assert ends["I"] == (Decimal("168237.50"), Decimal("222695.00"))
    assert ends["II"] == (Decimal("196378.35"), Decimal("267272.00"))


def test_the_seeds_are_valid(graph: KnowledgeGraph) -> None:
    assert graph.validate() == []


def test_a_fault_is_found(small: KnowledgeGraph) -> None:
    assert small.validate() == []
    title = ox.NamedNode("https://schema.org/title")
    quad = next(small.store.oxigraph.quads_for_pattern(None, title, None, None))
    other = ox.Quad(quad.subject, title, ox.Literal("A second title"), quad.graph_name)
    small.store.apply(add=[other])
    assert {fault.path for fault in small.validate()} == {"schema:title"}


def test_questions_are_listed(small: KnowledgeGraph) -> None:
    assert "skills-of-role" in small.questions
    with pytest.raises(UnknownNameError, match='did you mean "skills-of-role"'):
        small.ask("skill-of-role")


def test_compare_and_networkx(small: KnowledgeGraph) -> None:
    assert small.to_networkx().number_of_nodes() > 10
    comparison = small.compare(f"{ROLE} I", f"{ROLE} II")
    assert comparison.to_json()


def test_rdflib_reads_the_same_store(small: KnowledgeGraph) -> None:
    dataset = small.to_rdflib()
    ids = "SELECT ?id { ?p a schema:JobPosting ; schema:identifier ?id } ORDER BY ?id"
    found = [str(row[0]) for row in dataset.query(ids)]  # type: ignore[index]
    assert found == small.store.posting_ids()
    assert len(list(dataset.quads())) == len(list(small.store.quads()))
    names = {str(one.identifier) for one in dataset.graphs()}
    assert set(small.store.graphs()) <= names
    schema = rdflib.Namespace("https://schema.org/")
    assert len(set(dataset.subjects(rdflib.RDF.type, schema.JobPosting))) == 2


def test_rdflib_changes_nothing_and_calls_nobody(small: KnowledgeGraph) -> None:
    dataset = small.to_rdflib()
    before = set(small.store.quads())
    node = rdflib.URIRef("http://e/a")
    with pytest.raises(StoreError, match="for reading"):
        dataset.add((node, node, node))
    with pytest.raises(StoreError, match="for reading"):
        dataset.remove((node, node, node))
    with pytest.raises(StoreError, match="for reading"):
        dataset.update("DROP ALL")
    with pytest.raises(StoreError, match="for reading"):
        dataset.remove_graph(node)
    with pytest.raises(QueryRefusedError):
        dataset.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert set(small.store.quads()) == before


def test_rdflib_ends_with_the_store(tmp_path: Path) -> None:
    with KnowledgeGraph.build(SEEDS, tmp_path / "store"):
        pass
    with KnowledgeGraph.open(tmp_path / "store") as graph:
        dataset = graph.to_rdflib()
        assert len(dataset) > 100
    with pytest.raises(StoreError, match="closed"):
        len(dataset)
    Store.open(tmp_path / "store", read_only=False).close()


def test_export(small: KnowledgeGraph) -> None:
    stream = io.BytesIO()
    small.export("turtle", stream)
    assert stream.getvalue().startswith(b"@prefix")


def test_show(small: KnowledgeGraph, tmp_path: Path) -> None:
    small.show(tmp_path / "graph.html")
    assert "Data Structures" in (tmp_path / "graph.html").read_text(encoding="utf-8")


def test_the_road_of_one_query(small: KnowledgeGraph) -> None:
    rows = small.query("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a schema:JobPosting }")
    assert rows.rows == [(2,)]
