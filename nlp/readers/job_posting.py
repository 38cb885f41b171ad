"""A schema.org JobPosting, with the liberties that sites take, as a posting to read.

Fields by https://schema.org/JobPosting and by what search engines ask of it (`jobLocationType`,
`applicantLocationRequirements`, `monthsOfExperience`). What has no field of its own but is text
("responsibilities", "skills", "jobBenefits") goes below the description, unless it is in there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from nlp.readers.job_pay import CURRENCY, pay_in_words
from nlp.readers.job_places import PARTS, area_in_words, places_in_words
from nlp.readers.raw import FieldKind, RawField, RawPosting
from nlp.readers.schema_values import Node, each, lines, unescaped, words

EMPLOYMENT: Final = {
    "contractor": "Contract",
    "full_time": "Full-time",
    "fulltime": "Full-time",
    "intern": "Internship",
    "other": "",
    "part_time": "Part-time",
    "parttime": "Part-time",
    "per_diem": "Per diem",
    "temporary": "Temporary",
    "volunteer": "Volunteer",
}
WORK_MODES: Final = {
    "hybrid": "Hybrid",
    "on_site": "On-site",
    "onsite": "On-site",
    "remote": "Remote",
    "telecommute": "Remote",
    "telecommuting": "Remote",
}
CREDENTIALS: Final = {
    "associate degree": "Associate's degree",
    "bachelor degree": "Bachelor's degree",
    "high school": "High school diploma",
    "no requirements": "",
    "postgraduate degree": "Postgraduate degree",
    "professional certificate": "Professional certificate",
}
"""Values of `credentialCategory` that search engines ask for, as postings write them."""
SECTIONS: Final = (
    ("Responsibilities", "responsibilities"),
    ("Qualifications", "qualifications"),
    ("Skills", "skills"),
    ("Education requirements", "educationRequirements"),
    ("Experience requirements", "experienceRequirements"),
    ("Benefits", "jobBenefits"),
    ("Benefits", "benefits"),
    ("Compensation", "incentiveCompensation"),
    ("Compensation", "incentives"),
    ("Working hours", "workHours"),
    ("Physical requirements", "physicalRequirement"),
    ("Occupational category", "occupationalCategory"),
)
"""Properties whose text is part of the posting, in the order in which postings have them."""
MONTHS_A_YEAR: Final = 12
LIST_SIGNS: Final = re.compile(r"[,;|\n•]")
WORD: Final = re.compile(r"[\w+#]+")
DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\S.*)?")
STAMP: Final = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) [\d:]{5,8} \w{1,5} (\d{4})")
"""A date as Java writes it: "Wed Aug 05 02:00:00 UTC 2026"."""


def read_job(node: Node, position: str = "") -> RawPosting:
    """Return the posting that a JobPosting node states, with an empty body if it has no text."""
    description = body_of(node)
    return RawPosting(
        body="\n\n".join(filter(None, (description, *_sections(node, description)))),
        fields=tuple(dict.fromkeys(_fields(node))),
        part=next(_references(node), ""),
        position=position,
        record=json.dumps(node, ensure_ascii=False, default=str),
    )


def body_of(node: Node) -> str:
    """Return the description, its HTML as HTML however often it was escaped."""
    values = [v for key in ("description", "jobDescription") for v in each(node.get(key))]
    said = (v if isinstance(v, str) else words(v) for v in values)
    return "\n\n".join(dict.fromkeys(filter(None, (unescaped(v).strip() for v in said))))


def _fields(node: Node) -> Iterator[RawField]:
    for kind, values in (
        (FieldKind.TITLE, _titles(node)),
        (FieldKind.EMPLOYER, _names(node, "hiringOrganization", "employer")),
        (FieldKind.PLACE, _places(node)),
        (FieldKind.WORK_MODE, _in_words(node.get("jobLocationType"), WORK_MODES)),
        (FieldKind.APPLICANT_PLACE, area_in_words(node.get("applicantLocationRequirements"))),
        (FieldKind.EMPLOYMENT_TYPE, _in_words(node.get("employmentType"), EMPLOYMENT)),
        (FieldKind.INDUSTRY, _names(node, "industry")),
        (FieldKind.DEPARTMENT, _names(node, "employmentUnit", "department")),
        (FieldKind.PAY, pay_in_words(node.get("baseSalary"), _currency(node))),
        (FieldKind.PAY_ESTIMATE, pay_in_words(node.get("estimatedSalary"), _currency(node))),
        (FieldKind.DATE_POSTED, _days(node.get("datePosted"))),
        (FieldKind.VALID_THROUGH, _days(node.get("validThrough"))),
        (FieldKind.REFERENCE, _references(node)),
        (FieldKind.URL, _names(node, "url")),
    ):
        yield from (RawField(kind, value) for value in values if value)


def _places(node: Node) -> Iterator[str]:
    """Yield the places; some pages forget to say where the parts of an address belong."""
    yield from list(places_in_words(node.get("jobLocation"))) or (
        places_in_words(node) if any(part in node for part in PARTS) else ()
    )


def _titles(node: Node) -> Iterator[str]:
    titles = (words(node.get(key)) for key in ("title", "jobTitle", "name"))
    yield next(filter(None, titles), "")


def _names(node: Node, *keys: str) -> Iterator[str]:
    """Yield the names in the first of the properties that has any."""
    for key in keys:
        found = [words(one) for one in each(node.get(key))]
        if any(found):
            yield from found
            return


def _in_words(value: object, known: Mapping[str, str]) -> Iterator[str]:
    """Yield closed values as people write them, others as they stand: "FULL_TIME, Seasonal"."""
    for one in each(value):
        for part in map(str.strip, LIST_SIGNS.split(words(one).strip("[]\"' "))):
            key = re.sub(
                r"[\s-]+", "_", part.strip("\"'").lower().removeprefix("https://schema.org/")
            )
            yield known.get(key, part.strip("\"'"))


def _currency(node: Node) -> str:
    return next(filter(None, (words(node.get(key)) for key in CURRENCY)), "")


def _days(value: object) -> Iterator[str]:
    """Yield dates without the time of day; what is no date known here stays as it is written."""
    for one in each(value):
        said = words(one)
        if day := DAY.fullmatch(said):
            yield day[1]
        elif stamp := STAMP.fullmatch(said):
            yield f"{stamp[2]} {stamp[1]} {stamp[3]}"
        else:
            yield said


def _references(node: Node) -> Iterator[str]:
    """Yield the employer's own identifiers: of a PropertyValue the value, not whose it is."""
    for one in each(node.get("identifier")):
        value = one.get("value") or one.get("@value") if isinstance(one, Mapping) else one
        if said := words(value):
            yield said


def _sections(node: Node, description: str) -> Iterator[str]:
    """Yield the textual properties that the description lacks, each below a plain heading."""
    known = _folded(lines(description))
    for heading, key in SECTIONS:
        values = list(each(node.get(key)))
        if key == "educationRequirements":
            values = _education(node, values)
        elif key == "experienceRequirements":
            values = [_experience(value) for value in values]
        elif key == "skills":
            values = [part for value in values for part in _listed(value)]
        lacking = [
            v for v in values if (text := _folded(lines(v)).strip()) and f" {text} " not in known
        ]
        if lacking:
            section = f"{heading}:\n{lines(lacking)}"
            known += _folded(section)
            yield section


def _listed(value: object) -> list[str]:
    """Part a list of names that is written as one text ("Python, SQL"); prose stays whole."""
    said = lines(value)
    parts = [part for part in map(str.strip, LIST_SIGNS.split(said)) if part]
    names = all(len(part.split()) <= LONGEST_NAME for part in parts)
    return parts if names else [said]


LONGEST_NAME: Final = 4
"""Words of a skill's name at the most; a longer piece between commas is prose."""


def _education(node: Node, values: list[object]) -> list[object]:
    said: list[object] = []
    instead = str(node.get("experienceInPlaceOfEducation")).lower() == "true"
    for value in values:
        kind = value.get("credentialCategory") if isinstance(value, Mapping) else value
        for one in each(kind if kind is not None else value):
            name = CREDENTIALS.get(words(one).lower().replace("_", " "), None)
            text = lines(one) if name is None else name
            said.append(f"{text} or equivalent experience" if text and instead else text)
    return said


def _experience(value: object) -> object:
    """Return experience in words; `monthsOfExperience` as years where it is whole years."""
    if isinstance(value, Mapping) and "monthsOfExperience" in value:
        said = words(value["monthsOfExperience"]).removesuffix(".0")
        if not said.isdecimal() or not int(said):
            return words(value.get("description"))
        months = int(said)
        years, rest = divmod(months, MONTHS_A_YEAR)
        number, unit = (months, "month") if rest else (years, "year")
        return f"{number} {unit}{'' if number == 1 else 's'} of experience"
    return value


def _folded(text: str) -> str:
    """Return the words of a text, lowered, between single blanks."""
    return f" {' '.join(WORD.findall(text.lower()))} "
