"""The shape of a JSON file by its first 64 KiB: lines or one value, and where its records are.

The head is read as far as it goes: a record that it cuts off is there with the keys it has so far.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias, cast

import ijson
from ijson.common import ObjectBuilder

from nlp.readers.json_window import BadRecordError, end_of, parse
from nlp.readers.streams import decode_head
from nlp.readers.wording import Json

IsRecord: TypeAlias = Callable[[Mapping[str, Json]], bool]
"""Tells a posting's object by its keys from the objects round it."""

BEGINS: Final = re.compile(r"\[\s*+(?:[\[{\"\]]|\Z)|\{\s*+(?:[\"}]|\Z)")
NO_NUMBER: Final = re.compile(r"(?<=[\s:,\[])(?:-?Infinity|NaN)(?=[\s,\]}])")
"""What some writers put for a number, and a strict parser stops at."""
DEEPEST_LIST: Final = 3
"""Keys above a list of records at the most: "data.search.results"."""
USUAL_LISTS: Final = frozenset(
    "content data items jobs offers openings positions postings records results rows".split()
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a JSON file begins with: its values as far as they go, and whether each has a line."""

    values: tuple[Json, ...] = ()
    lines: bool = False


@lru_cache(maxsize=4)
def shape_of(head: bytes) -> Shape | None:
    """Return the shape of a file that begins as JSON does; None for any other."""
    text = decode_head(head)
    if not BEGINS.match(text.removeprefix("\ufeff").lstrip()):
        return None
    lines = _has_lines(text)
    values = _begun(text.split("\n", 1)[0] if lines else text)
    return Shape(tuple(values), lines)


def _has_lines(text: str) -> bool:
    """Tell whether each line is an object of its own, though some may be damaged.

    Of an object that is longer than the head, and has no line end in it, a line is all that is
    known.
    """
    whole = [line.strip() for line in text.split("\n")[:-1]]
    lines = [line for line in whole if line]
    objects = [line for line in lines if line.startswith("{") and line.endswith("}")]
    if not objects or 2 * len(objects) <= len(lines):
        begun = text.strip("\ufeff \t\r\n")
        return begun.startswith("{") and "\n" not in begun and end_of(begun, 0) is None
    return lines[0].startswith("{") and any(map(_is_whole, objects[:3]))


def _is_whole(line: str) -> bool:
    try:
        return isinstance(parse(line), dict)
    except BadRecordError:
        return False


def _begun(text: str) -> Iterator[Json]:
    """Yield the values in a text that may break off anywhere, or hold what is no JSON."""
    builder, depth = ObjectBuilder(), 0
    try:
        for event, value in ijson.basic_parse(
            NO_NUMBER.sub("null", text).encode("utf-8", "replace"),
            multiple_values=True,
            use_float=True,
        ):
            builder.event(event, value)
            if event == "map_key":
                builder.event("null", None)  # a key counts even where its value is cut off
            depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
            if not depth:
                yield cast("Json", builder.value)
                builder = ObjectBuilder()
    except (ijson.JSONError, RecursionError, UnicodeDecodeError):
        pass
    if depth:
        yield cast("Json", builder.value)


def list_path(value: Mapping[str, Json], is_record: IsRecord) -> tuple[str, ...] | None:
    """Return the keys that lead to the list of records in an object; None if it is one itself.

    A list of a usual name goes before the object that holds it, for that may have a description
    too, the employer's. Of several lists it is the one whose first object is a record, else one
    of a usual name, so that a message can tell what its objects lack.
    """
    lists = list(_lists(value, ()))
    usual = [(path, items) for path, items in lists if path[-1].casefold() in USUAL_LISTS]
    if path := _of_records(usual, is_record):
        return path
    if is_record(value):
        return None
    if path := _of_records(lists, is_record):
        return path
    return usual[0][0] if usual else None


def _of_records(
    lists: Iterable[tuple[tuple[str, ...], list[Json]]], is_record: IsRecord
) -> tuple[str, ...] | None:
    return next((path for path, items in lists if any(map(is_record, objects_in(items[:1])))), None)


def list_paths(value: Mapping[str, Json], is_record: IsRecord) -> list[tuple[str, ...]]:
    """Return the keys that lead to each list of records in an object; none if it is one itself."""
    main = list_path(value, is_record)
    if main is None:
        return []
    others = [(path, items) for path, items in _lists(value, ()) if path != main]
    return [main, *(path for path, items in others if _of_records([(path, items)], is_record))]


def is_group(value: Json, is_record: IsRecord) -> bool:
    """Tell whether a value is no record but an object that holds a list of them."""
    if not isinstance(value, dict) or is_record(value):
        return False
    path = list_path(value, is_record)
    return path is not None and any(map(is_record, objects_in(follow(value, path))))


def records_begun(shape: Shape, is_record: IsRecord) -> Iterator[Mapping[str, Json]]:
    """Yield the records that the head of a file begins with."""
    for value in shape.values:
        yield from _objects(value, is_record, DEEPEST_LIST)


def unwrapped(value: Mapping[str, Json], is_record: IsRecord) -> Mapping[str, Json]:
    """Return the record in an object that holds nothing else: `{"offer": {...}}`."""
    if not is_record(value):
        inside = [item for item in value.values() if isinstance(item, dict) and is_record(item)]
        if len(inside) == 1:
            return inside[0]
    return value


def follow(value: Json, path: tuple[str, ...]) -> Json:
    """Return what the keys lead to."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def objects_in(value: Json) -> list[dict[str, Json]]:
    """Return the objects of a list; none for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _objects(value: Json, is_record: IsRecord, depth: int) -> Iterator[Mapping[str, Json]]:
    if isinstance(value, list) and depth:
        for item in objects_in(value):
            yield from _objects(item, is_record, depth - 1)
    elif isinstance(value, dict):
        path = list_path(value, is_record)
        if path is None:
            yield unwrapped(value, is_record)
        else:
            yield from _objects(follow(value, path), is_record, depth)


def _lists(
    value: Mapping[str, Json], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], list[Json]]]:
    """Yield the lists of objects in an object, and the empty ones, each with its keys."""
    for key, item in value.items():
        here = (*path, key)
        if isinstance(item, list) and (not item or isinstance(item[0], dict)):
            yield here, item
        elif isinstance(item, dict) and len(here) < DEEPEST_LIST:
            yield from _lists(item, here)
