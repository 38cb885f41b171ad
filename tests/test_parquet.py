"""Parquet: batch after batch; what is damaged is told by its rows."""

from __future__ import annotations

import builtins
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from nlp.readers import json_records, parquet
from nlp.readers.raw import NotThisFormat, RawPosting, Unread
from tests.inputs import TEXT, fields_of, given, outcome, the_posting

arrow = pytest.importorskip("pyarrow")
writer = pytest.importorskip("pyarrow.parquet")

ROWS = [{"title": f"Nurse {number}", "description": TEXT} for number in range(6)]


def written(rows: list[dict[str, Any]], group: int = 1000) -> bytes:
    out = BytesIO()
    writer.write_table(arrow.Table.from_pylist(rows), out, row_group_size=group, compression="none")
    return out.getvalue()


@pytest.mark.parametrize("head", [b"PAR1", b"PAR1\x15\x04"])
def test_parquet_is_recognised_by_its_first_bytes(head: bytes) -> None:
    assert parquet.recognises(head)


@pytest.mark.parametrize("head", [b"", b"PAR", b"PARK1", b"par1", b"title,PAR1", b"ORC"])
def test_other_bytes_are_no_parquet(head: bytes) -> None:
    assert not parquet.recognises(head)


def test_a_row_is_a_posting_whatever_the_types_of_its_cells() -> None:
    row = {
        "title": "Nurse",
        "description": TEXT,
        "company": {"name": "Acme", "logo": b"\x89PNG"},
        "locations": [{"name": "Bonn", "id": 1}, {"name": "Köln", "id": 2}],
        "min_salary": Decimal("30000.50"),
        "max_salary": 40000.0,
        "currency": "EUR",
        "pay_period": "YEARLY",
        "remote_allowed": True,
        "posted_date": date(2026, 3, 1),
        "expiry": datetime(2026, 4, 1, 12, tzinfo=UTC),
        "views": 7,
        "job_id": 991,
    }
    posting = the_posting(parquet.read(given(written([row]))))
    assert fields_of(posting) == {
        "title": "Nurse",
        "employer": "Acme",
        "date_posted": "2026-03-01",
        "valid_through": "2026-04-01",
        "reference": "991",
        "place": "Bonn, Köln",
        "work_mode": "Remote",
        "pay": "30000.50 - 40000 EUR per year",
    }
    assert (posting.body, posting.part, posting.position) == (TEXT, "991", "row 1")
    again = the_posting(json_records.read(given(posting.record)))
    assert again.fields == posting.fields


def test_rows_come_in_order_from_all_groups() -> None:
    read = outcome(parquet.read(given(written(ROWS, group=2))))
    assert read == [(f"row {number + 1}", f"Nurse {number}") for number in range(6)]


def test_a_damaged_group_costs_its_own_rows() -> None:
    data = bytearray(written(ROWS, group=2))
    groups = writer.ParquetFile(BytesIO(data)).metadata
    column = groups.row_group(1).column(0)
    start = column.dictionary_page_offset or column.data_page_offset
    data[start : start + 20] = b"\xff" * 20
    read = list(parquet.read(given(bytes(data))))
    positions = [item.position for item in read]
    assert positions == ["row 1", "row 2", "rows 3-4", "row 5", "row 6"]
    assert isinstance(read[2], Unread)
    assert read[2].reason.startswith("damaged: ")


def test_what_was_asked_to_be_parquet_and_is_none_is_refused() -> None:
    with pytest.raises(NotThisFormat, match="it begins with b'titl', not with \"PAR1\""):
        list(parquet.read(given("title,description\n")))


@pytest.mark.parametrize("keep", [4, 100, -4, -30])
def test_a_cut_off_file_has_a_reason(keep: int) -> None:
    (aside,) = parquet.read(given(written(ROWS)[:keep]))
    assert isinstance(aside, Unread)
    assert aside.reason.startswith("Parquet that cannot be read: ")


def test_a_damaged_name_of_a_column_has_a_reason() -> None:
    (aside,) = parquet.read(given(written(ROWS).replace(b"description", b"descrip\xb3ion")))
    assert isinstance(aside, Unread)
    assert aside.reason.startswith("Parquet that cannot be read: 'utf-8' codec can't decode byte")


def test_a_table_without_texts_or_rows_says_so() -> None:
    assert outcome(parquet.read(given(written([{"title": "A", "stars": 5}])))) == [
        ("", "no description among the columns: title, stars; if one holds the posting's text, say "
         "which: --map body=COLUMN")
    ]  # fmt: skip
    empty = written(ROWS[:1])
    table = writer.read_table(BytesIO(empty)).slice(0, 0)
    out = BytesIO()
    writer.write_table(table, out)
    assert outcome(parquet.read(given(out.getvalue()))) == [("", "the table has no rows")]


def test_columns_are_described_and_can_be_said() -> None:
    data = written([{"Rolle": "Nurse", "inhalt": {"text": TEXT}, "n": 1}])
    source = given(data, title="Rolle", body="inhalt.text")
    assert parquet.describe(source) == "columns: title = Rolle, body = inhalt.text; not used: n"
    assert fields_of(the_posting(parquet.read(source))) == {"title": "Nurse"}


def test_without_pyarrow_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    data = written(ROWS)
    monkeypatch.setattr(builtins, "__import__", refuse)
    assert outcome(parquet.read(given(data))) == [
        ("", "Parquet is read with pyarrow: pip install 'rolegraph[tables]'")
    ]


def test_a_large_group_is_read_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "BATCH", 2)
    items = parquet.read(given(written(ROWS)))
    assert isinstance(next(items), RawPosting)
    assert len(list(items)) == 5
    assert json.loads(the_posting(parquet.read(given(written(ROWS[:1])))).record) == ROWS[0]
