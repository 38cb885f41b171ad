"""Plain text and Markdown, with or without HTML inside; and whatever no other reader takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from nlp.readers.binary import binary_kind
from nlp.readers.encoding import decode
from nlp.readers.raw import Input, RawPosting, Unread
from nlp.readers.several import as_postings

LARGEST: Final = 32 << 20
"""Bytes of a text at the most; what is larger is an export, and has a format of its own."""
JSON: Final = re.compile(r"[\[{]\s*+[\[{\"]")


def recognises(head: bytes) -> bool:  # noqa: ARG001 # whatever it is
    """Tell whether the bytes may be text: they always may, and `read` says what is none."""
    return True


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield the text's postings, mostly one, or why its bytes are none."""
    data = source.stream.read(LARGEST + 1)
    if not data.strip():
        yield Unread("the file is empty")
        return
    if kind := binary_kind(source.head):
        yield Unread(f"{kind}, not text")
        return
    if len(data) > LARGEST:
        yield Unread(f"more than {LARGEST >> 20} MB of text, which is no posting; split it")
        return
    decoded = decode(data)
    if not decoded.text.strip():
        yield Unread("the file is empty")
    elif JSON.match(decoded.text.lstrip()):
        yield Unread("JSON, which is no posting's text; give each posting as a text file")
    else:
        for part in as_postings(decoded.text):
            yield replace(part, flags=decoded.flags)
