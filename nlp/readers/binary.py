"""Bytes that are no text: what they are instead, by their first bytes."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from nlp.patterns import table
from nlp.readers.encoding import wide

SAMPLE: Final = 1 << 16
MOST_CONTROL: Final = 0.02
"""The share of control signs from which on bytes are no text; a text has a few by accident."""
TEXT_CONTROL: Final = b"\t\n\v\f\r\x1a\x1b\x85"
CONTROL: Final = bytes(set(range(32)) - set(TEXT_CONTROL)) + b"\x7f"


class Signature(NamedTuple):
    """The bytes that files of a kind have at a place; `alone` if no text begins so."""

    magic: bytes
    at: int
    alone: bool
    kind: str


def binary_kind(head: bytes) -> str | None:
    """Return what bytes are that are no text ("a PNG image"), None for text.

    Letters that a text may begin with ("BM") tell a kind only before control signs.
    """
    sample = head[:SAMPLE]
    control = len(sample) - len(sample.translate(None, CONTROL))
    for signature in _signatures():
        told = sample.startswith(signature.magic, signature.at)
        if told and (signature.alone or control):
            return signature.kind
    if wide(sample) is None and control > MOST_CONTROL * len(sample):
        return "a binary file"
    return None


@cache
def _signatures() -> tuple[Signature, ...]:
    """Return the signatures, the longest first: a HEIC image is no video."""
    rows = [
        Signature(
            row["bytes"].encode("latin-1").decode("unicode_escape").encode("latin-1"),
            int(row["at"]),
            row["alone"] == "yes",
            row["kind"],
        )
        for row in table("file_signatures")
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.magic), row.at)))
