"""Normal forms: what makes two spellings one phrase, whatever their case and number."""

from __future__ import annotations

import re
from typing import Final

_EDGES: Final = re.compile(r"^[\s\"'“”‘’(\[•·*–—-]+|[\s\"'“”‘’)\].,;:!?*–—-]+$")
_IES: Final = re.compile(r"(?<=[a-z]{2})ies$")
_ES: Final = re.compile(r"(?<=ss|sh|ch)es$|(?<=[a-z][xz])es$")
_S: Final = re.compile(r"(?<=[a-z]{2})(?<![suiao])s$")
_KEEP: Final = frozenset(
    "analytics aws business communications economics electronics ethics graphics kubernetes "
    "logistics mathematics mechanics news operations physics robotics sales series statistics "
    "basics metrics os ios dbs jenkins pandas keras postgres ansys sass less maths".split()
)
"""Words that end with an s and are no plurals, or mean another thing in the singular."""


def normal_form(label: str) -> str:
    """Return a label in lower case, single blanks, without signs at its edges, in the singular.

    Only the last word is put into the singular: "data pipelines" and "Data pipeline" are one
    phrase, "statistics" and "sales" stay. An empty label, or one of signs alone, gives "".
    """
    folded = " ".join(label.lower().replace("’", "'").split())
    words = _EDGES.sub("", folded)
    head, blank, last = words.rpartition(" ")
    return f"{head}{blank}{_singular(last)}"


def _singular(word: str) -> str:
    if word in _KEEP:
        return word
    for plural, ending in ((_IES, "y"), (_ES, ""), (_S, "")):
        if plural.search(word):
            return plural.sub(ending, word)
    return word
