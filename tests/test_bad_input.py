"""Bad input: each kind has its reason or its flag, the rest is read, and none of it takes long."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from nlp.readers import SetAside, find_sources, read_postings, read_source
from nlp.readers.raw import FieldKind
from nlp.types import Facts, Posting, Section
from tests.raw_postings import (
    TEXT,
    composed,
    extractor,
    never_a_name,
    one_posting,
    one_reason,
    read_bytes,
    refused,
)

ARTICLE = (
    "The history of the printing press is long. Books were copied by hand before it came, and "
    "few could read them. Within fifty years there were presses in every larger town. "
) * 6
GERMAN = (
    "Wir suchen für unser Team in Berlin einen Entwickler. Sie haben Erfahrung mit der Pflege von "
    "Datenbanken und arbeiten gern mit anderen. Wir bieten eine gute Bezahlung. "
) * 3


def facts(text: str) -> Facts:
    return extractor()(composed(body=text))


# Nothing that could be read


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t \r\n", "the file is empty"),
        (b"\xef\xbb\xbf\n", "the file is empty"),
        (b"\xff\xfe", "the file is empty"),
        (b"\0" * 5000, "a binary file, not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", "a PNG image, not text"),
        (os.urandom(64) + b"\0" * 64, "not text"),
        (b"<p></p>" * 1000, "no posting: only 0 words"),
        (b"Buy milk and bread.", "no posting: only 4 words"),
        (b"Milk", "no posting: only 1 word"),
        (ARTICLE.encode(), "no posting: 0 of the 3 signs"),
        (GERMAN.encode(), "not English: German (the posting's language)"),
        (GERMAN.encode("latin-1"), "not English: German (the posting's language)"),
        (
            ("データエンジニアを募集しています。経験が必要です。東京勤務、リモート可。" * 9).encode(
                "shift_jis"
            ),
            "not English: Japanese (the posting's language)",
        ),
        (b'{"jobs": [1, 2, 3]}', "JSON"),
    ],
)
def test_a_file_that_gives_nothing_says_why(data: bytes, reason: str, tmp_path: Path) -> None:
    assert reason in one_reason(tmp_path, data)


# A posting with something broken in it

BROKEN = {
    "utf-16": (TEXT.encode("utf-16"), ()),
    "latin-1": (
        TEXT.replace("clients", "clíents").encode("latin-1"),
        ("encoding-assumed:cp1252",),
    ),
    "a broken byte": (TEXT.encode().replace(b"pipelines", b"pipe\xfflines"), ("characters-lost",)),
    "NUL bytes": (
        TEXT.encode().replace(b"Python", b"Py\0thon"),
        ("control-characters-dropped",),
    ),
    "right-to-left marks": (TEXT.replace("Python", "Py\u200fth\u202eon").encode(), ()),
    "zero-width signs": (TEXT.replace("Python", "Py\u200bth\ufeffon").encode(), ()),
    "tags that are never closed": (TEXT.replace("- 3", "<ul><li><b>3").encode(), ()),
    "quotes and an IRI in the title": (
        TEXT.replace("Engineer", 'Engineer "II" <https://x.example/a b>', 1).encode(),
        (),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_posting_is_read_and_what_was_done_is_said(name: str, tmp_path: Path) -> None:
    data, flags = BROKEN[name]
    posting = one_posting(tmp_path, data)
    assert posting.flags == flags
    labels = {r.label for r in extractor()(posting).requirements}
    assert labels >= {"Python", "SQL", "Bachelor's degree"}


# Too much of something


def test_a_line_of_50_mb_is_no_posting_and_is_not_read_to_its_end(tmp_path: Path) -> None:
    begin = time.process_time()
    reason = one_reason(tmp_path, b"x" * (50 << 20))
    assert reason == "more than 32 MB of text, which is no posting; split it"
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "flood",
    [
        "<p></p>" * 20_000,
        "<div>" * 10_000 + "x" + "</div>" * 10_000,
        "<ul><li>" * 5_000,
        "a\u200b" * 20_000,
        "Ã©\n" * 5_000,
        "&amp;" * 20_000,
        "a\u0301" * 20_000,
        "python, " * 10_000,
    ],
    ids=lambda flood: f"{flood[:7]!r}",
)
def test_a_flood_behind_a_posting_does_not_drown_it(flood: str, tmp_path: Path) -> None:
    begin = time.process_time()
    posting = one_posting(tmp_path, (TEXT + flood).encode())
    assert posting.text.startswith(TEXT)
    assert time.process_time() - begin < 10


@pytest.mark.slow
@pytest.mark.parametrize(
    "flood",
    ["<p></p>" * 200_000, "<div>" * 100_000 + "x", "Ã©\n" * 100_000, "youll " * 200_000],
    ids=lambda flood: f"{flood[:7]!r}",
)
def test_ten_times_the_flood_takes_no_more_than_minutes(flood: str, tmp_path: Path) -> None:
    begin = time.process_time()
    assert one_posting(tmp_path, (TEXT + flood).encode()).text.startswith(TEXT)
    assert time.process_time() - begin < 120


@pytest.mark.slow
def test_100_000_skills_in_one_posting_are_read() -> None:
    names = [c.label for c in extractor().vocabulary if c.scheme == "skills"]
    many = ", ".join(names[n % len(names)] for n in range(100_000))
    begin = time.process_time()
    found = facts(f"{TEXT}\nSkills: {many}")
    assert len({r.concept for r in found.requirements}) > len(names) / 2
    assert time.process_time() - begin < 180


def test_a_first_line_of_5_000_characters_is_no_title() -> None:
    found = facts("Data Engineer " * 357 + "\n\n" + TEXT)
    assert found.title is None or len(found.title.value) < 200
    assert {"Python", "SQL"} <= {r.label for r in found.requirements}


def test_behind_a_first_line_of_10_000_characters_nobody_looks_for_a_posting() -> None:
    assert refused(body="Data Engineer " * 715 + "\n\n" + TEXT).reason.startswith("no posting")


# Values that no calendar and no payroll has


@pytest.mark.parametrize(
    ("line", "absent"),
    [
        ("Posted: February 31, 2026", "date_posted"),
        ("Posted: 2026-02-31", "date_posted"),
        ("Apply by 31 February 2026", "valid_through"),
        ("Salary: $1e308 per year", "pay"),
        (f"Salary: ${'9' * 400} per year", "pay"),
        ("Salary: $-5 per year", "pay"),
    ],
)
def test_a_value_that_cannot_be_is_absent(line: str, absent: str) -> None:
    found = facts(f"{TEXT}\n{line}")
    assert getattr(found, absent) is None
    assert found.requirements


# Files that are none


def test_a_file_that_is_gone_when_it_is_opened_is_named(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    first, second = find_sources([tmp_path])
    assert not isinstance(first, SetAside)
    assert not isinstance(second, SetAside)
    (tmp_path / "a.txt").unlink()
    (aside,) = read_source(first, never_a_name)
    assert isinstance(aside, SetAside)
    assert aside.reason == "cannot be read: No such file or directory"
    (posting,) = read_source(second, never_a_name)
    assert isinstance(posting, Posting)


def test_a_file_that_is_removed_while_it_is_read_is_read_to_its_end(tmp_path: Path) -> None:
    """What is open stays, as long as it is: the system sees to that."""
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for n in range(3):
            archive.writestr(f"{n}.txt", TEXT)
    path = tmp_path / "a.zip"
    path.write_bytes(buffer.getvalue())
    items = read_postings([path], never_a_name)
    first = next(items)
    path.unlink()
    assert all(isinstance(item, Posting) for item in [first, *items])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    (aside,) = read_postings([tmp_path], never_a_name)
    assert isinstance(aside, SetAside)
    assert aside.reason == "cannot be read: Permission denied"


def test_a_folder_without_rights_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests may be root, who may read everything: so the refusal is played."""
    for name in ("closed", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(TEXT)
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    items = list(read_postings([tmp_path], never_a_name))
    reasons = {i.source: i.reason for i in items if isinstance(i, SetAside)}
    assert reasons == {str(tmp_path / "closed"): "cannot be read: Permission denied"}
    assert [i.source for i in items if isinstance(i, Posting)] == ["open/a.txt"]


def test_a_link_that_leads_back_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    items = list(read_postings([tmp_path], never_a_name))
    reasons = {i.source: i.reason for i in items if isinstance(i, SetAside)}
    assert reasons["again"] == "a link to a folder; name that folder itself"
    assert reasons["loop"].startswith("a link that leads nowhere")
    assert [i.source for i in items if isinstance(i, Posting)] == ["a.txt"]


def test_evidence_is_the_text_whatever_was_repaired() -> None:
    text = TEXT.replace("Python", "Py\u200bthon").replace(
        "SQL", "<b>SQL</b><i>&amp;</i> \u202eNoSQL"
    )
    found = facts(text)
    whole = found.posting.text
    assert all(whole[m.start : m.end] == m.text for m in found.mentions)
    assert all(0 <= s.start < s.end <= len(whole) for s in found.sections)
    assert all(isinstance(section, Section) for section in found.sections)


def test_a_bad_hint_spoils_no_posting() -> None:
    found = extractor()(
        composed({FieldKind.TITLE: "\0\0", FieldKind.PAY: "\ud800", FieldKind.PLACE: " "}, TEXT)
    )
    assert found.title is not None
    assert found.title.value == "Data Engineer"
    assert {"characters-lost", "control-characters-dropped"} <= set(found.flags)


def test_one_file_of_each_kind_leaves_the_good_one(tmp_path: Path) -> None:
    """The batch goes on: as many reasons as bad files, and the one posting."""
    bad = {"empty": b"", "image.txt": b"\x89PNG\r\n\x1a\n\0\0", "cut.gz": b"\x1f\x8b\x08\0 broken"}
    for name, data in {**bad, "good.txt": TEXT.encode()}.items():
        read_bytes(tmp_path, data, name)
    items = list(read_postings([tmp_path], never_a_name))
    assert {i.source for i in items if isinstance(i, SetAside)} == set(bad)
    assert [i.source for i in items if isinstance(i, Posting)] == ["good.txt"]
