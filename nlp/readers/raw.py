"""What a reader of a format yields: a posting as it came, before its text is repaired.

A reader turns an input's bytes into these, one a posting, in the input's order, and knows nothing
of repair, languages or rules: one place makes a `Posting` of each, whatever its format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Final, NamedTuple

from nlp.types import FieldKind as FieldKind  # readers need no more than this module


class RawField(NamedTuple):
    """A structured field, its value in words: "120000 - 150000 USD per year", "Austin, TX, US"."""

    kind: FieldKind
    value: str


@dataclass(frozen=True, slots=True)
class RawPosting:
    """One posting of an input, as it came.

    `body` is its text or HTML. `part` tells it from the input's other postings ("" where it is
    the only one): the source's own identifier if it has one, or else its position. `position`
    says where it stands ("line 12", "jobs[3]", "row 4"), `record` is the record itself: both are
    for people who mend what was set aside. `flags` become the posting's
    ("encoding-assumed:cp1252", as `nlp.readers.encoding` words them).
    """

    body: str
    fields: tuple[RawField, ...] = ()
    part: str = ""
    position: str = ""
    record: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece of an input that gave no posting: the reason, its position, and the piece."""

    reason: str
    position: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user said of the inputs: the format, and which column or key has which field.

    `columns` maps a field's name ("title", "pay", ... as `FieldKind` has them, and "body") to the
    column or dotted key that holds it. `keep_contacts` leaves names, addresses and numbers of
    people as they stand.
    """

    format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    keep_contacts: bool = False


AS_IT_IS: Final = ReadingOptions()
"""Nothing said: each input shows its format."""


def silent(note: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Input:
    """Bytes to read: `stream` is binary, seekable and at its beginning; `head` its first 64 KiB.

    `name` is what messages call it. Compressed inputs come here already unpacked, UTF-16 and
    UTF-32 as UTF-8. `tell` says a line to the user: what was guessed, such as which column is
    which field.
    """

    name: str
    stream: IO[bytes]
    head: bytes
    options: ReadingOptions = field(default_factory=ReadingOptions)
    tell: Callable[[str], None] = silent


class NotThisFormat(ValueError):
    """The input is not in the format that was asked for; the message says what was found."""
