"""What rises or falls along all levels of a role: skills, degrees, years, pay."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from kg.analysis import tally
from kg.analysis.groups import Group
from kg.analysis.ladder_rows import LadderTrend
from kg.analysis.pay_medians import pay_middle, pay_ranks
from kg.analysis.quantities import least_degree, witnesses, years_by_posting
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.skill_rows import LEAST
from kg.analysis.support import employer_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.analysis.ordered import Trend
    from kg.analysis.pay_ranges import PayRange
    from kg.analysis.tally import Said
    from kg.corpus import Corpus

LEVELS: Final = 3
"""Levels from which on there is more to be seen than one step."""


def ladder_trends(
    corpus: Corpus, groups: Sequence[Group], pay: Mapping[str, PayRange], currency: str | None
) -> tuple[tuple[LadderTrend, ...] | None, str | None]:
    """Return the trends along `groups`, a level each in their order, the surest first.

    None, and the reason in words, where the postings carry no test. Skills that at least `LEAST`
    postings require are tested together, and so are degrees ("Master's or higher"); years and pay
    each alone, on their ranks.
    """
    refused = _refusal(corpus, groups)
    if refused:
        return None, refused
    numbers = _Levels(corpus, groups)
    found = [*_skills(corpus, numbers), *_verbs(corpus, numbers), *_degrees(corpus, numbers)]
    years = years_by_posting(corpus, numbers.postings)
    found += _years(years, numbers)
    stated = {one: amount for one, amount in pay.items() if one in numbers.place}
    found += _pay(f"{currency} a year", stated, numbers)
    return tuple(sorted(found, key=lambda one: (one.trend.p, one.kind, one.label.casefold()))), None


def _refusal(corpus: Corpus, groups: Sequence[Group]) -> str | None:
    """Say why there is no test; None where there is one."""
    if len(groups) < LEVELS:
        levels = {0: "no level has", 1: "only one level has", 2: "only two levels have"}
        return f"{levels[len(groups)]} postings: a trend needs {LEVELS} or more.".capitalize()
    sizes = [len(group.postings) for group in groups]
    largest = sizes.index(max(sizes))
    off = {
        employer_of(corpus, posting)
        for place, group in enumerate(groups)
        for posting in group.postings
        if place != largest
    }
    if sum(sizes) >= MINIMUM_POSTINGS and len(off) >= MINIMUM_EMPLOYERS:
        return None
    employers = f"{len(off)} employer{'' if len(off) == 1 else 's'}"
    return (
        f"Not enough data for trends along the levels: {sum(sizes)} postings, of which "
        f"{sum(sizes) - max(sizes)} by {employers} stand off the largest level; needed "
        f"are {MINIMUM_POSTINGS} postings, and {MINIMUM_EMPLOYERS} employers off the largest level."
    )


class _Levels:
    """The postings of all levels, with the place of each one's level in the order."""

    def __init__(self, corpus: Corpus, groups: Sequence[Group]) -> None:
        self.corpus = corpus
        self.groups = groups
        self.place = {
            posting: place for place, group in enumerate(groups) for posting in group.postings
        }
        self.postings = tuple(self.place)

    def counts(self, having: frozenset[str] | set[str]) -> tuple[tuple[int, int], ...]:
        """Return, for each level, how many of its postings are in `having`, and of how many."""
        return tuple(
            (len(having.intersection(group.postings)), len(group.postings)) for group in self.groups
        )

    def test(self, features: Sequence[frozenset[str] | set[str]]) -> list[Trend]:
        """Test for each set of postings whether its share rises or falls."""
        if not features:
            return []
        import numpy as np

        from kg.analysis.ordered import find_trends

        row = {posting: number for number, posting in enumerate(self.postings)}
        values = np.zeros((len(row), len(features)))
        for column, having in enumerate(features):
            values[[row[posting] for posting in having], column] = 1
        steps = np.array(list(self.place.values()), np.float64)
        return find_trends(witnesses(self.corpus, self.postings), steps, values)

    def test_values(
        self, values: Mapping[str, float], ranks: Sequence[float] | None = None
    ) -> Trend:
        """Test whether a value rises or falls, of the postings that have one, on its ranks."""
        import numpy as np

        from kg.analysis.ordered import find_trends

        steps = np.array([self.place[posting] for posting in values], np.float64)
        amounts = np.array(list(values.values()), np.float64)[:, None]
        given = None if ranks is None else np.array(ranks, np.float64)[:, None]
        witnessed = witnesses(self.corpus, values)
        (trend,) = find_trends(witnessed, steps, amounts, ranked=True, ranks=given)
        return trend

    def stating(self, having: Collection[str]) -> list[list[str]] | None:
        """Return the postings of each level that are among `having`; None where they are few."""
        found = [[one for one in group.postings if one in having] for group in self.groups]
        used = [Group("", "group", "", tuple(one)) for one in found if one]
        return None if _refusal(self.corpus, used) else found


def _skills(corpus: Corpus, levels: _Levels) -> list[LadderTrend]:
    whole = Group("", "group", "", levels.postings)
    nobody = Group("", "group", "", ())
    said: dict[str, Said] = {
        skill: one
        for (skill, asked), one in tally.tally_skills(corpus, whole, nobody).items()
        if asked == "required" and one.count_a >= LEAST
    }
    trends = levels.test([one.a for one in said.values()])
    return [
        LadderTrend(
            kind="skill",
            concept=corpus.concept(skill),
            label=corpus.label(skill),
            counts=levels.counts(one.a),
            middles=(),
            trend=trend,
            evidence=one.words,
        )
        for (skill, one), trend in zip(said.items(), trends, strict=True)
    ]


def _verbs(corpus: Corpus, levels: _Levels) -> list[LadderTrend]:
    """Return how the share that states a duty runs along the levels."""
    whole, nobody = (Group("", "group", "", postings) for postings in (levels.postings, ()))
    found = tally.tally(corpus, whole, nobody, tally.verbs, tally.verb_words)
    said = {duty: one for duty, one in found.items() if one.count_a >= LEAST}
    trends = levels.test([one.a for one in said.values()])
    return [
        LadderTrend(
            kind="verb",
            concept=duty,
            label=corpus.vocabulary.label(duty),
            counts=levels.counts(one.a),
            middles=(),
            trend=trend,
            evidence=one.words,
        )
        for (duty, one), trend in zip(said.items(), trends, strict=True)
    ]


def _degrees(corpus: Corpus, levels: _Levels) -> list[LadderTrend]:
    """Return how the share that asks for a degree, or a higher one, runs along the levels."""
    least = {posting: least_degree(corpus, posting) for posting in levels.postings}
    asked = {degree for degree in least.values() if degree}
    found = []
    for degree in sorted(asked, key=lambda one: (corpus.rank(one) or 0, one)):
        floor = corpus.rank(degree) or 0
        having = {
            posting for posting, one in least.items() if one and (corpus.rank(one) or 0) >= floor
        }
        if len(having) >= LEAST:
            found.append((degree, having))
    trends = levels.test([having for _, having in found])
    return [
        LadderTrend(
            kind="degree",
            concept=corpus.concept(degree),
            label=f"{corpus.label(degree)} or higher",
            counts=levels.counts(having),
            middles=(),
            trend=trend,
            evidence=(),
        )
        for (degree, having), trend in zip(found, trends, strict=True)
    ]


def _years(years: Mapping[str, float], levels: _Levels) -> list[LadderTrend]:
    """Return the trend of years, where enough postings on enough levels state them."""
    stating = levels.stating(years)
    if stating is None:
        return []
    medians = tuple(median(years[one] for one in known) if known else None for known in stating)
    counts = levels.counts(frozenset(years))
    trend = levels.test_values(years)
    return [LadderTrend("years", None, "years required", counts, medians, trend, ())]


def _pay(label: str, pay: Mapping[str, PayRange], levels: _Levels) -> list[LadderTrend]:
    """Return the trend of pay likewise; of one with an open end, the mean of where it may lie."""
    stating = levels.stating(pay)
    if stating is None:
        return []
    medians = tuple(
        pay_middle([pay[one] for one in known], None, interval=False).median for known in stating
    )
    values, ranks = pay_ranks(pay.values())
    trend = levels.test_values(dict(zip(pay, values, strict=True)), ranks)
    return [LadderTrend("pay", None, label, levels.counts(frozenset(pay)), medians, trend, ())]
