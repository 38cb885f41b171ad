"""What the readers of job boards share: each knows how its vendor's records look and what they say.

A vendor's module has a `Board`: the keys by which its records are told from all others, and the
posting that is made of one. Files are whole boards, one posting, or postings a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from nlp.readers.json_shape import IsRecord, records_begun, shape_of
from nlp.readers.json_stream import Record, records
from nlp.readers.raw import FieldKind, Input, RawField, RawPosting, Unread
from nlp.readers.streams import flagged
from nlp.readers.wording import Json, said

RECORDS_LOOKED_AT: Final = 5
"""Records of the head by which a board is recognised: the first may lack something."""
Values: TypeAlias = Mapping[FieldKind, str | list[str]]


@dataclass(frozen=True, slots=True)
class Board:
    """A vendor's kind of record: `name` for messages, its marks, and how it is read.

    `text` returns a record's body, `fields` what it states, `reference` the key of its own
    identifier. `without_text` says which key was missed and which request gives it.
    """

    name: str
    is_record: IsRecord
    text: Callable[[Mapping[str, Json]], str]
    fields: Callable[[Record], Values]
    reference: str
    without_text: Callable[[Mapping[str, Json]], str]

    def recognises(self, head: bytes) -> bool:
        """Tell whether an input begins with records of this vendor."""
        shape = shape_of(head)
        if shape is None:
            return False
        begun = records_begun(shape, self.is_record)
        return any(map(self.is_record, islice(begun, RECORDS_LOOKED_AT)))

    def read(self, source: Input) -> Iterator[RawPosting | Unread]:
        """Yield the posting of each record, or why there is none."""
        items = records(source, self.is_record)
        yield from flagged(
            source, (item if isinstance(item, Unread) else self._posting(item) for item in items)
        )

    def _posting(self, record: Record) -> RawPosting | Unread:
        value = record.value
        if not self.is_record(value):
            reason = (
                f"no record of {self.name}: its keys are {', '.join(list(value)[:20]) or 'none'}"
            )
            return Unread(reason, record.position, record.text)
        body = self.text(value)
        if not body:
            reason = f"{self.name} without a text: {self.without_text(value)}"
            return Unread(reason, record.position, record.text)
        part = said(value.get(self.reference)) or record.position
        fields = tuple(_fields(self.fields(record)))
        return RawPosting(body, fields, part, record.position, record.text)


def _fields(values: Values) -> Iterator[RawField]:
    for kind in FieldKind:
        value = values.get(kind, "")
        texts = [value] if isinstance(value, str) else value
        yield from (RawField(kind, text) for text in dict.fromkeys(texts) if text)
