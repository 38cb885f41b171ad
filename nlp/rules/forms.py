"""Forms: how words are written and how they end, which tells a name from a quality or a manner.

An ending is no proof: "chemical" is a thing as well as a quality. Those nouns that end as
qualities do and are met in postings are listed (`noun-anyway` in `patterns/words.tsv`).
"""

from __future__ import annotations

import re
from typing import Final

from nlp.words import Form, classes, kind_ending, kind_of, kind_where

INNER_CAPITAL: Final = re.compile(r"[^\W_][A-Z\d]")
QUALITY_ENDS: Final = "able al ant ary ed ent ful ible ic ive ly ory ous 's s'".split()
NOUN_ENDS: Final = (
    "age craft ery graphy ics ing logy ment metry scopy sion sis tion ture ware work".split()
)
LONGER: Final = len("other")

SIGN: Final = kind_where(lambda word: not word[-1].isalnum() and word[-1] not in "+#")
FIGURE: Final = kind_where(lambda word: word[0].isdigit())
DIGIT: Final = kind_where(lambda word: word[-1].isdigit())
CAPITAL: Final = kind_where(lambda word: word[0].isupper() and word[1:].islower())
NAME_INSIDE: Final = kind_where(lambda word: INNER_CAPITAL.search(word) is not None)
"""Written as names are wherever they stand: "QTS", "VFDs", "Encompass360"."""
ACRONYM: Final = kind_where(lambda word: word in ("IT", "NICE", "WHO"))
"""Abbreviations that are words of a sentence where they are written small."""
MANNER: Final = kind_ending(["ly", "ed"])
ADJECTIVE: Final = kind_ending("ical iate ional istic itative ous".split(), Form.SMALL)
"""How words end that name nothing alone."""
ALONE: Final = ADJECTIVE | kind_of("no-name-alone")
"""Words that name something only with others: "working with *staff*", "in *accordance* with"."""
QUALITY: Final = kind_ending(
    QUALITY_ENDS, Form.SMALL_BEHIND, but=["ment"], words=classes()["noun-anyway"]
)
"""How words end that say of what kind or whose something is: "scientific", "the client's"."""
TRAIT: Final = kind_ending("cy ence ism ity ness".split(), Form.SMALL_BEHIND)
"""How nouns end that say how somebody is: "Confidence", "Reliability"."""
WORK: Final = kind_ending("ance ing ment sis tion".split(), Form.SMALL)
"""How the name of some work ends: "Contract administration"."""
ING: Final = kind_ending(["ing"], Form.SMALL)
LY: Final = kind_ending(["ly"], above=len("supply"))
NOUN: Final = kind_ending(NOUN_ENDS, Form.SMALL_BEHIND, above=LONGER) | kind_ending(
    "s", Form.SMALL_BEHIND, above=LONGER, but=["ss", "us"]
)
"""How a word ends that is a noun of work or of things by itself: "Cannulation", "Garnishments"."""
