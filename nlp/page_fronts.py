"""Fronts: what stands above a posting and is no part of it: a page's own label, a mail's greeting.

"About the job" above the title opens no section, and the lines of a mail that passes a posting on
("Hi everyone, please see below") are no prose of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.heading_names import fold, known
from nlp.headings import Heading, Line

FEWEST_LINES: Final = 3
LONGEST_TITLE: Final = 70
OF_PAGE: Final = frozenset(
    {"about the job", "full job description", "job description", "job details", "job post"}
)
"""What a page sets above everything that it shows of a posting."""
ITEM_FRONTS: Final = ("•", "▪", "●", "-", "*", "–")
MOST_GREETING: Final = 6
"""Lines of a mail before the posting that it passes on."""
MAIL: Final = re.compile(
    r"\W{0,5}(?:subject|from|to|cc|sent|date)[ ]?:[ ]"
    r"|\W{0,5}(?:dear|good (?:afternoon|morning)|greetings|hello|hi)\b[^.\n:]{0,40}[,!]?$",
    re.IGNORECASE,
)
PASSED_ON: Final = re.compile(
    r"\b(?:pass (?:it |this )?on|(?:find|see) (?:\w+ )?below|forward(?:ed|ing)?\b.{0,40}\b(?:friend"
    r"|network|vacancy|anyone)|below (?:is|are)|attached|might be interested)\b",
    re.IGNORECASE,
)
"""How a mail begins that passes a posting on."""


def without_label(lines: Sequence[Line], found: list[Heading]) -> list[Heading]:
    """Return the headings without a page's own label: "About the job / Nurse / Leeds".

    The two lines below it are short and no sentences.
    """
    if len(lines) < FEWEST_LINES or not found or found[0].start != lines[0].start:
        return found
    if fold(found[0].title or "") not in OF_PAGE or not all(map(_is_short, lines[1:FEWEST_LINES])):
        return found
    return found[1:]


def _is_short(line: Line) -> bool:
    return (
        len(line.text) <= LONGEST_TITLE
        and line.text.rstrip()[-1:] not in ".:;,!"
        and not line.text.startswith(ITEM_FRONTS)
        and known(line.folded) is None
    )


def behind_greeting(lines: Sequence[Line]) -> int:
    """Return how many lines a mail begins with before the posting that it passes on."""
    if not lines or not any(MAIL.match(line.text) for line in lines[:MOST_GREETING]):
        return 0
    return max(
        (
            number
            for number, line in enumerate(lines[:MOST_GREETING], start=1)
            if MAIL.match(line.text) or PASSED_ON.search(line.text)
        ),
        default=0,
    )
