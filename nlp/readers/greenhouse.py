"""Greenhouse: the Job Board API, `GET /v1/boards/TOKEN/jobs?content=true`, or one of its jobs.

https://developers.greenhouse.io/job-board.html: `content` is HTML whose signs are escaped; pay is
in cents and its period is told, if at all, by the range's title.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from nlp.readers.boards import Board, Values
from nlp.readers.columns import role_of
from nlp.readers.json_stream import Record
from nlp.readers.raw import FieldKind
from nlp.readers.wording import (
    Json,
    at,
    day,
    first,
    pay,
    per_period,
    said,
    spelled,
    unescaped,
    work_mode,
)

OWN_FIELDS: Final = {
    FieldKind.EMPLOYMENT_TYPE: spelled,
    FieldKind.LEVEL: spelled,
    FieldKind.WORK_MODE: work_mode,
    FieldKind.INDUSTRY: said,
}
"""What an employer's own fields (`metadata`) are read for, where their names are usual ones."""
CENTS: Final = 100


def _is_record(record: Mapping[str, Json]) -> bool:
    return "absolute_url" in record and (
        "internal_job_id" in record or "updated_at" in record or "content" in record
    )


def _text(record: Mapping[str, Json]) -> str:
    return unescaped(said(record.get("content")))


def _fields(record: Record) -> Values:
    job = record.value
    return {
        **_own_fields(job.get("metadata")),
        FieldKind.TITLE: said(job.get("title")),
        FieldKind.EMPLOYER: said(job.get("company_name")),
        FieldKind.PLACE: _places(job),
        FieldKind.DEPARTMENT: _names(job.get("departments"), "name"),
        FieldKind.PAY: _pay_ranges(job.get("pay_input_ranges")),
        FieldKind.DATE_POSTED: day(job.get("first_published")),
        FieldKind.VALID_THROUGH: day(job.get("application_deadline")),
        FieldKind.REFERENCE: said(job.get("requisition_id")),
        FieldKind.URL: said(job.get("absolute_url")),
    }


def _places(job: Mapping[str, Json]) -> list[str]:
    """Return the posting's place; only where it has none, those of its offices."""
    stated = said(at(dict(job), "location.name"))
    return [stated] if stated else _names(job.get("offices"), "location", "name")


def _names(items: Json, *keys: str) -> list[str]:
    objects = items if isinstance(items, list) else []
    return [first(*(at(item, key) for key in keys)) for item in objects]


def _own_fields(metadata: Json) -> dict[FieldKind, str]:
    found: dict[FieldKind, str] = {}
    for item in metadata if isinstance(metadata, list) else []:
        role = role_of(said(at(item, "name")))
        kind = FieldKind(role) if role in set(OWN_FIELDS) else None
        if kind is not None:
            found.setdefault(kind, OWN_FIELDS[kind](at(item, "value")))
    return found


def _pay_ranges(ranges: Json) -> list[str]:
    """Return each range; a posting has several where its pay differs by place."""
    return [
        pay(
            _whole_units(at(item, "min_cents")),
            _whole_units(at(item, "max_cents")),
            at(item, "currency_type"),
            per_period(at(item, "title")) or per_period(at(item, "blurb")) or "",
        )
        for item in (ranges if isinstance(ranges, list) else [])
    ]


def _whole_units(cents: Json) -> str:
    try:
        return f"{Decimal(said(cents)) / CENTS:.2f}"
    except (InvalidOperation, ValueError):
        return ""


def _without_text(_: Mapping[str, Json]) -> str:
    return 'no "content"; add ?content=true to the list\'s address'


BOARD: Final = Board("Greenhouse", _is_record, _text, _fields, "id", _without_text)
recognises = BOARD.recognises
read = BOARD.read
