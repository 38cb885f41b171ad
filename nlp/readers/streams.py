"""An input's bytes as a stream of text: the one place that decides on its encoding."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Final, TextIO

from nlp.readers.raw import Input

BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The long ones first: UTF-32's begins with UTF-16's."""
UTF8: Final = "utf-8-sig"
FIRST_ESCAPE, LAST_ESCAPE = "\udc80", "\udcff"
"""Code points by which Python keeps a byte that is no UTF-8."""


def encoding_of(head: bytes) -> str:
    """Return the encoding of the bytes, by their mark; without one, UTF-8."""
    return next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), UTF8)


def decode_head(head: bytes) -> str:
    """Return the beginning of a text; a code point that the head cuts in two is left out."""
    encoding = encoding_of(head)
    return codecs.getincrementaldecoder(encoding)(_on_error(encoding)).decode(head)


@contextmanager
def open_text(source: Input) -> Iterator[TextIO]:
    """Open an input as text, its line ends as they are; the input's own stream stays open.

    A byte that is no UTF-8 becomes one of the code points that `stray_byte` finds, so that the
    record it stands in can be set aside and the others read.
    """
    encoding = encoding_of(source.head)
    source.stream.seek(0)
    text = TextIOWrapper(source.stream, encoding, _on_error(encoding), newline="")
    try:
        yield text
    finally:
        text.detach()


def stray_byte(text: str) -> str:
    """Return why a record is no text: its byte that is no UTF-8, or a NUL; "" if there is none."""
    if "\0" in text:
        return "a NUL byte: binary, not text"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        sign = text[error.start]
        if FIRST_ESCAPE <= sign <= LAST_ESCAPE:
            return f"not UTF-8: byte 0x{ord(sign) - 0xDC00:02x}; save the file as UTF-8"
    return ""


def _on_error(encoding: str) -> str:
    return "surrogateescape" if encoding == UTF8 else "replace"
