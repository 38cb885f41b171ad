"""Exports through the readers' front door: postings with hints, and all else with its reason."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
import typer

from kg.commands.options import reading_options
from nlp.readers import ReadingOptions, SetAside, formats, read_postings
from nlp.types import Posting
from tests.test_vendor_feeds import board
from tests.vendor_boards import RECORDS, VENDORS

BODY = (
    "About the role: you will keep the pipelines of our plants well, and answer for what they "
    "bring. Requirements: three years of experience with Python and SQL. Apply now."
)
ROWS = [
    {"Job Title": "Data Engineer", "Job Description": BODY, "Company Name": "Acme\n3.8",
     "Location": "Austin, TX", "Salary Estimate": "$53K-$91K (Glassdoor est.)"},
    {"Job Title": "Analyst", "Job Description": "-1", "Company Name": "Acme", "Location": "Bonn",
     "Salary Estimate": "-1"},
]  # fmt: skip


def as_csv(rows: list[dict[str, str]]) -> str:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)


def as_parquet(rows: list[dict[str, str]]) -> bytes:
    arrow = pytest.importorskip("pyarrow")
    out = BytesIO()
    pytest.importorskip("pyarrow.parquet").write_table(arrow.Table.from_pylist(rows), out)
    return out.getvalue()


def told(*files: Path, **columns: str) -> tuple[list[Posting], list[SetAside], list[str]]:
    notes: list[str] = []
    options = ReadingOptions(columns=columns)
    items = list(read_postings(files, lambda _: False, options, notes.append))
    return (
        [item for item in items if isinstance(item, Posting)],
        [item for item in items if isinstance(item, SetAside)],
        notes,
    )


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "parquet"])
def test_a_table_is_read_in_every_form_it_comes_in(form: str, tmp_path: Path) -> None:
    lines = "".join(f"{json.dumps(row)}\n" for row in ROWS)
    written: dict[str, str | bytes] = {
        "csv": as_csv(ROWS),
        "tsv": as_csv(ROWS).replace('","', '"\t"'),
        "json": json.dumps(ROWS),
        "jsonl": lines,
        "parquet": as_parquet(ROWS) if form == "parquet" else "",
    }
    data = written[form]
    path = tmp_path / "export"  # the name tells nothing
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (posting,), (aside,), (note,) = told(path)
    assert posting.text.startswith("Data Engineer\nCompany: Acme\nLocation: Austin, TX\n")
    assert {posting.text[hint.start : hint.end] for hint in posting.hints} == {
        "Data Engineer",
        "Acme",
        "Austin, TX",
        "$53K-$91K (Glassdoor est.)",
    }
    assert BODY in posting.text
    assert aside.reason == "no text: Job Description is empty"
    assert note == (
        "export: columns: title = Job Title, body = Job Description, employer = Company Name, "
        "pay_estimate = Salary Estimate, place = Location"
    )


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_board_is_read_with_its_fields_as_hints(vendor: str, tmp_path: Path) -> None:
    path = tmp_path / "board"
    text = json.dumps(board(vendor, RECORDS[vendor]))
    path.write_text(
        text.replace("We look for an engineer who keeps our data pipelines well.", BODY)
    )
    (posting,), asides, notes = told(path)
    assert (asides, notes) == ([], [])
    assert len(posting.hints) >= 6
    assert formats.choose(path.read_bytes())[0] == vendor


def test_what_was_set_aside_is_mended_and_given_again(tmp_path: Path) -> None:
    table = tmp_path / "jobs.csv"
    table.write_text(as_csv(ROWS[:1]) + as_csv(ROWS[:1]).split("\n", 1)[1].replace("TX", 'TX" x'))
    postings, (aside,), _ = told(table)
    assert len(postings) == 1
    entry = {
        "source": aside.source,
        "position": aside.position,
        "reason": aside.reason,
        "record": aside.record.replace('" x', ""),
    }
    quarantine = tmp_path / "quarantine.jsonl"
    quarantine.write_text(json.dumps(entry) + "\n")
    (again,), asides, _ = told(quarantine)
    assert asides == []
    assert again.text == postings[0].text
    assert again.part == "jobs.csv, line 4, line 2"


def test_the_user_names_a_column(tmp_path: Path) -> None:
    table = tmp_path / "jobs.csv"
    table.write_text(as_csv([{"Wozu": "Data Engineer", "Worum": BODY}]))
    postings, (aside,), _ = told(table)
    assert postings == []
    assert "no description among the columns: Wozu, Worum" in aside.reason
    (posting,), asides, _ = told(table, title="Wozu", body="Worum")
    assert (posting.text.split("\n")[0], asides) == ("Data Engineer", [])


def test_the_command_line_takes_every_role_that_a_column_can_have() -> None:
    given = ["body=Text", "pay_min=From", "requirements=Must have", "city=Town=Ort"]
    assert reading_options("tsv", given, keep_contacts=False).columns == {
        "body": "Text",
        "pay_min": "From",
        "requirements": "Must have",
        "city": "Town=Ort",
    }
    with pytest.raises(typer.BadParameter, match=r"the fields are body, title, .*, remote, "):
        reading_options(None, ["colour=Text"], keep_contacts=False)
