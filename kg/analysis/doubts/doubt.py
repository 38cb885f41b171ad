"""A doubt about a posting, and what checks look at in one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.shown import Shown
from nlp.types import Necessity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analysis.support import Json
    from kg.corpus import Corpus

COLUMNS: Final = (
    "check", "posting", "title", "employer", "source", "message", "words", "peers",
)  # fmt: skip
"""The columns of `Doubt.to_row`."""


@dataclass(frozen=True, slots=True)
class Doubt(Shown):
    """Something in a posting that does not fit. `peers` counts what it was held against."""

    check: str
    posting: str
    title: str | None
    employer: str | None
    source: str | None
    message: str
    words: tuple[str, ...]
    peers: int | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the doubt."""
        return {
            "check": self.check,
            "posting": self.posting,
            "title": self.title,
            "employer": self.employer,
            "source": self.source,
            "message": self.message,
            "words": list(self.words),
            "peers": self.peers,
        }

    def to_row(self) -> dict[str, object]:
        """Return the doubt as one flat row."""
        return {**self.to_json(), "words": "; ".join(self.words)}


def doubt_of(
    corpus: Corpus,
    check: str,
    posting: str,
    message: str,
    words: Iterable[str],
    peers: int | None = None,
) -> Doubt:
    """Return a doubt about a posting, with what people know the posting by."""
    employer = corpus.employer(posting)
    return Doubt(
        check=check,
        posting=corpus.identifier(posting),
        title=corpus.title(posting),
        employer=corpus.label(employer) if employer else None,
        source=corpus.source(posting),
        message=message,
        words=tuple(dict.fromkeys(words)),
        peers=peers,
    )


def rank_of(corpus: Corpus, posting: str) -> int | None:
    """Return the rank of a posting's level."""
    level = corpus.level(posting)
    return corpus.rank(level) if level else None


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree that a posting asks for; its words hang on `node`."""

    rank: int
    label: str
    node: str


def least_degree(corpus: Corpus, posting: str) -> Degree | None:
    """Return the lowest degree that will do; None where none is required, or experience may do."""
    found = []
    for one in corpus.degrees(posting):
        if one.necessity != Necessity.REQUIRED:
            continue
        rank = corpus.rank(one.degree)
        if rank is None or one.equivalent_experience:
            return None
        found.append(Degree(rank, corpus.label(one.degree), one.node))
    return min(found, key=lambda one: (one.rank, one.label), default=None)


@dataclass(frozen=True, slots=True, order=True)
class Annual:
    """Annual pay: the middle of a range, from where to where it may lie.

    `least` is 0 where only the high end is stated, and `most` infinite where only the low one is:
    the rule of `kg.analysis.pay_ranges`, without what other ranges say of the width. A doubt is
    raised only by what is stated.
    """

    currency: str
    least: float
    most: float

    @property
    def known(self) -> bool:
        """Whether both ends are stated."""
        return self.least == self.most

    def __str__(self) -> str:
        if self.known:
            return f"{self.least:,.0f} {self.currency} a year in the middle"
        if math.isinf(self.most):
            return f"from {self.least:,.0f} {self.currency} a year"
        return f"up to {self.most:,.0f} {self.currency} a year"


def annual_of(corpus: Corpus, posting: str) -> Annual | None:
    """Return the annual pay that a posting states."""
    pay = corpus.pay(posting)
    if pay is None or pay.currency is None:
        return None
    low, high = pay.annual_low, pay.annual_high
    if low is None and high is None:
        return None
    if low is None or high is None:
        return Annual(pay.currency, float(low or 0), math.inf if high is None else float(high))
    middle = float(low + high) / 2
    return Annual(pay.currency, middle, middle)


def degree_words(corpus: Corpus, posting: str, degree: Degree) -> list[str]:
    """Return the words with which a posting asks for a degree."""
    return [one.text for one in corpus.words_of(posting, degree.node)]


def pay_words(corpus: Corpus, posting: str) -> list[str]:
    """Return the words that state a posting's pay."""
    pay = corpus.pay(posting)
    return [one.text for one in corpus.words_of(posting, pay.node)] if pay else []
