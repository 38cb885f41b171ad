"""Which phrases without a concept deserve one: counted by employer, ranked by C-value.

The measure is the C-value of Frantzi, Ananiadou and Mima (2000): how often a phrase stands, less
what it owes to the longer phrases that it is part of, times the logarithm of its length. It
prefers phrases that hang together ("stochastic frontier analysis" over its "frontier analysis").
Two things are ours: occurrences are counted by employer, for one firm's boilerplate is one voice
however often it is posted; and the length is counted from one (log2 of the words plus one, as
Barrón-Cedeño et al. 2009 do), so that names of one word are ranked and not dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2

from nlp.types import Necessity
from ontology.forms import normal_form


@dataclass(frozen=True, slots=True)
class Use:
    """A posting's use of a phrase. `employer` is None where the posting names none."""

    posting: str
    employer: str | None
    label: str
    necessity: Necessity
    start: int
    end: int

    @property
    def voice(self) -> str:
        """Who asks: the employer, or the posting that names none."""
        return self.employer or self.posting


@dataclass(frozen=True, slots=True)
class Phrase:
    """All uses of a phrase, in whatever case and number; `label` is how it is written most."""

    form: str
    label: str
    spellings: tuple[str, ...]
    postings: int
    employers: int
    required: float
    preferred: float
    score: float
    uses: tuple[Use, ...]


def rank_phrases(uses: Iterable[Use]) -> list[Phrase]:
    """Return the phrases, the most wanted first: by score, then employers, postings, alphabet.

    `required` and `preferred` are shares of the postings. No uses, no phrases.
    """
    by_form: dict[str, list[Use]] = {}
    for use in uses:
        if form := normal_form(use.label):
            by_form.setdefault(form, []).append(use)
    scores = c_values({form: {use.voice for use in found} for form, found in by_form.items()})
    phrases = [_phrase(form, found, scores[form]) for form, found in by_form.items()]
    return sorted(phrases, key=lambda one: (-one.score, -one.employers, -one.postings, one.form))


def c_values(voices: Mapping[str, set[str]]) -> dict[str, float]:
    """Return the C-value of each phrase, from those who use it.

    Of "lakehouse" (used by a, b) in "streaming lakehouse" (used by b, c): it stands with a, b, c,
    of whom 2 use the longer one: log2(1 + 1) * (3 - 2 / 1) = 1. The longer: log2(2 + 1) * 2 = 3.17.
    """
    longer: dict[str, set[str]] = {}
    for form in voices:
        words = form.split()
        for size in range(1, len(words)):
            for start in range(len(words) - size + 1):
                part = " ".join(words[start : start + size])
                if part in voices:
                    longer.setdefault(part, set()).add(form)
    all_voices = {
        form: set(own).union(*(voices[other] for other in longer.get(form, ())))
        for form, own in voices.items()
    }
    scores: dict[str, float] = {}
    for form, found in all_voices.items():
        above = longer.get(form, set())
        owed = sum(len(all_voices[other]) for other in above) / len(above) if above else 0.0
        scores[form] = log2(len(form.split()) + 1) * (len(found) - owed)
    return scores


def _phrase(form: str, uses: list[Use], score: float) -> Phrase:
    ordered = sorted(uses, key=lambda use: (use.posting, use.start, use.label))
    spelled = Counter(use.label for use in ordered)
    spellings = sorted(spelled, key=lambda label: (-spelled[label], label))
    postings = {use.posting for use in ordered}
    asked = {
        necessity: len({use.posting for use in ordered if use.necessity is necessity})
        for necessity in (Necessity.REQUIRED, Necessity.PREFERRED)
    }
    return Phrase(
        form,
        spellings[0],
        tuple(spellings),
        len(postings),
        len({use.voice for use in ordered}),
        asked[Necessity.REQUIRED] / len(postings),
        asked[Necessity.PREFERRED] / len(postings),
        score,
        tuple(ordered),
    )
