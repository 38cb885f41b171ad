"""JSON in every form: whole records are read, whatever else is damaged, cut off or odd."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from io import RawIOBase
from itertools import chain, count
from typing import IO, Any, cast

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from nlp.readers import boards, delimited, greenhouse, json_records, json_window
from nlp.readers.raw import Input, NotThisFormat, RawPosting, Unread
from tests.inputs import TEXT, fields_of, given, given_json, outcome, the_posting

A = {"title": "A", "description": TEXT}
B = {"title": "B", "description": TEXT}
JA, JB = json.dumps(A), json.dumps(B)


@pytest.mark.parametrize(
    ("data", "positions"),
    [
        (f"[{JA},{JB}]", ["[0]", "[1]"]),
        (f"\ufeff [\n{JA}\n,\n{JB}\n]\n", ["[0]", "[1]"]),
        (f"{JA}\n{JB}\n", ["line 1", "line 2"]),
        (f"\n{JA}\r\n\r\n{JB}", ["line 2", "line 4"]),
        (f"{JA}{JB}", ["value 1", "value 2"]),
        (f"[{JA}]\n[{JB}]", ["[0]", "[0]"]),
        (json.dumps(A, indent=2) + json.dumps(B, indent=2), ["value 1", "value 2"]),
        (json.dumps({"jobs": [A, B]}), ["jobs[0]", "jobs[1]"]),
        (json.dumps({"total": 2, "data": {"results": [A, B]}}),
         ["data.results[0]", "data.results[1]"]),
        (json.dumps({"description": "Of the employer.", "jobs": [A, B]}), ["jobs[0]", "jobs[1]"]),
        (json.dumps({"vacancies of 2026": [A, B]}),
         ["vacancies of 2026[0]", "vacancies of 2026[1]"]),
        (f'{json.dumps({"jobs": [A]})}\n{json.dumps({"jobs": [B]})}\n',
         ["line 1, jobs[0]", "line 2, jobs[0]"]),
        (json.dumps([{"jobs": [A, B]}]), ["[0], jobs[0]", "[0], jobs[1]"]),
        (json.dumps({"jobs": [A], "closed": [B]}), ["jobs[0]", "closed[0]"]),
        (json.dumps({"jobs": [A], "closed": [B]}, indent=1) + "\n", ["jobs[0]", "closed[0]"]),
        (json.dumps({"jobs": [A]}) + json.dumps({"jobs": [B]}), ["jobs[0]", "value 2, jobs[0]"]),
    ],
    ids=["list", "list with blanks", "lines", "lines with empty ones", "one behind another",
         "two lists", "indented ones", "object", "nested object", "described object",
         "odd name", "pages a line", "list of pages", "two lists in an object",
         "two lists in an indented object", "boards behind one another"],
)  # fmt: skip
def test_records_are_found_in_every_form(data: str, positions: list[str]) -> None:
    assert json_records.recognises(data.encode())
    read = outcome(json_records.read(given(data)))
    assert read == list(zip(positions, ["A", "B"], strict=True))


@pytest.mark.parametrize("indent", [None, 2])
def test_one_object_is_one_posting(indent: int | None) -> None:
    data = json.dumps(A | {"tags": [{"name": "x"}], "location": {"city": "Bonn"}}, indent=indent)
    posting = the_posting(json_records.read(given(data)))
    assert fields_of(posting) == {"title": "A", "place": "Bonn"}
    assert posting.record == data


@pytest.mark.parametrize(
    "data",
    ["", " ", "text", "[text](link)", "{text}", "{{ template }}", "[1", "<p>", "[x]", "- {a}",
     '"text"', "{1: 2}"],
)  # fmt: skip
def test_what_does_not_begin_as_json_is_none(data: str) -> None:
    assert not json_records.recognises(data.encode())


DAMAGE = [
    ("cut in a record", f'[{JA},{{"title": "B", "desc',
     [("[0]", "A"), ("value 1", "JSON that breaks off in the middle of a record ([1])")]),
    ("cut behind a record", f"[{JA},{JB}",
     [("[0]", "A"), ("[1]", "B"), ("value 1", "JSON that breaks off before its list is closed")]),
    ("cut in an object's list", f'{{"jobs": [{JA},{{"tit',
     [("jobs[0]", "A"), ("value 1", "JSON that breaks off in the middle of a record (jobs[1])")]),
    ("cut in a line", f'{JA}\n{{"title": "B", "desc',
     [("line 1", "A"), ("line 2", 'no JSON: Unterminated string starting at character 15, found '
      '""desc"')]),
    ("a bad line", f'{JA}\n{{"title": B}}\nnonsense\n{JB}\n',
     [("line 1", "A"), ("line 2", 'no JSON: Expecting value at character 10, found "B}"'),
      ("line 3", 'no JSON: Expecting value at character 0, found "nonsense"'), ("line 4", "B")]),
    ("two on a line", f'{JA}\n{JA} {JB}\n{JB}\n',
     [("line 1", "A"), ("line 2", f"no JSON: more text behind the value, at character {len(JA)}"),
      ("line 3", "B")]),
    ("a bad record", f'[{JA},{{"title": B, "x": {{}}}},{JB}]',
     [("[0]", "A"),
      ("[1]", 'no JSON: Expecting value at character 10, found "B, "x": {}},{"title""'),
      ("[2]", "B")]),
    ("no comma", f"[{JA} {JB}]", [("[0]", "A"), ("[1]", "B")]),
    ("a comma too many", f"[{JA},{JB},]", [("[0]", "A"), ("[1]", "B")]),
    ("plain values", f'[{JA},7,"x",null,[1],{JB}]',
     [("[0]", "A"), *((f"[{n}]", "no posting: a list or a plain value, not an object")
                      for n in (1, 2, 3, 4)), ("[5]", "B")]),
    ("rubbish in a list", f"[{JA},%%%,{JB}]",
     [("[0]", "A"),
      ("value 1", f'no JSON: Expecting value at character 0, found "%%%,{JB[:16]}" ([1])')]),
    ("nested too deep", f'{JA}\n{{"title":{"[" * 100_000}{"]" * 100_000}}}\n{JB}\n',
     [("line 1", "A"), ("line 2", "JSON that is nested too deep"), ("line 3", "B")]),
    ("nested too deep in a list", f'[{JA},{"[" * 100_000}{"]" * 100_000},{JB}]',
     [("[0]", "A"), ("[1]", "JSON that is nested too deep"), ("[2]", "B")]),
    ("a bad value round the list", f'{{"meta": NaN, "jobs": [{JA}], "more": [1,}}',
     [("jobs[0]", "A"), ("more", 'no JSON: Expecting value at character 3, found "}"'),
      ("value 1", "JSON that breaks off, or has no comma")]),
    ("a NUL byte", f'{JA}\n{{"title": "\0"}}\n{JB}\n',
     [("line 1", "A"), ("line 2", "a NUL byte: binary, not text"), ("line 3", "B")]),
    ("a line end inside a string", f'[{{"title": "A", "description": "{TEXT}\n\t{TEXT}"}}]',
     [("[0]", "A")]),
    ("an empty list", "[]", [("", "the list of postings is empty")]),
    ("an empty board", '{"jobs": [], "total": 0}', [("", "the list of postings is empty")]),
    ("nothing", "", [("", "the file is empty")]),
    ("no record", '{"meta": 1}', [("", "no description among the keys of this JSON: meta; if one "
     "holds the posting's text, say which: --map body=KEY")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "expected"), [case[1:] for case in DAMAGE], ids=[case[0] for case in DAMAGE]
)
def test_damage_costs_what_is_damaged_and_has_a_reason(
    data: str, expected: list[tuple[str, str]]
) -> None:
    assert outcome(json_records.read(given(data))) == expected


def test_what_was_asked_to_be_json_and_is_none_is_refused() -> None:
    with pytest.raises(NotThisFormat, match='begins with "Data Engineer We loo", not with an obj'):
        list(json_records.read(given(f"Data Engineer {TEXT}")))
    assert outcome(json_records.read(given(f"# exported today\n{JA}\n"))) == [
        ("line 1", 'no JSON: Expecting value at character 0, found "# exported today"'),
        ("line 2", "A"),
    ]


def test_the_rest_of_a_cut_off_file_is_kept_to_be_mended() -> None:
    tail = '{"title": "B", "description": "We look'
    _, rest = json_records.read(given(f"[{JA},{tail}"))
    assert isinstance(rest, Unread)
    assert rest.record == tail


def test_a_byte_that_no_encoding_explains_costs_itself_only() -> None:
    bad = json.dumps(A | {"title": "Café Küche"}, ensure_ascii=False)
    for data in (f"{JA}\n{bad}\n{JB}\n", f"[{JA},{bad},{JB}]", f"{JA}{bad}{JB}"):
        spoilt = data.encode().replace(b"K\xc3\xbc", b"K\xff")
        titles = [title for _, title in outcome(json_records.read(given(spoilt)))]
        assert titles == ["A", "Café K\ufffdche", "B"]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ('"salary": NaN, "city": Infinity', {}, "no numbers"),
        ('"salary": 85000.50, "currency": "EUR"', {"pay": "85000.50 EUR"}, "a number as written"),
        ('"salary": "85000", "currency": "EUR"', {"pay": "85000 EUR"}, "a number as a string"),
        ('"salary": 1e308', {"pay": "1e308"}, "as it came: no rule takes it for pay"),
        (f'"job_id": {"9" * 5000}', {"reference": "9" * 5000}, "more digits than Python converts"),
        ('"city": "Bonn", "city": "Köln"', {"place": "Köln"}, "a key given twice: the last holds"),
        ('"city": "\\ud83d"', {"place": "\ufffd"}, "half a code point"),
        ('"remote": true', {"work_mode": "Remote"}, "a flag"),
        ('"remote": false', {}, "a flag that is not set"),
        ('"company": {"name": "Acme", "description": "x"}', {"employer": "Acme"}, "dotted keys"),
        ('"locations": [{"id": 1, "name": "Bonn"}, "Köln"]', {"place": "Bonn, Köln"}, "a list"),
        ('"salary": {"min": 1000, "max": 2000, "currency": "EUR", "period": "month"}',
         {"pay": "1000 - 2000 EUR per month"}, "an object of parts"),
        ('"title": null, "city": ""', {}, "absent"),
    ],
)  # fmt: skip
def test_odd_values_are_read_or_absent(text: str, expected: dict[str, str], why: str) -> None:
    data = f'{{"description": "{TEXT}", {text}}}'
    assert fields_of(the_posting(json_records.read(given(data)))) == expected, why


def test_the_user_says_which_key_holds_what() -> None:
    data = [{"Rolle": "A", "inhalt": {"text": TEXT}, "title": "not this"}]
    posting = the_posting(json_records.read(given_json(data, title="Rolle", body="inhalt.text")))
    assert fields_of(posting) == {"title": "A"}
    assert posting.body == TEXT
    assert json_records.describe(given_json({"jobs": data}, title="Rolle", body="inhalt.text")) == (
        "columns: title = Rolle, body = inhalt.text; not used: title"
    )


@pytest.mark.parametrize(
    ("record", "said", "why"),
    [
        (
            {"title": "A", "description": TEXT},
            ["columns: title = title, body = description"],
            "both are",
        ),
        (
            {"about": TEXT, "n": {"x": 1}},
            [],
            "no key holds a text: the reason says which there are",
        ),
    ],
)
def test_what_is_taken_for_what_is_told_where_something_is(
    record: object, said: list[str], why: str
) -> None:
    source = given_json([record])
    told: list[str] = []
    list(json_records.read(replace(source, tell=told.append)))
    assert told == [f"{source.name}: {line}" for line in said], why


def test_a_record_longer_than_the_head_and_the_chunk_is_read() -> None:
    long = {"title": "A", "description": TEXT * 9000}
    for data in (json.dumps(long), json.dumps([long, B]), json.dumps({"jobs": [long]})):
        assert len(data) > 2 * json_window.CHUNK
        assert outcome(json_records.read(given(data)))[0][1] == "A"


def test_a_record_longer_than_any_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_window, "LONGEST_RECORD", 1 << 19)
    monkeypatch.setattr(json_window, "LONGEST_REST", 1 << 10)
    endless = '{"title": "' + "x" * (1 << 21)
    (_, reason), (last, why) = outcome(json_records.read(given(f"[{JA},{endless}")))
    assert (reason, last) == ("A", "value 1")
    assert why == (
        "a record of more than 524,288 characters; its beginning is kept, "
        "and nothing behind it is read ([1])"
    )


@for_all(st.data())
def test_however_a_list_is_cut_its_whole_records_are_kept(data: st.DataObject) -> None:
    text = json.dumps([A, B, A])
    cut = data.draw(st.integers(0, len(text)))
    read = [item for item in json_records.read(given(text[:cut])) if isinstance(item, RawPosting)]
    ends = [len(json.dumps([A])) - 1, len(json.dumps([A, B])) - 1, len(text) - 1]
    assert len(read) == sum(cut >= end for end in ends)


@for_all(st.text(st.sampled_from('ab"\\{}[]:,1 \n'), max_size=80))
def test_no_json_stops_a_batch(text: str) -> None:
    for data in ("[[" + text, '{"jobs": [' + text, JA + "\n" + text, f"{text}\n{JA}\n"):
        for item in json_records.read(given(data)):
            assert isinstance(item, RawPosting) or item.reason


PIECE = st.sampled_from([JA, JB, '{"', '"', "{", "}", "[", "]", ":", ",", "\\", " ", "1", "null"])


@for_all(
    st.sampled_from(["", "[", '{"jobs": [', f"{JA}\n", f"[{JA},", f"{JA}{JA}"]),
    st.lists(st.lists(PIECE, max_size=6).map("".join), max_size=8),
    st.sampled_from(["\n", ","]),
)
def test_whatever_stands_in_a_file_is_in_the_record_of_a_posting_or_of_what_was_set_aside(
    begin: str, pieces: list[str], between: str
) -> None:
    marked = [f'{piece}{{"mark": "mark{number}."}}' for number, piece in enumerate(pieces)]
    data = begin + between.join(marked)
    if not json_records.recognises(data.encode()):
        return
    kept = "".join(item.record for item in json_records.read(given(data)))
    kept = kept.replace('\\"', '"')
    missing = [number for number in range(len(pieces)) if f"mark{number}." not in kept]
    assert missing == []


class _Endless(RawIOBase):
    """A stream that never ends, and counts what was read of it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left, self.given = pieces, b"", 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, *_: int) -> int:
        return 0

    def readinto(self, buffer: Any, /) -> int:
        while not self._left:
            self._left = next(self._pieces)
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        self.given += size
        return size


JOB = {"absolute_url": "u", "internal_job_id": 1, "title": "A", "content": TEXT}
ROW = f'A,"{TEXT}",Bonn\n'.encode()


@pytest.mark.parametrize(
    ("reader", "begin", "record"),
    [
        (json_records, b"[", JA.encode() + b","),
        (json_records, b'{"jobs": [', JA.encode() + b","),
        (json_records, b"", JA.encode() + b"\n"),
        (json_records, b"", JA.encode()),
        (greenhouse, b'{"jobs": [', json.dumps(JOB).encode() + b","),
        (delimited, b"title,description,city\n", ROW),
    ],
    ids=["list", "object", "lines", "one behind another", "greenhouse", "csv"],
)
def test_records_come_before_the_stream_ends(reader: Any, begin: bytes, record: bytes) -> None:
    head = begin + record * (1 + (1 << 16) // len(record))
    stream = _Endless(chain([begin], (record for _ in count())))
    source = Input("endless", cast("IO[bytes]", stream), head[: 1 << 16])
    assert reader.recognises(source.head)
    items = reader.read(source)
    taken = 0
    for _ in range(2000):
        taken += len(next(items).record)
    items.close()
    assert taken <= stream.given + 2000 * 40  # a row's record has the header too
    assert stream.given - taken < 4 * json_window.CHUNK


def test_a_board_reads_lines_that_are_no_records_of_it() -> None:
    board: boards.Board = greenhouse.BOARD
    data = f"{json.dumps(JOB)}\n{JA}\n"
    assert outcome(board.read(given(data))) == [
        ("line 1", "A"),
        ("line 2", "no record of Greenhouse: its keys are title, description"),
    ]
