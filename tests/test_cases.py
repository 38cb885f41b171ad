"""Extraction cases: a text, what should come out, why, and where it comes from.

`tests/cases/*.json` hold them, one file a kind. A case names only the facts it is about; "[]" and
null mean that nothing may be found. A case with "fails" is a known failure, with its reason.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ontology
from nlp.extract import Extractor, patterns
from nlp.folding import lowered
from nlp.mentions import as_text
from nlp.repair import repair
from nlp.rules.subjects import SUBJECT
from nlp.types import Facts, Posting, Requirement, RequirementKind, Stated, Term

CASES = Path(__file__).parent / "cases"


def load_cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(reason=case["fails"])] if "fails" in case else []
            found.append(pytest.param(case, id=f"{path.stem}-{case['label']}", marks=marks))
    return found


@cache
def extractor() -> Extractor:
    return Extractor()


def extract(text: str) -> Facts:
    repaired, edits = repair(text, extractor().is_name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return extractor()(Posting("case.txt", repaired, digest, edits))


def brief(facts: Facts) -> dict[str, Any]:
    """Return the facts in the words of the cases."""
    skills = [r for r in facts.requirements if r.kind is RequirementKind.SKILL]
    alone = [r for r in skills if r.alternative is None]

    def with_necessity(necessity: str) -> list[str]:
        return sorted(r.label for r in alone if r.necessity == necessity)

    return {
        "required": with_necessity("required"),
        "preferred": with_necessity("preferred"),
        "mentioned": with_necessity("mentioned"),
        "any_of": [
            [
                a.minimum,
                *sorted(
                    r.label
                    for r in facts.requirements
                    if r.alternative == a.id
                    and r.kind is not RequirementKind.EXPERIENCE
                    and r.note != SUBJECT
                ),
            ]
            for a in facts.alternatives
        ],
        "skill_years": {r.label: span(r) for r in skills if r.min_years is not None},
        "candidates": [c.label for c in facts.candidates],
        "activities": [a.label for a in facts.activities],
        "duties": [duty.value.label for duty in facts.duties],
        "industries": [industry.value for industry in facts.industries],
        "degrees": [degree(r) for r in facts.requirements if r.kind is RequirementKind.DEGREE],
        "experience": [
            years(r) for r in facts.requirements if r.kind is RequirementKind.EXPERIENCE
        ],
        "pay": value(facts.pay),
        "pay_statements": [as_text(stated.value) for stated in facts.pay_statements],
        "work_modes": [mode.value for mode in facts.work_modes],
        "places": [as_text(place.value) for place in facts.places],
        "title": value(facts.title),
        "role": value(facts.role),
        "level": value(facts.level),
        "specialisation": value(facts.specialisation),
        "employer": value(facts.employer),
        "employment_type": value(facts.employment_type),
        "applicants": [country.value for country in facts.applicant_countries],
        "equity": value(facts.equity),
        "relocation": value(facts.relocation),
        "travel": value(facts.travel),
        "travel_share": facts.travel_share.value if facts.travel_share else None,
        "equivalent_combination": value(facts.equivalent_combination),
        "date_posted": value(facts.date_posted),
        "valid_through": value(facts.valid_through),
        "graduation": value(facts.graduation_window),
        "reference": value(facts.reference),
        "related": [related.title.value for related in facts.related],
        "flags": [flag for flag in facts.flags if flag != "no-title"],
    }


def value(stated: Stated[Any] | None) -> str | None:
    if stated is None:
        return None
    return stated.value.label if isinstance(stated.value, Term) else as_text(stated.value)


def degree(requirement: Requirement) -> str:
    level = (requirement.concept or "").rsplit("/", 1)[-1]
    fields = ", ".join(field.label for field in requirement.fields)
    extras = {
        "related": requirement.related_field,
        "foreign": requirement.foreign_equivalent,
        "or experience": requirement.equivalent_experience,
    }
    if requirement.min_years is not None:
        level += f" ({span(requirement)})"
    parts = [f"{level}: {fields}" if fields else level]
    parts += [name for name, said in extras.items() if said]
    if requirement.necessity != "required":
        parts.append(requirement.necessity.value)
    return "; ".join(parts)


def span(requirement: Requirement) -> str:
    low, high = requirement.min_years, requirement.max_years
    return f"{low}+" if high is None else f"{low}-{high}"


def years(requirement: Requirement) -> str:
    said = span(requirement) + (" of degree" if requirement.alternative else "")
    return said if requirement.necessity == "required" else f"{said} {requirement.necessity}"


@cache
def two_meanings() -> str:
    """Return the labels that stand for two concepts, each with both; no extractor is then made."""
    meant: dict[tuple[str, str], str] = {}
    found = []
    for pattern in patterns(ontology.load()):
        key = pattern.label, lowered(pattern.phrase)
        if (other := meant.setdefault(key, pattern.id)) != pattern.id:
            found.append(f"{pattern.phrase!r} stands for both {other} and {pattern.id}")
    return "; ".join(found)


def test_no_label_stands_for_two_concepts() -> None:
    assert two_meanings() == "", "give the label to one of them"


@pytest.mark.parametrize("case", load_cases())
def test_case(case: dict[str, Any]) -> None:
    if two_meanings():  # told once, above: without an extractor no case says anything
        pytest.skip("a label stands for two concepts")
    facts = extract(case["text"])
    found = brief(facts)
    assert {key: found[key] for key in case["expect"]} == case["expect"], case["why"]
    for mention in facts.mentions:
        assert facts.posting.text[mention.start : mention.end] == mention.text != ""


def test_every_case_says_why_and_where_from() -> None:
    for path in CASES.glob("*.json"):
        cases = json.loads(path.read_text(encoding="utf-8"))
        labels = [case["label"] for case in cases]
        assert len(labels) == len(set(labels)), path.name
        assert all(case["why"] and case["from"] and case["expect"] for case in cases), path.name


OPEN = Path(__file__).parent.parent.parent / "shared" / "gold" / "open"


def test_pay_as_a_job_board_writes_it() -> None:
    file = OPEN / "salary_strings.jsonl"
    if not file.exists():
        pytest.skip("the annotated strings are not on this machine")
    wrong = []
    for line in file.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        want = gold["salary"]
        stated = extract(gold["text"]).pay
        pay = stated.value if stated else None
        found = pay and (pay.low, pay.high, pay.currency, (pay.period or "").lower())
        if found != (want and (want["min"], want["max"], want["currency"], want["period"])):
            wrong.append((gold["text"], want, found))
    assert wrong == []
