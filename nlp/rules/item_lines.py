"""Item lines: the lines of lists of requirements that can be the name of a skill and no more.

A line stands in a list of skills if lines near it ask, or name what is known; lines about hours,
benefits or traits speak against it. Where some lines have bullets the others are headings.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from nlp.document import Document, Span
from nlp.necessity import BY_SECTION
from nlp.rules.items import is_other, is_short

LISTS: Final = frozenset(BY_SECTION)
BULLET: Final = re.compile(r"[ \t]{0,20}(?:[•·*▪●○◦‣✓✔➢–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])(?=\s)")
GOES_ON: Final = (" or", " and", ",", " of", " the", " a", " with", " in", "/")
"""How a line ends that goes on in the next."""
NEAR: Final = 4
"""Lines before and behind an item that say whether it stands in a list of skills."""
SHARE: Final = 8
"""One in how many of them must ask, or name what is known."""


def item_lines(
    document: Document, asking: Container[int], telling: Container[int], known: Container[int]
) -> Iterator[int]:
    """Yield the numbers of the stretches that can be an item, in order.

    `asking` are those with words that ask, which need no such rule; `telling` are others that
    name what is known or end as such names do, `known` those that name it.
    """
    listed: list[int] = []
    for number, (_, _, kind) in enumerate(document.stretches):
        if kind in LISTS:
            listed.append(number)
        elif listed:
            yield from _in_list(document, listed, asking, telling, known)
            listed = []
    if listed:
        yield from _in_list(document, listed, asking, telling, known)


def _in_list(
    document: Document,
    listed: list[int],
    asking: Container[int],
    telling: Container[int],
    known: Container[int],
) -> Iterator[int]:
    told = [number in asking or number in telling for number in listed]
    if not any(told):
        return
    text = document.text
    lows = [document.stretches[number][0] for number in listed]
    lines = [document.line(low) for low in lows]
    bullets = [BULLET.match(text, start) is not None for start, _ in lines]
    have_bullets = any(bullets)
    others = [is_other(document.words[number].kinds, telling=number in known) for number in listed]
    for index, number in enumerate(listed):
        if number in asking or others[index] or not is_short(document.words[number].kinds):
            continue
        start, end = lines[index]
        follows = index > 0 and lines[index - 1] == lines[index]
        if follows or not (bullets[index] if have_bullets else _opens(text, lows[index], start)):
            continue
        near = _near(text, lines, index, have_bullets=have_bullets)
        if not _is_label(text, start, end) and _is_proven(told[near], others[near]):
            yield number


def _opens(text: str, low: int, start: int) -> bool:
    """Tell whether a line without a bullet begins something, and goes on with no other line."""
    return not text[low].islower() and not text.endswith(GOES_ON, 0, max(0, start - 1))


def _is_label(text: str, start: int, end: int) -> bool:
    """Tell whether a line announces what stands below it, or is what a line above announced."""
    return text.endswith((":", ": "), start, end) or text.startswith(":", start)


def _near(text: str, lines: Sequence[Span], index: int, *, have_bullets: bool) -> slice:
    """Return the lines near one; without bullets, those that no blank line parts from it."""
    first, last = max(0, index - NEAR), min(len(lines), index + NEAR + 1)
    if not have_bullets:
        parted = [
            at for at in range(first + 1, last) if "\n\n" in text[lines[at - 1][1] : lines[at][0]]
        ]
        first = max((at for at in parted if at <= index), default=first)
        last = min((at for at in parted if at > index), default=last)
    return slice(first, last)


def _is_proven(told: Sequence[bool], others: Sequence[bool]) -> bool:
    proofs = sum(told)
    return proofs > 0 and proofs * SHARE >= len(told) - 1 and sum(others) <= proofs
