"""Lever: the Postings API, `GET /v0/postings/SITE?mode=json`, or one of its postings.

https://github.com/lever/postings-api: `text` is the title; the text is made of a description, of
lists with a name and items as HTML, and of a closing; the employer's name is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from nlp.readers.boards import Board, Values
from nlp.readers.json_stream import Record
from nlp.readers.raw import FieldKind
from nlp.readers.wording import Json, at, body, country_code, day, first, pay, said, work_mode


def _is_record(record: Mapping[str, Json]) -> bool:
    """Lever calls a title `text`, and has its own names for the rest."""
    return "text" in record and bool(
        {"hostedUrl", "descriptionPlain", "descriptionBody"} & set(record)
        or {"categories", "lists"} <= set(record)
    )


def _text(record: Mapping[str, Json]) -> str:
    opening = first(record.get("description"), record.get("descriptionPlain"))
    if not opening:
        opening = body(
            ("", first(record.get(key), record.get(f"{key}Plain")))
            for key in ("opening", "descriptionBody")
        )
    lists = record.get("lists")
    named = [
        (said(at(item, "text")), _items(said(at(item, "content"))))
        for item in (lists if isinstance(lists, list) else [])
    ]
    closing = [
        first(record.get(key), record.get(f"{key}Plain"))
        for key in ("additional", "salaryDescription")
    ]
    return body([("", opening), *named, *(("", text) for text in closing)])


def _items(content: str) -> str:
    """Return a list's items, which come without the list round them, as a list."""
    return f"<ul>{content}</ul>" if content.lstrip().startswith("<li") else content


def _fields(record: Record) -> Values:
    job = dict(record.value)
    return {
        FieldKind.TITLE: said(job.get("text")),
        FieldKind.PLACE: _places(job),
        FieldKind.WORK_MODE: work_mode(job.get("workplaceType")),
        FieldKind.EMPLOYMENT_TYPE: said(at(job, "categories.commitment")),
        FieldKind.LEVEL: said(at(job, "categories.level")),
        FieldKind.DEPARTMENT: first(at(job, "categories.department"), at(job, "categories.team")),
        FieldKind.PAY: pay(
            at(job, "salaryRange.min"),
            at(job, "salaryRange.max"),
            at(job, "salaryRange.currency"),
            at(job, "salaryRange.interval"),
        ),
        FieldKind.DATE_POSTED: day(job.get("createdAt")),
        FieldKind.URL: first(job.get("hostedUrl"), job.get("applyUrl")),
    }


def _places(job: dict[str, Json]) -> list[str]:
    every = at(job, "categories.allLocations")
    places = [said(place) for place in every] if isinstance(every, list) else []
    return places or [first(at(job, "categories.location"), country_code(job.get("country")))]


def _without_text(_: Mapping[str, Json]) -> str:
    return (
        'no "description" and no "lists"; GET https://api.lever.co/v0/postings/SITE?mode=json '
        "gives both"
    )


BOARD: Final = Board("Lever", _is_record, _text, _fields, "id", _without_text)
recognises = BOARD.recognises
read = BOARD.read
