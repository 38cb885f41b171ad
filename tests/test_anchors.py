"""Anchored patterns find what `re` finds, on any text."""

from __future__ import annotations

import gc
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import Extractor, Posting
from nlp.anchors import TAIL, Anchored, Literals, _scans
from nlp.folding import fold, lowered, uncased
from nlp.repair import repair

SIGNS = [" ", " ", " ", "\n", ". ", ".", ",", "-", "$", "(", ")", ":", "…", "’", "5", "20", "2024"]
ODD = ["ſ", "ı", "İ", "é", "\u00a0", "Must", "APPLY", "Acme", "A", "I", "to", "and", "s"]


@cache
def anchored_patterns() -> tuple[Anchored, ...]:
    """Every anchored pattern that one extraction makes."""
    Extractor()(Posting("a", repair("A job.", str.isupper)[0], ""))
    found = [item for item in gc.get_objects() if isinstance(item, Anchored)]
    return tuple(sorted(found, key=lambda item: item.pattern.pattern))


@cache
def pieces() -> tuple[str, ...]:
    """Words of the patterns themselves, so that made texts hold matches and almost-matches."""
    words = {w for a in anchored_patterns() for w in re.findall(r"[A-Za-z]{2,}", a.pattern.pattern)}
    return (*sorted(words), *ODD)


def assert_same(anchored: Anchored, text: str) -> None:
    expected = [match.span() for match in anchored.pattern.finditer(text)]
    assert [match.span() for match in anchored.finditer(text)] == expected, anchored.pattern.pattern


def test_the_rules_use_them() -> None:
    assert len(anchored_patterns()) > 10


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_every_rule_finds_what_re_finds(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(pieces()), max_size=30))
    signs = data.draw(st.lists(st.sampled_from(SIGNS), min_size=len(words), max_size=len(words)))
    text = "".join(word + sign for word, sign in zip(words, signs, strict=True))
    for anchored in anchored_patterns():
        assert_same(anchored, text)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_in_a_part_of_the_text_they_find_what_re_finds_there(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(pieces()), max_size=30))
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for anchored in anchored_patterns():
        expected = [match.span() for match in anchored.pattern.finditer(text, start, end)]
        found = [match.span() for match in anchored.finditer(text, start, end)]
        assert found == expected, anchored.pattern.pattern


OFFICE: Literals = Literals(("office", "on-site", "i s", "k"))


@given(st.lists(st.sampled_from(["Office", "on-site", "ſite", "I", "s", "ı", "İ", "K", " ", "k"])))
def test_literals_stand_where_the_lowered_text_has_them(parts: list[str]) -> None:
    text = "".join(parts)
    lower = lowered(text)
    expected = [
        at for word in OFFICE.words for at in range(len(text)) if lower.startswith(word, at)
    ]
    assert OFFICE.places(text) == expected
    assert OFFICE.positions(text) == sorted(expected)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\b(?:must have|required)\b", "You MUST HAVE it; it is required. Requireds, must haves."),
        (r"\d{1,2}(?:st|th)? (?:may|june)", "on 5 May, 12th june, th june, 1 june5 may"),
        (r"(?:[A-Z]\w{0,40} ){1,3}is hiring", "Acme is hiring. The Big Acme is hiring, is hiring"),
        (r"full[- ]time", "full-time full time fulltime"),
        (r"a+b", "aaab ab b a" * 3),
        (r"\w+\s+here", "over   here and not\nhere"),
        (r"(?<=x)(?=[yz]one)y", "xyone yone xzone xyon"),
        (r"(?:one)?", "one"),
        (r"one|", "one"),
        (r"[^a]", "bab"),
        (r"(?P<a>\d)-(?P=a)-go", "1-1-go 1-2-go"),
        (r"kelvin|ſtill", "KELVIN kelvin STILL ſtill"),
        (r"(?m)^go$", "go\ngo on\ngo"),
        (r"x{2,3}y", "xxxxy xy xxy"),
        (r"(?>go|gone) on", "go on gone on"),
    ],
)
def test_finds_what_re_finds(pattern: str, text: str) -> None:
    for flags in (0, re.IGNORECASE):
        assert_same(Anchored(pattern, flags), text)


def test_search_is_the_first_match() -> None:
    anchored = Anchored("on(e|ly)")
    match = anchored.search("not only one")
    assert match is not None
    assert match.group() == "only"
    assert anchored.search("two") is None


def test_letters_are_folded_as_re_compares_them() -> None:
    """Of all characters exactly four beside a to z are a letter to `re.IGNORECASE`."""
    every = "".join(map(chr, range(0x110000)))
    letters = re.findall("[a-z]", every, re.IGNORECASE)
    assert len(letters) == 26 * 2 + 4
    for letter in letters:
        assert re.fullmatch(fold(letter), letter, re.IGNORECASE)
        assert uncased(letter) == fold(letter)


@given(st.text(max_size=50))
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert len(folded) == len(text)


FRONTS = [
    ("Title: Cook\n\n", "the card of a source's fields"),
    ("\n\n    \n", "blanks for it"),
    ("must", "a word that only both together are"),
    ("You must have a degree. ", "words that the text has too"),
    ("İſ ", "letters that are folded"),
]


@pytest.mark.parametrize(("front", "why"), FRONTS)
@pytest.mark.parametrize("body", [" have SQL; must have a degree", "s have SQL", "", "İ must have"])
def test_what_is_known_of_a_text_is_known_behind_another(front: str, why: str, body: str) -> None:
    patterns = [Anchored(rf"\b{words}\b", re.I) for words in ("must have", "musts? have SQL")]
    rest = body + " and no more" + "." * TAIL
    for text in (rest, front + rest, rest, front + front + rest):
        for pattern in patterns:
            assert_same(pattern, text)
        literals = Literals(["must", "st ha"])
        assert literals.positions(text) == [
            at for at in range(len(text)) if lowered(text).startswith(("must", "st ha"), at)
        ], why


def test_a_text_that_ends_as_another_does_is_not_taken_for_it() -> None:
    pattern = Anchored(r"\bmust have\b")
    for text in ("You must have SQL", "You may have SQL", "must have"):
        assert_same(pattern, text + "." * TAIL)
    assert len(_scans) == 3, "each is known by itself"
