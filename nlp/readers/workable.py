"""Workable: an account's public list, `GET /api/v1/widget/accounts/NAME?details=true`.

The jobs of its API, `GET /spi/v3/jobs/SHORTCODE`, are read too. See
https://workable.readme.io/reference/jobsshortcode. On the public list `state` is a part of the
place, in the API it is whether the job is open; the list's own `name` is the employer's.
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
    work_mode,
)

SECTIONS: Final = (("", "description"), ("Requirements", "requirements"), ("Benefits", "benefits"))


def _is_record(record: Mapping[str, Json]) -> bool:
    return "shortcode" in record and ("title" in record or "full_title" in record)


def _text(record: Mapping[str, Json]) -> str:
    whole = said(record.get("full_description"))
    return whole or body((heading, record.get(key)) for heading, key in SECTIONS)


def _fields(record: Record) -> Values:
    job = dict(record.value)
    location = job.get("location")
    mode = work_mode(first(at(location, "workplace_type"), job.get("workplace")))
    remote = any(
        is_yes(flag)
        for flag in (job.get("telecommuting"), at(location, "telecommuting"), job.get("remote"))
    )
    return {
        FieldKind.TITLE: first(job.get("title"), job.get("full_title")),
        FieldKind.EMPLOYER: first(job.get("company"), record.outer.get("name")),
        FieldKind.PLACE: _places(job),
        FieldKind.WORK_MODE: mode or ("Remote" if remote else ""),
        FieldKind.EMPLOYMENT_TYPE: spelled(job.get("employment_type")),
        FieldKind.LEVEL: said(job.get("experience")),
        FieldKind.INDUSTRY: said(job.get("industry")),
        FieldKind.DEPARTMENT: first(job.get("department"), job.get("function")),
        FieldKind.PAY: pay(
            at(job, "salary.salary_from"),
            at(job, "salary.salary_to"),
            at(job, "salary.salary_currency"),
        ),
        FieldKind.DATE_POSTED: day(
            first(job.get("published_on"), job.get("published"), job.get("created_at"))
        ),
        FieldKind.REFERENCE: said(job.get("code")),
        FieldKind.URL: first(job.get("url"), job.get("shortlink"), job.get("application_url")),
    }


def _places(job: dict[str, Json]) -> list[str]:
    every = job.get("locations")
    shown = (
        [item for item in every if not is_yes(at(item, "hidden"))]
        if isinstance(every, list)
        else []
    )
    places = [_place(item) for item in shown]
    if any(places):
        return places
    location = job.get("location")
    if isinstance(location, dict):
        return [_place(location) or said(location.get("location_str"))]
    return [place(job.get("city"), job.get("state"), job.get("country"))]


def _place(item: Json) -> str:
    country = first(at(item, "country"), country_code(at(item, "countryCode")))
    return place(at(item, "city"), at(item, "region"), country)


def _without_text(record: Mapping[str, Json]) -> str:
    if "full_title" in record:
        return 'no "full_description"; GET /spi/v3/jobs/SHORTCODE gives it for one job'
    return 'no "description"; add ?details=true to the list\'s address'


BOARD: Final = Board("Workable", _is_record, _text, _fields, "shortcode", _without_text)
recognises = BOARD.recognises
read = BOARD.read
