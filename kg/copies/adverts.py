"""An advert: a posting's text with the facts that decide whether another advertises the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.copies.wording import WORD, Stretches, Wording, read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Span = tuple[int, int]

BY_THE_WAY: Final = frozenset(
    (
        "a an and at based contract for from full ft hybrid immediate immediately in multiple "
        "needed of on onsite opening openings or part permanent perm position pt remote remotely "
        "temp temporary the time to urgent urgently us usa w2 with"
    ).split()
)
"""Words of a title that do not say which job it is: where and on what terms it is done."""


HEADER: Final = 3
"""Lines below the title among which a header names the employer or the place."""
LONGEST_TITLE: Final = 10
"""Words of a first line at the most that may be a title, though our rules do not know it as one."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a title names: the concepts of role and level, and its other words, sorted.

    Postings of different jobs are never copies, however alike they are: one template serves level
    I and level II, the data engineer and the data scientist, the search and the payments team.
    """

    role: str | None
    level: str | None
    rest: tuple[str, ...]

    def to_text(self) -> str:
        """Return it as one text, from which `from_text` makes it again."""
        return json.dumps([self.role, self.level, self.rest], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Job:
        """Make a job of what `to_text` gave."""
        role, level, rest = json.loads(text)
        return cls(role, level, tuple(rest))


@dataclass(frozen=True, slots=False)
class Advert:
    """A posting as far as it matters here. Spans are those of the words that state a fact.

    `labels` are all names of its role and of its level; `years` are the years of experience that
    are asked for. `stretches` are those of its wording, where they are known already.
    """

    id: str
    text: str
    title: str | None = None
    role: str | None = None
    level: str | None = None
    labels: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    dates: tuple[Span, ...] = ()
    pay: tuple[Span, ...] = ()
    years: frozenset[str] = frozenset()
    stretches: Stretches | None = None

    @cached_property
    def wording(self) -> Wording:
        """The words of the text."""
        return read_wording(self.text, stretches=self.stretches)

    @cached_property
    def job(self) -> Job | None:
        """The job that the title names; None where the text has no title."""
        if self.title is None:
            return None
        title = words_of([self.title])
        # "Sr." and "Senior" name one level; of the role's other names nothing is in the title.
        said = [label for label in self.labels if words_of([label]) <= title]
        rest = title - words_of([*said, *self.places]) - BY_THE_WAY
        # "R-12345": the employer's number of the posting, which every repost changes.
        telling = sorted(word for word in rest if not (word.isdigit() and len(word) > 3))
        return Job(self.role, self.level, tuple(telling))

    @cached_property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """The words of each line that has any."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[tuple[str, ...]]:
        found = (tuple(WORD.findall(line.lower())) for line in self.text.split("\n"))
        return filter(None, found)

    @cached_property
    def headline(self) -> tuple[str, ...]:
        """The words of the first line, if it may be a title; empty if it is more than that."""
        first = next(filter(str.strip, self.text.split("\n")), "").rstrip()
        may_be = self.lines and not first.endswith((".", "!", "?", ";", ","))
        return self.lines[0] if may_be and len(self.lines[0]) <= LONGEST_TITLE else ()

    @cached_property
    def is_headed(self) -> bool:
        """Whether the text has a header: a title, and close below it its employer or its place.

        A title without is the text's own first line, as it may stand below the header of another
        copy, under whatever title that one was given.
        """
        names = self.place_words | self.employer_words
        return self.title is not None and any(
            names.issuperset(line) for line in islice(self._lines(), 1, 1 + HEADER)
        )

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of its places."""
        return words_of(self.places)

    @cached_property
    def employer_words(self) -> frozenset[str]:
        """The words of its employer's name."""
        return words_of(self.employers)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of several texts, in lower case."""
    return frozenset(match.group().lower() for text in texts for match in WORD.finditer(text))
