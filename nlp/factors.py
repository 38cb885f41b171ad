"""Factors: the literals that a regular expression cannot match without, read from the expression.

Method: the "literal factors" by which ripgrep and Hyperscan pass over most of a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from re import _constants as op  # type: ignore[attr-defined] # private: how Python parses patterns
from re import _parser as parser  # type: ignore[attr-defined] # as above
from typing import Any, Final

from nlp.folding import fold

OFTEN: Final = 16 * " " + (
    "eeeeeeeeeetttttttaaaaaaaooooooiiiiiinnnnnnssssssrrrrrrhhhlllldddccccuuummmpppfffggwwyybbvk"
)
"""About a hundred characters as they are spread in English: how often one comes up."""
RARE: Final = 0.004
"""The share of any other character in a text."""
COSTLY: Final = 1
"""Tries per character of the text from which on a plain scan is as quick."""
FOUND: Final = 30
"""As many tries as it costs to find a literal and to keep where it stands."""
TWO_LETTERS: Final = 4
"""How much more often two letters that make a word ("in", "at") come up than each by itself."""
WIDE: Final = 40
"""Tries a literal from which on a second choice is worth looking for."""
SCARCE: Final = 0.005
"""How often, for each character of a text, a second choice may be found at the most."""
MOST_SPELLINGS: Final = 32
"""Up to how many spellings of one literal ("full-time", "full time") are looked for."""
LONG_ENOUGH: Final = 10
"""How much of a literal is looked for: more would tell little and make a large automaton."""
FAR: Final = 1000
"""A literal that may stand farther than this behind its match's beginning says only whether the
text is scanned at all."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that a match must hold, and how far behind its beginning it starts."""

    text: str
    least: int
    most: int


Choice = tuple[Literal, ...]
"""Literals of which every match holds at least one."""


def choices_of(pattern: str, flags: int) -> tuple[Choice, ...]:
    """Return what every match of a pattern holds: a literal of each choice; none if too common.

    One choice is enough, unless its literals stand far behind where a match begins: then a
    second one tells where both are near.
    """
    tree = parser.parse(pattern, flags)
    if not tree.getwidth()[0]:
        return ()  # what matches the empty text matches anywhere
    ranked = sorted(_choices(tree, 0, 0), key=_price)
    affordable = [choice for choice in ranked if _cost(choice) <= COSTLY]
    if not affordable:
        return ()
    best = affordable[0]
    if max(literal.most - literal.least for literal in best) < WIDE:
        return (best,)
    return (best, *[choice for choice in ranked if choice != best and _is_scarce(choice)][:1])


def _is_scarce(choice: Choice) -> bool:
    near = all(literal.most <= FAR for literal in choice)
    return near and sum(map(_share, choice)) < SCARCE


def longest(pattern: str, flags: int) -> int | None:
    """Return how far from its beginning a match reaches or looks, or None without a limit."""
    tree = parser.parse(pattern, flags)
    reach = tree.getwidth()[1] + 2  # "\b" and "$" look at a character more
    for lookahead in _lookaheads(tree):
        reach += lookahead.getwidth()[1]
    return reach if reach <= FAR * 2 else None


def _cost(choice: Choice) -> float:
    """Estimate how many tries these literals cause, as a share of the text's length."""
    return sum(
        _share(literal) * (1 + min(literal.most - literal.least, FAR * 4)) for literal in choice
    )


def _price(choice: Choice) -> float:
    """Add to the cost what it costs to find the literals."""
    return _cost(choice) + FOUND * sum(map(_share, choice))


def _share(literal: Literal) -> float:
    often = 1.0
    for char in literal.text:
        often *= OFTEN.count(char) / len(OFTEN) or RARE
    return often * TWO_LETTERS if len(literal.text) == 2 and literal.text.isalpha() else often


def _lookaheads(tree: Any) -> Iterator[Any]:
    for _, argument in tree:
        for part in _subpatterns(argument):
            yield from _lookaheads(part)
    yield from (
        argument[1]
        for code, argument in tree
        if code in (op.ASSERT, op.ASSERT_NOT) and argument[0] > 0
    )


def _subpatterns(argument: Any) -> Iterator[Any]:
    """Yield the patterns inside the argument of an operation."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for part in argument:
            yield from _subpatterns(part)


def _choices(tree: Any, least: int, most: int) -> Iterator[Choice]:
    """Yield sets of literals of which every match of `tree` holds one.

    `least` and `most` say how much of the match may stand in front of `tree`.
    """
    spellings: Sequence[str] = ()
    begin = (least, most)
    for item in tree:
        code, argument = item
        parts = _spellings(code, argument)
        if not spellings and "" in parts:
            parts = ()  # nothing that every match begins with
        if spellings and (not parts or len(spellings) * len(parts) > MOST_SPELLINGS):
            yield _literals(spellings, *begin)
            spellings = ()
        if parts:
            begin = begin if spellings else (least, most)
            spellings = [text + part for text in spellings or [""] for part in parts]
        else:
            yield from _inner(code, argument, least, most)
        low, high = parser.SubPattern(tree.state, [item]).getwidth()
        least, most = least + low, min(most + high, op.MAXREPEAT)
    if spellings:
        yield _literals(spellings, *begin)


def _literals(spellings: Sequence[str], least: int, most: int) -> Choice:
    """Return the spellings as literals; one that begins with another is found where that is."""
    kept: list[str] = []
    for text in sorted({text[:LONG_ENOUGH] for text in spellings}):
        if not kept or not text.startswith(kept[-1]):
            kept.append(text)
    return tuple(Literal(text, least, most) for text in kept)


def _inner(code: Any, argument: Any, least: int, most: int) -> Iterator[Choice]:
    """Yield the choices that stand inside one operation."""
    if code is op.BRANCH:
        best = [min(_choices(part, least, most), key=_price, default=()) for part in argument[1]]
        if all(best):
            yield tuple(literal for choice in best for literal in choice)
    elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        if argument[0]:
            yield from _choices(argument[2], least, most)
    elif code is op.SUBPATTERN:
        yield from _choices(argument[3], least, most)
    elif code is op.ATOMIC_GROUP:
        yield from _choices(argument, least, most)
    elif code is op.ASSERT and argument[0] > 0:
        yield from _choices(argument[1], least, most)


def _spellings(code: Any, argument: Any) -> Sequence[str]:
    """Return all that an operation can take, folded, with "" where it may take nothing.

    None if that is too much to say, or no text at all.
    """
    if code is op.LITERAL:
        return (fold(chr(argument)),)
    if code is op.IN and all(part in (op.LITERAL, op.RANGE) for part, _ in argument):
        ranges = [(a, a) if part is op.LITERAL else a for part, a in argument]
        if sum(high - low for low, high in ranges) > MOST_SPELLINGS:
            return ()
        return sorted({fold(chr(char)) for low, high in ranges for char in range(low, high + 1)})
    if code is op.SUBPATTERN:
        return _whole(argument[3])
    if code is op.BRANCH:
        branches = [_whole(part) for part in argument[1]]
        return sorted({text for part in branches for text in part}) if all(branches) else ()
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and tuple(argument[:2]) == (0, 1):
        whole = _whole(argument[2])
        return ["", *whole] if whole else ()
    return ()


def _whole(tree: Any) -> Sequence[str]:
    """Return all that a sequence of operations can take, none if that is too much to say."""
    parts = [_spellings(code, argument) for code, argument in tree]
    if not parts:
        return ("",)
    total = 1
    for part in parts:
        total *= len(part)
    return ["".join(texts) for texts in product(*parts)] if 0 < total <= MOST_SPELLINGS else ()
