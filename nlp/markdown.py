r"""Markdown's marks inside a text: what converters of web pages escaped, and bold words in a line.

Who turns a page into Markdown writes "hands\-on", "CI\-CD" and "3\+ years" so that no sign is read
as a mark, and sets words that were bold on lines of their own: "Strong", "**SQL**", "and Power BI".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

ESCAPE: Final = re.compile(r"\\{1,2}(?=[-+&#|*_.!()\[\]{}~<>`$])")
"""A backslash before a sign; feeds that escape once more have two."""
IN_WORDS: Final = re.compile(r"(?:\w\\{1,2}-[\w(]|\d\\{1,2}\+|\s\\{1,2}[&|+-]\s)")
r"""An escape that no path, formula or pattern has: "full\-time", "3\+ years", "R \& D"."""
OPENS: Final = re.compile(r"(?<=[^\s*:.!?])[ ]{0,2}\n (?=\*\*[^\s*])")
"""A line break before bold words that their sentence has on a line of their own."""
CLOSES: Final = re.compile(r"(?<=[^\s*]\*\*) ?\n (?=[a-z,.;:)&+(/–-])")
"""A line break behind such words, where the sentence goes on."""
BOLD: Final = re.compile(r"(?<=[^\s*] )\*\*(?=[^\s*])(?P<words>[^*\n]{1,200})(?<=\S)\*\*")
"""Bold words behind others on their line: the marks say nothing but that they are bold."""

Change = tuple[int, str, str]
"""Where something stands, what stands there, and what is to stand there."""


def unescape(text: str) -> Iterator[Change]:
    """Yield the backslashes that only keep a sign from being a mark, in a text that has such."""
    if "\\" in text and IN_WORDS.search(text):
        yield from ((match.start(), match.group(), "") for match in ESCAPE.finditer(text))


def join_bold(text: str) -> Iterator[Change]:
    """Yield the line breaks round bold words within a sentence: a blank takes their place."""
    if "\n **" in text:
        breaks = [*OPENS.finditer(text), *CLOSES.finditer(text)]
        yield from sorted((match.start(), match.group(), " ") for match in breaks)


def plain_bold(text: str) -> Iterator[Change]:
    """Yield the marks of bold words that stand behind others on their line."""
    if "**" in text:
        for match in BOLD.finditer(text):
            yield match.start(), "**", ""
            yield match.end("words"), "**", ""
