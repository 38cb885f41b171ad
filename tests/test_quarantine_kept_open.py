"""The quarantine of a watch: appended to batch by batch, and put in order when something leaves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kg.build import build
from kg.ingested import Ingested
from kg.open_quarantine import OpenQuarantine
from kg.quarantine import Quarantine
from kg.store import Store
from kg.store_folder import QUARANTINE
from kg.watching.intake import Intake
from kg.watching.watch import watch_folders
from nlp.readers import Piped, ReadingOptions
from tests.building import FakeExtractor, text, titles, words, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["words"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "quarantine.jsonl"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s", create=True) as opened:
        yield opened


def entries(kept: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []


class Builder:
    """Builds with a quarantine that stays open, and beside it with one that does not."""

    def __init__(self, words: list[Path], kept: Path) -> None:
        self.words = words
        self.kept = kept
        self.beside = kept.with_name("beside.jsonl")
        self.stores = Store.in_memory(), Store.in_memory()
        self.open = OpenQuarantine(kept)

    def __call__(self, *sources: Path | Piped) -> None:
        piped = isinstance(sources[0], Piped)
        quarantines: list[Path | Quarantine] = [self.open, self.beside]
        for store, quarantine in zip(self.stores, quarantines, strict=True):
            build(
                store,
                sources,
                FakeExtractor(),
                vocabulary_files=self.words,
                quarantine=quarantine,
                options=ReadingOptions("jsonl") if piped else ReadingOptions(),
            )
        assert sorted(map(str, entries(self.kept))) == sorted(map(str, entries(self.beside)))

    def close(self) -> None:
        self.open.close(Ingested(self.stores[0]).is_outdated)
        assert self.kept.exists() == self.beside.exists()
        if self.kept.exists():
            assert self.kept.read_bytes() == self.beside.read_bytes()


@pytest.fixture
def builder(words: list[Path], kept: Path) -> Builder:
    return Builder(words, kept)


def test_batch_by_batch_it_has_what_a_build_keeps_and_in_the_end_in_its_order(
    builder: Builder, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("z.txt", "b.txt"):
        (folder / name).write_text("Buy milk.")
        builder(folder / name)
    builder(folder)  # read again, and as it was
    write(folder / "z.txt", "Chemist")
    builder(folder / "z.txt")
    (folder / "a.txt").write_text("Buy bread.")
    builder(folder / "a.txt")
    (folder / "b.txt").write_text("Buy butter.")
    builder(folder / "b.txt")
    assert [one["record"] for one in entries(builder.kept)] == ["Buy bread.", "Buy butter."]
    builder.close()


def test_what_is_played_again_is_kept_once(builder: Builder) -> None:
    for _ in range(2):
        for number in (3, 1, 2):
            builder(Piped(b'{"id": %d' % number))
    assert len(entries(builder.kept)) == 3
    builder.close()


def test_a_batch_reads_and_writes_no_more_than_its_own_lines(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder(Piped(b'{"id": 0'))
    inode = builder.kept.stat().st_ino
    with monkeypatch.context() as patch:
        patch.setattr("kg.open_quarantine.OpenQuarantine._learn", lambda *_: pytest.fail("reread"))
        builder(Piped(b'{"id": 1'))
    assert builder.kept.stat().st_ino == inode, "it was appended to"
    assert len(entries(builder.kept)) == 2


@pytest.mark.parametrize("gone", [True, False])
def test_who_changes_the_file_meanwhile_is_heeded(gone: bool, builder: Builder) -> None:
    builder(Piped(b'{"id": 0'))
    builder(Piped(b'{"id": 1'))
    for file in (builder.kept, builder.beside):
        if gone:
            file.unlink()
        else:
            file.write_bytes(file.read_bytes().splitlines(keepends=True)[1])
    builder(Piped(b'{"id": 0'))
    assert len(entries(builder.kept)) == (1 if gone else 2)
    builder.close()


def test_a_build_that_ends_halfway_loses_nothing(kept: Path, words: list[Path]) -> None:
    class Failing(FakeExtractor):
        def pipe(self, *_: object) -> Any:
            raise KeyboardInterrupt

    store, quarantine = Store.in_memory(), OpenQuarantine(kept)
    good = json.dumps({"id": "1", "title": "Chemist", "description": text("Chemist")})
    with pytest.raises(KeyboardInterrupt):
        build(
            store,
            [Piped(b"{"), Piped(good.encode())],
            Failing(),
            vocabulary_files=words,
            quarantine=quarantine,
            options=ReadingOptions("jsonl"),
        )
    quarantine.close(Ingested(store).is_outdated)
    assert [one["record"] for one in entries(kept)] == ["{"]
    with Quarantine(kept) as again:
        assert again.file == kept


def test_a_watch_keeps_one_and_leaves_it_in_order(
    store: Store, words: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "z.txt").write_text("Buy milk.")
    intake = Intake(store, extractor=FakeExtractor(), vocabulary_files=words)
    batches = watch_folders(intake, [folder], settle=0)
    assert next(batches).report.refused == 1
    file = tmp_path / "s" / QUARANTINE
    assert [one["source"] for one in entries(file)] == ["z.txt"]
    (folder / "a.txt").write_text("Buy bread.")
    assert next(batches).report.quarantine == file
    assert [one["source"] for one in entries(file)] == ["z.txt", "a.txt"], "readable meanwhile"
    batches.close()
    assert [one["source"] for one in entries(file)] == ["a.txt", "z.txt"]
    assert titles(store) == []
