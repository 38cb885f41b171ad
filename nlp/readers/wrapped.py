"""Wrapped lines: what a page's width broke is one line again, a word cut by a hyphen one word."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from nlp.patterns import FOLDER

BULLET_SIGNS: Final = "•·▪●○◦‣⁃∙■□➢➤✓✔❖\x7f\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06f\uf0a8"
"""Signs of lists as fonts draw them; the last ones are Symbol's and Wingdings'."""
BULLET: Final = re.compile(rf"(?:\(cid:\d+\)|[{BULLET_SIGNS}]|[-–—*o§](?=[ ]))[ ]*(?=\S|\Z)")
NUMBERED: Final = re.compile(r"(?:\d{1,2}|[a-zA-Z])[.)][ ]")
BROKEN: Final = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]{2,}+)[-‐]\Z")
TIGHT: Final = re.compile(r"\w[-‐/]\Z")
"""Ends a line whose word goes on behind the sign: "TCP/" "IP"."""
BEGINNING: Final = re.compile(r"[^\W_]+")
WORD: Final = re.compile(r"[^\W\d_]{2,}")
LABEL: Final = re.compile(r'"([^"\n]*)"@en')
"""A label or a definition in Turtle."""
LIGATURES: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
SOFT_HYPHEN: Final = "\u00ad"
SHORTEST: Final = 3
"""Letters of the shortest word that counts as one behind a hyphen: "-ed" is the rest of one."""


def starts_item(text: str) -> bool:
    """Tell whether a line begins an item of a list."""
    return BULLET.match(text) is not None or NUMBERED.match(text) is not None


def with_bullet(text: str) -> str:
    """Return the line with one sign for all bullets: "• "."""
    found = BULLET.match(text)
    return f"• {text[found.end() :]}".rstrip() if found else text


def join(first: str, second: str) -> str:
    """Return two lines as one.

    A hyphen at the first one's end goes where it only parts a word ("distrib-" "uted"), and stays
    where both parts are words that stand apart at least as often as together ("machine-"
    "learning"), counted in our own tables and vocabulary.
    """
    first, second = first.rstrip(), second.lstrip()
    if first.endswith(SOFT_HYPHEN):
        return first[:-1] + second
    broken = BROKEN.search(first)
    rest = BEGINNING.match(second)
    if broken is None or rest is None or not rest.group()[0].islower():
        return f"{first}{'' if rest and TIGHT.search(first) else ' '}{second}"
    if first[: broken.start()].endswith("-"):  # "state-of-the-" "art"
        return first + second
    before, behind = broken["word"].lower(), rest.group().lower()
    words, text = _lexicon()
    apart = text.count(f"{before} {behind}") + text.count(f"{before}-{behind}")
    both = before in words and behind in words and len(behind) >= SHORTEST
    return first + second if both and apart >= words[before + behind] else first[:-1] + second


@cache
def _lexicon() -> tuple[Counter[str], str]:
    """Return the words of our own tables and vocabulary, those of the trade, and their text."""
    from ontology.vocabulary import own_files  # read only where a line ends in a hyphen

    tables = [file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.tsv"))]
    labels = [
        label for file in own_files() for label in LABEL.findall(file.read_text(encoding="utf-8"))
    ]
    text = "\n".join([*tables, *labels]).lower()
    return Counter(WORD.findall(text)), text
