"""Builds for tests: an extractor that takes a title and nothing else, and what a build made."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from kg.build import BuildReport
from kg.export import export
from kg.store import Store
from nlp.types import Evidence, Facts, Posting, SectionKind, Stated
from ontology.vocabulary import Vocabulary
from tests.factories import small_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


TEXT = """{title}
We are hiring. You have experience and skills that fit the role and the position in our team.
The salary is good, the benefits are better, and the requirements are few.
We are looking for somebody with 3 years of experience, who is responsible for what comes up.
"""


@dataclass
class FakeExtractor:
    """Takes the first line for the title, and counts what it was given."""

    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}, "a vocabulary"))
    rules_digest: str = "some rules"
    seen: list[str] = field(default_factory=list)

    @property
    def vocabulary_digest(self) -> str:
        return self.vocabulary.digest

    def is_name(self, _word: str) -> bool:
        return False

    def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
        for posting in postings:
            self.seen.append(posting.source)
            title = posting.text.split("\n")[0]
            evidence = Evidence(0, len(title), title, "title:line", SectionKind.HEADER)
            yield Facts(posting, title=Stated(title, (evidence,)))


@pytest.fixture
def words(tmp_path: Path) -> list[Path]:
    """A small vocabulary's files."""
    (tmp_path / "words").mkdir()
    file = tmp_path / "words" / "words.ttl"
    file.write_text(small_vocabulary(), encoding="utf-8")
    return [file]


def write(file: Path, title: str) -> None:
    file.write_text(TEXT.format(title=title), encoding="utf-8")


def write_feed(file: Path, names: Iterable[str]) -> None:
    lines = [json.dumps({"id": name, "title": name, "description": text(name)}) for name in names]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def text(name: str) -> str:
    return TEXT.format(title=name).split("\n", 1)[1]


def names(first: int, last: int) -> list[str]:
    return [f"Engineer {number}" for number in range(first, last)]


def nquads(store: Store, *, runs: bool = False) -> bytes:
    stream = io.BytesIO()
    export(store, "nquads", stream, runs=runs)
    return stream.getvalue()


def titles(store: Store) -> list[object]:
    rows = store.query(
        "SELECT ?t { ?p a <https://schema.org/JobPosting> ; <https://schema.org/title> ?t }"
    )
    return sorted(rows.column("t"), key=str)


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    return (report.added, report.replaced, report.unchanged, report.removed)
