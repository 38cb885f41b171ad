"""What the postings of two groups say, side by side."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from kg.analysis.comparison_rows import experience_text
from kg.analysis.quotes import Quotes
from kg.analysis.support import employers_of
from kg.corpus.keeping import distinct
from kg.label_order import in_label_order
from kg.necessities import STRENGTHS, Asked, asked
from nlp.types import SectionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kg.analysis.groups import Group
    from kg.analysis.quotes import Quote
    from kg.corpus import Corpus
    from nlp.types import Evidence

Key = TypeVar("Key")
SkillKey: TypeAlias = tuple[str, Asked]
ExperienceKey: TypeAlias = tuple[Any, Any, str | None, Asked]
AlternativeKey: TypeAlias = tuple[tuple[str, ...], int, str]

WAY: Final = 2
"""Bits of a way of asking, below the number of a skill."""


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The postings of two groups, a's first, of which there are `size_a`; and their employers.

    `employers` are numbers; a posting that names none is its own.
    """

    postings: tuple[str, ...]
    size_a: int
    employers: NDArray[np.intp]

    @classmethod
    def of(cls, corpus: Corpus, a: Group, b: Group) -> Sides:
        """Return the sides of a comparison."""
        postings = a.postings + b.postings
        return cls(postings, len(a.postings), employers_of(corpus, postings))


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """The postings of each side that say something, and their words, by posting.

    `rows` are their places among those of the `sides`, sorted; `count_a` of them are a's. `firms`
    counts the employers of either side, where that is known already.
    """

    sides: Sides
    rows: NDArray[np.integer[Any]]
    count_a: int
    words: Sequence[Quote] = ()
    firms: tuple[int, int] | None = None

    @property
    def count_b(self) -> int:
        """How many postings of b say it."""
        return len(self.rows) - self.count_a

    @property
    def a(self) -> frozenset[str]:
        """The postings of a that say it."""
        return frozenset(map(self.sides.postings.__getitem__, self.rows[: self.count_a].tolist()))

    @property
    def b(self) -> frozenset[str]:
        """The postings of b that say it."""
        return frozenset(map(self.sides.postings.__getitem__, self.rows[self.count_a :].tolist()))

    @property
    def employers(self) -> tuple[int, int]:
        """How many employers the postings of a and those of b are of."""
        if self.firms is not None:
            return self.firms
        theirs = self.sides.employers[self.rows].tolist()
        return len(set(theirs[: self.count_a])), len(set(theirs[self.count_a :]))


def tally(
    corpus: Corpus,
    a: Group,
    b: Group,
    read: Callable[[Corpus, str], Iterable[Key]],
    words: Callable[[Corpus, Key, str], Iterable[Evidence]],
) -> dict[Key, Said]:
    """Gather the postings of both groups by what `read` finds in each; `words` say it."""
    import numpy as np

    sides = Sides.of(corpus, a, b)
    known: dict[Key, int] = {}
    numbers, rows = array("q"), array("q")
    for row, posting in enumerate(sides.postings):
        for key in read(corpus, posting):
            numbers.append(known.setdefault(key, len(known)))
            rows.append(row)
    found = np.frombuffer(numbers, np.int64), np.frombuffer(rows, np.int64)
    return _gathered(corpus, sides, list(known), *found, words)


def tally_skills(corpus: Corpus, a: Group, b: Group) -> dict[SkillKey, Said]:
    """Gather the postings of both groups by each skill they ask for, with each way of asking.

    As `tally` does, and in its order, but from the columns, no posting by itself.
    """
    import numpy as np

    sides = Sides.of(corpus, a, b)
    asks = corpus.asks
    numbers = np.array(corpus.numbers(sides.postings), np.int64)
    starts = np.asarray(asks.starts)
    sizes = starts[numbers + 1] - starts[numbers]
    rows = np.repeat(np.arange(len(numbers)), sizes)
    before = np.cumsum(sizes) - sizes
    places = np.repeat(starts[numbers] - before, sizes) + np.arange(len(rows))
    keys, first, inverse = np.unique(
        asks.skill[places] << WAY | asks.way[places], return_index=True, return_inverse=True
    )
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    named = [(asks.skills[one >> WAY], STRENGTHS[one & 3]) for one in keys[order].tolist()]
    return _gathered(corpus, sides, named, rank[inverse], rows, skill_words)


def _gathered(
    corpus: Corpus,
    sides: Sides,
    keys: Sequence[Key],
    numbers: NDArray[np.int64],
    rows: NDArray[np.int64],
    words: Callable[[Corpus, Key, str], Iterable[Evidence]],
) -> dict[Key, Said]:
    """Return who says what, of pairs of a key's number and a posting's row."""
    import numpy as np

    count = max(1, len(sides.postings))
    packed = distinct(numbers * count + rows)
    number, row = packed // count, packed % count
    each = np.arange(len(keys) + 1)
    starts = np.searchsorted(number, each).tolist()
    middles = np.searchsorted(packed, each[:-1] * count + sides.size_a).tolist()
    width = int(sides.employers.max(initial=0)) + 1
    side = number << 1 | (row >= sides.size_a)
    firms = distinct(side * width + sides.employers[row]) // width
    of = np.bincount(firms, minlength=2 * len(keys)).reshape(-1, 2).tolist()
    found = {}
    for place, key in enumerate(keys):
        own = row[starts[place] : starts[place + 1]]
        said = Words(corpus, sides, own, key, words)
        ahead = middles[place] - starts[place]
        found[key] = Said(sides, own, ahead, said, (of[place][0], of[place][1]))
    return found


class Words(Quotes):
    """The words with which postings say one thing, by their identifiers.

    In each posting they come in their order, the same once. Every row of a comparison has such, so
    that they hold no more than what to look up.
    """

    __slots__ = ("_asked", "_key", "_rows", "_sides", "_tell")

    def __init__(
        self,
        corpus: Corpus,
        sides: Sides,
        rows: NDArray[np.integer[Any]],
        key: Key,
        tell: Callable[[Corpus, Key, str], Iterable[Evidence]],
    ) -> None:
        super().__init__(corpus, (), nothing)
        self._asked = corpus
        self._sides = sides
        self._rows = rows
        self._key = key
        self._tell: Callable[[Corpus, Any, str], Iterable[Evidence]] = tell

    def _all(self) -> list[str]:
        postings = map(self._sides.postings.__getitem__, self._rows.tolist())
        return sorted(dict.fromkeys(postings), key=self._asked.identifier)

    def _said_in(self, posting: str) -> list[Evidence]:
        return in_order(self._tell(self._asked, self._key, posting))


def nothing(_: str) -> tuple[Evidence, ...]:
    """Return no words."""
    return ()


def in_order(words: Iterable[Evidence]) -> list[Evidence]:
    """Return words in their order, the same once."""
    found = sorted(words, key=lambda one: one[:3], reverse=True)
    return sorted({one.text: one for one in found}.values(), key=lambda one: one[:3])


def quotes_of(
    corpus: Corpus,
    postings: Callable[[], Iterable[str]],
    words: Callable[[str], Iterable[Evidence]],
) -> Quotes:
    """Return the words of postings by their identifiers, in each in their order, the same once.

    Which postings is asked when somebody looks at the words: of most rows nobody does.
    """
    return Quotes(
        corpus,
        lambda: sorted(postings(), key=corpus.identifier),
        lambda posting: in_order(words(posting)),
    )


def skills(corpus: Corpus, posting: str) -> list[SkillKey]:
    """Return each skill that a posting names, with each of its ways of asking."""
    return corpus.skills(posting)


def skill_words(corpus: Corpus, key: SkillKey, posting: str) -> Iterable[Evidence]:
    """Return the words with which a posting asks for a skill in one way."""
    return corpus.words_of_skill(posting, *key)


def any_words(corpus: Corpus, skill: str, posting: str) -> Iterator[Evidence]:
    """Yield the words with which a posting asks for a skill, in whichever way."""
    for way in STRENGTHS:
        yield from corpus.words_of_skill(posting, skill, way)


def degrees(corpus: Corpus, posting: str) -> Iterator[SkillKey]:
    """Yield each degree that a posting asks for, with how it asks."""
    for one in corpus.degrees(posting):
        yield one.degree, asked(one.necessity, one.choice)


def degree_words(corpus: Corpus, key: SkillKey, posting: str) -> Iterator[Evidence]:
    """Yield the words with which a posting asks for a degree in one way."""
    for one in corpus.degrees(posting):
        if (one.degree, asked(one.necessity, one.choice)) == key:
            yield from corpus.words_of(posting, one.node)


def experience(corpus: Corpus, posting: str) -> Iterator[ExperienceKey]:
    """Yield the years that a posting asks for."""
    for one in corpus.years(posting):
        yield one.min_years, one.max_years, one.subject, asked(one.necessity, one.choice)


def experience_words(corpus: Corpus, key: ExperienceKey, posting: str) -> Iterator[Evidence]:
    """Yield the words with which a posting asks for years."""
    for one in corpus.years(posting):
        way = asked(one.necessity, one.choice)
        if (one.min_years, one.max_years, one.subject, way) == key:
            yield from corpus.words_of(posting, one.node)


def duties(corpus: Corpus, posting: str) -> list[str]:
    """Return each skill that a posting names among its duties."""
    return corpus.duties(posting)


def duty_words(corpus: Corpus, skill: str, posting: str) -> Iterator[Evidence]:
    """Yield the words with which a posting's duties name a skill."""
    for one in any_words(corpus, skill, posting):
        if one.section is SectionKind.DUTIES:
            yield one


def verbs(corpus: Corpus, posting: str) -> tuple[str, ...]:
    """Return the duties that a posting states, as verbs of scope."""
    return corpus.verbs(posting)


def verb_words(corpus: Corpus, duty: str, posting: str) -> Iterable[Evidence]:
    """Return the words with which a posting states a duty."""
    return corpus.words_of_verb(posting, duty)


def modes(corpus: Corpus, posting: str) -> tuple[str, ...]:
    """Return the work modes that a posting states."""
    return corpus.modes(posting)


def mode_words(corpus: Corpus, mode: str, posting: str) -> Iterable[Evidence]:
    """Return the words with which a posting states a work mode."""
    return corpus.words_of_mode(posting, mode)


def alternatives(corpus: Corpus, posting: str) -> Iterator[AlternativeKey]:
    """Yield each alternative that a posting offers, with the labels of its members, sorted."""
    for key, _ in _offered(corpus, posting):
        yield key


def alternative_words(corpus: Corpus, key: AlternativeKey, posting: str) -> Iterator[Evidence]:
    """Yield the words with which a posting offers an alternative."""
    for found, node in _offered(corpus, posting):
        if found == key:
            yield from corpus.words_of(posting, node)


def _offered(corpus: Corpus, posting: str) -> Iterator[tuple[AlternativeKey, str]]:
    choices = corpus.choices(posting)
    if not choices:
        return
    members: dict[str, set[str]] = defaultdict(set)
    for choice, offered in corpus.members(posting).items():
        members[choice].update(corpus.label(one) for one in offered)
    for degree in corpus.degrees(posting):
        if degree.choice:
            members[degree.choice].add(corpus.label(degree.degree))
    for years in corpus.years(posting):
        if years.choice:
            words = experience_text(years.min_years, years.max_years, years.subject)
            members[years.choice].add(words)
    for one in choices:
        labels = in_label_order(members[one.node])
        yield (labels, one.minimum, one.necessity.value), one.node
