"""Texts that a regular expression finds hard, made from the expression itself.

What makes an expression slow is a text that nearly matches, over and over: beginnings of a match
without their end, and one repeated part that goes on for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from re import _constants as op  # type: ignore[attr-defined] # private: how Python parses patterns
from re import _parser as parser  # type: ignore[attr-defined] # as above
from typing import Any, Final

PLAIN: Final = (
    *(" ", "\n", "\t", "a", "A", "é", "1", ",", ".", "-", "(", ")", "$", "•", "/", ":", "_", "'"),
    *("a ", "A ", "Ab ", "1 ", "1,", "$1 ", ", ", " ,", "a, ", "a-", "a/", "a.", "\n ", " \n"),
    *("a or ", "a and ", "a of ", "Ab, ", "1.5 ", "a\n", "(a ", "x" * 30 + " "),
)
"""What any expression is tried on: blanks, letters, digits, signs, and small words of them."""
MANY: Final = 5
"""From how many times on a part may be repeated, its repetition is a text of its own."""
BRANCHES: Final = 3
"""How many of the branches of a choice are taken: the first, the last, one between."""
CLASSES: Final = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_WORD: ",",
}


def floods(pattern: re.Pattern[str]) -> list[str]:
    """Return the pieces that, repeated, make the texts: each once, the plain ones first."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    pieces = dict.fromkeys(PLAIN)
    pieces.update(dict.fromkeys(_pieces(tree, "")))
    return [piece for piece in pieces if piece]


def runs(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return beginnings of a match, each with a part that then may go on for ever."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    return list(dict.fromkeys(_runs(tree, "")))


def _pieces(tree: Any, before: str) -> Iterator[str]:
    """Yield what matches, and its beginnings up to each part of the expression."""
    for whole in _samples(tree):
        yield before + whole
        yield before + whole + " "
    front = before
    for code, argument in tree:
        for part in _parts(code, argument):
            yield from _pieces(part, front)
        front += _sample_item(code, argument)
        yield front
        yield front + "\n"


def _runs(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    front = before
    for code, argument in tree:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and argument[1] >= MANY:
            for body in _samples(argument[2]):
                if body:
                    yield front, body
        for part in _parts(code, argument):
            yield from _runs(part, front)
        front += _sample_item(code, argument)


def _parts(code: Any, argument: Any) -> list[Any]:
    """Return the expressions inside an item."""
    if code is op.BRANCH:
        return _some(argument[1])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [argument[2]]
    if code is op.SUBPATTERN:
        return [argument[3]]
    if code is op.ATOMIC_GROUP:
        return [argument]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [argument[1]]
    return []


def _some(branches: list[Any]) -> list[Any]:
    if len(branches) <= BRANCHES:
        return branches
    return [branches[0], branches[len(branches) // 2], branches[-1]]


def _samples(tree: Any) -> list[str]:
    """Return texts that match, up to one for each of the branches looked at."""
    made = [""]
    for code, argument in tree:
        if code is op.BRANCH:
            ends = [end for branch in _some(argument[1]) for end in _samples(branch)]
        elif code is op.SUBPATTERN:
            ends = _samples(argument[3])
        elif code is op.IN:
            ends = _members(argument)
        else:
            ends = [_sample_item(code, argument)]
        made = list(islice((a + b for b in ends for a in made), 2 * BRANCHES))
    return made


def _sample_item(code: Any, argument: Any) -> str:
    """Return a text that one item matches."""
    if code is op.LITERAL:
        return chr(argument)
    if code is op.NOT_LITERAL:
        return "a" if argument != ord("a") else "b"
    if code is op.ANY:
        return "a"
    if code is op.IN:
        return _members(argument)[0]
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _sample(argument[2]) * int(max(argument[0], min(1, argument[1])))
    if code is op.ASSERT and argument[0] < 0:
        return _sample(argument[1])
    if code in (op.BRANCH, op.SUBPATTERN, op.ATOMIC_GROUP):
        return _sample(_parts(code, argument)[0])
    return ""


def _sample(tree: Any) -> str:
    return "".join(_sample_item(code, argument) for code, argument in tree)


def _members(items: list[Any]) -> list[str]:
    """Return some characters of a set."""
    if items[0][0] is op.NEGATE:
        taken = {chr(a) for c, a in items[1:] if c is op.LITERAL}
        return [next(char for char in "a1 ,x;(" if char not in taken)]
    found = []
    for code, argument in items:
        if code is op.LITERAL:
            found.append(chr(argument))
        elif code is op.RANGE:
            found.append(chr(argument[0]))
        elif code is op.CATEGORY:
            found.append(CLASSES[argument])
    return _some(found)
