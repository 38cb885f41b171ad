"""Predictions: what the extractor took from a posting, in the form of the gold it is held to.

Span gold marks knowledge or skills as annotators see them: the phrase, not the concept in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from nlp.document import Document, Stretches, inside
from nlp.rules.ranks import GRADE
from nlp.scoring.drawing import degree_spans, drawn, outermost
from nlp.scoring.spans import Span
from nlp.types import Facts, Mention, Necessity, RequirementKind, SectionKind
from nlp.words import classes, verbs, words_of
from ontology import Vocabulary

READER: Final = re.compile(r"\b(?:you|your|candidates?|applicants?)\b", re.IGNORECASE)
COMPANY: Final = re.compile(r"\b(?:we|our|us)\b|<ORGANIZATION>", re.IGNORECASE)
NAMES: Final = ("tool", "language")
"""Kinds of skills that have a name of their own: it is no accident that a text names one."""
WITH_OTHERS: Final = re.compile(r"\b(?:closely|collaborat\w+|cooperat\w+|coordinat\w+|liais\w+|partner\w*|report\w*|together|hand-in-hand)(?: closely)? (?:with|to) (?:(?:the|our|other|and|product) ){0,2}$",re.IGNORECASE)
NEXT_TO: Final = 6
ASKED: Final = (Necessity.REQUIRED, Necessity.PREFERRED)


def knowledge_spans(facts: Facts, vocabulary: Vocabulary) -> list[Span]:
    """Return the spans of what must be known: hard skills, candidates, industries, degrees.

    A phrase round a concept stands for it. Of what is only mentioned, a tool counts unless its
    sentence speaks of the company alone, and anything else if its sentence speaks to the reader
    and does not only say what the work is.
    """
    document = Document(facts.posting.text, facts.sections, {})
    activities = [(m.start, m.end) for m in facts.mentions if m.kind == "activity"]
    listed = set(_listed([m for m in facts.mentions if _kind(m, vocabulary) not in (None, "soft")]))
    spans: list[Span] = []
    for mention in facts.mentions:
        kind = _kind(mention, vocabulary)
        if mention.kind in ("candidate", "phrase", "industries"):
            spans.append((mention.start, mention.end))
        elif kind is None or kind == "soft" or _is_done(document, mention, kind, vocabulary):
            continue
        elif _of_candidate(
            document,
            mention,
            kind,
            listed=mention.start in listed,
            done=inside(activities, mention.start),
        ):
            spans.append((mention.start, mention.end))
    degrees = Stretches(degree_spans(facts, vocabulary))
    spans = [s for s in spans if not (degrees.hold(s[0]) or degrees.hold(s[1] - 1))]
    tags = Stretches((section.start, section.end) for section in document.tags)
    return drawn(document.text, [*spans, *degree_spans(facts, vocabulary)], tags)


def skill_spans(facts: Facts, vocabulary: Vocabulary) -> list[Span]:
    """Return the spans of what one must be able to do: activities and soft skills.

    A soft skill in a sentence that speaks of the company alone is the company's.
    """
    document = Document(facts.posting.text, facts.sections, {})
    spans = [
        (mention.start, mention.end)
        for mention in facts.mentions
        if mention.kind == "activity"
        or (
            _kind(mention, vocabulary) == "soft"
            and (mention.necessity in ASKED or _soft_of_candidate(document, mention))
        )
    ]
    return list(outermost(spans))


def _kind(mention: Mention, vocabulary: Vocabulary) -> str | None:
    """Return the kind of the concept that a mention of a skill means, None for other mentions."""
    return vocabulary[mention.value or ""].kind if mention.kind == "skill" else None


import os
OFF=os.environ.get('OFF','').split(',')
def _is_done(document: Document, mention: Mention, kind: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the words name who or what is done, not what one knows.

    "the *data science* team", "our *architecture*", "*testing* of the app", "*debug* errors".
    """
    if kind in NAMES:
        return False
    text = document.text
    words = text[mention.start : mention.end].lower().split()
    low, high = document.sentence(mention.start)
    known = classes()
    before = words_of(text, max(low, mention.start - 20), mention.start)
    after = words_of(text, mention.end, min(high, mention.end + 20))
    nxt = after[0].lower if after else ""
    prv = before[-1].lower if before else ""
    if 'group' not in OFF and nxt in known["group"]:
        return True
    if 'with' not in OFF and WITH_OTHERS.search(text, max(low, mention.start - 50), mention.start):
        return True
    if 'our' not in OFF and prv in ("our",):
        return True
    if 'of' not in OFF and nxt in ("of", "for", "on", "that", "which", "providing") and len(words)==1:
        return True
    if 'work' not in OFF and len(words) == 1 and words[0] in known["work"]:
        return True
    first = words[0]
    if 'verb' not in OFF and first in verbs() and first not in vocabulary[mention.value or ""].label.lower() and (len(words) == 1 or verbs()[first] == "gerund"):
        return True
    return False


def _listed(mentions: Sequence[Mention]) -> Iterator[int]:
    """Yield where the skills begin that stand next to another one: "*DNS*, *routing*"."""
    for one, other in pairwise(mentions):
        if 0 <= other.start - one.end <= NEXT_TO:
            yield from (one.start, other.start)


def _of_candidate(
    document: Document, mention: Mention, kind: str, *, listed: bool, done: bool
) -> bool:
    """Tell whether a mention is of what the candidate should know.

    What is asked for is, unless it only stands in what there is to do; what is only mentioned
    is where its sentence can speak of the candidate.
    """
    if mention.necessity is Necessity.WAIVED or mention.section is SectionKind.ABOUT:
        return False
    sentence = document.text[slice(*document.sentence(mention.start))]
    reader = READER.search(sentence) is not None
    if mention.necessity in ASKED:
        return kind in NAMES or listed or reader or not done
    company = COMPANY.search(sentence) is not None
    if kind in NAMES:
        return reader or not company
    if listed:
        return reader or not (company or done)
    return reader and not (company or done)


def _soft_of_candidate(document: Document, mention: Mention) -> bool:
    if mention.section is SectionKind.ABOUT:
        return False
    sentence = document.text[slice(*document.sentence(mention.start))]
    return READER.search(sentence) is not None or COMPANY.search(sentence) is None


def record(facts: Facts, titled: Facts) -> dict[str, Any]:
    """Return the facts in the words of the record gold; `titled` were read with the title above.

    A tool is named as its concept is; methods, domains and the like in the posting's own words.
    """
    modes = [mode.value for mode in facts.work_modes]
    pay = facts.pay.value if facts.pay else None
    low = pay and (pay.low if pay.low is not None else pay.high)
    return {
        "skills": list(_skills(facts).values()),
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
        "seniority": _seniority(titled),
    }


def _skills(facts: Facts) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for r in facts.requirements:
        if r.kind is not RequirementKind.SKILL or r.necessity not in ASKED:
            continue
        if r.label not in found or r.necessity is Necessity.REQUIRED:
            kind = r.skill_kind
            name = r.label if kind in ("tool", "soft") else r.evidence.text
            found[r.label] = {"name": name, "req": r.necessity.value, "kind": kind}
    for c in facts.candidates:
        if c.necessity in ASKED:
            kind = "tool" if c.label[:1].isupper() and " " not in c.label else "method"
            found.setdefault(c.label, {"name": c.label, "req": c.necessity.value, "kind": kind})
    return found


def _seniority(facts: Facts) -> str | None:
    """Return the level in words; a numeral is what the gold calls a grade, beside none."""
    level = facts.level.value.label if facts.level else None
    return None if level is None or GRADE.fullmatch(level) else level.lower()


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
