"""Likeness: how much of what two adverts say of the job is the same, and where they differ."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.copies.adverts import BY_THE_WAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.copies.adverts import Advert, Span

THRESHOLD: Final = 0.85
"""From this similarity on two adverts with one title are copies. Of planted copies 1.3% of the
pairs are below it (a text edited in every tenth line, and once more by an agency), none at 0.65.
Of different jobs with one title the most similar planted ones have 0.60, those of a board's export
0.797: one laboratory's two openings, told apart by a fifth of their words."""
MARGIN: Final = 0.15
"""A text without a title is that of the job that it resembles by so much more than any other."""

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_LABEL: Final = (
    r"(?:\b(?:date[ ])?(?:posted|published|updated|closes)(?:[ ](?:on|date))?[: ]{1,2})?"
)
DATE: Final = re.compile(
    rf"{_LABEL}(?:\b{_MONTH}[ ]{{0,2}}\d{{1,4}}(?:st|nd|rd|th)?(?:,?[ ]\d{{4}})?\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?[ ]{_MONTH}(?:,?[ ]\d{{4}}\b)?"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b)"
    r"|\bposted:?[ ](?:on[ ]|over[ ])?"
    r"(?:today|yesterday|\d{1,3}\+?[ ](?:hour|day|week|month)s?[ ]ago)"
    r"|\b(?:reference|requisition|req|job|posting|vacancy)[ ]?(?:number|no|id|code)?\b[.:# ]{1,4}"
    r"[A-Za-z]{0,8}[-_ ]?\d[\w-]{0,19}",
    re.IGNORECASE,
)
"""Dates, and the numbers of postings, which are of no more importance: both change on a repost."""


class Reason(StrEnum):
    """Why a posting counts as the copy of another."""

    SAME = "same text"
    PLACE = "same but for the place"
    DATES = "same but for dates"
    NEAR = "near-duplicate"


class Likeness(NamedTuple):
    """How alike two adverts are, from 0 to 1, and in what they differ."""

    similarity: float
    reason: Reason


def likeness(a: Advert, b: Advert) -> Likeness:
    """Compare two adverts; which is the first does not matter.

    The similarity is the share of what one says of the job (in shingles of three words) that
    stands anywhere in the other's text, and the lesser of both shares: so boilerplate adds
    nothing, and a copy whose headings are gone, or that has a footer of its own, loses nothing.
    Places, dates, pay and employers' names are left out of it. It is 0 where the years of
    experience that both ask for differ, or a text has too few words.
    """
    if a.wording.digest == b.wording.digest:
        return Likeness(1.0, Reason.SAME)
    if not (a.wording.is_telling and b.wording.is_telling) or _years_differ(a, b):
        return Likeness(0.0, Reason.NEAR)
    names = a.place_words | b.place_words | a.employer_words | b.employer_words
    if _first_lines_differ(a, b, names):
        return Likeness(0.0, Reason.NEAR)
    in_a, in_b = (_at(one, names, [*one.pay, *_changing(one)]) for one in (a, b))
    share = (
        _share(a.wording.of_the_job(in_a), b.wording.all(in_b))
        + _share(b.wording.of_the_job(in_b), a.wording.all(in_a))
    ) / 2
    reason = _reason(a, b) if share >= THRESHOLD else Reason.NEAR
    return Likeness(round(share, 4), reason)


def _years_differ(a: Advert, b: Advert) -> bool:
    """Tell whether both ask for years and neither asks for all that the other does.

    A template that two ranks share differs in little else.
    """
    return bool(a.years and b.years) and not (a.years <= b.years or b.years <= a.years)


def _first_lines_differ(a: Advert, b: Advert, names: frozenset[str]) -> bool:
    """Tell whether two texts that do not name one job begin otherwise, too.

    A copy that lost its header begins with a line that stands in the other's text below its
    header; "Analytics I" does not stand in the text of "Analytics II".
    """
    if a.job is not None and a.job == b.job:
        return False
    lost = [(one, other) for one, other in ((a, b), (b, a)) if not one.is_headed]
    return not any(_begins_in(*pair, names) for pair in lost)


def _begins_in(one: Advert, other: Advert, names: frozenset[str]) -> bool:
    """Tell whether what may be a title of one, but for names and places, is a line of the other.

    With a title of its own, it is one below the other's first.
    """
    said = _telling(one.headline, names)
    lines = other.lines if one.title is None else other.lines[1:]
    return not said or any(_telling(line, names) == said for line in lines)


def _telling(words: tuple[str, ...], names: frozenset[str]) -> list[str]:
    return [word for word in words if word not in names and word not in BY_THE_WAY]


def _share(part: set[str], whole: set[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _reason(a: Advert, b: Advert) -> Reason:
    """Say in what two adverts differ that are no word-for-word copies."""
    dates = [_changing(one) for one in (a, b)]
    if _rest(a, frozenset(), dates[0]) == _rest(b, frozenset(), dates[1]):
        return Reason.DATES
    places = a.place_words | b.place_words
    left = [
        _rest(one, places, [*found, *one.pay]) for one, found in zip((a, b), dates, strict=True)
    ]
    return Reason.PLACE if left[0] == left[1] else Reason.NEAR


def _rest(advert: Advert, words: frozenset[str], spans: Iterable[Span]) -> list[str]:
    """Return the words that are left without some words and spans."""
    gone = _at(advert, words, spans)
    return [word for place, word in enumerate(advert.wording.words) if place not in gone]


def _at(advert: Advert, words: frozenset[str], spans: Iterable[Span]) -> set[int]:
    """Return the places of some words, and of all words in some spans."""
    wording = advert.wording
    found = {place for place, word in enumerate(wording.words) if word in words}
    for start, end in spans:
        found.update(range(bisect_left(wording.starts, start), bisect_left(wording.starts, end)))
    return found


def _changing(advert: Advert) -> list[Span]:
    """Return where dates and numbers of postings stand, as the facts or the text have them."""
    return [*advert.dates, *(match.span() for match in DATE.finditer(advert.text))]
