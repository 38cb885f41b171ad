"""Duties: verbs of scope that a posting uses of the person hired: design, own, lead, mentor.

"You will *design* ...", "*Lead* a team of six", "responsible for *maintaining* ...". A verb counts
where it can only be the person's: where a line or a sentence begins with it, behind "you will", as
one of the responsibilities, joined to such a verb ("design and *build*"), or as its purpose ("work
with the business to *define* ..."). It is none where somebody else does it ("our platform designs",
"the manager who leads"), where one need only be able to ("ability to lead"), where it is denied,
and where it is a noun ("lead time", "design patterns"). What is done under "help" or "assist in"
is not the person's either: that is the duty to assist. Which concept a verb means is for
`nlp.rules.duty_labels` to say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from nlp.document import Document
from nlp.rules.activities import MOST_BEFORE, phrase_end
from nlp.rules.duty_holders import (
    HIRED,
    NEAR,
    NEGATION,
    ONLY,
    SUBJECT,
    WHO,
    is_denied,
    is_subject,
    is_theirs,
)
from nlp.rules.duty_labels import (
    ADVERB,
    JOINTS,
    NOUNS,
    PREPOSITION,
    STOPS,
    DutyLabels,
    of_class,
)
from nlp.rules.duty_nouns import RULE, VERBS, noun_duties, noun_places
from nlp.types import Evidence, SectionKind, Stated, Term
from nlp.words import Words, folded, kind_among, kind_of, kind_where
from ontology import Vocabulary

RULES: Final = {
    "opens": "duty:opens",
    "will": "duty:you-will",
    "task": "duty:responsible-for",
    "joined": "duty:joined",
    "purpose": "duty:purpose",
}
TAKEN: Final = frozenset(RULES)
"""What is made of a verb: how it is the person's duty, or else that it is "refused" (another's, or
no more than wished for) or "under" (done under somebody who is helped). Of a noun nothing is."""

CALL: Final = kind_of("call")
BULLETS: Final = kind_among("• · * - – : > o + \x95".split())
DASHES: Final = kind_among("- –".split())
TO: Final = kind_among(["to"])
YOU: Final = kind_among(["you"])
SEMICOLON: Final = kind_among([";"])
ENDS: Final = kind_among(".!?")
CAPITAL: Final = kind_where(lambda word: word[0].isupper() and not word.isupper())
SMALL: Final = kind_where(lambda word: word[0].islower(), small=True)
COMMA: Final = kind_among([","])
SOUGHT_WHO: Final = kind_among(["who"])
BE: Final = kind_among("be are is".split())
NEEDED: Final = of_class("needed")
HELP: Final = kind_among("help helping helps".split())
WILL: Final = of_class("will")
YOU_WILL: Final = of_class("you-will")
SEEK: Final = of_class("seek")
TASK: Final = of_class("task")
DUTY_NOUN: Final = of_class("duty-noun")
INCLUDES: Final = of_class("includes")
ANSWERS: Final = of_class("answers")
TRAIT: Final = of_class("trait")
INVOLVED: Final = of_class("involved")
UNDER: Final = of_class("under")
ENABLE: Final = of_class("enable")
MEANS: Final = of_class("means")
THINGS: Final = of_class("thing-too")
THING_HEAD: Final = of_class("thing-head")
NOUN_HEAD: Final = of_class("noun-head")
OBJECT_START: Final = of_class("object-start")
OF: Final = kind_among("of in for at".split())
BEFORE_NAME: Final = PREPOSITION | OBJECT_START | JOINTS
"""Before a capital these say that a name follows: "with Monitor"."""
HEAD: Final = 4
"""How many words into a line among requirements the first verb may stand."""
ASKING: Final = frozenset({SectionKind.REQUIREMENTS, SectionKind.SKILLS, SectionKind.PREFERRED})
LISTS: Final = frozenset({SectionKind.DUTIES, SectionKind.BODY})
"""Where a line that begins with a gerund tells of the work, not of experience asked for."""


class Duties:
    """Finds the duties of a vocabulary in postings."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._labels: Final = DutyLabels(vocabulary)
        labels = self._labels
        self._verb = labels.base | labels.gerund | labels.third

    def find(self, document: Document) -> tuple[Stated[Term], ...]:
        """Return the duties in the order in which the text comes to them.

        Each has all the words that say it: the verb and what it is about.
        """
        found: dict[Term, list[Evidence]] = {}
        titles = {hit.start: hit.end for hit in document.hits("ROLE")}
        nouns = noun_places(document.text)
        for words, (low, high, section) in zip(document.words, document.stretches, strict=True):
            said = [*self._verbs(document, words, section, titles)]
            if bisect_left(nouns, low) < bisect_left(nouns, high):
                said += self._nouns(document.text, words, section)
            last = None
            for duty, start, end, rule in sorted(said, key=itemgetter(1)) if said else ():
                if (duty, start) != last:  # a gerund that opens a line is verb and noun
                    found.setdefault(duty, []).append(document.evidence(start, end, rule))
                last = duty, start
        return tuple(Stated(duty, tuple(evidence)) for duty, evidence in found.items())

    def _verbs(
        self, document: Document, words: Words, section: SectionKind, titles: dict[int, int]
    ) -> Iterator[tuple[Term, int, int, str]]:
        """Yield the duties that verbs say, each from its verb to the end of its object."""
        own, verb, kinds = self._labels.own, self._verb, words.kinds
        if not any(map(own.__and__, kinds)):
            return  # as most sentences
        verbs = words.holding(verb)
        if not any(kinds[index] & own for index in verbs):
            return
        if section in ASKING and not _can_tell(kinds, verbs):
            return
        for index, how in self._taken(kinds, verbs, section):
            start = words.span(index)[0]
            if not kinds[index] & own or (
                kinds[index] & NOUNS and self._names_a_role(document, words, index, titles)
            ):
                continue
            for duty in self._labels.meant(document.text, words, index):
                yield duty, start, words.span(phrase_end(kinds, index))[1], RULES[how]

    def _nouns(
        self, text: str, words: Words, section: SectionKind
    ) -> Iterator[tuple[Term, int, int, str]]:
        """Yield the duties that nouns of doing say, each from its noun to the end of its object."""
        for index, of, last in noun_duties(words.kinds, section):
            start, end = words.span(index)
            noun = folded(text[start:end])
            duty = self._labels.meant_by(VERBS.get(noun, noun), text, words, of)
            if duty is not None:
                yield duty, start, words.span(last)[1], RULE

    @staticmethod
    def _names_a_role(
        document: Document,
        words: Words,
        index: int,
        titles: dict[int, int],
    ) -> bool:
        """Tell whether a word stands before or in the name of a job: "*Lead* Data Engineer"."""
        two = range(index, min(index + 2, len(words.kinds)))
        ends = [titles[place] for i in two if (place := words.span(i)[0]) in titles]
        return any(document.text[end - 1] != "s" for end in ends)

    def _taken(
        self, kinds: list[int], verbs: list[int], section: SectionKind
    ) -> Iterator[tuple[int, str]]:
        """Yield where in a sentence the person's verbs are, and how each is one."""
        judged: dict[int, str] = {}
        for index in verbs:
            verdict = self._judge(kinds, index, section, judged)
            if verdict is not None:
                if len(judged) == 2 * MOST_BEFORE:
                    judged = dict(list(judged.items())[-MOST_BEFORE:])
                judged[index] = verdict
                if verdict in TAKEN:
                    yield index, verdict

    def _judge(
        self, kinds: list[int], index: int, section: SectionKind, judged: dict[int, str]
    ) -> str | None:
        """Say what a verb is: how it is taken, "refused", "under"; None where it is no verb."""
        labels, verb = self._labels, kinds[index]
        first = index
        while first and kinds[first - 1] & ADVERB and not kinds[first - 1] & self._verb:
            first -= 1
        if first > 1 and kinds[first - 1] & ONLY and kinds[first - 2] & NEGATION:
            first -= 2
        lead = kinds[first - 1] if first else 0
        before = kinds[first - 2] if first > 1 else 0
        opens = (
            first == 0
            or bool(lead & BULLETS and not (lead & DASHES and first > 1))
            or bool(lead & ENDS and kinds[first] & CAPITAL)  # "at Acme, Inc. Run ..."
        )
        if is_denied(kinds, first):
            return "refused"
        if lead & HELP and (first - 1) in judged:
            return "under"
        if lead & (JOINTS | SEMICOLON) and not opens:
            return self._joined(kinds, index, first, judged)
        if verb & labels.base:
            if opens:
                if verb & CALL and section is not SectionKind.DUTIES:
                    return "refused"
                return None if self._is_noun(kinds, index) else "opens"
            if lead & (WILL | YOU_WILL):
                return self._after_will(kinds, first)
            if lead & TO:
                return self._after_to(kinds, first, before, judged)
            if verb & CAPITAL and lead & SMALL and not (verb & NOUNS or lead & BEFORE_NAME):
                return "opens" if section is SectionKind.DUTIES else None  # a line break is lost
            if lead & YOU and (first == 1 or before & (BULLETS | COMMA)):
                return "will"
        elif verb & labels.gerund:
            if opens:
                bare = section is SectionKind.DUTIES or (first and section in LISTS)
                return "opens" if bare and not self._is_noun(kinds, index) else "refused"
            return self._gerund(kinds, first, lead, before, judged)
        elif verb & labels.third:
            if opens:
                return None if self._is_noun(kinds, index) else "opens"
            if lead & HIRED:
                return "opens" if is_subject(kinds, first - 1) else "refused"
            if lead & WHO:
                sought = (
                    lead & SOUGHT_WHO
                    and before & HIRED
                    and any(word & SEEK for word in _words_before(kinds, first))
                )
                return "task" if sought else "refused"
        return "refused" if lead & SUBJECT and not verb & NOUNS else None

    def _joined(
        self, kinds: list[int], index: int, first: int, judged: dict[int, str]
    ) -> str | None:
        """Say what a verb is that stands behind "and" or a comma: what the one before it is.

        A verb of the same form; nouns between them do not matter ("write *test* cases and
        *build* ..."). A word that may be a noun needs an object, or to follow at once.
        """
        verb = kinds[index]
        form = next(
            form
            for form in (self._labels.base, self._labels.gerund, self._labels.third)
            if verb & form
        )
        before = first - 1
        while before > 0 and kinds[before] & JOINTS:  # "design, build, and test"
            before -= 1
        at_once = bool(kinds[before] & form)
        if self._is_noun(kinds, index):
            return None
        if verb & THINGS and not at_once:
            after = kinds[index + 1] if index + 1 < len(kinds) else 0
            if not after & OBJECT_START:
                return None
        for place in reversed(judged):
            if kinds[place] & form:
                told = judged[place]
                return "joined" if told in TAKEN else told
        if verb & self._labels.third and not verb & NOUNS:  # "Own the reports and ensures ..."
            return "joined" if any(told in TAKEN for told in judged.values()) else None
        return None

    def _after_will(self, kinds: list[int], first: int) -> str:
        """Say whose the verb behind "will" is: the one hired is named, or nobody ("May lead")."""
        if kinds[first - 1] & YOU_WILL:
            return "will"
        subject = first - 2
        while subject >= 0 and kinds[subject] & ADVERB:
            subject -= 1
        if subject < 0 or kinds[subject] & BULLETS:
            return "will"
        if kinds[subject] & WHO:
            sought = any(word & (SEEK | HIRED) for word in _words_before(kinds, subject))
            return "will" if sought and kinds[subject] & SOUGHT_WHO else "refused"
        return "will" if is_subject(kinds, subject) else "refused"

    def _after_to(self, kinds: list[int], first: int, before: int, judged: dict[int, str]) -> str:
        """Say whose the verb behind "to" is: what the person does something for, or is there to."""
        if before & TRAIT or (before & NEEDED and not kinds[first - 3] & BE):
            return "refused"
        if before & UNDER and first - 2 in judged:
            return "under"  # "contribute to research"
        last = next(reversed(judged), None)
        if last is not None:
            told = judged[last]
            if told not in TAKEN or kinds[last] & ENABLE:
                return "under" if told in TAKEN else told
            return "purpose"
        for place in range(first - 2, max(-1, first - 2 - MOST_BEFORE), -1):
            if kinds[place] & (SEEK | TASK) or (kinds[place] & HIRED and place > first - 4):
                return "task"
            if kinds[place] & (SUBJECT | TRAIT):
                return "refused"
        return "refused"

    def _gerund(
        self, kinds: list[int], first: int, lead: int, before: int, judged: dict[int, str]
    ) -> str | None:
        """Say whose a gerund inside a sentence is, by what stands before it."""
        if lead & BE and before & (WILL | YOU_WILL):
            return self._after_will(kinds, first - 1)
        if lead & PREPOSITION and before & JOINTS and any(how == "task" for how in judged.values()):
            return "joined"
        near = kinds[max(0, first - 1 - NEAR) : first - 1]
        if lead & OF and any(word & ANSWERS for word in near):
            return "task" if is_theirs(kinds, first - 1) else "refused"
        if lead & INCLUDES and any(word & DUTY_NOUN for word in _words_before(kinds, first - 1)):
            return "task"
        if lead & PREPOSITION and before & UNDER:
            return "under"
        if lead & PREPOSITION and before & INVOLVED:
            named = any(word & (HIRED | DUTY_NOUN) for word in _words_before(kinds, first - 2))
            return "task" if named and is_theirs(kinds, first - 2) else "refused"
        if lead & MEANS:
            taken = any(how in TAKEN for how in judged.values())
            return "purpose" if taken else "refused"
        return "refused" if lead & (PREPOSITION | SUBJECT) else None

    def _is_noun(self, kinds: list[int], index: int) -> bool:
        """Tell whether a word that may be a verb is a noun here, by what follows."""
        if not kinds[index] & NOUNS:
            return False
        after = kinds[index + 1] if index + 1 < len(kinds) else STOPS
        if after & JOINTS:
            behind = (kind for kind in kinds[index + 2 : index + 4] if not kind & (JOINTS | ADVERB))
            return not next(behind, 0) & self._verb
        heads = NOUN_HEAD | STOPS | (THING_HEAD if kinds[index] & THINGS else 0)
        return bool(after & heads and not after & OBJECT_START)


def _can_tell(kinds: list[int], verbs: list[int]) -> bool:
    """Tell whether a line among requirements can tell of the work: how it begins, or "will"."""
    if verbs[0] < HEAD or any(map(ANSWERS.__and__, kinds[:HEAD])):
        return True
    return any(map((WILL | YOU_WILL).__and__, kinds))


def _words_before(kinds: list[int], end: int) -> list[int]:
    return kinds[max(0, end - MOST_BEFORE) : max(0, end)]
