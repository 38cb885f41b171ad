"""Cues: words that say how strongly something is asked for, and the stretch they speak of."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import attrgetter
from typing import Final, NamedTuple

from nlp.anchors import Anchored
from nlp.asking import OPENS_ASKING
from nlp.clauses import IT_ALONE, OF_IT, TURN, clause_start, item_start
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
AMONG: Final = re.compile(r"(?:best|favou?r|ideal|prefer)", re.IGNORECASE)
"""What rates one of a choice: of "Java or Kotlin *(preferred)*" Kotlin, "(desirable)" both."""
DENIED: Final = "denied"
"""The necessity of a row whose words waive where they are denied: "you do not *need*"."""
ELSEWHERE: Final = (
    r"(?<!that )(?<!which )(?:are|is|will[ ]be|['’]s)[ ](?:all[ ]|already[ ]|mostly[ ]|fully[ ])?"
    r"(?:built|carried[ ]out|covered|designed|developed|done|handled|looked[ ]after|maintained"
    r"|managed|owned|performed|provided|run|taken[ ]care[ ]of|written)[ ]"
    r"(?:elsewhere|by[ ](?:an?[ ](?:dedicated|different|partner|separate)|(?:an?[ ])?(?:external"
    r"|outside|third[ -]party)|another|other|our)[ ]"
    r"(?!(?:experienced|expert|great|own|small|talented|whole)[ ])(?:[A-Za-z]{1,14}[ ])?"
    r"(?:agency|bureau|colleagues?|company|consultants?|contractors?|department|firms?|function"
    r"|office|people|providers?|teams?|vendors?)"
    r"|by[ ](?:colleagues|others|some(?:body|one)[ ]else))"
)
"""Words behind what somebody else does: "Kubernetes *is run by another team*"."""
OTHERS_DO: Final = {
    "id": "others-do",
    "cue": "is",
    "necessity": "waived",
    "reach": "back",
}
"""The row of those words, which no table could list."""
OWN_VERB: Final = re.compile(r"(?:an?|also|are|is|would|considered)(?:[ ]|$)")
"""How a cue begins that is said of what stands before it, whatever stands around it."""
TURNS: Final = re.compile(
    r"[:;]|\b(?:as long as|but|except|if|instead|once|only|provided|rather|unless|when|who)\b"
    r"|,[ ](?:you|we|our|just)\b",
    re.IGNORECASE,
)
"""Where a sentence that waives goes on to what it does not waive."""
ANY_OF: Final = re.compile(r"\b(?:any|either|following|these|those)\b", re.IGNORECASE)
"""What a colon explains: "you do not need *any of these*: Java, Perl"."""


AT_END: Final = frozenset({"ideal-bare", "welcome-bare"})
"""Cues only behind what they speak of, at the end: "memoQ *welcome*", not "welcome guests"."""
WELCOME_ENDS: Final = re.compile(r"[ ]?(?:[.;,)]|$|\n|but\b)", re.MULTILINE)
WELCOMED: Final = re.compile(r"[\w)+#][ ]$")
TO_DO: Final = re.compile(
    r"[ ]to[ ](?!(?:be|bring|demonstrate|have|hold|know|possess|show|speak|understand)\b)",
    re.IGNORECASE,
)
"""What makes a need work to be done: "you will need *to* debug errors", not "to hold a licence"."""
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
    r"(?:,\s(?:but\s)?not\s[\w ]{1,30},)?\s"
    r"(?:(?:experience|having|if|for|knowledge|skills?|that|the|to|when)\b|(?-i:[A-Z]))",
    re.I,
)
"""Round a cue whose subject comes behind it: "It is *essential* that you have SAP"."""
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
            words = uncased(match["denied"] or match.group()).replace("’", "'")
            row = OTHERS_DO if match["elsewhere"] else rows[words]
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
        if row["id"] in AT_END and not (
            WELCOME_ENDS.match(text, end) and WELCOMED.search(text, low, start)
        ):
            return None
        if row["cue"].endswith(" need") and TO_DO.match(text, end):
            return None
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
    back = OF_IT.match(text, end) if necessity is Necessity.WAIVED and reach[0] >= end else None
    if back is not None:
        reach = _pointed_to(document, start, before, several=back["several"] is not None)
    elif necessity is Necessity.WAIVED and reach[0] >= end:
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
            whole = AMONG.match(document.text, start) is None
            return item_start(document.text, near, opened, whole=whole), start
        near = opened  # "(Preferred majors: ...)" says nothing of what stands before it
    if direction == "forward":
        return end, high
    if near == low and IT_ALONE.fullmatch(document.text, low, start):
        line, _ = document.line(low)
        near = low = max(line, document.sentence(low - 1)[0]) if low else low
    if EXAMPLES_NEXT.match(document.text, end):
        direction = "both"  # "... is a plus, e.g. Redshift"
    begin = clause_start(document.text, near, start, before)
    return begin, (high if direction == "both" else start)


def _pointed_to(document: Document, start: int, before: int, *, several: bool) -> tuple[int, int]:
    """Return the clause that a cue speaks of that points back: "we use Kafka; no need to know it".

    It stands before the cue's own clause, or is the sentence before it on the same line. Of
    `several` all that a clause lists are meant.
    """
    text, (low, _) = document.text, document.sentence(start)
    turns = [m for m in TURN.finditer(text, low, start) if text[low : m.start()].strip(SIGNS)]
    if not turns:
        line, _ = document.line(low)
        return (max(line, document.sentence(low - 1)[0]) if low > line else low), start
    end = turns[-1].start()
    if several:
        return max((m.end() for m in turns[:-1] if m.group() in ";:"), default=low), end
    return clause_start(text, low, end, min(before, end)), end


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
        rf"\b(?:{words(denied=False)})(?!\w)(?!(?<=\byou need)[ ]not\b)"
        r"|(?:\b(?:not|never)|n['’]t)[ ](?:[a-z]{1,12}ly[ ])?"
        rf"(?P<denied>{words(denied=True)})(?!\w)"
        rf"|(?P<elsewhere>(?<=[\w)]){ELSEWHERE}\b|(?<=[ ]){ELSEWHERE}\b)",
        re.IGNORECASE,
    )
