"""The words behind a row, with their surroundings and where they stand, a few of each side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.comparison import Member
    from kg.analysis.quotes import Quote
    from kg.passages import Passages

At: TypeAlias = "Callable[[Quote], str | None]"
"""Where a quote stands: the address of its posting at these words, or None."""

MOST: Final = 2
"""Quotes a side, at most: one a posting."""
LONGEST: Final = 170
"""Characters of a quoted passage, at most."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words as they stand in a posting; `source` says in which, for people, `href` where it is."""

    before: str
    words: str
    after: str
    source: str
    posting: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """What one side says; `more` postings say it too and are not quoted."""

    label: str
    tone: str
    quotes: tuple[Quoted, ...]
    more: int


class Quoting(Protocol):
    """What turns a result's evidence into words to show."""

    def quote(self, evidence: Iterable[Quote]) -> tuple[Quoted, ...]:
        """Return the first quote of each posting, not too many of them."""
        ...


class FromStore:
    """Quotes with the line they stand in, from the texts of a store.

    `members` are the postings that a result names, whose titles and sources are then told; of
    others the store is asked for title and employer. `at` tells where a quote's posting has a page.
    """

    def __init__(
        self,
        passages: Passages,
        members: Iterable[Member] = (),
        at: At | None = None,
        most: int = MOST,
    ) -> None:
        self._passages = passages
        self._members: Mapping[str, Member] = {one.posting: one for one in members}
        self._at = at
        self._most = most

    def quote(self, evidence: Iterable[Quote]) -> tuple[Quoted, ...]:
        """Return the first quote of each posting, at most `most` of them."""
        first: dict[str, Quote] = {}
        for one in evidence:
            if one.posting not in first and len(first) == self._most:
                break
            first.setdefault(one.posting, one)
        found = []
        for one in first.values():
            passage = self._passages.find(one)
            found.append(
                Quoted(
                    before=passage.before,
                    words=passage.words,
                    after=passage.after,
                    source=self._source(one),
                    posting=one.posting,
                    href=self._at(one) if self._at else None,
                )
            )
        return tuple(found)

    def _source(self, quote: Quote) -> str:
        member = self._members.get(quote.posting)
        if member is None:
            said = list(self._passages.title(quote.posting))
        else:
            said = [one for one in (member.title, member.employer, member.source) if one]
        return " · ".join([*said, f"posting {quote.posting}"] if said else [quote.posting])


class FromNowhere:
    """Quotes nothing: for a page whose words are shown elsewhere."""

    def quote(self, *_: object, **__: object) -> tuple[Quoted, ...]:
        """Return nothing."""
        return ()


def columns(
    quoting: Quoting,
    evidence: Sequence[Quote],
    sides: Sequence[tuple[str, str, frozenset[str] | None, int]],
    most: int = MOST,
) -> tuple[Column, ...]:
    """Return the quotes of each side: its label, tone, postings and how many of them say it.

    Without postings a side has all of the evidence, of which no more is read than is quoted.
    """
    said: list[dict[str, Quote]] = [{} for _ in sides]
    wanted = [min(most, count) for *_, count in sides]
    for one in evidence:
        for (_, _, postings, _), known in zip(sides, said, strict=True):
            if len(known) < most and (postings is None or one.posting in postings):
                known.setdefault(one.posting, one)
        if all(len(known) >= enough for known, enough in zip(said, wanted, strict=True)):
            break
    made = []
    for (label, tone, _, count), known in zip(sides, said, strict=True):
        quotes = quoting.quote(known.values())
        made.append(Column(label, tone, quotes, max(0, count - len(quotes))))
    return tuple(made)
