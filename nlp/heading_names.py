"""Names of headings: which lines announce a section, by the tables of headings and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from nlp.patterns import table
from nlp.types import SectionKind

LONGEST: Final = 100
BULLET: Final = r"[ \t]{0,200}+(?:[•·*#\-–—▪●○◦‣>]{1,200}+[ \t]{0,200}+)?+"
OPENED: Final = r"[\w&,'’./-]+"
"""A word behind a heading's opening ("what you will need to succeed")."""
DECORATION: Final = " \t•·*#-–—▪●○◦‣>:_"
PICTOGRAPHS: Final = re.compile(
    "(?:[\u2190-\u2587\u2589-\u2bff\U0001f000-\U0001faff][\ufe0f\u20e3]?[ ]?)+"
)
"""Little pictures before a heading or behind it: "🎯 What you'll do", "Benefits 🎁"; a full block
is what hides an address, and no picture."""
ASIDE: Final = re.compile(r"[ ]\((?P<said>[^()]{1,40})\)?$")
"""Words in parentheses behind a heading; without the last, as folded lines are."""
WAIVED: Final = "waived"
"""How the table marks headings of what is not asked for: boilerplate as far as they reach."""
GLUED: Final = re.compile(r":\w")
"""A heading that lost its break: "About you:Knowledge of ..." is no name from front to end."""
ONLY_HEADING_WORDS: Final = re.compile(
    r"[ ,&/+]{0,9}(?:(?:qualifications?|requirements?|skills?|skillsets?|experience|education"
    r"|knowledge|abilities|competenc(?:y|ies)|responsibilities|duties|background|certifications?|training|attributes"
    r"|required|minim[ua][mn]|basic|preferred|desired|key|core|essential|technical|professional|job"
    r"|position|additional|other|your|our|the|and|or|of|special|academic|relevant|necessary|main"
    r"|primary|general|accountabilities|functions|tasks|major|typical|principal|role|credentials?"
    r"|licen[cs]es?|certificates?|registrations?|recommended|ideal|educational|requirement|quals?"
    r"|entrance|entry|eligibility|inherent|selection|criteria)"
    r"[ ,&/+]{0,9}){1,15}",
    re.IGNORECASE,
)
PARTED: Final = (":", " |")
"""What stands between a heading and the text on its line."""
DASHES: Final = (" - ", " – ", " — ", " -- ")
DASHED: Final = re.compile(
    rf"(?:^{BULLET}|(?<=[.!?;)] ))(?!The )(?P<title>[A-Z][A-Za-z &/,]{{3,50}}?)"
    r"[ ]{1,2}[-–—]{1,2}[ ]{1,2}(?=[A-Z\d“\"(])"
)
"""What a dash parts from its text: "Preferred - AutoCAD"; no "preferred - and cheapest"."""
NICE: Final = re.compile(r"(?:good|great|nice)[ -]to[ -]haves?", re.IGNORECASE)
APPLIES: Final = re.compile(
    r"\bwho (?:do not )?(?:need|require)\b|\b(?:do not|need not|please) apply\b"
)
"""A sentence to those who read: "Candidates who require a work pass need not apply"."""
ONE_WORD: Final = frozenset(
    {
        "benefits",
        "compensation",
        "duties",
        "perks",
        "preferred",
        "qualifications",
        "requirements",
        "responsibilities",
    }
)
"""Headings of a single word that are hardly ever anything else."""
FEWEST_LOST: Final = 2
"""Headings that must be found in a line that lost its breaks: one may be a word of the text."""
CAPITAL: Final = re.compile(r"[ ](?=[A-Z])")
OF_ALL: Final = re.compile(r"\b(?:description|overview|profile|summary)\b", re.IGNORECASE)
"""Headings that stand over a whole posting: without lines nobody sees where their part ends."""
CACHED: Final = 10_000
"""Of how many lines it is known what their words announce: short ones come up again and again."""
LAST_SIGNS: Final = 3
"""The last signs of a heading that tell whether it can be one."""


def fold(line: str) -> str:
    """Return the form in which headings are compared: plain apostrophes, no decoration."""
    if not line.isascii():
        line = PICTOGRAPHS.sub(" ", line)
    return " ".join(line.replace("’", "'").strip(DECORATION).rstrip(".…?!").lower().split())


def known(folded: str) -> SectionKind | None:
    """Return what a folded line announces by the table of headings, None for any other."""
    exact, openings = tables()
    if folded in exact:
        return exact[folded]
    for opening, kind in openings.get(folded.partition(" ")[0], ()):
        most = 6 if opening == "about " else 3  # "About Elm Street Children's Hospital"
        if folded.startswith(opening) and folded.count(" ") <= opening.count(" ") + most:
            return None if GLUED.search(folded) else kind
    return None


@lru_cache(maxsize=CACHED)
def by_words(folded: str) -> SectionKind | None:
    """Return what a line that looks like a heading announces by its words."""
    if APPLIES.search(folded):
        return None
    if aside := ASIDE.search(folded):  # "What we need from you (essential)"
        told = known(aside["said"])
        return told or by_words(folded[: aside.start()])
    for kind, pattern in _words():
        if pattern.search(folded):
            return kind
    return None


def may_announce(words: str) -> bool:
    """Tell whether a colon or a bar stands behind what can end a heading: most do not."""
    lasts, openings = _ends()
    lower = words.lower().replace("’", "'")
    for sign in PARTED:
        at = lower.find(sign)
        while at >= 0:
            if lower[max(0, at - LONGEST) : at].rstrip(" \t")[-LAST_SIGNS:] in lasts:
                return True
            at = lower.find(sign, at + 1)
    return any(opening in lower for opening in openings)


def dashed(line: str) -> Iterator[tuple[int, int, SectionKind, str]]:
    """Yield the headings that dashes part from their text, made of the words of headings alone."""
    if not any(sign in line for sign in DASHES):
        return
    for match in DASHED.finditer(line):
        title, kind = match["title"], None
        if ONLY_HEADING_WORDS.fullmatch(title):
            kind = known(fold(title)) or (by_words(fold(title)) if " " in title else None)
        if kind is None and NICE.fullmatch(title):
            kind = SectionKind.PREFERRED
        if kind is not None:
            yield match.start("title"), match.end(), kind, title


def announces_itself(line: str) -> bool:
    """Tell whether a first line is no title: "Requirements:", "Key Skills"; no "Skills Coach"."""
    bare = line.strip(DECORATION)
    return (
        line.rstrip().endswith((":", "**", "...", "…"))
        or ONLY_HEADING_WORDS.fullmatch(bare) is not None
    )


@cache
def inline() -> re.Pattern[str]:
    """Find "Heading:" at the front of a line, or behind a sentence, a figure or a lost break."""
    exact, openings = tables()
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
def run_in() -> re.Pattern[str]:
    """Find known headings in running words, of several words or in `ONE_WORD`."""
    exact, _ = tables()
    names = [name for name in exact if name in ONE_WORD or (" " in name and name[0].isalpha())]
    capital = [f"{re.escape(name[0].upper())}(?i:{re.escape(name[1:])})" for name in names]
    any_name = "|".join(sorted(capital, key=len, reverse=True)).replace("'", "['’]")
    return re.compile(rf"(?<=[a-z\d)%.!?] )({any_name})(?=[ ][A-Z])")


def running_headings(words: str) -> list[re.Match[str]]:
    """Return the headings of a text that lost its lines: "... the docket Requirements Four years".

    They have a capital, no sign before them, and a capital behind them; there are several. They are
    tried at capitals only.
    """
    exact, _ = tables()
    pattern, reached = run_in(), 0
    found: list[re.Match[str]] = []
    for capital in CAPITAL.finditer(words):
        match = pattern.match(words, capital.end()) if capital.end() >= reached else None
        if match is not None:
            reached = match.end()
            if fold(match[1]) in exact:
                found.append(match)
    if len(found) < FEWEST_LOST:
        return []
    return [match for match in found if not OF_ALL.search(match[1])]


@cache
def tables() -> tuple[dict[str, SectionKind], dict[str, list[tuple[str, SectionKind]]]]:
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
    for heading, kind in list(exact.items()):
        exact.setdefault(heading.replace(" and ", " & "), kind)
        exact.setdefault(heading.replace(" and ", "/"), kind)
    return exact, openings


@cache
def first_words() -> frozenset[str]:
    """Return the words that known headings begin with."""
    return frozenset(title.split()[0] for title in tables()[0] if title)


@cache
def _ends() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the last signs of known headings, and the openings that any words may follow."""
    exact, openings = tables()
    lasts = frozenset(name[-LAST_SIGNS:] for name in exact)
    return lasts, tuple(opening for rows in openings.values() for opening, _ in rows)


@cache
def _words() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    return tuple(
        (SectionKind(row["section"]), re.compile(rf"\b(?:{row['words']})\b"))
        for row in table("heading_words")
    )


@cache
def furniture() -> frozenset[str]:
    """Return the lines that are a board's buttons and labels, folded."""
    return frozenset(row["line"] for row in table("furniture"))
