"""What an earlier run set aside: its records, mended by hand, are read again as what they are.

A line is an object with `source`, `position`, `reason`, and `record` as text or `record_base64`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Final

from nlp.readers import formats
from nlp.readers.json_shape import records_begun, shape_of
from nlp.readers.json_stream import Record, records
from nlp.readers.raw import Input, NotThisFormat, RawPosting, Unread
from nlp.readers.wording import Json, said

KEPT: Final = frozenset({"record", "record_base64", "sha256"})
"""What was kept of what was set aside; of a large file, nothing but its name and its hash."""
HEAD: Final = 1 << 16
"""Bytes by which a record's format is recognised, as an input's are."""


def recognises(head: bytes) -> bool:
    """Tell whether an input is a quarantine file."""
    shape = shape_of(head)
    return shape is not None and any(map(_is_record, records_begun(shape, _is_record)))


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield what each record gives now, or why it still gives nothing."""
    for item in records(source, _is_record):
        if isinstance(item, Unread):
            yield item
        else:
            yield from _read_again(item, source)


def _is_record(value: Mapping[str, Json]) -> bool:
    return {"source", "reason"} <= set(value) and bool(KEPT & set(value))


def _read_again(item: Record, source: Input) -> Iterator[RawPosting | Unread]:
    """Yield what a record gives now; it is known by where it stood at first."""
    data = _bytes(item.value)
    if not data:
        yield Unread(_nothing(item.value), item.position, item.text)
        return
    name = said(item.value.get("source")) or source.name
    position = said(item.value.get("position"))
    stood = name if name.endswith(f"#{position}") else f"{name}, {position}".rstrip(", ")
    where = f"{item.position}: {stood}" if item.position else stood
    kept = data.decode(errors="replace")
    options = replace(source.options, format=None)
    for found in _found(Input(name, BytesIO(data), data[:HEAD], options)):
        record = found.record or kept
        if isinstance(found, Unread):
            yield replace(found, position=where, record=record)
        else:
            part = ", ".join(filter(None, [stood, found.part]))
            yield replace(found, part=part, position=where, record=record)


def _nothing(value: Mapping[str, Json]) -> str:
    """Return why there is nothing to read: a large file is not copied, only named."""
    path = said(value.get("path"))
    what = f"mend {path} and give it again" if path else "give the posting as a file of its own"
    return f"no record to read again; {what} (set aside before: {said(value.get('reason'))})"


def _found(inside: Input) -> Iterator[RawPosting | Unread]:
    """Yield what a record gives by its content; a quarantine in a quarantine is read as JSON."""
    name, reader = formats.choose(inside.head)
    reader = formats.load("json") if name == "quarantine" else reader
    try:
        yield from reader.read(inside)
    except NotThisFormat as reason:
        yield Unread(f"not {name}: {reason}", record=inside.stream.read().decode(errors="replace"))


def _bytes(value: Mapping[str, Json]) -> bytes:
    text, coded = value.get("record"), value.get("record_base64")
    if isinstance(text, str) and text:
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(coded, validate=True) if isinstance(coded, str) else b""
    except binascii.Error:
        return b""
