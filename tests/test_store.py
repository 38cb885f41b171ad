from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store import Store, StoreError
from kg.store_folder import FORMAT, STAMP
from ontology import terms
from ontology.vocabulary import FOLDER, own_files
from tests.factories import make_facts
from tests.stores import fill, two_level_store

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLD = """
import sys
from kg.store import Store
store = Store.open(sys.argv[1], read_only=sys.argv[2] == "reading")
print(len(store), flush=True)
sys.stdin.read()
"""


@contextmanager
def other_process(path: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """Another real process that holds the store open until it is ended."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "1"
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store on disk with one posting in it, closed."""
    with Store.open(tmp_path / "store", create=True) as store:
        fill(store, [make_facts()], tmp_path)
    return tmp_path / "store"


def message(error: pytest.ExceptionInfo[StoreError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    return text


# Opening and closing


def test_what_was_written_is_there_after_reopening(path: Path) -> None:
    facts = make_facts()
    with Store.open(path) as store:
        assert store.posting_ids() == [facts.posting.id]
        assert facts.posting.id in store
        assert len(store) == 1
        expected = fill(Store.in_memory(), [facts], path.parent)
        assert set(store.quads()) == set(expected.quads())


def test_the_stamp_says_what_the_folder_is(path: Path) -> None:
    stamp = json.loads((path / STAMP).read_text())
    assert stamp["format"] == FORMAT
    assert stamp["base"] == terms.DATA


def test_no_store_is_made_unless_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        Store.open(tmp_path / "none")
    assert message(error) == f"{tmp_path / 'none'} is no rolegraph store; `kg build PATH` makes one"
    assert not (tmp_path / "none").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("all my work")
    for create in (False, True):
        with pytest.raises(StoreError, match="no rolegraph store"):
            Store.open(tmp_path, create=create)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    Store.open(tmp_path).close()


def test_a_store_that_was_never_finished_is_finished(tmp_path: Path) -> None:
    (tmp_path / STAMP).touch()
    with pytest.raises(StoreError, match="is no rolegraph store"):
        Store.open(tmp_path)
    Store.open(tmp_path, create=True).close()
    Store.open(tmp_path).close()


def test_a_path_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("text")
    with pytest.raises(StoreError, match="is no rolegraph store"):
        Store.open(file)
    with pytest.raises(StoreError) as error:
        Store.open(file, create=True)
    assert "File exists" in message(error)
    assert file.read_text() == "text"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    # Permissions do not bind the administrator; nobody can make a folder below a file.
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as error:
        Store.open(tmp_path / "file" / "store", create=True)
    assert "Not a directory; name a folder that can" in message(error)
    with pytest.raises(StoreError):
        Store.open(tmp_path / "file" / "store")


@contextmanager
def nobody() -> Iterator[None]:
    """Run as an unprivileged user for a while, where we are the administrator."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_without_permission_to_write(path: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        store = Path(place) / "store"
        shutil.copytree(path, store)
        for entry in (Path(place), store, *store.rglob("*")):
            entry.chmod(0o555 if entry.is_dir() else 0o444)
        try:
            with nobody():
                with pytest.raises(StoreError) as error:
                    Store.open(store, read_only=False)
                with pytest.raises(StoreError, match="Permission denied"):
                    Store.open(store / "below", create=True)
                with Store.open(store) as opened:
                    assert len(opened) == 1
        finally:
            for entry in (Path(place), store, store / "quads"):
                entry.chmod(0o755)
    assert "Permission denied; name a folder that can" in message(error)


def test_a_store_of_another_version(path: Path) -> None:
    stamp = {"format": FORMAT + 1, "base": terms.DATA, "version": "9.9"}
    (path / STAMP).write_text(json.dumps(stamp))
    for create in (False, True):
        with pytest.raises(StoreError) as error:
            Store.open(path, create=create)
        assert f"format {FORMAT + 1}, made by rolegraph 9.9" in message(error)
        assert "build into another folder" in message(error)


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "new"}', '{"format": 1}'])
def test_a_damaged_stamp(path: Path, text: str) -> None:
    (path / STAMP).write_text(text)
    with pytest.raises(StoreError) as error:
        Store.open(path)
    assert "is damaged" in message(error)


def test_a_stamp_without_its_data(path: Path) -> None:
    for folder in ("quads", "snapshots"):
        shutil.rmtree(path / folder)
    with pytest.raises(StoreError) as error:
        Store.open(path)
    assert "cannot be used as a store" in message(error)


def test_another_base_is_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"its data lives below https://rolegraph\.example/id/"):
        Store.open(path, base="https://data.example/")
    with pytest.raises(StoreError, match="absolute IRI"):
        Store.open(tmp_path / "new", create=True, base="not an IRI")
    assert not (tmp_path / "new").exists()
    with Store.open(tmp_path / "new", create=True, base="https://data.example/") as store:
        assert store.base == "https://data.example/"
    with Store.open(tmp_path / "new") as store:
        assert store.graph_iri("runs") == "https://data.example/graph/runs"


def test_a_closed_store_answers_nothing(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")


# Many readers and one writer


def test_while_another_process_writes_others_read_and_nobody_writes(path: Path) -> None:
    with other_process(path, "writing"):
        with pytest.raises(StoreError) as error:
            Store.open(path, create=True)
        assert "another process is using this store; try again when it is done" in message(error)
        with Store.open(path) as store:
            assert len(store) == 1


def test_while_another_process_reads_others_read_and_one_writes(path: Path) -> None:
    with other_process(path, "reading"), Store.open(path) as store:
        assert len(store) == 1
        Store.open(path, read_only=False).close()


def test_the_lock_ends_with_its_process(path: Path) -> None:
    with other_process(path, "writing") as process:
        process.kill()
        process.wait()
        Store.open(path, create=True).close()


def test_the_lock_ends_with_the_store_though_a_forked_process_lives(path: Path) -> None:
    store = Store.open(path)
    child = os.fork()
    if child == 0:
        time.sleep(30)
        os._exit(0)
    try:
        store.close()
        Store.open(path, read_only=False).close()
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_a_failed_opening_leaves_no_lock(path: Path) -> None:
    with pytest.raises(StoreError):
        Store.open(path, read_only=False, base="https://data.example/")
    Store.open(path, read_only=False).close()


# Writing


def test_a_store_opened_for_reading_takes_nothing(path: Path) -> None:
    with Store.open(path) as store:
        with pytest.raises(StoreError, match="opened for reading"):
            store.replace("new", [])
        with pytest.raises(StoreError, match="opened for reading"):
            store.remove(store.posting_ids()[0])
        assert len(store) == 1
    with pytest.raises(ValueError, match="leave read_only out"):
        Store.open(path, create=True, read_only=True)


def test_a_posting_is_replaced_whole() -> None:
    store = Store.in_memory()
    graph, node = store.iris.graph("p"), store.iris.posting("p")
    old, new, other = (
        ox.Quad(node, ox.NamedNode(terms.RULE), ox.Literal(text), graph) for text in "abc"
    )
    store.replace("p", [old, other])
    store.replace("p", [new])
    assert list(store.quads()) == [new]
    store.replace("p", [])
    assert list(store.quads()) == []


def test_a_transaction_happens_whole_or_not_at_all(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    before = set(store.quads())
    bad = ox.Quad(ox.BlankNode("b"), ox.NamedNode("http://e/p"), ox.Literal("x"))
    with pytest.raises((SyntaxError, ValueError)):
        # Blank nodes cannot be deleted as data: the engine refuses the whole update.
        store.apply(drop=store.graphs(), remove=[bad], add=[])
    assert set(store.quads()) == before


def test_removing_a_posting_leaves_the_others(tmp_path: Path) -> None:
    store = two_level_store(tmp_path)
    first, second = store.posting_ids()
    assert store.remove(first)
    assert store.posting_ids() == [second]
    assert not store.query(f"ASK {{ ?s ?p ?o FILTER (CONTAINS(STR(?s), '{first}')) }}").answer
    assert not store.remove(first)
    for name in ("no such id", "runs", "vocabulary", ""):
        assert name not in store
        assert not store.remove(name)
    assert store.query(
        "ASK { GRAPH <https://rolegraph.example/id/graph/runs> { ?s ?p ?o } }"
    ).answer


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_a_replacement(text: str) -> None:
    store = Store.in_memory()
    graph = store.iris.graph("p")
    quad = ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal(text), graph)
    store.replace("p", [quad])
    store.replace("p", [quad])
    assert list(store.quads()) == [quad]


def test_vocabulary_and_ontology_are_loaded_once(tmp_path: Path) -> None:
    file = tmp_path / "words.ttl"
    file.write_text("<http://e/a> <http://e/p> [ <http://e/q> 1 ] , [ <http://e/q> 2 ] .")
    store = Store.in_memory()
    assert store.load("vocabulary", [file])
    assert not store.load("vocabulary", [file])
    again = Store.in_memory()
    again.load("vocabulary", [file])
    # Blank nodes are named by their content.
    assert set(map(str, store.quads())) == set(map(str, again.quads()))
    file.write_text("<http://e/a> <http://e/p> 3 .")
    assert store.load("vocabulary", [file])
    assert len(list(store.quads(store.graph_iri("vocabulary")))) == 1
    # The hash of what was loaded, which file it came from, and that file's type, path and hash.
    assert len(list(store.quads(store.graph_iri("runs")))) == 5
    assert len(store) == 0


def test_a_vocabulary_that_is_no_turtle_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "words.ttl"
    file.write_text("this is no Turtle")
    store = Store.in_memory()
    with pytest.raises(StoreError, match=r"words\.ttl: not valid Turtle"):
        store.load("vocabulary", [file])
    assert store.graphs() == []


def test_our_own_files_load() -> None:
    store = Store.in_memory()
    assert store.load("ontology", [FOLDER / "rolegraph.ttl"])
    assert store.load("vocabulary", own_files())
