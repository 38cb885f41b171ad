"""Copies: the same name and the same text in two folders are one posting."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from kg.build import build
from kg.store import Store
from tests.building import FakeExtractor, counts, nquads, titles, words, write

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["words"]


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    for name in ("monday", "tuesday"):
        (folder / name).mkdir(parents=True)
        write(folder / name / "a.txt", "Data Engineer I")
    return folder


def test_copies_are_one_posting_whatever_their_order(copies: Path, words: list[Path]) -> None:
    found = set()
    for order in permutations([copies / "monday", copies / "tuesday"]):
        store = Store.in_memory()
        report = build(store, order, FakeExtractor(), vocabulary_files=words)
        assert counts(report) == (1, 0, 1, 0)
        assert len(store) == 1
        found.add(nquads(store))
    assert len(found) == 1


def test_the_copy_with_the_least_name_counts(copies: Path, words: list[Path]) -> None:
    names = (
        "SELECT ?n { ?t <http://www.w3.org/ns/prov#wasDerivedFrom> ?d . "
        "?d <https://schema.org/name> ?n }"
    )
    (copies / "monday").rename(copies.parent / "monday")
    store = Store.in_memory()
    build(store, [copies], FakeExtractor(), vocabulary_files=words)
    assert store.query(names).rows == [("tuesday/a.txt",)]
    (copies.parent / "monday").rename(copies / "monday")
    report = build(store, [copies], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (0, 1, 1, 0)
    assert store.query(names).rows == [("monday/a.txt",)]
    fresh = Store.in_memory()
    build(fresh, [copies], FakeExtractor(), vocabulary_files=words)
    assert nquads(store) == nquads(fresh)


def test_a_posting_stays_until_the_last_of_its_files_goes(copies: Path, words: list[Path]) -> None:
    store = Store.in_memory()
    build(store, [copies], FakeExtractor(), vocabulary_files=words)
    write(copies / "monday" / "a.txt", "Data Engineer II")
    report = build(store, [copies], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (1, 0, 1, 0)
    assert titles(store) == ["Data Engineer I", "Data Engineer II"]
    write(copies / "tuesday" / "a.txt", "Data Engineer II")
    report = build(store, [copies], FakeExtractor(), vocabulary_files=words)
    assert counts(report) == (0, 0, 2, 1)
    assert titles(store) == ["Data Engineer II"]


def test_texts_told_apart_by_their_files_names(tmp_path: Path, words: list[Path]) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path / name, "Data Engineer I")
    store = Store.in_memory()
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    build(store, files, FakeExtractor(), vocabulary_files=words)
    assert len(store) == 2
