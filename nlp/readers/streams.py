"""An input's bytes as a stream of text, and what had to be assumed of them as a flag."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from typing import Final, TextIO

from nlp.readers.encoding import guess_encoding
from nlp.readers.raw import Input, RawPosting, Unread

MARK: Final = "\ufeff"
"""What a byte order mark is in a text; it belongs to no record."""


def decode_head(head: bytes) -> str:
    """Return the beginning of a text; a code point that the head cuts in two is left out."""
    encoding, _ = guess_encoding(head, cut=True)
    return codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix(MARK)


@contextmanager
def open_text(source: Input) -> Iterator[TextIO]:
    """Open an input as text, its line ends as they are; the input's own stream stays open.

    A byte that the encoding does not explain becomes U+FFFD, which costs its posting a flag.
    """
    encoding, _ = guess_encoding(source.head, cut=True)
    source.stream.seek(0)
    encoding = "utf-8-sig" if encoding == "utf-8" else encoding
    text = TextIOWrapper(source.stream, encoding, "replace", newline="")
    try:
        yield text
    finally:
        if not text.closed:  # as it is where a build is ended: the stream may be closed first
            text.detach()


def flagged(source: Input, items: Iterable[RawPosting | Unread]) -> Iterator[RawPosting | Unread]:
    """Yield the items, the postings among them with what was assumed of the input's encoding."""
    _, flags = guess_encoding(source.head, cut=True)
    for item in items:
        yield replace(item, flags=flags) if flags and isinstance(item, RawPosting) else item


def no_text(record: str) -> str:
    """Return why a record is no text: it has a NUL; "" for one that is."""
    return "a NUL byte: binary, not text" if "\0" in record else ""
