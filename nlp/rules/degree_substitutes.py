"""What may stand in a degree's place: experience that is equivalent, accepted or made up with."""

from __future__ import annotations

import re
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document

EXPERIENCE_INSTEAD: Final = Anchored(
    r"\bor\s{1,20}(?!(?:above|greater|more)\b)(?:an?\s{1,20})?(?:the\s{1,20})?(?:[\w/-]{1,40}\s{1,20}){0,2}?(?:equivalent|equal|comparable|commensurate"
    r"|relevant|related|similar)\s{1,20}(?:(?!(?:area|discipline|field|major|subject|with)s?\b)[\w/-]{1,40},?\s{1,20}){0,5}?"
    r"experience"
    r"|\bin\s{1,20}(?:lieu|place)\s{1,20}of\s{1,20}(?:an?\s{1,20}|the\s{1,20})?(?:[\w’'-]{1,40}\s{1,20})?(?:degree|education|diploma)"
    r"|\bor\s{1,20}(?:an?\s{1,20})?equivalent\s{1,20}(?:combination|training)"
    r"|experience\s{1,20}(?:may|can|will|could)\s{1,20}(?:also\s{1,20})?(?:be\s{1,20})?(?:substitut|consider|accept)"
    r"|\bequivalent\s{1,20}(?:\w{1,40}\s{1,20}){0,2}?"
    r"experience\s{1,20}(?:accepted|considered|in place)"
    r"|\bexperience\s{1,20}(?:is\s|may be\s|will be\s)?(?:accepted\s|considered\s)?"
    r"(?:in\s(?:lieu|its\splace|their\splace)|instead)\b"
    r"|\bor\s{1,20}(?:enough\s|the\s|sufficient\s){0,2}(?:[\w-]{1,20}\s){0,2}experience\s"
    r"(?:to\s(?:compensate|make\sup|match|stand\sin|substitute)|that\s(?:compensates|makes\sup|stands\sin))"
    r"|\bor\s{1,20}(?:at\s{1,20}least\s{1,20})?(?!(?:above|greater|more)\b)\w{1,40}\+?\s{1,20}(?:\(\d{1,3}\)\s{1,20})?years[’']?\s{1,20}(?:of\s{1,20})?(?:\w{1,40}\s{1,20}){0,3}?experience\s{0,20}$",
    re.IGNORECASE | re.MULTILINE,
)
FOR_DEGREE: Final = re.compile(
    r"\W{0,9}(?:an?\s|any\s|other\s|equivalent\s|suitable\s){0,2}combinations?\sof\s(?:related\s)?"
    r"(?:education|qualifications?|training)[^.;\n]{0,40}\bexperience\s(?:can|may|might|will)\sbe\s"
    r"(?:accepted|considered)\b|[^.;\n]{0,80}\bexperience\s(?:can|may|will)\s(?:also\s)?"
    r"(?:be\s(?:accepted|counted|substituted|used)|count|substitute)\s(?:as|for)\s"
    r"(?:an?|each|every|one|up\sto\s\w{1,10})\s(?:years?\sof\s)?(?:the\s|this\s)?(?:\w{1,20}\s)?"
    r"(?:degrees?|diploma|education|schooling)\b"
    r"|[^.;\n]{0,80}\bexperience\s(?:can|could|may|might|will)\s(?:also\s)?be\s"
    r"(?:accepted|considered|counted|substituted|taken)\s(?:for|in\s(?:lieu|place)\sof|instead\sof)\s"
    r"(?:an?|the|this|these|that|formal)\s(?:degrees?|diploma|education|qualifications?)\b",
    re.IGNORECASE,
)
"""The sentence behind one on degrees: "Experience may be substituted for the degree"."""


def stands_for_it(document: Document, low: int, end: int) -> bool:
    """Tell whether experience may stand for a degree: its sentence or the next one says so."""
    if EXPERIENCE_INSTEAD.search(document.text, low, end):
        return True
    start, stop = document.sentence(min(end + 1, len(document.text)))
    return start >= end and FOR_DEGREE.match(document.text, start, stop) is not None
