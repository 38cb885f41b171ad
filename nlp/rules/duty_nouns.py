"""Duties said by a noun: "responsible for the *design and development* of pumps".

A noun of doing (`patterns/duty_nouns.tsv`) or a gerund, with "of" and its object behind it, says
what its verb says. It is the person's duty where a line of duties begins with it ("*Ownership* of
the roadmap"), where the person answers for it, has it or takes it over, and where it is one of the
responsibilities. Without "of" it is a thing ("the design team", "development tools"), and behind
other words it is what the company does or what one knows ("experience in the design of pumps").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from nlp.folding import lowered
from nlp.patterns import table
from nlp.rules.activities import phrase_end
from nlp.rules.duty_holders import HIRED, NEAR, is_denied, is_theirs
from nlp.rules.duty_labels import JOINTS, STOPS, of_class
from nlp.types import SectionKind
from nlp.words import kind_among, kind_ending, kind_of, kind_where

RULE: Final = "duty:noun"
VERBS: Final = {row["noun"]: row["verb"] for row in table("duty_nouns")}
NOUN: Final = kind_among(VERBS) | kind_of("gerund")
OF: Final = kind_among(["of"])
OF_NEXT: Final = re.compile(r"of\b")
ENDINGS: Final = ("ing", *VERBS)
LAST_LETTERS: Final = frozenset(ending[-3:] for ending in ENDINGS)
MOST_BLANKS: Final = 3
DETERMINER: Final = kind_among("the our all full overall complete its".split())
MODIFIER: Final = kind_ending("al ic ive ous ary ful".split()) | kind_where(
    lambda word: "-" in word
)
"""Words that go before a noun of doing: "*technical* leadership", "*day-to-day* management"."""
BULLETS: Final = kind_among("• · * - – : > o + \x95".split())
FOR: Final = kind_among("for with of in".split())
ALSO_FOR: Final = kind_among(["for"])
"""What each member of a list may begin with: "responsible for A, *for* B and *for* C"."""
TAKES: Final = kind_among("assume assumes have has hold holds take takes over on".split())
ANSWERS: Final = of_class("answers")
INCLUDES: Final = of_class("includes")
DUTY_NOUN: Final = of_class("duty-noun")
SUBJECT: Final = of_class("subject")
VERB: Final = kind_of("base", "third")
FARTHEST: Final = 20
"""Words from the "of" of one duty to the next of its list, at the most."""
MODIFIERS: Final = 2
"""Modifiers that one noun has at the most."""
TELLING: Final = frozenset({SectionKind.DUTIES, SectionKind.BODY})


def noun_places(text: str) -> list[int]:
    """Return where nouns of doing end before an "of": most sentences need not be looked at."""
    low = lowered(text)
    found: list[int] = []
    for match in OF_NEXT.finditer(low):
        end = at = match.start()
        while end and at - end < MOST_BLANKS and low[end - 1].isspace():
            end -= 1
        if end < at and low[end - 3 : end] in LAST_LETTERS and low.endswith(ENDINGS, 0, end):
            found.append(end - 1)
    return found


class Noun(NamedTuple):
    """Where a noun of doing stands in its sentence, the "of" that leads to its object, its end."""

    place: int
    of: int
    last: int


def noun_duties(kinds: list[int], section: SectionKind) -> Iterator[Noun]:
    """Yield the nouns by which a sentence says what the person hired does, in order.

    The object of one ends where the next of its list begins.
    """
    found = list(_groups(kinds, section))
    for number, (nouns, _, of) in enumerate(found):
        last = phrase_end(kinds, of)
        if number + 1 < len(found) and found[number + 1][1] <= last:
            last = found[number + 1][1] - 1
            while last > of and kinds[last] & (JOINTS | ALSO_FOR):
                last -= 1
        yield from (Noun(place, of, last) for place in nouns)


def _groups(kinds: list[int], section: SectionKind) -> Iterator[tuple[list[int], int, int]]:
    """Yield nouns joined to one another, where they begin, and their "of"."""
    if section not in TELLING and not any(map(ANSWERS.__and__, kinds[:NEAR])):
        return
    taken = len(kinds)
    for of in range(1, len(kinds)):
        if kinds[of] & OF and kinds[of - 1] & NOUN:
            nouns, first = _joined(kinds, of - 1)
            if is_denied(kinds, first):
                continue
            if _is_duty(kinds, first, section) or _goes_on(kinds, taken, first):
                taken = of
                yield nouns, first, of


def _joined(kinds: list[int], last: int) -> tuple[list[int], int]:
    """Return the nouns that are joined to the one at `last`, and where all of them begin."""
    nouns = [last]
    while True:
        first = nouns[0]
        while first and nouns[0] - first < MODIFIERS and kinds[first - 1] & MODIFIER:
            first -= 1
        joint = first
        while joint and kinds[joint - 1] & JOINTS:
            joint -= 1
        if joint == first or not joint or not kinds[joint - 1] & NOUN:
            break
        nouns.insert(0, joint - 1)
    while first and kinds[first - 1] & DETERMINER:
        first -= 1
    return nouns, first


def _is_duty(kinds: list[int], first: int, section: SectionKind) -> bool:
    """Tell whether what begins at `first` is said to be the work of the person hired."""
    if first == 0 or kinds[first - 1] & BULLETS or kinds[first - 1] & STOPS:
        return section is SectionKind.DUTIES
    lead, near = kinds[first - 1], kinds[max(0, first - 1 - NEAR) : first - 1]
    if lead & FOR and any(map(ANSWERS.__and__, near)):
        return is_theirs(kinds, first - 1)
    if lead & INCLUDES and any(map(DUTY_NOUN.__and__, near)):
        return True
    if lead & TAKES:
        return any(map(HIRED.__and__, near)) and not any(map(SUBJECT.__and__, near))
    return False


def _goes_on(kinds: list[int], taken: int, first: int) -> bool:
    """Tell whether a list of duties goes on at `first`: "the supervision of six, *the review* of".

    The one before it leads to its object at `taken`. What joins them is behind that object, which
    may be people ("of a team of nurses, for ..."); there nobody else may be named.
    """
    between = kinds[taken:first] if first - taken < FARTHEST else ()
    if between and between[-1] & ALSO_FOR:
        between = between[:-1]
    joint = next((place for place, kind in enumerate(between) if kind & JOINTS), len(between))
    return (
        bool(between and between[-1] & JOINTS)
        and not any(map(STOPS.__and__, between))
        and not any(kind & (SUBJECT | VERB) for kind in between[joint:])
    )
