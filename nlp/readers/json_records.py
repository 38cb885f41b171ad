"""JSON and JSON lines: objects whose keys are called as postings' columns are.

Objects in objects are looked into by dotted keys ("location.city"); the columns are guessed for
each record from the keys that it has, or are as the user says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from nlp.readers import columns, wording
from nlp.readers.columns import Columns
from nlp.readers.json_shape import IsRecord, records_begun, shape_of
from nlp.readers.json_stream import Record, records
from nlp.readers.raw import Input, RawPosting, ReadingOptions, Unread
from nlp.readers.streams import flagged
from nlp.readers.wording import Json

NAMING: Final = ("name", "label", "title", "value", "text")
"""The keys by which an object in a list is called: `[{"id": 7, "name": "Berlin"}]`."""
DEEPEST: Final = 6
"""Objects in objects are looked into so far."""
RECORDS_SHOWN: Final = 20
"""Records of the head whose keys are put together for the sentence on the columns."""


def recognises(head: bytes) -> bool:
    """Tell whether an input begins as JSON does: an object, or a list of objects or values."""
    return shape_of(head) is not None


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield the posting in each record, or why there is none; a cut-off end is one `Unread`."""
    said = columns.pairs(source.options.columns)
    guessed = _guessed(source)
    if guessed.has_text:
        source.tell(f"{source.name}: {guessed.describe()}")
    items = records(source, _is_record(source.options))
    yield from flagged(
        source, (item if isinstance(item, Unread) else _posting(item, said) for item in items)
    )


def describe(source: Input) -> str:
    """Return in a sentence which keys are taken for what, by the records the file begins with."""
    return _guessed(source).describe()


def _guessed(source: Input) -> columns.Columns:
    shape = shape_of(source.head)
    begun = records_begun(shape, _is_record(source.options)) if shape else iter(())
    keys = [key for record in islice(begun, RECORDS_SHOWN) for key in flat(record)]
    return columns.guess(tuple(dict.fromkeys(keys)), columns.pairs(source.options.columns))


def flat(value: Mapping[str, Json], prefix: str = "", depth: int = 0) -> dict[str, Json]:
    """Return the plain values of an object by dotted keys, in its order."""
    found: dict[str, Json] = {}
    for key, item in value.items():
        name = f"{prefix}{key}"
        if isinstance(item, dict):
            if depth < DEEPEST:
                found |= flat(item, f"{name}.", depth + 1)
        elif isinstance(item, list):
            found[name] = [_called(part) for part in item]
        else:
            found[name] = item
    return found


def _called(item: Json) -> Json:
    if not isinstance(item, dict):
        return item if isinstance(item, str) else None
    return wording.first(*(item.get(key) for key in NAMING))


def _posting(record: Record, said: tuple[tuple[str, str], ...]) -> RawPosting | Unread:
    values = flat(record.value)
    guessed: Columns = columns.guess(tuple(values), said)
    if not guessed.has_text:
        reason = guessed.complaint("keys of this JSON", "KEY")
        return Unread(reason, record.position, record.text)
    return guessed.posting(list(values.values()), record.position, record.text)


def _is_record(options: ReadingOptions) -> IsRecord:
    """Return the test for an object that is a posting: it has a text, as was guessed or said."""
    said = columns.pairs(options.columns)
    return lambda value: columns.guess(tuple(flat(value)), said).has_text
