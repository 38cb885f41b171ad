"""What the words of a phrase do in it, by the kinds that words have: part it, lead it, end it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.rules.forms import FIGURE, SIGN
from nlp.words import kind_among, kind_of, kind_where

STOPS: Final = kind_among(". ! ? | • * · … ; \x95 ▪ ●".split())
BETWEEN: Final = kind_among(
    ", / & and or and/or ( ) [ ] + - – — :"
    " such as like including incl e.g eg i.e either both etc".split()
)
SEMICOLON: Final = kind_among([";"])
FOR: Final = kind_among(["for"])
COLON: Final = kind_among([":"])
OF: Final = kind_among(["of"])
AND: Final = kind_among("and & /".split())
OPENED: Final = kind_among(["("])
ASIDE_ENDS: Final = kind_among([")"])
ARTICLE: Final = kind_among("a an most our the their".split())
AS: Final = kind_among(["as"])
PASSED: Final = kind_among("done employed involved performed used".split())
SKILLS: Final = kind_among(["skills"])
JOINS: Final = kind_among(", / & and or and/or".split())
PARTS: Final = BETWEEN | STOPS
END: Final = kind_of("end")
DOING: Final = kind_of("doing")
LEAD: Final = kind_of("lead")
TAIL: Final = kind_of("tail")
BACK: Final = kind_of("back")
GENERIC: Final = kind_of("generic")
GERUND: Final = kind_of("gerund")
VERB: Final = kind_of("base", "gerund", "third")
PAPER: Final = kind_among(
    "diploma diplomas member membership memberships registered registration registrations".split()
)
"""What one holds of the body or the scheme named before it."""
PERSONS: Final = frozenset(
    "audiences clients colleagues companies company consultants customers designers developers"
    " employees engineers executives leader leaders managers organisations organizations"
    " heads owners partners people professionals scientists specialists stakeholders supervisors"
    " suppliers team teams users vendors".split()
)
PEOPLE: Final = kind_among(PERSONS) | kind_where(
    lambda word: "/" in word and PERSONS.issuperset(word.lower().split("/"))
)
"""Whom one works with, as against what one knows: "offshore delivery *teams*"."""
BEFORE_NAME: Final = END | LEAD | VERB | PARTS | OF
NO_MEMBER: Final = END | VERB
ANEW: Final = LEAD | BACK
SAYS_LITTLE: Final = GENERIC | LEAD | FIGURE
LEADING: Final = LEAD | SIGN
TRAILING: Final = TAIL | SIGN
HIGH: Final = kind_among("best high higher highest top".split())
GRADED: Final = kind_among(["quality"])


LEADS: Final = LEADING | GRADED


def leads(kinds: Sequence[int], index: int) -> bool:
    """Tell whether a word leads to a name: "quality" does in "high *quality* software" only."""
    return not kinds[index] & GRADED or (index > 0 and bool(kinds[index - 1] & HIGH))
