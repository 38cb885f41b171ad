from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import to_isomorphic

import kg.export
import kg.sorting
from kg.store import Store, StoreError
from ontology import terms
from tests.factories import two_levels
from tests.stores import fill, two_level_store

if TYPE_CHECKING:
    from pathlib import Path


def written(store: Store, form: str, *, runs: bool = False) -> bytes:
    stream = io.BytesIO()
    kg.export.export(store, form, stream, runs=runs)
    return stream.getvalue()


def triples(store: Store) -> rdflib.Graph:
    """What the store states outside its runs, as rdflib reads its quads."""
    graph = rdflib.Graph()
    lines = [
        f"{quad.subject} {quad.predicate} {quad.object} ."
        for quad in store.quads()
        if quad.graph_name != store.iris.graph("runs")
    ]
    return graph.parse(data="\n".join(lines), format="nt")


def same(found: rdflib.Graph, expected: rdflib.Graph) -> bool:
    return bool(to_isomorphic(found) == to_isomorphic(expected))


def test_nquads_are_sorted_and_hold_everything(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    text = written(store, "nquads")
    lines = text.splitlines(keepends=True)
    assert lines == sorted(lines)
    quads = set(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    runs = store.iris.graph("runs")
    assert quads == {quad for quad in store.quads() if quad.graph_name != runs}


def test_runs_are_written_when_asked_for(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    runs = store.graph_iri("runs").encode()
    assert runs not in written(store, "nquads")
    assert runs in written(store, "nquads", runs=True)


@pytest.mark.parametrize("form", kg.export.FORMATS)
def test_the_same_postings_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    one = fill(Store.in_memory(), two_levels(), tmp_path)
    with Store.open(tmp_path / "store", create=True) as other:
        fill(other, reversed(two_levels()), tmp_path)
        assert written(other, form) == written(one, form)


@pytest.mark.parametrize("form", kg.export.FORMATS)
def test_what_does_not_fit_in_memory_is_sorted_on_disk(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = two_level_store(tmp_path)
    whole = written(store, form)
    monkeypatch.setattr(kg.sorting, "RUN_BYTES", 5000)
    assert written(store, form) == whole


def test_turtle_has_prefixes_and_reads_back(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    text = written(store, "turtle").decode()
    assert "@prefix schema: <https://schema.org/> ." in text
    assert "schema:JobPosting" in text
    assert same(rdflib.Graph().parse(data=text, format="turtle"), triples(store))


def test_turtle_has_each_subject_once_in_order(tmp_path: Path) -> None:
    text = written(two_level_store(tmp_path), "turtle").decode()
    subjects = [line.split()[0] for line in text.splitlines() if line.startswith("<")]
    assert len(subjects) > 50
    assert subjects == sorted(set(subjects))


def test_jsonld_has_readable_keys_and_reads_back(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    text = written(store, "jsonld").decode()
    record = json.loads(text)
    posting = next(node for node in record["@graph"] if node.get("@type") == "schema:JobPosting")
    assert posting["schema:title"] == "Machine Learning Engineer I"
    assert posting["equity"] is True
    assert {"@id": terms.VOCABULARY + "skill/spark"} in posting["requiresSkill"]
    assert same(rdflib.Graph().parse(data=text, format="json-ld"), triples(store))


def test_jsonld_reads_back_with_another_reader_too(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    found = {
        quad.triple
        for quad in ox.parse(written(store, "jsonld"), format=ox.RdfFormat.JSON_LD)
        if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)
    }
    runs = store.iris.graph("runs")
    expected = {
        quad.triple
        for quad in store.quads()
        if quad.graph_name != runs
        and not isinstance(quad.subject, ox.BlankNode)
        and not isinstance(quad.object, ox.BlankNode)
    }
    assert found == expected


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.sampled_from(["string", "integer", "decimal", "boolean", "date", "double"]),
)
def test_any_literal_survives(text: str, datatype: str) -> None:
    store = Store.in_memory()
    node = ox.NamedNode("http://e/s")
    literal = ox.Literal(text, datatype=ox.NamedNode(terms.XSD + datatype))
    store.apply(add=[ox.Quad(node, node, literal, store.iris.graph("p"))])
    stored = {quad.triple for quad in store.quads()}
    forms: list[tuple[str, ox.RdfFormat]] = [
        ("nquads", ox.RdfFormat.N_QUADS),
        ("turtle", ox.RdfFormat.TURTLE),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ]
    for form, reader in forms:
        found = {quad.triple for quad in ox.parse(written(store, form), format=reader)}
        assert found == stored


def test_an_empty_store_gives_empty_files() -> None:
    store = Store.in_memory()
    assert written(store, "nquads") == b""
    assert json.loads(written(store, "jsonld"))["@graph"] == []
    assert len(rdflib.Graph().parse(data=written(store, "turtle"), format="turtle")) == 0


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(StoreError, match="there are nquads, turtle, jsonld"):
        written(Store.in_memory(), "xml")


def test_a_file_is_written_too_and_none_for_an_unknown_format(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    kg.export.export(store, "nquads", tmp_path / "graph.nq")
    assert (tmp_path / "graph.nq").read_bytes() == written(store, "nquads")
    with pytest.raises(StoreError):
        kg.export.export(store, "xml", tmp_path / "graph.xml")
    assert not (tmp_path / "graph.xml").exists()
