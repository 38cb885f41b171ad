"""Abbreviations that a posting explains: "Corporate Risk Management (CRM)" is no customer's.

Where the words before a parenthesis begin with its letters, the text says what it means by them.
If the vocabulary knows the words, they are meant from there on; if it does not, and writes the
abbreviation's concept out in other words, that concept is not meant in this text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from nlp.document import Document
from nlp.matcher import Hit
from ontology import Vocabulary

EXPLAINED: Final = re.compile(r"\(([A-Z][A-Za-z&/]{1,7})\)")
LONGEST: Final = 120
"""How far before the parenthesis, in code points, the words may begin."""
PARTS: Final = re.compile(r"[^\s/&-]+")
STEM: Final = 5
FEWEST: Final = 2
"""Capitals that make an abbreviation."""
SMALL: Final = frozenset("a an and for in of on the to with".split())


def as_explained(document: Document, vocabulary: Vocabulary, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits with the abbreviations that the text explains meaning what it says."""
    explained = dict(explanations(document.text))
    if not explained:
        return list(hits)
    kept: list[Hit] = []
    for hit in hits:
        words = explained.get(document.text[hit.start : hit.end])
        if words is None:
            kept.append(hit)
            continue
        meant = vocabulary.find(words, "skills")
        if meant is not None:
            kept.append(hit._replace(id=meant.iri))
        elif not _is_another(words, vocabulary.labels_of(vocabulary[hit.id])):
            kept.append(hit)
    return kept


def explanations(text: str) -> Iterator[tuple[str, str]]:
    """Yield each abbreviation in parentheses with the words before it that it stands for."""
    for match in EXPLAINED.finditer(text):
        letters = [letter.lower() for letter in match[1] if letter.isupper()]
        if len(letters) < FEWEST:
            continue  # "tools (Tableau)"
        before = text[max(0, match.start() - LONGEST) : match.start()]
        words = list(PARTS.finditer(before.rpartition("\n")[2]))
        line = before.rpartition("\n")[2]
        for first in range(len(words) - 1, -1, -1):
            initials = _initials([word.group() for word in words[first:]])
            if len(_once(initials)) > len(letters):
                break
            if letters in (initials, _once(initials)) and words[first].group().lower() not in SMALL:
                yield match[1], line[words[first].start() :].strip()
                break


def _once(initials: Sequence[str]) -> list[str]:
    """Return initials without those that repeat the one before: "Medicare & Medicaid" has one M."""
    return [one for one, before in zip(initials, ["", *initials], strict=False) if one != before]


def _initials(words: Sequence[str]) -> list[str]:
    return [word[0].lower() for word in words if word.lower() not in SMALL]


@lru_cache(maxsize=4096)
def _is_another(words: str, labels: tuple[str, ...]) -> bool:
    """Tell whether a concept's labels write the same letters out in mostly other words.

    "Geospatial information systems" are GIS still; where no label writes the letters out, nobody
    can tell.
    """
    said = _stems(words)
    written = [other for label in labels if _letters(other := _stems(label)) == _letters(said)]
    return bool(written) and all(2 * len(said & other) < len(said) for other in written)


def _stems(words: str) -> frozenset[str]:
    """Return the beginnings of the words that count, enough to tell them apart."""
    found = (word.group().lower() for word in PARTS.finditer(words))
    return frozenset(word[:STEM] for word in found if word not in SMALL)


def _letters(stems: Iterable[str]) -> list[str]:
    return sorted(stem[0] for stem in stems)
