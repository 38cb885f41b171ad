"""Cues: words that say how strongly something is asked for, and the stretch they speak of."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import attrgetter
from typing import Final, NamedTuple

from nlp.anchors import Anchored
from nlp.asking import MUCH, OPENS_ASKING
from nlp.document import Document
from nlp.folding import uncased
from nlp.letters import find_letters
from nlp.negation import ALL, TRAIT, denial, is_attribute, is_trait, wanted_still
from nlp.patterns import table
from nlp.types import Necessity

NEGATION: Final = re.compile(
    r"\b(?:no|not|never|without)\b(?! (?:only|just|limited))|n[’']t\b", re.IGNORECASE
)
LONGEST_CLAUSE: Final = 400
"""How far back, in code points, a cue can reach."""
MOST_SENTENCES: Final = 20
"""How many sentences on one line go on asking behind a cue with a colon."""
CLAUSE_END: Final = re.compile(r"[;,]|\s[-–—]\s|\bbut\b|\)")
ITEM_END: Final = re.compile(r"[;,()]|\b(?:and|or)\b")
ASKED_ONCE: Final = re.compile(
    rf"\W{{0,30}}+(?:(?:an?|any|some|{MUCH})\s{{1,20}}+){{0,12}}"
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
    r"(?<=\w)\s(?:(?:programming|software|language)\s)?(?:experience|expertise|knowledge|skills)\s*"
    r"(?:(?:are|is|would be)\s*)?$",
    re.IGNORECASE,
)
"""What all members of a list are behind the last of them: "SQL, Python and Tableau *skills*"."""
DASHES: Final = ("-", "–", "—")
MEMBER_WORDS: Final = 2
JOINT: Final = re.compile(r"(?<=\w) (?:and/or|and|or) (?=\w)", re.IGNORECASE)
EXAMPLES_NEXT: Final = re.compile(
    r"\s{0,3}[,(–—-]?\s{0,3}(?:e\.g|such as|for example|including|i\.e|like"
    r"|as (?:are|is|would(?: be)?))\b",
    re.IGNORECASE,
)
RATES_ALONE: Final = re.compile(
    r"(?:\W{0,3}\b(?:all|also|an?|are|both|but|considered|good|great|highly|ideal|is|nice|not|or"
    r"|strongly|these|this|useful|very|would be|advantageous|beneficial|desirable|desired|helpful"
    r"|preferable|preferred)\b){0,5}\W{0,3}",
    re.IGNORECASE,
)
"""What may stand before a cue in parentheses that hold nothing else: "(nice but not mandatory)"."""
SAID_OF_ONE: Final = re.compile(r"\s{0,20}+and\s[^,]{1,80}\bis$", re.IGNORECASE)
"""A clause of its own behind a comma: "English, *and German is* a plus"."""
DENIED: Final = "denied"
"""The necessity of a row whose words waive where they are denied: "you do not *need*"."""
OWN_VERB: Final = re.compile(r"(?:an?|also|are|is|would|considered)[ ]")
"""How a cue begins that is said of what stands before it, whatever stands around it."""
TURNS: Final = re.compile(
    r"[:;]|\b(?:as long as|but|except|if|instead|once|only|provided|rather|unless|when|who)\b"
    r"|,[ ](?:you|we|our|just)\b",
    re.IGNORECASE,
)
"""Where a sentence that waives goes on to what it does not waive."""
LIST_GOES_ON: Final = re.compile(r"\s{0,20}+(?:and/or|or|and|&)\s", re.IGNORECASE)


ANY_OF: Final = re.compile(r"\b(?:any|either|following|these|those)\b", re.IGNORECASE)
"""What a colon explains: "you do not need *any of these*: Java, Perl"."""


OPTIONAL: Final = "optional"
NO_REQUIREMENT: Final = "no-requirement"
NOUNS: Final = (" requirement", " prerequisite", " necessity")
"""How cues end that say something of a thing only behind its verb, or denied."""
VERB_BEFORE: Final = re.compile(r"\b(?:is|are|be|remains?)\s(?:also\s)?$", re.IGNORECASE)
LONGEST_CUE: Final = 40
IT_IS: Final = re.compile(
    r"(?:^|[^\w\s]\s{0,3}|\b(?:although|and|but|though|whil(?:e|st))\s|(?<=\n))(?:it|this)"
    r"(?:['’]s|\s(?:is|would|will|be|may|might))?(?:\s(?:also|be))?\s$",
    re.IGNORECASE,
)
THAT_NEXT: Final = re.compile(
    r"\s(?:(?:experience|having|if|for|knowledge|skills?|that|the|to|when)\b|(?-i:[A-Z]))", re.I
)
"""Round a cue whose subject comes behind it: "It is *essential* that you have SAP"."""
IT_ALONE: Final = re.compile(
    r"(?:(?:but|and|though|although|while|whilst)\s)?(?:it|this|that|these|those|they|which)"
    r"(?:['’]s)?(?:\s(?:is|are|would|will|can|may|be|also|not|still))*\s*",
    re.IGNORECASE,
)
"""A clause before its cue that only points back: "Knowledge of IFRS; *it would be* a plus"."""
SIGNS: Final = " \t\n•·*▪●○◦‣-–—"


class Cue(NamedTuple):
    """Words that say how strongly something is asked for, and the stretch they say it of."""

    start: int
    end: int
    id: str
    necessity: Necessity
    reach: tuple[int, int]


def find_cues(document: Document) -> list[Cue]:
    """Return the cues of the sections that ask, in order."""
    rows = _table()
    found: list[Cue] = []
    before = -1
    for match in _pattern().finditer(document.text):
        start = match.start()
        if document.asks(start) and not document.is_run_in(start):
            row = rows[uncased(match["denied"] or match.group()).replace("’", "'")]
            cue = _read(document, match, row, before, found[-1] if found else None)
            if cue is not None:
                found.append(cue)
        before = start
    letters = [
        Cue(start, start + 1, "letter", necessity, (low, start))
        for start, necessity, low in find_letters(document)
    ]
    return sorted([*found, *letters]) if letters else found


def _read(
    document: Document, match: re.Match[str], row: dict[str, str], before: int, last: Cue | None
) -> Cue | None:
    """Return a cue as its row and the words about it tell; None where it says nothing.

    `before` is where the cue before it begins, `last` is that cue if it says something.
    """
    text, (start, end), direction = document.text, match.span(), row["reach"]
    low, high = document.sentence(start)
    if match["denied"]:
        necessity = Necessity.WAIVED
        if direction == "forward" and ALL.search(text, end, _waived_end(text, end, high)):
            return None
    else:
        necessity = Necessity(row["necessity"])
        bare = direction == "back" and OWN_VERB.match(row["cue"]) is None
        of_somebody = row["id"] == TRAIT and is_trait(text, low, start, end)
        if of_somebody or (bare and is_attribute(text, low, start, end)):
            return None
        denied = None
        if direction != "forward":
            denied = denial(text, low, start, end, (last.end, last.necessity) if last else None)
        if denied is not None:
            start, wanted = denied
            necessity = Necessity.PREFERRED if wanted else Necessity.WAIVED
            if row["id"] == OPTIONAL:
                necessity = Necessity.REQUIRED
            if wanted and wanted_still(text, end):
                direction = "both"
        elif (
            necessity is Necessity.REQUIRED
            and row["cue"].endswith(NOUNS)
            and VERB_BEFORE.search(text, low, start) is None
        ):
            return None  # "to turn a requirement into code"
        elif row["id"] == NO_REQUIREMENT and wanted_still(text, end):
            necessity = Necessity.PREFERRED
        if _says_of_next(text, low, start, end) and direction == "back":
            direction = "forward"
    reach = _reach(document, start, end, direction, before)
    if necessity is Necessity.WAIVED and reach[0] >= end:
        reach = reach[0], _waived_end(text, *reach)
    elif necessity is Necessity.REQUIRED and NEGATION.search(text, reach[0], start):
        necessity = Necessity.WAIVED  # "No Java experience required"
    return Cue(start, end, row["id"], necessity, reach)


def _says_of_next(text: str, low: int, start: int, end: int) -> bool:
    """Tell whether a cue that looks back speaks of what follows it.

    "It is not essential *that you have SAP*", "No requirement *for a degree*".
    """
    begin = max(0, start - LONGEST_CUE)
    if IT_IS.search(text, begin, start) and THAT_NEXT.match(text, end):
        return True
    return text.startswith(("No ", "no "), start) and not text[low:start].strip(SIGNS)


def _waived_end(text: str, start: int, end: int) -> int:
    """Return where what is waived ends: "we'll teach you Scala *if* you know Java"."""
    for turn in TURNS.finditer(text, start, end):
        if turn.group() != ":" or ANY_OF.search(text, start, turn.start()) is None:
            return turn.start()
    return end


def _reach(
    document: Document, start: int, end: int, direction: str, before: int
) -> tuple[int, int]:
    """Return the stretch that a cue from `start` to `end` speaks of.

    `before` is where the cue before it begins.
    """
    low, high = document.sentence(start)
    rest = document.text[end : min(high, end + 4)].strip()
    if rest.startswith(":") or (direction == "forward" and not rest):
        return start, _introduced_end(document, end, high)
    near = max(low, start - LONGEST_CLAUSE)
    opened = document.text.rfind("(", near, start)
    if opened > document.text.rfind(")", near, start):
        closed = document.text.startswith(")", end)
        if closed and RATES_ALONE.fullmatch(document.text, opened + 1, start):
            return _item_start(document.text, near, opened), start  # "Kotlin (preferred)"
        near = opened  # "(Preferred majors: ...)" says nothing of what stands before it
    if direction == "forward":
        return end, high
    if near == low and IT_ALONE.fullmatch(document.text, low, start):
        line, _ = document.line(low)
        near = low = max(line, document.sentence(low - 1)[0]) if low else low
    if EXAMPLES_NEXT.match(document.text, end):
        direction = "both"  # "... is a plus, e.g. Redshift"
    begin = _clause_start(document.text, near, start, before)
    return begin, (high if direction == "both" else start)


def _clause_start(text: str, low: int, cue: int, before: int) -> int:
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


def _item_start(text: str, low: int, end: int) -> int:
    """Return where the member of a list begins that ends at `end`."""
    return max((m.end() for m in ITEM_END.finditer(text, low, end)), default=low)


def _introduced_end(document: Document, start: int, high: int) -> int:
    """Return the end of what a cue with a colon introduces: the lines below it, or its sentence.

    "Nice to have: Kafka, Spark. You will ..." names what it speaks of in the same sentence; those
    that only go on asking behind it ("Familiarity with Terraform.") belong to it.
    """
    text = document.text
    _, line = document.line(start)
    if not text[start : min(high, line, start + LONGEST_CLAUSE)].strip(" :*-"):
        return _list_end(document, high)
    for _ in range(MOST_SENTENCES):
        if high >= line or not OPENS_ASKING.match(text, *document.sentence(high)):
            break
        high = document.sentence(high)[1]
    return high


def _list_end(document: Document, start: int) -> int:
    """Return the end of the list that a line introduces: the next blank line, or the section's."""
    index = bisect_left(document.sections, start, key=attrgetter("end"))
    if index == len(document.sections) or document.sections[index].start > start:
        return start
    return document.blank_line(start + 1, document.sections[index].end)


@cache
def _table() -> dict[str, dict[str, str]]:
    return {row["cue"]: dict(row) for row in table("cues")}


@cache
def _pattern() -> Anchored:
    """Find the cues; those that only say something where they are denied, behind what denies."""
    rows = sorted(_table().values(), key=lambda row: -len(row["cue"]))

    def words(*, denied: bool) -> str:
        cues = [row["cue"] for row in rows if (row["necessity"] == DENIED) is denied]
        return "|".join(re.escape(cue).replace("'", "['’]") for cue in cues)

    return Anchored(
        rf"\b(?:{words(denied=False)})(?!\w)"
        r"|(?:\b(?:not|never)|n['’]t)[ ](?:[a-z]{1,12}ly[ ])?"
        rf"(?P<denied>{words(denied=True)})(?!\w)",
        re.IGNORECASE,
    )
