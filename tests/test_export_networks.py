"""GraphML, GEXF and Neo4j's CSV: read back, and held to what their readers need."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export import export
from kg.exports.plain_graph import plain_graph
from kg.graph_model import Kind
from kg.graphs import role_skill_graph
from kg.store import Store
from tests.exports import written
from tests.factories import concept, make_facts
from tests.stores import fill, two_level_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

GEXF = "{http://www.gexf.net/1.2draft}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF_TYPES = {"boolean", "double", "long", "string"}
"""Of the types that GEXF has, those that Gephi makes a column of and networkx reads."""


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return two_level_store(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def drawn(two: Store) -> nx.MultiDiGraph:
    return role_skill_graph(two)


@pytest.fixture(scope="module")
def plain(drawn: nx.MultiDiGraph) -> nx.MultiDiGraph:
    return plain_graph(drawn)


def from_graphml(data: bytes) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(data), force_multigraph=True)


def from_gexf(data: bytes) -> nx.MultiDiGraph:
    found = nx.read_gexf(io.BytesIO(data))
    # One without parallel edges comes back as a simple graph.
    return found if found.is_multigraph() else nx.MultiDiGraph(found)


READERS: Mapping[str, Callable[[bytes], nx.MultiDiGraph]] = {
    "graphml": from_graphml,
    "gexf": from_gexf,
}


def edges(graph: nx.MultiDiGraph) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """The edges without what the formats add: an id, and the key as an attribute."""
    added = ("id", "networkx_key")
    return sorted(
        (source, target, sorted((name, data[name]) for name in data if name not in added))
        for source, target, data in graph.edges(data=True)
    )


@pytest.mark.parametrize("form", READERS)
def test_networkx_reads_equal_nodes_edges_and_attributes(
    form: str, two: Store, plain: nx.MultiDiGraph
) -> None:
    found = READERS[form](written(two, form))
    assert found.is_directed()
    assert dict(found.nodes(data=True)) == dict(plain.nodes(data=True))
    assert edges(found) == edges(plain)


@pytest.mark.parametrize("form", READERS)
def test_values_keep_their_types(form: str, two: Store, plain: nx.MultiDiGraph) -> None:
    found = READERS[form](written(two, form))
    for node, data in plain.nodes(data=True):
        assert {name: type(value) for name, value in found.nodes[node].items()} == {
            name: type(value) for name, value in data.items()
        }


def test_nothing_is_lost_on_the_way_to_plain(
    drawn: nx.MultiDiGraph, plain: nx.MultiDiGraph
) -> None:
    assert list(plain) == list(drawn)
    assert [edge[:2] for edge in plain.edges] == [edge[:2] for edge in drawn.edges]
    spark = plain.nodes[concept("skill", "Spark")]
    assert spark == {
        "kind": "skill",
        "label": "Spark",
        "postings": 2,
        "concept": concept("skill", "Spark"),
    }
    asked = next(
        data
        for _, target, data in plain.edges(data=True)
        if target == concept("degree", "Master's")
    )
    assert asked["fields"] == "Computer Science; Engineering"
    assert asked["foreign_equivalent"] is True
    assert "related_field" not in asked  # not said, which is not denied


def test_values_are_plain_and_an_attribute_has_one_type(plain: nx.MultiDiGraph) -> None:
    for every in (plain.nodes(data=True), ((0, one[2]) for one in plain.edges(data=True))):
        types: dict[str, set[type]] = {}
        for _, data in every:
            for name, value in data.items():
                types.setdefault(name, set()).add(type(value))
        assert all(len(found) == 1 for found in types.values()), types
        assert {kind for found in types.values() for kind in found} <= {str, int, float, bool}


def test_gexf_is_what_gephi_reads(two: Store, plain: nx.MultiDiGraph) -> None:
    """Declared attributes with types, unique ids, edges between nodes that are there, no clock."""
    root = ET.fromstring(written(two, "gexf"))  # noqa: S314 # our own file
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
    (graph,) = root.iter(f"{GEXF}graph")
    assert (graph.get("defaultedgetype"), graph.get("mode")) == ("directed", "static")
    declared: dict[str | None, str | None] = {}
    for attributes in graph.iter(f"{GEXF}attributes"):
        assert attributes.get("class") in ("node", "edge")
        declared |= {one.get("id"): one.get("type") for one in attributes}
    assert set(declared.values()) <= GEXF_TYPES
    used = {one.get("for") for one in graph.iter(f"{GEXF}attvalue")}
    assert used == set(declared)
    assert all(one.get("value") not in (None, "None", "") for one in graph.iter(f"{GEXF}attvalue"))
    ids = [node.get("id") for node in graph.iter(f"{GEXF}node")]
    assert len(set(ids)) == len(ids) == len(plain)
    assert all(node.get("label") for node in graph.iter(f"{GEXF}node"))
    every = list(graph.iter(f"{GEXF}edge"))
    assert len({edge.get("id") for edge in every}) == len(every) == plain.number_of_edges()
    assert {edge.get(end) for edge in every for end in ("source", "target")} <= set(ids)
    assert "lastmodifieddate" not in written(two, "gexf").decode()


GEXF_WORDS = {
    # element: attributes that it must have, and others that it may have; of GEXF 1.2's schema
    "gexf": ({"version"}, {"variant", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}),
    "meta": (set(), {"lastmodifieddate"}),
    "creator": (set(), set()),
    "keywords": (set(), set()),
    "description": (set(), set()),
    "graph": (set(), {"defaultedgetype", "idtype", "mode", "timeformat", "start", "end"}),
    "attributes": ({"class"}, {"mode", "start", "end"}),
    "attribute": ({"id", "title", "type"}, set()),
    "nodes": (set(), {"count"}),
    "node": ({"id"}, {"label", "pid", "start", "end"}),
    "attvalues": (set(), set()),
    "attvalue": ({"for", "value"}, {"start", "end"}),
    "edges": (set(), {"count"}),
    "edge": ({"id", "source", "target"}, {"type", "label", "weight", "start", "end"}),
}
GEXF_WITHIN = {
    # element: what it may hold
    "gexf": {"meta", "graph"},
    "meta": {"creator", "keywords", "description"},
    "graph": {"attributes", "nodes", "edges"},
    "attributes": {"attribute"},
    "nodes": {"node"},
    "node": {"attvalues"},
    "attvalues": {"attvalue"},
    "edges": {"edge"},
    "edge": {"attvalues"},
}


def test_gexf_has_no_word_that_its_schema_lacks(two: Store) -> None:
    root = ET.fromstring(written(two, "gexf"))  # noqa: S314 # our own file
    for element in root.iter():
        name = element.tag.removeprefix(GEXF)
        must, may = GEXF_WORDS[name]
        assert must <= set(element.attrib) <= must | may, name
        assert {child.tag.removeprefix(GEXF) for child in element} <= GEXF_WITHIN.get(name, set())
    assert [child.tag.removeprefix(GEXF) for child in root] == ["meta", "graph"]
    attributes = list(root.iter(f"{GEXF}attribute"))
    assert len({one.get("id") for one in attributes}) == len(attributes), "Gephi joins them by id"


def test_graphml_declares_what_it_uses(two: Store) -> None:
    root = ET.fromstring(written(two, "graphml"))  # noqa: S314 # our own file
    keys = {key.get("id"): key for key in root.iter(f"{GRAPHML}key")}
    assert {key.get("attr.type") for key in keys.values()} <= GEXF_TYPES
    for parent in ("node", "edge"):
        for element in root.iter(f"{GRAPHML}{parent}"):
            for data in element:
                key = keys[data.get("key")]
                assert key.get("for") == parent
                assert data.text
                if key.get("attr.type") == "boolean":
                    assert data.text in ("true", "false")
    ids = [edge.get("id") for edge in root.iter(f"{GRAPHML}edge")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("form", READERS)
def test_an_empty_store_gives_an_empty_graph(form: str) -> None:
    assert len(READERS[form](written(Store.in_memory(), form))) == 0


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_can_be_written_and_read(words: str) -> None:
    """What XML cannot hold becomes U+FFFD, line ends become line feeds; all else stays."""
    graph = nx.MultiDiGraph()
    graph.add_node("a", kind=Kind.EMPLOYER, label=words)
    plain = plain_graph(graph)
    stream = io.BytesIO()
    nx.write_gexf(plain, stream)
    assert from_gexf(stream.getvalue()).nodes["a"]["label"] == plain.nodes["a"]["label"]
    if words.isprintable():
        assert plain.nodes["a"]["label"] == words.replace("\ufffe", "\ufffd")


# Neo4j


@pytest.fixture(scope="module")
def folder(two: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("neo4j") / "import"
    export(two, "neo4j", target)
    return target


def rows(files: Iterable[Path]) -> list[dict[str, str]]:
    found = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            found += list(csv.DictReader(stream, strict=True))
    return found


def test_every_relationship_leads_from_node_to_node(folder: Path, plain: nx.MultiDiGraph) -> None:
    nodes, related = rows(folder.glob("nodes-*")), rows(folder.glob("relationships-*"))
    ids = [row["id:ID"] for row in nodes]
    assert len(set(ids)) == len(ids)
    assert {row[end] for row in related for end in (":START_ID", ":END_ID")} <= set(ids)
    assert all(row[":LABEL"] for row in nodes)
    # the graph's own, and the one alternative with its three members
    assert len(nodes) == len(plain) + 1
    assert len(related) == plain.number_of_edges() + 1 + 3


def test_counts_are_those_of_the_graph(folder: Path, plain: nx.MultiDiGraph) -> None:
    labels = Counter(row[":LABEL"].split(";")[-1] for row in rows(folder.glob("nodes-*")))
    kinds = Counter(str(data["kind"]).capitalize() for _, data in plain.nodes(data=True))
    assert labels == kinds | {"Alternative": 1}
    types = Counter(row[":TYPE"] for row in rows(folder.glob("relationships-*")))
    relations = Counter(str(data["relation"]).upper() for *_, data in plain.edges(data=True))
    assert types == relations | {"OFFERS": 1, "MEMBER": 3}


def test_several_labels_and_typed_columns(folder: Path) -> None:
    skills = {row["label:string"]: row for row in rows([folder / "nodes-Skill.csv"])}
    assert skills["Spark"][":LABEL"] == "Concept;Skill"
    assert skills["Microservices"][":LABEL"] == "Skill"  # mere words
    assert int(skills["Spark"]["postings:int"]) == 2
    postings = {row["title:string"]: row for row in rows([folder / "nodes-Posting.csv"])}
    first, second = (postings[f"Machine Learning Engineer {level}"] for level in ("I", "II"))
    assert first["duties:string[]"].split(";") == ["Design", "Maintain"]
    assert float(first["pay_min:float"]) == 168237.5
    assert date.fromisoformat(first["date_posted:date"]) == date(2025, 9, 19)
    assert second["date_posted:date"] == ""  # unknown: no property
    assert first["equity:boolean"] == "true"
    degrees = rows([folder / "relationships-ASKS_DEGREE.csv"])
    assert degrees[0]["fields:string[]"].split(";") == ["Computer Science", "Engineering"]


def test_headers_are_those_that_the_importer_knows(folder: Path) -> None:
    types = {"ID", "LABEL", "START_ID", "END_ID", "TYPE"}
    types |= {"boolean", "date", "float", "int", "string", "string[]"}
    for file in folder.glob("*.csv"):
        header = file.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert {column.split(":")[1] for column in header} <= types
        assert len(set(header)) == len(header)


def test_the_command_names_every_file(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")
    named = {word.split("=")[1] for word in text.split() if word.startswith(("--nodes=", "--rel"))}
    assert named == {file.name for file in folder.glob("*.csv")}


def test_quotes_commas_and_line_ends_stay_in_their_field(tmp_path: Path) -> None:
    title = 'Chef de "Partie", Senior\\'
    store = fill(Store.in_memory(), [make_facts(title=title, employer="A, B\nand C")], tmp_path)
    export(store, "neo4j", tmp_path / "out")
    (posting,) = rows([tmp_path / "out" / "nodes-Posting.csv"])
    (employer,) = rows([tmp_path / "out" / "nodes-Employer.csv"])
    assert posting["title:string"] == title
    assert employer["label:string"] == "A, B\nand C"


def test_an_empty_store_gives_a_folder_that_says_so(tmp_path: Path) -> None:
    export(Store.in_memory(), "neo4j", tmp_path / "out")
    assert "0 nodes and 0 relationships" in (tmp_path / "out" / "README.md").read_text()
