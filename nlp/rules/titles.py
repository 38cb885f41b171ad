"""Titles: what the job is, at which level, with which specialisation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.document import Document
from nlp.headings import DECORATION, is_furniture
from nlp.matcher import Hit, Matcher, Pattern
from nlp.patterns import table
from nlp.pipeline import tokenizer
from nlp.types import SectionKind, Stated, Term
from ontology import Vocabulary

LONGEST_TITLE: Final = 120
MOST_WORDS: Final = 9
"""Words of a title whose role is taken from its beginning alone; a sentence has more."""
ASIDE: Final = re.compile(r"\([^()\n]*\)|\[[^\[\]\n]*\]|\b20\d\d\b")
PART: Final = re.compile(r",\s+|\s[-–—|:/]+\s|:\s+|(?<=[a-z])[-–—]\s|\s[-–—](?=[A-Z])")
PROSE: Final = re.compile(
    r"\b(?:[Aa]s|(?:seeking|hiring|looking for|searching for|recruiting|be|become|join us as)) "
    r"(?:an?|our(?: next| new)?)? ?(?:\w+ ){0,2}?$"
)
UNIVERSITY_GRADUATE: Final = "University Graduate"
LEAD: Final = re.compile(
    r"[\s#*_•·>-]*(?:(?:job|position|role|vacancy)?[ ]?(?:title|position|role|vacancy)[ ]?:[ ]*)?",
    re.IGNORECASE,
)
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
        self._matcher = Matcher(tokenizer(), patterns)

    def parse(self, text: str) -> Title | None:
        """Return the parts of a title, or None if the words name no job.

        Discipline, rank and numeral are separate signals; words decide, never substrings: the
        whole name of a known role wins over a rank inside it ("Product Manager").
        """
        plain = " ".join(ASIDE.sub(" ", text).split()).strip(" -–—,|")
        parts = [part.strip(" -–—,|") for part in PART.split(plain)]
        head, rest = parts[0], [part for part in parts[1:] if part]
        known = self._vocabulary.find(plain, "roles")
        if known:
            return Title(Term(known.label, known.iri))
        parsed = self._head(head)
        if parsed is None and rest:
            parsed, rest = self._head(rest[0]), rest[1:]  # "IT - Data Engineer II"
        role, level = parsed or (None, None)
        if role is None:
            return self._by_discipline(level, rest)
        left: list[str] = []
        for part in rest:
            moved = self._level_alone(part)
            turned = self._vocabulary.find(f"{part} {role.label}", "roles")
            if moved:  # "Software Engineer, Senior"
                level = level or moved
            elif turned and role.concept is None:  # "Engineer, Machine Learning"
                role = Term(turned.label, turned.iri)
            else:
                left.append(part)
        return Title(role, level, ", ".join(left) or None)

    def _by_discipline(self, level: Term | None, rest: list[str]) -> Title | None:
        """Read a title that names a rank and a discipline: "Director II, Data Science - Claims"."""
        role = self._discipline(rest[0]) if level and rest else None
        return Title(role, level, ", ".join(rest[1:]) or None) if role else None

    def name(self, document: Document) -> Naming:
        """Return title, role, level and specialisation of a posting.

        The title is the first line of the header that names a job. Where there is none, the
        role comes from prose ("As a Machine Learning Engineer at ...").
        """
        for start, end in _header_lines(document):
            parsed = self.parse(document.text[start:end])
            if parsed is not None:
                return self._stated(document, parsed, start, end, "title:line")
        return self._from_prose(document)

    def _from_prose(self, document: Document) -> Naming:
        for hit in document.hits("ROLE"):
            low, _ = document.sentence(hit.start)
            lead = PROSE.search(document.text[low : hit.start])
            if document.section(hit.start) is SectionKind.RELATED or lead is None:
                continue
            evidence = (document.evidence(hit.start, hit.end, "title:prose"),)
            concept = self._vocabulary[hit.id]
            before = lead.group().split()[-1:]
            rank = self._level_alone(before[0]) if before else None
            return Naming(
                role=Stated(Term(concept.label, concept.iri), evidence),
                level=Stated(rank, evidence) if rank else None,
            )
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

    def _head(self, head: str) -> tuple[Term | None, Term | None] | None:
        """Part the head of a title into role and level; either may be all there is."""
        known = self._vocabulary.find(head, "roles")
        if known:
            return Term(known.label, known.iri), None
        hits = self._matcher.find(head)
        levels = [h for h in hits if h.label == "levels" and _is_rank(head, h, hits)]
        degrees = [h for h in hits if h.label == "degrees" and h.start == 0 and h.end < len(head)]
        words = _without(head, [*levels, *degrees])
        role = self._role(words) if words else None
        if role is None and levels and levels[-1].end == len(head):
            # "Warehouse Associate": a rank that ends the title may be the noun of the role
            kept = self._role(_without(head, [*levels[:-1], *degrees]))
            role, levels = (kept, levels[:-1]) if kept and words else (None, levels)
        if role is None and levels:
            role = self._discipline(words)
        if role is None:
            role = self._longest_role(head, hits)
        level = self._level(levels)
        return (role, level) if role or (level and not words) else None

    def _longest_role(self, head: str, hits: list[Hit]) -> Term | None:
        """Return the known role that a title begins with: "Data Engineer with R"."""
        found = [h for h in hits if h.label == "roles" and len(head.split()) < MOST_WORDS]
        ranks = {i for h in hits if h.label == "levels" for i in range(h.start, h.end)}
        for hit in found:
            before = [i for i in range(hit.start) if head[i].isalnum() and i not in ranks]
            if not before:
                concept = self._vocabulary[hit.id]
                return Term(concept.label, concept.iri)
        return None

    def _discipline(self, words: str) -> Term | None:
        """Return the role of those who work in a discipline: "Data Science" Intern, VP of "..."."""
        words = re.sub(r"^of ", "", words)
        known = self._vocabulary.find(_disciplines().get(words.lower(), ""), "roles")
        return Term(known.label, known.iri) if known else None

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


def _header_lines(document: Document) -> Iterator[tuple[int, int]]:
    """Yield where the header's lines begin and end, without "Title:" and decoration."""
    start = 0
    for line in document.text.split("\n"):
        if document.section(start) is not SectionKind.HEADER:
            return
        lead = LEAD.match(line)
        begin = lead.end() if lead else 0
        if line[begin:].strip() and len(line) <= LONGEST_TITLE and not is_furniture(line):
            yield start + begin, start + len(line.rstrip(DECORATION))
        start += len(line) + 1


@cache
def _disciplines() -> dict[str, str]:
    return {row["discipline"]: row["role"] for row in table("disciplines")}


@cache
def _role_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("role_nouns"))
