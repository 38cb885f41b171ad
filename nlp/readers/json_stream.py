"""The records of a JSON file of any size and form, in order, with what is no record among them.

A list, an object that holds one ("jobs", "data.results"), an object a line, objects behind one
another, or one object alone: whoever reads the records need not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TextIO

from nlp.readers.json_shape import (
    IsRecord,
    Shape,
    follow,
    is_group,
    list_path,
    list_paths,
    shape_of,
    unwrapped,
)
from nlp.readers.json_window import (
    LONGEST_RECORD,
    LONGEST_REST,
    TOO_DEEP,
    BadRecordError,
    BrokenOffError,
    Window,
    parse,
)
from nlp.readers.raw import Input, NotThisFormat, Unread
from nlp.readers.streams import decode_head, no_text, open_text
from nlp.readers.wording import Json

EMPTY: Final = "the list of postings is empty"


@dataclass(frozen=True, slots=True)
class Record:
    """An object of a JSON file, its text and position, and what the object round it says.

    `outer` has the plain values that stand before the list, such as the name of the employer.
    """

    value: Mapping[str, Json]
    text: str
    position: str
    outer: Mapping[str, Json] = field(default_factory=dict)


def records(source: Input, is_record: IsRecord) -> Iterator[Record | Unread]:
    """Yield the records of a JSON file, and what could not be read with its position.

    `is_record` tells a posting's object from one that holds a list of them. Raises
    `NotThisFormat` for what does not begin as JSON does, nor has a line that does.
    """
    if not source.head.strip():
        yield Unread("the file is empty")
        return
    shape = shape_of(source.head)
    if shape is None and b"\n{" in source.head:
        shape = Shape(lines=True)
    if shape is None:
        begin = decode_head(source.head[:80]).strip()[:20]
        raise NotThisFormat(f'it begins with "{begin}", not with an object or a list of JSON')
    begun = shape.values[0] if shape.values else None
    path = list_path(begun, is_record) if isinstance(begun, dict) else None
    with open_text(source) as text:
        if shape.lines and (path is None or b"\n" in source.head.strip()):
            found = _lines(text, is_record)
        else:
            found = _values(Window(text), path, is_record)
        empty = True
        for item in found:
            empty = False
            yield item
        if empty:
            yield Unread(EMPTY)


def _lines(text: TextIO, is_record: IsRecord) -> Iterator[Record | Unread]:
    number = 0
    while line := text.readline(LONGEST_RECORD):
        number += 1
        position = f"line {number}"
        if len(line) == LONGEST_RECORD and not line.endswith("\n"):
            while (more := text.readline(LONGEST_REST)) and not more.endswith("\n"):
                pass
            reason = f"a line of more than {LONGEST_RECORD:,} characters; its beginning is kept"
            yield Unread(reason, position, line[:LONGEST_REST])
        elif kept := line.strip("\ufeff \t\r\n"):
            try:
                value = parse(kept)
            except BadRecordError as error:
                yield Unread(error.reason, position, kept)
            else:
                yield from _inside(value, kept, position, is_record)


def _values(
    window: Window, path: tuple[str, ...] | None, is_record: IsRecord
) -> Iterator[Record | Unread]:
    """Yield the records of the values that stand behind one another: mostly it is one."""
    number = 0
    while sign := window.peek():
        number += 1
        try:
            if sign == "[":
                yield from _items(window, "", {}, is_record)
            elif sign == "{" and path is not None and number == 1:
                yield from _enter(window, path, {}, is_record)
            else:
                value, text = window.value()
                position = f"value {number}" if number > 1 or window.peek() else ""
                yield from _inside(value, text, position, is_record)
        except BrokenOffError as error:
            yield Unread(error.reason, f"value {number}", error.text)
            return
        except BadRecordError as error:
            yield Unread(error.reason, f"value {number}", error.text)


def _enter(
    window: Window,
    path: tuple[str, ...],
    outer: dict[str, Json],
    is_record: IsRecord,
    above: str = "",
) -> Iterator[Record | Unread]:
    """Yield the records of the list that a path of keys leads to, through the object in front."""
    window.take("{")
    while not window.take("}"):
        key, _ = window.value()
        if not isinstance(key, str) or not window.take(":"):
            raise BrokenOffError("no JSON: an object's key and colon were expected", window.rest())
        sign = window.peek()
        if key == path[0] and len(path) == 1 and sign == "[":
            yield from _items(window, f"{above}{key}", outer, is_record)
        elif key == path[0] and len(path) > 1 and sign == "{":
            yield from _enter(window, path[1:], outer, is_record, f"{above}{key}.")
        else:
            yield from _beside(window, key, outer, is_record)
        if not window.take(",") and window.peek() != "}":
            raise BrokenOffError("JSON that breaks off, or has no comma", window.rest())


def _beside(
    window: Window, key: str, outer: dict[str, Json], is_record: IsRecord
) -> Iterator[Record | Unread]:
    """Keep a value that stands beside the list of records; yield records if it has some too."""
    try:
        value, text = window.value()
    except BrokenOffError:
        raise
    except BadRecordError as error:
        yield Unread(error.reason, key, error.text)
        return
    outer[key] = value
    held: dict[str, Json] = {key: value}
    if is_group(held, is_record):
        yield from _inside(held, text, "", is_record)


def _items(
    window: Window, name: str, outer: Mapping[str, Json], is_record: IsRecord
) -> Iterator[Record | Unread]:
    """Yield the items of the list in front; what follows a damaged place is one `Unread`."""
    window.take("[")
    number = 0
    while not window.take("]"):
        position = f"{name}[{number}]"
        if not window.peek():
            raise BrokenOffError("JSON that breaks off before its list is closed", "")
        try:
            value, text = window.value()
        except BrokenOffError as error:
            raise BrokenOffError(f"{error.reason} ({position})", error.text) from error
        except BadRecordError as error:
            yield Unread(error.reason, position, error.text)
        else:
            if is_group(value, is_record):
                yield from _inside(value, text, position, is_record)
            else:
                yield _record(value, text, position, outer)
        number += 1
        window.take(",")


def _inside(
    value: Json, text: str, position: str, is_record: IsRecord
) -> Iterator[Record | Unread]:
    """Yield a value's records: those in its lists if it holds any, or else the value itself."""
    if reason := no_text(text):
        yield Unread(reason, position, text)
    elif isinstance(value, list):
        yield from _parts(value, "", text, position, {})
    elif isinstance(value, dict) and (paths := list_paths(value, is_record)):
        for path in paths:
            yield from _parts(follow(value, path), ".".join(path), text, position, value)
    else:
        inside = unwrapped(value, is_record) if isinstance(value, dict) else None
        yield _record(inside, text, position, {})


def _parts(
    items: Json, name: str, text: str, position: str, outer: Mapping[str, Json]
) -> Iterator[Record | Unread]:
    for number, item in enumerate(items if isinstance(items, list) else []):
        where = f"{position}, {name}[{number}]" if position else f"{name}[{number}]"
        try:
            part = json.dumps(item, ensure_ascii=False)
        except RecursionError:
            yield Unread(TOO_DEEP, where, text)
        else:
            yield _record(item, part, where, outer)


def _record(
    value: Json | Mapping[str, Json], text: str, position: str, outer: Mapping[str, Json]
) -> Record | Unread:
    if reason := no_text(text):
        return Unread(reason, position, text)
    if not isinstance(value, dict):
        return Unread("no posting: a list or a plain value, not an object", position, text)
    return Record(value, text, position, outer)
