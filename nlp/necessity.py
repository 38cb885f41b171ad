"""Necessity: how strongly a posting asks, from section, clause cue and negation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from operator import attrgetter
from typing import Final

from nlp.anchors import Anchored, uncased
from nlp.document import Document, Span
from nlp.patterns import table
from nlp.sections import section_at
from nlp.types import Necessity, SectionKind

BY_SECTION: Final = {
    SectionKind.REQUIREMENTS: Necessity.REQUIRED,
    SectionKind.SKILLS: Necessity.REQUIRED,
    SectionKind.PREFERRED: Necessity.PREFERRED,
}
ABOUT_CANDIDATE: Final = re.compile(
    r"\b(?:experience|knowledge|skills?|proficien\w+|familiar\w*|degree|abilit\w+|able|background"
    r"|expertise|understanding|candidates?|applicants?|qualifications?|you)\b",
    re.IGNORECASE,
)
_MUCH = (
    r"strong|solid|proven|demonstrated|deep|excellent|extensive|good|great|exceptional|superb|sound"
    r"|outstanding|prior|previous|hands[- ]on|working|professional|relevant|advanced|expert"
    r"|in-depth|thorough|high|high-level|basic"
)
OPENS_ASKING: Final = re.compile(
    rf"\W{{0,30}}+(?:(?:a|an|the|some|minimum|at least|in depth|high level|\d\S{{0,20}}|years?|of"
    rf"|{_MUCH})\s{{1,20}}+){{0,12}}"
    r"(?:experienced?|proficien(?:t|cy|cies)|familiar(?:ity)?|understanding|expertise|fluen(?:t|cy)"
    r"|abilit(?:y|ies)|degree|bachelor|master|ph\.?d|track record|skills?|mastery"
    r"|competen(?:ce|cy|cies|t)|command(?! (?:cent|line))"
    r"|(?:knowledge|background)(?! (?:base|checks?|graph|investigation|manage|sharing|transfer)))\b"
    rf"|\W{{0,30}}+(?:a |an )?(?:{_MUCH})\s{{1,20}}+(?:[\w/&,+#-]{{1,40}}+\s{{1,20}}+){{1,6}}"
    r"(?:skills?|abilit(?:y|ies)|knowledge)\b"
    r"|\W{0,30}+(?:current|valid|active|unrestricted)\s{1,20}+(?:[\w/&,'’-]{1,40}+\s{1,20}+){0,5}"
    r"(?:certificat(?:e|ion)|licen[cs]e|registration)\b"
    r"|\W{0,30}+\d[\d–-]{0,4}\+?\s{1,20}+(?:or\s+more\s+)?years?['’]?\b[^.;\n]{0,60}\bexperience\b",
    re.IGNORECASE,
)
"""A sentence that asks wherever it stands: "Experience with ...", "Advanced Excel skills"."""
ASKS: Final = re.compile(
    r"\b(?:must|(?:you|candidates?|applicants?)\s+(?:should|need|will need|ha(?:ve|s))"
    r"|you.ll (?:have|need)(?! (?:the|a|an|access|ample|full|plenty|every|lots)\b)"
    r"|you(?:.re| are) (?:able|comfortable|experienced|familiar|fluent|proficient|skilled)"
    r"|is required|are required|we (?:need|require)|possess(?:es)?|years.{0,20} experience)\b",
    re.IGNORECASE,
)
"""A sentence of prose without headings that asks: "You must know ..."."""
ABLE: Final = re.compile(r"\W{0,30}+able to\b", re.IGNORECASE)
SOUGHT: Final = re.compile(
    r"\b(?:looking|searching) for\b(?P<who>[^.!?\n]{0,300}?)"
    r"(?:$|[.!?\n]|\b(?:to|who(?: will)?|in our|for our|on our)\b)",
    re.IGNORECASE,
)
"""Whom a posting looks for, up to what for: "... a nurse with ICU experience | to join us"."""
RATING_ENDS: Final = re.compile(r"\s{0,20}(?:[.;,)]|$)", re.MULTILINE)
"""What follows "required" where it rates something: not "data required by the client"."""
OF_COMPANY: Final = re.compile(
    r"\W{0,30}+(?:we (?:are(?! (?:look|seek|search|hiring))|believe|build|celebrate|foster|help"
    r"|offer|provide|strive|value)"
    r"|our (?:company|culture|employees|engineers|mission|people|team|vision|goal))\b"
    r"|\W{0,30}+(?-i:[A-Z<])[\w&.,>’'-]{0,40}\s{1,5}"
    r"(?:(?:(?-i:[A-Z<])[\w&.,>’'-]{0,40}|&|and|of)\s{1,5}){0,5}"
    r"(?:is|are)\s{1,5}(?:an?|the|one of)\b[^.;\n]{0,60}?"
    r"\b(?:bank|company|employer|firm|institution|leader|provider|universit(?:y|ies))\b",
    re.IGNORECASE,
)
"""A company that tells of itself: "We value ...", "Acme Corp is a global leader in ..."."""
BEGINS_ANEW: Final = re.compile(
    r"\W*(?:apply|as an?|at|if|in this|join|our|please|the|this|we|you(?:['’]ll| will| get))\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on to speak of something else than a list did."""
ABOUT_YOU: Final = re.compile(
    r"\b(?:you|your|candidates?|applicants?|experience|knowledge|must|ability|who)\b", re.IGNORECASE
)
NEGATION: Final = re.compile(
    r"\b(?:no|not|never|without)\b(?! (?:only|just|limited))|n[’']t\b", re.IGNORECASE
)
LONGEST_CLAUSE: Final = 400
"""How far back, in code points, a cue can reach."""
CLAUSE_END: Final = re.compile(r"[;,]|\s[-–—]\s|\bbut\b|\)")
ITEM_END: Final = re.compile(r"[;,()]|\b(?:and|or)\b")
ASKED_ONCE: Final = re.compile(
    rf"\W{{0,30}}+(?:(?:an?|any|some|{_MUCH})\s{{1,20}}+){{0,12}}"
    r"(?:experienced?|knowledge|familiar(?:ity)?|proficien(?:t|cy)|exposure|expertise|background"
    r"|understanding|coursework|certifications?)\s+(?:with|in|of|to|using|such as)\b",
    re.IGNORECASE,
)
"""How a list begins whose members are all asked for alike: "Experience with A, B and C"."""
DEGREE_IN: Final = re.compile(
    r"\W{0,30}+(?:an?\s{1,20}+)?(?:(?:associate|bachelor|master)['’]?s?\s+(?:degree\s+)?|degree\s+"
    r"|[BM]\.?[AS]\.?c?\s+(?:degree\s+)?)in\b",
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
MEMBER_WORDS: Final = 2
JOINT: Final = re.compile(r"(?<=\w) (?:and/or|and|or) (?=\w)", re.IGNORECASE)
LIST_GOES_ON: Final = re.compile(r"\s{0,20}+(?:and/or|or|and|&)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say how strongly something is asked for, and the stretch they say it of."""

    start: int
    end: int
    id: str
    necessity: Necessity
    reach: tuple[int, int]


class Necessities:
    """The cues of one document; asks of any span how strongly it is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.cues: Final = tuple(_cues(document))
        self._starts = [cue.start for cue in self.cues]
        self._farther = _farther(self.cues)
        # A sentence is asked once, however many skills it lists.
        self._speaks_of_candidate = cache(self._about_candidate)
        self._asks_in_prose = cache(self._how_asked)
        self._tells_of_company = cache(self._of_company)
        self._turns = cache(self._turning)

    def at(self, start: int, end: int) -> Necessity:
        """Return the necessity of what stands from `start` to `end`.

        The nearest cue that reaches it decides, else its section: a list of requirements
        requires, a preferred one prefers, any other text mentions, except that prose without
        headings requires where it asks. In text that is no list of requirements a cue counts only
        in a sentence about the candidate.
        """
        section = self._document.section(start)
        sentence = self._document.sentence(start)
        reaching = self._reaching(start, end)
        if reaching and self._tells_of_company(sentence):  # below the list that a line introduced
            reaching = [cue for cue in reaching if cue.start >= sentence[0]]
        if section not in BY_SECTION:
            if not self._speaks_of_candidate(sentence):
                reaching = [cue for cue in reaching if self._rates(section, cue)]
            if not reaching:
                return self._in_prose(section, sentence, start)
        elif not reaching:
            return self._in_list(section, sentence)
        nearest = min(reaching, key=lambda cue: max(cue.start - end, start - cue.end))
        return nearest.necessity

    def _reaching(self, start: int, end: int) -> list[Cue]:
        """Return the nearest cue before and the nearest behind a span, of those that reach it."""
        found: list[Cue] = []
        behind = bisect_right(self._starts, start)
        index = behind - 1
        while index >= 0:
            low, high = self.cues[index].reach
            if low <= start and end <= high:
                found.append(self.cues[index])
                break
            index = self._farther[index] if high < end else index - 1
        ahead = bisect_right(self._starts, start + LONGEST_CLAUSE)
        for cue in self.cues[behind:ahead]:
            if cue.reach[0] <= start and end <= cue.reach[1]:
                found.append(cue)
                break
        return found

    def _about_candidate(self, span: Span) -> bool:
        return ABOUT_CANDIDATE.search(self._document.text[slice(*span)]) is not None

    def _rates(self, section: SectionKind, cue: Cue) -> bool:
        """Tell whether a cue says by itself that it speaks of a candidate: "MCSA preferred."."""
        if section is not SectionKind.BODY or cue.start < cue.reach[1]:
            return False
        if cue.necessity is Necessity.PREFERRED:
            return True
        return RATING_ENDS.match(self._document.text, cue.end) is not None

    def _in_prose(self, section: SectionKind, span: Span, start: int) -> Necessity:
        if section in (SectionKind.BODY, SectionKind.DUTIES):
            opens, asks, sought = self._asks_in_prose(span)
            if opens or (
                section is SectionKind.BODY
                and (asks or (sought and sought[0] <= start < sought[1]))
            ):
                return Necessity.REQUIRED
        return Necessity.MENTIONED

    def _how_asked(self, span: Span) -> tuple[bool, bool, Span | None]:
        """Tell whether a sentence opens by asking, asks at all, and where it says whom it seeks."""
        text = self._document.text
        sought = SOUGHT.search(text, *span)
        return (
            OPENS_ASKING.match(text, *span) is not None,
            ASKS.search(text, *span) is not None or ABLE.match(text, *span) is not None,
            sought.span("who") if sought else None,
        )

    def _in_list(self, section: SectionKind, span: Span) -> Necessity:
        """Return what a section asks, unless the company tells of itself below the list."""
        if self._tells_of_company(span):
            return Necessity.MENTIONED
        whole = section_at(self._document.sections, span[0])
        if section is SectionKind.PREFERRED and self._turns(whole.start) <= span[0] < whole.end:
            return self._in_prose(SectionKind.BODY, span, span[0])
        return BY_SECTION[section]

    def _turning(self, start: int) -> float:
        """Return where a paragraph no longer speaks of what would be nice to have.

        "Nice to have: Kafka. *You will build pipelines in Scala.*": such a heading inside a line
        reaches to the sentence that begins anew. `start` is that of the section; one of several
        lines is a list to its end.
        """
        text = self._document.text
        line = text.find("\n", start)
        position = self._document.sentence(start)[1]
        while position < (line if line >= 0 else len(text)):
            if BEGINS_ANEW.match(text, position):
                return position
            position = max(self._document.sentence(position)[1], position + 1)
        return inf

    def _of_company(self, span: Span) -> bool:
        text = self._document.text
        return OF_COMPANY.match(text, *span) is not None and ABOUT_YOU.search(text, *span) is None


def _farther(cues: Sequence[Cue]) -> list[int]:
    """Return for each cue the last one before it that reaches farther, -1 where there is none.

    Who looks for a cue that reaches a span passes over all between them at once; a text of ten
    thousand cues would else be looked through ten thousand times.
    """
    farther: list[int] = []
    for index, cue in enumerate(cues):
        before = index - 1
        while before >= 0 and cues[before].reach[1] <= cue.reach[1]:
            before = farther[before]
        farther.append(before)
    return farther


def _cues(document: Document) -> list[Cue]:
    rows = _table()
    found: list[Cue] = []
    for match in _pattern().finditer(document.text):
        if not document.asks(match.start()):
            continue
        row = rows[uncased(match.group())]
        reach = _reach(document, match.start(), match.end(), row["reach"])
        necessity = Necessity(row["necessity"])
        if necessity is Necessity.REQUIRED and NEGATION.search(
            document.text, reach[0], match.start()
        ):
            necessity = Necessity.WAIVED  # "No Java experience required"
        found.append(Cue(match.start(), match.end(), row["id"], necessity, reach))
    return found


def _reach(document: Document, start: int, end: int, direction: str) -> tuple[int, int]:
    """Return the stretch that a cue from `start` to `end` speaks of."""
    low, high = document.sentence(start)
    rest = document.text[end : min(high, end + 4)].strip()
    if rest.startswith(":") or (direction == "forward" and not rest):
        return start, _introduced_end(document, end, high)
    near = max(low, start - LONGEST_CLAUSE)
    opened = document.text.rfind("(", near, start)
    if opened > document.text.rfind(")", near, start):
        if document.text[end : end + 1] == ")" and not document.text[opened + 1 : start].strip():
            return _item_start(document.text, near, opened), start  # "Kotlin (preferred)"
        near = opened  # "(Preferred majors: ...)" says nothing of what stands before it
    if direction == "forward":
        return end, high
    begin = _clause_start(document.text, near, start)
    return begin, (high if direction == "both" else start)


def _clause_start(text: str, low: int, cue: int) -> int:
    """Return where the clause begins that ends in a cue: "Strong SQL, R or Python | a plus".

    The clause begins behind the last comma, unless the comma only parts the items of a list
    ("Java, C++, or Python preferred") or nothing stands between it and the cue. A row of a table
    ("Jenkins, Helm | Preferred") is one clause.
    """
    if text[low:cue].rstrip().endswith("|"):
        return low
    ends = list(CLAUSE_END.finditer(text, low, cue))
    hard = next((m.end() for m in reversed(ends) if m.group() not in (",", ")")), low)
    if _is_one_list(text, hard, cue, fewest=2 if hard > low else 3):
        return hard
    while ends:
        last = ends.pop()
        between = text[last.end() : cue].strip(" ,")
        if last.group() == ",":
            if not between or between.lower() in ("is", "are", "highly", "strongly"):
                continue
            if LIST_GOES_ON.match(text, last.end()):
                return next((m.end() for m in reversed(ends) if m.group() != ","), low)
        if last.group() == ")" and (not between or between.lower() in ("is", "are")):
            return low
        if last.group() != ")":
            return last.end()
    return low


def _is_one_list(text: str, low: int, cue: int, *, fewest: int) -> bool:
    """Tell whether all from `low` to a cue is one list: what is said at its end is said of all.

    "Knowledge of budgeting, audits and payroll preferred" names what once, in front; "Kotlin,
    Scala, Elm preferred" has nothing but short names in it, at least `fewest`.
    """
    first, *others = text[low:cue].split(",")
    if not others or any(_pattern().search(part) for part in (first, *others)):
        return False
    if any(ASKED_AGAIN.search(part) for part in others):
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
    line = text.find("\n", start)
    line = line if line >= 0 else len(text)
    if not text[start : min(high, line)].strip(" :*-"):
        return _list_end(document, high)
    while high < line and OPENS_ASKING.match(text, *document.sentence(high)):
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
    cues = sorted(_table(), key=len, reverse=True)
    return Anchored(rf"\b(?:{'|'.join(map(re.escape, cues))})(?!\w)", re.IGNORECASE)
