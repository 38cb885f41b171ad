"""The duties of a group of postings: the verbs of scope that they use of the person hired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis import tally
from kg.analysis.groups import Group, find_group, one_per_job
from kg.analysis.shares import wilson
from kg.analysis.support import quotes
from kg.shown import Shown

if TYPE_CHECKING:
    from kg.analysis.quotes import Quote
    from kg.analysis.support import Json
    from kg.copies.counting import Copies
    from kg.corpus import Corpus

COLUMNS: Final = (
    "concept", "label", "family", "postings", "of", "share", "low", "high", "evidence",
)  # fmt: skip
"""The columns of `StatedDuty.to_row`."""


@dataclass(frozen=True, slots=True)
class StatedDuty(Shown):
    """A duty, its family ("leading"), and how many postings state it, of how many."""

    concept: str
    label: str
    family: str | None
    postings: int
    of: int
    evidence: Sequence[Quote]

    def to_json(self) -> dict[str, Json]:
        """Return the duty, with all its words."""
        return {**self.to_row(), "evidence": quotes(self.evidence)}

    def to_row(self) -> dict[str, str | int | float | None]:
        """Return the duty as one flat row, with its share's 95% interval and the first quote."""
        low, high = wilson(self.postings, self.of) or (None, None)
        return {
            "concept": self.concept,
            "label": self.label,
            "family": self.family,
            "postings": self.postings,
            "of": self.of,
            "share": self.postings / self.of if self.of else None,
            "low": low,
            "high": high,
            "evidence": self.evidence[0].text if self.evidence else None,
        }


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
        rows.append(StatedDuty(duty, label, family, said.count_a, of, said.words))
    return tuple(sorted(rows, key=lambda row: (-row.postings, row.label.casefold(), row.concept)))
