"""Phrases: which words of a sentence name something that one can know.

A sentence's words are cut into the members of a list, each without what says how much, how well
or of what kind in general.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from nlp.document import Span
from nlp.rules.compounds import is_compound
from nlp.rules.forms import (
    ACRONYM,
    ALONE,
    CAPITAL,
    FIGURE,
    MANNER,
    NAME_INSIDE,
    QUALITY,
)
from nlp.rules.items import VAGUE, is_action, is_thing, lists_tools, members
from nlp.rules.lost_commas import NAME, names_in
from nlp.rules.phrase_parts import (
    AND,
    ANEW,
    ARTICLE,
    AS,
    BACK,
    BEFORE_NAME,
    BETWEEN,
    DOING,
    END,
    FOR,
    GENERIC,
    GERUND,
    JOINS,
    LEAD,
    LEADS,
    OF,
    PAPER,
    PARTS,
    PASSED,
    PEOPLE,
    SAYS_LITTLE,
    SEMICOLON,
    SKILLS,
    STOPS,
    TAIL,
    TRAILING,
    VERB,
    leads,
)
from nlp.rules.within import within
from nlp.rules.written import as_written
from nlp.words import Words, kind_among

MOST_WORDS: Final = 5
MOST_MEMBERS: Final = 30
"""Members of one list that are looked at."""
LONGEST_MEMBER: Final = 60
"""Words of one member that are looked at: a list that lost its commas looks like one."""
MEMBER_WORDS: Final = 3
"""Words of a list's member that other members prove to be one of them."""
PROOF: Final = 2
"""How many members of a list must be known before they prove the others."""


DONE_TO: Final = kind_among(
    "analyse analyze apply create develop ensure evaluate identify interpret understand".split()
)
"""Verbs behind words that ask: what is done to something is no part of its name."""
WORKS: Final = kind_among(
    "build construction creation delivery deployment design development elicitation evaluation"
    " execution implementation installation maintenance operation preparation production"
    " specification".split()
)
"""Nouns of work that is done on what is named behind "of"."""


class Term(NamedTuple):
    """A span that names what is asked for. `known` are the spans of the concepts inside it."""

    start: int
    end: int
    rule: str
    known: tuple[Span, ...] = ()


Segment = tuple[int, int]
"""The first word of a stretch of a sentence, and the one behind its last."""


class Sentence:
    """The words of a sentence up to `stop`, and the spans of the concepts known in it."""

    def __init__(self, words: Words, stop: int, known: Sequence[Span], *, run_on: bool) -> None:
        self._spans = words.spans
        self.kinds: Final = as_written(words.kinds[:stop], self._spans, known, PARTS, STOPS)
        self.known = known
        self._has_of = bool(_any_of(self.kinds) & OF)
        self._run_on = run_on
        self._anew = ANEW | VERB if run_on else ANEW  # "Massachusetts Contingency Plan" is a name

    def objects(self, first: int) -> Iterator[Segment]:
        """Yield the members of the list that begins at `first`, as far as it goes on."""
        begin = index = first
        count = 0
        for index in range(first, len(self.kinds)):
            kinds = self.kinds[index]
            if kinds & STOPS and not (kinds & SEMICOLON and self._goes_on(index)):
                break
            if count == MOST_MEMBERS or index - begin == LONGEST_MEMBER:
                break
            if kinds & (BETWEEN | SEMICOLON):
                if index > begin:
                    yield begin, index
                    count += 1
                begin = index + 1
            elif kinds & FOR and self._is_in_name(begin, index):
                continue  # "Sewers for Adoption"
            elif (kinds & END and not kinds & ACRONYM) or (
                index > begin
                and kinds & CAPITAL
                and kinds & self._anew
                and not self._is_inside_name(index)
            ):
                break  # a capital is all that is left of a line break: "Python Strong knowledge"
            elif kinds & PASSED and (index > begin or self.kinds[index - 1] & AS):
                break  # "methods of grafting used in orchards"
            elif kinds & GERUND and index > begin and self._has_object(index):
                break  # "publications demonstrating their insight"
            elif kinds & DOING and not (index > begin and self.kinds[index - 1] & ARTICLE):
                if index > begin:
                    break  # "Python building services": what follows says what for
                begin = index + 1
        else:
            index = len(self.kinds)
        if index > begin:
            yield begin, index

    def _is_inside_name(self, index: int) -> bool:
        """Tell whether a word with a capital belongs to a name: "the *Building* Safety *Act* 2022".

        So it does behind an article and before a figure.
        """
        follows = self.kinds[index + 1] if index + 1 < len(self.kinds) else 0
        return bool(self.kinds[index - 1] & ARTICLE or follows & FIGURE)

    def _has_object(self, index: int) -> bool:
        follows, after = (*self.kinds[index + 1 : index + 3], 0, 0)[:2]
        rated = follows & ARTICLE and after & END  # "Familiarity with tuning a plus"
        return bool(follows & (BACK | ARTICLE)) and not follows & CAPITAL and not rated

    def _goes_on(self, index: int) -> bool:
        """Tell whether a semicolon parts the members of a list: no verb stands behind it."""
        return index + 1 < len(self.kinds) and not self.kinds[index + 1] & VERB

    def _is_in_name(self, begin: int, index: int) -> bool:
        """Tell whether a word stands between two with capitals: it is a part of their name."""
        words = self.kinds[index - 1 : index + 2]
        return index > begin and len(words) == 3 and bool(words[0] & words[2] & CAPITAL)

    def headed(self, head: int) -> Segment:
        """Return the words that a head such as "certification" ends: "*forklift* certification"."""
        first = head
        while first and head - first < MEMBER_WORDS and not self.kinds[first - 1] & BEFORE_NAME:
            first -= 1
        return (first, min(head + 1, len(self.kinds))) if first < head else (head, head)

    def held(self, head: int) -> Segment:
        """Return the words before a noun such as "experience": "*Xactimate* experience"."""
        first, last = self.headed(head)
        if first == last or last == head:
            return head, head
        lead = self.kinds[first - 1] if first else 0
        joined = self.kinds[head] & SKILLS and lead & JOINS  # "analytical and teaming skills"
        vague = head - first == 1 and self.kinds[first] & VAGUE
        if joined or vague or lead & ARTICLE or self.kinds[head - 1] & (QUALITY | OF):
            return head, head  # "a smooth experience", "scientific skills", "his experience"
        return first, head

    def terms(self, segment: Segment, rule: str) -> Iterator[Term]:
        """Yield what a member of a list names; the members of one whose commas were lost, each."""
        names = names_in(segment, self.kinds, self._spans, self.known) if self._run_on else None
        for name in names or (segment,):
            first, last = self.stripped(*name)
            if last - first > 1 and self.kinds[first] & DONE_TO:
                first, last = self.stripped(first + 1, last)
            yield from self._named(first, last, rule)

    def _named(self, first: int, last: int, rule: str) -> Iterator[Term]:
        if first == last or self.kinds[first] & BACK or self._is_done_to(first, last):
            return  # "their dependencies", "such devices": what they are was said before
        start, end = self.span(first, last)
        inside = within(self.known, start, end)
        if inside is None:
            return
        if len(inside) > 1 and not self._is_one_name(first, last, inside):
            for index in range(first, last):
                span = self.span(index, index + 1)
                named = self.kinds[index] & NAME and not self.kinds[index] & (GENERIC | TAIL)
                if named and within(self.known, *span) == ():
                    yield Term(*span, "term:listed")
        elif last - first <= MOST_WORDS and (inside or self.names_something(first, last)):
            yield Term(start, end, rule, inside)

    def _is_done_to(self, first: int, last: int) -> bool:
        """Tell whether a word is one of several works on one thing: "the *design* and build of"."""
        if last - first > 1 or not self.kinds[first] & WORKS:
            return False
        index = last
        while index < len(self.kinds) and self.kinds[index] & (JOINS | WORKS):
            index += 1
        behind = self.kinds[index] if index < len(self.kinds) else 0
        return index > last + 1 and bool(self.kinds[index - 1] & WORKS and behind & OF)

    def items(self) -> Iterator[Term]:
        """Yield what a line without a verb names, where nothing but requirements stands.

        Behind a member that names nothing the others are parts of what it says: "Clear
        communication of ideas and *analysis*".
        """
        proven = lists_tools(self.kinds)
        segments = list(members(self.kinds))
        for index, segment in enumerate(segments):
            terms = self._item(segment, proven=proven)
            if not terms and not proven and index + 1 < len(segments):
                terms = self._item(self._joined(segment, segments[index + 1]), proven=False)
            if not terms and self._names_known(segment):
                proven = True  # "SCADA analytics using ..."
                continue
            if not terms:
                return
            proven = True
            yield from (term for term in terms if not term.known)

    def _names_known(self, segment: Segment) -> bool:
        """Tell whether a member is made of several known names and says what is done with none."""
        first, last = self.stripped(*segment)
        if first == last or is_action(self.kinds, first, last):
            return False
        inside = within(self.known, *self.span(first, last))
        return inside is not None and len(inside) > 1

    def _item(self, segment: Segment, *, proven: bool) -> list[Term]:
        first, last = self.stripped(*segment)
        if first == last or not (self.known or self._may_be_item(first, last, proven=proven)):
            return []
        terms = list(self._named(first, last, "term:item"))
        known = terms[0].known if terms else ()
        if not terms or known == (self.span(first, last),):
            return terms
        if known:
            return [] if is_action(self.kinds, first, last) else terms
        return terms if self._may_be_item(first, last, proven=proven) else []

    def _may_be_item(self, first: int, last: int, *, proven: bool) -> bool:
        thing = is_thing(self.kinds, first, last, proven=proven)
        return thing and not is_action(self.kinds, first, last)

    def _joined(self, one: Segment, other: Segment) -> Segment:
        """Return two members as one where they share the last word: "Hull and machinery claims"."""
        share = one[1] - one[0] == 1 and self.kinds[one[1]] & AND and other[1] - other[0] > 1
        return (one[0], other[1]) if share and other[0] == one[1] + 1 else (one[0], one[0])

    def is_name(self, first: int, last: int) -> bool:
        """Tell whether words are written as a name is: "Darwin Core"."""
        return all(kinds & NAME for kinds in self.kinds[first:last])

    def span(self, first: int, last: int) -> Span:
        """Return where the words from `first` to the one before `last` stand in the text."""
        return self._spans[first][0], self._spans[last - 1][1]

    def names_something(self, first: int, last: int) -> bool:
        """Tell whether unknown words can be a name: neither general nor an action or a manner."""
        kinds = self.kinds[first:last]
        if len(kinds) == 1 and kinds[0] & ALONE:
            return False  # "operational and/or strategic aspects of sales", "staff"
        if self.is_generic(first, last) and not is_compound(kinds):
            return False
        if kinds[-1] & (MANNER | PEOPLE) and not kinds[-1] & NAME:
            return False  # "working closely", "the job offered"
        shares = last - first == 1 and last < len(self.kinds) and self.kinds[last] & AND
        if kinds[-1] & QUALITY and not kinds[-1] & NAME and not shares:
            return False  # "3 years of progressive and applicable experience"
        if kinds[0] & GERUND and not kinds[0] & NAME:
            return False  # "translating these needs"
        return not _any_of(kinds) & BACK

    def _is_one_name(self, first: int, last: int, inside: Sequence[Span]) -> bool:
        """Tell whether several concepts make one phrase in lower case, "data science concepts".

        Two of several words each that leave nothing between are two: "load testing data modeling".
        """
        if _any_of(self.kinds[first:last]) & NAME or len(inside) > 2:
            return False
        spans = self._spans[first:last]
        words = [sum(start <= at < end for at, _ in spans) for start, end in inside]
        return sum(words) < len(spans) or (min(words) < 2 and not self._run_on)

    def stripped(self, first: int, last: int) -> Segment:
        """Return a segment without what says how much, how well, or of what kind in general."""
        kinds = self.kinds
        while last > first and kinds[last - 1] & TRAILING:
            last -= 1
        if last - first > 2 and kinds[last - 1] & LEAD and kinds[last - 2] & OF:
            last -= 2  # "support of new"
        if last - first > 1 and kinds[last - 1] & PAPER and kinds[last - 2] & NAME_INSIDE:
            last -= 1  # "NZVNA registration"
        again = True
        while again:
            while first < last and kinds[first] & LEADS and leads(kinds, first):
                first += 1
            again = False
            for index in range(first, min(last, first + 4) if self._has_of else first):
                if kinds[index] & OF and self.is_generic(first, index):
                    first, again = index + 1, True  # "the use of http libraries"
                    break
        return first, last

    def is_generic(self, first: int, last: int) -> bool:
        """Tell whether the words name nothing by themselves: "various tools", "3 years"."""
        return all(kinds & (SAYS_LITTLE | AND) for kinds in self.kinds[first:last])


def _any_of(kinds: Iterable[int]) -> int:
    """Return the kinds that one of the words has."""
    return reduce(or_, kinds, 0)
