"""Glued lines: a capital behind a word or stop that it cannot stand behind ("projectsMaintain").

Names are written so, too ("PowerPoint", "CenturyLink"): a joint counts where its text has several,
or where both its words are told by the rest of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from nlp.folding import uncased
from nlp.heading_names import first_words, known
from nlp.patterns import table

IsName = Callable[[str], bool]

JOINT: Final = re.compile(r"[a-z.!?:)][A-Z]")
LONGEST: Final = 40
"""Letters of a run of words at the most that is looked at."""
LETTERS_BEFORE: Final = re.compile(r"[A-Za-z’']{1,40}$")
LETTERS: Final = re.compile(r"[A-Za-z][A-Za-z’']{0,39}")
ADDRESS: Final = re.compile(r"//|www\.|@|\.(?:com|net|org|edu|gov)\b|[_=<>{}\\]")
NEAR: Final = 60
"""How far round a joint an address goes on, in code points."""
NO_SENTENCES: Final = frozenset({"net", "js", "io", "ai", "com", "org"})
"""What goes on behind a stop within a name: "ASP.Net", "Node.Js"."""
FEWEST: Final = 3
"""Joints that show that the text lost its lines; one or two may be names."""
SHORTEST: Final = 3
"""Letters before a joint: "eCommerce", "iPhone" and "mRNA" are words."""

UNFINISHED: Final = frozenset(
    """a across all among an and any are as at be between both by demonstrate demonstrates each
    following for from has have having his her in include including includes into is its most must
    no not of on or our possess possesses requires should show some such that the their these this
    through to under very via will with within your &""".split()
)
"""Words that the same sentence goes on behind, whatever the next begins with."""


class _Joint(NamedTuple):
    """Where a line may have ended; the words on both sides, the run of letters; if it is sure."""

    at: int
    before: str
    behind: str
    rest: str
    run: str
    begins: int
    sure: bool


def glued_lines(text: str, is_name: IsName) -> list[int]:
    """Return where a capital is glued to the word or the stop before it, as far as it counts."""
    joints = [joint for match in JOINT.finditer(text) if (joint := _joint(text, match, is_name))]
    if not joints:
        return []
    lost = sum(joint.sure for joint in joints) >= FEWEST
    if lost and all(joint.sure for joint in joints):
        return [joint.at for joint in joints]
    said = frozenset(LETTERS.findall(text))
    runs = Counter(run for _, run in {(joint.begins, joint.run) for joint in joints})
    return [
        joint.at
        for joint in joints
        if (lost and joint.sure)
        or (
            joint.before
            and runs[joint.run] == 1  # a name is said again, a slip seldom
            and (
                (lost and known(uncased(joint.before)) is not None)
                or (joint.rest in said and not joint.rest.isupper())
                or uncased(joint.behind) in _openers()
            )
            and (lost or (joint.rest == joint.behind and _told(joint.before, said)))
        )
    ]


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
        ends = sign == ")" or (len(before) >= enough and before.isalnum() and before.islower())
        good = ends and uncased(behind) not in NO_SENTENCES
        return _Joint(at, "", behind, run[0], "", at, sure=True) if good else None
    front = LETTERS_BEFORE.search(text, max(0, at - LONGEST), at)
    word = front[0] if front else sign
    before = _last_piece(word)
    whole = word + run[0]
    glued_on = text[max(0, at - len(word) - 1) : at - len(word)]
    slip = len(before) < SHORTEST or before in UNFINISHED
    if glued_on == "." or glued_on.isdigit() or slip:
        return None  # code; "23andMe"; "eLearning"; "for aData Engineer" lost a blank
    if is_name(whole) or is_name(before + behind):
        return None
    sure = before[:1].islower()
    return _Joint(at, before, behind, run[0], whole, at - len(word), sure=sure)


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
def _openers() -> frozenset[str]:
    """Return the words that lines begin with: verbs, words of headings and of requirements."""
    words = {row["word"] for row in table("line_openers")}
    for row in table("verbs"):
        words |= {row["verb"], row["gerund"], row["third"]}
    return frozenset(words | first_words())
