"""The quarantine: what is in it after a build, and when it leaves."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from kg.build import build
from kg.quarantine import LARGE
from kg.store import Store
from nlp.readers import ReadingOptions
from tests.building import FakeExtractor, counts, text, titles, words, write
from tests.test_build_streams import Ending

if TYPE_CHECKING:
    from pathlib import Path

    from kg.build import BuildReport

__all__ = ["words"]

BROKEN = '{"id": "b", "title": "Baker", "description": "unclosed}'


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "quarantine.jsonl"


def good(name: str) -> str:
    return json.dumps({"id": name, "title": name, "description": text(name)})


def short(name: str) -> str:
    return json.dumps({"id": name, "title": name, "description": "too short"})


def entries(kept: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []


class Builder:
    """Builds into one store with one quarantine."""

    def __init__(self, words: list[Path], kept: Path) -> None:
        self.words = words
        self.kept = kept
        self.store = Store.in_memory()

    def __call__(self, *paths: Path, ending: int = 0) -> BuildReport:
        return build(
            self.store,
            paths,
            FakeExtractor(),
            vocabulary_files=self.words,
            batch=1,
            quarantine=self.kept,
            progress=Ending(ending) if ending else None,
        )


@pytest.fixture
def builder(words: list[Path], kept: Path) -> Builder:
    return Builder(words, kept)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good posting, and one of each kind that is none."""
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "a.txt", "Data Engineer I")
    (folder / "bad.txt").write_text("Buy milk and bread.")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    lines = [good("Chemist"), BROKEN, short("Nurse"), good("Clerk")]
    (folder / "feed.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return folder


def test_what_is_set_aside_is_kept_whole(folder: Path, builder: Builder, kept: Path) -> None:
    report = builder(folder)
    assert counts(report) == (3, 0, 0, 0)
    assert report.quarantine == kept
    assert sum(count for _, count in report.reasons) == report.refused == 4
    bad, cut, nurse, picture = entries(kept)
    assert (bad["source"], bad["record"]) == ("bad.txt", "Buy milk and bread.")
    assert bad["path"] == str(folder / "bad.txt")
    assert (cut["source"], cut["position"], cut["record"]) == ("feed.jsonl", "line 2", BROKEN)
    assert nurse["record"] == short("Nurse")
    assert base64.b64decode(picture["record_base64"]) == b"\x89PNG\r\n\x1a\n\0\0"
    assert all(entry["reason"] and len(entry["sha256"]) == 64 for entry in entries(kept))


def test_building_again_changes_nothing(folder: Path, builder: Builder, kept: Path) -> None:
    builder(folder)
    before = kept.read_bytes()
    for _ in range(2):
        builder(folder)
        assert kept.read_bytes() == before


def test_where_nothing_is_set_aside_there_is_no_quarantine(
    tmp_path: Path, builder: Builder, kept: Path
) -> None:
    write(tmp_path / "a.txt", "Data Engineer I")
    assert builder(tmp_path / "a.txt").quarantine is None
    assert not kept.exists()
    assert not list(tmp_path.glob("quarantine*"))


def test_a_large_file_is_named_and_not_copied(tmp_path: Path, builder: Builder, kept: Path) -> None:
    large = tmp_path / "large.bin"
    large.write_bytes(b"\x89PNG" + b"\0" * LARGE)
    builder(large)
    (entry,) = entries(kept)
    assert entry["path"] == str(large)
    assert len(entry["sha256"]) == 64
    assert not {"record", "record_base64"} & set(entry)


def test_a_posting_that_is_too_long_is_kept_whole_and_read_when_it_was_split(
    tmp_path: Path, builder: Builder, kept: Path
) -> None:
    feed = tmp_path / "feed.jsonl"
    long = {"id": "n", "title": "Nurse", "description": "one word and more " * 120_000}
    feed.write_text(f"{good('Cook')}\n{json.dumps(long)}\n{good('Clerk')}\n")
    assert builder(feed).added == 2
    (entry,) = entries(kept)
    assert entry["reason"] == "too long for one posting: 2,159,999 characters; split it"
    assert (entry["path"], entry["position"]) == (str(feed), "line 2")
    assert json.loads(entry["record"]) == long
    kept.write_text(f"{json.dumps({**entry, 'record': good('Nurse')})}\n")
    assert builder(kept).added == 1
    assert not kept.exists()


def test_a_text_of_50_mb_is_named_and_read_when_it_was_mended(
    tmp_path: Path, builder: Builder, kept: Path
) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"word " * (10 << 20))
    builder(file)
    (entry,) = entries(kept)
    assert entry["reason"] == "more than 32 MB of text, which is no posting; split it"
    assert (entry["path"], len(entry["sha256"])) == (str(file), 64)
    (again,) = builder(kept).set_aside
    assert f"mend {file} and give it again" in again[1]
    write(file, "Data Engineer I")
    assert builder(file).added == 1
    assert not kept.exists()


def test_a_source_that_is_mended_leaves(folder: Path, builder: Builder, kept: Path) -> None:
    builder(folder)
    write(folder / "bad.txt", "Baker")
    builder(folder)
    assert [entry["source"] for entry in entries(kept)] == [
        "feed.jsonl",
        "feed.jsonl#Nurse",
        "picture.png",
    ]
    lines = [good("Chemist"), good("Baker"), short("Nurse")]
    (folder / "feed.jsonl").write_text("".join(f"{line}\n" for line in lines))
    builder(folder)
    assert [entry["source"] for entry in entries(kept)] == ["feed.jsonl#Nurse", "picture.png"]


def test_records_mended_in_a_copy_are_read_and_leave(
    folder: Path, builder: Builder, kept: Path, tmp_path: Path
) -> None:
    builder(folder)
    mended = tmp_path / "mended.jsonl"
    lines = [
        {**entry, "record": good("Baker") if entry.get("record") == BROKEN else "{"}
        for entry in entries(kept)
    ]
    mended.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    report = builder(mended)
    assert report.added == 1
    assert "Baker" in titles(builder.store)
    found = {(entry["source"], entry["reason"].split(":")[0]) for entry in entries(kept)}
    assert ("feed.jsonl", "no JSON") not in found
    assert any(source == "feed.jsonl#Nurse" for source, _ in found)


def test_records_mended_in_place_are_read_and_leave(
    folder: Path, builder: Builder, kept: Path
) -> None:
    builder(folder)
    before = entries(kept)
    changed = [
        {**entry, "record": good("Baker")} if entry.get("position") == "line 2" else entry
        for entry in before
    ]
    kept.write_text("".join(f"{json.dumps(entry)}\n" for entry in changed))
    report = builder(kept)
    assert report.added == 1
    assert entries(kept) == [entry for entry in before if entry.get("position") != "line 2"]
    # What was read from it stays when the file changes, though no file states it any more.
    for name in ("Nurse", "Cook"):
        rest = [{**entry, "record": good(name)} for entry in entries(kept)[:1]]
        kept.write_text("".join(f"{json.dumps(entry)}\n" for entry in rest))
        assert builder(kept).removed == 0
    assert {"Baker", "Nurse"} <= set(titles(builder.store))


def test_a_path_that_was_mistyped_is_counted_and_not_kept(
    folder: Path, builder: Builder, kept: Path, tmp_path: Path
) -> None:
    report = builder(tmp_path / "nowhere", folder / "a.txt")
    assert report.refused == 1
    assert not kept.exists()


def test_a_build_that_is_ended_loses_nothing(folder: Path, builder: Builder, kept: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        builder(folder, ending=3)
    there = entries(kept)
    assert {entry["source"] for entry in there} == {"bad.txt", "feed.jsonl", "feed.jsonl#Nurse"}
    builder(folder)
    assert len(entries(kept)) == 4


def test_half_a_line_of_a_killed_build_is_passed_over(
    folder: Path, builder: Builder, kept: Path
) -> None:
    builder(folder)
    before = kept.read_bytes()
    line = json.dumps({"source": "elsewhere.txt", "reason": "why", "record": "x"})
    new = kept.with_name("quarantine.jsonl.new")
    new.write_text(f'{line}\n{{"source": "feed.jsonl", "rec')
    builder(folder)
    assert not new.exists()
    assert len(entries(kept)) == 5
    assert kept.read_bytes() == b"".join(sorted([*before.splitlines(True), f"{line}\n".encode()]))


def test_a_line_that_somebody_broke_stays(folder: Path, builder: Builder, kept: Path) -> None:
    builder(folder)
    with kept.open("a") as file:
        file.write("not JSON any more")
    builder(folder)
    assert kept.read_text().splitlines()[0] == "not JSON any more"
    assert len(kept.read_text().splitlines()) == 5


def test_what_cannot_be_opened_is_counted_and_the_rest_is_built(
    folder: Path, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read everything: a closed file is played, the loops of links are real."""
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "round").symlink_to(folder)
    closed = folder / "closed.txt"
    write(closed, "Baker")
    real = type(closed).open

    def refuse(self: Path, *args: Any, **more: Any) -> Any:
        if self.name == closed.name:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args, **more)

    monkeypatch.setattr(type(closed), "open", refuse)
    report = builder(folder)
    assert counts(report) == (3, 0, 0, 0)
    assert {
        ("closed.txt", "cannot be read: Permission denied"),
        ("loop", f"a link that leads nowhere: {folder / 'loop'}"),
        ("round", "a link to a folder; name that folder itself"),
    } <= set(report.set_aside)
    assert dict(report.reasons)["cannot be read"] == 1


@pytest.mark.parametrize("keep", [False, True])
def test_contacts_are_masked_there_too_unless_they_are_kept(
    keep: bool, tmp_path: Path, words: list[Path], kept: Path
) -> None:
    mail = "jane.doe@acme.example"
    feed = tmp_path / "feed.jsonl"
    feed.write_text(json.dumps({"id": "a", "title": "a", "description": f"mail {mail}"}) + "\n")
    build(
        Store.in_memory(),
        [feed],
        FakeExtractor(),
        vocabulary_files=words,
        quarantine=kept,
        options=ReadingOptions(keep_contacts=keep),
    )
    (entry,) = entries(kept)
    assert (mail in entry["record"]) == keep
    assert json.loads(entry["record"])["title"] == "a", "it can still be mended and read"
