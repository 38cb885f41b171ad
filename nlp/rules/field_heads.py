"""Field heads: words that go with the last word of the field behind them.

"Data/computer *science*", "physical or biological *sciences*", "public and business
*administration*": the word is joined by a slash, or only says of what kind a field is.
"""

from __future__ import annotations

from typing import Final

from nlp.matcher import Hit
from nlp.types import Term

JOINED: Final = (" or ", " and ", " and/or ", " & ")
OF_KIND: Final = ("al", "an", "ar", "ic", "il", "ive")
"""How a word ends that says of what kind something is: "urban", "public", "nuclear"."""
OF_ANY: Final = frozenset(
    "analytic analytical numerate quantitative scientific technical technological".split()
)
"""What says so of fields in general: "quantitative or engineering fields"."""


def with_heads(text: str, unknown: list[Term], following: Hit | None) -> list[Term]:
    """Return the unknown members of a list, those that go with the field behind them written out.

    Of several such words before it each does: "mechanical, electrical or industrial *engineering*".
    """
    said = text[following.start : following.end] if following else ""
    if following is None or not unknown or " " not in said:
        return unknown
    head = said.rpartition(" ")[2]
    slash = text[following.start - 1] == "/"
    if not slash and not text.endswith(JOINED, 0, following.start):
        return unknown
    written = list(unknown)
    for index in range(len(written) - 1, -1, -1):
        word = written[index].label
        if not _is_kind(word) and not (slash and index == len(written) - 1):
            break
        written[index] = Term(f"{word} {head}")
    return written


def _is_kind(word: str) -> bool:
    folded = word.lower()
    return folded.endswith(OF_KIND) and folded not in OF_ANY and " " not in folded
