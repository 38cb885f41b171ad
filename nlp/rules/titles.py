"""Titles: what the job is, at which level, with which specialisation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.document import Document
from nlp.headings import is_furniture
from nlp.matcher import Hit, Matcher, Pattern
from nlp.patterns import table
from nlp.pipeline import blank
from nlp.types import SectionKind, Stated, Term
from ontology import Vocabulary

LONGEST_TITLE: Final = 120
ASIDE: Final = re.compile(r"\([^()\n]*\)|\[[^\[\]\n]*\]|\b20\d\d\b")
PART: Final = re.compile(r",\s+|\s+[-–—|:/]\s+|:\s+")
PROSE: Final = re.compile(
    r"\b(?:[Aa]s|(?:seeking|hiring|looking for|searching for|recruiting|be|become|join us as)) "
    r"(?:an?|our(?: next| new)?)? ?(?:\w+ ){0,2}?$"
)
ARTICLE: Final = re.compile(r".*\b(?:an?|our)\b ?")
UNIVERSITY_GRADUATE: Final = "University Graduate"
NUMERALS: Final = frozenset("I II III IV V 1 2 3 4 5".split())


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart. `role` is None where the words name no job."""

    role: Term
    level: Term | None = None
    specialisation: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """What a posting says of its job, each part with its words."""

    title: Stated[str] | None = None
    role: Stated[Term] | None = None
    level: Stated[Term] | None = None
    specialisation: Stated[str] | None = None


class Titles:
    """Takes titles apart with the role families and the level ladder of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        patterns = [
            Pattern(scheme, label, concept.iri)
            for scheme in ("levels", "roles", "degrees")
            for concept in vocabulary.scheme(scheme)
            for label in concept.labels
        ]
        self._matcher = Matcher(blank().tokenizer, patterns)

    def parse(self, text: str) -> Title | None:
        """Return the parts of a title, or None if the words name no job.

        Discipline, rank and numeral are separate signals; words decide, never substrings: the
        whole name of a known role wins over a rank inside it ("Product Manager").
        """
        plain = " ".join(ASIDE.sub(" ", text).split()).strip(" -–—,|")
        head, rest = _split(plain)
        head_title = self._head(head)
        if head_title is None:
            return None
        role, level = head_title
        if rest and role.concept is None and " " not in role.label:
            turned = self._vocabulary.find(f"{rest} {role.label}", "roles")
            if turned:  # "Engineer, Machine Learning"
                return Title(Term(turned.label, turned.iri), level)
        if rest and level is None:
            moved = self._level_alone(rest)
            if moved:  # "Software Engineer, Senior"
                return Title(role, moved)
        return Title(role, level, rest)

    def name(self, document: Document) -> Naming:
        """Return title, role, level and specialisation of a posting.

        The title is the first line of the header that names a job. Where there is none, the
        role comes from prose ("As a Machine Learning Engineer at ...").
        """
        for start, line in _header_lines(document):
            parsed = self.parse(line)
            if parsed is not None:
                return self._stated(document, parsed, start, start + len(line), "title:line")
        return self._from_prose(document)

    def _from_prose(self, document: Document) -> Naming:
        for hit in document.hits("ROLE"):
            low, _ = document.sentence(hit.start)
            lead = PROSE.search(document.text[low : hit.start])
            if document.section(hit.start) is SectionKind.RELATED or lead is None:
                continue
            article = ARTICLE.match(lead.group())
            begin = low + lead.start() + article.end() if article else hit.start
            parsed = self.parse(document.text[begin : hit.end])
            if parsed is not None:
                naming = self._stated(document, parsed, begin, hit.end, "title:prose")
                return Naming(role=naming.role, level=naming.level)
        return Naming()

    def _stated(self, document: Document, title: Title, start: int, end: int, rule: str) -> Naming:
        evidence = (document.evidence(start, end, rule),)
        return Naming(
            title=Stated(evidence[0].text, evidence),
            role=Stated(title.role, evidence),
            level=Stated(title.level, evidence) if title.level else None,
            specialisation=Stated(title.specialisation, evidence) if title.specialisation else None,
        )

    def university_graduate(self) -> Term:
        """Return the level of those who still have to graduate."""
        concept = self._vocabulary.find(UNIVERSITY_GRADUATE, "levels")
        return Term(UNIVERSITY_GRADUATE, concept.iri if concept else None)

    def _head(self, head: str) -> tuple[Term, Term | None] | None:
        """Part the head of a title into role and level."""
        known = self._vocabulary.find(head, "roles")
        if known:
            return Term(known.label, known.iri), None
        hits = self._matcher.find(head)
        levels = [h for h in hits if h.label == "levels" and _is_rank(head, h, hits)]
        degrees = [h for h in hits if h.label == "degrees" and h.start == 0 and h.end < len(head)]
        words = _without(head, [*levels, *degrees])
        role = self._role(words)
        if role is None:
            return None
        return role, self._level(levels)

    def _role(self, words: str) -> Term | None:
        known = self._vocabulary.find(words, "roles")
        if known:
            return Term(known.label, known.iri)
        last = words.lower().split()[-1:] or [""]
        of = re.match(r"(\w+) of \w", words.lower())  # "Head of Data", "Director of Engineering"
        if last[0] in _role_nouns() or (of and of[1] in _role_nouns()):
            return Term(words)
        return None

    def _level(self, hits: list[Hit]) -> Term | None:
        """Return the level; a rank in words says more than a numeral beside it."""
        if not hits:
            return None
        worded = [h for h in hits if not self._vocabulary[h.id].label.isupper()] or hits
        concept = self._vocabulary[worded[0].id]
        return Term(concept.label, concept.iri)

    def _level_alone(self, words: str) -> Term | None:
        concept = self._vocabulary.find(words, "levels")
        return Term(concept.label, concept.iri) if concept else None


def _split(title: str) -> tuple[str, str | None]:
    """Part a title at its first comma, dash or bar into head and specialisation."""
    match = PART.search(title)
    if match is None:
        return title, None
    rest = title[match.end() :].strip(" -–—,|")
    return title[: match.start()].strip(), rest or None


def _is_rank(head: str, hit: Hit, hits: list[Hit]) -> bool:
    """Tell whether a level's label is a rank here and not a part of the role's name.

    A numeral is one only at the end; a word only at either end; none where a known role holds
    it ("Lead Generation Specialist", "Product Manager").
    """
    if any(r.label == "roles" and r.start <= hit.start and hit.end <= r.end for r in hits):
        return False
    words = head[hit.start : hit.end]
    before = head[: hit.start].strip()
    after = head[hit.end :].strip()
    if words in NUMERALS or words.isdigit():
        return bool(before) and not after
    ranked = {i for h in hits if h.label != "roles" for i in range(h.start, h.end)}
    said = [i for i, char in enumerate(head) if char.isalnum() and i not in ranked]
    return not said or hit.start < said[0] or hit.end > said[-1]


def _without(text: str, hits: list[Hit]) -> str:
    for hit in sorted(hits, key=lambda h: -h.start):
        text = text[: hit.start] + " " + text[hit.end :]
    return " ".join(text.split()).strip(" -–—,|/")


def _header_lines(document: Document) -> Iterator[tuple[int, str]]:
    start = 0
    for line in document.text.split("\n"):
        if document.section(start) is not SectionKind.HEADER:
            return
        if line.strip() and len(line) <= LONGEST_TITLE and not is_furniture(line):
            yield start, line
        start += len(line) + 1


@cache
def _role_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("role_nouns"))
