"""Documents that a parser of their own opens: what PDF and DOCX have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO

from nlp.readers.raw import Input, RawPosting, Unread
from nlp.readers.several import as_postings


class NoText(ValueError):
    """The document holds no text that can be read; the message says why."""


def read_whole(source: Input, text_of: Callable[[IO[bytes]], str]) -> Iterator[RawPosting | Unread]:
    """Yield the document's posting, or several where it clearly holds them, or why it has none."""
    try:
        text = text_of(source.stream)
    except NoText as reason:
        yield Unread(str(reason))
    else:
        yield from as_postings(text)


def words_of(error: Exception) -> str:
    """Return what a parser says of bytes it cannot read, in one short line."""
    return " ".join(str(error).split())[:100] or type(error).__name__
