"""Negation: what "not" makes of the words that say how strongly something is asked for.

"Java is not required" waives; "helpful, but not required" and "not required, but helpful" prefer.
What is denied of all ("we do not expect you to know *every* one") is denied of none.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.types import Necessity

LONGEST: Final = 80
"""How far from a cue, in code points, the words are looked for that deny it."""
DENIED: Final = re.compile(
    r"(?P<contrast>(?:\b(?:also|very|nice|good|great|handy|useful|ideal|valuable|welcome|fine)[ ])?"
    r"\b(?:but|(?:even )?though|although|yet|albeit|while|whilst)[ ]"
    r"(?:(?:it|they|this|that)(?:['’]s)?[ ])?)?"
    r"(?:\b(?:is|are|be)[ ])?"
    r"(?:\b(?:not|never|no longer|by no means|in no way)|\b(?:is|are|was|were)n['’]t)[ ]"
    r"(?!(?:just|merely|only|simply)\b)"
    r"(?:(?:[a-z]{1,14}ly|an?|at all|be|considered|even)[ ]){0,3}$",
    re.IGNORECASE,
)
"""What denies the cue behind it: "is not strictly *required*", "but by no means *needed*"."""
DENYING: Final = ("not ", "never ", "no longer ", "no mean", "no way ", "n't ", "n’t ")
"""What no denial is without: looking for one is slow, and most cues are not denied."""
WANTED: Final = re.compile(
    r",?[ ](?:but|although|though|yet)[ ](?:(?:experience|knowledge)[ ](?:(?:in|of|with)[ ])?)?"
    r"(?:(?:an?|are|be|can|certainly|considered|definitely|highly|is|it|may|of|still|strongly|that"
    r"|they|this|very|will|would)[ ]){0,5}"
    r"(?:added|advantag\w+|appreciated|asset|benefi\w+|big|bonus|desir\w+|encouraged|favou?r\w+|good"
    r"|great|handy|help\w*|huge|ideal\w*|interest\w*|merit|nice|plus|prefer\w*|recommended|useful"
    r"|valu\w+|welcome)\b",
    re.IGNORECASE,
)
"""Behind what is denied: "not required, *but would be helpful*"."""
CONNECTED: Final = re.compile(r"[\s,;/(–—-]{0,4}(?:and\s)?", re.IGNORECASE)
ALL: Final = re.compile(
    r"\b(?:(?<!\bat )all|both|each|entire|every(?:thing)?|whole)\b", re.IGNORECASE
)
"""What, denied, leaves something: "you do not need to tick *every* box"."""
ATTRIBUTE_OF: Final = re.compile(
    r"\b(?:an?|the|our|their|its|your|his|this|that|these|those|any|some|each|every|such|most"
    r"|as|at|by|for|from|in|of|with)\s+(?:[a-z]{1,14}ly\s+)?$",
    re.IGNORECASE,
)
COMPARED: Final = re.compile(r"\bmore [a-z-]{3,20}(?:,| and)(?: and)? $", re.IGNORECASE)
"""Before the second of several adjectives: "makes it more accessible, *beneficial* and cheap"."""
NOUN_NEXT: Final = re.compile(
    r"[ ](?!(?:above|addition|also|an?|and|are|as|asset|at|attributes?|because|below|but|by"
    r"|competenc\w+"
    r"|criteri\w+|experience|for|given|however|if|in|is|knowledge|not|of|on|or|over|plus"
    r"|qualifications?|qualit\w+|requirements?|skills?|so|that|the|though|although|to|too|traits?"
    r"|upon|when|where|who|with|within)\b)[a-z]"
)

TRAIT: Final = "helpful-bare"
"""A cue that is also what a person is: "a polite and *helpful* manner"."""
JOINED_TRAIT: Final = re.compile(r"\band $")
TRAIT_NEXT: Final = re.compile(
    r"[ ](?:always|and (?:approachable|caring|courteous|cheerful|friendly|kind|polite|professional"
    r"|supportive|welcoming)|approach|at all times|attitude|colleague|disposition|manner|nature"
    r"|person(?:ality)?|team|to(?:wards?)?"
    r" (?:all|clients|colleagues|customers|guests|others|patients|people|visitors))\b",
    re.IGNORECASE,
)
"""Round that word where it speaks of a person."""


def denial(
    text: str, low: int, start: int, end: int, before: tuple[int, Necessity] | None
) -> tuple[int, bool] | None:
    """Return where the denial of a cue from `start` to `end` begins, and what it leaves.

    None where nothing denies it. True where the cue's thing is wanted all the same, and False
    where it is not. `low` is where its sentence begins; `before` where the cue before it ends,
    and what that one says.
    """
    far = max(low, start - LONGEST)
    near = text[far:start].lower()
    found = DENIED.search(text, far, start) if any(word in near for word in DENYING) else None
    if found is None:
        return None
    if found["contrast"]:
        return found.start(), True
    same = (
        before is not None
        and before[1] is Necessity.PREFERRED
        and low <= before[0]
        and CONNECTED.fullmatch(text, before[0], found.start())
    )
    return found.start(), bool(same) or wanted_still(text, end)


def wanted_still(text: str, end: int) -> bool:
    """Tell whether what is denied is wanted all the same: "not required, but a plus"."""
    return WANTED.match(text, end) is not None


def is_attribute(text: str, low: int, start: int, end: int) -> bool:
    """Tell whether a word rates a thing of its own: "with a *highly regarded* firm"."""
    if COMPARED.search(text, max(low, start - LONGEST), start):
        return True
    if NOUN_NEXT.match(text, end) is None:
        return False
    return ATTRIBUTE_OF.search(text, max(low, start - LONGEST), start) is not None


def is_trait(text: str, low: int, start: int, end: int) -> bool:
    """Tell whether "helpful" is what a person is to be: "friendly and helpful at all times"."""
    before = JOINED_TRAIT.search(text, max(low, start - LONGEST), start)
    return before is not None or TRAIT_NEXT.match(text, end) is not None
