"""Work mode of the job itself: remote, hybrid or on site."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.anchors import Anchored, Literals, awake
from nlp.document import Document, Span, Stretches
from nlp.folding import lowered
from nlp.patterns import table
from nlp.rules.field_work import sets_out
from nlp.rules.modes import mode_of, modes_in
from nlp.rules.terse import rows_of
from nlp.rules.week_shares import (
    AT_OFFICE_ONLY,
    SHARES,
    filled,
    is_of_a_whole_week,
    is_the_jobs,
)
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
        "blended",
        "home work",
        "home-work",
        "homework",
        "site-based",
        "site based",
        "campus",
        "branch",
        "mobile work",
        "hybrid?",
    )
)
OFFICE: Final = Literals(("office",))
BESIDE_OFFICE: Final = ("day", "home", "%", "week", "daily")
"""Words of which one stands beside an office that tells of a mode."""
REACH: Final = 70
LONGEST_LINE: Final = 80
LABEL: Final = re.compile(
    r"[ \t•*·–-]{0,6}(?:work(?:place|ing)?[ ]?(?:type|mode|model|location|arrangement|style)?"
    r"|(?:job )?locations?(?: type)?|(?:(?:employment|work(?:ing)?) )?location arrangements?"
    r"|remote(?: status)?|office"
    r"|(?:remote|hybrid|on-?site)(?:[ ]?/[ ]?(?:remote|hybrid|on-?site)){1,2})[ ]?:[ ]?",
    re.IGNORECASE,
)
TITLE: Final = re.compile(
    r"\W{0,30}+(?:home[- ]based[ -]{1,9}+(?!behav|care|early|educat|family|health|hospice"
    r"|nurs|palliat|primary|program|serv|support|teach|therap|tutor|visit)(?-i:(?=[A-Z]))"
    r"|(?:(?:US|USA|100%|fully)[ -])?remote[ -]{1,9}+)(?!sens|support|operat"
    r"|sites?\b|access|monitor|patient|service|system|control|infra|desktop|deposit|diagnos|pilot|vehicle|terminal|medic"
    r"|hands|health|work|team|area|communit|learning)(?-i:[A-Z])",
    re.IGNORECASE,
)
"""A title that begins with the mode: "Remote Data Analyst", but no "Remote Sensing Scientist"."""
TERMS: Final = re.compile(
    r"(?:full|part)[- ]time|(?:non[- ]?)?exempt|permanent|temporary|contract|salaried|hourly",
    re.IGNORECASE,
)
"""Terms of employment beside which a line may name a mode, and nothing else."""
HYBRID: Final = re.compile(r"\W{0,4}hybrid\b", re.IGNORECASE)
FOR_NOW: Final = re.compile(
    r"\btemporar\w+|\buntil\b|\bfor the time being"
    r"|\bdu(?:e to|ring) (?:the )?(?:current )?(?:covid|pandemic|corona)"
    r"|\bcovid\b|\bpandemic\b|\breturn to (?:the )?office|\bonce (?:our |the )?offices? re-?open",
    re.IGNORECASE,
)
"""Remote for now: the job itself will be at the office, which nobody says in so many words."""
OF_OTHERS: Final = re.compile(
    r"\b(?:(?:(?<!eligible )(?<!available )(?<!option )(?<!potential )for"
    r"|(?<!minimum )(?<!average )(?<!maximum )(?<!part )of|about|sell|build"
    r"|support)|(?:customers|clients|companies|businesses|teams|people) (?:with|who)"
    r"|(?:lets?|helps?|helping|enabl\w+|empower\w*) (?!you\b)(?:\w+ ){1,3}(?:to )?)[ ]?$",
    re.IGNORECASE,
)
"""Before the words: it is about the product, or others' work ("software for hybrid work")."""
OF_WEEK: Final = ("hybrid-office-days", "hybrid-share")
"""Rows that begin with a share of the week: "about *60% of your time* on site" is no product."""
WEAK: Final = frozenset({"hybrid-option", "perk"})
"""A perk; it counts where the posting says nothing of the whole job."""
SELDOM: Final = re.compile(r"\b(?:month|quarter|year)$", re.IGNORECASE)
DENIALS: Final = frozenset({"onsite-label-no", "onsite-no-remote"})
"""Beside "Telework: yes" a "Remote: no" says that not all of the work is remote."""
LINE: Final = "work-mode:line"
ELSEWHERE: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)
OF_THIS: Final = "this "
"""Before the job's own name: "*This* position is remote", also where it says how to apply."""


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
    Remote work for the time of an epidemic is no mode, nor is a home from which a technician goes
    to the customers. Of one sentence "hybrid" says most; a perk
    ("work from home options") gives way to what is said of the whole job.
    """
    text = document.text
    at = _anchors(text)
    said = list(_said(document))
    lines = list(_lines(document, at, said))
    told = Stretches((hit.start, hit.end) for hit in lines)
    terse = [hit for hit in _terse(document, at) if not told.hold(hit.start)]
    hits = [
        hit
        for hit in (*said, *lines, *terse)
        if hit.mode != "remote" or not sets_out(document, hit.start, hit.end)
    ]
    strong = [hit for hit in hits if hit.rule not in WEAK]
    if any(hit.mode == "hybrid" for hit in strong):
        strong = [hit for hit in strong if hit.rule not in DENIALS]
    if any(hit.mode == "remote" for hit in strong):
        strong = [hit for hit in strong if hit.mode != "hybrid" or not _is_seldom(text, hit)]
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


def _is_seldom(text: str, hit: _Hit) -> bool:
    """Tell whether somebody who works at home only visits: "to our hub once a month"."""
    return SELDOM.search(text, hit.start, hit.end) is not None


def _anchors(text: str) -> list[int]:
    """Return where a mode may be said; an office alone says none, days in it do."""
    found = ANCHORS.positions(text)
    for at in OFFICE.positions(text):
        near = lowered(text[max(0, at - REACH) : at + REACH])
        if any(word in near for word in BESIDE_OFFICE):
            found.append(at)
    return sorted(found)


def _said(document: Document) -> Iterator[_Hit]:
    """Find what is said in running text, sentence by sentence."""
    sentences: dict[tuple[int, int], list[_Hit]] = {}
    for row, match in _matches(document.text):
        section = document.section(match.start())
        own = lowered(document.text[max(0, match.start() - len(OF_THIS)) : match.end()])
        if section in ELSEWHERE and (section is SectionKind.RELATED or not own.startswith(OF_THIS)):
            continue
        front = max(0, match.start() - REACH)
        product = row["mode"] != "onsite" and not row["id"].startswith(OF_WEEK)
        if product and OF_OTHERS.search(document.text, front, match.start()):
            continue
        if row["id"].startswith(SHARES) and not is_the_jobs(document, match.start()):
            continue
        if row["id"] in AT_OFFICE_ONLY and not is_of_a_whole_week(document, match.start()):
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
            if label and HYBRID.match(tail):
                modes = {"hybrid"}  # "Working style: Hybrid 50% home/office based"
            if start <= first and TITLE.match(line):
                modes.add("remote")
            for mode in sorted(modes):
                yield _Hit(mode, start, done, "line")
        elif (named := _among_terms(line)) is not None:
            yield _Hit(named, start, done, "line")
        elif mode_of(line) == "remote" and "home" in line.lower():
            yield _Hit("hybrid", start, done, "perk")


def _among_terms(line: str) -> str | None:
    """Return the mode in a line of terms of employment: "On-site, full-time, exempt"."""
    parts = [part.strip(" .") for part in re.split(r"[,|/;•·]", line)]
    modes = {mode for part in parts if (mode := mode_of(part)) is not None}
    others = [part for part in parts if mode_of(part) is None]
    if len(modes) != 1 or not others or not all(map(TERMS.fullmatch, others)):
        return None
    return modes.pop()


def _terse(document: Document, at: list[int]) -> Iterator[_Hit]:
    """Find the parts of terse rows that are a mode: "Denver. On-site."."""
    for row in rows_of(document, near=at):
        for start, end, _, mode in row:
            if mode is not None:
                yield _Hit(mode, start, end, "line")


def _matches(text: str) -> Iterator[tuple[Mapping[str, str], re.Match[str]]]:
    """Yield what the rules find, each with its row, as one expression of them all would.

    The first match counts, of those that begin together that of the first rule; then what is
    behind it is looked through. Few of the rules have their words in a text.
    """
    nexts = [(row, pattern, pattern.search(text)) for row, pattern in awake(text, _patterns())]
    found = [(row, pattern, match) for row, pattern, match in nexts if match]
    while found:
        row, _, first = min(found, key=lambda one: one[2].start())
        yield row, first
        end = first.end()
        found = [
            (row, pattern, later)
            for row, pattern, match in found
            if (later := match if match.start() >= end else pattern.search(text, end))
        ]


@cache
def _patterns() -> tuple[tuple[Mapping[str, str], Anchored], ...]:
    """Return the rules in order; those that deny come first, so that they win."""
    rows = sorted(table("work_modes"), key=lambda row: not row["id"].startswith("onsite-"))
    return tuple(
        (row, Anchored(rf"(?<![\w-])(?:{filled(row['pattern'])})", re.IGNORECASE)) for row in rows
    )
