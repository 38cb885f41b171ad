"""Contacts: who a posting says to write to or to call is masked before anything is stored.

A mask has the length of what it hides, so that every offset stays valid, and keeps line breaks.
What was hidden is said by its kind and span only. E-mail addresses and phone numbers are masked
wherever they stand; a person's name where it stands with them, or where the words round it say
that it is a contact's ("Recruiter: ...", "My name is ...", "Regards, ...").
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from nlp.contacts import emails, names, phones, profiles
from nlp.contacts.hints import Hints

__all__ = ["MASK", "ContactKind", "Masked", "mask"]

MASK: Final = "█"
"""No rule takes it for a bullet, a letter or a sentence's end, and no posting writes it."""
GROUPS: Final = (
    *emails.GROUPS,
    *names.GROUPS,
    *phones.GROUPS,
    *profiles.GROUPS,
)
MOST_ROUNDS: Final = 4
"""A masked contact may show that what stands beside it is one too; nobody writes longer chains."""


class ContactKind(StrEnum):
    """What a mask hides."""

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    PROFILE = "profile"


class Masked(NamedTuple):
    """A span that was masked; overlapping contacts are one span, of the kind found first."""

    kind: ContactKind
    start: int
    end: int


def mask(text: str) -> tuple[str, tuple[Masked, ...]]:
    """Return the text with its contacts masked, and their kinds and spans in order.

    The result is as long as the text and breaks its lines at the same places. A text without
    contacts comes back as it is. Masking twice is masking once.
    """
    found: list[Masked] = []
    for _ in range(MOST_ROUNDS):
        new = _find(text)
        if not new:
            break
        text = _cover(text, new)
        found += new
    return text, _merged(found)


def _find(text: str) -> list[Masked]:
    hints = Hints(text, GROUPS)
    mails = emails.find_emails(text, hints)
    pages = profiles.find_profiles(text, hints)
    numbers = phones.find_phones(text, hints)
    people = names.find_names(text, hints, mails, [*mails, *pages, *numbers])
    kinds = (
        (ContactKind.EMAIL, mails),
        (ContactKind.PROFILE, pages),
        (ContactKind.PHONE, numbers),
        (ContactKind.NAME, people),
    )
    return [Masked(kind, start, end) for kind, spans in kinds for start, end in spans]


def _cover(text: str, spans: Iterable[Masked]) -> str:
    signs = list(text)
    for _, start, end in spans:
        signs[start:end] = ["\n" if sign == "\n" else MASK for sign in signs[start:end]]
    return "".join(signs)


def _merged(spans: list[Masked]) -> tuple[Masked, ...]:
    merged: list[Masked] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = last._replace(end=max(last.end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
