"""Waivers of degrees: words that name a degree and do not ask for it."""

from __future__ import annotations

import re
from typing import Final

from nlp.matcher import Hit

NEAR: Final = 80
"""How far before a degree, in code points, the words begin that waive it."""
WITHOUT: Final = re.compile(
    r"\b(?:without|lack(?:ing|s)?"
    r"|(?:do|does)(?:n['’]t|\snot)\s(?:currently\s)?(?:have|hold|possess))\s"
    r"(?:an?\s|any\s|the\s)?(?:[\w-]{1,30}\s){0,3}$",
    re.IGNORECASE,
)
"""Before a degree that one may lack: "candidates without a degree are welcome"."""
REPLACED: Final = re.compile(
    r"\b(?:in (?:lieu|place) of|instead of)\s(?:an?\s|the\s)?(?:[\w-]{1,20}\s){0,2}$", re.IGNORECASE
)
"""Before a degree in whose place something else will do: "8+ years in lieu of *an MBA*"."""
ASKED_BACK: Final = re.compile(
    r"[^.;?\n]{0,40}\?\s{1,3}(?:we (?:really )?(?:don['’]t|do not) (?:care|mind|need)"
    r"|no(?:t needed|t required|t necessary| need| problem| worries)|optional)\b",
    re.IGNORECASE,
)
"""Behind a degree that a posting asks after and does not want: "A degree? *We don't mind*"."""


def is_waived(text: str, low: int, hit: Hit) -> bool:
    """Tell whether a degree is named that nobody needs; `low` is where its sentence begins.

    One that one may lack ("candidates without a degree"), one in whose place something else will
    do ("8+ years in lieu of an MBA"), one that is asked after ("A degree? We don't mind").
    """
    near = max(low, hit.start - NEAR)
    return (
        WITHOUT.search(text, near, hit.start) is not None
        or REPLACED.search(text, near, hit.start) is not None
        or ASKED_BACK.match(text, hit.end) is not None
    )


def waiver_start(text: str, low: int, hit: Hit) -> int:
    """Return where the words begin that waive a degree, or the degree."""
    without = WITHOUT.search(text, max(low, hit.start - NEAR), hit.start)
    return without.start() if without else hit.start
