"""Headings: the lines, or openings of lines, that say what the text below them is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, NamedTuple

from nlp.broken_headings import broken
from nlp.heading_forms import by_form
from nlp.heading_names import (
    ASIDE,
    BULLET,
    DECORATION,
    LONGEST,
    ONLY_HEADING_WORDS,
    PARTED,
    announces_itself,
    by_words,
    dashed,
    first_words,
    fold,
    furniture,
    inline,
    known,
    may_announce,
    running_headings,
    tables,
)
from nlp.table_heads import table_head
from nlp.types import SectionKind

MOST_WORDS: Final = 12
LIST_INTRODUCTION: Final = re.compile(
    r"^(?:a |an |the )?(?:ability|advanced|at least|background|demonstrated|excellent|experienced?"
    r"|expertise|exposure|familiar\w*|good|hands-on|knowledge|one or more|proficien\w+|proven"
    r"|skilled|solid|strong|understanding|working)\b.*\b(?:as|following|in|includes?|including|of|to|with)\b",
    re.IGNORECASE,
)
"""A line that introduces a list without changing the subject: "Experience in the following:"."""
OPEN_END: Final = re.compile(r"\bif(?: you)?$", re.IGNORECASE)
"""How a heading ends that the lines below go on from: "You might be right for us if"."""
AT_END: Final = re.compile(
    r"[.!?;)][ ]{1,3}(?P<title>[A-Z][\w&/’'-]{0,24}"
    r"(?:[ ](?:[A-Z][\w&/’'-]{0,24}|and|of|or|[&/])){0,5})"
    r"[ ]{0,3}:?[ ]{0,3}$"
)
"""Words with capitals behind the last sentence of a line: "... in writing. Technical Skills"."""
OPENING: Final = re.compile(rf"{BULLET}(?P<title>[A-Z][A-Za-z &/,]{{3,60}}?)[ \t]{{0,3}}:(?=[ ]\S)")
"""What a line may open with: "Minimum experience: ..."."""
ASKING: Final = re.compile(
    r"\b(?:competenc|essential|experience|knowledge|minimum|necessary|qualification|requir|skill)",
    re.IGNORECASE,
)
ASKS_ANEW: Final = re.compile(r"\b(?:basic|minimum|must|required)\b", re.IGNORECASE)
SAID_TOO: Final = frozenset(
    {
        "about",
        "deliverables",
        "expectations",
        "functions",
        "must",
        "needed",
        "nice",
        "preferable",
        "software",
        "spec",
        "specification",
        "systems",
        "tasks",
    }
)
"""Headings that are words of a text, too ("Nice" is a city): a colon or a list tells them."""
NO_OTHER: Final = SAID_TOO | {""}
"""Lines that are a known heading or none: those words, and lines that are too long."""
LIST_BELOW: Final = ("\n•", "\n▪", "\n●")
ITEMS_BELOW: Final = (*LIST_BELOW, "\n- ", "\n* ", "\n– ", "\no ")
ITEMS_NEXT: Final = (*ITEMS_BELOW, *(f"\n{item}" for item in ITEMS_BELOW))
LISTED_BELOW: Final = (*ITEMS_BELOW, "\n1.", "\n1)", "\n(1)")
STAYS_PREFERRED: Final = frozenset({SectionKind.REQUIREMENTS, SectionKind.SKILLS})
LOST_BREAKS: Final = 800
"""Characters of a line from which on it is a text that lost its lines."""
NETWORKS: Final = re.compile(
    r"(?:(?:facebook|glassdoor|instagram|linkedin|pinterest|threads|tiktok|twitter|x|youtube)"
    r"(?: ?[|l/•·] ?| |$)){2,9}"
)
"""Where a page links its employer's accounts: "facebook | twitter | linkedin"."""


class Line(NamedTuple):
    """A line that is not empty: where it stands, and its form for comparing, "" if it is long."""

    start: int
    end: int
    text: str
    folded: str


@dataclass(frozen=True, slots=True, order=True)
class Heading:
    """Where a section is announced, where its text begins, and its kind."""

    start: int
    end: int
    kind: SectionKind
    title: str | None


def split_lines(text: str) -> list[Line]:
    """Return the lines of the text in order, without those that are empty."""
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line:
            short = len(line) <= LONGEST or len(line.strip(DECORATION).strip()) <= LONGEST
            lines.append(Line(start, end, line, fold(line) if short else ""))
        start = end + 1
    return lines


def find_headings(text: str) -> list[Heading]:
    """Return the headings of a text in order."""
    return headings_of(text, split_lines(text))


def headings_of(text: str, lines: Sequence[Line]) -> list[Heading]:
    """Return the headings in order. `lines` are those of `text`.

    A heading stands on a line of its own, opens a line ("Job Duties: Build ..."), or follows a
    sentence in lines that lost their breaks ("... USDOur Commitment to Diversity:"). The table of
    known headings decides first; a line that only looks like one is read by its words.
    """
    found: list[Heading] = []
    passed = -1
    for line, below in zip_longest(lines, lines[1:]):
        words = line.text
        if line.start <= passed:
            continue
        kind = _alone(text, line) if line.folded else None
        if kind is None and below and (kind := broken(words, below.text)):
            passed = below.start
            whole = f"{words.strip(DECORATION)} {below.text.strip(DECORATION)}"
            found.append(Heading(line.start, below.end, kind, whole))
            continue
        formed = _formed(text, line) if kind is None else None
        if formed and _goes_on_preferring(found, Heading(line.start, line.end, formed, words)):
            continue
        kind = kind or formed
        if kind is None and _may_be_one(text, lines, line):
            kind = by_words(line.folded)
            if kind and _goes_on_preferring(found, Heading(line.start, line.end, kind, words)):
                continue
        if kind is None:
            kind = table_head(words) or _two(words)
        if kind is not None:
            heading = Heading(line.start, line.end, kind, words.strip(DECORATION))
            found.append(_continued(text, found, heading))
            continue
        if any(sign in words for sign in PARTED) and not (is_furniture(line) and line.start):
            inside = list(_inside(line))
            opening = _opening(line)
            told = opening and inside and inside[0].start < opening.end
            if opening and not told and not _goes_on_preferring(found, opening):
                found.append(opening)
            found.extend(inside)
        for low, high, kind, title in dashed(words) if line is not lines[0] else ():
            heading = Heading(line.start + low, line.start + high, kind, title)
            if not _is_perk(found, heading):
                found.append(heading)
        if text.startswith(LIST_BELOW, line.end):
            found.extend(_at_end(line))
        if len(words) > LOST_BREAKS:
            found.extend(
                Heading(line.start + one.start(1), line.start + one.end(1), kind, one[1])
                for one in running_headings(words)
                if (kind := known(fold(one[1]))) is not None
            )
    return sorted(found)


def heading_kind(line: str) -> SectionKind | None:
    """Return what a line announces that is a known heading, None for any other."""
    return known(fold(line)) if len(line) <= LONGEST else None


def is_furniture(line: Line | str) -> bool:
    """Tell whether the line is a board's button or label and no part of the posting."""
    folded = fold(line) if isinstance(line, str) else line.folded
    return folded in furniture() or NETWORKS.fullmatch(folded) is not None


def _alone(text: str, line: Line) -> SectionKind | None:
    """Look up a line that is a known heading, unless its sentence goes on below it."""
    kind = known(line.folded) if len(line.text) <= LONGEST else None
    if kind is None and line.text[:1].isalpha() and (aside := ASIDE.search(line.folded)):
        kind = known(line.folded[: aside.start()])  # "Person specification (E = essential)"
        kind = kind and (known(aside["said"]) or kind)
    if kind is None:
        return None
    below = text[line.end + 1 : line.end + 1 + LONGEST].lstrip(" \t")
    announced = line.text.rstrip().endswith(":") or text.startswith(ITEMS_BELOW, line.end)
    needs_it = line.folded in SAID_TOO or below[:1].islower()
    return None if needs_it and not announced else kind


def _formed(text: str, line: Line) -> SectionKind | None:
    """Read a line that is built as headings are and stands above something else than its end."""
    words = line.text.strip()
    if not line.folded or not words[:1].isupper() or words[-1:] in ",;)":
        return None
    ended = words[-1:] == "." and not words.endswith(("...", "etc."))
    if ended and not text.startswith(LISTED_BELOW, line.end):
        return None  # but "What skills you will need." stands above its list
    return by_form(line.folded) if text[line.end :].strip() else None


def _continued(text: str, found: list[Heading], heading: Heading) -> Heading:
    """Keep the kind of a heading that is broken over two lines: "Preferred" / "Qualifications:"."""
    if not found or text[found[-1].end : heading.start].strip():
        return heading
    if found[-1].kind is SectionKind.PREFERRED and heading.kind in STAYS_PREFERRED:
        return Heading(heading.start, heading.end, SectionKind.PREFERRED, heading.title)
    return heading


def _opens_known(words: str) -> bool:
    """Tell whether a line is a known heading and more: "How to apply: candidates must send:"."""
    label, colon, rest = words.partition(":")
    return bool(colon) and bool(rest.strip()) and heading_kind(label) is not None


def _may_be_one(text: str, lines: Sequence[Line], line: Line) -> bool:
    """Tell whether a line that no table knows looks like a heading and is no title."""
    if line.folded in NO_OTHER or not _looks_like_one(text, line):
        return False
    if line is lines[0] and not announces_itself(line.text):
        return False
    return not _opens_known(line.text)


def _looks_like_one(text: str, line: Line) -> bool:
    """Tell whether a line is written as headings are: short, with a colon or in capitals."""
    words = line.text.strip()
    if len(words) > LONGEST or (words[-1:] in ".,;" and not words.endswith("...")):
        return False
    goes_on = text[line.end + 1 : line.end + 2].islower()
    if (
        goes_on
        and not text.startswith(ITEMS_BELOW, line.end)
        and words[-1:] not in (":", "*", ".", "…", "?")
    ):
        return False  # the sentence goes on below: "Knowledge / of the vendor's own system"
    parts = words.split()
    if len(parts) > MOST_WORDS:
        return False
    bare = words.strip(DECORATION)
    told = (
        words.endswith((":", ":**", "**", "?", "...", "…"))
        or (words.isupper() and " " in words)
        or ONLY_HEADING_WORDS.fullmatch(bare)
        or _stands_apart(text, line, parts)
        or _begins_paragraph(text, line)
        or (text.startswith(ITEMS_NEXT, line.end) and bare[0] == words[0] and words[-1] != ".")
    )
    return bool(told) and LIST_INTRODUCTION.match(bare) is None


def _begins_paragraph(text: str, line: Line) -> bool:
    """Tell whether a line below a blank one announces what follows it, by its own end.

    "You might be right for us if", "Would be lovely (desirable)".
    """
    if text[max(0, line.start - 2) : line.start] not in ("\n\n", ""):
        return False
    if OPEN_END.search(line.folded):
        return True
    aside = ASIDE.search(line.folded) if text.startswith("\n\n", line.end) else None
    return aside is not None and known(aside["said"]) is not None


def _stands_apart(text: str, line: Line, parts: Sequence[str]) -> bool:
    """Tell whether blank lines part a line from the rest and most of its words have capitals."""
    blank_above = text[max(0, line.start - 2) : line.start] in ("\n\n", "\n", "")
    blank_below = text.startswith("\n\n", line.end)
    return blank_above and blank_below and sum(p[:1].isupper() for p in parts) * 2 > len(parts)


def _inside(line: Line) -> Iterator[Heading]:
    found = inline().finditer(line.text) if may_announce(line.text) else ()
    for match in found:
        kind = known(fold(match.group(1)))
        if kind is not None:
            start = line.start
            yield Heading(start + match.start(1), start + match.end(), kind, match.group(1))


def _is_perk(found: Sequence[Heading], heading: Heading) -> bool:
    """Tell whether a word names what one gets: "Benefits: / Training - Paid by us"."""
    return " " not in (heading.title or "") and bool(found) and found[-1].kind is SectionKind.PAY


def _goes_on_preferring(found: Sequence[Heading], heading: Heading) -> bool:
    """Tell whether "Technical skills:" below "Preferred:" asks for no more than that does."""
    inside = bool(found) and found[-1].kind is SectionKind.PREFERRED
    return inside and heading.kind in STAYS_PREFERRED and not ASKS_ANEW.search(heading.title or "")


def _opening(line: Line) -> Heading | None:
    """Return what opens a line in words of headings: "Skills/experience required: ..."."""
    match = OPENING.match(line.text)
    title = match["title"] if match else ""
    if match is None or not ASKING.search(title) or not ONLY_HEADING_WORDS.fullmatch(title):
        return None
    kind = by_words(fold(title))
    start = line.start
    return Heading(start + match.start("title"), start + match.end(), kind, title) if kind else None


def _at_end(line: Line) -> Iterator[Heading]:
    """Yield the heading that lost its own line, where the list that it announces begins below."""
    match = AT_END.search(line.text, max(0, len(line.text) - LONGEST))
    if match is not None:
        folded = fold(match["title"])
        kind = known(folded) or by_words(folded)
        if kind is not None:
            start = line.start + match.start("title")
            yield Heading(start, line.end, kind, match["title"])


def _two(line: str) -> SectionKind | None:
    """Return the kind of two known headings in one line: "Qualifications What you bring"."""
    words = line.strip(DECORATION).split() if len(line) <= LONGEST else []
    if not words or words[0].lower() not in first_words():
        return None
    exact, _ = tables()
    for index in range(1, min(len(words), MOST_WORDS)):
        if words[index][0].isupper():
            first = exact.get(fold(" ".join(words[:index])))
            second = exact.get(fold(" ".join(words[index:])))
            if first and second:
                return first if first is SectionKind.PREFERRED else second
    return None
