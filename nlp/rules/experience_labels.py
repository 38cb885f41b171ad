"""What experience is in, in the words of a posting, without what does not belong to it."""

from __future__ import annotations

import re
from typing import Final

ASIDE: Final = re.compile(
    r",\s(?:as well as|ha(?:s|ve) an?"
    r"|or (?:a |an )?(?:higher|advanced|master|doctor|bachelor|ph\.?d))\b"
    r"|\s(?:or|plus)\s(?:an?\s)?(?:masters?|doctorate|bachelors?)\b"
    r"|,\s(?=(?:(?!\b(?:and|or)\b)[^,()]){0,80}\b(?:a plus|an asset|desir\w{2,4}|preferred)$)"
    r"|(?:,|,?\s(?:or|and|plus))\s(?:at least\s)?\d{1,2}\+?(?:\s?(?:-|–|to)\s?\d{1,2})?\syears?\b"
    r"|\s(?:are|is|will be|would be)\s(?:(?:[a-z]{2,12}ly|also|not|very)\s){0,2}"
    r"(?:an?\s(?:advantage|asset|bonus|must|plus)|beneficial|desir\w{2,4}|essential|helpful"
    r"|mandatory|necessary|needed|preferred|required|useful|welcome)\b",
    re.IGNORECASE,
)
"""Where something else begins: "in audit*, as well as* German", "*, multi-state a plus*"."""
HOW_STRONGLY: Final = re.compile(
    r"(?:,|\s[-–—])?\s\(?(?:(?:is|are)\s)?(?:strongly\s|highly\s|strictly\s)?"
    r"(?:a plus|an asset|desirable|desired|essential|mandatory|preferred|required)\)?$",
    re.IGNORECASE,
)
DANGLING: Final = re.compile(
    r"[\s,:(]+(?:e|i|a|an|and|for|in|including|of|or|preferably|such as|the|with)$"
)
"""Words that a cut has left behind, "e" and "i" of "e.g." and "i.e." among them."""
WHERE: Final = re.compile(r"(?:as|in|using|with|within)\b", re.IGNORECASE)
EDGES: Final = " ,;:-–—"
DASH_FIRST: Final = re.compile(r"^of [-–—•]\s?")


def tidy(label: str) -> str:
    """Return the label up to a bracket that is open only on one side, and to its last own word.

    "in similar roles) and" ends before the bracket, "with tools (e" of "(e.g. ..." does, too.
    """
    text = DASH_FIRST.sub("of ", label)
    aside = ASIDE.search(text)
    text = text[: aside.start()] if aside else text
    while (shorter := _shorter(text)) != text:
        text = shorter
    return text if " " in text else label


def _shorter(text: str) -> str:
    text = text[: _unpaired(text)].rstrip(EDGES)
    return DANGLING.sub("", HOW_STRONGLY.sub("", text)).rstrip(EDGES)


def _unpaired(text: str) -> int:
    """Return where the first bracket stands that has no partner, or the text's length."""
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign == "(":
            opened.append(at)
        elif sign == ")":
            if not opened:
                return at
            opened.pop()
    return opened[0] if opened else len(text)


def subject_of(what: str, rest: str, noun: str) -> str:
    """Return what it is in, as it reads on behind "3 years": "of Python experience".

    `noun` is what it is called where it stands in it: "in private practice".
    """
    what, rest = " ".join(what.split()), " ".join(rest.split()).strip(" ,.;:")
    if WHERE.match(what):
        return " ".join(filter(None, (what, noun, rest)))
    if what or not rest:
        return " ".join(filter(None, ("of", what, "experience", rest)))
    return rest
