"""Ticked tables: plain text whose columns are "Essential" and "Desirable", and a mark in one.

    Criteria                         Essential    Desirable
    HNC in a science                     X
    First aid certificate                             X

A file of a word processor, saved as text, keeps such columns apart by blanks or by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.tables import BULLET, TICKS

_ASKED: Final = r"(?:essential|minimum|must have|required)"
_WISHED: Final = r"(?:desirable|desired|nice to have|preferred)"
HEAD: Final = re.compile(
    rf"(?i:(?P<first>{_ASKED}))(?P<gap>[ ]{{2,60}}|\t{{1,6}})(?i:(?P<second>{_WISHED}))"
    r"[ \t]{0,60}\n"
)
"""The two columns, as the end of a line."""
LETTERS: Final = re.compile(
    r"(?:[ ]{2}|\t)(?P<head>E[ ]?/[ ]?D|Essential[ ]?/[ ]?Desirable)[ \t]{0,20}\n"
)
"""The head of a column that rates the rows by a word or its first letter."""
RATED: Final = re.compile(
    r"(?P<what>[^\n\t]{2,200}?)(?:[ ]{2,90}|[ ]?\t{1,6})"
    r"(?P<rating>E|D|Essential|Desirable)[ \t]{0,20}(?=\n|\Z)"
)
LONGEST_FIRST: Final = 90
"""How much may stand before them on their line: what the rows are called."""
TICKED: Final = re.compile(
    r"(?P<gap>[ ]{2,200}|[ ]{0,3}\t[ \t]{0,60})(?P<tick>\S{1,3})[ \t]{0,80}$"
)
FEWEST: Final = 2
"""Rows with a mark that make a table."""


def ticked_tables(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where such tables stand, their words, and what they are as two lists.

    The table ends where neither a mark nor a row behind the next lines follows: with two lines
    that have none, or with a blank one.
    """
    if "  " not in text and "\t" not in text:
        return
    for head in LETTERS.finditer(text):
        yield from _lettered(text, head)
    for head in HEAD.finditer(text):
        start = text.rfind("\n", 0, head.start()) + 1
        if head.start() - start > LONGEST_FIRST:
            continue
        end, essential, desirable = _rows(text, head, start)
        if len(essential) + len(desirable) >= FEWEST:
            lines = [*_listed(head["first"], essential), "", *_listed(head["second"], desirable)]
            yield start, text[start:end], "\n".join(lines)


def _lettered(text: str, head: re.Match[str]) -> Iterator[tuple[int, str, str]]:
    """Yield a table whose last column says which of the two a row is: "Excel      E"."""
    begin = text.rfind("\n", 0, head.start("head")) + 1
    essential: list[str] = []
    desirable: list[str] = []
    start = end = head.end()
    while row := RATED.match(text, start):
        rated = essential if row["rating"].startswith("E") else desirable
        rated.append(row["what"].strip())
        end, start = row.end(), row.end() + 1
    if len(essential) + len(desirable) >= FEWEST and head.start("head") - begin <= LONGEST_FIRST:
        lines = [*_listed("Essential", essential), "", *_listed("Desirable", desirable)]
        yield begin, text[begin:end], "\n".join(lines)


def _rows(text: str, head: re.Match[str], line: int) -> tuple[int, list[str], list[str]]:
    """Return where the table ends, and the rows that are ticked in its columns."""
    tabs = "\t" in head["gap"]
    columns = (head.start("first") - line, head.start("second") - line)
    essential: list[str] = []
    desirable: list[str] = []
    start = end = head.end()
    bare = 0
    while start < len(text) and bare < FEWEST:
        stop = text.find("\n", start)
        stop = stop if stop >= 0 else len(text)
        row = text[start:stop]
        ticked = TICKED.search(row)
        if not row.strip():
            break
        if ticked and ticked["tick"] in TICKS and row[: ticked.start()].strip():
            first = _is_first(ticked, columns, tabs=tabs)
            (essential if first else desirable).append(row[: ticked.start()].strip())
            end, bare = stop, 0
        else:
            bare += 1  # "Experience", what the rows below are about
        start = stop + 1
    return end, essential, desirable


def _is_first(ticked: re.Match[str], columns: tuple[int, int], *, tabs: bool) -> bool:
    """Tell whether a mark stands in the first column: by its tabs, or by which is nearer."""
    if tabs or "\t" in ticked["gap"]:
        return ticked["gap"].count("\t") < FEWEST
    at = ticked.start("tick")
    return at < sum(columns) // 2 + len("Essential") // 2


def _listed(name: str, rows: Sequence[str]) -> list[str]:
    return [name, *(BULLET + row.removeprefix(BULLET) for row in rows)]
