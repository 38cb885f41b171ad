"""Labels that are everyday words: when "Go", "R" or "Excel" is the technology.

`patterns/ambiguous.tsv` says for each label in which spelling it counts, which words near it prove
it, and in which phrases it never counts. Beside those words, a list proves its members: a name
joined to a sure one ("Python, R and SAS") is sure itself. In a list of requirements so does a
capital inside the sentence ("experience with Hive"), or the name standing there alone; anywhere
does what asks for it and for nothing else ("knowledge of Go.").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter, itemgetter
from typing import Final

from nlp.any_of import AnyOf
from nlp.asking import MUCH
from nlp.document import BULLETS, Document
from nlp.matcher import Hit
from nlp.necessity import BY_SECTION
from nlp.patterns import table
from nlp.sections import section_at

LANGUAGES: Final = re.compile(r"\blanguages?\b", re.IGNORECASE)
SHORTEST_NAME: Final = 3
"""Capitals prove nothing of one or two letters: they are written so in "Section C" as well."""
NEAR: Final = 80
"""How far, in code points, a proving word may stand from the label."""
RATED: Final = re.compile(
    r"\s{0,20}+\(?(?:(?:is|are|w(?:ill|ould) be|also|highly|strongly)\s{1,20}+){0,5}"
    r"(?:an? (?:\w{1,40} )?(?:plus|asset|bonus|advantage|must)"
    r"|advantageous|beneficial|desired|desirable|essential|helpful|ideal|mandatory|necessary|needed"
    r"|preferred|required|useful|welcome"
    r"|(?<=\bbe )(?:amazing|appreciated|cool|fantastic|good|great|handy|lovely|nice))\b",
    re.IGNORECASE,
)
"""What is said of what one can know: "Spark is a plus"."""
ASKED: Final = re.compile(
    r"(?:(?i:experience|knowledge|understanding|familiar(?:ity)?|proficien(?:t|cy)|expertise"
    r"|background|skilled|exposure|competen(?:t|ce|cy)|fluen(?:t|cy)|versed|adept|comfortable"
    r"|confident|good|great|handy)"
    r"(?: (?:working|programming|coding|developing))?|(?i:programming|coding))"
    r" (?:at|with|in|of|using)\s\Z"
)
"""What asks for the name behind it: "knowledge of *Go*"."""
ENDS: Final = re.compile(
    r"\s{0,5}(?:\Z|[.,;:/|•()\n]|(?:or|and|and/or|is|are|preferred|required|desired)\b)"
)
"""Where a name ends that is asked for: not "experience in *C* level sales"."""
OFFICE: Final = frozenset({"access", "docs", "excel", "outlook", "sheets", "slides", "word"})
"""Programs of one package whose names are words; people list them in small letters."""
OF_OFFICE: Final = frozenset(
    {"gmail", "google docs", "google drive", "google sheets", "google slides"}
    | {"internet explorer", "microsoft office", "ms office", "ms project"}
    | {"power point", "powerpoint"}
    | {f"{maker} {name}" for maker in ("microsoft", "ms") for name in ("excel", "outlook", "word")}
)
"""What proves them in a list: "*word, excel and* powerpoint"."""
AS_VERB: Final = re.compile(r"\s(?:as|at|in|the|through|to|within)\b", re.IGNORECASE)
"""What follows such a word as a verb: "excel *in* it", "access *to* it"."""
PHRASE: Final = attrgetter("phrase")
HOW_WELL: Final = re.compile(rf"(?:very )?(?:{MUCH})", re.IGNORECASE)
LIST_JOINER: Final = re.compile(
    r"\s{0,20}(?:,|/|;|&|\||\(|:|•|\n|\bor\b|\band\b|\band/or\b){1,9}\s{0,20}(?:(?:or|and|and/or)\s{1,20})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Label:
    """A row of the table; few of a thousand are met, so it is read when one is."""

    spelling: str
    """The exact spelling that counts, "" for any."""
    words_near: str
    words_never: str

    @property
    def near(self) -> AnyOf | None:
        """What proves it near by."""
        return _any_of(self.words_near)

    @property
    def never(self) -> AnyOf | None:
        """What it is no name in."""
        return _any_of(self.words_never)


@cache
def _any_of(words: str) -> AnyOf | None:
    return AnyOf(words) if words else None


def sure_hits(document: Document, entity: str) -> list[Hit]:
    """Return the hits of an entity label that mean their concept here, in order of position."""
    hits = document.hits(entity)
    labels = _labels().get(entity, {})
    sure: list[Hit] = []
    open_: list[tuple[int, Hit]] = []
    named = set(map(PHRASE, hits))
    proves = not OF_OFFICE.isdisjoint(named) or ("excel" in named and len(named & OFFICE) > 1)
    office = _office(document, hits) if proves else frozenset()
    for index, hit in enumerate(hits):
        label = labels.get(hit.phrase)
        if index in office or label is None or (document.tags and _tagged(document, hit)):
            sure.append(hit)
        elif _spelled(document, hit, label):
            if _proved(document, hit, label):
                sure.append(hit)
            else:
                open_.append((index, hit))
    if not open_:
        return sure
    known = {hit.start for hit in sure}
    for index, hit in open_:
        neighbours = [hits[i] for i in (index - 1, index + 1) if 0 <= i < len(hits)]
        if any(n.start in known and _listed(document, hit, n) for n in neighbours):
            sure.append(hit)
            known.add(hit.start)
    return sorted(sure, key=itemgetter(0))


def _office(document: Document, hits: Sequence[Hit]) -> frozenset[int]:
    """Return which hits name programs of an office in a list that has a sure one of them.

    Excel beside another one, behind a comma, is sure enough: "SQL, access, and excel".
    """
    found: set[int] = set()
    run: list[int] = []
    for index, hit in enumerate([*hits, None]):
        named = hit is not None and (hit.phrase in OFFICE or hit.phrase in OF_OFFICE)
        if not (named and run and hit and _listed(document, hits[run[-1]], hit)):
            if len(run) > 1 and (
                any(hits[i].phrase in OF_OFFICE for i in run) or _beside_excel(document, hits, run)
            ):
                found.update(run)
            run = []
        if named:
            run.append(index)
    return frozenset(found)


def _beside_excel(document: Document, hits: Sequence[Hit], run: Sequence[int]) -> bool:
    """Tell whether Excel is among several programs that a comma parts from what is before them."""
    first, last = hits[run[0]], hits[run[-1]]
    low, _ = document.sentence(first.start)
    before = document.text[low : first.start].rstrip()
    parted = before.endswith(",") or "," in document.text[first.end : last.start]
    verb = AS_VERB.match(document.text, last.end)
    return parted and verb is None and any(hits[i].phrase == "excel" for i in run)


def _tagged(document: Document, hit: Hit) -> bool:
    return any(tags.start <= hit.start < tags.end for tags in document.tags)


def _spelled(document: Document, hit: Hit, label: _Label) -> bool:
    words = document.text[hit.start : hit.end]
    if label.spelling and words != label.spelling:
        return False
    never = label.never
    if never is None:
        return True
    start, end = max(0, hit.start - 30), hit.end + 30
    return not any(
        match.start() < hit.end and hit.start < match.end()
        for match in never.finditer(document.text, start, end)
    )


def _proved(document: Document, hit: Hit, label: _Label) -> bool:
    """Tell whether the words round a label that is spelled right prove it."""
    near = label.near
    if near is None:
        return True
    low, high = document.sentence(hit.start)
    before = document.text[max(low, hit.start - NEAR) : hit.start]
    after = document.text[hit.end : min(high, hit.end + NEAR)]
    if near.is_in(before) or near.is_in(after):
        return True
    if (heading := _language_heading(document, hit.start)) and near.is_in(heading):
        return True
    name = document.text[hit.start : hit.end]
    if len(name) >= SHORTEST_NAME and name[0].isupper() and RATED.match(after):
        return True
    if _is_asked_for(name, before, after):
        return True
    return document.section(hit.start) in BY_SECTION and _capital(document, hit)


def _language_heading(document: Document, start: int) -> str | None:
    """Return the heading above a place if it speaks of languages: "Languages: Dutch, French"."""
    heading = section_at(document.sections, start).heading if document.sections else None
    return heading if heading is not None and LANGUAGES.search(heading) else None


def _is_asked_for(name: str, before: str, after: str) -> bool:
    """Tell whether a name is all that is asked for: "experience with *R*".

    Capitals alone may be short for several things: "experience in AR" proves neither.
    """
    is_name = name[0].isupper() and (len(name) == 1 or not name.isupper())
    return is_name and ASKED.search(before) is not None and ENDS.match(after) is not None


def _capital(document: Document, hit: Hit) -> bool:
    """Tell whether the label is written as a name is: a capital where English has none."""
    name = document.text[hit.start : hit.end]
    if len(name) < SHORTEST_NAME or not name[0].isupper():
        return False
    low, high = document.sentence(hit.start)
    near = max(low, hit.start - NEAR)
    before = document.text[near : hit.start].strip(BULLETS + "-(\"'")
    rest = document.text[hit.end : min(high, hit.end + NEAR)].strip(" .;,)")
    alone = near == low and not before and not rest
    if before and HOW_WELL.fullmatch(before):
        return True  # "Strong Excel" at the front of an item
    return alone or (bool(before) and before.split()[-1].islower())


def _listed(document: Document, a: Hit, b: Hit) -> bool:
    first, second = sorted((a, b), key=lambda hit: hit.start)
    return LIST_JOINER.fullmatch(document.text, first.end, second.start) is not None


@cache
def _labels() -> Mapping[str, Mapping[str, _Label]]:
    """Return the labels of each entity that may mean something else."""
    found: dict[str, dict[str, _Label]] = {}
    for row in table("ambiguous"):
        labels = found.setdefault(row["entity"], {})
        labels[row["label"]] = _Label(row["spelling"], row["near"], row["never"])
    return found
