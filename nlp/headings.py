"""Headings: the lines, or openings of lines, that say what the text below them is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from nlp.patterns import table
from nlp.types import SectionKind

LONGEST: Final = 100
MOST_WORDS: Final = 12
BULLET: Final = r"[ \t]{0,200}+(?:[•·*#\-–—▪●○◦‣>]{1,200}+[ \t]{0,200}+)?+"
OPENED: Final = r"[\w&,'’.-]+"
"""A word behind a heading's opening ("what you will need to succeed")."""
DECORATION: Final = " \t•·*#-–—▪●○◦‣>:_"
LIST_INTRODUCTION: Final = re.compile(
    r"^(?:a |an |the )?(?:ability|advanced|at least|background|demonstrated|excellent|experienced?"
    r"|expertise|exposure|familiar\w*|good|hands-on|knowledge|one or more|proficien\w+|proven"
    r"|skilled|solid|strong|understanding|working)\b.*\b(?:as|following|in|includes?|including|of|to|with)\b",
    re.IGNORECASE,
)
"""A line that introduces a list without changing the subject: "Experience in the following:"."""
ONLY_HEADING_WORDS: Final = re.compile(
    r"[ ,&/+]{0,9}(?:(?:qualifications?|requirements?|skills?|skillsets?|experience|education"
    r"|knowledge|abilities|competenc(?:y|ies)|responsibilities|duties|background|certifications?|training|attributes"
    r"|required|minim[ua][mn]|basic|preferred|desired|key|core|essential|technical|professional|job"
    r"|position|additional|other|your|our|the|and|or|of|special|academic|relevant|necessary|main"
    r"|primary|general|accountabilities|functions|tasks|major|typical|principal|role|credentials?"
    r"|licen[cs]es?|certificates?|registrations?|recommended|ideal|educational|requirement)"
    r"[ ,&/+]{0,9}){1,15}",
    re.IGNORECASE,
)
AT_END: Final = re.compile(
    r"[.!?;)][ ]{1,3}(?P<title>[A-Z][\w&/’'-]{0,24}"
    r"(?:[ ](?:[A-Z][\w&/’'-]{0,24}|and|of|or|&)){0,5})"
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
WAIVED: Final = "waived"
"""How the table marks headings of what is not asked for: boilerplate as far as they reach."""
SAID_TOO: Final = frozenset({"nice"})
"""Headings that are words of a text, too ("Nice" is a city): a colon or a list tells them."""
NO_OTHER: Final = SAID_TOO | {""}
"""Lines that are a known heading or none: those words, and lines that are too long."""
LIST_BELOW: Final = ("\n•", "\n▪", "\n●")
ITEMS_BELOW: Final = (*LIST_BELOW, "\n- ", "\n* ", "\n– ", "\no ")
STAYS_PREFERRED: Final = frozenset({SectionKind.REQUIREMENTS, SectionKind.SKILLS})


LAST_SIGNS: Final = 3
"""The last signs of a heading that tell whether it can be one."""


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
    for line in lines:
        words = line.text
        kind = _alone(text, line) if line.folded else None
        if kind is None and line.folded not in NO_OTHER and _looks_like_one(text, line):
            kind = _by_words(line.folded)
            if kind and _goes_on_preferring(found, Heading(line.start, line.end, kind, words)):
                continue
        if kind is None:
            kind = _two(words)
        if kind is not None:
            heading = Heading(line.start, line.end, kind, words.strip(DECORATION))
            found.append(_continued(text, found, heading))
            continue
        if (":" in words or " | " in words) and not (is_furniture(line) and line.start):
            inside = list(_inside(line))
            opening = _opening(line)
            known = opening and inside and inside[0].start < opening.end
            if opening and not known and not _goes_on_preferring(found, opening):
                found.append(opening)
            found.extend(inside)
        if text.startswith(LIST_BELOW, line.end):
            found.extend(_at_end(line))
    return found


def heading_kind(line: str) -> SectionKind | None:
    """Return what a line announces that is a known heading, None for any other."""
    return _known(fold(line)) if len(line) <= LONGEST else None


def is_furniture(line: Line | str) -> bool:
    """Tell whether the line is a board's button or label and no part of the posting."""
    return (fold(line) if isinstance(line, str) else line.folded) in _furniture()


def fold(line: str) -> str:
    """Return the form in which headings are compared: plain apostrophes, no decoration."""
    return " ".join(line.replace("’", "'").strip(DECORATION).rstrip(".…?!").lower().split())


def _alone(text: str, line: Line) -> SectionKind | None:
    """Look up a line that is a known heading, unless its sentence goes on below it."""
    kind = _known(line.folded) if len(line.text) <= LONGEST else None
    if kind is None:
        return None
    below = text[line.end + 1 : line.end + 1 + LONGEST].lstrip(" \t")
    announced = line.text.rstrip().endswith(":") or text.startswith(ITEMS_BELOW, line.end)
    needs_it = line.folded in SAID_TOO or below[:1].islower()
    return None if needs_it and not announced else kind


def _continued(text: str, found: list[Heading], heading: Heading) -> Heading:
    """Keep the kind of a heading that is broken over two lines: "Preferred" / "Qualifications:"."""
    if not found or text[found[-1].end : heading.start].strip():
        return heading
    if found[-1].kind is SectionKind.PREFERRED and heading.kind in STAYS_PREFERRED:
        return Heading(heading.start, heading.end, SectionKind.PREFERRED, heading.title)
    return heading


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
        or (text.startswith(ITEMS_BELOW, line.end) and bare[0] == words[0] and words[-1] != ".")
    )
    return bool(told) and LIST_INTRODUCTION.match(bare) is None


def _stands_apart(text: str, line: Line, parts: Sequence[str]) -> bool:
    """Tell whether blank lines part a line from the rest and most of its words have capitals."""
    blank_above = text[max(0, line.start - 2) : line.start] in ("\n\n", "\n", "")
    blank_below = text.startswith("\n\n", line.end)
    return blank_above and blank_below and sum(p[:1].isupper() for p in parts) * 2 > len(parts)


def _inside(line: Line) -> Iterator[Heading]:
    found = _inline().finditer(line.text) if _may_announce(line.text) else ()
    for match in found:
        kind = _known(fold(match.group(1)))
        if kind is not None:
            start = line.start
            yield Heading(start + match.start(1), start + match.end(), kind, match.group(1))


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
    kind = _by_words(fold(title))
    start = line.start
    return Heading(start + match.start("title"), start + match.end(), kind, title) if kind else None


def _at_end(line: Line) -> Iterator[Heading]:
    """Yield the heading that lost its own line, where the list that it announces begins below."""
    match = AT_END.search(line.text, max(0, len(line.text) - LONGEST))
    if match is not None:
        folded = fold(match["title"])
        kind = _known(folded) or _by_words(folded)
        if kind is not None:
            start = line.start + match.start("title")
            yield Heading(start, line.end, kind, match["title"])


@cache
def _first_words() -> frozenset[str]:
    """Return the words that known headings begin with."""
    return frozenset(title.split()[0] for title in _tables()[0] if title)


def _two(line: str) -> SectionKind | None:
    """Return the kind of two known headings in one line: "Qualifications What you bring"."""
    words = line.strip(DECORATION).split() if len(line) <= LONGEST else []
    if not words or words[0].lower() not in _first_words():
        return None
    exact, _ = _tables()
    for index in range(1, min(len(words), MOST_WORDS)):
        if words[index][0].isupper():
            first = exact.get(fold(" ".join(words[:index])))
            second = exact.get(fold(" ".join(words[index:])))
            if first and second:
                return first if first is SectionKind.PREFERRED else second
    return None


def _may_announce(words: str) -> bool:
    """Tell whether a colon or a bar stands behind what can end a heading: most do not."""
    lasts, openings = _ends()
    lower = words.lower().replace("’", "'")
    for sign in (":", " |"):
        at = lower.find(sign)
        while at >= 0:
            if lower[max(0, at - LONGEST) : at].rstrip(" \t")[-LAST_SIGNS:] in lasts:
                return True
            at = lower.find(sign, at + 1)
    return any(opening in lower for opening in openings)


def _known(folded: str) -> SectionKind | None:
    exact, openings = _tables()
    if folded in exact:
        return exact[folded]
    for opening, kind in openings.get(folded.partition(" ")[0], ()):
        most = 6 if opening == "about " else 3  # "About Elm Street Children's Hospital"
        if folded.startswith(opening) and folded.count(" ") <= opening.count(" ") + most:
            return kind
    return None


def _by_words(folded: str) -> SectionKind | None:
    for kind, pattern in _words():
        if pattern.search(folded):
            return kind
    return None


@cache
def _tables() -> tuple[dict[str, SectionKind], dict[str, list[tuple[str, SectionKind]]]]:
    """Return known headings, and by their first word the openings of others ("about ")."""
    exact: dict[str, SectionKind] = {}
    openings: dict[str, list[tuple[str, SectionKind]]] = {}
    for row in table("headings"):
        told = row["section"]
        kind = SectionKind.BOILERPLATE if told == WAIVED else SectionKind(told)
        if row["heading"].endswith(" *"):
            opening = row["heading"][:-1]
            openings.setdefault(opening.partition(" ")[0], []).append((opening, kind))
        else:
            exact[row["heading"]] = kind
    return exact, openings


@cache
def _ends() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the last signs of known headings, and the openings that any words may follow."""
    exact, openings = _tables()
    lasts = frozenset(name[-LAST_SIGNS:] for name in exact)
    return lasts, tuple(opening for rows in openings.values() for opening, _ in rows)


@cache
def _words() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    return tuple(
        (SectionKind(row["section"]), re.compile(rf"\b(?:{row['words']})\b"))
        for row in table("heading_words")
    )


@cache
def _inline() -> re.Pattern[str]:
    """Find "Heading:" at the front of a line, or behind a sentence, a figure or a lost break."""
    exact, openings = _tables()
    names = [re.escape(name).replace("'", "['’]") for name in exact]
    names += [
        rf"{re.escape(opening)}{OPENED}(?: {OPENED}){{0,3}} ?"
        for rows in openings.values()
        for opening, _ in rows
    ]
    any_name = "|".join(sorted(names, key=len, reverse=True))
    # At the front any heading; further on only one that begins with a capital.
    return re.compile(
        rf"(?:^{BULLET}|(?<=[.!?;)>] )|(?<=[a-z\dA-Z.!?)])(?=[A-Z][a-z]))((?i:{any_name}))"
        r"(?:[ \t]*:|[ ]\|)"
    )


@cache
def _furniture() -> frozenset[str]:
    return frozenset(row["line"] for row in table("furniture"))
