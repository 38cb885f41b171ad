"""Recruitee: the careers site's API, `GET https://COMPANY.recruitee.com/api/offers/`.

https://docs.recruitee.com/reference/offers: codes for the kind of employment and the experience,
and `translations`, of which the English one is taken where it has a text; `position` is no title
but the offer's place in the list.
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
    pay,
    place,
    said,
    spelled,
)

MODES: Final = (("hybrid", "Hybrid"), ("remote", "Remote"), ("on_site", "On-site"))


def _is_record(record: Mapping[str, Json]) -> bool:
    return "careers_url" in record or "careers_apply_url" in record


def _own(record: Mapping[str, Json]) -> Json:
    """Return the record's English translation if that has a text, else the record."""
    english = at(dict(record), "translations.en")
    return english if said(at(english, "description")) else dict(record)


def _text(record: Mapping[str, Json]) -> str:
    own = _own(record)
    return body([("", at(own, "description")), ("Requirements", at(own, "requirements"))])


def _fields(record: Record) -> Values:
    job = dict(record.value)
    return {
        FieldKind.TITLE: first(at(_own(job), "title"), job.get("title")),
        FieldKind.EMPLOYER: said(job.get("company_name")),
        FieldKind.PLACE: _places(job),
        FieldKind.WORK_MODE: ", ".join(mode for key, mode in MODES if is_yes(job.get(key))),
        FieldKind.EMPLOYMENT_TYPE: spelled(job.get("employment_type_code")),
        FieldKind.LEVEL: spelled(job.get("experience_code")),
        FieldKind.DEPARTMENT: said(job.get("department")) or spelled(job.get("category_code")),
        FieldKind.PAY: pay(
            at(job, "salary.min"),
            at(job, "salary.max"),
            at(job, "salary.currency"),
            at(job, "salary.period"),
        ),
        FieldKind.DATE_POSTED: day(first(job.get("published_at"), job.get("created_at"))),
        FieldKind.VALID_THROUGH: day(job.get("close_at")),
        FieldKind.URL: first(job.get("careers_url"), job.get("careers_apply_url")),
    }


def _places(job: dict[str, Json]) -> list[str]:
    every = job.get("locations")
    places = [_place(item) for item in every] if isinstance(every, list) else []
    return places if any(places) else [said(job.get("location")) or _place(job)]


def _place(item: Json) -> str:
    region = first(at(item, "state_name"), at(item, "state"), at(item, "state_code"))
    country = first(at(item, "country"), country_code(at(item, "country_code")))
    return place(at(item, "city"), region, country) or said(at(item, "name"))


def _without_text(_: Mapping[str, Json]) -> str:
    return 'no "description"; GET https://COMPANY.recruitee.com/api/offers/ gives it for each offer'


BOARD: Final = Board("Recruitee", _is_record, _text, _fields, "id", _without_text)
recognises = BOARD.recognises
read = BOARD.read
