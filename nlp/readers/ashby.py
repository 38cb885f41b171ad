"""Ashby: the job board API, `GET /posting-api/job-board/NAME?includeCompensation=true`.

https://developers.ashbyhq.com/docs/public-job-posting-api: a place has a name of the employer's
own ("HQ") and an address; the employer's name is not in it.
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
    day,
    first,
    is_yes,
    pay,
    place,
    said,
    spelled,
    work_mode,
)

OWN_KEYS: Final = frozenset(
    "applyUrl compensation employmentType isListed isRemote publishedAt secondaryLocations".split()
)
OWN_KEYS_NEEDED: Final = 2
ADDRESS: Final = ("addressLocality", "addressRegion", "addressCountry")


def _is_record(record: Mapping[str, Json]) -> bool:
    return "title" in record and (
        ("jobUrl" in record and bool(OWN_KEYS & set(record)))
        or (
            bool({"descriptionHtml", "descriptionPlain"} & set(record))
            and len(OWN_KEYS & set(record)) >= OWN_KEYS_NEEDED
        )
    )


def _text(record: Mapping[str, Json]) -> str:
    return first(record.get("descriptionHtml"), record.get("descriptionPlain"))


def _fields(record: Record) -> Values:
    job = dict(record.value)
    more = job.get("secondaryLocations")
    mode = work_mode(job.get("workplaceType"))
    return {
        FieldKind.TITLE: said(job.get("title")),
        FieldKind.PLACE: [
            name
            for item in (job, *(more if isinstance(more, list) else []))
            for name in _places(item)
        ],
        FieldKind.WORK_MODE: mode or ("Remote" if is_yes(job.get("isRemote")) else ""),
        FieldKind.EMPLOYMENT_TYPE: spelled(job.get("employmentType")),
        FieldKind.DEPARTMENT: first(job.get("department"), job.get("team")),
        FieldKind.PAY: _pay(job.get("compensation")),
        FieldKind.DATE_POSTED: day(job.get("publishedAt")),
        FieldKind.URL: first(job.get("jobUrl"), job.get("applyUrl")),
    }


def _places(item: Json) -> list[str]:
    """Return a place by its address; its name too where that tells more than the address."""
    name = said(item) or said(at(item, "location"))
    address = at(item, "address.postalAddress") or at(item, "address")
    parts = [said(at(address, key)) for key in ADDRESS]
    named = any(part and part.casefold() in name.casefold() for part in parts)
    return [place(*parts)] if named else [name, place(*parts)]


def _pay(compensation: Json) -> str:
    """Return the salary, not equity or bonus; from the summary where no component has it."""
    components = at(compensation, "summaryComponents")
    for item in components if isinstance(components, list) else []:
        if said(at(item, "compensationType")).casefold() == "salary":
            stated = pay(
                at(item, "minValue"),
                at(item, "maxValue"),
                at(item, "currencyCode"),
                at(item, "interval"),
            )
            if stated:
                return stated
    return first(
        at(compensation, "scrapeableCompensationSalarySummary"),
        at(compensation, "compensationTierSummary"),
    )


def _without_text(_: Mapping[str, Json]) -> str:
    return (
        'no "descriptionHtml" and no "descriptionPlain"; GET '
        "https://api.ashbyhq.com/posting-api/job-board/NAME gives both"
    )


BOARD: Final = Board("Ashby", _is_record, _text, _fields, "id", _without_text)
recognises = BOARD.recognises
read = BOARD.read
