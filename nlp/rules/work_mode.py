"""Work mode of the job itself: remote, hybrid or on site."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.anchors import Anchored, Literals
from nlp.document import Document, Span
from nlp.folding import lowered
from nlp.patterns import table
from nlp.rules.place_reading import place_at
from nlp.types import Evidence, Place, SectionKind, Stated

ANCHORS: Final = Literals(
    (
        "remote",
        "hybrid",
        "onsite",
        "on-site",
        "on site",
        "telework",
        "telecommut",
        "from home",
        "from-home",
        "home-based",
        "home based",
        "from anywhere",
        "anywhere\n",
        "wfh",
        "wfo",
        "in-office",
        "in office",
        "from office",
        "from the office",
        "from our office",
        "in the office",
        "in our office",
        "office-based",
        "office based",
        "in-person",
        "in person",
        "virtual",
    )
)
OFFICE: Final = Literals(("office",))
REACH: Final = 70
LONGEST_LINE: Final = 80
LONGEST_SENTENCE: Final = 60
SIGNS: Final = " .*-•·–"
WELL_KNOWN: Final = 100_000
"""Inhabitants of a city that is known by its name alone."""
LABEL: Final = re.compile(
    r"(?:work(?:place|ing)?[ ]?(?:type|mode|model|location|arrangement|style)?"
    r"|(?:job )?locations?(?: type)?|remote(?: status)?|office"
    r"|(?:remote|hybrid|on-?site)(?:[ ]?/[ ]?(?:remote|hybrid|on-?site)){1,2})[ ]?:[ ]?",
    re.IGNORECASE,
)
PARTS: Final = re.compile(r"[|,/()\[\]–—:;•·+]|[ ]-{1,2}[ ]|\bor\b|^-|-$")
TITLE: Final = re.compile(
    r"\W{0,30}+(?:(?:US|USA|100%|fully)[ -])?remote[ -]{1,9}+(?!sens|support|operat"
    r"|sites?\b|access|monitor|patient|service|system|control|infra|desktop|deposit|diagnos|pilot|vehicle|terminal|medic"
    r"|hands|health|work|team|area|communit|learning)(?-i:[A-Z])",
    re.IGNORECASE,
)
"""A title that begins with the mode: "Remote Data Analyst", but no "Remote Sensing Scientist"."""
FOR_NOW: Final = re.compile(
    r"\btemporar\w+|\buntil\b|\bfor the time being"
    r"|\bdu(?:e to|ring) (?:the )?(?:current )?(?:covid|pandemic|corona)"
    r"|\bcovid\b|\bpandemic\b|\breturn to (?:the )?office|\bonce (?:our |the )?offices? re-?open",
    re.IGNORECASE,
)
"""Remote for now: the job itself will be at the office, which nobody says in so many words."""
OF_OTHERS: Final = re.compile(
    r"\b(?:(?:(?<!eligible )(?<!available )(?<!option )(?<!potential )for|of|about|sell|build"
    r"|support)|(?:customers|clients|companies|businesses|teams|people) (?:with|who)"
    r"|(?:lets?|helps?|helping|enabl\w+|empower\w*) (?!you\b)(?:\w+ ){1,3}(?:to )?)[ ]?$",
    re.IGNORECASE,
)
"""Before the words: it is about the product, or others' work ("software for hybrid work")."""
WEAK: Final = frozenset({"hybrid-option", "perk"})
"""A perk; it counts where the posting says nothing of the whole job."""
DENIALS: Final = frozenset({"onsite-label-no", "onsite-no-remote"})
"""Beside "Telework: yes" a "Remote: no" says that not all of the work is remote."""
LINE: Final = "work-mode:line"
ELSEWHERE: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)


@dataclass(frozen=True, slots=True)
class _Hit:
    mode: str
    start: int
    end: int
    rule: str


def find_work_modes(
    document: Document, places: tuple[Stated[Place], ...]
) -> tuple[Stated[str], ...]:
    """Return the modes, sorted by name, each with all the words that say it.

    A place that is itself remote ("Remote, CA, US") says so too. "No remote" means on site.
    Remote work for the time of an epidemic is no mode. Of one sentence "hybrid" says most; a perk
    ("work from home options") gives way to what is said of the whole job.
    """
    text = document.text
    at = _anchors(text)
    said = list(_said(document)) if at else []
    hits = [*said, *_lines(document, at, said), *_short(document, at)]
    strong = [hit for hit in hits if hit.rule not in WEAK]
    if any(hit.mode == "hybrid" for hit in strong):
        strong = [hit for hit in strong if hit.rule not in DENIALS]
    found: dict[str, list[_Hit]] = {}
    for hit in strong or hits:
        found.setdefault(hit.mode, []).append(hit)
    stated = {
        mode: tuple(document.evidence(h.start, h.end, f"work-mode:{h.rule}") for h in spans)
        for mode, spans in found.items()
    }
    remote = [e for place in places if place.value.remote for e in place.evidence]
    if remote:
        # The place's own words say it more exactly than the line they stand in.
        said_before = stated.get("remote", ())
        inner = sorted((e.start, e.end) for e in remote)
        wider = [e for e in said_before if e.rule != LINE or not _holds(e, inner)]
        stated["remote"] = (*wider, *remote)
    return tuple(Stated(mode, stated[mode]) for mode in sorted(stated))


def _anchors(text: str) -> list[int]:
    """Return where a mode may be said; an office alone says none, days in it do."""
    found = ANCHORS.positions(text)
    for at in OFFICE.positions(text):
        if "day" in lowered(text[max(0, at - REACH) : at + REACH]):
            found.append(at)
    return sorted(found)


def _said(document: Document) -> Iterator[_Hit]:
    """Find what is said in running text, sentence by sentence."""
    sentences: dict[tuple[int, int], list[_Hit]] = {}
    for match in _pattern().finditer(document.text):
        name = match.lastgroup
        if name is None or document.section(match.start()) in ELSEWHERE:
            continue
        row = _rows()[name]
        front = max(0, match.start() - REACH)
        if row["mode"] != "onsite" and OF_OTHERS.search(document.text, front, match.start()):
            continue
        hit = _Hit(row["mode"], *match.span(), row["id"])
        sentences.setdefault(document.sentence(match.start()), []).append(hit)
    for (start, end), hits in sentences.items():
        for_now = FOR_NOW.search(document.text, start, end) is not None
        modes = {hit.mode for hit in hits if hit.rule not in WEAK}
        for hit in hits:
            if hit.mode == "remote" and for_now:
                continue
            if hit.mode == "hybrid" or "hybrid" not in modes:
                yield hit


def _holds(evidence: Evidence, parts: Sequence[Span]) -> bool:
    """Tell whether the words hold one of the spans, which are sorted."""
    index = bisect_left(parts, (evidence.start, 0))
    return index < len(parts) and parts[index][1] <= evidence.end


def _lines(document: Document, at: list[int], said: list[_Hit]) -> Iterator[_Hit]:
    """Find the lines of the header, of the board's card and behind a label that are a mode."""
    text = document.text
    told = sorted(hit.start for hit in said)
    first = len(text) - len(text.lstrip())
    done = -1
    for position in at:
        if position < done:
            continue
        start, done = document.line(position)
        line = text[start:done]
        index = bisect_left(told, start)
        if (
            (index < len(told) and told[index] < done)
            or len(line) > LONGEST_LINE
            or FOR_NOW.search(line)
        ):
            continue
        label = LABEL.match(line)
        section = document.section(start)
        if section in ELSEWHERE:
            continue
        if label or section in (SectionKind.HEADER, SectionKind.FURNITURE):
            tail = line.rsplit(":", 1)[-1]  # "Remote/Hybrid/Onsite: Onsite"
            modes = modes_in(tail) or modes_in(line)
            if start <= first and TITLE.match(line):
                modes.add("remote")
            for mode in sorted(modes):
                yield _Hit(mode, start, done, "line")
        elif _mode_of(line) == "remote" and "home" in line.lower():
            yield _Hit("hybrid", start, done, "perk")


def _short(document: Document, at: list[int]) -> Iterator[_Hit]:
    """Find the short sentences of prose that name modes and places and nothing else: "On-site."."""
    for position in at:
        section, (start, end) = document.place(position)
        words = document.text[start:end]
        if section is not SectionKind.BODY or len(words) > LONGEST_SENTENCE or ":" in words:
            continue
        parts = [part.strip(SIGNS) for part in PARTS.split(words)]
        modes = [_mode_of(part) for part in parts if part]
        if all(
            mode or _is_place(part) for mode, part in zip(modes, filter(None, parts), strict=True)
        ):
            for mode in sorted(set(filter(None, modes))):
                yield _Hit(mode, start, end, "line")


def _is_place(words: str) -> bool:
    read = place_at(words, 0, alone=WELL_KNOWN)
    return read is not None and read[0] == len(words)


def modes_in(line: str) -> set[str]:
    """Return the modes that a line's parts are: "Remote / Hybrid"."""
    return {mode for part in PARTS.split(line) if (mode := _mode_of(part))}


def _mode_of(part: str) -> str | None:
    return _line_modes().get(part.strip(SIGNS).lower())


@cache
def _line_modes() -> dict[str, str]:
    return {row["line"]: row["mode"] for row in table("work_mode_lines")}


@cache
def _rows() -> dict[str, dict[str, str]]:
    """Return the rules by group name; those that deny come first, so that they win."""
    rows = sorted(table("work_modes"), key=lambda row: not row["id"].startswith("onsite-"))
    return {f"m{index}": dict(row) for index, row in enumerate(rows)}


@cache
def _pattern() -> Anchored:
    parts = (f"(?P<{name}>{row['pattern']})" for name, row in _rows().items())
    return Anchored(rf"(?<![\w-])(?:{'|'.join(parts)})", re.IGNORECASE)
