"""Predictions: what the extractor took from a posting, in the form of the gold it is held to.

Span gold marks knowledge or skills as annotators see them: the phrase, not the concept in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from nlp.scoring.spans import Span
from nlp.types import Facts, Mention, Necessity, RequirementKind, SectionKind
from ontology import Vocabulary

ASKED: Final = (Necessity.REQUIRED, Necessity.PREFERRED)


def knowledge_spans(facts: Facts, vocabulary: Vocabulary) -> list[Span]:
    """Return the spans of what must be known: skills that are not soft, candidates, industries.

    A phrase round a concept stands for it. What the work only mentions counts if it is a tool: of
    methods and domains such texts say what the company does.
    """
    spans: list[Span] = []
    for mention in facts.mentions:
        if mention.kind in ("candidate", "phrase"):
            spans.append((mention.start, mention.end))
        elif mention.kind == "industries":
            spans.append((mention.start, mention.end))
        elif mention.kind == "skill" and _is_knowledge(mention, vocabulary):
            spans.append((mention.start, mention.end))
    return list(_outermost(spans))


def skill_spans(facts: Facts, vocabulary: Vocabulary) -> list[Span]:
    """Return the spans of what one must be able to do: activities and soft skills."""
    spans = [
        (mention.start, mention.end)
        for mention in facts.mentions
        if mention.kind == "activity"
        or (mention.kind == "skill" and vocabulary[mention.value or ""].kind == "soft")
    ]
    return list(_outermost(spans))


def record(facts: Facts, titled: Facts, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the facts in the words of the record gold; `titled` were read with the title above.

    A tool is named as its concept is; methods, domains and the like in the posting's own words.
    """
    modes = [mode.value for mode in facts.work_modes]
    pay = facts.pay.value if facts.pay else None
    low = pay and (pay.low if pay.low is not None else pay.high)
    return {
        "skills": list(_skills(facts, vocabulary).values()),
        "degrees": [
            {
                "levels": [(r.concept or r.label).rsplit("/", 1)[-1]],
                "fields": [f.label for f in r.fields],
                "req": r.necessity.value,
            }
            for r in facts.requirements
            if r.kind is RequirementKind.DEGREE and r.necessity != "mentioned"
        ],
        "experience": [
            {"min": _float(r.min_years), "max": _float(r.max_years), "req": r.necessity.value}
            for r in facts.requirements
            if r.kind is RequirementKind.EXPERIENCE
        ],
        "salary": pay
        and {
            "min": low,
            "max": pay.high,
            "currency": pay.currency or "USD",
            "period": (pay.period or "YEAR").lower(),
        },
        "work_mode": modes[0] if len(modes) == 1 else ("hybrid" if modes else None),
        "locations": [place.value.city for place in facts.places if place.value.city],
        "seniority": titled.level.value.label.lower() if titled.level else None,
    }


def _is_knowledge(mention: Mention, vocabulary: Vocabulary) -> bool:
    kind = vocabulary[mention.value or ""].kind
    if kind == "soft" or mention.section is SectionKind.ABOUT:
        return False
    return mention.necessity in ASKED or (
        mention.necessity is Necessity.MENTIONED and kind == "tool"
    )


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order without those that begin inside another."""
    reached = -1
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if start >= reached:
            yield start, end
            reached = end


def _skills(facts: Facts, vocabulary: Vocabulary) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for r in facts.requirements:
        if r.kind is not RequirementKind.SKILL or r.necessity not in ASKED:
            continue
        if r.label not in found or r.necessity is Necessity.REQUIRED:
            kind = vocabulary[r.concept or ""].kind
            name = r.label if kind in ("tool", "soft") else r.evidence.text
            found[r.label] = {"name": name, "req": r.necessity.value, "kind": kind}
    for c in facts.candidates:
        if c.necessity in ASKED:
            kind = "tool" if c.label[:1].isupper() and " " not in c.label else "method"
            found.setdefault(c.label, {"name": c.label, "req": c.necessity.value, "kind": kind})
    return found


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
