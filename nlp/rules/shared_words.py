"""Shared words: names in a list that say their common word once.

"machine and deep *learning*", "*data* collection, cleaning and analysis", "relational (Oracle)
and NoSQL *databases*": each member with the word of its neighbour is looked up in the vocabulary,
so that only what it knows is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from nlp.asking import MUCH
from nlp.document import Document, Stretches
from nlp.matcher import Hit
from nlp.words import classes
from ontology import Vocabulary

JOINT: Final = (
    r"(?:[ ]?,[ ]?(?:and[ ]|or[ ]|and/or[ ])?|[ ]and[ ]|[ ]or[ ]|[ ]and/or[ ]|[ ]?[/&][ ]?)"
)
JOINED: Final = (" and ", " or ", " and/or ", "/", "&", "/ ", "& ")
SKILLS: Final = " skills"
SKILLS_OPEN: Final = (" s", " S")
BEFORE_SKILLS: Final = re.compile(
    rf"(?:^|[,;:(•*\n-][ ]{{0,3}}|\b(?:and|or|possess|{MUCH})[ ])"
    r"(?P<word>[^\W\d_][\w-]{1,24})(?:,?[ ](?:and|or)[ ]|,[ ]|[ ]&[ ])$",
    re.IGNORECASE,
)
"""Before "skills" a comma joins as well, what begins a member: "*analytic*, and writing skills"."""
BEFORE: Final = re.compile(
    r"(?<![\w-])(?P<word>[^\W\d_][\w-]{1,24})(?:[ ]\([^()\n]{1,80}\))?"
    r"(?:[ ](?:and|or|and/or)[ ]|[ ]?[/&][ ]?)$"
)
"""A comma joins too little: in "operations, and project management" they share nothing."""
AFTER: Final = re.compile(
    rf"{JOINT}(?P<word>[^\W\d_][\w-]{{1,24}})(?=[ ]?[,;.)\n]|[ ](?:and|or)[ ]|[ ]?$"
    r"|(?<=/[A-Z]{2})[ ])"
)
"""No word may follow: "data analysis, model building" shares nothing. One may behind two capitals:
"SAP MM/*SD* transactions"."""
WIDEST: Final = 120
"""How far before a name, in code points, the member stands that shares its last word."""
NARROW: Final = 60
"""How far the member that shares "skills": no parenthesis stands between."""
MOST: Final = 5
"""Members that share one word."""


def shared_words(document: Document, vocabulary: Vocabulary, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that stand in a list with one of `hits` and share its first or last word.

    The span of one that shares the last word goes on to that word, so that the words prove it.
    """
    firsts, lasts = classes()["shared-first"], classes()["shared-last"]
    text = document.text
    members: list[tuple[Hit, int, int, str]] = []
    for hit in hits:
        _, end, _, _, size, phrase = hit
        if phrase.endswith(SKILLS) or (
            text.startswith(SKILLS_OPEN, end) and text[end : end + len(SKILLS)].lower() == SKILLS
        ):
            members += _skills_before(text, hit)
        if size == 1 or len(words := phrase.split()) < 2:
            continue
        if words[-1] in lasts:
            members += _before(text, hit, words[-1])
        if words[0] in firsts:
            members += _after(text, hit, words[0])
    if not members:
        return []
    taken = Stretches((hit.start, hit.end) for hit in hits)
    found: dict[int, Hit] = {}
    for hit, start, end, name in members:
        concept = vocabulary.find(name)
        if concept is None or concept.iri == hit.id or taken.hold(start):
            continue
        said = text[start:end].lower()
        found.setdefault(start, Hit(start, end, hit.label, concept.iri, hit.size, said))
    return sorted(found.values(), key=itemgetter(0))


def _skills_before(text: str, hit: Hit) -> Iterator[tuple[Hit, int, int, str]]:
    """Yield the words before a name that share "skills" with it: "*computer* and SQL skills"."""
    end = hit.start
    for _ in range(MOST):
        match = BEFORE_SKILLS.search(text, max(0, end - NARROW), end)
        if match is None:
            return
        yield hit, match.start("word"), match.end("word"), f"{match['word']}{SKILLS}"
        end = match.start("word")


def _before(text: str, hit: Hit, head: str) -> Iterator[tuple[Hit, int, int, str]]:
    """Yield the words before a name that share its last: "*machine* and deep learning"."""
    end = hit.start
    for _ in range(MOST):
        if not text.endswith(JOINED, 0, end):
            return
        match = BEFORE.search(text, max(0, end - WIDEST), end)
        if match is None:
            return
        yield hit, match.start("word"), hit.end, f"{match['word']} {head}"
        end = match.start("word")


def _after(text: str, hit: Hit, first: str) -> Iterator[tuple[Hit, int, int, str]]:
    """Yield the words behind a name that share its first: "data collection, *cleaning*"."""
    position = hit.end
    for _ in range(MOST):
        match = AFTER.match(text, position)
        if match is None:
            return
        if match["word"].lower() not in classes()["shared-not"]:  # "data mining, modeling"
            yield hit, match.start("word"), match.end("word"), f"{first} {match['word']}"
        position = match.end("word")
