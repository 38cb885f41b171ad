"""CSV, TSV and their like: each good row a posting, each bad one set aside with its line."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from nlp.readers import delimited, rows
from nlp.readers.raw import RawPosting, Unread
from tests.inputs import TEXT, fields_of, given, outcome, the_posting
from tests.shared_data import DATA, needs_data

HEADER = "Job Title,Job Description,Location"
GOOD = f'Data Engineer,"{TEXT}","Austin, TX"'
LONG = f'Analyst,"{TEXT}\n\nYou bring care, patience, and\n""curiosity"".\n",Bonn'


def table(*lines: str, end: str = "\n") -> str:
    return end.join([HEADER, *lines, ""])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (table(GOOD), "commas"),
        (table(GOOD).replace("\n", "\r\n"), "line ends of Windows"),
        ("\ufeff" + table(GOOD), "a byte order mark"),
        (f"title;description;city\nNurse;{TEXT};Bonn\n", "semicolons"),
        (f"title\tdescription\tcity\nNurse\t{TEXT}\tBonn\n", "tabs"),
        (f"title|description|city\nNurse|{TEXT}|Bonn\n", "bars"),
        (f'"title","description"\n"Nurse","{TEXT}"\n', "all in quotation marks"),
        (f'job_description\n"{TEXT}"\n', "one column"),
        ("title,company,location\nA,B,C\nD,E,F\n", "a table without texts, to say so"),
        ("a,b,c\n1,2,3\n4,5,6\n7,8,9\n1,2,3\n4,5,6\n", "any table, to say what it lacks"),
        (f"\n\n{HEADER}\n{GOOD}\n", "empty lines first"),
        ("Role,Text,Job Title,Salary\n", "a header alone"),
        (f'"Wozu","Worum"\n"Nurse","{TEXT}"\n', "unknown names, in quotation marks"),
    ],
)
def test_a_table_is_recognised(data: str, why: str) -> None:
    assert delimited.recognises(data.encode()), why


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "nothing"),
        ("\n \n", "blanks"),
        (f"Data Engineer, Acme, Austin\n\n{TEXT}\nYou bring care, patience, and zeal.\n", "a text"),
        (f"Job Description\n\n{TEXT}\n", "a heading that is a column's name too"),
        (f"Title, Location\n{TEXT}\nWe offer pay, leave, and a chair.\n", "names in a text"),
        ("Data Engineer | Acme | Austin, TX\n" + TEXT, "a page's title"),
        (f"Company: Acme\nLocation: Austin, TX\nSalary: 1,000\n{TEXT}", "a card of lines"),
        ("<html><body><p>title,description</p></body></html>", "a page"),
        ('{"title": "A", "description": "B", "location": "C"}', "JSON"),
        ("PAR1\0\0title,description", "binary"),
        (f'"Care, and craft," she said.\n"Join us, please."\n{TEXT}', "a text that quotes"),
        ("one, two, three\nfour, five, six\n", "too short to tell"),
        ("Python, SQL, Go\nBerlin, Bonn\nJava, C, C++\nA, B, C\nD, E\nF, G, H\n", "lists"),
        ("\n".join([f"{TEXT} {TEXT}, {TEXT}, {TEXT}"] * 9), "long lines all alike"),
    ],
)
def test_what_is_no_table_is_not_taken_for_one(data: str, why: str) -> None:
    assert not delimited.recognises(data.encode()), why


def test_a_row_is_a_posting_with_its_fields() -> None:
    posting = the_posting(delimited.read(given(table(GOOD))))
    assert fields_of(posting) == {"title": "Data Engineer", "place": "Austin, TX"}
    assert (posting.body, posting.part, posting.position) == (TEXT, "line 2", "line 2")


BAD_ROWS = [
    pytest.param(
        ["Nurse,short"],
        [("line 3", "2 cells, where the header has 3")],
        id="too few cells",
    ),
    pytest.param(
        [f"Nurse,{TEXT},Bonn,extra"],
        [("line 3", "4 cells, where the header has 3")],
        id="too many cells",
    ),
    pytest.param(
        ["Nurse,short", "Cook,short"],
        [
            ("line 3", "2 cells, where the header has 3"),
            ("line 4", "2 cells, where the header has 3"),
        ],
        id="two bad rows are two",
    ),
    pytest.param(
        [f'Nurse,"{TEXT},Bonn'],
        [("line 3", "quotation marks that do not match (',' expected after '\"')")],
        id="a mark never closed",
    ),
    pytest.param(
        [f'Nurse,"{TEXT}\n\nYou bring care, patience, and zeal for the wards, always.\n,Bonn'],
        [("line 3", "quotation marks that do not match (',' expected after '\"')")],
        id="a mark never closed, in many lines",
    ),
    pytest.param(
        [f'Nurse,"He said "{TEXT}" to us",Bonn'],
        [("line 3", "quotation marks that do not match (',' expected after '\"')")],
        id="marks inside marks",
    ),
    pytest.param(
        [f'Nurse,"{TEXT}\nYou care.",Bonn,extra'],
        [("line 3", "4 cells, where the header has 3")],
        id="too many cells in many lines",
    ),
    pytest.param(
        ["Nurse,a\0b,Bonn"], [("line 3", "a NUL byte: binary, not text")], id="a NUL byte"
    ),
    pytest.param(
        ["Nurse,n/a,Bonn"], [("line 3", "no text: Job Description is empty")], id="no text"
    ),
    pytest.param([",,", "", " , , "], [], id="empty rows"),
    pytest.param([f"Nurse,{TEXT},Bonn,,"], [("line 3", "Nurse")], id="empty cells too many"),
    pytest.param([f'Nurse,{TEXT} a 24" screen,Bonn'], [("line 3", "Nurse")], id="inches"),
]


@pytest.mark.parametrize(("bad", "expected"), BAD_ROWS)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("after", [GOOD, LONG], ids=["a short row", "a row of many lines"])
def test_a_bad_row_is_set_aside_and_the_rest_is_kept(
    bad: list[str], expected: list[tuple[str, str]], end: str, after: str
) -> None:
    data = table(GOOD, *bad, after, end=end)
    read = list(delimited.read(given(data)))
    title = after.split(",")[0]
    first, *between, last = outcome(read)
    assert first == ("line 2", "Data Engineer")
    assert between == expected
    assert last == (f"line {2 + sum(line.count(chr(10)) + 1 for line in [GOOD, *bad])}", title)
    assert isinstance(read[-1], RawPosting)
    if expected and "never closed" not in expected[0][1]:
        assert all(line.split("\n")[0] in "".join(item.record for item in read) for line in bad)


def test_a_mark_that_the_files_end_leaves_open_takes_no_row_with_it() -> None:
    data = table(GOOD, f'Nurse,"{TEXT}', GOOD.replace('"', ""), LONG)
    read = outcome(delimited.read(given(data)))
    assert [position for position, _ in read] == ["line 2", "line 3", "line 5"]
    assert read[1][1].startswith("quotation marks that do not match")


@pytest.mark.parametrize(
    "line",
    [f'A,"{TEXT}', TEXT, f'A,x"{TEXT},"', f'A,"{TEXT}"x', '"', '""', '"",', f'"{TEXT}" "', ","],
)
def test_however_marks_are_strewn_each_line_is_read_a_few_times_at_most(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    following = rows._Lines.__next__

    def counted(lines: rows._Lines) -> str:
        taken.append(1)
        return following(lines)

    monkeypatch.setattr(rows._Lines, "__next__", counted)
    for begin in (HEADER, f'{HEADER}\nA,"{TEXT}'):
        taken.clear()
        assert list(delimited.read(given("\n".join([begin, *[line] * 3000]))))
        assert len(taken) < 4 * 3000


def test_the_record_of_a_row_can_be_read_again_by_itself() -> None:
    aside = list(delimited.read(given(table(GOOD, f"Nurse,{TEXT},Bonn,extra", LONG))))[1]
    assert isinstance(aside, Unread)
    assert aside.record == f"{HEADER}\nNurse,{TEXT},Bonn,extra\n"
    mended = aside.record.replace(",extra", "")
    assert delimited.recognises(mended.encode())
    assert fields_of(the_posting(delimited.read(given(mended))))["title"] == "Nurse"


def test_the_encoding_is_told_or_assumed_and_a_byte_that_none_explains_costs_itself() -> None:
    western = table(GOOD, f"Café Manager,{TEXT},Nice", GOOD).encode("cp1252")
    read = list(delimited.read(given(western)))
    assert [title for _, title in outcome(read)][1] == "Café Manager"
    assert all(
        "encoding-assumed:cp1252" in item.flags for item in read if isinstance(item, RawPosting)
    )
    broken = table(GOOD, f"Café Küche,{TEXT},Nice").encode().replace(b"K\xc3\xbc", b"K\xff")
    read = list(delimited.read(given(broken)))
    assert [title for _, title in outcome(read)] == ["Data Engineer", "Café K\ufffdche"]
    assert all(item.flags == () for item in read if isinstance(item, RawPosting))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_table_may_have_another_encoding_with_its_mark(encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("le") else ""
    data = (mark + table(GOOD.replace("Engineer", "Ingénieur"))).encode(encoding)
    assert delimited.recognises(data)
    assert outcome(delimited.read(given(data))) == [("line 2", "Data Ingénieur")]


def test_cells_and_lines_longer_than_any_are_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "LONGEST_CELL", 200_000)
    long_line = f"Nurse,{TEXT * 3000},Bonn"
    long_cell = f'Cook,"{(TEXT + chr(10)) * 3000}",Bonn'
    read = outcome(delimited.read(given(table(GOOD, long_line, GOOD, long_cell, GOOD))))
    assert read[1] == ("line 3", "a line of more than 200,000 characters; its beginning is kept")
    assert read[3] == (
        "line 5",
        "a cell of more than 200,000 characters, or a quotation mark never closed; "
        "its beginning is kept",
    )
    assert [item for item in read if item[1] == "Data Engineer"] == [
        ("line 2", "Data Engineer"),
        ("line 4", "Data Engineer"),
        ("line 3006", "Data Engineer"),
    ]


def test_a_cell_longer_than_the_standard_limit_is_read() -> None:
    assert len(the_posting(delimited.read(given(table(f'A,"{TEXT * 2000}",B')))).body) > 131_072


def test_the_line_that_tells_a_spreadsheet_the_delimiter_is_no_header() -> None:
    data = f"sep=;\r\ntitle;description\r\nNurse;{TEXT}\r\n"
    assert delimited.recognises(data.encode())
    assert outcome(delimited.read(given(data))) == [("line 3", "Nurse")]


def test_escaped_marks_are_read_where_the_file_has_them() -> None:
    lines = [f'A,"{TEXT} \\"Go, now\\", she said",Bonn', GOOD, GOOD]
    first, *_ = delimited.read(given(table(*lines)))
    assert isinstance(first, RawPosting)
    assert first.body == f'{TEXT} "Go, now", she said'


def test_marks_are_signs_like_others_in_a_table_of_tabs_that_has_no_marks() -> None:
    lines = [f'"Nurse\t{TEXT}\tBonn', f'Cook "B"\t{TEXT}\tBonn', f"Cook\t{TEXT}\tBonn"]
    data = "\n".join(["title\tdescription\tcity", *lines, ""])
    assert [title for _, title in outcome(delimited.read(given(data)))] == [
        '"Nurse',
        'Cook "B"',
        "Cook",
    ]


@pytest.mark.parametrize(
    ("data", "columns", "expected"),
    [
        ("", {}, [("line 1", "no table: its first line has no columns")]),
        (HEADER, {}, [("line 1", "the table has no rows below its header")]),
        ("title,stars\nA,5\n", {}, [("line 1", "no description among the columns: title, stars; if "
         "one holds the posting's text, say which: --map body=COLUMN")]),
        ("title,stars\nA,5\n", {"body": "Text"}, [("line 1", 'no description among the columns: '
         'title, stars; no column "Text", which --map body names; if one holds the posting\'s '
         "text, say which: --map body=COLUMN")]),
        ("name,note\nA,B\n", {"body": "note", "title": "name"}, [("line 2", "A")]),
    ],
)  # fmt: skip
def test_a_table_that_gives_nothing_says_why(
    data: str, columns: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert outcome(delimited.read(given(data, **columns))) == expected


def test_columns_are_described_before_a_row_is_read() -> None:
    assert delimited.describe(given(table(GOOD), place="Job Title")) == (
        "columns: body = Job Description, place = Job Title; not used: Location"
    )


CELL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)


@for_all(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5))
def test_whatever_cells_hold_the_writer_and_the_reader_agree(
    cells: list[tuple[str, str, str]],
) -> None:
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER.split(","))
    writer.writerows((title, f"{TEXT}{body}", place) for title, body, place in cells)
    read = list(delimited.read(given(out.getvalue())))
    assert [item.body for item in read if isinstance(item, RawPosting)] == [
        f"{TEXT}{body}".strip() for _, body, _ in cells
    ]


PIECE = st.sampled_from(["A", '"', '""', ",", "\n", "\r\n", "\\", " ", ";", "\t", TEXT, GOOD, LONG])


@for_all(st.lists(st.lists(PIECE, max_size=8).map("".join), max_size=12))
def test_no_table_stops_a_batch_and_no_line_is_lost(lines: list[str]) -> None:
    marked = [f"{line}mark{number}." for number, line in enumerate(lines)]
    read = list(delimited.read(given(table(GOOD, *marked))))
    kept = "".join(item.record for item in read)
    assert [mark for mark in range(len(lines)) if f"mark{mark}." not in kept] == []
    assert all(isinstance(item, RawPosting) or item.reason for item in read)


@needs_data
def test_the_boards_export_is_read_whole() -> None:
    data = (DATA / "postings" / "glassdoor_open.csv").read_bytes()
    assert delimited.recognises(data[: 1 << 16])
    read = list(delimited.read(given(data)))
    postings = [fields_of(item) for item in read if isinstance(item, RawPosting)]
    assert len(read) == len(postings) == 788
    assert all({"title", "place", "employer"} <= set(fields) for fields in postings)
    estimates = [fields["pay_estimate"] for fields in postings if "pay_estimate" in fields]
    stated = [fields["pay"] for fields in postings if "pay" in fields]
    assert (len(estimates), len(stated)) == (587, 27)
    assert all("Glassdoor est." in estimate for estimate in estimates)
    assert not any("mployer" in pay for pay in stated)
