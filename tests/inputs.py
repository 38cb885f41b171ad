"""Inputs for readers, made of bytes in a test, and what was read of them in short."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Final

from nlp.readers.raw import FieldKind, Input, RawPosting, ReadingOptions, Unread

HEAD: Final = 1 << 16
TEXT: Final = "We look for an engineer who keeps our data pipelines well. You know Python and SQL."


def given(data: str | bytes, **columns: str) -> Input:
    """An input of these bytes; `columns` are what the user said with `--map`."""
    raw = data.encode() if isinstance(data, str) else data
    return Input("given", BytesIO(raw), raw[:HEAD], ReadingOptions(columns=columns))


def given_json(value: object, **columns: str) -> Input:
    """An input that is a value as JSON."""
    return given(json.dumps(value), **columns)


def the_posting(items: Iterable[RawPosting | Unread]) -> RawPosting:
    """The only posting that was read."""
    (item,) = items
    assert isinstance(item, RawPosting), item
    return item


def fields_of(posting: RawPosting | Unread) -> dict[str, str]:
    """The fields of a posting by kind; of several of a kind, all, with "; " between."""
    assert isinstance(posting, RawPosting), posting
    found: dict[str, list[str]] = {}
    for kind, value in posting.fields:
        found.setdefault(kind.value, []).append(value)
    return {kind: "; ".join(values) for kind, values in found.items()}


def outcome(items: Iterable[RawPosting | Unread]) -> list[tuple[str, str]]:
    """What became of each piece: its position, and its title, or the reason why it is none."""
    return [
        (item.position, item.reason if isinstance(item, Unread) else title_of(item))
        for item in items
    ]


def title_of(posting: RawPosting) -> str:
    """The title among a posting's fields."""
    return next((field.value for field in posting.fields if field.kind is FieldKind.TITLE), "")
