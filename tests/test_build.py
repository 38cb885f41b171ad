"""A build: files to a graph, again and again, and what is set aside."""

from __future__ import annotations

import io
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from kg.build import BuildReport, build
from kg.build_report import kind_of
from kg.store import Store
from kg.validate import Violation
from nlp.types import Facts, Posting
from ontology import terms
from ontology.vocabulary import Vocabulary
from tests.building import TEXT, FakeExtractor, counts, nquads, titles, words, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pyoxigraph as ox

__all__ = ["words"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three postings, one of them in a folder below."""
    folder = tmp_path / "postings"
    (folder / "more").mkdir(parents=True)
    write(folder / "a.txt", "Data Engineer I")
    write(folder / "b.txt", "Data Engineer II")
    write(folder / "more" / "c.txt", "Data Engineer III")
    return folder


def test_a_folder_becomes_a_graph(folder: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    report = build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (3, 0, 0, 0)
    assert report.set_aside == ()
    assert report.postings == 3
    assert report.postings_per_second is not None
    assert titles(store) == ["Data Engineer I", "Data Engineer II", "Data Engineer III"]
    assert store.graph_iri("vocabulary") in store.graphs()
    assert store.graph_iri("ontology") in store.graphs()


def test_building_twice_changes_nothing(folder: Path, words: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "store"
    with Store.open(path, create=True) as store:
        build(store, [folder], FakeExtractor(), vocabulary_files=words)
        before = nquads(store, runs=True)
    extractor = FakeExtractor()
    with Store.open(path, create=True) as store:
        report = build(store, [folder], extractor, vocabulary_files=words)
        # Not even the time of the run: nothing was done.
        assert nquads(store, runs=True) == before
    assert counts(report) == (0, 0, 3, 0)
    assert report.postings_per_second is None
    assert extractor.seen == []


def test_the_order_of_the_input_does_not_show(folder: Path, words: list[Path]) -> None:
    files = [folder / "a.txt", folder / "b.txt", folder / "more" / "c.txt"]
    found = set()
    for order in permutations(files):
        for batches in ([order], [[file] for file in order]):
            store = Store.in_memory()
            for batch in batches:
                build(store, batch, FakeExtractor(), vocabulary_files=words, batch=2)
            found.add(nquads(store))
    assert len(found) == 1


def test_the_size_of_a_batch_does_not_show(folder: Path, words: list[Path]) -> None:
    found = set()
    for size in (1, 2, 64):
        store, stored = Store.in_memory(), list[int]()
        build(
            store,
            [folder],
            FakeExtractor(),
            vocabulary_files=words,
            batch=size,
            progress=stored.append,
        )
        found.add(nquads(store))
        assert stored[-1] == 3
        assert stored == sorted(stored)
    assert len(found) == 1


def test_only_the_graph_of_runs_holds_times_and_paths(folder: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert str(folder).encode() not in nquads(store)
    assert b'AtTime> "' not in nquads(store)
    assert str(folder).encode() in nquads(store, runs=True)
    assert b"endedAtTime" in nquads(store, runs=True)


def test_a_changed_file_takes_the_place_of_its_old_posting(folder: Path, words: list[Path]) -> None:
    store, extractor = Store.in_memory(), FakeExtractor()
    build(store, [folder], extractor, vocabulary_files=words)
    extractor.seen.clear()
    write(folder / "b.txt", "Principal Data Engineer")
    report = build(store, [folder], extractor, vocabulary_files=words)
    assert counts(report) == (1, 0, 2, 1)
    assert extractor.seen == ["b.txt"]
    assert titles(store) == ["Data Engineer I", "Data Engineer III", "Principal Data Engineer"]
    fresh = Store.in_memory()
    build(fresh, [folder], FakeExtractor(), vocabulary_files=words)
    assert nquads(store) == nquads(fresh)


def test_a_touched_file_is_unchanged(folder: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    build(store, [folder], FakeExtractor(), vocabulary_files=words)
    write(folder / "a.txt", "Data Engineer I")
    report = build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (0, 0, 3, 0)


def test_a_file_that_was_deleted_keeps_its_posting(folder: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    build(store, [folder], FakeExtractor(), vocabulary_files=words)
    (folder / "a.txt").unlink()
    report = build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (0, 0, 2, 0)
    assert len(store) == 3


def test_other_rules_are_another_run(folder: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    build(store, [folder], FakeExtractor(), vocabulary_files=words)
    report = build(store, [folder], FakeExtractor(rules_digest="others"), vocabulary_files=words)
    assert report.replaced == report.postings > 0


def test_another_vocabulary_is_another_run(folder: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    build(store, [folder], FakeExtractor(), vocabulary_files=words)
    before = nquads(store)
    other = FakeExtractor(Vocabulary({}, "another vocabulary"))
    report = build(store, [folder], other, vocabulary_files=words)
    assert counts(report) == (0, 3, 0, 0)
    assert len(other.seen) == 3
    assert nquads(store) != before
    fresh = Store.in_memory()
    build(fresh, [folder], other, vocabulary_files=words)
    assert nquads(store) == nquads(fresh)


def test_again_means_again(folder: Path, words: list[Path]) -> None:
    store, extractor = Store.in_memory(), FakeExtractor()
    build(store, [folder], extractor, vocabulary_files=words)
    before = nquads(store)
    report = build(store, [folder], extractor, vocabulary_files=words, again=True)
    assert counts(report) == (0, 3, 0, 0)
    assert len(extractor.seen) == 6
    assert nquads(store) == before


# What is set aside


def test_what_cannot_be_read_is_named_and_the_rest_is_built(
    folder: Path, words: list[Path]
) -> None:
    (folder / "empty.txt").touch()
    (folder / "picture.png").write_bytes(b"\x89PNG\0\0")
    store = Store.in_memory()
    report = build(store, [folder, folder / "none.txt"], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (3, 0, 0, 0)
    assert [source.rsplit("/", 1)[-1] for source, _ in report.set_aside] == [
        "none.txt",
        "empty.txt",
        "picture.png",
    ]
    assert all(reason for _, reason in report.set_aside)
    again = build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert [source for source, _ in again.set_aside] == ["empty.txt", "picture.png"]


def test_a_file_that_can_no_longer_be_read_keeps_its_posting(
    folder: Path, words: list[Path]
) -> None:
    store = Store.in_memory()
    build(store, [folder], FakeExtractor(), vocabulary_files=words)
    (folder / "a.txt").write_bytes(b"")
    report = build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (0, 0, 2, 0)
    assert [source for source, _ in report.set_aside] == ["a.txt"]
    assert len(store) == 3


def test_nothing_to_read_is_nothing_built(words: list[Path]) -> None:
    store = Store.in_memory()
    report = build(store, [], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (0, 0, 0, 0)
    assert report.postings_per_second is None
    assert len(store) == 0


def test_a_posting_whose_graph_is_invalid_is_set_aside(folder: Path, words: list[Path]) -> None:
    def check(quads: Sequence[ox.Quad]) -> list[Violation]:
        bad = any(getattr(quad.object, "value", "") == "Data Engineer II" for quad in quads)
        return [Violation("g", "n", "PostingShape", None, "found", "mend it")] if bad else []

    store = Store.in_memory()
    for _ in range(2):
        report = build(store, [folder], FakeExtractor(), vocabulary_files=words, check=check)
        assert report.set_aside == (("b.txt", "its graph breaks PostingShape: n: mend it"),)
        assert titles(store) == ["Data Engineer I", "Data Engineer III"]
    report = build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (1, 0, 2, 0)
    assert len(store) == 3


# Taking out, and being interrupted


def test_what_was_removed_comes_back_when_it_is_built_again(
    folder: Path, words: list[Path]
) -> None:
    store = Store.in_memory()
    build(store, [folder], FakeExtractor(), vocabulary_files=words)
    before = nquads(store)
    store.remove(store.posting_ids()[0])
    assert len(store) == 2
    report = build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (1, 0, 2, 0)
    assert nquads(store) == before


def test_a_build_that_fails_half_way_is_finished_by_the_next(
    folder: Path, words: list[Path]
) -> None:
    class Failing(FakeExtractor):
        def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
            for facts in super().pipe(postings):
                if len(self.seen) == 2:
                    raise KeyboardInterrupt
                yield facts

    store = Store.in_memory()
    with pytest.raises(KeyboardInterrupt):
        build(store, [folder], Failing(), vocabulary_files=words, batch=1)
    assert len(store) == 1
    report = build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (2, 0, 1, 0)
    fresh = Store.in_memory()
    build(fresh, [folder], FakeExtractor(), vocabulary_files=words)
    assert nquads(store) == nquads(fresh)


@pytest.mark.parametrize("size", [1, 2, 64])
def test_a_rule_that_fails_costs_one_posting(folder: Path, words: list[Path], size: int) -> None:
    class Failing(FakeExtractor):
        def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
            for facts in super().pipe(postings):
                if facts.posting.source == "b.txt":
                    raise IndexError("no such word")
                yield facts

    store = Store.in_memory()
    report = build(store, [folder], Failing(), vocabulary_files=words, batch=size)
    assert report.set_aside == (("b.txt", "extraction failed: IndexError (no such word)"),)
    assert counts(report) == (2, 0, 0, 0)
    report = build(store, [folder], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (1, 0, 2, 0)


def test_the_run_says_what_made_the_graph(folder: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    build(store, [folder], FakeExtractor(), vocabulary_files=words)
    rows = store.query(
        f"SELECT DISTINCT ?vocabulary ?start ?end {{ ?text <{terms.PROV}wasGeneratedBy> ?run ."
        f" ?run a <{terms.PROV}Activity> ; <{terms.VOCABULARY_HASH}> ?vocabulary ;"
        f" <{terms.PROV}startedAtTime> ?start ; <{terms.PROV}endedAtTime> ?end }}"
    )
    ((vocabulary, start, end),) = rows
    assert vocabulary == "a vocabulary"
    assert str(start) <= str(end)


# Piped input, and the report


def pipe_in(text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))


def test_what_is_piped_in_takes_no_others_place(
    words: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.in_memory()
    texts = [TEXT.format(title=title).encode() for title in ("Data Engineer I", "Chemist")]
    for text, expected in [(0, (1, 0, 0, 0)), (1, (1, 0, 0, 0)), (0, (0, 0, 1, 0))]:
        pipe_in(texts[text], monkeypatch)
        report = build(store, ["-"], FakeExtractor(), vocabulary_files=words)
        assert counts(report) == expected
    assert titles(store) == ["Chemist", "Data Engineer I"]


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("no posting: only 4 words", "no posting"),
        ("not UTF-8: byte 0xf6 at 7; save it as UTF-8", "not UTF-8"),
        (
            "its graph breaks StatedFacts: https://x/1: Hang the words",
            "its graph breaks StatedFacts",
        ),
        ("the file is empty", "the file is empty"),
        (": odd", ": odd"),
    ],
)
def test_reasons_are_counted_by_kind(reason: str, kind: str) -> None:
    assert kind_of(reason) == kind


def test_the_report_in_a_line_and_as_json() -> None:
    report = BuildReport(added=3, unchanged=1, removed=2, set_aside=(("a", "why"),), seconds=1.5)
    line = "3 added, 1 unchanged, 2 removed, 1 set aside, in 1.5 s (2.0 postings per second)"
    assert report.summary() == line
    assert BuildReport(unchanged=4).summary() == "0 added, 4 unchanged, in 0.0 s"
    assert report.to_json() == {
        "added": 3,
        "replaced": 0,
        "unchanged": 1,
        "removed": 2,
        "set_aside": [{"source": "a", "reason": "why"}],
        "reasons": {},
        "quarantine": None,
        "seconds": 1.5,
        "postings_per_second": 2.0,
    }
