"""Alternatives among skills: "at least one of Java, C++", "(ranking, NLP, etc)", "R or SAS"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from nlp.anchors import Anchored
from nlp.asking import MUCH
from nlp.document import Document, inside
from nlp.matcher import Hit
from nlp.numbers import NUMBER, WORDS, to_decimal
from nlp.rules.choice_joints import EXAMPLES, JOINER
from nlp.rules.choice_signs import are_bodies, goes_on
from nlp.rules.likeness import like_last
from ontology import Concept

FIGURE: Final = rf"(?:[1-9]|{'|'.join(WORDS)})"
"""A count of what is listed; of more than nine nobody writes "10 of"."""
CUE: Final = Anchored(
    rf"\b(?:at least (?P<a>{NUMBER})|(?P<b>{NUMBER}) or more|any (?P<c>{NUMBER})|any(?= of\b)"
    rf"|(?P<d>{FIGURE}) of|either)\b"
    r"(?!\s{0,20}+(?:\(\d{1,9}\)|\+)?\s{0,20}+(?:\+|years?|yrs?|months?|days?|other))"
    r"(?: of)?",
    re.IGNORECASE,
)
PARENTHESIS: Final = re.compile(r"\(([^()\n]{3,400})\)")
ONE_BY_ONE: Final = re.compile(
    r"^\s*(?:e\.?g\.?|i\.?e\.?|or|such as|incl(?:uding)?|like|for example)\b", re.I
)
"""How brackets begin that are no list of kinds; "(or Tableau)" goes on with what is before it."""
LEFT_OUT: Final = re.compile(r"\b(?:no|not|without)\b", re.IGNORECASE)
"""Where brackets turn to what their list leaves out: "(DNS, DHCP *– no* routing or firewalls)"."""
OPEN_LIST: Final = re.compile(r"\betc\b|\bor\b|\bany\b", re.IGNORECASE)
HEAD: Final = re.compile(r"\s{0,20}+(?:\w{1,40}+\s{0,20}+){0,2}$")
ACCEPTED: Final = Anchored(
    r"(?:\s(?:experience|knowledge|skills))?"
    r"\s(?:(?:are|is|(?:can|could|will|would)(?:\salso)?\sbe)\s)?"
    r"(?:(?:also|equally|just as|perfectly)\s){0,2}"
    r"(?:acceptable|accepted|considered(?!\s(?:an?|as)\b)|fine|ok|okay)\b"
    r"|\s(?:will|would)\s(?:also\s)?do\b"
    r"|\s(?:also\s(?:counts?|works?)|(?:counts?|works?)\s(?:as well|fine|just as well|too))\b",
    re.IGNORECASE,
)
"""Behind what may stand in another's place: "Java (Kotlin *also fine*)"."""
STOPS: Final = re.compile(r"\s{0,3}[;–—-]")
"""What ends a list before what is accepted as well."""
INSTEAD_OPENS: Final = re.compile(
    r"(?:[ ][a-z]{2,12}){0,2}\s{0,3}(?:[(,;]|[-–—](?=\s))\s{0,3}(?:(?:although|but|though)\s)?"
)
"""What parts a thing from what may stand in its place."""
OR_SIMILAR: Final = re.compile(
    r"(?:[ ](?!or\b)[a-z]{2,20})?,?[ ](?:and/)?or[ ](?:an?[ ]|any[ ]|some[ ])?(?:other[ ])?"
    r"(?:comparable|equivalents?|similar|the[ ]like)\b"
    r"(?![ ](?:degree|experience|qualification|work))",
    re.IGNORECASE,
)
"""Behind a list whose members are examples of what will do: "Gainsight, Totango *or similar*"."""
ASKS_ANEW: Final = re.compile(
    rf"[,;]\s{{1,3}}(?:and\s|plus\s)?(?:(?:{MUCH})\s)?(?:abilit(?:y|ies)|experience|expertise"
    r"|familiar(?:ity)?|knowledge|proficien(?:t|cy)|understanding)\b",
    re.IGNORECASE,
)
"""Where a sentence goes on to ask for something else: "(Perl, Java), proficiency in SQL"."""
KIND_IN: Final = re.compile(r"(?:[ ](?:in|from|among)|[ ]?[:–-])[ ]", re.IGNORECASE)
"""Between the kind of which so many are enough and those: "one coding language *in* Go/Rust"."""
BESIDES: Final = re.compile(r"\b(?:addition|besides?|than)\b", re.IGNORECASE)
"""Before what is no such kind: "at least one language in *addition* to SQL: Go, Rust"."""
LONGEST_JOINT: Final = 150
"""More than a joiner can be long, in code points."""
OR: Final = re.compile(r"\bor\b", re.IGNORECASE)
AND: Final = re.compile(r",?[ ]and[ ]", re.IGNORECASE)
LONGEST_LIST: Final = 800
"""How far behind a cue, in code points, its list may go on."""
FIRST_MEMBER: Final = 60
"""How far behind a cue, in code points, its list may begin ("one of the following languages: ")."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Hits of which `minimum` are enough. `heads` name the list's kind and are no members."""

    start: int
    end: int
    minimum: int
    members: tuple[Hit, ...]
    heads: tuple[Hit, ...]
    rule: str

    @property
    def id(self) -> str:
        """The same text gives the same id."""
        return f"any-{self.start}"


def find_choices(
    document: Document, hits: Sequence[Hit], concepts: Mapping[str, Concept]
) -> list[Choice]:
    """Return the alternatives in order of position; no hit is a member of two.

    "e.g." and "such as" list examples that count one by one: they make no alternative. `hits` may
    hold what no concept covers ("Yardi or *Foobarix*"): at least one member is always known.
    """
    choices: list[Choice] = []
    taken: set[int] = set()
    for choice in (
        *_by_cue(document, hits, concepts),
        *_by_acceptance(document, hits),
        *_by_parenthesis(document, hits, concepts),
        *_by_or(document, hits, concepts),
    ):
        if any(hit.id in concepts for hit in choice.members) and not any(
            hit.start in taken for hit in choice.members
        ):
            choices.append(choice)
            taken.update(hit.start for hit in (*choice.members, *choice.heads))
    return sorted(choices, key=lambda choice: choice.start)


def _by_cue(
    document: Document, hits: Sequence[Hit], concepts: Mapping[str, Concept]
) -> Iterator[Choice]:
    """Find "at least one systems language (Java, C++) or one ML framework (PyTorch, MLflow)"."""
    for cue in CUE.finditer(document.text):
        _, end = document.sentence(cue.start())
        end = min(end, cue.end() + LONGEST_LIST)
        anew = ASKS_ANEW.search(document.text, cue.end(), end)
        end = anew.start() if anew else end
        first = bisect_left(hits, cue.end(), key=_start)
        behind = hits[first : bisect_left(hits, end, key=_start)]
        if not behind:
            continue
        brackets = [m.span() for m in PARENTHESIS.finditer(document.text, cue.end(), end)]
        enclosed = [hit for hit in behind if inside(brackets, hit.start)]
        if any(hit.id in concepts for hit in enclosed):
            last = max(high for low, high in brackets if inside([(low, high)], enclosed[-1].start))
            members: Sequence[Hit] = enclosed
            heads = [h for h in behind if h not in enclosed and h.end <= last]
        else:
            members = _first_known(document, behind, concepts)
            if members[0].start - cue.end() > FIRST_MEMBER:
                continue
            after = bisect_left(behind, members[-1].end, key=_start)
            if cue.group().endswith(" of") and len(behind) > after and len(members) > 1:
                members = _with_last(document.text, members, behind[after])
            heads = []
            after = bisect_left(behind, members[-1].end, key=_start)
            if len(members) == 1 and len(behind) > after + 1:
                within = _chain(document, behind, after)
                beside = BESIDES.search(document.text, cue.end(), members[0].start)
                if not beside and KIND_IN.fullmatch(document.text, members[0].end, within[0].start):
                    heads, members = [members[0]], within
        count = next((n for n in (cue["a"], cue["b"], cue["c"], cue["d"]) if n), "one")
        minimum = int(to_decimal(count))
        if len(_concepts(members)) > minimum:
            yield Choice(
                cue.start(), members[-1].end, minimum, tuple(members), tuple(heads), "choice:cue"
            )


def _first_known(
    document: Document, hits: Sequence[Hit], concepts: Mapping[str, Concept]
) -> Sequence[Hit]:
    """Return the first list in which something is known: "one *query tool* such as A or B"."""
    first = 0
    while first < len(hits):
        chain = _chain(document, hits, first)
        if any(hit.id in concepts for hit in chain):
            return chain
        first += len(chain)
    return hits[:1]


def _with_last(text: str, members: Sequence[Hit], last: Hit) -> Sequence[Hit]:
    """Return members with the one that "and" joins to a list without "or": "two of A, B and C"."""
    if AND.fullmatch(text, members[-1].end, last.start) is None:
        return members
    if OR.search(text, members[0].end, members[-1].start):
        return members
    return [*members, last]


def _by_parenthesis(
    document: Document, hits: Sequence[Hit], concepts: Mapping[str, Concept]
) -> Iterator[Choice]:
    """Find "Machine Learning experience (ranking, NLP, retrieval etc)": any of them will do."""
    for match in PARENTHESIS.finditer(document.text):
        words = match.group(1)
        if ONE_BY_ONE.search(words) or not OPEN_LIST.search(LEFT_OUT.split(words, 1)[0]):
            continue
        behind = bisect_left(hits, match.start(), key=_start)
        head = hits[behind - 1] if behind else None
        if (
            head is None
            or head.id not in concepts
            or head.start < document.sentence(match.start())[0]
        ):
            continue
        if HEAD.fullmatch(document.text, head.end, match.start()) is None:
            continue
        within = hits[behind : bisect_left(hits, match.end(), key=_start)]
        members = [hit for hit in within if hit.start > match.start() and hit.id != head.id]
        if len(_concepts(members)) > 1:
            yield Choice(head.start, match.end(), 1, tuple(members), (), "choice:parenthesis")


def _by_or(
    document: Document, hits: Sequence[Hit], concepts: Mapping[str, Concept]
) -> Iterator[Choice]:
    """Find lists whose last joint is "or": "Python, R or SAS"."""
    position = 0
    while position < len(hits):
        chain = _chain(document, hits, position)
        position += len(chain)
        for group in _groups(document.text, chain, concepts) if len(chain) > 1 else ():
            if len(group) > 1 and len(_concepts(group)) > 1:
                yield Choice(group[0].start, group[-1].end, 1, tuple(group), (), "choice:or")


def _by_acceptance(document: Document, hits: Sequence[Hit]) -> Iterator[Choice]:
    """Find "Java (Kotlin or Scala also fine)": what is accepted, and what it may replace."""
    text = document.text
    for match in ACCEPTED.finditer(text):
        last = bisect_left(hits, match.start(), key=_start) - 1
        if last < 1 or hits[last].end != match.start():
            continue
        first = _replacing(text, hits, last)
        if first:
            members = hits[first - 1 : last + 1]
            yield Choice(members[0].start, match.end(), 1, tuple(members), (), "choice:accepted")


def _replacing(text: str, hits: Sequence[Hit], last: int) -> int:
    """Return the first of the hits up to `last` that may stand in the place of the one before it.

    0 where it cannot be told: "Java, Kotlin, Scala also fine" is one list.
    """
    near = max(0, hits[last].start - LONGEST_JOINT)
    aside = text.rfind("(", near, hits[last].start) > text.rfind(")", near, hits[last].start)
    for first in range(last, 0, -1):
        joint = text[hits[first - 1].end : hits[first].start]
        if len(joint) > LONGEST_JOINT:
            return 0
        if INSTEAD_OPENS.fullmatch(joint) and aside == ("(" in joint):
            if aside or not _goes_on(text, hits, first - 1):
                return first
            return _begins(text, hits, first - 1) + 1 if STOPS.match(joint) else 0
        if not JOINER.fullmatch(joint):
            return 0
    return 0


def _begins(text: str, hits: Sequence[Hit], last: int) -> int:
    """Return the first hit of the choice that `last` ends: "Go or Rust; Python *also fine*".

    -1 where "or" does not join it, so that there is no choice.
    """
    first = last
    while _goes_on(text, hits, first):
        first -= 1
    joint = text[hits[last - 1].end : hits[last].start]
    return first if OR.search(joint) else -1


def _goes_on(text: str, hits: Sequence[Hit], index: int) -> bool:
    """Tell whether a hit goes on with the list of the one before it."""
    if index < 1 or hits[index].start - hits[index - 1].end > LONGEST_JOINT:
        return False
    return JOINER.fullmatch(text, hits[index - 1].end, hits[index].start) is not None


def _groups(
    text: str, chain: Sequence[Hit], concepts: Mapping[str, Concept]
) -> Iterator[Sequence[Hit]]:
    """Yield those of a list of which one is enough.

    All of them where "or" joins the last ("Java, Go, or C"), those like the last where "or
    similar" does ("Gainsight, Totango or similar"). Where a comma follows an "or"
    ("Java or Go, Kafka and SQL") the list goes on behind those that it joins.
    """
    joints = [text[a.end : b.start] for a, b in pairwise(chain)]
    aside = next((index for index, joint in enumerate(joints) if _is_aside(joint)), None)
    if aside is not None:  # "SQL, Power BI (or Tableau)" lets Tableau stand for Power BI only
        before = list(_groups(text, chain[: aside + 1], concepts))
        if before and before[-1][-1] == chain[aside]:
            yield from before[:-1]
            yield [*before[-1], *chain[aside + 1 :]]
        else:
            yield from before
            yield chain[aside:]
        return
    said = [index for index, joint in enumerate(joints) if OR.search(joint)]
    commas = [index for index, joint in enumerate(joints) if "," in joint]
    if not said:
        if OR_SIMILAR.match(text, chain[-1].end):
            yield like_last(chain, concepts)
        elif goes_on(text, chain) or are_bodies(text, chain):
            yield chain
        return
    last = JOINER.fullmatch(joints[-1])
    kind = last["kind"] if last is not None else None
    if kind and not kind.startswith(("another", "other")):
        # "SQL, Tableau or similar BI tools": what is like it; of "other tools" all before are some.
        yield [*like_last(chain[:-1], concepts), chain[-1]]
        return
    plain = [index for index in commas if index > said[0] and not OR.search(joints[index])]
    if not plain or (said[-1] == len(joints) - 1 and "," in joints[-1]):
        yield chain
        return
    begin = 0
    for index in (*commas, len(joints)):
        if bisect_left(said, begin) < bisect_left(said, index):
            yield chain[begin : index + 1]
        begin = index + 1


def _is_aside(joint: str) -> bool:
    """Tell whether what follows belongs to the one before: "(or Tableau", "tool such as Looker"."""
    return "(or" in joint.lower() or EXAMPLES.fullmatch(joint) is not None


def _chain(document: Document, hits: Sequence[Hit], first: int = 0) -> Sequence[Hit]:
    """Return the hits from `first` on as far as only commas, slashes and "or" part them."""
    text = document.text
    end = hits[first][1]
    is_kind = False
    for last in range(first + 1, len(hits)):
        start, following = hits[last][:2]
        joint = JOINER.fullmatch(text, end, start) if start - end <= LONGEST_JOINT else None
        if joint is None and not (is_kind and EXAMPLES.fullmatch(text, end, start)):
            return hits[first:last]
        is_kind = joint is not None and joint["kind"] is not None
        end = following
    return hits[first:]


def _start(hit: Hit) -> int:
    return hit.start


def _concepts(hits: Sequence[Hit]) -> set[str]:
    return {hit.id for hit in hits}
