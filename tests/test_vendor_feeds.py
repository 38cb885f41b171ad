"""Exports of applicant-tracking systems: recognised by content, told apart, every fact in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import ModuleType
from typing import Any, Final

import pytest

from nlp.readers import (
    json_records,
    lever,
    smartrecruiters,
    workable,
)
from nlp.readers.raw import RawPosting, Unread
from tests.inputs import TEXT, fields_of, given, given_json, outcome, the_posting
from tests.vendor_boards import (
    FIELDS,
    LEVER,
    RECORDS,
    SMARTRECRUITERS,
    VENDORS,
)

DEEP: Final[Any] = json.loads("[" * 500 + "]" * 500)


def board(vendor: str, *records: Mapping[str, Any]) -> Any:
    """A whole board in the vendor's own wrapping."""
    return {
        "greenhouse": {"jobs": records, "meta": {"total": len(records)}},
        "lever": records,
        "ashby": {"apiVersion": "1", "jobs": records},
        "workable": {"name": "Acme Labs", "description": "We are Acme Labs.", "jobs": records},
        "smartrecruiters": {"offset": 0, "limit": 100, "totalFound": 1, "content": records},
        "recruitee": {"offers": records},
    }[vendor]


def without(record: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in keys}


def recognised(head: bytes) -> list[str]:
    return [name for name, vendor in VENDORS.items() if vendor.recognises(head)]


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(lambda name, record: json.dumps(board(name, record, record)), id="board"),
        pytest.param(lambda name, record: json.dumps(board(name, record), indent=2), id="indented"),
        pytest.param(lambda _, record: json.dumps(record), id="single"),
        pytest.param(lambda _, record: json.dumps(record, indent=1), id="single indented"),
        pytest.param(lambda _, record: json.dumps([record]), id="list"),
        pytest.param(lambda _, record: f"{json.dumps(record)}\n" * 3, id="lines"),
        pytest.param(lambda _, record: json.dumps({"offer": record}), id="wrapped"),
    ],
)
def test_a_vendor_is_recognised_in_every_form_and_no_other_is(vendor: str, shape: Any) -> None:
    data = shape(vendor, RECORDS[vendor]).encode()
    assert recognised(data) == [vendor]
    assert recognised(data[: len(data) * 9 // 10]) == [vendor]  # a head breaks off anywhere
    assert json_records.recognises(data)
    read = list(VENDORS[vendor].read(given(data)))
    assert all(isinstance(item, RawPosting) for item in read), read
    assert len({item.part for item in read if isinstance(item, RawPosting)}) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ([], "an empty list may be anybody's"),
        ({}, "an empty object"),
        ({"jobs": []}, "an empty board, of one of three vendors"),
        ({"title": "Engineer", "description": TEXT}, "keys that all feeds have"),
        ({"jobs": [{"id": 1, "title": "Engineer", "url": "https://x.example"}]}, "jobs of others"),
        ({"content": [{"name": "Engineer", "text": TEXT}]}, "content of others"),
        ({"offers": [{"title": "Engineer", "description": TEXT}]}, "offers of others"),
        ([{"text": TEXT, "label": 1}], "a data set of texts"),
        ({"@context": "https://schema.org", "@type": "JobPosting", "title": "X"}, "JSON-LD"),
        ("absolute_url", "the word alone"),
        ([1, 2, 3], "numbers"),
        ({"posts": [{"title": "News", "updated_at": "2026-01-01", "content": TEXT}]}, "a blog"),
        ([{"text": "hi", "user": {"id": 1}, "lists": []}], "messages of a chat"),
        ([{"name": "Acme", "company": {"name": "Acme"}, "location": {}}], "a list of companies"),
        ({"items": [{"title": "Tea", "shortcodes": ["a"]}]}, "recipes"),
    ],
)
def test_what_is_no_vendors_is_not_taken_for_one(data: Any, why: str) -> None:
    assert recognised(json.dumps(data).encode()) == [], why


@pytest.mark.parametrize(
    "data",
    [b"", b"   ", b"\x00\x01", b"Data Engineer\n\nWe seek", b"<html>{}</html>", b"[Apply](x)"],
)
def test_what_is_no_json_is_no_vendors(data: bytes) -> None:
    assert recognised(data) == []
    assert not json_records.recognises(data)


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_field_is_told_in_words(vendor: str) -> None:
    posting = the_posting(VENDORS[vendor].read(given_json(board(vendor, RECORDS[vendor]))))
    assert fields_of(posting) == FIELDS[vendor]
    assert TEXT in posting.body
    assert json.loads(posting.record) == RECORDS[vendor]


@pytest.mark.parametrize(
    ("vendor", "missing", "reason"),
    [
        ("greenhouse", ["content"], 'Greenhouse without a text: no "content"; add ?content=true'),
        ("lever", ["description", "descriptionPlain", "lists", "additional", "additionalPlain"],
         'Lever without a text: no "description" and no "lists"'),
        ("ashby", ["descriptionHtml", "descriptionPlain"],
         'Ashby without a text: no "descriptionHtml"'),
        ("workable", ["description"],
         'Workable without a text: no "description"; add ?details=true'),
        ("smartrecruiters", ["jobAd"], 'SmartRecruiters without a text: no "jobAd"'),
        ("recruitee", ["description", "translations", "requirements"],
         'Recruitee without a text: no "description"'),
    ],
)  # fmt: skip
def test_a_record_without_its_text_says_what_would_give_it(
    vendor: str, missing: list[str], reason: str
) -> None:
    bare = without(RECORDS[vendor], *missing)
    data = board(vendor, bare, RECORDS[vendor])
    assert recognised(json.dumps(data).encode()) == [vendor]
    aside, read = VENDORS[vendor].read(given_json(data))
    assert isinstance(aside, Unread)
    assert aside.reason.startswith(reason)
    assert json.loads(aside.record) == bare
    assert isinstance(read, RawPosting)


def test_the_request_for_a_smartrecruiters_posting_is_its_own() -> None:
    bare = without(SMARTRECRUITERS, "jobAd") | {"ref": "https://api.smartrecruiters.com/v1/x/1"}
    (aside,) = smartrecruiters.read(given_json(board("smartrecruiters", bare)))
    assert isinstance(aside, Unread)
    assert "GET https://api.smartrecruiters.com/v1/x/1" in aside.reason


CHANGES: Final = [
    ("greenhouse", {"content": f"&amp;lt;p&amp;gt;{TEXT}&amp;lt;/p&amp;gt;"}, {}, "escaped twice"),
    ("greenhouse", {"location": {"name": ""}}, {"place": "Austin, Texas, United States"},
     "the office, where the posting has no place"),
    ("greenhouse", {"pay_input_ranges": [{"min_cents": 5000, "max_cents": 6500,
     "currency_type": "USD", "title": "Hourly rate"}]}, {"pay": "50 - 65 USD per hour"}, "an hour"),
    ("greenhouse", {"pay_input_ranges": [{"min_cents": 5000000, "max_cents": 7500000,
     "currency_type": "USD", "title": "NYC Salary Range"}]}, {"pay": "50000 - 75000 USD"},
     "a period that nobody names is not made up"),
    ("greenhouse", {"pay_input_ranges": None, "metadata": None}, {"pay": None,
     "employment_type": None}, "null for lists"),
    ("lever", {"workplaceType": "unspecified"}, {"work_mode": None}, "unspecified is absent"),
    ("lever", {"salaryRange": {"currency": "USD", "interval": "per-hour-wage", "min": 30}},
     {"pay": "from 30 USD per hour"}, "a bound alone"),
    ("lever", {"salaryRange": {"currency": "USD", "interval": "bi-week-salary", "min": 3000}},
     {"pay": "from 3000 USD per two weeks"}, "two weeks are a period of 26 to the year"),
    ("lever", {"categories": {"team": "Data"}, "country": "de"}, {"place": "DE",
     "department": "Data", "level": None, "employment_type": None}, "the team, and the country"),
    ("ashby", {"workplaceType": None, "isRemote": True}, {"work_mode": "Remote"}, "the flag"),
    ("ashby", {"location": "Remote (EU)", "secondaryLocations": []},
     {"place": "Remote (EU); San Francisco, California, USA"}, "a name that tells more"),
    ("ashby", {"secondaryLocations": ["Paris"], "address": None},
     {"place": "San Francisco HQ; Paris"}, "names without addresses"),
    ("ashby", {"compensation": {"compensationTierSummary": "$90K – $110K"}},
     {"pay": "$90K – $110K"}, "the summary, where nothing is more exact"),
    ("ashby", {"compensation": {}}, {"pay": None}, "no pay"),
    ("workable", {"telecommuting": False}, {"work_mode": None}, "not remote is not on-site"),
    ("workable", {"locations": []}, {"place": "Athens, Attica, Greece"}, "the plain keys"),
    ("smartrecruiters", {"location": {"city": "Lyon", "country": "fr", "remote": True}},
     {"place": "Lyon, FR", "work_mode": "Remote"}, "parts instead of a whole"),
    ("smartrecruiters", {"experienceLevel": {"id": "entry_level"}}, {"level": "Entry level"},
     "a code without its label"),
    ("recruitee", {"translations": {"de": {"description": "<p>Wir</p>"}}},
     {"title": "Datenbank-Entwickler"}, "no English translation"),
    ("recruitee", {"salary": {"min": None, "max": None, "period": None, "currency": None}},
     {"pay": None}, "a form left empty"),
    ("recruitee", {"remote": True}, {"work_mode": "Hybrid, Remote"}, "two modes at once"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("vendor", "changes", "expected", "why"),
    CHANGES,
    ids=[f"{case[0]}: {case[3]}" for case in CHANGES],
)
def test_what_real_boards_leave_out_or_write_otherwise(
    vendor: str, changes: dict[str, Any], expected: dict[str, str | None], why: str
) -> None:
    data = board(vendor, RECORDS[vendor] | changes)
    found = fields_of(the_posting(VENDORS[vendor].read(given_json(data))))
    changed = {**FIELDS[vendor], **expected}
    assert found == {kind: value for kind, value in changed.items() if value is not None}, why


def test_the_lists_of_a_lever_posting_keep_their_names_and_items() -> None:
    body = the_posting(lever.read(given_json([LEVER]))).body
    assert body.index(TEXT) < body.index("What you bring") < body.index("Apply with a letter.")
    assert "<ul><li>Python</li><li>SQL</li></ul>" in body


def test_postings_that_lever_groups_are_read_one_by_one() -> None:
    data = [{"title": "Engineering", "postings": [LEVER, LEVER | {"id": "2"}]}]
    assert recognised(json.dumps(data).encode()) == ["lever"]
    assert [position for position, _ in outcome(lever.read(given_json(data)))] == [
        "[0], postings[0]",
        "[0], postings[1]",
    ]


def test_a_workable_job_of_the_api_joins_its_parts() -> None:
    job = {
        "id": "1", "title": "Nurse", "full_title": "Nurse - N1", "shortcode": "AB12",
        "state": "published",
        "location": {"location_str": "Leeds, United Kingdom", "country": "United Kingdom",
                     "country_code": "GB", "city": "Leeds", "workplace_type": "on_site"},
        "description": f"<p>{TEXT}</p>", "requirements": "<ul><li>Care</li></ul>",
        "salary": {"salary_from": 30000, "salary_to": 34000, "salary_currency": "gbp"},
    }  # fmt: skip
    posting = the_posting(workable.read(given_json(job)))
    assert fields_of(posting) == {
        "title": "Nurse",
        "place": "Leeds, United Kingdom",
        "work_mode": "On-site",
        "pay": "30000 - 34000 GBP",
    }
    assert "<h3>Requirements</h3>" in posting.body


@pytest.mark.parametrize("vendor", ["greenhouse", "ashby", "recruitee"])
def test_an_empty_board_says_so(vendor: str) -> None:
    module: ModuleType = VENDORS[vendor]
    assert outcome(module.read(given_json(board(vendor)))) == [
        ("", "the list of postings is empty")
    ]


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize(
    "value",
    [None, "", 0, True, [], {}, [None], "text", {"name": None}, DEEP],
    ids=lambda value: "deep" if value is DEEP else None,
)
def test_no_value_of_any_key_stops_a_board(vendor: str, value: Any) -> None:
    record = RECORDS[vendor]
    spoilt = [record | {key: value} for key in record]
    read = list(VENDORS[vendor].read(given_json([record, *spoilt])))
    assert len(read) == 1 + len(spoilt)
    page = json.dumps({"offers": [record, *spoilt]})
    assert len(list(VENDORS[vendor].read(given(f"{page}\n")))) == 1 + len(spoilt)
