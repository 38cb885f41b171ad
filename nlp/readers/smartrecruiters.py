"""SmartRecruiters: the Posting API, `GET /v1/companies/COMPANY/postings/ID`.

https://developers.smartrecruiters.com/docs/posting-api: the list (`content`) has no texts; each
posting alone has its `jobAd` with four sections.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from nlp.readers.boards import Board, Values
from nlp.readers.json_stream import Record
from nlp.readers.raw import FieldKind
from nlp.readers.wording import (
    Json,
    at,
    body,
    country_code,
    day,
    first,
    is_yes,
    place,
    said,
    spelled,
)

SECTIONS: Final = (
    "companyDescription",
    "jobDescription",
    "qualifications",
    "additionalInformation",
)
OWN_KEYS: Final = frozenset(
    "company experienceLevel jobAd refNumber releasedDate typeOfEmployment".split()
)
OWN_KEYS_NEEDED: Final = 3


def _is_record(record: Mapping[str, Json]) -> bool:
    return "name" in record and (
        isinstance(at(dict(record), "jobAd.sections"), dict)
        or len(OWN_KEYS & set(record)) >= OWN_KEYS_NEEDED
    )


def _text(record: Mapping[str, Json]) -> str:
    sections = at(dict(record), "jobAd.sections")
    parts = [at(sections, key) for key in SECTIONS]
    return body((said(at(part, "title")), at(part, "text")) for part in parts)


def _fields(record: Record) -> Values:
    job = dict(record.value)
    return {
        FieldKind.TITLE: said(job.get("name")),
        FieldKind.EMPLOYER: said(at(job, "company.name")),
        FieldKind.PLACE: _place(job.get("location")),
        FieldKind.WORK_MODE: _mode(job.get("location")),
        FieldKind.EMPLOYMENT_TYPE: _label(job.get("typeOfEmployment")),
        FieldKind.LEVEL: _label(job.get("experienceLevel")),
        FieldKind.INDUSTRY: _label(job.get("industry")),
        FieldKind.DEPARTMENT: _label(job.get("department")) or _label(job.get("function")),
        FieldKind.DATE_POSTED: day(job.get("releasedDate")),
        FieldKind.REFERENCE: said(job.get("refNumber")),
        FieldKind.URL: first(job.get("postingUrl"), job.get("applyUrl")),
    }


def _place(location: Json) -> str:
    """Return the place by its parts: the full one repeats what is empty ("Dubai, , UAE")."""
    parts = [at(location, "city"), at(location, "region")]
    full = [part.strip() for part in said(at(location, "fullLocation")).split(",")]
    return place(*full) or place(*parts, country_code(at(location, "country")))


def _mode(location: Json) -> str:
    if is_yes(at(location, "hybrid")):
        return "Hybrid"
    return "Remote" if is_yes(at(location, "remote")) else ""


def _label(item: Json) -> str:
    return said(at(item, "label")) or spelled(at(item, "id"))


def _without_text(record: Mapping[str, Json]) -> str:
    address = said(record.get("ref")) or "/v1/companies/COMPANY/postings/ID"
    return f'no "jobAd" with sections; the list has none: GET {address} gives the posting\'s own'


BOARD: Final = Board("SmartRecruiters", _is_record, _text, _fields, "id", _without_text)
recognises = BOARD.recognises
read = BOARD.read
