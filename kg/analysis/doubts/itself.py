"""Postings that contradict themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.doubts.doubt import doubt_of, rank_of
from kg.analysis.years import years_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.analysis.doubts.doubt import Doubt
    from kg.corpus import Corpus

ENTRY_RANK: Final = 50
"""The rank up to which a level is for beginners: Junior. An associate is one at some employers."""
ENTRY_YEARS: Final = 5
"""Years that no beginner has."""
LONG_LIST: Final = 30
"""Required skills from which on a list is a wish."""


def entry_level_years(corpus: Corpus, postings: Sequence[str]) -> Iterator[Doubt]:
    """Find a level for beginners, with years that no beginner has."""
    for posting in postings:
        rank, years = rank_of(corpus, posting), years_of(corpus, posting)
        if rank is None or rank > ENTRY_RANK or years is None or years < ENTRY_YEARS:
            continue
        level = corpus.label(corpus.level(posting) or "")
        words = [
            evidence.text
            for one in corpus.years(posting)
            if one.min_years is not None and float(one.min_years) >= ENTRY_YEARS
            for evidence in corpus.words_of(posting, one.node)
        ]
        message = f"{level}, and {years:g} years are required"
        yield doubt_of(corpus, "entry-level-years", posting, message, words)


def long_list(corpus: Corpus, postings: Sequence[str]) -> Iterator[Doubt]:
    """Find a list of required skills that nobody has."""
    for posting in postings:
        skills = corpus.required(posting)
        if len(skills) >= LONG_LIST:
            names = sorted(str(corpus.label(skill)) for skill in skills)
            message = f"{len(skills)} skills are required: {', '.join(names[:5])} and others"
            yield doubt_of(corpus, "long-list", posting, message, ())
