"""Text repair: what was broken on the way is mended once, and every change can be replayed.

Each step takes a text and returns its edits; applying them gives the text for the next step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

import ftfy

from nlp import markdown, markup
from nlp.anchors import Anchored
from nlp.folding import uncased
from nlp.hard_wraps import hard_wraps
from nlp.lost_entities import lost_entities
from nlp.lost_lines import lost_lines
from nlp.patterns import table
from nlp.strokes import parted
from nlp.tables import markdown_tables
from nlp.ticked_tables import ticked_tables
from nlp.types import Edit

IsName = Callable[[str], bool]

ENCODING: Final = ftfy.TextFixerConfig(
    unescape_html=False,  # the markup step does that, where there is markup
    uncurl_quotes=False,  # the words stay as written
    fix_latin_ligatures=False,
    fix_character_width=False,
    normalization=None,
)
ORDINARY: Final = re.compile("[\\t -~\u00a0·®–—‘’“”•…™]*")
"""A line of which no sign was read in a wrong encoding: none of these says so beside another."""
INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
ODD_SPACE: Final = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\v\f]")
WRAPPED: Final = re.compile(
    r"\n(?:(?<=[^\s.:;!?,|*]\n)(?=(?:of|in|and|or|degree|years?) [a-zA-Z(])"
    r"|(?<=Ph\.D\.\n)(?=in )|(?<=\nA\n)(?=[a-z])|(?<=\nThe\n)(?=[a-zA-Z])|(?<=\nAbility\n)(?=to ))"
)
"""A line break inside a sentence: words follow that begin none. Begins with its rarest sign."""
SPLIT_SUM: Final = re.compile(
    r"(?<=\d)(?:[ ]?\n[ ]?[-–—][ ]?\n?[ ]?(?=[$£€]\d)|[ ]?[-–—][ ]?\n[ ]?(?=[$£€]\d)"
    r"|\n(?=/[ ]?(?:hour|hr|year|yr|annum|month|week|day)\b)"
    r"|\n(?=per (?:hour|year|annum|month|week|day)\b))|(?<=\n[$£€])\n(?=\d)"
)
"""A break inside a sum: a page sets its ends, its dash and its period in elements of their own."""
SUM_SIGNS: Final = ("$", "£", "€", "\n/", "\nper ")
"""One of them is in such a sum."""
LINE_BREAK: Final = re.compile("\r\n?|\u2028|\u2029|\u0085")
FIELD: Final = re.compile(r"[A-Z][A-Za-z/&]{1,14}(?: [A-Za-z/&]{1,14}){0,2}:[ ]?\S")
BETWEEN_FIELDS: Final = re.compile(
    r"(?<=[\w.)+%])(?:\t{1,4}|[ ]{2,8}|[ ]\|[ ])"
    r"(?=[A-Z][A-Za-z/&]{1,14}(?: [A-Za-z/&]{1,14}){0,2}:[ ]?\S)"
)
"""A field of a card, "Work: Hybrid", and what parts it from the next on its line."""
LONGEST_FIELDS: Final = 400
FEWEST_LABELS: Final = 3
"""Labels of a card in a text that lost its lines; one or two may be words of it."""
FARTHEST_LABEL: Final = 800
"""How far from the beginning of such a line, in code points, its card goes on."""
ASKED_FOR: Final = re.compile(r"(?<=[a-z])\?(?=(?:ll|re|s|t|ve)(?:[ ,;:!]|\.\s|$))", re.MULTILINE)
"""A question mark for an apostrophe that the page's signs had none for: "Bachelor?s degree"."""
CAMEL: Final = re.compile(
    r"(?<![A-Za-z0-9_.@/-])(?=[A-Z][A-Za-z]{0,37}[a-z][A-Z])[A-Z][A-Za-z]{3,39}"
    r"(?![A-Za-z0-9_.@-])"
)
"""A word that may be two names: a small letter in it, and a capital one behind it."""


def repair(text: str, is_name: IsName, *, one_line: bool = False) -> tuple[str, tuple[Edit, ...]]:
    """Return the repaired text and the edits that lead to it, in order.

    `one_line` says that it is a value, as an employer's name is, in which no line can be lost.

    `is_name` tells whether a word is the name of a skill: two such names that run together are
    parted ("HadoopSpark"). Empty input gives empty output and no edits.
    """
    steps: tuple[Callable[[str], Iterable[Edit]], ...] = (
        _line_breaks,
        _markup,
        _markdown,
        _joined_bold,
        _plain_bold,
        _plain_items,
        _encoding,
        _invisible,
        _fields,
        _ticked_tables,
        _spaces,
        _tables,
        _strokes,
        _lost_entities,
        _hard_wraps,
        _wrapped_lines,
        _split_sums,
        _question_marks,
        lambda text: () if one_line else _lost_lines(text, is_name),
        _apostrophes,
        lambda text: _run_together(text, is_name),
    )
    edits: list[Edit] = []
    for step in steps:
        made = list(step(text))
        text = replay(text, made)
        edits.extend(made)
    return text, tuple(edits)


def replay(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after the edits. Raises `ValueError` where an edit does not fit the text."""
    pieces: list[str] = []
    done = 0  # of `text`, up to which it is in `pieces`
    length = 0  # of the pieces
    for edit in edits:
        if edit.start < length:  # the next step begins again at the front
            text, done, length, pieces = "".join([*pieces, text[done:]]), 0, 0, []
        at = done + edit.start - length
        if not text.startswith(edit.before, at):
            raise ValueError(f"{edit.rule}: no {edit.before[:40]!r} at {edit.start}")
        pieces += (text[done:at], edit.after)
        done = at + len(edit.before)
        length = edit.start + len(edit.after)
    return "".join([*pieces, text[done:]])


def _edits(rule: str, matches: Iterable[tuple[int, str, str]]) -> Iterable[Edit]:
    """Turn (start in the step's own text, before, after) into edits, one after the other."""
    shift = 0
    for start, before, after in matches:
        if before != after:
            yield Edit(rule, start + shift, before, after)
            shift += len(after) - len(before)


def _substitute(rule: str, pattern: re.Pattern[str], text: str, new: str) -> Iterable[Edit]:
    return _edits(rule, ((m.start(), m.group(), new) for m in pattern.finditer(text)))


def _line_breaks(text: str) -> Iterable[Edit]:
    return _substitute("repair:line-break", LINE_BREAK, text, "\n")


def _markup(text: str) -> Iterable[Edit]:
    if not markup.has_markup(text):
        return ()
    return _edits("repair:html", (_trimmed(0, text, markup.to_text(text)),))


def _markdown(text: str) -> Iterable[Edit]:
    return _edits("repair:markdown-escape", markdown.unescape(text))


def _joined_bold(text: str) -> Iterable[Edit]:
    return _edits("repair:markdown-break", markdown.join_bold(text))


def _plain_bold(text: str) -> Iterable[Edit]:
    return _edits("repair:markdown-bold", markdown.plain_bold(text))


def _plain_items(text: str) -> Iterable[Edit]:
    return _edits("repair:markdown-item", markdown.plain_items(text))


def _encoding(text: str) -> Iterable[Edit]:
    if text.isascii():
        return ()
    found: list[tuple[int, str, str]] = []
    start = 0
    for line in text.split("\n"):
        if not line.isascii() and not ORDINARY.fullmatch(line):
            mended = ftfy.fix_text(line, ENCODING)
            if mended != line:
                found.append(_trimmed(start, line, mended))
        start += len(line) + 1
    return _edits("repair:mojibake", found)


def _invisible(text: str) -> Iterable[Edit]:
    return () if text.isascii() else _substitute("repair:invisible", INVISIBLE, text, "")


def _fields(text: str) -> Iterable[Edit]:
    """Set the fields of a card that stand on one line on lines of their own.

    "Company: Acme   Location: Boise, ID   Work: Hybrid": a tab, blanks or a bar part them. In a
    text that lost its lines one blank does, before the labels that cards have.
    """
    found: list[tuple[int, str, str]] = []
    start = 0
    for line in text.split("\n"):
        found += [(start + low, line[low:high], "\n") for low, high in _between_fields(line)]
        start += len(line) + 1
    return _edits("repair:fields", found)


def _between_fields(line: str) -> list[tuple[int, int]]:
    """Return the stretches of white space and bars that part the fields of a card, in order."""
    parted: set[tuple[int, int]] = set()
    if line.count(": ", 0, FARTHEST_LABEL) >= FEWEST_LABELS:
        labels = list(_labels().finditer(line, 0, FARTHEST_LABEL))
        if len({label["name"] for label in labels}) >= FEWEST_LABELS:
            parted = {label.span("blanks") for label in labels if label["blanks"]}
    if len(line) <= LONGEST_FIELDS and FIELD.match(line):
        parted |= {match.span() for match in BETWEEN_FIELDS.finditer(line)}
    return sorted(parted)


@cache
def _labels() -> re.Pattern[str]:
    """Find the labels of cards, with what parts them from the value of the one before."""
    labels = "|".join(re.escape(row["label"]) for row in table("row_labels"))
    return re.compile(rf"(?P<blanks>^|(?<![:,;-])[ \t|]{{1,9}})(?P<name>{labels}):(?=[ ]\S)")


def _spaces(text: str) -> Iterable[Edit]:
    return _substitute("repair:space", ODD_SPACE, text, " ")


def _ticked_tables(text: str) -> Iterable[Edit]:
    """Set a table of which marks tell the column as two lists: "Essential", "Desirable"."""
    return _edits("repair:ticked-table", ticked_tables(text))


def _tables(text: str) -> Iterable[Edit]:
    """Set a table of Markdown as lines: "Location: Leeds", "SQL | 3 years"."""
    return _edits("repair:table", markdown_tables(text))


def _strokes(text: str) -> Iterable[Edit]:
    """Set the items of a list that strokes part on lines of their own."""
    return _edits("repair:stroke", ((low, text[low:high], "\n") for low, high in parted(text)))


def _lost_entities(text: str) -> Iterable[Edit]:
    """Put the sign where a page kept only its name: "skills bull Strong SQL", "doesnrsquot"."""
    return _edits("repair:lost-entity", lost_entities(text))


def _hard_wraps(text: str) -> Iterable[Edit]:
    """Join the lines of a text that was filled to one width: mail, mailing lists, old boards."""
    return _edits("repair:hard-wrap", hard_wraps(text))


def _wrapped_lines(text: str) -> Iterable[Edit]:
    """Join a line to the one above it where it can only be the rest of that: "10 / years of"."""
    return _substitute("repair:wrapped-line", WRAPPED, text, " ")


def _split_sums(text: str) -> Iterable[Edit]:
    """Join the parts of a sum that stand on lines of their own: "$90,000", "—", "$110,000"."""
    if not any(sign in text for sign in SUM_SIGNS):
        return ()
    found = (
        (m.start(), m.group(), " - " if m.group().strip() else _blank(text, m.end()))
        for m in SPLIT_SUM.finditer(text)
    )
    return _edits("repair:split-sum", found)


def _blank(text: str, end: int) -> str:
    """Return a blank before "per": "$24" and "per hour" are two words."""
    return " " if text.startswith("per", end) else ""


def _question_marks(text: str) -> Iterable[Edit]:
    """Put back the apostrophes that came out as question marks: "Master?s", "you?ll"."""
    return _substitute("repair:question-mark", ASKED_FOR, text, "'") if "?" in text else ()


def _lost_lines(text: str, is_name: IsName) -> Iterable[Edit]:
    """Break the lines again where a page glued them: "drive projectsMaintain", "Skills:• SQL"."""
    return _edits("repair:lost-line", ((at, "", "\n") for at in lost_lines(text, is_name)))


def _apostrophes(text: str) -> Iterable[Edit]:
    """Put back apostrophes where the word without one does not exist in English ("youll")."""
    meant = _apostrophe_table()
    found = ((m.start(), m.group(), meant[uncased(m.group())]) for m in _lost().finditer(text))
    return _edits(
        "repair:apostrophe",
        ((start, old, old[0] + new[1:]) for start, old, new in found),
    )


def _run_together(text: str, is_name: IsName) -> Iterable[Edit]:
    """Part two names that lost the sign between them, unless the whole is a name itself."""
    found: list[tuple[int, str, str]] = []
    for match in CAMEL.finditer(text):
        word = match.group()
        cuts = [
            i
            for i in range(2, len(word) - 1)
            if word[i].isupper()
            and word[i - 1].islower()
            and is_name(word[:i])
            and is_name(word[i:])
        ]
        if cuts and not is_name(word):
            found.append((match.start() + cuts[0], "", "/"))
    return _edits("repair:run-together", found)


def _trimmed(start: int, before: str, after: str) -> tuple[int, str, str]:
    """Leave out what the two have in common at either end."""
    low = 0
    shorter = min(len(before), len(after))
    while low < shorter and before[low] == after[low]:
        low += 1
    high = 0
    while high < shorter - low and before[-1 - high] == after[-1 - high]:
        high += 1
    return start + low, before[low : len(before) - high], after[low : len(after) - high]


@cache
def _apostrophe_table() -> dict[str, str]:
    return {row["written"]: row["meant"] for row in table("apostrophes")}


@cache
def _lost() -> Anchored:
    words = sorted(_apostrophe_table(), key=len, reverse=True)
    return Anchored(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
