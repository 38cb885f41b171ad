"""What the words round an amount say it is: pay, a bonus, on-target earnings, or no pay at all.

The words stand in `patterns/pay_words.tsv`, by the place in which they count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.patterns import table

BASE: Final = "base"
KINDS: Final = {
    "total": "total compensation",
    "target": "on-target earnings",
    "signing": "signing bonus",
    "bonus": "bonus",
    "commission": "commission",
    "equity": "equity",
}
"""What an amount beside the base pay is called."""
SENSES: Final = (*KINDS, "label", "weak", "none")
"""In the order in which they win: "pay range" is a label before "pay" alone may be a verb."""
VERBS: Final = frozenset("pays paying earn earns make making offer offers offered offering".split())
"""Cues that need to know who earns or pays: "our merchants earn" is about others."""
NEAREST: Final = 40
"""Characters between "bonus" and its amount at the most."""
BASE_BEHIND: Final = re.compile(
    r"[ ](?:\(base\)|(?:(?:per|a) (?:year|hour|month|annum) )?(?:in )?"
    r"(?:(?:annual|starting|gross|yearly) )?(?:base|salary)\b)",
    re.IGNORECASE,
)
"""Whatever stands before, "... on top of a $40,000 base" is the base."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What an amount is: its kind, and how surely it is pay (2 labelled, 1 likely, 0 unsaid)."""

    kind: str
    sure: int


def sense(before: str, behind: str) -> Sense | None:
    """Return what the words before and behind an amount make of it; None for no pay at all.

    `before` begins with the sentence, `behind` ends with it.
    """
    said_behind = _behind().match(behind)
    if said_behind is not None:
        kind = KINDS.get(said_behind.lastgroup or "")
        return Sense(kind, 2) if kind else None
    if BASE_BEHIND.match(behind):
        return Sense(BASE, 2)
    cues = list(_cues().finditer(before))
    if cues:
        known, found = _by_cue(before, cues[-1])
        if known:
            return found
    if speaks_against(before):
        return None
    if _pay_behind().match(behind):
        return Sense(BASE, 2)
    return Sense(BASE, 0 if _others().search(before) else 1)


def _by_cue(before: str, cue: re.Match[str]) -> tuple[bool, Sense | None]:
    """Return whether the nearest cue before an amount decides, and what it says."""
    between = before[cue.end() :]
    kind = KINDS.get(cue.lastgroup or "")
    if kind is not None:
        near = len(between) < NEAREST and not speaks_against(between)
        return True, Sense(kind, 2) if near else None
    front = before[: cue.start()]
    if _others_pay().search(front) or _purpose().search(front):
        return True, None
    if cue.group().lower() in VERBS and not _earner().search(front):
        return True, None
    label = cue.lastgroup == "label"
    if _filler().fullmatch(between) or (label and not speaks_against(between)):
        return True, Sense(BASE, 2)
    return label, None


def speaks_against(text: str) -> bool:
    """Tell whether words stand there of which no pay is said: revenue, a budget, a fine."""
    return _against().search(text) is not None


def _words(place: str) -> str:
    return "|".join(row["words"] for row in table("pay_words") if row["place"] == place)


def _by_sense(place: str) -> str:
    """Return one group a sense, in the order in which they win."""
    groups = {
        sense: "|".join(
            row["words"]
            for row in table("pay_words")
            if row["place"] == place and row["sense"] == sense
        )
        for sense in SENSES
    }
    return "|".join(f"(?P<{sense}>(?:{words})\\b)" for sense, words in groups.items() if words)


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_by_sense('before')})", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    # "$100,000 plus bonus" is another amount's word; "$5,000 annual retention bonus" is not
    return re.compile(
        r"[ ]?\(?[ ]?(?:of |in |as |for )?(?:an? |the |our |your )?"
        r"(?:(?!plus\b|and\b|with\b|or\b|base\b|salary\b|DO[EQ]\b|depend)[\w-]{1,40}+[ ]){0,3}?"
        rf"(?:{_by_sense('behind')})",
        re.IGNORECASE,
    )


@cache
def _pay_behind() -> re.Pattern[str]:
    words = _words("pay-behind")
    return re.compile(
        rf"[ ]?[,(*+]{{0,9}}+[ ]?(?:(?:per|a) (?:year|hour|month|annum) )?(?:{words})\b",
        re.IGNORECASE,
    )


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:{_words('filler')})\b|[\s:;,.?()*/|~–—-])*", re.IGNORECASE)


@cache
def _against() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('against')})\b", re.IGNORECASE)


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('others')})\b", re.IGNORECASE)


@cache
def _others_pay() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_words('others-pay')})\b[^.;:]{{0,40}}$"
        r"|(?:\bworkers['’]?|\blost|\bunpaid|\bback) ?$",
        re.IGNORECASE,
    )


@cache
def _purpose() -> re.Pattern[str]:
    """Return what a stipend is for that is not for the work."""
    return re.compile(rf"\b(?:{_words('purpose')})(?: \w+)? ?$", re.IGNORECASE)


@cache
def _earner() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[.:;,!?(•|-]|\b(?:{_words('earner')}))\s*$", re.IGNORECASE)
