"""The formats that can be read, in the order in which an input is held against them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final, Protocol, cast

from nlp.readers.raw import Input, RawPosting, Unread

FORMATS: Final = {
    "quarantine": "quarantine",
    "pdf": "pdf",
    "docx": "docx",
    "greenhouse": "greenhouse",
    "lever": "lever",
    "ashby": "ashby",
    "workable": "workable",
    "smartrecruiters": "smartrecruiters",
    "recruitee": "recruitee",
    "jsonld": "jsonld",
    "html": "html_page",
    "json": "json_records",
    "jsonl": "json_records",
    "parquet": "parquet",
    "csv": "delimited",
    "tsv": "delimited",
    "text": "text",
}
"""Name to module of `nlp.readers`, the most particular format first; any bytes may be a text."""


class Format(Protocol):
    """What each format's module offers."""

    def recognises(self, head: bytes) -> bool:
        """Tell whether an input that begins with `head` (64 KiB, or all of it) is in the format."""
        ...

    def read(self, source: Input) -> Iterator[RawPosting | Unread]:
        """Yield the input's postings in their order, and what of it gave none."""
        ...


def choose(head: bytes, wanted: str | None = None) -> tuple[str, Format]:
    """Return the name and the reader of the format that is `wanted`, or that `head` shows.

    Raises `ValueError` for a name that none has.
    """
    if wanted is not None:
        check(wanted)
        return wanted, load(wanted)
    for name in FORMATS:
        reader = load(name)
        if reader.recognises(head):
            return name, reader
    raise ValueError("no format takes these bytes; the last one takes any")


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield what an input gives in the format that was asked for, or else in the one it shows."""
    _, reader = choose(source.head, source.options.format)
    yield from reader.read(source)


def check(wanted: str) -> None:
    """Raise `ValueError` for a name that no format has."""
    if wanted not in FORMATS:
        raise ValueError(f"no format is called {wanted!r}; there are {', '.join(sorted(FORMATS))}")


def load(name: str) -> Format:
    """Return the module that reads a format."""
    return cast("Format", import_module(f"nlp.readers.{FORMATS[name]}"))
