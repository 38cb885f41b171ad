"""Corpora in which one thing is like another, and the question what is like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis.embedding import embed
from kg.analysis.incidence import group_or_all, incidence_of
from kg.analysis.similar import similar
from kg.analysis.things import find_thing
from tests.factories import make_facts

if TYPE_CHECKING:
    from kg.analysis.similar import Similar
    from kg.corpus import Corpus
    from nlp.types import Facts


def postings(
    role: str, count: int, employer: str, *required: str, each: bool = True
) -> list[Facts]:
    """Make postings of a role, `each` of an employer of its own."""
    return [
        make_facts(
            source=f"{role}-{employer}-{number}",
            title=f"{role} {number}",
            role=role,
            level=None,
            employer=f"{employer} {number}" if each else employer,
            required=required,
        )
        for number in range(count)
    ]


def like(corpus: Corpus, name: str) -> Similar:
    made = incidence_of(corpus, group_or_all(corpus, None))
    return similar(corpus, made, embed(made), *find_thing(corpus, name))
