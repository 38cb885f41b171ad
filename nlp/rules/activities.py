"""Activities: what the person does or must be able to do, as the text says it.

"Design and implement end-to-end tests", "ability to *work across teams*". An activity is a
phrase that begins with a verb of work; its object and what belongs to it follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.document import Document
from nlp.necessity import Necessities
from nlp.types import Activity
from nlp.words import Word, verbs, words_of

SENTENCE_END: Final = frozenset(".;:()!?|•·*")
CUTS: Final = frozenset(
    "to that which who where when while whilst so because as if including such through via thus"
    " across within throughout based you we our is are was were will would can should may has"
    " e.g i.e whether but during according where by etc how what using".split()
)
"""Words that end an activity: what follows says why, how or for whom."""
LEADS: Final = frozenset("to will you'll and , & / you".split())
"""Before a base verb: "ability to lead", "you will build", "design and build"."""
GERUND_LEADS: Final = frozenset(
    "in for of with on about around by while and , & / like enjoy love enjoys loves are be am"
    " include includes including as comfortable experience experienced".split()
)
ADVERBS: Final = frozenset(
    "actively always also autonomously clearly closely collaboratively confidently constantly"
    " consistently continually continuously creatively directly effectively efficiently help"
    " helping independently proactively pro-actively quickly rapidly regularly successfully".split()
)
NOT_DUTIES: Final = frozenset(
    "apply be click contact enjoy find get have join learn like love meet please see send start"
    " submit visit welcome".split()
)
"""Verbs that open a sentence to the reader of the page: "Apply now", "Join us"."""
FRAMES: Final = frozenset("apply be enjoy find get have join like love see start".split())
NOUN_NEXT: Final = frozenset("of knowledge experience understanding skills is".split())
OF_NOUN = frozenset("preparation development design implementation analysis coordination management maintenance identification evaluation execution creation delivery planning production".split())
NOT_GERUNDS: Final = frozenset("looking following including being having".split())
ADDRESS: Final = frozenset("apply application applications click offer offers benefits".split())
OTHERS: Final = frozenset(
    "we us our ours they them their it its company companies department <organization>"
    " employees users customers which we're we've mission vision platform offer offers apply application".split()
)
PERSON: Final = frozenset(
    "you your you'll you're candidate candidates applicant applicants he she who person someone"
    " ability able experience skills responsible responsibilities role position".split()
)
BULLETS: Final = frozenset("• · * - – : \x95 > o".split())
DOERS = frozenset("you candidate he she he/she incumbent individual person role position applicant engineer manager developer analyst".split())
MOST_WORDS: Final = 12
LONG_ENOUGH: Final = 5


WHY = {}
def find_activities(document: Document, necessities: Necessities) -> tuple[Activity, ...]:
    """Return the activities of the sections that speak of the work or the candidate."""
    found: list[Activity] = []
    for low, high, _ in document.stretches:
        words = words_of(document.text, low, high)
        for first, last in _phrases(words):
            start, end = words[first].start, words[last].end
            evidence = document.evidence(start, end, "activity:verb")
            found.append(Activity(evidence.text, necessities.at(start, end), evidence))
    return tuple(found)


def is_adverb(word: str) -> bool:
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4)


def _phrases(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each activity of a sentence."""
    position = 0
    while position < len(words):
        if not _begins(words, position):
            position += 1
            continue
        last = _end(words, position)
        first = position
        while first and is_adverb(words[first - 1].lower):
            first -= 1
        if last > position or first < position:
            lead = words[first-1].lower if first else "^"
            form = verbs()[words[position].lower]
            WHY[words[first].start] = (form, lead if lead in ("^", *LEADS, *GERUND_LEADS, *BULLETS) else "Cap")
            yield first, last
        position = last + 1


def _begins(words: Sequence[Word], index: int) -> bool:
    form = verbs().get(words[index].lower)
    if form is None:
        return False
    if words[index].lower in ("working","using") and index and words[index-1].lower in ("experience","experienced") : return False
    before = index
    while before and is_adverb(words[before - 1].lower):
        before -= 1
    if form == "gerund" and (nxt := words[index + 1].lower if index + 1 < len(words) else "") and (
        nxt in NOUN_NEXT or words[index].lower in NOT_GERUNDS
    ):
        return False
    if words[index].lower in ("is", "has", "does"):
        return False
    if False:
        return False
    opens = (
        before == 0
        or words[before - 1].lower in BULLETS
    )
    lead = "" if before == 0 else words[before - 1].lower
    if opens and form == "base":
        return words[index].lower not in NOT_DUTIES
    if not opens and _of_others(words, before):
        return False
    if form == "base":
        if lead == "will" and not (before > 1 and words[before - 2].lower in DOERS):
            return False
        return lead in LEADS and words[index].lower not in FRAMES
    if form == "gerund":
        return opens or lead in GERUND_LEADS
    return opens or lead in ("who", "and", "he", "she")


def _of_others(words: Sequence[Word], index: int) -> bool:
    """Tell whether the words before speak of the company: the nearest pronoun decides."""
    for before in reversed(range(index)):
        word = words[before].lower
        if word in OTHERS:
            return True
        if word in PERSON:
            return False
    return False


def _end(words: Sequence[Word], first: int) -> int:
    """Return the last word of the activity that begins at `first`."""
    last = first
    for index in range(first + 1, min(len(words), first + MOST_WORDS)):
        word = words[index].lower
        if word in SENTENCE_END or word in CUTS:
            break
        long = index - first >= LONG_ENOUGH
        if word in ("and", ",", "&") and long:
            if index + 1 < len(words) and (
                words[index + 1].lower in verbs() or words[index + 1].lower in ADVERBS
            ):
                break
        if word == ",":
            nxt = words[index + 1].lower if index + 1 < len(words) else ""
            if verbs().get(nxt) or nxt in CUTS or nxt in ("and",):
                if not (index - first <= 2):
                    break
        last = index
    while last > first and words[last].lower in ("and", ",", "the", "a", "of", "in", "with", "&", "or", "for", "-"):
        last -= 1
    return last
