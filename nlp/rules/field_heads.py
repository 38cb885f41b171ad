"""Field heads: words that go with the last word of the field behind them.

"Data/computer *science*", "physical or biological *sciences*", "public and business
*administration*": the word is joined by a slash, or only says of what kind a field is.
"""

from __future__ import annotations

from typing import Final

from nlp.matcher import Hit

JOINED: Final = (" or ", " and ", " and/or ", " & ")
OF_KIND: Final = ("al", "an", "ar", "ic", "ive")
"""How a word ends that says of what kind something is: "urban", "public", "nuclear"."""
OF_ANY: Final = frozenset(
    "analytic analytical numerate quantitative scientific technical technological".split()
)
"""What says so of fields in general: "quantitative or engineering fields"."""


def shares_head(text: str, following: Hit, word: str) -> bool:
    """Tell whether an unknown member of a list goes with the last word of the field behind it."""
    if " " not in text[following.start : following.end]:
        return False
    if text[following.start - 1] == "/":
        return True
    of_kind = word.lower().endswith(OF_KIND) and word.lower() not in OF_ANY
    return of_kind and " " not in word and text.endswith(JOINED, 0, following.start)
