"""What the postings of two groups say, side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from kg.analysis.comparison_rows import experience_text
from kg.analysis.quotes import Quotes
from kg.label_order import in_label_order
from kg.necessities import STRENGTHS, Asked, asked
from nlp.types import SectionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.analysis.groups import Group
    from kg.analysis.quotes import Quote
    from kg.corpus import Corpus
    from nlp.types import Evidence

Key = TypeVar("Key")
SkillKey: TypeAlias = tuple[str, Asked]
ExperienceKey: TypeAlias = tuple[Any, Any, str | None, Asked]
AlternativeKey: TypeAlias = tuple[tuple[str, ...], int, str]


@dataclass(frozen=True, slots=True)
class Said:
    """The postings of each side that say something, and their words, by posting."""

    a: frozenset[str]
    b: frozenset[str]
    words: Sequence[Quote] = ()


def tally(
    corpus: Corpus,
    a: Group,
    b: Group,
    read: Callable[[Corpus, str], Iterable[Key]],
    words: Callable[[Corpus, Key, str], Iterable[Evidence]],
) -> dict[Key, Said]:
    """Gather the postings of both groups by what `read` finds in each; `words` say it."""
    found: dict[Key, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for index, group in enumerate((a, b)):
        for posting in group.postings:
            for key in read(corpus, posting):
                found[key][index].add(posting)
    return {
        key: Said(
            frozenset(in_a),
            frozenset(in_b),
            quotes_of(corpus, partial(in_a.union, in_b), partial(words, corpus, key)),
        )
        for key, (in_a, in_b) in found.items()
    }


def quotes_of(
    corpus: Corpus,
    postings: Callable[[], Iterable[str]],
    words: Callable[[str], Iterable[Evidence]],
) -> Quotes:
    """Return the words of postings by their identifiers, in each in their order, the same once.

    Which postings is asked when somebody looks at the words: of most rows nobody does.
    """

    def read(posting: str) -> Iterable[Evidence]:
        found = sorted(words(posting), key=lambda one: one[:3], reverse=True)
        return sorted({one.text: one for one in found}.values(), key=lambda one: one[:3])

    return Quotes(corpus, lambda: sorted(postings(), key=corpus.identifier), read)


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
