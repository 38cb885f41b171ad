"""Forms: how words are written and how they end, which tells a name from a quality or a manner.

An ending is no proof: "chemical" is a thing as well as a quality. Those nouns that end as
qualities do and are met in postings are listed (`noun-anyway` in `patterns/words.tsv`).
"""

from __future__ import annotations

import re
from typing import Final

from nlp.words import classes, kind_of, kind_where

INNER_CAPITAL: Final = re.compile(r"[^\W_][A-Z\d]")
QUALITY_ENDS: Final = tuple("able al ant ary ed ent ful ible ic ive ly ory ous 's ’s s' s’".split())
NOUN_ENDS: Final = tuple(
    "age craft ery graphy ics ing logy ment metry scopy sion sis tion ture ware work".split()
)

SIGN: Final = kind_where(lambda word: not word[-1].isalnum() and word[-1] not in "+#")
FIGURE: Final = kind_where(lambda word: word[0].isdigit())
DIGIT: Final = kind_where(lambda word: word[-1].isdigit())
CAPITAL: Final = kind_where(lambda word: word[0].isupper() and word[1:].islower())
NAME_INSIDE: Final = kind_where(lambda word: INNER_CAPITAL.search(word) is not None)
"""Written as names are wherever they stand: "QTS", "VFDs", "Encompass360"."""
ACRONYM: Final = kind_where(lambda word: word in ("IT", "NICE", "WHO"))
"""Abbreviations that are words of a sentence where they are written small."""
MANNER: Final = kind_where(lambda word: word.lower().endswith(("ly", "ed")))
ADJECTIVE: Final = kind_where(
    lambda word: (
        word.islower() and word.endswith(("ical", "iate", "ional", "istic", "itative", "ous"))
    )
)
"""How words end that name nothing alone."""
ALONE: Final = ADJECTIVE | kind_of("no-name-alone")
"""Words that name something only with others: "working with *staff*", "in *accordance* with"."""
QUALITY: Final = kind_where(
    lambda word: (
        word[1:].islower()
        and word.endswith(QUALITY_ENDS)
        and not word.endswith("ment")
        and word.lower() not in classes()["noun-anyway"]
    )
)
"""How words end that say of what kind or whose something is: "scientific", "the client's"."""
TRAIT: Final = kind_where(
    lambda word: word[1:].islower() and word.endswith(("cy", "ence", "ism", "ity", "ness"))
)
"""How nouns end that say how somebody is: "Confidence", "Reliability"."""
WORK: Final = kind_where(
    lambda word: word.islower() and word.endswith(("ance", "ing", "ment", "sis", "tion"))
)
"""How the name of some work ends: "Contract administration"."""
ING: Final = kind_where(lambda word: word.islower() and word.endswith("ing"))
LY: Final = kind_where(lambda word: word.lower().endswith("ly") and len(word) > len("supply"))


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ous", "ss", "us"))


NOUN: Final = kind_where(
    lambda word: (
        len(word) > len("other")
        and word[1:].islower()
        and (word.endswith(NOUN_ENDS) or _is_plural(word))
    )
)
"""How a word ends that is a noun of work or of things by itself: "Cannulation", "Garnishments"."""
