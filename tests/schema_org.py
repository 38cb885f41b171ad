"""What schema.org defines of the types that postings are exported as, and walking through nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Node = dict[str, Any]

JOB = {
    "applicantLocationRequirements": {"Country"},
    "baseSalary": {"MonetaryAmount"},
    "datePosted": {"Date"},
    "description": {"Text"},
    "educationRequirements": {"Text"},
    "employmentType": {"Text"},
    "estimatedSalary": {"MonetaryAmount"},
    "experienceInPlaceOfEducation": {"Boolean"},
    "experienceRequirements": {"OccupationalExperienceRequirements"},
    "hiringOrganization": {"Organization"},
    "identifier": {"Text"},
    "industry": {"Text"},
    "jobLocation": {"Place"},
    "jobLocationType": {"Text"},
    "responsibilities": {"Text"},
    "skills": {"Text"},
    "title": {"Text"},
    "validThrough": {"Date"},
}
SCHEMA_ORG: Mapping[str, Mapping[str, set[str]]] = {
    "JobPosting": JOB,
    "RelatedPosting": JOB,
    "Country": {"identifier": {"Text"}, "name": {"Text"}},
    "MonetaryAmount": {"currency": {"Text"}, "value": {"QuantitativeValue"}},
    "OccupationalExperienceRequirements": {"monthsOfExperience": {"Number"}},
    "Organization": {"name": {"Text"}},
    "Place": {"address": {"PostalAddress"}, "name": {"Text"}},
    "PostalAddress": {
        name: {"Text"} for name in ("addressCountry", "addressLocality", "addressRegion")
    },
    "QuantitativeValue": {
        "maxValue": {"Number"},
        "minValue": {"Number"},
        "unitText": {"Text"},
    },
}
"""What schema.org's definitions let us say of each type, and what the values may be."""


def nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
