from __future__ import annotations

from pathlib import Path

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
from tests.exports import EVERYTHING, written
from tests.factories import two_levels
from tests.stores import fill, two_level_store

FILES = ("turtle", "nquads", "trig", "jsonld", "graphml", "gexf")
FOLDERS = ("neo4j", "parquet")


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


def test_every_format_is_a_file_or_a_folder() -> None:
    assert {*FILES, *FOLDERS} == set(kg.export.FORMATS)


def test_nquads_are_sorted_and_hold_everything(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    text = written(store, "nquads")
    lines = text.splitlines(keepends=True)
    assert lines == sorted(lines)
    quads = set(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    runs = store.iris.graph("runs")
    assert quads == {quad for quad in store.quads() if quad.graph_name != runs}


def test_trig_keeps_the_graphs_apart_and_holds_everything(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    text = written(store, "trig").decode()
    assert "@prefix schema: <https://schema.org/> ." in text
    quads = list(ox.parse(text, format=ox.RdfFormat.TRIG))
    assert set(quads) == set(ox.parse(written(store, "nquads"), format=ox.RdfFormat.N_QUADS))
    assert quads == sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))
    found = rdflib.Dataset().parse(data=text, format="trig")
    assert len(list(found.quads())) == len(quads)


@pytest.mark.parametrize("form", EVERYTHING)
def test_runs_are_written_when_asked_for(form: str, tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    mark = b"rg:sha256" if form != "nquads" else terms.SHA256.encode()
    without, with_runs = written(store, form), written(store, form, runs=True)
    assert with_runs.count(mark) > without.count(mark)
    assert (store.graph_iri("runs").encode() in with_runs) == (form != "turtle")
    assert store.graph_iri("runs").encode() not in without


@pytest.mark.parametrize("form", sorted(set(FILES) - set(EVERYTHING)))
def test_runs_have_no_place_in_the_other_formats(form: str) -> None:
    with pytest.raises(StoreError, match="turtle, nquads and trig have"):
        written(Store.in_memory(), form, runs=True)


@pytest.mark.parametrize("form", FILES)
def test_the_same_postings_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    one = fill(Store.in_memory(), two_levels(), tmp_path)
    with Store.open(tmp_path / "store", create=True) as other:
        fill(other, reversed(two_levels()), tmp_path)
        assert written(other, form) == written(one, form)


@pytest.mark.parametrize("form", FOLDERS)
def test_the_same_postings_give_the_same_files(form: str, tmp_path: Path) -> None:
    def files(store: Store, name: str) -> dict[str, bytes]:
        kg.export.export(store, form, tmp_path / name)
        return {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}

    one = fill(Store.in_memory(), two_levels(), tmp_path)
    other = fill(Store.in_memory(), reversed(two_levels()), tmp_path)
    assert files(one, "one") == files(other, "other")
    assert "README.md" in files(one, "again")


@pytest.mark.parametrize("form", EVERYTHING)
def test_what_does_not_fit_in_memory_is_sorted_on_disk(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = two_level_store(tmp_path)
    whole = written(store, form)
    monkeypatch.setattr(kg.sorting, "RUN_BYTES", 5_000)
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


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.sampled_from(["string", "integer", "decimal", "boolean", "date", "double"]),
)
def test_any_literal_survives(text: str, datatype: str) -> None:
    store = Store.in_memory()
    node = ox.NamedNode("http://e/s")
    literal = ox.Literal(text, datatype=ox.NamedNode(terms.XSD + datatype))
    store.apply(add=[ox.Quad(node, node, literal, store.iris.graph("p"))])
    kept = {quad.triple for quad in store.quads()}
    for form, reader in EVERYTHING.items():
        assert {quad.triple for quad in ox.parse(written(store, form), format=reader)} == kept


@pytest.mark.parametrize("form", EVERYTHING)
def test_an_empty_store_gives_no_statement(form: str) -> None:
    assert list(ox.parse(written(Store.in_memory(), form), format=EVERYTHING[form])) == []


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(StoreError, match="there are turtle, nquads, trig, jsonld, graphml, gexf"):
        written(Store.in_memory(), "xml")


def test_a_file_is_written_too_and_none_for_an_unknown_format(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    kg.export.export(store, "nquads", tmp_path / "graph.nq")
    assert (tmp_path / "graph.nq").read_bytes() == written(store, "nquads")
    with pytest.raises(StoreError):
        kg.export.export(store, "xml", tmp_path / "graph.xml")
    assert not (tmp_path / "graph.xml").exists()


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_is_needed_and_one_with_files_is_left_alone(form: str, tmp_path: Path) -> None:
    store = Store.in_memory()
    with pytest.raises(StoreError, match="-o FOLDER"):
        written(store, form)
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"holds mine\.txt already"):
        kg.export.export(store, form, tmp_path)
    with pytest.raises(StoreError, match="name a new or an empty folder"):
        kg.export.export(store, form, tmp_path / "mine.txt")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("form", "module", "extra"), [("parquet", "pyarrow", "tables")])
def test_a_missing_library_is_named_with_its_extra(
    form: str, module: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(StoreError, match=rf"rolegraph\[{extra}\]"):
        kg.export.export(Store.in_memory(), form, tmp_path / "out")
    assert not (tmp_path / "out").exists()
