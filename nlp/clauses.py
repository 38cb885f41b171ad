"""Clauses: how far back the words reach that a cue at their end speaks of.

"Strong SQL skills, *R or Python* a plus", "*Java, C++, or Python* preferred": a comma ends a
clause, unless it only parts the members of a list.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.asking import MUCH, OPENS_ASKING

CLAUSE_END: Final = re.compile(r"[;,]|\s[-–—]\s|\bbut\b|\)")
ITEM_END: Final = re.compile(r"[;,()]|\b(?:and|or)\b")
LISTING: Final = frozenset({",", "and", "or"})
ASKED_ONCE: Final = re.compile(
    rf"\W{{0,30}}+(?:(?:an?|any|having|some|{MUCH})\s{{1,20}}+){{0,12}}"
    r"(?:experienced?|knowledge|familiar(?:ity)?|proficien(?:t|cy)|exposure|expertise|background"
    r"|understanding|coursework|certifications?)\s+(?:with|in|of|to|using|such as)\b",
    re.IGNORECASE,
)
"""How a list begins whose members are all asked for alike: "Experience with A, B and C"."""
DEGREE_IN: Final = re.compile(
    r"\W{0,30}+(?:an?\s{1,20}+)?(?:(?:[\w-]{1,20}\s){0,3}(?:degree|diploma|qualification)s?\s(?:in|of)\b"
    r"|(?:(?:associate|bachelor|master)['’]?s?\s+(?:degree\s+)?|degree\s+"
    r"|[BM]\.?[AS]\.?c?\s+(?:degree\s+)?)in\b)",
    re.IGNORECASE,
)
OTHER_DEGREE: Final = re.compile(r"\b(?:[A-Z]{2,4}|[A-Z]\.[A-Z]\.?|[Mm]aster\S*|[Pp]h\.?[Dd]\S*)\b")
"""What may stand behind a degree's fields and is none: "in Accounting, CPA preferred"."""
ASKED_AGAIN: Final = re.compile(
    r"\b(?:abilit(?:y|ies)|able|exposure|familiar\w*|know\w*|must|proficien\w+|skills?|strong|with"
    r"|understanding|experience(?!d?\s{1,20}(?:is|are|a|an|highly|strongly|would)?\s{0,20}$))\b",
    re.IGNORECASE,
)
"""A member that asks for itself, so that what is said at the end is said of it alone."""
SHARED_NOUN: Final = re.compile(
    r"(?<=\w)\s(?:(?:programming|software|language)\s)?(?:experience|expertise|knowledge|skills)\s{0,9}"
    r"(?:(?:are|is|would be)\s{0,9})?$",
    re.IGNORECASE,
)
"""What all members of a list are behind the last of them: "SQL, Python and Tableau *skills*"."""
DASHES: Final = ("-", "–", "—")
MEMBER_WORDS: Final = 2
JOINT: Final = re.compile(r"(?<=\w) (?:and/or|and|or) (?=\w)", re.IGNORECASE)
SAID_OF_ONE: Final = re.compile(r"\s{0,20}+and\s[^,]{1,80}\bis$", re.IGNORECASE)
"""A clause of its own behind a comma: "English, *and German is* a plus"."""
IT_ALONE: Final = re.compile(
    r"(?:(?:but|and|though|although|while|whilst)\s)?(?:it|this|that|these|those|they|which)"
    r"(?:['’]s)?(?:\s(?:is|are|would|will|can|may|be|also|not|still))*\s*",
    re.IGNORECASE,
)
"""A clause before its cue that only points back: "Knowledge of IFRS; *it would be* a plus"."""
OF_IT: Final = re.compile(
    r"(?:[ ](?:any|deep|previous|prior|to|be|have|able|know|learn|used?|touch(?:ed)?|understand"
    r"|write|experience|knowledge|work(?:ed)?|for|in|of|on|with)){0,5}"
    r"[ ](?:(?:any|either) of )?(?:it|this|that|(?P<several>them|these|those))\b"
    r"(?=[ ]?(?:[.,;)!?]|$|\n"
    r"|(?:at all|before|here|in advance|on day one|yet|yourself)\b))",
    re.IGNORECASE,
)
"""Behind a cue that only points back: "We use Kafka; you won't need *to know it*"."""
TURN: Final = re.compile(
    r"[;:(–—]|[ ]-[ ]|,?[ ](?:but|and|(?:al)?though|yet)[ ](?=(?:it|no|there|you)\b)"
    r"|,[ ](?=(?:it|no|there|you)\b)",
    re.IGNORECASE,
)
"""What parts a clause that points back from the one that it points to."""
LIST_GOES_ON: Final = re.compile(r"\s{0,20}+(?:and/or|or|and|&)\s", re.IGNORECASE)
BRACKET_INSIDE: Final = re.compile(r"\)(?:[ ]?[,/]|[ ](?:and/or|or|and|&)[ ])", re.IGNORECASE)
"""A bracket behind one member of several: "AWS (preferred*) or* Azure"."""
ASKED_WITH: Final = re.compile(
    r"\b(?:either|in|including|like|of|such as|using|with)[ ]", re.IGNORECASE
)
"""What the members of a choice are asked for with: "2 years *of* cloud work *with either* AWS"."""


def clause_start(text: str, low: int, cue: int, before: int) -> int:
    """Return where the clause begins that ends in a cue: "Strong SQL, R or Python | a plus".

    The clause begins behind the last comma, unless the comma only parts the items of a list
    ("Java, C++, or Python preferred") or nothing stands between it and the cue. A row of a table
    ("Jenkins, Helm | Preferred") is one clause.
    """
    if text[low:cue].rstrip().endswith("|"):
        return low
    ends = list(CLAUSE_END.finditer(text, low, cue))
    fewest = 3
    if ends and ends[-1].group().strip() in DASHES and not text[ends[-1].end() : cue].strip():
        cue, fewest = ends.pop().start(), 2  # "Kafka - a plus"
    hards = [m for m in ends if m.group() not in (",", ")")]
    hard = hards[-1].end() if hards else low
    if before < hard and _is_one_list(text, hard, cue, fewest=2 if hard > low else fewest):
        head = hards[-2].end() if len(hards) > 1 else low
        explained = hards and hards[-1].group().strip() in DASHES
        whole = explained and before < head and _names_kind(text[head : hards[-1].start()])
        return head if whole else hard
    while ends:
        last = ends.pop()
        between = text[last.end() : cue].strip(" ,")
        if last.group() != ")" and IT_ALONE.fullmatch(between):
            continue
        if not between and last.group() == "but":
            continue  # "Bullhorn is what we use *but* training is provided"
        if last.group() == ",":
            if not between or between.lower() in ("is", "are", "highly", "strongly"):
                continue
            if LIST_GOES_ON.match(text, last.end()):
                one = ends and ends[-1].group() == ","  # a list of three or more
                if not one and SAID_OF_ONE.fullmatch(text[last.end() : cue].rstrip()):
                    return last.end()
                return next((m.end() for m in reversed(ends) if m.group() != ","), low)
        if last.group() == ")" and (not between or between.lower() in ("is", "are")):
            opened = text.rfind("(", low, last.start())
            while opened >= 0 and ends and ends[-1].start() > opened:
                ends.pop()  # "English, other languages (German, Dutch) are a plus"
            if not ends or opened < 0:
                return low
            if LIST_GOES_ON.match(text, ends[-1].end()):
                return next((m.end() for m in reversed(ends) if m.group() != ","), low)
            return ends[-1].end()
        if last.group() != ")":
            return last.end()
        opened = text.rfind("(", low, last.start())
        while opened >= 0 and ends and ends[-1].start() > opened:
            ends.pop()  # "knowledge of SQL Server (SSIS, SSRS) and Kafka is helpful"
    return low


def _names_kind(words: str) -> bool:
    """Tell whether words before a dash ask for what the list behind it goes through by name.

    "*Exposure in AI* – ML, DL a plus"; a head that lists or asks twice stands for itself.
    """
    asked = ASKED_ONCE.match(words)
    return asked is not None and "," not in words and not ASKED_AGAIN.search(words, asked.end())


def _is_one_list(text: str, low: int, cue: int, *, fewest: int) -> bool:
    """Tell whether all from `low` to a cue is one list: what is said at its end is said of all.

    "Knowledge of budgeting, audits and payroll preferred" names what once, in front; "Kotlin,
    Scala, Elm preferred" has nothing but short names in it, at least `fewest`.
    """
    first, *others = SHARED_NOUN.sub("", text[low:cue]).split(",")
    if not others or any(ASKED_AGAIN.search(part) for part in others):
        return False
    if ASKED_ONCE.match(first):
        return True
    if DEGREE_IN.match(first):
        return not any(OTHER_DEGREE.search(part) for part in others)
    # "CPA, CMA or MBA": a joint parts names too, behind nothing but names
    only_names = all(word[0].isupper() for word in first.strip(" -•*·").split())
    joints = len(JOINT.findall(others[-1])) if only_names and others[-1].strip() else 0
    return (
        len(others) + joints >= fewest - 1
        and all(0 < len(part.split()) <= MEMBER_WORDS for part in (first, *others[:-1]))
        and OPENS_ASKING.match(first) is None
    )


def item_start(text: str, low: int, end: int, *, whole: bool = False) -> int:
    """Return where the member of a list begins that ends at `end`.

    With `whole` a choice is one member: "*nCino or Salesforce* (desirable)". What a bracket says
    of the first of several is not said of what asks for them: "with either *AWS* (preferred) or".
    """
    ends = list(ITEM_END.finditer(text, low, end))
    if whole and ends and ASKED_ONCE.match(text, low) and all(m.group() in LISTING for m in ends):
        return low  # "experience with Toddle and Google Classroom (desirable)"
    if whole and ends and ends[-1].group() == "or":
        ends = [m for m in ends if m.group() not in ("or", ",")]
    if not ends and BRACKET_INSIDE.match(text, text.find(")", end)):
        ends = list(ASKED_WITH.finditer(text, low, end))
    return ends[-1].end() if ends else low
