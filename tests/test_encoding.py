"""Encodings: what a text's bytes are read as, and what is said of it where that was assumed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.readers.binary import binary_kind
from nlp.readers.encoding import decode, guess_encoding
from tests.raw_postings import TEXT, one_posting

ENGLISH = (
    "We’re hiring – 5 years’ experience. Send a résumé. • Python • SQL, “great” pay of €50,000"
)
GERMAN = "Wir suchen für unser Büro in München einen Entwickler. Größe zählt, Prämien möglich."
JAPANESE = "データエンジニアを募集しています。経験が必要です。東京勤務、リモート可。"
RUSSIAN = "Мы ищем разработчика на Python с опытом работы от трёх лет в Москве."
CHINESE = "我们正在寻找一名数据工程师，要求熟悉机器学习，工作地点在上海。"
POLISH = "Poszukujemy inżyniera danych w Łodzi. Wymagamy znajomości języka oraz doświadczenia."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-32"),
        ("", "utf-8"),
        ("plain", "ascii"),
    ],
)
def test_a_mark_or_utf_8_is_no_guess(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.flags) == (text, ())


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (ENGLISH, "cp1252", "cp1252"),
        (GERMAN, "latin-1", "cp1252"),  # which has all of Latin-1's letters
        (JAPANESE, "shift_jis", "cp932"),  # Windows' name for it
        (JAPANESE, "euc_jp", "euc_jp"),
        (RUSSIAN, "cp1251", "cp1251"),
        (CHINESE, "gb18030", "gb18030"),
        (POLISH, "cp1250", "cp1250"),
        (ENGLISH, "mac_roman", "mac-roman"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
    ],
)
def test_another_encoding_is_assumed_and_said(text: str, encoding: str, said: str) -> None:
    found = decode(text.encode(encoding))
    assert found.text == text
    assert found.flags == (f"encoding-assumed:{said}",)


@pytest.mark.parametrize(
    "data",
    [
        b"Python is req\xffuired here.",
        b"Python is req\x80uired here.",
        "We’re hiring – cafés".encode() + b" and \xe2\x80 more",
    ],
)
def test_a_broken_byte_is_lost_and_the_rest_is_read(data: bytes) -> None:
    found = decode(data)
    assert (found.encoding, found.flags) == ("utf-8", ())
    assert "\ufffd" in found.text


def test_a_character_that_a_sample_cuts_is_no_fault() -> None:
    data = "naïve – plain".encode()
    for size in range(len(data)):
        assert guess_encoding(data[:size], cut=True) == ("utf-8", ())


@given(st.binary(max_size=400))
def test_any_bytes_are_some_text(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_utf_8_is_what_it_says(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("encoding", "flags"),
    [
        ("utf-16", ()),
        ("utf-32", ()),
        ("utf-16-be", ("encoding-assumed:utf-16-be",)),
        ("cp1252", ("encoding-assumed:cp1252",)),
    ],
)
def test_a_posting_in_another_encoding_is_read_whole(
    encoding: str, flags: tuple[str, ...], tmp_path: Path
) -> None:
    text = TEXT.replace("clients", "clients – and théir clients")
    posting = one_posting(tmp_path, text.encode(encoding))
    assert (posting.text, posting.flags) == (text, flags)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"GIF89a\1\0\1\0", "a GIF image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "a WebP image"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC image"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "an MP4 video"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"{\\rtf1\\ansi", "an RTF document; save it as DOCX or plain text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file; save it as DOCX or CSV"),
        (b"SQLite format 3\0\x10\0", "an SQLite database; export its table as CSV"),
        (b"a" * 257 + b"ustar\x0000", "a tar archive; unpack it first"),
        (b"MZ\x90\0\3\0\0\0", "a Windows program"),
        (bytes(range(32)) * 20, "a binary file"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(head: bytes, kind: str) -> None:
    assert binary_kind(head) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"BMW seeks a Data Engineer",
        b"MZ Wallace seeks a Data Engineer",
        b"RIFF: an agency",
        b"ID3 readers wanted",
        b"Data Engineer\f\n\tPython\r\n",
        "Data Engineer".encode("utf-16-le"),
        b"a NUL \0 by accident, in a text of some length that goes on " * 2,
        "データエンジニア".encode("shift_jis"),
    ],
)
def test_a_text_is_no_binary_file_whatever_it_begins_with(head: bytes) -> None:
    assert binary_kind(head) is None
