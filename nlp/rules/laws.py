"""Laws: names of acts, regulations and codes, which hold words that are skills of their own.

"The *Local Government Act*" asks for no local government, and "the *Child, Youth and Family
Services Act*" is one thing and not three. The name goes back from its last word over words with
capitals and what joins them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

from nlp.anchors import Anchored
from nlp.document import SILENT, Document, Span, Stretches
from nlp.matcher import Hit
from nlp.types import SectionKind
from nlp.words import classes, verbs
from ontology import Concept

LAST: Final = Anchored(
    r"\b(?:Act|Bye?-?laws?|Charter|Codes?(?=[ ]of[ ](?!Business|Conduct|Ethics))|Convention"
    r"|Directive|Ordinance|Regulations|Statutes?)\b"
    r"(?:[ ]of[ ](?:[A-Z][a-z]{1,20}(?:[ ](?:and[ ]|for[ ])?[A-Z][a-z]{1,20}){0,3}|\d{4}))?"
    r"(?:,?[ ]\d{4}\b(?![-/]))?"
)
"""How such a name ends: "... *Act 1988*", "... *Code of Fundraising Practice*"."""
BACK: Final = re.compile(
    r"(?P<word>[^\W_][\w&'’/-]{0,30}|&|\([A-Z][A-Za-z ]{1,24}\))(?P<sign>,?)[ ]$"
)
JOINTS: Final = frozenset("& and at for in of on the to with".split())
ASKING: Final = frozenset(
    "application applying awareness compliance experience expertise familiarity interpretation"
    " demonstrate have knowledge law possess proficiency the understanding".split()
)
"""Words with a capital that begin a sentence, or end another name."""
REACH: Final = 40
MOST_WORDS: Final = 10


def outside_laws(
    document: Document, hits: Sequence[Hit], concepts: Mapping[str, Concept]
) -> tuple[list[Hit], list[Span]]:
    """Return the hits that are no part of a law's name, and the names of laws."""
    laws = find_laws(document, hits, concepts)
    named = Stretches(laws)
    return [hit for hit in hits if not laws or not named.hold(hit.start)], laws


def find_laws(
    document: Document, hits: Sequence[Hit], concepts: Mapping[str, Concept]
) -> list[Span]:
    """Return the names of laws that no concept covers, in order; `hits` are the sure ones, too."""
    starts = [hit.start for hit in hits]
    found: list[Span] = []
    for start, end in _names(document, hits, concepts):
        before = bisect_right(starts, start)
        covered = before > 0 and end <= hits[before - 1].end
        if not covered and (not found or found[-1][1] <= start):
            found.append((start, end))
    return found


def _names(
    document: Document, hits: Sequence[Hit], concepts: Mapping[str, Concept]
) -> Iterator[Span]:
    text = document.text
    last = list(LAST.finditer(text))
    tools = {hit.end for hit in hits if concepts[hit.id].kind == "tool"} if last else ()
    for match in last:
        kind = document.section(match.start())
        if kind in SILENT or kind is SectionKind.BOILERPLATE:
            continue
        start = _first(text, match.start(), tools)
        code_of = match.group().startswith("Code") and " of " in match.group()
        if start < match.start() or code_of:
            yield start, match.end()


def _first(text: str, end: int, tools: Container[int]) -> int:
    """Return where a name begins that goes on to `end`; `end` itself where nothing is before it."""
    first = at = end
    listed = False
    for _ in range(MOST_WORDS):
        match = BACK.search(text, max(0, at - REACH), at)
        if match is None:
            break
        word, joined = match["word"], match["word"].lower() in JOINTS
        if joined and not match["sign"] and at != end:
            if word == "the" and text.endswith(("and ", "or ", ", "), 0, match.start()):
                break  # "Visual Studio Code and the Companies Act"
            listed = listed or word in ("and", "&")
        elif (
            not (word[0].isupper() or word[0] == "(")
            or match.end("word") in tools
            or _ends_anew(word, text[max(0, match.start() - 2) : match.start()].strip(" "))
        ):
            break
        elif match["sign"] and not listed:
            break  # "GDPR, Freedom of Information Act"
        elif word.isupper() and first == at and at != end and len(word) > 1:
            first = match.start()
            break
        elif word.isupper() and len(word) > 1 and first != at:
            break  # "GDPR and the Data Protection Act"
        else:
            first = match.start()
        at = match.start()
    return first


def _ends_anew(word: str, before: str) -> bool:
    """Tell whether a word ends another such name, or begins the sentence."""
    folded = word.lower()
    if folded in ASKING or folded in classes()["lead"]:
        return True
    if verbs().get(folded) == "base" and not before[-1:].isalnum() and before != ",":
        return True
    return LAST.pattern.fullmatch(word) is not None
