"""Comparisons that several files of tests look at, each made once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from kg.analysis.separation import compare
from tests.factories import make_facts, two_levels
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.comparison import Comparison
    from kg.analysis.comparison_rows import SkillRow
    from kg.corpus import Corpus
    from nlp.types import Facts

ONE: Final = "Machine Learning Engineer I"
TWO: Final = "Machine Learning Engineer II"


@cache
def levels_corpus() -> Corpus:
    """Two postings, one of each level."""
    return corpus_of(two_levels())


@cache
def levels_compared() -> Comparison:
    """Level I against level II, a posting each."""
    return compare(levels_corpus(), ONE, TWO)


def employers(count: int, each: int, level: str, required: Sequence[Sequence[str]]) -> list[Facts]:
    """`each` postings of a level by each of `count` employers, which take their skills in turn."""
    return [
        make_facts(
            source=f"{level}-{number}-{posting}.txt",
            level=level,
            employer=f"Employer {number}",
            required=required[number % len(required)],
        )
        for number in range(count)
        for posting in range(each)
    ]


@cache
def large_groups() -> Comparison:
    """16 employers with 2 postings of each level. All require Python, all of II SQL, half Git."""
    facts = [
        *employers(16, 2, "I", [("Python",), ("Python", "Git")]),
        *employers(16, 2, "II", [("Python", "SQL"), ("Python", "SQL", "Git")]),
    ]
    return compare(corpus_of(facts), "Data Engineer I", "Data Engineer II")


def by_label(found: Comparison, label: str) -> SkillRow:
    return next(row for row in found.asked("required") if row.label == label)
