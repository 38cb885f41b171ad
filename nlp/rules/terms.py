"""Terms: what a posting asks knowledge of, in its own words, whether a concept covers it or not.

"Experience with *Runscope*", "knowledge of *on-prem infrastructure*", "Python, *Qt*, git": the
objects of asking words, and the members of a list that its other members prove. A term in which
no concept stands is a candidate; one that holds a concept is the phrase round it ("*cloud
deployment tools*").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from nlp.anchors import Anchored, Literals
from nlp.document import Document, Span
from nlp.necessity import BY_SECTION
from nlp.types import Section
from nlp.words import WORD, Word, classes, verbs

ASKS: Final = Anchored(
    r"\b(?:experienced?|knowledge|understanding|familiar(?:ity)?|proficien(?:t|cy)|expert(?:ise)?"
    r"|background|comfortable|skill(?:s|ed)|exposure|competen(?:t|ce|cy)|command|mastery|grasp|fluen(?:t|cy)"
    r"|versed|certifi(?:ed|cations?)|trained|training|specialist|knowledgeable|interest)"
    r"(?:[ ](?:working|programming|coding|developing|building|skills))?"
    r"[ ](?:with|in|of|on|using|within)\b[ ]?:?",
    re.IGNORECASE,
)
HEADS: Final = Anchored(
    r"\b(?:certificat(?:e|es|ion|ions)|licen[cs]es?|methodolog(?:y|ies)|software|tools)\b",
    re.IGNORECASE,
)
"""Nouns that end the name of something one can know, in lists of requirements."""
LISTS: Final = frozenset(BY_SECTION)
JOINERS: Final = frozenset(", / & and or and/or ( ) [ ] + - – — :".split())
EXAMPLES: Final = frozenset("such as like including e.g eg i.e either both etc".split())
BETWEEN: Final = JOINERS | EXAMPLES
STOPS: Final = frozenset(". ! ? | • * · … ; \x95 ▪ ●".split())
ADJECTIVES: Final = ("ical", "iate", "ional", "istic", "itative", "ous")
"""How words end that name nothing alone."""
VENUES: Final = Literals(
    (
        "conferences such as",
        "conferences (",
        "conferences like",
        "journals such as",
        "papers at",
        "papers in",
        "publication in",
        "publications at",
        "publications in",
        "published at",
        "published in",
        "publishing at",
        "publishing in",
    )
)
"""What is listed behind these words is where something was published."""
PARTS: Final = BETWEEN | STOPS
MOST_WORDS: Final = 5
MOST_MEMBERS: Final = 30
"""Members of one list that are looked at."""
LONGEST_MEMBER: Final = 60
"""Words of one member that are looked at: a list that lost its commas looks like one."""
MEMBER_WORDS: Final = 3
"""Words of a list's member that other members prove to be one of them."""
PROOF: Final = 2
"""How many members of a list must be known before they prove the others."""


class Term(NamedTuple):
    """A span that names what is asked for. `known` are the spans of the concepts inside it."""

    start: int
    end: int
    rule: str
    known: tuple[Span, ...] = ()


Segment = Sequence[Word]


def find_terms(document: Document, known: Sequence[Span]) -> tuple[Term, ...]:
    """Return the terms in order of position, none inside another.

    `known` are the spans of the vocabulary's concepts that stand for sure in the text, sorted.
    """
    found: dict[Span, Term] = {}
    for tags in document.tags:
        for word in WORD.finditer(document.text, tags.start, tags.end):
            if not word.group()[-1].isalnum() and word.group()[-1] not in "+#":
                continue  # a sign between the names: "• java"
            inside = _within(known, *word.span())
            if inside is not None and inside != (word.span(),):
                found[word.span()] = Term(*word.span(), "term:tag", inside)
    venues = VENUES.positions(document.text)
    for (low, high, kind), stretch in zip(document.stretches, document.words, strict=True):
        here = known[bisect_left(known, (low, low)) : bisect_left(known, (high, high))]
        asks = [match.end() for match in ASKS.finditer(document.text, low, high)]
        heads = (
            [m.start() for m in HEADS.finditer(document.text, low, high)] if kind in LISTS else []
        )
        if not (asks or heads or len(here) >= PROOF) or _in(document.tags, low):
            continue
        words, starts = stretch.each, stretch.starts
        index = bisect_left(venues, low)
        venue = venues[index] if index < len(venues) else high
        if venue < high:
            words = words[: bisect_left(starts, venue)]
        for end in asks:
            for segment in _objects(words, bisect_left(starts, end)):
                for term in _terms(segment, here, "term:asked"):
                    found.setdefault((term.start, term.end), term)
        for head in heads:
            if head > venue:
                break
            for term in _terms(_headed(words, bisect_left(starts, head)), here, "term:head"):
                found.setdefault((term.start, term.end), term)
        if len(here) >= PROOF:
            for term in _listed(words, here):
                found.setdefault((term.start, term.end), term)
    return tuple(_outermost(found.values()))


def _objects(words: Segment, first: int) -> Iterator[Segment]:
    """Yield the members of the list that begins at `first`, as far as it goes on."""
    ends, doing = classes()["end"], classes()["doing"]
    current: list[Word] = []
    count = 0
    for index in range(first, len(words)):
        word = words[index]
        lower = word.lower
        if lower in STOPS or count == MOST_MEMBERS or len(current) == LONGEST_MEMBER:
            break
        if lower in BETWEEN:
            if current:
                yield current
                count += 1
            current = []
        elif lower in ends or (current and _begins_anew(word)):
            break
        elif lower in doing:
            if current:
                break  # "Python building services": what follows says what for
        else:
            current.append(word)
    if current:
        yield current


def _headed(words: Segment, head: int) -> Segment:
    """Return the words that a head such as "certification" ends: "*forklift* certification"."""
    first = head
    while first and head - first < MEMBER_WORDS and _can_modify(words[first - 1]):
        first -= 1
    return words[first : head + 1] if first < head else []


def _can_modify(word: Word) -> bool:
    barred = word.lower in classes()["end"] or word.lower in classes()["lead"]
    return not barred and word.lower not in verbs() and word.lower not in PARTS


def _begins_anew(word: Word) -> bool:
    """Tell whether a capital is all that is left of a line break: "Python Strong knowledge"."""
    if not word.text[0].isupper() or not word.text[1:].islower():
        return False
    return word.lower in classes()["lead"] or word.lower in verbs()


def _terms(segment: Segment, known: Sequence[Span], rule: str) -> Iterator[Term]:
    """Yield what one member of a list names; the members of one whose commas were lost, each."""
    segment = _strip(segment)
    if not segment or segment[0].lower in classes()["back"]:
        return  # "their dependencies", "such devices": what they are was said before
    start, end = segment[0].start, segment[-1].end
    inside = _within(known, start, end)
    if inside is None:
        return
    if len(inside) > 1 and not _one_name(segment, inside):
        for word in segment:
            if _is_name(word) and _within(known, word.start, word.end) == ():
                yield Term(word.start, word.end, "term:listed")
    elif len(segment) <= MOST_WORDS and (inside or _is_name_of_something(segment)):
        yield Term(start, end, rule, inside)


def _span(segment: Segment) -> Span:
    return segment[0].start, segment[-1].end


def _within(known: Sequence[Span], start: int, end: int) -> tuple[Span, ...] | None:
    """Return the known spans from `start` to `end`; None where one goes over either."""
    first = bisect_left(known, (start, start))
    last = bisect_left(known, (end, end))
    if first and known[first - 1][1] > start:
        return None
    inside = tuple(known[first:last])
    return None if inside and inside[-1][1] > end else inside


def _is_name_of_something(segment: Segment) -> bool:
    """Tell whether unknown words can be a name: neither general nor an action or a manner."""
    last = segment[-1]
    if len(segment) == 1 and last.text.islower() and last.lower.endswith(ADJECTIVES):
        return False  # "operational and/or strategic aspects of sales"
    if _is_generic(segment) or (last.lower.endswith(("ly", "ed")) and not _is_name(last)):
        return False  # "working closely", "the job offered"
    if verbs().get(segment[0].lower) == "gerund" and not _is_name(segment[0]):
        return False  # "translating these needs"
    return not any(word.lower in classes()["back"] for word in segment)


def _one_name(segment: Segment, inside: Sequence[Span]) -> bool:
    """Tell whether several concepts make one phrase: lower case words, "data science concepts".

    Two of several words each that leave nothing between are two: "load testing data modeling".
    """
    if any(_is_name(word) for word in segment) or len(inside) > 2:
        return False
    words = [sum(start <= word.start < end for word in segment) for start, end in inside]
    return sum(words) < len(segment) or min(words) < 2


def _listed(words: Segment, known: Sequence[Span]) -> Iterator[Term]:
    """Yield the unknown names that stand in a list beside known ones: "Python, Qt, git"."""
    segments = map(_strip, _between_signs(words))
    for sure, run in groupby(segments, key=_is_member):
        if not sure:
            continue
        members = list(run)
        exact = [m for m in members if _within(known, *_span(m)) == (_span(m),)]
        if len(exact) < PROOF:
            continue
        for member in members:
            if _within(known, *_span(member)) == () and any(map(_is_name, member)):
                yield Term(*_span(member), "term:listed")


def _between_signs(words: Segment) -> Iterator[Segment]:
    """Yield the stretches between signs and joining words; before a colon stands a label, none."""
    current: list[Word] = []
    for word in words:
        if word.lower in PARTS:
            yield [] if word.lower == ":" else current
            current = []
        else:
            current.append(word)
    yield current


def _is_member(segment: Segment) -> bool:
    """Tell whether a stretch between two signs can be the member of a list of names."""
    if not segment or len(segment) > MEMBER_WORDS:
        return False
    ends, forms = classes()["end"], verbs()
    return not any(word.lower in ends or word.lower in forms for word in segment)


def _is_name(word: Word) -> bool:
    """Tell whether a word is written as names are: with a capital, or a figure inside it."""
    return (
        len(word.text) > 1
        and not word.text.startswith("<")
        and (word.text[0].isupper() or any(c.isupper() or c.isdigit() for c in word.text[1:]))
        and not word.text[0].isdigit()
    )


def _strip(segment: Segment) -> Segment:
    """Return a segment without what says how much, how well, or of what kind in general."""
    first, last = 0, len(segment)
    lead, tail = classes()["lead"], classes()["tail"]
    while last and (segment[last - 1].lower in tail or not _speaks(segment[last - 1])):
        last -= 1
    again = True
    while again:
        while first < last and (segment[first].lower in lead or not _speaks(segment[first])):
            first += 1
        again = False
        for index in range(first, min(last, first + 4)):
            if segment[index].lower == "of" and _is_generic(segment[first:index]):
                first, again = index + 1, True  # "the use of http libraries"
                break
    return segment[first:last]


def _speaks(word: Word) -> bool:
    return word.text[-1].isalnum() or word.text[-1] in "+#"


def _is_generic(segment: Segment) -> bool:
    """Tell whether the words name nothing by themselves: "various tools", "3 years"."""
    generic, lead = classes()["generic"], classes()["lead"]
    return all(
        word.lower in generic or word.lower in lead or word.text[0].isdigit() for word in segment
    )


def _outermost(terms: Iterable[Term]) -> Iterator[Term]:
    """Yield the terms in order without those that stand inside another."""
    reached = -1
    for term in sorted(terms, key=lambda term: (term.start, -term.end)):
        if term.start >= reached:
            yield term
            reached = term.end


def _in(sections: Sequence[Section], offset: int) -> bool:
    return any(section.start <= offset < section.end for section in sections)
