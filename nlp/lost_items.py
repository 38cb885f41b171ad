"""Lost items: where a list stands on one line, its signs, numbers or openings are left of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from nlp.glued_lines import LONGEST, UNFINISHED
from nlp.patterns import table

SIGN: Final = re.compile(r"[•▪●◦‣](?=[^\n])|·(?=[ A-Z])(?<![\w]·(?=\w))")
"""Bullets; a middle dot stands between letters, too ("col·legi", "Go·Rust")."""
STAR: Final = re.compile(r"[ ]?\*[ ]{1,9}(?=[A-Z\d])")
DASH: Final = re.compile(r"(?:(?<=[a-z.):])|(?<=[A-Z]{4}))-[ ]{1,3}(?=[A-Z\d])")
DAY: Final = re.compile(r"(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)(?:[a-z]{0,6}day)?s?$")
NUMBER: Final = re.compile(
    r"(?P<number>\d{1,2})(?:[.)][ ]{1,9}(?=[A-Z“]|\d{1,2}\+?[ ])|(?=[A-Z][a-z]))"
)
NO_NUMBER: Final = re.compile(r"(?:[\d,$#/(-]|\d\.)$")
"""What a number goes on that begins no item: "1.2. ", "$3. ", "(1) "."""
ROUND: Final = re.compile(r"(?<=[.;)])[ ]?o[ ]{2,9}(?=[A-Z])")
"""A round bullet that became a letter: "... of all. o   Able to"."""
GAP: Final = re.compile(
    r"(?<=[a-z.!?)])(?<![\d.;) ][.)o])(?:[ ]{3,40}(?=[A-Z])|[ ]{2}(?<=[a-z]  )(?=(?:Our|We|You) ))"
)
CAPITAL: Final = re.compile(
    r"[a-z)%] (?=(?P<word>[A-Z][A-Za-z’']{0,20})(?P<behind>[ /][^ ]{0,20})?)"
)
"""A word with a capital behind one without a stop."""
WORDS: Final = re.compile(r"[^\s.!?:;]+")
ROW: Final = 200
"""Code points up to which signs on a line may part the fields of a row: "Bonn • Full-time"."""
LOST_BREAKS: Final = 800
"""Code points of a line from which on it is a text that lost its lines."""
LONG: Final = 300
"""Code points of a line that may hold several items."""
FEWEST: Final = 3
"""Items that show that a line is a list."""
TWO: Final = 2
"""Items at the least of which one is no slip of the pen."""


def lost_items(line: str) -> Iterator[int]:
    """Yield where a bullet, a star, a dash or a number begins an item within a line."""
    if not line.isascii():
        yield from _bullets(line)
    if "* " in line:
        stars = [match.start() for match in STAR.finditer(line)]
        several = len(stars) >= FEWEST
        yield from (at for at in stars if several or line[at - 1 : at] in (".", ";"))
    if "- " in line:
        dashes = [match.start() for match in DASH.finditer(line)]
        dashes = [at for at in dashes if not DAY.search(line, max(0, at - 12), at)]
        yield from dashes if len(dashes) >= FEWEST else ()
    if len(line) > LONG:
        yield from (match.start() for match in ROUND.finditer(line))
        yield from _numbered(line)
        yield from _opened(line)
    if len(line) > LOST_BREAKS and "  " in line:
        yield from (match.start() for match in GAP.finditer(line))


def _bullets(line: str) -> Iterator[int]:
    for match in SIGN.finditer(line):
        at = match.start()
        row = len(line) <= ROW and (line[at - 1 : at] in ("", " ") or line[at + 1] != " ")
        if not row:
            yield at


def _opened(line: str) -> Iterator[int]:
    """Yield where words begin an item behind one without a stop: "the plant Research new"."""
    asked: list[int] = []
    done: list[int] = []
    for match in CAPITAL.finditer(line):
        word, behind = match["word"].lower().replace("’", "'"), match["behind"] or ""
        at = match.start("word")
        if word in _asking() and _goes_on(_asking()[word], behind):
            if word_before(line, at).lower() not in UNFINISHED:
                asked.append(at)
        elif (form := _verbs().get(word)) and (form == "third" or behind[1:2].islower()):
            before = word_before(line, at)
            if before not in UNFINISHED and not before[:1].isupper():
                done.append(at)  # a name is no verb: "our Process Engineer role"
    yield from asked if len(asked) >= TWO else ()
    yield from done if len(done) >= FEWEST else ()


def _goes_on(rule: str, behind: str) -> bool:
    """Tell whether what stands behind a word is what the table says: "any" is any small word."""
    if not behind.startswith(" "):
        return False
    return behind[1:2].islower() if rule == "any" else behind[1:].lower() in rule.split("|")


def word_before(line: str, at: int) -> str:
    """Return the word that stands before an offset on its line, "" where none does."""
    words = WORDS.findall(line, max(0, at - LONGEST), at)
    return words[-1] if words else ""


def _numbered(line: str) -> Iterator[int]:
    """Yield where the items of numbered lists begin: 1, 2, 3, each behind the one before."""
    run: list[int] = []
    for match in NUMBER.finditer(line):
        if NO_NUMBER.search(line, max(0, match.start() - 2), match.start()):
            continue
        if int(match["number"]) == len(run) + 1:
            run.append(match.start())
            continue
        if len(run) >= FEWEST:
            yield from run
        run = [match.start()] if match["number"] == "1" else []
    if len(run) >= FEWEST:
        yield from run


@cache
def _asking() -> dict[str, str]:
    """Return the words that begin what is asked for, and what may stand behind them."""
    return {row["word"]: row["behind"] for row in table("line_openers") if row["behind"]}


@cache
def _verbs() -> dict[str, str]:
    """Return the verbs that begin duties, in the form of the table that they stand in."""
    return {row[form]: form for form in ("verb", "third") for row in table("verbs")}
