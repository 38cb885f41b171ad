"""Predictions: what the extractor took from a posting, in the form of the record gold."""

from __future__ import annotations

from typing import Any, Final

from nlp.rules.ranks import GRADE
from nlp.types import Facts, Necessity, RequirementKind

ASKED: Final = (Necessity.REQUIRED, Necessity.PREFERRED)


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
        if r.concept is None:
            continue  # a choice's member that is a candidate as well
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
