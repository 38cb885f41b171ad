"""The JSON form of `Facts`: one object a posting, as `kg extract --json` prints it.

Decimals are strings with the digits as written; absent facts are null or [].
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from nlp.rules.subjects import SUBJECT
from nlp.types import (
    Activity,
    Alternative,
    Candidate,
    Evidence,
    Facts,
    Mention,
    Pay,
    Place,
    RelatedPosting,
    Requirement,
    RequirementKind,
    Stated,
    StatedPay,
    Term,
)

Json = dict[str, "Json | list[Json] | list[str] | list[str | None] | str | int | bool | None"]


def to_record(facts: Facts) -> Json:
    """Return the facts as one JSON object."""
    return {
        "id": facts.posting.id,
        "source": facts.posting.origin,
        "title": _value(facts.title),
        "role": _label(facts.role),
        "level": _label(facts.level),
        "specialisation": _value(facts.specialisation),
        "employer": _value(facts.employer),
        "employment_type": _value(facts.employment_type),
        "industries": [industry.value for industry in facts.industries],
        "work_modes": [mode.value for mode in facts.work_modes],
        "duties": [_duty(duty) for duty in facts.duties],
        "locations": [_place(place.value) for place in facts.places],
        "applicant_location": [country.value for country in facts.applicant_countries],
        "salary": _pay(facts.pay.value) if facts.pay else None,
        "salary_estimate": _pay(facts.pay_estimate.value) if facts.pay_estimate else None,
        "salaries": [_stated_pay(stated.value) for stated in facts.pay_statements],
        "equity": _flag(facts.equity),
        "relocation_assistance": _flag(facts.relocation),
        "travel": _flag(facts.travel),
        "travel_max_percent": facts.travel_share.value if facts.travel_share else None,
        "accepts_equivalent_combination": _flag(facts.equivalent_combination),
        "date_posted": facts.date_posted.value.isoformat() if facts.date_posted else None,
        "valid_through": facts.valid_through.value.isoformat() if facts.valid_through else None,
        "graduation_window": list(facts.graduation_window.value)
        if facts.graduation_window
        else None,
        "reference": _value(facts.reference),
        "requirements": [_requirement(requirement) for requirement in facts.requirements],
        "alternatives": [
            _alternative(alternative, facts.requirements) for alternative in facts.alternatives
        ],
        "candidates": [_words(candidate) for candidate in facts.candidates],
        "activities": [_words(activity) for activity in facts.activities],
        "flags": list(facts.flags),
        "related_postings": [_related(related) for related in facts.related],
        "mentions": [_mention(mention) for mention in facts.mentions],
    }


def _requirement(requirement: Requirement) -> Json:
    record: Json = {
        "kind": requirement.kind.value,
        "label": requirement.label,
        "concept": requirement.concept,
        "necessity": requirement.necessity.value,
        "min_years": _number(requirement.min_years),
        "max_years": _number(requirement.max_years),
        "fields": [field.label for field in requirement.fields],
        "field_concepts": [field.concept for field in requirement.fields],
        "alternative": requirement.alternative,
        "section": requirement.evidence.section.value,
        "rule": requirement.evidence.rule,
        "evidence": _evidence(requirement.evidence),
        "note": requirement.note,
    }
    if requirement.kind is RequirementKind.SKILL:
        record["skill_kind"] = requirement.skill_kind
    if requirement.kind is RequirementKind.DEGREE:
        record["foreign_equivalent"] = requirement.foreign_equivalent
        record["related_field"] = requirement.related_field
        record["or_equivalent_experience"] = requirement.equivalent_experience
    return record


def _alternative(alternative: Alternative, requirements: Iterable[Requirement]) -> Json:
    return {
        "id": alternative.id,
        "minimum": alternative.minimum,
        "necessity": alternative.necessity.value,
        "members": [
            r.label
            for r in requirements
            if r.alternative == alternative.id
            and (r.kind is not RequirementKind.EXPERIENCE or r.is_instead)
            and r.note != SUBJECT
        ],
        "rule": alternative.evidence.rule,
        "evidence": _evidence(alternative.evidence),
    }


def _words(item: Activity | Candidate) -> Json:
    return {
        "label": item.label,
        "necessity": item.necessity.value,
        "section": item.evidence.section.value,
        "rule": item.evidence.rule,
        "evidence": _evidence(item.evidence),
    }


def _duty(stated: Stated[Term]) -> Json:
    return {
        "label": stated.value.label,
        "concept": stated.value.concept,
        "evidence": [
            {**_evidence(one), "section": one.section.value, "rule": one.rule}
            for one in stated.evidence
        ],
    }


def _mention(mention: Mention) -> Json:
    return {
        "kind": mention.kind,
        "value": mention.value,
        "necessity": mention.necessity.value if mention.necessity else None,
        "section": mention.section.value,
        "rule": mention.rule,
        "evidence": {"start": mention.start, "end": mention.end, "text": mention.text},
    }


def _related(related: RelatedPosting) -> Json:
    return {
        "title": related.title.value,
        "role": related.role.label if related.role else None,
        "level": related.level.label if related.level else None,
        "specialisation": related.specialisation,
        "locations": [_place(place) for place in related.places],
        "date_posted": related.date_posted.isoformat() if related.date_posted else None,
        "evidence": _evidence(related.title.evidence[0]),
    }


def _place(place: Place) -> Json:
    return {
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "remote": place.remote,
    }


def _pay(pay: Pay) -> Json:
    return {
        "min": _number(pay.low),
        "max": _number(pay.high),
        "currency": pay.currency,
        "period": pay.period,
    }


def _stated_pay(stated: StatedPay) -> Json:
    return {**_pay(stated.pay), "kind": stated.kind, "applies_to": stated.applies_to}


def _evidence(evidence: Evidence) -> Json:
    return {"start": evidence.start, "end": evidence.end, "text": evidence.text}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _value(stated: Stated[str] | None) -> str | None:
    return stated.value if stated else None


def _flag(stated: Stated[bool] | None) -> bool | None:
    return stated.value if stated else None


def _label(stated: Stated[Term] | None) -> str | None:
    return stated.value.label if stated else None
