"""From a file to its postings: parts, the card of a source's fields, and what is set aside."""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.contacts import MASK
from nlp.readers import ReadingOptions, SetAside, Source, formats, read_postings, read_source
from nlp.readers.compose import compose
from nlp.readers.raw import (
    AS_IT_IS,
    FieldKind,
    Input,
    NotThisFormat,
    RawField,
    RawPosting,
    Unread,
)
from nlp.repair import replay
from nlp.types import Posting
from tests.raw_postings import (
    BODY,
    FILE,
    TEXT,
    composed,
    never_a_name,
    one_posting,
    one_reason,
    raw,
    read_bytes,
    refused,
)

K = FieldKind
EVERY = {kind: f"words of {kind}" for kind in FieldKind}


# What a posting is called


def test_a_text_file_has_the_id_that_it_always_had(tmp_path: Path) -> None:
    """The file's name and its text make it: stores that were built before stay as they are."""
    posting = one_posting(tmp_path, TEXT.encode(), "a.txt")
    assert posting.id == hashlib.sha256(f"a.txt\0{TEXT}".encode()).hexdigest()[:20]
    assert (posting.part, posting.card, posting.hints, posting.flags) == ("", 0, (), ())
    assert posting.origin == "a.txt"


def test_the_parts_of_a_file_are_told_apart_even_with_the_same_text() -> None:
    one, other = composed(part="1"), composed(part="2")
    assert one.text == other.text
    assert one.id != other.id
    assert one.origin == "feed.jsonl#1"


# The card


def test_the_card_has_a_line_for_each_field_and_a_hint_for_its_words() -> None:
    posting = composed(EVERY)
    card = posting.text[: posting.card]
    lines = card.rstrip("\n").split("\n")
    assert lines[0] == "words of title"
    assert "Company: words of employer" in lines
    assert "Salary estimate: words of pay_estimate" in lines
    assert posting.text[posting.card :] == BODY
    assert {hint.kind: posting.text[hint.start : hint.end] for hint in posting.hints} == EVERY


def test_a_field_is_one_line_of_plain_words() -> None:
    posting = composed({K.TITLE: "  R&amp;D\n Engineer\t", K.EMPLOYER: "MÃ¼ller"})
    assert posting.text.startswith("R&D Engineer\nCompany: Müller\n\n")


def test_the_same_field_said_twice_is_one_line() -> None:
    fields = tuple(RawField(K.PLACE, place) for place in ("Austin, TX", "Austin, TX ", "Dallas"))
    posting = compose(RawPosting(BODY, fields), FILE, never_a_name, AS_IT_IS)
    assert isinstance(posting, Posting)
    assert posting.text.startswith("Location: Austin, TX\nLocation: Dallas\n\n")


def test_a_title_of_10_000_characters_is_no_title_and_is_not_lost() -> None:
    posting = composed({K.TITLE: "T" * 10_000})
    assert posting.flags == ("hint-too-long:title",)
    assert posting.hints == ()
    assert posting.text == f"{BODY}\n\n{'T' * 10_000}"


@given(st.dictionaries(st.sampled_from(list(K)), st.text(max_size=80), max_size=8))
def test_every_hint_is_a_span_of_the_card(fields: dict[FieldKind, str]) -> None:
    posting = composed(fields, TEXT)
    for hint in posting.hints:
        words = posting.text[hint.start : hint.end]
        assert words == " ".join(words.split()) != ""
        assert hint.end < posting.card


def test_the_edits_of_a_body_lead_from_what_was_read_to_what_is_stored() -> None:
    body = f"<p>{BODY}</p>\u200b<ul><li>youll test</li></ul>"
    posting = composed({K.TITLE: "Data Engineer"}, body)
    card = posting.text[: posting.card]
    assert {edit.rule for edit in posting.edits} >= {"repair:html", "repair:apostrophe"}
    assert replay(card + body, posting.edits) == posting.text


# What is a posting


def test_three_telling_fields_make_a_posting_of_a_short_text() -> None:
    fields = {K.TITLE: "Nurse", K.EMPLOYER: "Acme", K.PLACE: "Austin, TX"}
    assert composed(fields, "We hire.").card
    assert composed(fields, "").text.endswith("Austin, TX\n\n")


@pytest.mark.parametrize(
    ("fields", "body", "reason"),
    [
        ({}, "Buy milk and bread.", "no posting: only 4 words"),
        ({K.TITLE: "The cat"}, "The cat sat on the mat and " * 9, "no posting: 1 of the 3 signs"),
        (
            {K.TITLE: "How cats sit", K.DATE_POSTED: "2026-03-01", K.URL: "https://cats.example"},
            "The cat sat on the mat and " * 9,
            "no posting: 1 of the 3 signs",
        ),
        (
            {K.TITLE: "Entwickler", K.EMPLOYER: "Acme", K.PLACE: "Berlin"},
            "Wir suchen für unser Team in Berlin einen Entwickler mit Erfahrung und Freude. " * 3,
            "not English: German (the posting's language)",
        ),
        ({}, "x" * 2_000_001, "too long for one posting: 2,000,001 characters; split it"),
    ],
)
def test_a_record_that_is_no_posting_is_set_aside_with_itself(
    fields: dict[FieldKind, str], body: str, reason: str
) -> None:
    aside = refused(fields, body)
    assert aside.reason.startswith(reason)
    assert (aside.source, aside.position) == ("feed.jsonl#42", "line 3")
    assert (aside.record, aside.path) == ('{"id": 42}', "")
    assert aside.where == "feed.jsonl#42, line 3"


@pytest.mark.parametrize(
    ("source", "position", "where"),
    [
        ("feed.jsonl#42", "line 3", "feed.jsonl#42, line 3"),  # the feed's own number and the line
        ("feed.jsonl#line 3", "line 3", "feed.jsonl, line 3"),  # the same said twice
        ("feed.jsonl", "line 3", "feed.jsonl, line 3"),
        ("feed.jsonl", "", "feed.jsonl"),
    ],
)
def test_where_it_stood_is_said_once(source: str, position: str, where: str) -> None:
    assert SetAside(source, "why", position).where == where


def test_a_whole_file_is_set_aside_by_its_path_and_hash(tmp_path: Path) -> None:
    (aside,) = read_bytes(tmp_path, b"Buy milk.")
    assert isinstance(aside, SetAside)
    assert (aside.path, aside.record) == (str(tmp_path / "a.txt"), "")
    assert aside.sha256 == hashlib.sha256(b"Buy milk.").hexdigest()


# Signs that no text has


def test_control_signs_are_dropped_and_said() -> None:
    posting = composed(body=BODY.replace("Python", "Py\0th\x01on"))
    assert posting.text == BODY
    assert posting.flags == ("control-characters-dropped",)


@pytest.mark.parametrize("lost", ["\ufffd", chr(0xD800)])  # a broken byte, half a pair in JSON
def test_a_character_that_was_lost_is_said(lost: str) -> None:
    posting = composed(body=BODY.replace("pipelines", f"pipe{lost}lines"))
    assert "pipe\ufffdlines" in posting.text
    assert posting.flags == ("characters-lost",)
    assert posting.id


# Contacts

CONTACT = "Recruiter: Jane Miller, jane.miller@acme.example, +1 512 555 0199"


def test_contacts_are_masked_and_every_hint_stays_where_it_was() -> None:
    shown = composed({K.TITLE: "Data Engineer"}, f"{BODY}\n{CONTACT}")
    kept = composed(
        {K.TITLE: "Data Engineer"}, f"{BODY}\n{CONTACT}", options=ReadingOptions(keep_contacts=True)
    )
    assert kept.text.endswith(CONTACT)
    assert "Jane" not in shown.text
    assert MASK in shown.text
    assert len(shown.text) == len(kept.text)
    assert shown.hints == kept.hints


def test_no_edit_gives_away_what_was_masked() -> None:
    body = f"<p>{BODY}</p><p>Recruiter: <b>Jane</b> Miller, jane.miller&#64;acme.example</p>"
    posting = composed(body=body)
    said = posting.text + "".join(edit.before + edit.after for edit in posting.edits)
    assert "Jane" not in said
    assert "acme.example" not in said


# Formats


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A format of a posting a line, read as it is asked for; the list says how far it was read."""
    seen: list[str] = []

    def read(source: Input) -> Iterator[RawPosting | Unread]:
        source.tell(f"{source.name}: read by the line")
        for number, line in enumerate(source.stream, 1):
            seen.append(line.decode().strip())
            if line == b"fail\n":
                raise ZeroDivisionError("of all things")
            if line == b"other\n":
                raise NotThisFormat("a line says other")
            if line == b"bad\n":
                yield Unread("a bad line", f"line {number}", "bad")
            else:
                yield RawPosting(BODY, part=str(number), position=f"line {number}", record="good")

    module = types.ModuleType("nlp.readers.made")
    vars(module).update(recognises=lambda head: head.startswith(b"made"), read=read)
    monkeypatch.setitem(sys.modules, "nlp.readers.made", module)
    monkeypatch.setattr(formats, "FORMATS", {"made": "made", **formats.FORMATS})
    return seen


@pytest.mark.usefixtures("made")
def test_the_format_is_told_by_the_bytes_and_can_be_forced(tmp_path: Path) -> None:
    by_content = read_bytes(tmp_path, b"made\nand\n", "a.txt")
    packed = read_bytes(tmp_path, gzip.compress(b"made\nand\n"), "a.txt")
    forced = read_bytes(tmp_path, b"not made\nand\n", "a.txt", ReadingOptions("made"))
    wide = read_bytes(tmp_path, "made\nand\n".encode("utf-16"), "a.txt")
    for items in (by_content, packed, forced, wide):
        assert [item.origin for item in items if isinstance(item, Posting)] == [
            "a.txt#1",
            "a.txt#2",
        ]
    assert one_reason(tmp_path, b"not made\nand\n") == "no posting: only 3 words"


def test_an_unknown_format_names_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no format is called 'tex'; there are .*text"):
        read_bytes(tmp_path, b"x", options=ReadingOptions("tex"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"made\nother\nlost\n", "not made: a line says other"),
        (b"made\nfail\nlost\n", "the reader of made failed: ZeroDivisionError: of all things"),
    ],
)
@pytest.mark.usefixtures("made")
def test_a_reader_that_gives_up_keeps_what_it_had(data: bytes, reason: str, tmp_path: Path) -> None:
    first, rest = read_bytes(tmp_path, data)
    assert isinstance(first, Posting)
    assert isinstance(rest, SetAside)
    assert rest.reason == reason
    assert rest.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.usefixtures("made")
def test_a_bad_record_does_not_hide_the_next(tmp_path: Path) -> None:
    _, bad, good = read_bytes(tmp_path, b"made\nbad\ngood\n")
    assert bad == SetAside("a.txt", "a bad line", "line 2", "bad")
    assert isinstance(good, Posting)


@pytest.mark.usefixtures("made")
def test_a_record_that_breaks_a_rule_does_not_hide_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(text: str, enough: int) -> bool:
        raise ZeroDivisionError(text, enough)

    monkeypatch.setattr("nlp.readers.compose.weigh", fail)
    items = read_bytes(tmp_path, b"made\nand\n")
    assert [(i.position, i.record) for i in items if isinstance(i, SetAside)] == [
        ("line 1", "good"),
        ("line 2", "good"),
    ]
    assert all(
        "cannot be read: ZeroDivisionError" in i.reason for i in items if isinstance(i, SetAside)
    )


def test_nothing_is_read_before_it_is_asked_for(made: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"made\nand\nmore\n")
    told: list[str] = []
    items = read_source(Source(path, "a.txt"), never_a_name, AS_IT_IS, told.append)
    assert made == []
    next(items)
    assert made == ["made"]
    assert told == ["a.txt: read by the line"]


@pytest.mark.usefixtures("made")
def test_what_is_piped_in_is_read_as_a_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(gzip.compress(b"made\nand\n")))
    monkeypatch.setattr("sys.stdin", piped)
    items = list(read_postings(["-"], never_a_name))
    assert [item.origin for item in items if isinstance(item, Posting)] == ["stdin#1", "stdin#2"]


def test_a_record_states_its_file_by_its_hash() -> None:
    assert composed().source_sha256 == FILE.sha256
    assert raw().record == '{"id": 42}'
