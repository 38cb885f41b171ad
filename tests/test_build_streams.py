"""One file with many postings: stored as they are read, gone on with, replaced, taken away."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING

import pytest

import kg.change
from kg.build import build
from kg.store import Store
from nlp.readers import ReadingOptions
from tests.building import FakeExtractor, counts, names, nquads, text, titles, words, write_feed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.build import BuildReport
    from nlp.types import Facts, Posting

__all__ = ["words"]

CLOCK = (b"prov#startedAtTime>", b"prov#endedAtTime>")


def with_runs(store: Store) -> list[bytes]:
    """Everything that a store holds, except for clock times."""
    lines = nquads(store, runs=True).splitlines()
    return [line for line in lines if not any(verb in line for verb in CLOCK)]


class Ending:
    """Ends a build, as Ctrl-C does, when so many postings are stored."""

    def __init__(self, at: int) -> None:
        self.at = at

    def __call__(self, stored: int) -> None:
        if stored >= self.at:
            raise KeyboardInterrupt


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    file = tmp_path / "feed.jsonl"
    write_feed(file, names(0, 20))
    return file


def run(store: Store, feed: Path, words: list[Path], extractor: FakeExtractor) -> BuildReport:
    return build(store, [feed], extractor, vocabulary_files=words, batch=3)


def test_a_file_of_many_postings_is_stored_batch_by_batch(feed: Path, words: list[Path]) -> None:
    store, stored = Store.in_memory(), list[int]()
    report = build(
        store, [feed], FakeExtractor(), vocabulary_files=words, batch=3, progress=stored.append
    )
    assert counts(report) == (20, 0, 0, 0)
    assert stored == [3, 6, 9, 12, 15, 18, 20]
    assert counts(run(store, feed, words, FakeExtractor())) == (0, 0, 20, 0)


@pytest.mark.parametrize("at", [1, 9, 18, 20])
def test_a_file_that_was_read_in_part_is_gone_on_with(
    feed: Path, words: list[Path], at: int
) -> None:
    store, extractor = Store.in_memory(), FakeExtractor()
    with pytest.raises(KeyboardInterrupt):
        build(store, [feed], extractor, vocabulary_files=words, batch=3, progress=Ending(at))
    there = len(store)
    assert at <= there <= at + 2
    extractor.seen.clear()
    report = run(store, feed, words, extractor)
    assert counts(report) == (20 - there, 0, there, 0)
    assert len(extractor.seen) == 20 - there
    fresh = Store.in_memory()
    run(fresh, feed, words, FakeExtractor())
    assert with_runs(store) == with_runs(fresh)


@pytest.mark.parametrize("stale", [1, 4, 2000])
def test_a_changed_file_loses_what_it_no_longer_states(
    feed: Path, words: list[Path], stale: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.change, "STALE", stale)
    store = Store.in_memory()
    run(store, feed, words, FakeExtractor())
    write_feed(feed, names(5, 23))
    report = run(store, feed, words, FakeExtractor())
    # The file's bytes are others, its records are the same.
    assert counts(report) == (3, 0, 15, 5)
    fresh = Store.in_memory()
    run(fresh, feed, words, FakeExtractor())
    assert with_runs(store) == with_runs(fresh)


def records(file: Path, rows: list[dict[str, str]]) -> None:
    """Write records in the form that a file's name says."""
    if file.suffix == ".jsonl":
        said = "".join(json.dumps(row) + "\n" for row in rows)
    elif file.suffix == ".json":
        said = json.dumps(rows)
    else:
        stream = StringIO(newline="")
        table = csv.DictWriter(stream, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
        said = stream.getvalue()
    file.write_text(said, encoding="utf-8", newline="")


@pytest.mark.parametrize("name", ["feed.jsonl", "feed.json", "feed.csv"])
def test_of_a_feed_that_changed_only_the_changed_records_are_extracted(
    tmp_path: Path, words: list[Path], name: str
) -> None:
    """Each with an id of its own, in whatever order; a board exports all it has every night."""
    file, store, extractor = tmp_path / name, Store.in_memory(), FakeExtractor()
    rows = [{"id": f"r{at}", "title": one, "description": text(one), "url": ""}
            for at, one in enumerate(names(0, 20))]  # fmt: skip
    changes: dict[str, tuple[Callable[[], None], tuple[int, int, int, int]]] = {
        "first": (lambda: None, (20, 0, 0, 0)),
        "other order": (rows.reverse, (0, 0, 20, 0)),
        "one text": (lambda: rows[3].update(description=f"{text('')}Or Rust."), (1, 0, 19, 1)),
        "what is beside the text": (lambda: rows[4].update(url="https://x.org/4"), (1, 0, 19, 1)),
        "one more": (lambda: rows.insert(0, {**rows[7], "id": "new"}), (1, 0, 20, 0)),
        "one less": (lambda: rows.remove(rows[9]), (0, 0, 20, 1)),
    }
    for change, expected in changes.values():
        change()
        records(file, rows)
        extractor.seen.clear()
        assert counts(run(store, file, words, extractor)) == expected
        assert len(extractor.seen) == expected[0] + expected[1]
        fresh = Store.in_memory()
        run(fresh, file, words, FakeExtractor())
        assert with_runs(store) == with_runs(fresh)


def test_records_whose_bytes_are_read_otherwise_are_extracted_anew(
    feed: Path, words: list[Path]
) -> None:
    """The words are the same, but that the encoding was guessed is said of the posting."""

    class Flagging(FakeExtractor):
        def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
            for facts in super().pipe(postings):
                yield replace(facts, flags=facts.posting.flags)

    store = Store.in_memory()
    row = {"id": "r1", "title": "Chemist", "description": f"{text('')} Café and résumé."}
    for encoding in ("cp1252", "utf-8", "cp1252"):
        feed.write_bytes(json.dumps(row, ensure_ascii=False).encode(encoding) + b"\n")
        run(store, feed, words, Flagging())
        fresh = Store.in_memory()
        run(fresh, feed, words, Flagging())
        assert with_runs(store) == with_runs(fresh)


def test_a_record_is_known_by_its_hash(tmp_path: Path, words: list[Path]) -> None:
    """Which anybody can check: of a line of JSON, it is that of the line's own text."""
    file, store = tmp_path / "feed.jsonl", Store.in_memory()
    line = json.dumps({"id": "r1", "title": "Chemist", "description": text("Chemist")})
    file.write_text(f"{line}\n", encoding="utf-8")
    run(store, file, words, FakeExtractor())
    said = sha256(line.encode()).hexdigest()
    assert store.query(f'ASK {{ GRAPH ?g {{ ?document rg:sha256 "{said}" }} }}').answer


def test_a_changed_file_that_was_read_in_part_ends_the_same(feed: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    run(store, feed, words, FakeExtractor())
    for first, last, at in ((3, 34, 7), (16, 48, 9), (1, 60, 5)):
        write_feed(feed, names(first, last))
        with pytest.raises(KeyboardInterrupt):
            build(
                store,
                [feed],
                FakeExtractor(),
                vocabulary_files=words,
                batch=3,
                progress=Ending(at),
            )
    run(store, feed, words, FakeExtractor())
    fresh = Store.in_memory()
    run(fresh, feed, words, FakeExtractor())
    assert with_runs(store) == with_runs(fresh)


def test_a_file_read_in_part_under_other_rules_is_read_anew(feed: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    run(store, feed, words, FakeExtractor())
    other = FakeExtractor(rules_digest="others")
    with pytest.raises(KeyboardInterrupt):
        build(store, [feed], other, vocabulary_files=words, batch=3, progress=Ending(6))
    assert counts(run(store, feed, words, other)) == (0, 14, 6, 0)
    fresh = Store.in_memory()
    run(fresh, feed, words, other)
    assert nquads(store) == nquads(fresh)


def test_what_two_files_lose_in_one_batch_is_gone(tmp_path: Path, words: list[Path]) -> None:
    files = [tmp_path / name / "feed.jsonl" for name in ("one", "two")]
    for file in files:
        file.parent.mkdir()
        write_feed(file, ["Chemist", "Baker"])
    store = Store.in_memory()
    report = build(store, files, FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (2, 0, 2, 0)
    for file in files:
        write_feed(file, ["Chemist"])
    report = build(store, files, FakeExtractor(), vocabulary_files=words)
    assert report.removed == 1
    assert titles(store) == ["Chemist"]


def test_a_record_that_stands_twice_is_one_posting(feed: Path, words: list[Path]) -> None:
    write_feed(feed, ["Chemist", "Baker", "Chemist", "Baker", "Chemist"])
    for size in (1, 2, 64):
        store = Store.in_memory()
        report = build(store, [feed], FakeExtractor(), vocabulary_files=words, batch=size)
        assert counts(report) == (2, 0, 3, 0)
        assert len(store) == 2


def test_read_in_another_manner_is_read_again(tmp_path: Path, words: list[Path]) -> None:
    file = tmp_path / "feed.jsonl"
    record = {"id": "1", "title": "Chemist", "description": text("x"), "place": "Austin, TX"}
    file.write_text(json.dumps(record) + "\n", encoding="utf-8")
    store = Store.in_memory()
    run(store, file, words, FakeExtractor())
    mapped = ReadingOptions(columns={"employer": "place"})
    for expected in ((1, 0, 0, 1), (0, 0, 1, 0)):
        report = build(store, [file], FakeExtractor(), vocabulary_files=words, options=mapped)
        assert counts(report) == expected
    assert len(store) == 1


def test_a_posting_that_is_refused_is_taken_from_a_file_built_again(
    feed: Path, words: list[Path]
) -> None:
    class Failing(FakeExtractor):
        def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
            for facts in super().pipe(postings):
                if facts.title and facts.title.value.endswith("7"):
                    raise ValueError("seven")
                yield facts

    store = Store.in_memory()
    run(store, feed, words, FakeExtractor())
    report = build(store, [feed], Failing(), vocabulary_files=words, batch=3, again=True)
    assert counts(report) == (0, 18, 0, 2)
    assert len(report.set_aside) == 2
    assert counts(run(store, feed, words, FakeExtractor())) == (2, 0, 18, 0)


def test_a_file_that_goes_while_it_is_read_keeps_its_old_postings(
    feed: Path, words: list[Path]
) -> None:
    store = Store.in_memory()
    run(store, feed, words, FakeExtractor())
    write_feed(feed, names(10, 40))
    report = build(
        store,
        [feed],
        FakeExtractor(),
        vocabulary_files=words,
        batch=3,
        progress=lambda _: feed.unlink(missing_ok=True),
    )
    # The file was open: all of it was read, but nobody knows whether that is how it was meant.
    assert counts(report) == (20, 0, 10, 0)
    write_feed(feed, names(10, 40))
    assert counts(run(store, feed, words, FakeExtractor())) == (0, 0, 30, 10)


def test_the_stores_own_files_are_no_postings(tmp_path: Path, words: list[Path]) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    write_feed(folder / "feed.jsonl", names(0, 2))
    with Store.open(folder / "kg-store", create=True) as store:
        report = build(
            store,
            [folder / "feed.jsonl", folder / "kg-store", folder],
            FakeExtractor(),
            vocabulary_files=words,
        )
    assert counts(report) == (2, 0, 0, 0)
    assert report.set_aside == ()
