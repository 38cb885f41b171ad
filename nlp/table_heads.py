"""Table heads: the first row of a table of requirements, "Criteria | Essential | Desirable".

The rows below say themselves how strongly each is asked for, by the words of their last cell.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.types import SectionKind

BAR: Final = " | "
HEAD: Final = re.compile(
    r"[ |]{0,9}(?:criteri(?:a|on)|requirements?|competenc(?:y|ies)|attributes?|skills?)[ ]{0,9}"
    r"(?:(?:[|/,&][ ]{0,9}|or[ ])(?:essential|desirable|required|preferred|E[ ]?/[ ]?D)"
    r"(?:[ ]criteria)?[ ]{0,9}){1,3}(?:[|][^|]{0,60}){0,3}",
    re.IGNORECASE,
)


def table_head(line: str) -> SectionKind | None:
    """Return the kind of section that such a row opens; None for any other line.

    >>> table_head("Criteria | Required / Preferred")
    <SectionKind.REQUIREMENTS: 'requirements'>
    """
    is_one = BAR in line and HEAD.fullmatch(line.strip()) is not None
    return SectionKind.REQUIREMENTS if is_one else None
