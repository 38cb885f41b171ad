"""Raw postings and what is read from files of them, for the tests of reading."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from nlp import Extractor
from nlp.readers import ReadingOptions, SetAside, Source, read_source
from nlp.readers.compose import File, compose
from nlp.readers.raw import AS_IT_IS, FieldKind, RawField, RawPosting
from nlp.types import Posting

BODY: Final = """We are looking for an engineer to join our team.
You will build pipelines for clients.

Requirements:
- 3+ years of experience with Python and SQL
- Bachelor's degree in Computer Science
"""
TEXT: Final = f"Data Engineer\n\n{BODY}"
FILE: Final = File("/feeds/feed.jsonl", "feed.jsonl", "ab" * 32)
Fields = dict[FieldKind, str]


@cache
def extractor() -> Extractor:
    """One for all tests of reading: it takes seconds to make."""
    return Extractor()


def never_a_name(word: str) -> bool:
    return word == ""


def raw(fields: Fields | None = None, body: str = BODY, part: str = "42") -> RawPosting:
    """A record of a feed, with what its fields state."""
    stated = tuple(RawField(kind, value) for kind, value in (fields or {}).items())
    return RawPosting(body, stated, part, "line 3", '{"id": 42}')


def composed(
    fields: Fields | None = None,
    body: str = BODY,
    part: str = "42",
    options: ReadingOptions = AS_IT_IS,
) -> Posting:
    """The posting of a record."""
    posting = compose(raw(fields, body, part), FILE, never_a_name, options)
    assert isinstance(posting, Posting), posting
    return posting


def refused(fields: Fields | None = None, body: str = BODY) -> SetAside:
    """What was set aside of a record, and why."""
    aside = compose(raw(fields, body), FILE, never_a_name, AS_IT_IS)
    assert isinstance(aside, SetAside), aside
    return aside


def read_bytes(
    folder: Path, data: bytes, name: str = "a.txt", options: ReadingOptions = AS_IT_IS
) -> list[Posting | SetAside]:
    """What a file of these bytes gives."""
    path = folder / name
    path.write_bytes(data)
    return list(read_source(Source(path, name), never_a_name, options))


def one_posting(folder: Path, data: bytes, name: str = "a.txt") -> Posting:
    """The one posting of a file of these bytes."""
    (item,) = read_bytes(folder, data, name)
    assert isinstance(item, Posting), item
    return item


def one_reason(folder: Path, data: bytes, name: str = "a.txt") -> str:
    """Why a file of these bytes gives no posting."""
    (item,) = read_bytes(folder, data, name)
    assert isinstance(item, SetAside), item
    return item.reason
