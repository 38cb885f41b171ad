"""What was set aside can be mended and given again: each record is read as what it is."""

from __future__ import annotations

import base64
import json

import pytest

from nlp.readers import delimited, quarantine
from nlp.readers.quarantine import read
from nlp.readers.raw import RawPosting, Unread
from tests.inputs import TEXT, fields_of, given, outcome

JOB = {"absolute_url": "u", "internal_job_id": 1, "id": 4, "title": "Nurse", "content": TEXT}
CSV = f"Job Title,Job Description\nNurse,{TEXT}\n"


def line(record: str | bytes | None, **more: object) -> str:
    value = {"source": "jobs.csv", "position": "line 3", "reason": "2 cells", **more}
    if isinstance(record, bytes):
        value["record_base64"] = base64.b64encode(record).decode()
    else:
        value["record"] = record
    return json.dumps(value) + "\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (line("x"), True),
        (line(b"x"), True),
        (line("x") + line("y"), True),
        (json.dumps({"source": "a", "reason": "b"}), False),
        (json.dumps({"source": "a", "record": "b"}), False),
        (json.dumps(JOB), False),
        (f"source,position,reason,record\na,b,c,{TEXT}\n", False),
        ("", False),
    ],
)
def test_a_quarantine_is_recognised_by_its_keys(data: str, expected: bool) -> None:
    assert quarantine.recognises(data.encode()) is expected


@pytest.mark.parametrize(
    ("record", "title", "part"),
    [
        (CSV, "Nurse", "jobs.csv, line 3, line 2"),
        (CSV.encode(), "Nurse", "jobs.csv, line 3, line 2"),
        (
            CSV.replace("Nurse", "Infirmière").encode("utf-16"),
            "Infirmière",
            "jobs.csv, line 3, line 2",
        ),
        (json.dumps(JOB), "Nurse", "jobs.csv, line 3, 4"),
        (TEXT, "", "jobs.csv, line 3"),
    ],
    ids=["csv", "csv in base64", "csv in utf-16", "greenhouse", "text"],
)
def test_a_record_is_read_as_what_it_is(record: str | bytes, title: str, part: str) -> None:
    (item,) = read(given(line(record)))
    assert isinstance(item, RawPosting)
    assert item.body == TEXT
    assert fields_of(item).get("title", "") == title
    assert (item.part, item.position) == (part, "line 1: jobs.csv, line 3")


def test_what_is_still_bad_is_set_aside_again_with_its_first_place() -> None:
    data = line(f"Job Title,Job Description\nNurse,{TEXT},x\n") + line("") + line(None) + line(CSV)
    assert outcome(read(given(data))) == [
        ("line 1: jobs.csv, line 3", "3 cells, where the header has 2"),
        ("line 2", "no record to read again; give the posting as a file of its own (set aside "
         "before: 2 cells)"),
        ("line 3", "no record to read again; give the posting as a file of its own (set aside "
         "before: 2 cells)"),
        ("line 4: jobs.csv, line 3", "Nurse"),
    ]  # fmt: skip


def test_a_large_file_that_was_not_copied_is_named() -> None:
    entry = {"source": "big.csv", "reason": "cut off", "path": "/data/big.csv", "sha256": "00"}
    data = json.dumps(entry)
    assert quarantine.recognises(data.encode())
    assert outcome(read(given(data))) == [
        ("", "no record to read again; mend /data/big.csv and give it again (set aside before: "
         "cut off)")
    ]  # fmt: skip


def test_a_posting_set_aside_as_such_is_known_by_its_part_once() -> None:
    (item,) = read(given(line(TEXT, source="jobs.csv#line 3")))
    assert isinstance(item, RawPosting)
    assert (item.part, item.record) == ("jobs.csv#line 3", TEXT)


def test_a_damaged_line_of_the_quarantine_costs_itself_only() -> None:
    data = line(CSV) + line(CSV)[:-20] + "\n" + line(b"x", record_base64="?") + line(CSV)
    assert [position for position, _ in outcome(read(given(data)))] == [
        "line 1: jobs.csv, line 3",
        "line 2",
        "line 3: jobs.csv, line 3",
        "line 4: jobs.csv, line 3",
    ]


def test_nothing_is_lost_between_setting_aside_and_reading_again() -> None:
    rows = [f"Nurse,{TEXT},x", f'Cook,"{TEXT}', f"Clerk,{TEXT}"]
    first = list(delimited.read(given("\n".join(["Job Title,Job Description", *rows, ""]))))
    aside = [item for item in first if isinstance(item, Unread)]
    assert [item.position for item in aside] == ["line 2", "line 3"]
    mended = [
        line(item.record.replace(",x", "").replace('"', ""), position=item.position)
        for item in aside
    ]
    titles = [fields_of(item)["title"] for item in read(given("".join(mended)))]
    assert titles == ["Nurse", "Cook"]
