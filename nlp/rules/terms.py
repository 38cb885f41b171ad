"""Terms: what a posting asks knowledge of, in its own words, whether a concept covers it or not.

"Experience with *Runscope*", "knowledge of *on-prem infrastructure*", "Python, *Qt*, git": the
objects of asking words, and the members of a list that its other members prove. A term in which
no concept stands is a candidate; one that holds a concept is the phrase round it ("*cloud
deployment tools*").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from nlp.anchors import Anchored, Literals
from nlp.document import Document, Span
from nlp.necessity import BY_SECTION
from nlp.rules.lost_commas import NAME, names_in
from nlp.types import Section
from nlp.words import WORD, Words, kind_among, kind_of, kind_where

ASKS: Final = Anchored(
    r"\b(?:experienced?|knowledge|understanding|familiar(?:ity)?|proficien(?:t|cy)|expert(?:ise)?"
    r"|background|comfortable|skill(?:s|ed)|exposure|competen(?:t|ce|cy)|command|mastery|grasp|fluen(?:t|cy)"
    r"|versed|certifi(?:ed|cations?)|trained|training|specialist|knowledgeable|interest)"
    r"(?:[ ](?:working|programming|coding|developing|building|skills))?"
    r"[ ](?:with|in|of|on|using|within|from)\b[ ]?:?"
    r"|\b(?:preferably|ideally)[ ](?:from|in|with|within)\b",
    re.IGNORECASE,
)
HEADS: Final = Anchored(
    r"\b(?:accreditations?|certificat(?:e|es|ion|ions)|credentials?|designations?|licen[cs](?:es?|ure)"
    r"|methodolog(?:y|ies)|registrations?|software|tools)\b",
    re.IGNORECASE,
)
"""Nouns that end the name of something one can know, in lists of requirements."""
LISTS: Final = frozenset(BY_SECTION)
STOPS: Final = kind_among(". ! ? | • * · … ; \x95 ▪ ●".split())
BETWEEN: Final = kind_among(
    ", / & and or and/or ( ) [ ] + - – — :"
    " such as like including e.g eg i.e either both etc".split()
)
COLON: Final = kind_among([":"])
OF: Final = kind_among(["of"])
PARTS: Final = BETWEEN | STOPS
END: Final = kind_of("end")
DOING: Final = kind_of("doing")
LEAD: Final = kind_of("lead")
TAIL: Final = kind_of("tail")
BACK: Final = kind_of("back")
GENERIC: Final = kind_of("generic")
GERUND: Final = kind_of("gerund")
VERB: Final = kind_of("base", "gerund", "third")
NO_MODIFIER: Final = END | LEAD | VERB | PARTS
NO_MEMBER: Final = END | VERB
ANEW: Final = LEAD | VERB | BACK
SIGN: Final = kind_where(lambda word: not word[-1].isalnum() and word[-1] not in "+#")
FIGURE: Final = kind_where(lambda word: word[0].isdigit())
CAPITAL: Final = kind_where(lambda word: word[0].isupper() and word[1:].islower())
MANNER: Final = kind_where(lambda word: word.lower().endswith(("ly", "ed")))
ADJECTIVE: Final = kind_where(
    lambda word: (
        word.islower() and word.endswith(("ical", "iate", "ional", "istic", "itative", "ous"))
    )
)
"""How words end that name nothing alone."""
SAYS_LITTLE: Final = GENERIC | LEAD | FIGURE
LEADING: Final = LEAD | SIGN
TRAILING: Final = TAIL | SIGN
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


Segment = tuple[int, int]
"""The first word of a stretch of a sentence, and the one behind its last."""


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
    for term in _in_sentences(document, known):
        found.setdefault((term.start, term.end), term)
    return tuple(_outermost(found.values()))


def _in_sentences(document: Document, known: Sequence[Span]) -> Iterator[Term]:
    venues = VENUES.positions(document.text)
    lows = [low for low, _, _ in document.stretches]
    asks = _by_stretch(lows, [match.span() for match in ASKS.finditer(document.text)])
    heads = _by_stretch(lows, [match.span() for match in HEADS.finditer(document.text)])
    names = _by_stretch(lows, known)
    for number in sorted({*asks, *heads, *names}):
        low, high, kind = document.stretches[number]
        here = _before(high, names.get(number, ()))
        asked = _before(high, asks.get(number, ()))
        headed = _before(high, heads.get(number, ())) if kind in LISTS else ()
        if not (asked or headed or len(here) >= PROOF) or _in(document.tags, low):
            continue
        words = document.words[number]
        index = bisect_left(venues, low)
        venue = venues[index] if index < len(venues) else high
        stop = len(words.kinds) if venue >= high else bisect_left(words.spans, (venue,))
        sentence = _Sentence(words, stop, here, run_on=document.commas_lost)
        for _, end in asked:
            for segment in sentence.objects(bisect_left(words.spans, (end,))):
                yield from sentence.terms(segment, "term:asked")
        for head, _ in headed:
            if head > venue:
                break
            segment = sentence.headed(bisect_left(words.spans, (head,)))
            yield from sentence.terms(segment, "term:head")
        if len(here) >= PROOF:
            yield from sentence.listed()


class _Sentence:
    """The words of a sentence up to `stop`, and the spans of the concepts known in it."""

    def __init__(self, words: Words, stop: int, known: Sequence[Span], *, run_on: bool) -> None:
        self._spans = words.spans
        self._kinds = words.kinds[:stop]
        self._known = known
        self._has_of = bool(_any_of(self._kinds) & OF)
        self._run_on = run_on

    def objects(self, first: int) -> Iterator[Segment]:
        """Yield the members of the list that begins at `first`, as far as it goes on."""
        begin = index = first
        count = 0
        for index in range(first, len(self._kinds)):
            kinds = self._kinds[index]
            if kinds & STOPS or count == MOST_MEMBERS or index - begin == LONGEST_MEMBER:
                break
            if kinds & BETWEEN:
                if index > begin:
                    yield begin, index
                    count += 1
                begin = index + 1
            elif kinds & END or (index > begin and kinds & CAPITAL and kinds & ANEW):
                break  # a capital is all that is left of a line break: "Python Strong knowledge"
            elif kinds & DOING:
                if index > begin:
                    break  # "Python building services": what follows says what for
                begin = index + 1
        else:
            index = len(self._kinds)
        if index > begin:
            yield begin, index

    def headed(self, head: int) -> Segment:
        """Return the words that a head such as "certification" ends: "*forklift* certification"."""
        first = head
        while first and head - first < MEMBER_WORDS and not self._kinds[first - 1] & NO_MODIFIER:
            first -= 1
        return (first, min(head + 1, len(self._kinds))) if first < head else (head, head)

    def terms(self, segment: Segment, rule: str) -> Iterator[Term]:
        """Yield what a member of a list names; the members of one whose commas were lost, each."""
        names = names_in(segment, self._kinds, self._spans, self._known) if self._run_on else None
        for name in names or (segment,):
            yield from self._named(*self._stripped(*name), rule)

    def _named(self, first: int, last: int, rule: str) -> Iterator[Term]:
        if first == last or self._kinds[first] & BACK:
            return  # "their dependencies", "such devices": what they are was said before
        start, end = self._span(first, last)
        inside = _within(self._known, start, end)
        if inside is None:
            return
        if len(inside) > 1 and not self._is_one_name(first, last, inside):
            for index in range(first, last):
                span = self._span(index, index + 1)
                if self._kinds[index] & NAME and _within(self._known, *span) == ():
                    yield Term(*span, "term:listed")
        elif last - first <= MOST_WORDS and (inside or self._is_name_of_something(first, last)):
            yield Term(start, end, rule, inside)

    def listed(self) -> Iterator[Term]:
        """Yield the unknown names that stand in a list beside known ones: "Python, Qt, git"."""
        exact = set(self._known)
        run: list[tuple[Segment, Span]] = []
        for segment in self._between_signs():
            if segment is not None:
                run.append((segment, self._span(*segment)))
                continue
            if len(run) > PROOF and sum(span in exact for _, span in run) >= PROOF:
                for (first, last), span in run:
                    named = _any_of(self._kinds[first:last]) & NAME
                    if named and _within(self._known, *span) == ():
                        yield Term(*span, "term:listed")
            run = []

    def _between_signs(self) -> Iterator[Segment | None]:
        """Yield the stretches between signs and joining words that can be members of a list.

        None stands for one that cannot, such as the label before a colon, and for the end.
        """
        begin = 0
        for index, kinds in enumerate((*self._kinds, STOPS)):
            if kinds & PARTS:
                first, last = self._stripped(begin, index)
                begin = index + 1
                yield (
                    None
                    if kinds & COLON
                    or not 0 < last - first <= MEMBER_WORDS
                    or _any_of(self._kinds[first:last]) & NO_MEMBER
                    else (first, last)
                )
        yield None

    def _span(self, first: int, last: int) -> Span:
        return self._spans[first][0], self._spans[last - 1][1]

    def _is_name_of_something(self, first: int, last: int) -> bool:
        """Tell whether unknown words can be a name: neither general nor an action or a manner."""
        kinds = self._kinds[first:last]
        if len(kinds) == 1 and kinds[0] & ADJECTIVE:
            return False  # "operational and/or strategic aspects of sales"
        if self._is_generic(first, last) or (kinds[-1] & MANNER and not kinds[-1] & NAME):
            return False  # "working closely", "the job offered"
        if kinds[0] & GERUND and not kinds[0] & NAME:
            return False  # "translating these needs"
        return not _any_of(kinds) & BACK

    def _is_one_name(self, first: int, last: int, inside: Sequence[Span]) -> bool:
        """Tell whether several concepts make one phrase in lower case, "data science concepts".

        Two of several words each that leave nothing between are two: "load testing data modeling".
        """
        if _any_of(self._kinds[first:last]) & NAME or len(inside) > 2:
            return False
        spans = self._spans[first:last]
        words = [sum(start <= at < end for at, _ in spans) for start, end in inside]
        return sum(words) < len(spans) or min(words) < 2

    def _stripped(self, first: int, last: int) -> Segment:
        """Return a segment without what says how much, how well, or of what kind in general."""
        kinds = self._kinds
        while last > first and kinds[last - 1] & TRAILING:
            last -= 1
        again = True
        while again:
            while first < last and kinds[first] & LEADING:
                first += 1
            again = False
            for index in range(first, min(last, first + 4) if self._has_of else first):
                if kinds[index] & OF and self._is_generic(first, index):
                    first, again = index + 1, True  # "the use of http libraries"
                    break
        return first, last

    def _is_generic(self, first: int, last: int) -> bool:
        """Tell whether the words name nothing by themselves: "various tools", "3 years"."""
        return all(kinds & SAYS_LITTLE for kinds in self._kinds[first:last])


def _any_of(kinds: Iterable[int]) -> int:
    """Return the kinds that one of the words has."""
    return reduce(or_, kinds, 0)


def _by_stretch(starts: Sequence[int], spans: Iterable[Span]) -> dict[int, list[Span]]:
    """Return the spans by the number of the stretch that begins before them."""
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(bisect_right(starts, span[0]) - 1, []).append(span)
    found.pop(-1, None)
    return found


def _before(end: int, spans: Sequence[Span]) -> Sequence[Span]:
    """Return the spans, which are in order, that begin before `end`."""
    return spans if not spans or spans[-1][0] < end else [s for s in spans if s[0] < end]


def _within(known: Sequence[Span], start: int, end: int) -> tuple[Span, ...] | None:
    """Return the known spans from `start` to `end`; None where one goes over either."""
    first = bisect_left(known, (start,))
    last = bisect_left(known, (end,), first)
    if first and known[first - 1][1] > start:
        return None
    inside = tuple(known[first:last])
    return None if inside and inside[-1][1] > end else inside


def _outermost(terms: Iterable[Term]) -> Iterator[Term]:
    """Yield the terms in order without those that stand inside another."""
    reached = -1
    for term in sorted(terms, key=lambda term: (term.start, -term.end)):
        if term.start >= reached:
            yield term
            reached = term.end


def _in(sections: Sequence[Section], offset: int) -> bool:
    return any(section.start <= offset < section.end for section in sections)
