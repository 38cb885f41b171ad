"""Words stand where the text has them; stretches hold what one of their spans holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.document import Stretches, inside
from nlp.words import WORD, Words

PIECES = [
    "Node.js",
    "C++",
    "<NAME>",
    "<b>",
    "_",
    "__init__",
    "It’s",
    ".NET",
    "...",
    "end.",
    "İ",
    "x",
]
BLANKS = [" ", "\n", "  ", "\u00a0", "\x1f", "", ","]
SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)))


@given(st.data())
def test_words_are_those_of_one_pass_over_the_text(data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.sampled_from([*PIECES, *BLANKS])))
    text = "".join(parts)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = Words(text, start, end)
    expected = list(WORD.finditer(text, start, end))
    assert [(word.start, word.end, word.text) for word in words.each] == [
        (match.start(), match.end(), match.group()) for match in expected
    ]
    assert [word.lower for word in words.each] == [
        match.group().lower().replace("’", "'") for match in expected
    ]
    assert len(words.kinds) == len(expected)


@given(st.lists(st.sampled_from([*PIECES, *BLANKS])), st.integers(0, 40), st.integers(0, 80))
def test_one_word_is_where_all_of_them_are(parts: list[str], start: int, offset: int) -> None:
    text = "".join(parts)
    words = Words(text, min(start, len(text)), len(text))
    spans = words.spans
    assert [words.span(index) for index in range(len(words.kinds))] == spans
    assert words.index(offset) == sum(low < offset for low, _ in spans)


@given(SPANS, st.integers(0, 31))
def test_stretches_hold_an_offset_that_one_span_holds(
    spans: list[tuple[int, int]], offset: int
) -> None:
    proper = [(low, high) for low, high in spans if low <= high]
    assert Stretches(proper).hold(offset) == inside(proper, offset)
