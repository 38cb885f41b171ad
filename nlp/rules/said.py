"""Said: soft skills that a sentence names of something else, and asks nobody for."""

from __future__ import annotations

import re
from typing import Final

from nlp.document import Document
from nlp.matcher import Hit

OF_US: Final = re.compile(
    r"(?<![\w'’])(?<!where )we(?:['’]ve|['’]re)?[ ](?P<rest>[^.;:!?\n]{0,120})$", re.IGNORECASE
)
"""Up to what a company says of itself: "We *act with integrity*"."""
SOUGHT: Final = re.compile(
    r"\b(?:applicants?|ask\w*|candidates?|expect\w*|hir\w+|hope|individuals?|like|look\w*|love"
    r"|need\w*|people|person|prefer|professionals?|requir\w*|search\w*|seek\w*|somebody|someone"
    r"|use|using|want\w*|who|you|your)\b",
    re.IGNORECASE,
)
"""Between "we" and a skill: somebody else has it, or should."""
OURS: Final = (" our ", " Our ")
PLACE: Final = re.compile(r".{0,40}\b(?:culture|environment|setting)", re.IGNORECASE)
"""Where one must be able to work, though it is ours: "thrive in our fast-paced environment"."""
PURPOSE: Final = ("in order to ", "so as to ")
AGAIN: Final = re.compile(r"\b(?:autonomously|independently),?[ ](?:and[ ])?$", re.IGNORECASE)
"""Before what says the same again: "work independently *with little supervision*"."""
UNLED: Final = re.compile(
    r"(?:under|with|without)[ ][\w-]{1,20}[ ](?:direction|guidance|oversight|supervision)",
    re.IGNORECASE,
)
QUALITY: Final = re.compile(r"accurate|[a-z-]{3,30}(?:able|ed|ful|ic|ical|ive|ous)", re.IGNORECASE)
THING: Final = re.compile(r"[ ](?P<word>[a-z]{3,30})\b(?![-’'])")
AGENT: Final = re.compile(r".{2,}(?:[eo]rs?|ists?|ants?|ians?|als?|ives?)")
"""How a word ends that names a person, or is one more adjective: "analytical thinkers"."""
OF_A_PERSON: Final = frozenset(
    """abilities approaches backgrounds capabilities competences competencies environments
    experiences ideas insights instincts methods minds personalities problems qualities skills
    skillsets solutions strategies teams techniques thoughts ways""".split()
)
"""What somebody has, does or finds who is analytical or creative."""
THINGS: Final = frozenset(
    """assay company data documentation equipment failure implementation information process
    software study system""".split()
)
"""Things that nobody has by being so: "energetic company", "methodical failure isolation"."""
FARTHEST: Final = 130


def is_only_said(document: Document, hit: Hit) -> bool:
    """Tell whether a sentence names a soft skill and asks nobody for it.

    A company speaks of itself ("We communicate with clarity", "our passion"); an adjective speaks
    of a thing ("the analytical components of our software", "accurate documentation"); a purpose
    follows ("prioritise tasks in order to meet deadlines"); or the same was just asked for
    ("work independently with little supervision").
    """
    text = document.text
    low, high = document.sentence(hit.start)
    low = max(low, hit.start - FARTHEST)
    words = text[hit.start : hit.end]
    if text.endswith(PURPOSE, low, hit.start):
        return True
    if UNLED.fullmatch(words) and AGAIN.search(text, low, hit.start):
        return True
    if text.endswith(OURS, low, hit.start) and not PLACE.match(text, hit.start, high):
        return True
    ours = OF_US.search(text, low, hit.start)
    if ours is not None and SOUGHT.search(ours["rest"]) is None:
        return True
    return QUALITY.fullmatch(words) is not None and _is_of_thing(document, hit.end)


def _is_of_thing(document: Document, end: int) -> bool:
    """Tell whether an adjective stands before a thing; "methodical *data analyst*" is a person."""
    thing = THING.match(document.text, end)
    if thing is None or document.names("ROLE", end, thing.end()):
        return False
    word = thing["word"]
    if word in OF_A_PERSON or AGENT.fullmatch(word):
        return False
    plural = word.endswith("s") and not word.endswith(("ous", "ss", "us", "is"))
    return plural or word in THINGS
