"""What readers see of a store while somebody writes to it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from kg.copies.store_groups import group_copies
from kg.snapshots import BEHIND, FOLDER, MAKING, Snapshot, newest
from kg.store import Store, StoreError
from kg.upkeep import back_up, optimize, room_of
from tests.building import TEXT
from tests.command_line import ROOT
from tests.factories import make_facts
from tests.servers import kg_serve
from tests.stores import fill

if TYPE_CHECKING:
    from tests.command_line import Kg

A: Final = make_facts(source="a.txt")
B: Final = make_facts(source="b.txt", title="Data Engineer I", level="I")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store on disk with one posting in it, closed."""
    with Store.open(tmp_path / "store", create=True) as store:
        fill(store, [A], tmp_path)
    return tmp_path / "store"


def add(store: Store, folder: Path) -> None:
    """Put a second posting into a store."""
    fill(store, [B], folder)


def seen(path: Path) -> int:
    """Count the postings that a reader sees who opens the store now."""
    with Store.open(path) as store:
        return len(store)


def snapshots(path: Path) -> list[str]:
    return sorted(entry.name for entry in (path / FOLDER).iterdir())


# What is seen


def test_a_reader_sees_what_was_published_and_no_more(path: Path, tmp_path: Path) -> None:
    with Store.open(path, read_only=False) as writer:
        assert seen(path) == 1
        add(writer, tmp_path)
        assert (len(writer), seen(path)) == (2, 1)
        writer.publish()
        assert seen(path) == 2
        writer.remove(A.posting.id)
        assert seen(path) == 2
    assert seen(path) == 1


def test_a_reader_keeps_the_state_that_it_opened(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as reader:
        before = set(reader.quads())
        with Store.open(path, read_only=False) as writer:
            for _ in range(5):  # files are merged and go
                add(writer, tmp_path)
                writer.publish()
                writer.remove(B.posting.id)
                writer.optimize()
                writer.publish()
            add(writer, tmp_path)
        assert reader.is_outdated
        assert set(reader.quads()) == before
    with Store.open(path) as reader:
        assert not reader.is_outdated
        assert len(reader) == 2


def test_it_is_said_where_there_is_more_than_is_seen(path: Path, tmp_path: Path) -> None:
    def said() -> str:
        with Store.open(path) as store:
            return str(store.view)

    assert said() == ""
    writer = Store.open(path, read_only=False)
    assert said() == "", "it was opened, and nothing was written"
    add(writer, tmp_path)
    assert f"as of {datetime.now().astimezone():%Y-%m-%d }" in said()
    assert "a build is at work on this store" in said()
    writer.publish()
    assert said() == ""
    writer.remove(B.posting.id)
    writer.close(publish=False)
    assert "a build that was ended has stored more; run it again" in said()
    Store.open(path, read_only=False).close()
    assert said() == ""


def test_what_was_broken_off_is_not_seen(path: Path, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), Store.open(path, read_only=False) as writer:  # noqa: PT012
        add(writer, tmp_path)
        raise RuntimeError
    assert seen(path) == 1
    with Store.open(path, read_only=False) as writer:
        assert len(writer) == 2
    assert seen(path) == 2


def test_commands_say_on_stderr_what_they_see(kg: Kg, path: Path, tmp_path: Path) -> None:
    with Store.open(path, read_only=False) as writer:
        add(writer, tmp_path)
        for words in (["ask", "postings", "--json"], ["stats", "--json"], ["export"]):
            answer = kg(*words, "--store", path)
            assert answer.code == 0
            assert "a build is at work on this store" in answer.err
            assert "at work" not in answer.out
        assert len(kg("ask", "postings", "--json", "--store", path).json) == 1
    answer = kg("ask", "postings", "--json", "--store", path)
    assert len(answer.json) == 2
    assert "as of" not in answer.err


# What comes and goes


def test_snapshots_go_when_nobody_reads_them(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as first, Store.open(path, read_only=False) as writer:
        for _ in range(4):
            add(writer, tmp_path)
            writer.remove(B.posting.id)
            writer.publish()
            assert len(snapshots(path)) == 2, "the newest, and the one that is read"
        assert first.view is not None
        assert first.view.snapshot.path.exists()
    assert len(snapshots(path)) == 1


def test_nothing_is_published_where_nothing_changed(path: Path) -> None:
    before = newest(path)
    with Store.open(path, read_only=False) as writer:
        writer.publish()
    assert newest(path) == before


def test_a_snapshot_takes_hardly_any_room(path: Path) -> None:
    own = room_of(path / "quads")
    assert room_of(path) < 1.2 * own + 200_000
    before = room_of(path)
    optimize(path)
    assert room_of(path) < 1.2 * before + 200_000
    assert len(snapshots(path)) == 1


def test_the_clock_does_not_tell_which_snapshot_is_newer(path: Path, tmp_path: Path) -> None:
    now = newest(path)
    assert now is not None
    late = now.path.with_name(f"{now.number:08}-29990101T000000Z")
    now.path.rename(late)
    with Store.open(path, read_only=False) as writer:
        add(writer, tmp_path)
    assert seen(path) == 2
    assert late.name not in snapshots(path)


@pytest.mark.parametrize(
    ("name", "snapshot"),
    [
        ("00000012-20261128T103200Z", 12),
        ("123456789-20261128T103200Z", 123456789),
        ("making", None),
        ("making.tmp", None),
        ("behind", None),
        ("00000012", None),
        ("00000012-yesterday", None),
        ("x-20261128T103200Z", None),
        (".DS_Store", None),
    ],
)
def test_other_names_are_no_snapshots(name: str, snapshot: int | None) -> None:
    found = Snapshot.of(Path("s") / name)
    assert (found and found.number) == snapshot
    if found:
        assert found.taken == datetime(2026, 11, 28, 10, 32, tzinfo=UTC)


# What was killed, copied or lost


def test_what_a_killed_build_left_harms_nobody(path: Path, tmp_path: Path) -> None:
    for left in (MAKING, f"{MAKING}.tmp", f"{MAKING}-gone-3"):
        (path / FOLDER / left).mkdir()
        (path / FOLDER / left / "000012.sst").write_bytes(b"half")
    (path / FOLDER / BEHIND).touch()
    assert seen(path) == 1
    with Store.open(path, read_only=False) as writer:
        add(writer, tmp_path)
    assert seen(path) == 2
    assert len(snapshots(path)) == 1


def test_a_store_without_a_snapshot_gets_one_from_its_first_reader(path: Path) -> None:
    shutil.rmtree(path / FOLDER)
    assert seen(path) == 1
    assert len(snapshots(path)) == 1


def test_a_reader_waits_for_the_first_snapshot(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(path / FOLDER)
    monkeypatch.setattr("kg.opening.FIRST", 0.1)
    with closing(Store.open(path, read_only=False)) as writer:
        with pytest.raises(StoreError, match="another process is writing to this store"):
            Store.open(path)
        writer.publish()
        assert seen(path) == 1


def test_a_backup_is_of_what_is_seen(path: Path, tmp_path: Path) -> None:
    with Store.open(path, read_only=False) as writer:
        add(writer, tmp_path)
        with Store.open(path) as reader:
            back_up(reader, tmp_path / "copy")
    assert seen(tmp_path / "copy") == 1
    with Store.open(tmp_path / "copy", read_only=False) as copy:
        add(copy, tmp_path)
    assert (seen(tmp_path / "copy"), seen(path)) == (2, 2)


def test_a_plain_copy_of_the_folder_is_a_store(path: Path, tmp_path: Path) -> None:
    shutil.copytree(path, tmp_path / "copy")
    assert seen(tmp_path / "copy") == 1
    with Store.open(tmp_path / "copy", read_only=False) as copy:
        add(copy, tmp_path)
    assert (seen(tmp_path / "copy"), seen(path)) == (2, 1)


# Real builds

BUILD: Final = """
import sys
from pathlib import Path
import kg.publishing
from kg.build import build
from kg.store import Store
from tests.building import FakeExtractor
kg.publishing.FIRST = kg.publishing.LEAST = kg.publishing.SHARE = 0
store, feed, words = sys.argv[1:]
with Store.open(store, create=True) as opened:
    build(opened, [feed], FakeExtractor(), vocabulary_files=[Path(words)], batch=8)
"""


def write_copies(file: Path, jobs: int) -> None:
    """Write each job twice: the second time with another number, and far from the first."""
    lines = [
        {"title": f"Engineer {job}", "description": f"{text}Job {job} is in hall {job}.\nRef: {n}"}
        for n in range(2)
        for job in range(jobs)
        for text in [TEXT.format(title=f"Engineer {job}")]
    ]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def regrouped(store: Store) -> list[str]:
    """Return what is to be said of copies in a store, found anew from its postings."""
    other = Store.in_memory()
    graph = store.graph_iri("copies")
    other.apply(
        add=[
            quad
            for quad in store.quads()
            if quad.graph_name.value != graph and quad.subject.value != graph  # type: ignore[union-attr]
        ]
    )
    group_copies(other)
    return sorted(map(str, other.quads(graph)))


@pytest.mark.slow
def test_a_reader_never_sees_half_of_anything(tmp_path: Path, small_words: Path) -> None:
    feed, path = tmp_path / "feed.jsonl", tmp_path / "store"
    write_copies(feed, 120)
    words = [sys.executable, "-c", BUILD, str(path), str(feed), str(small_words)]
    states: dict[int, tuple[dict[str, set[str]], list[str]]] = {}
    with subprocess.Popen(words, cwd=ROOT) as building:
        while building.poll() is None:
            if not (path / FOLDER).exists() or newest(path) is None:
                time.sleep(0.01)
                continue
            with Store.open(path) as store:
                assert store.view is not None
                if store.view.snapshot.number in states:
                    continue
                graphs = {
                    name: set(map(str, store.quads(store.graph_iri(name))))
                    for name in store.posting_ids()
                }
                copies = sorted(map(str, store.quads(store.graph_iri("copies"))))
                assert copies == regrouped(store), "all groups of the postings that are seen"
                states[store.view.snapshot.number] = graphs, copies
    assert building.returncode == 0
    assert len(states) > 3
    with Store.open(path) as store:
        last = {
            name: set(map(str, store.quads(store.graph_iri(name)))) for name in store.posting_ids()
        }
        assert store.query("SELECT ?copy { ?copy rg:copyOf ?other }").rows
    assert len(last) == 240
    for graphs, _ in states.values():
        assert graphs == {name: last[name] for name in graphs}
    assert len(snapshots(path)) == 1


@pytest.fixture
def small_words(tmp_path: Path) -> Path:
    from tests.factories import small_vocabulary

    file = tmp_path / "words.ttl"
    file.write_text(small_vocabulary(), encoding="utf-8")
    return file


@pytest.mark.slow
def test_a_served_store_shows_what_is_published(path: Path, tmp_path: Path) -> None:
    query = urlencode({"query": "SELECT ?p { ?p a schema:JobPosting }"})

    def served(address: str) -> int:
        with urlopen(f"{address}?{query}", timeout=30) as answer:  # noqa: S310 # loopback
            return len(json.load(answer)["results"]["bindings"])

    with kg_serve(path) as address:
        assert served(address) == 1
        with Store.open(path, read_only=False) as writer:
            add(writer, tmp_path)
            assert served(address) == 1
            writer.publish()
            assert [served(address) for _ in range(4)] == [2] * 4
            writer.remove(B.posting.id)
        assert served(address) == 1
