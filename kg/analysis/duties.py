"""The duties of a group of postings: the verbs of scope that they use of the person hired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis import tally
from kg.analysis.groups import Group, find_group, one_per_job

if TYPE_CHECKING:
    from kg.analysis.quotes import Quote
    from kg.copies.counting import Copies
    from kg.corpus import Corpus


@dataclass(frozen=True, slots=True)
class StatedDuty:
    """A duty, its family ("leading"), and how many postings state it, of how many."""

    concept: str
    label: str
    family: str | None
    postings: int
    of: int
    evidence: Sequence[Quote]


def duties(corpus: Corpus, name: str, *, copies: Copies = "one") -> tuple[StatedDuty, ...]:
    """Return each duty that a posting of the group states, what most of them state first.

    `name` is what `kg.analysis.groups.find_group` reads. Of copies of one job one counts.
    """
    group = find_group(corpus, name)
    kept = one_per_job(corpus, group) if copies == "one" else group
    found = tally.tally(corpus, kept, Group("", "group", "", ()), tally.verbs, tally.verb_words)
    rows = []
    for duty, said in found.items():
        above = corpus.vocabulary.broader.get(duty, ())
        family = corpus.vocabulary.label(above[0]) if above else None
        label, of = corpus.vocabulary.label(duty), len(kept.postings)
        rows.append(StatedDuty(duty, label, family, len(said.a), of, said.words))
    return tuple(sorted(rows, key=lambda row: (-row.postings, row.label.casefold(), row.concept)))
