"""Fields that the levels of one sentence share: "a BSc or MSc in Chemistry"."""

from __future__ import annotations

import re
from typing import Final

from nlp.rules.bare_degrees import DEGREES
from nlp.types import Requirement

SCHOOL: Final = DEGREES + "high-school"
RATED: Final = re.compile(r"\b(?:required|preferred|desired|a plus)[,;.]", re.IGNORECASE)
"""What closes what is said of a degree: "Bachelor's required, ..."."""
MORE: Final = re.compile(r"\b(?:plus|followed by|as well as)\s(?:an?\s)?$", re.IGNORECASE)
"""Before a degree that is asked for on top: "a first degree *plus* an MA in Museum Studies"."""


def share_fields(text: str, made: list[Requirement]) -> list[Requirement]:
    """Give the fields of the last level to those before it that name none.

    Not to one that is rated for itself: "Bachelor's required, Master's in Education preferred".
    """
    last = next((r for r in reversed(made) if r.fields), None)
    if last is None:
        return made
    return [
        r
        if r.fields
        or r.concept == SCHOOL
        or RATED.search(text, r.evidence.end, last.evidence.start)
        or MORE.search(text, r.evidence.end, last.evidence.start)
        else r._replace(fields=last.fields, related_field=r.related_field or last.related_field)
        for r in made
    ]
