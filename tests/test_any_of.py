r"""Any of a choice is found where the expression `\b(?:...)` of all of it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.any_of import AnyOf
from nlp.patterns import table


def whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})", re.IGNORECASE)


@pytest.mark.parametrize(
    ("words", "text", "expected", "why"),
    [
        ("excel|words?", "Word and more", True, "letters are compared without regard to case"),
        ("excel|words?", "passwords", False, "a word begins with it"),
        ("nurs", "a nurse", True, "a word goes on behind it"),
        (r"ms\b", "MS Office", True, "the word ends with it"),
        (r"ms\b", "msc", False, "this one does not"),
        (r"ms\b", "alms or ms", True, "the first place is none, the second is"),
        (r"ms\b", "ms_office", False, "a low line is a sign of a word"),
        (r"c\+\+|c\#", "C++", True, "a sign that is written as itself"),
        (r"c\#", "c and #", False, "nothing stands between the two"),
        ("licen[cs]", "Licensed", True, "a letter of two"),
        ("licen[cs]", "licenced", True, "or the other"),
        ("ai|ssl", "ſſl", True, "letters that stand for ASCII ones without regard to case"),
        ("in|kelvin", "\u212aelvin", True, "as above"),
        (r"#tag", "a#tag", True, "where a sign begins, a word ends before it"),
        (r"#tag", "a #tag", False, "before this sign no word ends"),
        (r"(?<=^ )or b|a(?:b|c)d", " or b", True, "what stands before is looked at"),
        (r"(?<=^ )or b|a(?:b|c)d", "x or b", False, "here it does not"),
        (r"a(?:b|c)d", "acd", True, "a bar in parentheses parts no choice"),
        (r"x?y", "y", True, "a letter that may be missing is not looked for"),
        (r"[|]x|z", "z", True, "a bar among signs parts nothing"),
        (r"a.{0,24}c", "a b c", True, "how often something stands is none of its letters"),
        (r"(?:in|on){1,2} b", "on b", True, "a group that must be there holds one of its own"),
        (r"(?:in |on )?b", "b", True, "a group that may be missing is not looked for"),
        (r"(?:in |on ){0,2}b", "b", True, "nor one that may stand no times"),
        (r"(?:(?:x|y)|in )b", "in b", True, "a group in a group, beside what is none"),
        (r"(?:x|)b", "b", True, "a group of which one is empty"),
        (r"(?-i:In)b|(?-i:Q)", "q inb", False, "letters whose case is looked at"),
        (r"a(?=b)b", "ab", True, "what must follow is no letter of its own"),
        (r"a(?!b)", "ac", True, "nor what must not"),
        ("a", "", False, "nothing is in an empty text"),
    ],
)
def test_is_in(words: str, text: str, expected: bool, why: str) -> None:
    assert AnyOf(words).is_in(text) is expected, why
    assert (whole(words).search(text) is not None) is expected, why


CHOICES = sorted({row[column] for row in table("ambiguous") for column in ("near", "never")} - {""})
PIECES = [
    "excel",
    "Excel ",
    "in ",
    "at ",
    "to ",
    "a ",
    "or ",
    "ſ",
    "İ",
    "degree",
    "s",
    ", ",
    "and ",
]


def test_each_of_the_table_s_choices_finds_its_longest_words() -> None:
    for words in CHOICES:
        text = max(re.findall(r"[\w-]+(?: [\w-]+)?", words), key=len, default="")
        assert AnyOf(words).is_in(text) is (whole(words).search(text) is not None), words


@given(st.data())
def test_the_table_s_choices_find_what_their_expressions_find(data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(CHOICES))
    own = [*re.findall(r"[A-Za-z]+|\W", words), *PIECES]
    text = "".join(data.draw(st.lists(st.sampled_from(own), max_size=12)))
    start = data.draw(st.integers(0, len(text)))
    assert AnyOf(words).is_in(text) is (whole(words).search(text) is not None)
    found = AnyOf(words).finditer(text, start, len(text))
    assert [m.span() for m in found] == [m.span() for m in whole(words).finditer(text, start)]
