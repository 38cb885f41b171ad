"""Rows of the tables, read off the statements of one posting's graph."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.exports.columns import PLACES
from kg.iris import local_name
from ontology import terms
from ontology.terms import OA, PROV, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.exports.statements import Statements

Row: TypeAlias = dict[str, object]

KINDS: Final = {
    terms.DEGREE_REQUIREMENT: "degree",
    terms.EXPERIENCE_REQUIREMENT: "experience",
    terms.SKILL_REQUIREMENT: "skill",
}


def posting_row(said: Statements, posting: str, label: Callable[[str], str]) -> Row:
    """Return a posting's row; `label` names a concept."""

    def named(concept: str | None) -> str | None:
        if concept is None:
            return None
        return said.one(concept, terms.SKOS + "prefLabel") or label(concept)

    role, level = said.one(posting, terms.ROLE), said.one(posting, terms.LEVEL)
    employer = said.one(posting, SCHEMA + "hiringOrganization")
    text = said.one(posting, PROV + "wasDerivedFrom")
    document = said.one(text, PROV + "wasDerivedFrom")
    countries = said.many(posting, SCHEMA + "applicantLocationRequirements")
    return {
        "posting": said.one(posting, SCHEMA + "identifier"),
        "iri": posting,
        "title": said.one(posting, SCHEMA + "title"),
        "role": named(role),
        "role_iri": role,
        "level": named(level),
        "level_iri": level,
        "specialisation": said.one(posting, terms.SPECIALISATION),
        "employer": said.one(employer, SCHEMA + "name"),
        "employer_iri": employer,
        "industries": said.many(posting, SCHEMA + "industry"),
        "employment_type": said.one(posting, SCHEMA + "employmentType"),
        "work_modes": said.many(posting, terms.WORK_MODE),
        "duties": [label(duty) for duty in said.many(posting, terms.DUTY)],
        "duty_iris": said.many(posting, terms.DUTY),
        "places": [_place(said, place) for place in said.many(posting, SCHEMA + "jobLocation")],
        "applicant_countries": [
            code for country in countries for code in said.many(country, SCHEMA + "identifier")
        ],
        **_pay(said, said.one(posting, SCHEMA + "baseSalary")),
        "equity": _truth(said.one(posting, terms.EQUITY)),
        "relocation": _truth(said.one(posting, terms.RELOCATION)),
        "travel": _truth(said.one(posting, terms.TRAVEL)),
        "date_posted": _day(said.one(posting, SCHEMA + "datePosted")),
        "valid_through": _day(said.one(posting, SCHEMA + "validThrough")),
        "graduation_from": said.one(posting, terms.GRADUATION_FROM),
        "graduation_to": said.one(posting, terms.GRADUATION_TO),
        "reference": said.one(posting, terms.REFERENCE),
        "flags": said.many(posting, terms.FLAG),
        "text": said.one(text, RDF + "value"),
        "text_sha256": said.one(text, terms.SHA256),
        "source": said.one(document, SCHEMA + "name"),
        "source_sha256": said.one(document, terms.SHA256),
    }


def requirement_rows(said: Statements, posting: str, label: Callable[[str], str]) -> Iterator[Row]:
    """Yield a row for each thing that a posting asks for."""
    choices = {
        member: choice
        for choice in said.many(posting, terms.HAS_ALTERNATIVE)
        for member in said.many(choice, terms.MEMBER)
    }
    for requirement in said.many(posting, terms.HAS_REQUIREMENT):
        concept = said.one(requirement, terms.SKILL) or said.one(requirement, terms.DEGREE)
        words = said.one(requirement, RDFS + "label") or said.one(requirement, terms.SUBJECT)
        choice = choices.get(requirement)
        kinds = (KINDS.get(one) for one in said.many(requirement, RDF + "type"))
        yield {
            "posting": said.one(posting, SCHEMA + "identifier"),
            "requirement": requirement,
            "kind": next((kind for kind in kinds if kind), None),
            "concept": concept,
            "label": label(concept) if concept else words,
            "necessity": _name(said.one(choice or requirement, terms.NECESSITY)),
            "min_years": _decimal(said.one(requirement, terms.MINIMUM_YEARS)),
            "max_years": _decimal(said.one(requirement, terms.MAXIMUM_YEARS)),
            "fields": [
                said.one(field, terms.SKOS + "prefLabel") or label(field)
                for field in said.many(requirement, terms.FIELD)
            ],
            "foreign_equivalent": _truth(said.one(requirement, terms.FOREIGN_EQUIVALENT)),
            "related_field": _truth(said.one(requirement, terms.RELATED_FIELD)),
            "equivalent_experience": _truth(said.one(requirement, terms.EQUIVALENT_EXPERIENCE)),
            "alternative": choice,
            "alternative_minimum": _whole(said.one(choice, terms.MINIMUM)),
            "note": said.one(requirement, terms.NOTE),
        }


def evidence_rows(said: Statements, posting: str) -> list[Row]:
    """Return the words that prove what is said of a posting and of what it asks and offers."""
    identifier = said.one(posting, SCHEMA + "identifier")
    rows: list[Row] = [
        {
            "posting": identifier,
            "subject": subject,
            "property": said.one(evidence, terms.FOR_PROPERTY),
            "value": said.one(evidence, terms.FOR_VALUE),
            "start": _whole(said.one(evidence, OA + "start")),
            "end": _whole(said.one(evidence, OA + "end")),
            "words": said.one(evidence, OA + "exact"),
            "rule": said.one(evidence, terms.RULE),
            "section": said.one(evidence, terms.SECTION),
        }
        for subject, evidence in said.pairs(terms.EVIDENCE)
    ]
    return sorted(rows, key=lambda row: (row["start"] or 0, row["end"] or 0, repr(row)))


def _place(said: Statements, place: str) -> Row:
    address = said.one(place, SCHEMA + "address")
    return {
        "city": said.one(address, SCHEMA + "addressLocality"),
        "region": said.one(address, SCHEMA + "addressRegion"),
        "country": said.one(address, SCHEMA + "addressCountry"),
        "remote": "remote" in said.many(place, terms.WORK_MODE),
    }


def _pay(said: Statements, pay: str | None) -> Row:
    amounts = said.one(pay, SCHEMA + "value")
    return {
        "pay_currency": said.one(pay, SCHEMA + "currency"),
        "pay_period": said.one(amounts, SCHEMA + "unitText"),
        "pay_min": _decimal(said.one(amounts, SCHEMA + "minValue")),
        "pay_max": _decimal(said.one(amounts, SCHEMA + "maxValue")),
        "pay_annual_min": _decimal(said.one(pay, terms.ANNUAL_MINIMUM)),
        "pay_annual_max": _decimal(said.one(pay, terms.ANNUAL_MAXIMUM)),
    }


def _name(necessity: str | None) -> str | None:
    return None if necessity is None else local_name(necessity).lower()


def _truth(value: str | None) -> bool | None:
    return None if value is None else value == "true"


def _whole(value: str | None) -> int | None:
    return None if value is None else int(value)


def _decimal(value: str | None) -> Decimal | None:
    """Return a number with at most as many places as the columns have."""
    if value is None:
        return None
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    return round(number, PLACES) if isinstance(exponent, int) and exponent < -PLACES else number


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
