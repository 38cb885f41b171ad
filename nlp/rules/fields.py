"""Fields of study: which stretches of a text list fields and so no skills."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from nlp.anchors import Literals
from nlp.document import Document, Span
from nlp.matcher import Hit
from nlp.rules.field_heads import with_heads
from nlp.types import Term
from ontology import Vocabulary
from ontology.terms import VOCABULARY

_OPEN = (
    "adjacent|allied|another|any|applicable|appropriate|associated|closely|cognate|comparable|equivalent|"
    "other|related|relevant|similar"
)
_GENERAL = (
    "analytic|analytical|numerate|quantitative|science|scientific|stem|technical|technological|"
    r"technology|\w{1,40}-(?:driven|focused|intensive|oriented|related)"
)
_NOUN = (
    r"(?:areas?(?:\s+of\s+(?:concentration|expertise|interest|speciali[sz]ation|study))?|fields?(?:\s+of\s+study)?|disciplines?|domains?|majors?|programs?"
    r"|sciences?|specialt(?:y|ies)|stud(?:y|ies)|subjects?)"
)
NOUNS: Final = Literals(("area", "field", "disciplin", "domain", "major", "subject"))
LIST_END: Final = re.compile(
    r"\b(?:or|and)\s+(?:in\s+)?(?:an?\s+)?(?P<phrase>"
    rf"(?:(?:{_OPEN}|{_GENERAL}|applied|computational|engineering)\s+){{1,4}}"
    r"(?:areas? of study|fields?|disciplines?|majors?|subjects?))\b(?P<to>\s+related\b)?",
    re.IGNORECASE,
)
"""What ends a list of fields: "or a related field", "or technical fields related to them"."""
IN: Final = re.compile(r"\bin\s+", re.IGNORECASE)
LONGEST_END: Final = 80
LONGEST_LIST: Final = 600
"""How far before the end of a list, in code points, the "in" stands that it begins with."""
OPEN: Final = re.compile(
    rf"(?:(?:{_OPEN})[,\s]{{1,20}}){{1,6}}(?:(?:[\w-]{{1,40}},?|/)\s{{1,20}}){{0,5}}?(?:degree\s+)?{_NOUN}\b"
    r"(?:\s+related\b)?"
    r"|degrees?\s+related\s+to\b"
    r"|(?:comparable|related|similar)(?=\s{0,3}(?:[.,;:()\n]|$|\b(?:is|required|preferred|from|with)\b))",
    re.IGNORECASE,
)
"""A member that leaves the list open: "related, quantitative field", "any technical field"."""
GENERAL: Final = re.compile(
    rf"(?:(?:highly|heavily|rigorous)\s+)?(?:(?:{_GENERAL})(?:-?(?:related|based|oriented))?"
    rf"(?:\s{{0,20}}[,/]\s{{0,20}}|\s{{1,20}}(?:(?:or|and)\s{{1,20}})?)){{1,3}}{_NOUN}\b",
    re.IGNORECASE,
)
"""A member that only says of what kind the fields are: "a quantitative discipline"."""
RELATED_TO: Final = re.compile(
    r"(?P<what>\w{1,40})-(?:driven|focused|oriented|related)\b", re.IGNORECASE
)
"""A field by what it has to do with: "a *health*-related field"."""
KIND_WORD: Final = re.compile(_GENERAL, re.IGNORECASE)
FIELD: Final = VOCABULARY + "field/"
KINDS: Final = frozenset(
    FIELD + name for name in ("quantitative-discipline", "stem", "technical-field")
)
"""The vocabulary's concepts of such members."""
SKIP: Final = re.compile(
    r"(?:[\s,;/&|:()\[\]]|or\s(?:an?\s)?degrees?\s(?:in|of)\b"
    r"|(?:a|an|and|as|both|e\.?g|either|etc|for example|i\.?e|ideally|in|"
    r"including|like|majors?|one of|or|preferably|preferred|such|the|the following)\b\.?)*",
    re.IGNORECASE,
)
"""What parts the members of a list."""
WORD: Final = (
    r"(?!(?:and|or|in|with|from|at|for|of|to|is|are|as|a|an|the|plus|preferred|required)\b)"
    r"[A-Za-z][A-Za-z'’-]{0,40}+"
)
ITEM: Final = re.compile(
    rf"{WORD}(?:[ ]{WORD}){{0,3}}(?=\s{{0,20}}(?:[,;/()&\n]|$|\.(?:\s|$)"
    r"|(?:and|or|in|with|from|is|preferred|required)\b))",
    re.IGNORECASE,
)
"""A member that the vocabulary may not know: up to four words."""
NO_FIELD: Final = re.compile(
    r"\b(?:ability|background|completion|certifi\w+|colleges?|coursework|degrees?|desired|diploma|education|equivalents?"
    r"|experience\w*|expertise|familiar\w*|higher|above|institution|knowledge|licen[cs]e\w*|minimum|must|nature|near|other"
    r"|proficien\w*|relat\w+|skills?|strong|training|universit\w+|understanding|work\w*|years?|you|etc)\b",
    re.IGNORECASE,
)
"""Words of what follows a list of fields and is no field."""
TAIL: Final = re.compile(
    r"(?:\s{0,20}+\((?:any (?:field|discipline)|[A-Z]{2,5})\))?"
    r"(?:[\s-]{1,20}+(?:related|based))?(?:\s{1,20}+(?:degrees?|disciplines?|fields?|majors?|programs?|studies))?",
    re.IGNORECASE,
)
"""What a member may say behind its name: "Engineering (any field)", "Finance degree"."""
OTHER_NOUN: Final = re.compile(
    r"\s{1,20}+(?:schools?|firms?|departments?|experience|industry|teams?|skills?)\b", re.IGNORECASE
)
"""What makes a field's name part of another: "an accredited law school"."""
BEFORE: Final = re.compile(
    r"\s{0,9}(?:,|/|&|\bor\b|\band\b|\band/or\b|,\s{0,9}or\b|,\s{0,9}and\b)\s{0,9}(?:an?\s{1,9})?",
    re.IGNORECASE,
)
KIND_BEFORE: Final = re.compile(
    r"\b(?P<kind>numerate|quantitative|scientific|STEM|technical)\s$", re.IGNORECASE
)
"""What kind of degree one is, right before it: "a *numerate* degree"."""
LONGEST_KIND: Final = 24
SHORT: Final = 6
"""Letters that an abbreviation has at the most: "CS" is written out as "Computer Science"."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a list of fields says, and where it stops."""

    terms: tuple[Term, ...]
    related: bool
    stop: int
    unproved: Term | None = None
    """The only member, where the vocabulary does not know it and nothing else is listed."""


class FieldLists:
    """The lists of fields in a document: "in Statistics, ML, or a related field"."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self._vocabulary = vocabulary
        hits = [
            hit
            for hit in document.hits("FIELD")
            if hit.end - hit.start > 2 or document.text[hit.start : hit.end].isupper()
        ]  # "IT" is a field, "it" is none
        self._hits = {hit.start: hit for hit in hits}
        self._ends = {hit.end: hit for hit in hits}
        self.spans: Final[list[Span]] = list(self._open_lists())

    def _is_tool(self, position: int) -> bool:
        """Tell whether a tool is named there, which is no field of study."""
        hits = self._document.hits("SKILL")
        index = bisect_left(hits, position, key=itemgetter(0))
        at = index < len(hits) and hits[index].start == position
        return at and self._vocabulary[hits[index].id].kind == "tool"

    def after(self, start: int, end: int) -> Fields:
        """Return the fields listed from `start` on, up to `end`, and where the list stops.

        The list goes on as long as only commas, "or", "and" and the like part its members. A
        member that the vocabulary does not know counts where a known one or "or related field"
        follows. The kind of the fields ("a quantitative discipline") is a field itself only where
        none is named.
        """
        text = self._document.text
        terms: dict[str, Term] = {}
        unknown: list[Term] = []
        kind: Term | None = None
        related = False
        position = stop = start

        def settle(following: Hit | None = None) -> None:
            for term in with_heads(text, unknown, following):
                if KIND_WORD.fullmatch(term.label):
                    continue  # "quantitative or engineering fields"
                terms.setdefault(term.label.lower(), term)
            unknown.clear()

        while True:
            skipped = SKIP.match(text, position, end)
            if skipped is None:
                break
            hit = self._hits.get(skipped.end())
            blank = position > start and not skipped.group().strip()
            if blank and (hit is None or not self._document.commas_lost):
                break  # only a blank: "Computer Science fundamentals", but "... Physics Music"
            position = skipped.end()
            if hit is not None and hit.end > end:
                hit = None
            open_ = OPEN.match(text, position, end)
            if open_ is not None and not _names(text, hit):
                settle()
                related = True
                position = stop = open_.end()
                continue
            longer = self._longer(hit, end) if hit is not None else None
            if longer is not None:
                settle()
                term = self._term(*longer)
                terms.setdefault(term.label.lower(), term)
                position = stop = _behind(text, longer[0].end, end)
                continue
            if hit is not None and (hit.id not in KINDS or _names(text, hit)):
                settle(hit)
                if OTHER_NOUN.match(text, hit.end):
                    break
                term = self._term(hit, hit.start)
                terms.setdefault(term.label.lower(), term)
                position = stop = _behind(text, hit.end, end)
                continue
            general = GENERAL.match(text, position, end)
            if general is not None or hit is not None:
                stop = general.end() if general else hit.end if hit else position
                about = RELATED_TO.match(text, position, stop)
                kind = Term(about["what"]) if about else self._kind(position, stop)
                position = stop
                continue
            item = ITEM.match(text, position, end)
            if item is None or self._is_tool(position) or NO_FIELD.search(item.group()):
                break
            last = self._ends.get(item.end())
            if last is not None and last.id not in KINDS and last.start >= position:
                settle()
                term = self._term(last, position)
                terms.setdefault(term.label.lower(), term)
                stop = _behind(text, item.end(), end)
            else:
                unknown.append(Term(" ".join(item.group().split())))
            position = item.end()
        if kind is not None and not terms:
            terms[kind.label] = kind
        if not terms and not related and len(unknown) == 1:
            return Fields((), related=False, stop=position, unproved=unknown[0])
        return Fields(tuple(terms.values()), related or (kind is not None and len(terms) > 1), stop)

    def _longer(self, hit: Hit, end: int) -> tuple[Hit, int] | None:
        """Return the field that an adjective opens, and where: "*chemical* biology"."""
        text = self._document.text
        if not text[hit.start : hit.end].lower().endswith(("al", "ic")):
            return None
        item = ITEM.match(text, hit.start, end)
        last = self._ends.get(item.end()) if item else None
        return (last, hit.start) if last is not None and last.start == hit.end + 1 else None

    def before(self, end: int, low: int) -> tuple[Term, ...]:
        """Return the fields that stand right before `end`, but not before `low`.

        "a Computer Science or Engineering degree" names two.
        """
        named = self._before(end, low)[0]
        kind = (
            None
            if named
            else KIND_BEFORE.search(self._document.text, max(low, end - LONGEST_KIND), end)
        )
        return (self._kind(*kind.span("kind")),) if kind else named

    def start_before(self, end: int, low: int) -> int:
        """Return where the fields begin that stand right before `end`: `end` where none do."""
        return self._before(end, low)[1]

    def _before(self, end: int, low: int) -> tuple[tuple[Term, ...], int]:
        text = self._document.text
        found: list[Term] = []
        begin = end
        while begin > low:
            at = begin
            while at > low and text[at - 1] == " ":
                at -= 1
            hit = self._ends.get(at)
            if hit is None and found:
                joint = next(
                    (
                        m
                        for width in range(9, 0, -1)
                        if (m := BEFORE.fullmatch(text, begin - width, begin))
                    ),
                    None,
                )
                hit = self._ends.get(joint.start()) if joint else None
            if hit is None or hit.start < low or (found and hit.end == begin):
                break
            found.append(self._term(hit, hit.start))
            begin = hit.start
        return tuple(reversed(found)), begin

    def _term(self, hit: Hit, start: int) -> Term:
        """Name a field as the posting does, abbreviations written out."""
        words = " ".join(self._document.text[start : hit.end].partition("(")[0].split())
        concept = self._vocabulary[hit.id]
        short = words.isupper() and len(words.replace(".", "")) <= SHORT
        same = words.lower().rstrip("s") == concept.label.lower().rstrip("s")
        return Term(concept.label if short or same or hit.id in KINDS else words, hit.id)

    def _kind(self, start: int, end: int) -> Term:
        """Name the kind of fields, by the vocabulary's concept of it."""
        words = " ".join(self._document.text[start:end].split())
        hit = next(
            (h for at in range(start, end) if (h := self._hits.get(at)) and h.id in KINDS), None
        )
        iri = hit.id if hit is not None else _kind_of(words)
        return Term(self._vocabulary[iri].label, iri)

    def _open_lists(self) -> list[Span]:
        """Return the lists that end in "or related field": from the "in" before it."""
        text = self._document.text
        spans: list[Span] = []
        done = 0
        for at in NOUNS.positions(text):
            if at < done:
                continue
            match = LIST_END.search(text, max(done, at - LONGEST_END), min(len(text), at + 20))
            if match is None or match.end() <= at:
                continue
            done = match.end()
            low, _ = self._document.sentence(match.start())
            low = max(low, match.start() - LONGEST_LIST)
            starts = [m.end() for m in IN.finditer(text, low, match.start())]
            if starts:
                spans.append((starts[-1], match.end()))
        return spans


def _names(text: str, hit: Hit | None) -> bool:
    """Tell whether the member names what counts though it sounds open.

    "closely related quantitative discipline" does; "other technical field" leaves it open.
    """
    return hit is not None and text[hit.start : hit.end].lower().startswith("closely related")


def _kind_of(words: str) -> str:
    """Return the concept of the kind that words such as "a numerate subject" speak of."""
    folded = words.lower()
    if "stem" in folded.split():
        return FIELD + "stem"
    counting = ("analytic", "numerate", "quantitative")
    return FIELD + (
        "quantitative-discipline" if any(w in folded for w in counting) else "technical-field"
    )


def _behind(text: str, position: int, end: int) -> int:
    """Return where a member ends that says "(any field)" or "degree" behind its name."""
    tail = TAIL.match(text, position, end)
    return tail.end() if tail else position
