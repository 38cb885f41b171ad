"""Glued lines: a capital behind a word or stop that it cannot stand behind ("projectsMaintain").

Names are written so, too ("PowerPoint", "CenturyLink"): a joint counts where its text has several,
or where both its words are told by the rest of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

from nlp.anchors import Anchored
from nlp.folding import uncased
from nlp.heading_names import ONE_WORD, by_words, first_words, fold, known
from nlp.patterns import table

IsName = Callable[[str], bool]

JOINT: Final = re.compile(r"[a-z.!?:)®™][A-Z]")
LONGEST: Final = 40
"""Letters of a run of words at the most that is looked at."""
LETTERS_BEFORE: Final = re.compile(r"[A-Za-z’']{1,40}$")
LETTERS: Final = re.compile(r"[A-Za-z][A-Za-z’']{0,39}")
ADDRESS: Final = re.compile(r"//|www\.|@|\.(?:com|net|org|edu|gov)\b|[_=<>{}\\]")
NEAR: Final = 60
"""How far round a joint an address goes on, in code points."""
NO_SENTENCES: Final = frozenset({"net", "js", "io", "ai", "com", "org"})
"""What goes on behind a stop within a name: "ASP.Net", "Node.Js"."""
FIGURE: Final = re.compile(
    r"\d{4}(?=[A-Z][a-z]{2}|[A-Z]{2,20} )"
    r"|(?<!\d)(?:\d{3}(?=[A-Z]{2,20} )|\d{1,2}(?=[A-Z][a-z]{2,20} ))"
    r"(?=(?P<word>[A-Z][A-Za-z]{1,20}))"
)
"""A number glued to the next line: "Austin, TX 78746Job", "63Experience"; no "401KHealth"."""
MONEY: Final = re.compile(
    r"(?<=\d,\d{3})(?=[A-Z][a-z]{1,20}\b)|(?<=[a-z][a-z])(?=[£€$]\d{1,3}[.,]\d{2})"
)
"""A sum glued to what stands before or behind it: "$51,500On Target", "bonus£32,960"."""
CAPITALS: Final = re.compile(r"(?:[A-Z]{2}|PhD)(?=(?P<word>[A-Z][a-z]{2,20}))")
"""An abbreviation glued to the next line: "Country: USASalary", "PhDActive"."""
AMID: Final = re.compile(r"[a-z],?[ ]$")
"""How a sentence goes on: "the SkillsFuture credit" is a name."""
PAPERS: Final = re.compile(
    r"(?:Education|Experience|Qualifications?|Requirements?)"
    r"(?=(?:B\.?[AS]c?\.?|M\.?[AS]c?\.?|MBA|Ph\.?D\.?)[ /,])"
)
"""A heading glued to the degree below it: "RequirementsB.S. degree"."""
LABEL: Final = re.compile(r"[A-Z][a-z]{1,14}(?: [A-Z][A-Za-z]{1,14}){0,2} ([A-Z][A-Za-z]{1,14}):")
HEADING_WORDS: Final = 5
FEWEST: Final = 3
"""Joints that show that the text lost its lines; one or two may be names."""
SHORTEST: Final = 3
"""Letters before a joint: "eCommerce", "iPhone" and "mRNA" are words."""

DEGREES: Final = frozenset(
    "BA BCom BE BEd BEng BS BSc BTech LLB LLM MA MBA MBBS MCom ME MEd MEng MS MSc MTech PhD".split()
)
"""What a line begins with although it begins no word."""

UNFINISHED: Final = frozenset(
    """a across all among an and any are as at be between both by demonstrate demonstrates each
    following for from has have having his her in include including includes into is its most must
    no not of on or our possess possesses requires should show some such that the their these this
    through to under very via what who will with within your &""".split()
)
"""Words that the same sentence goes on behind, whatever the next begins with."""


class Glued(NamedTuple):
    """Where lines surely are glued; where a heading decides; whether the text lost its lines."""

    sure: tuple[int, ...]
    doubtful: tuple[int, ...]
    lost: bool


class _Joint(NamedTuple):
    """Where a line may have ended; the words on both sides, the run of letters; if it is sure."""

    at: int
    before: str
    behind: str
    rest: str
    run: str
    begins: int
    sure: bool


def glued_lines(text: str, is_name: IsName, *, shown: int = 0) -> Glued:
    """Return where a capital is glued to the word or the stop before it, as far as it counts.

    `shown` is how many other signs tell that the text lost its lines, as glued bullets do.
    """
    joints = [joint for match in JOINT.finditer(text) if (joint := _joint(text, match, is_name))]
    shouted = [match.start() for match in _shouted().finditer(text)]
    shouted += [match.end() for match in PAPERS.finditer(text)]
    if not joints:
        return Glued(tuple(shouted), (), lost=shown >= FEWEST)
    labels = {joint.at for joint in joints if _begins_label(text, joint)}
    headed = {joint.at for joint in joints if _ends_title(text, joint)}
    told = [joint for joint in joints if joint.sure or joint.at in labels | headed]
    lost = shown + len(told) >= FEWEST
    said = frozenset(LETTERS.findall(text))
    runs = Counter(run for _, run in {(joint.begins, joint.run) for joint in joints})
    sure = [
        joint.at
        for joint in joints
        if (lost and (joint.sure or joint.at in headed))
        or joint.at in labels
        or ((joint.sure or not joint.before) and _announces(text, joint.at))
        or (joint.before and runs[joint.run] == 1 and _is_told(joint, said, lost=lost))
    ]
    if lost:
        sure += [
            match.end()
            for match in chain(FIGURE.finditer(text), CAPITALS.finditer(text))
            if match["word"] is None or uncased(match["word"]) in _openers()
        ]
        sure += [match.start() for match in MONEY.finditer(text)]
    sure += shouted
    doubtful = {joint.at for joint in joints if joint.before}.difference(sure)
    return Glued(tuple(sorted(sure)), tuple(sorted(doubtful)), lost=lost)


def _ends_title(text: str, joint: _Joint) -> bool:
    """Tell whether a heading of one word stands before a joint: "Requirements|High school"."""
    title = uncased(joint.before)
    is_heading = title in ONE_WORD and known(title) is not None
    within = AMID.search(text, max(0, joint.begins - NEAR), joint.begins)
    return is_heading and joint.before[:1].isupper() and not within


def _begins_label(text: str, joint: _Joint) -> bool:
    """Tell whether a label of several words begins behind a joint: "ClerkPosition Type: ..."."""
    match = LABEL.match(text, joint.at)
    if match is None or not joint.before:
        return False
    return match[1].lower() in _label_ends() or by_words(fold(match[0])) is not None


def _announces(text: str, at: int) -> bool:
    """Tell whether a known heading begins at an offset: "... the work.Required Skills Must"."""
    words = text[at : at + NEAR].split(" ")
    for count in range(1, min(len(words), HEADING_WORDS + 1)):
        goes_on = words[count - 1].endswith(":") or words[count][:1].isupper()
        folded = fold(" ".join(words[:count]))
        if goes_on and (count > 1 or folded in ONE_WORD) and known(folded) is not None:
            return True
    return False


def _is_told(joint: _Joint, said: frozenset[str], *, lost: bool) -> bool:
    """Tell whether the rest of the text, or our tables, show that a joint parts two words."""
    opens = uncased(joint.behind) in _openers()
    follows = opens or (joint.rest in said and not joint.rest.isupper())
    if lost:
        return follows or known(uncased(joint.before)) is not None
    return follows and joint.rest == joint.behind and _told(joint.before, said)


def _joint(text: str, match: re.Match[str], is_name: IsName) -> _Joint | None:
    """Read a joint, None where it stands in a name or an address."""
    at = match.end() - 1
    sign = text[match.start()]
    run = LETTERS.match(text, at)
    if sign == ":" or run is None or _in_address(text, at):
        return None  # a label with its value; `_headings` knows which are headings
    behind = _first_piece(run[0])
    if not _is_word(text, at, behind):
        return None
    if not sign.isalpha():
        before = text[max(0, at - 1 - SHORTEST) : at - 1].lstrip()
        enough = SHORTEST if sign == "." else SHORTEST - 1  # "Ph.D", "vs.The"
        worded = before.isalnum() and before[-2:] != before[-2:].title()  # no "Js", no "St"
        closed = sign in ")®™" or text[at - 2 : at - 1] == ")"  # "(etc.).Interact", "CFP®NASD"
        ends = closed or (len(before) >= enough and worded)
        if uncased(behind) in NO_SENTENCES or not (ends or len(before) == SHORTEST - 1):
            return None
        return _Joint(at, "", behind, run[0], "", at, sure=ends)
    front = LETTERS_BEFORE.search(text, max(0, at - LONGEST), at)
    word = front[0] if front else sign
    before = _last_piece(word)
    whole = word + run[0]
    glued_on = text[max(0, at - len(word) - 1) : at - len(word)]
    slip = len(before) < SHORTEST or before in UNFINISHED
    slip = slip and not _ends_heading(text, at)
    in_code = glued_on == "." and known(uncased(before)) is None  # but "hours.RequirementsHigh"
    if in_code or glued_on.isdigit() or slip:
        return None  # "23andMe"; "eLearning"; "for aData Engineer" lost a blank
    if is_name(whole) or is_name(before + behind):
        return None
    sure = before[:1].islower()
    return _Joint(at, before, behind, run[0], whole, at - len(word), sure=sure)


def _ends_heading(text: str, at: int) -> bool:
    """Tell whether a known heading of several words ends at an offset: "Nice to have|Some SQL"."""
    words = text[max(0, at - NEAR) : at].split(" ")
    for count in range(2, min(len(words), HEADING_WORDS) + 1):
        first = LETTERS_BEFORE.search(words[-count])
        named = _last_piece(first[0]) if first else ""  # its own line may be glued: "workNice to"
        folded = fold(" ".join([named, *words[len(words) - count + 1 :]]))
        if named[:1].isupper() and known(folded) is not None:
            return True
    return False


def _first_piece(run: str) -> str:
    """Return the first word of a run: "Acts" of "ActsOn", "HFC" of "HFC"."""
    capitals = run[1:2].isupper()
    end = 1
    while end < len(run) and run[end].isupper() == capitals:
        end += 1
    return run[:end]


def _last_piece(run: str) -> str:
    """Return the last word of a run: "Qualifications" of "RequirementsQualifications"."""
    start = len(run) - 1
    while start and not run[start].isupper():
        start -= 1
    return run[start:]


def _is_word(text: str, at: int, word: str) -> bool:
    """Tell whether what begins at the offset can begin a line: no "SM", "QL" or "D"."""
    if len(word) == 1:
        return word in "AI" and text[at + 1 : at + 2] == " "
    if (run := LETTERS.match(text, at)) and run[0] in DEGREES:
        return True  # "QualificationsBSc in Nursing"
    return len(word) >= SHORTEST or word[1].islower()


def _in_address(text: str, at: int) -> bool:
    front = text[max(0, at - NEAR) : at].rsplit(maxsplit=1)[-1:]
    back = text[at : at + NEAR].split(maxsplit=1)[:1]
    return ADDRESS.search("".join([*front, *back])) is not None


def _told(word: str, said: frozenset[str]) -> bool:
    """Tell whether a word is one of English, or a heading: "SummaryProvide" is no "KnowBe"."""
    if word[:1].isupper():
        return known(uncased(word)) is not None
    return word in said or word in _openers()


@cache
def _label_ends() -> frozenset[str]:
    """Return the words that the labels of a card end in: "type", "location"."""
    return frozenset(row["label"].split()[-1].lower() for row in table("row_labels"))


@cache
def _shouted() -> Anchored:
    """Find a card's label in capitals that is glued: "Taylor, TXDURATION: Long term"."""
    labels = [row["label"].upper() for row in table("row_labels")]
    return Anchored(
        rf"(?<=[A-Za-z:])(?:{'|'.join(label for label in labels if len(label) > SHORTEST)}):"
    )


@cache
def _openers() -> frozenset[str]:
    """Return the words that lines begin with: verbs, words of headings and of requirements."""
    words = {row["word"] for row in table("line_openers")}
    for row in table("verbs"):
        words |= {row["verb"], row["gerund"], row["third"]}
    return frozenset(words | first_words())
