"""A stored posting's text in stretches: those that words were taken from, with what they say."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.necessities import STRENGTHS
from kg.views.choices import in_words
from kg.views.pages.frame import Link, no_link
from nlp.sections import split_sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.rows import Value

SKILL: Final = "SkillRequirement"
YEARS: Final = "ExperienceRequirement"
CHOICE: Final = "Alternative"
DEEPEST: Final = 8
"""How many choices before a member are looked at; few hold another."""
MEMBER: Final = "alternative"
"""What the question calls the necessity of a member of a choice."""
NAMES: Final = {
    "hiringOrganization": "employer",
    "jobLocation": "place",
    "applicantLocationRequirements": "place of applicants",
    "employmentType": "employment",
    "datePosted": "posted",
    "baseSalary": "pay",
    "estimatedSalary": "pay, estimated",
}
"""Properties that people call otherwise."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text; one that is marked has what is said of it, why, and where it leads."""

    text: str
    kind: str | None = None
    said: str = ""
    why: str = ""
    href: str | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the text: its kind, its heading, and its stretches."""

    kind: str
    heading: str | None
    stretches: tuple[Stretch, ...]


def marked(text: str, evidence: Sequence[Mapping[str, Value]], link: Link = no_link) -> list[Part]:
    """Return the text section by section, marked; of words that overlap the innermost are.

    Rows are those of the question `evidence-of-posting`. Stretches joined are the text.
    """
    chosen = _chosen(text, with_choices(evidence))
    parts: list[Part] = []
    position = 0
    sections = split_sections(text) if text else ()
    # A section begins behind its heading; here the heading belongs to it.
    ends = [*(one.end for one in sections[:-1]), len(text)] if sections else []
    for section, end in zip(sections, ends, strict=True):
        parts.append(
            Part(
                section.kind.value,
                section.heading,
                tuple(_stretches(text, position, end, chosen, link)),
            )
        )
        position = end
    return parts


def statement_name(statement: str) -> str:
    """Return what people call that which words state: a property of the graph, or a class.

    >>> [statement_name(one) for one in ("SkillRequirement", "jobLocation", "workMode")]
    ['skill', 'place', 'work mode']
    """
    if statement in NAMES:
        return NAMES[statement]
    short = statement.removesuffix("Requirement")
    return "".join(f" {one.lower()}" if one.isupper() else one for one in short).strip()


def words_of_duties(evidence: Iterable[Mapping[str, Value]]) -> list[tuple[str, list[str]]]:
    """Return each duty with the words that state it, in the order of the text."""
    found: dict[str, list[str]] = {}
    for row in evidence:
        if row["statement"] == "duty":
            found.setdefault(str(row["value"]), []).append(str(row["words"]))
    return list(found.items())


def with_choices(evidence: Sequence[Mapping[str, Value]]) -> list[Mapping[str, Value]]:
    """Return the rows, those of a choice's members with what the choice is and how it is asked.

    They have a `choice` ("one of 3, required") and its `options`. The innermost choice around the
    words of a member is its own. Years beside other members may be a degree's, or years of one of
    them: then how many options there are cannot be told from the rows.
    """
    choices = sorted((row for row in evidence if row["statement"] == CHOICE), key=_start)
    own = [
        _innermost(choices, _start(row)) if row["necessity"] == MEMBER else None for row in evidence
    ]
    members: dict[int | None, list[Mapping[str, Value]]] = {}
    for at, row in zip(own, evidence, strict=True):
        members.setdefault(at, []).append(row)
    return [
        row if at is None else _chosen_of(row, choices[at], members[at])
        for at, row in zip(own, evidence, strict=True)
    ]


def _chosen_of(
    row: Mapping[str, Value], choice: Mapping[str, Value], members: Iterable[Mapping[str, Value]]
) -> Mapping[str, Value]:
    """Return the row of a member with what it is one of."""
    kinds = {str(one["statement"]) for one in members}
    names = list(dict.fromkeys(str(one["value"] or one["words"]) for one in members))
    many = "several" if YEARS in kinds and len(kinds) > 1 else str(len(names))
    least, strength = in_words(int(str(choice["value"]))), choice["necessity"]
    return {
        **row,
        "necessity": MEMBER if strength == "required" else strength,
        "choice": f"{least} of {many}, {strength}",
        "options": f"{least} of: {'; '.join(names)}",
    }


def _innermost(choices: Sequence[Mapping[str, Value]], offset: int) -> int | None:
    """Return which of the choices, sorted by their beginning, holds an offset most closely."""
    last = bisect_right(choices, offset, key=_start) - 1
    for at in range(last, max(-1, last - DEEPEST), -1):
        if offset < int(str(choices[at]["end"])):
            return at
    return None


def _start(row: Mapping[str, Value]) -> int:
    return int(str(row["start"]))


def _chosen(
    text: str, evidence: Sequence[Mapping[str, Value]]
) -> dict[tuple[int, int], list[Mapping[str, Value]]]:
    """Return the spans to mark with all that rests on them: shortest first, none over another."""
    spans: dict[tuple[int, int], list[Mapping[str, Value]]] = {}
    for row in evidence:
        start, end = int(str(row["start"])), int(str(row["end"]))
        if 0 <= start < end <= len(text):
            spans.setdefault((start, end), []).append(row)
    chosen: dict[tuple[int, int], list[Mapping[str, Value]]] = {}
    taken = bytearray(len(text))
    for (start, end), rows in sorted(
        spans.items(), key=lambda each: (each[0][1] - each[0][0], each[0])
    ):
        if not any(taken[start:end]):
            chosen[start, end] = rows
            taken[start:end] = b"\x01" * (end - start)
    return dict(sorted(chosen.items()))


def _stretches(
    text: str,
    position: int,
    end: int,
    chosen: Mapping[tuple[int, int], Sequence[Mapping[str, Value]]],
    link: Link,
) -> list[Stretch]:
    found: list[Stretch] = []
    for (low, high), rows in chosen.items():
        if low < position or low >= end:
            continue
        high = min(high, end)
        if low > position:
            found.append(Stretch(text[position:low]))
        found.append(_mark(text[low:high], low, rows, link))
        position = high
    if position < end:
        found.append(Stretch(text[position:end]))
    return found


def _mark(text: str, start: int, rows: Sequence[Mapping[str, Value]], link: Link) -> Stretch:
    strengths = [str(row["necessity"]) for row in rows if row["necessity"] in STRENGTHS]
    kind = min(strengths, key=list[str](STRENGTHS).index) if strengths else "other"
    said = dict.fromkeys(_said(row) for row in rows)
    why = dict.fromkeys(_why(row) for row in rows)
    skill = next((row for row in rows if row["statement"] == SKILL and row["value"]), None)
    href = link("skill", str(skill["value"])) if skill else None
    return Stretch(text, kind, ", ".join(said), "; ".join(why), href, start)


def _said(row: Mapping[str, Value]) -> str:
    """Return what a mark says: "required", or the property that the words state."""
    named = statement_name(str(row["statement"]))
    if "choice" in row:
        return f"{named}, {row['choice']}"
    return f"{named} {row['necessity']}" if row["necessity"] else named


def _why(row: Mapping[str, Value]) -> str:
    """Return why words were taken, and what else would do in the place of what they say."""
    why = f"{row['rule']}: {row['value'] or row['statement']}"
    return f"{why} ({row['options']})" if "options" in row else why
