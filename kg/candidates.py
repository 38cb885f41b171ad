"""Candidates of a store: phrases that postings ask for and that no concept covers, ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.termhood import Phrase, Use, rank_phrases
from kg.iris import local_name
from kg.nearest import Nearest
from kg.necessities import NECESSITIES
from ontology.forms import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rows import Queryable
    from ontology import Concept, Vocabulary

CONTEXTS: Final = 3
"""Quotations of each candidate, each from another employer where there are several."""
AROUND: Final = 50
"""Code points shown to either side of the words."""
COLUMNS: Final = (
    *("candidate", "postings", "employers", "required", "preferred", "score"),
    *("nearest", "contexts"),
)

_USES: Final = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rg: <https://rolegraph.example/ontology#>
PREFIX schema: <https://schema.org/>
SELECT ?posting ?employer ?label ?necessity ?start ?end {
    ?posting rg:hasCandidate ?candidate .
    ?candidate rdfs:label ?label ; rg:necessity ?necessity ; rg:evidence ?evidence .
    ?evidence oa:start ?start ; oa:end ?end .
    OPTIONAL { ?posting schema:hiringOrganization ?employer }
} ORDER BY ?posting ?start ?label"""
_TEXT: Final = """
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?text { <%s> prov:wasDerivedFrom/rdf:value ?text }"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase with its counts, the concept that is nearest by its words, and quotations.

    `contexts` pairs a posting's id with the words around the phrase.
    """

    phrase: Phrase
    nearest: Concept | None
    contexts: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, object]:
        """Return the candidate as JSON has it."""
        phrase = self.phrase
        return {
            "candidate": phrase.label,
            "form": phrase.form,
            "spellings": list(phrase.spellings),
            "postings": phrase.postings,
            "employers": phrase.employers,
            "required": round(phrase.required, 3),
            "preferred": round(phrase.preferred, 3),
            "score": round(phrase.score, 2),
            "nearest": {"concept": self.nearest.iri, "label": self.nearest.label}
            if self.nearest
            else None,
            "contexts": [{"posting": name, "text": text} for name, text in self.contexts],
        }

    def to_row(self, contexts: int = 2) -> tuple[object, ...]:
        """Return the candidate as a table has it, in the order of `COLUMNS`."""
        phrase = self.phrase
        return (
            phrase.label,
            phrase.postings,
            phrase.employers,
            f"{phrase.required:.0%}",
            f"{phrase.preferred:.0%}",
            round(phrase.score, 2),
            self.nearest.label if self.nearest else None,
            " | ".join(text for _, text in self.contexts[:contexts]),
        )


def find_candidates(
    store: Queryable, vocabulary: Vocabulary, *, least: int = 1, limit: int | None = None
) -> list[Candidate]:
    """Return the store's candidates, ranked as `rank_phrases` does.

    Left out is what fewer than `least` postings have, and what `vocabulary` has made a concept, an
    alias or a rejection since the store was built.
    """
    ranked = [
        phrase
        for phrase in rank_phrases(_uses(store))
        if phrase.postings >= least and not is_decided(phrase, vocabulary)
    ]
    near = Nearest(vocabulary)
    return [
        Candidate(phrase, near.find(phrase.form), tuple(_contexts(store, phrase)))
        for phrase in (ranked if limit is None else ranked[:limit])
    ]


def spellings_of(store: Queryable, label: str) -> list[str]:
    """Return how the store's postings write a candidate, most frequent first."""
    form = normal_form(label)
    found = [use for use in _uses(store) if normal_form(use.label) == form]
    return [spelling for phrase in rank_phrases(found) for spelling in phrase.spellings]


def is_decided(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Tell whether the vocabulary has an answer for every spelling of a phrase."""
    return phrase.form in vocabulary.rejected or all(
        vocabulary.find(spelling) for spelling in phrase.spellings
    )


def _uses(store: Queryable) -> Iterator[Use]:
    for posting, employer, label, necessity, start, end in store.query(_USES):
        yield Use(
            str(posting),
            str(employer) if employer else None,
            str(label),
            NECESSITIES[str(necessity)],
            int(str(start)),
            int(str(end)),
        )


def _contexts(store: Queryable, phrase: Phrase) -> Iterator[tuple[str, str]]:
    first = {use.voice: use for use in reversed(phrase.uses)}
    for use in sorted(first.values(), key=lambda one: one.posting)[:CONTEXTS]:
        for (text,) in store.query(_TEXT % use.posting):
            yield local_name(use.posting), _around(str(text), use.start, use.end)


def _around(text: str, start: int, end: int) -> str:
    """Return the words with what stands around them on their lines, cut between words."""
    low = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    high = text.find("\n", end)
    high = min(len(text) if high < 0 else high, end + AROUND)
    before, after = text[low:start], text[end:high]
    if low and text[low - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if high < len(text) and text[high] != "\n":
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}{text[start:end]}{after}".split())
