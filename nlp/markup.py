"""HTML inside a text: tags out, blocks on lines of their own, list items kept as bullets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nlp.tables import LONGEST_ROW, by_columns, row

TAG: Final = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|br|center|dd|div|dl|dt|em|figure|font|footer"
    r"|h[1-6]|header|hr|i|img|li|main|nav|ol|p|pre|s|script|section|small|span|strike|strong|style"
    r"|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
"""Tags that tell HTML. Not "<address>", "<time>", "<title>": so placeholders are written, too."""
ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|rsquo|lsquo|mdash|ndash|bull|#\d{2,6});")
GLUED: Final = re.compile(
    r"[\w.!?:;)>](?:<br ?/?>|</(?:div|h[1-6]|li|ol|p|section|t[dr]|table|ul)>)(?:\w|\s{0,9}<)",
    re.IGNORECASE,
)
"""A tag that parts words which nothing else does: who tells of tags sets them apart."""
BLOCKS: Final = frozenset(
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre"
    " section summary table tbody td tfoot th thead tr ul".split()
)
UNSEEN: Final = frozenset(
    "canvas head iframe math noscript object script select style svg template textarea"
    " title".split()
)
"""Elements of which a reader sees nothing, or nothing that is the posting's."""
ROUNDS: Final = 3
"""How often a text is unescaped at the most: feeds escape what was escaped already."""
BULLET: Final = "• "
CELLS: Final = frozenset({"td", "th"})
END: Final = "\ue000"
"""Marks the end of the HTML, to see in which element the plain text behind it goes on."""
MARKERS_NEEDED: Final = 2
"""One "<b>" may be a placeholder ("<company>" is none); a text with markup has more."""

DEEPEST: Final = 256
"""Open elements at the most. HTML's rules look through all that are open at each tag, so time
grows with the square of the depth: 100,000 take a minute. Browsers stop at 512."""
OPENING: Final = re.compile(r"<(?:!--|(/?)([a-zA-Z][a-zA-Z0-9]{0,20}))")
VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
ENDS_ITSELF: Final = frozenset("dd dt li option p tbody td tfoot th thead tr".split())
"""Elements that the next one like them ends: thousands that are never closed are not deep."""
RAW: Final = frozenset("iframe noembed noframes script style textarea title xmp".split())
FORMATTING: Final = frozenset("a b big code em font i nobr s small strike strong tt u".split())
WALLS: Final = frozenset("applet button caption marquee object select table template".split())
"""An end tag inside one of these closes nothing outside."""


def has_markup(text: str) -> bool:
    """Tell whether the text holds HTML, as against a sign that merely looks like a tag."""
    tags = islice(TAG.finditer(text), MARKERS_NEEDED)
    return len(list(tags)) == MARKERS_NEEDED or ENTITY.search(text) is not None


def to_text(text: str) -> str:
    """Return what a reader sees: a block a line, "• " before list items, no tags, no scripts.

    What stands before the first tag and behind the last one is kept as it is: pages put plain
    lines round their HTML, and a text that was cut off never closes its elements. A text that was
    escaped as a whole is HTML behind that; entities that are left were escaped twice.
    """
    if not TAG.search(text):
        html = escaped_whole(text)
        return _unescaped(unescape(text) if html is None else _seen(html))
    return _unescaped(_seen(text))


def escaped_whole(text: str) -> str | None:
    """Return the HTML of a text that has no tag, since all was escaped, once or more often.

    None where there is none: "you know &lt;p&gt; and &lt;/p&gt;" tells of tags.
    """
    for _ in range(ROUNDS):
        if "&" not in text:
            return None
        text = unescape(text)
        if TAG.search(text):
            return text if TAG.match(text.lstrip()) or GLUED.search(text) else None
    return None


def _unescaped(text: str) -> str:
    """Return a text without the entities that were escaped again."""
    for _ in range(ROUNDS - 1):
        if ENTITY.search(text) is None:
            break
        text = unescape(text)
    return text


def _seen(text: str) -> str:
    first = TAG.search(text)
    if first is None:
        return text
    end = max(tag.end() for tag in TAG.finditer(text, first.start()))
    head, tail = text[: first.start()], text[end:]
    root = parse(text[first.start() : end] + END).body
    seen, _, _ = ("" if root is None else lines_of(root)).rpartition(END)
    if tail.startswith("\n") or not tail:
        seen = seen.rstrip("\n")
    if head.endswith("\n") or not head:
        seen = seen.lstrip("\n")
    return unescape(head) + seen + unescape(tail)


def parse(html: str) -> LexborHTMLParser:
    """Return the tree of the HTML, at most some hundred elements deep; linear in its length."""
    return LexborHTMLParser(_shallow(html))


def lines_of(root: LexborNode) -> str:
    """Return what a reader sees of an element, a block a line, bullets before list items."""
    pieces: list[str] = []
    tables = Tables(pieces)
    preformatted = 0
    for node, enters in walk(root):
        tag = node.tag
        if tag == "-text":
            content = node.text_content or ""
            pieces.append(content if preformatted else content.replace("\n", " "))
        elif tag == "br" and enters:
            pieces.append("\n")
        elif tag in BLOCKS:
            if not enters:
                tables.leave(tag)
            pieces.append("\n" + BULLET if tag == "li" and enters else "\n")
            if tag == "pre":
                preformatted += 1 if enters else -1
            if enters:
                tables.enter(tag)
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in "".join(pieces).split("\n")]
    seen = re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line != BULLET.strip()))
    return re.sub(r"\n\n(?=• )", "\n", seen)


class Tables:
    """The tables of a page as they are walked through; each row is a line, or a column a list.

    Rows that hold tables, and rows whose cells hold paragraphs, keep the lines of their cells:
    pages are laid out in tables, too.
    """

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._open: list[_Table] = []

    def enter(self, tag: str) -> None:
        """Note that a table, a row or a cell begins."""
        if tag == "table":
            if self._open:
                self._open[-1].plain = False
            self._open.append(_Table(len(self._pieces)))
        elif self._open and tag == "tr":
            self._open[-1].row = len(self._pieces)
            self._open[-1].cells = []
        elif self._open and tag in CELLS:
            self._open[-1].cell = len(self._pieces)

    def leave(self, tag: str) -> None:
        """Note that one ends, and set a row or a table anew where it reads otherwise."""
        if not self._open:
            return
        inner = self._open[-1]
        if tag in CELLS and inner.plain:
            inner.cells.append(_lines_in(self._pieces[inner.cell :]))
        elif tag == "tr" and inner.plain:
            inner.rows.append(inner.cells)
            cells = [cell for cell in inner.cells if cell]
            size = sum(len(line) for cell in cells for line in cell)
            if len(cells) > 1 and size <= LONGEST_ROW and all(len(cell) == 1 for cell in cells):
                self._pieces[inner.row :] = [row([cell[0] for cell in cells])]
        elif tag == "table":
            self._open.pop()
            if inner.plain and (lines := by_columns(inner.rows)):
                self._pieces[inner.start :] = ["\n".join(lines)]


@dataclass(slots=True)
class _Table:
    """A table that is open: where its pieces begin, those of its row and its cell, and its rows."""

    start: int
    row: int = 0
    cell: int = 0
    cells: list[list[str]] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)
    plain: bool = True
    """No table stands in it."""


def _lines_in(pieces: Sequence[str]) -> list[str]:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line not in ("", BULLET.strip())]


def walk(root: LexborNode, unseen: frozenset[str] = UNSEEN) -> Iterator[tuple[LexborNode, bool]]:
    """Yield an element and all below it in order: True where it begins, False where it ends.

    Texts come once; elements that are `unseen` are passed over with all in them.
    """
    node, top = root, root.mem_id  # nodes compare by their whole HTML
    while True:
        if node.tag not in unseen:
            yield node, True
            below = node.child
            if below is not None:
                node = below
                continue
            if node.tag != "-text":
                yield node, False
        while (beside := node.next) is None or node.mem_id == top:
            if node.mem_id == top or (above := node.parent) is None:
                return
            node = above
            yield node, False
        node = beside


def _shallow(html: str) -> str:
    """Return the HTML without the tags that lie too deep; a block there begins a line."""
    pieces: list[str] = []
    kept = position = 0
    stack: list[str] = []
    open_: Counter[str] = Counter()
    while (match := OPENING.search(html, position)) is not None:
        closes, tag = match[1], (match[2] or "").lower()
        position = match.end()
        if not tag:  # a comment
            position = _behind("-->", html, position)
        elif tag in VOID or tag in ENDS_ITSELF:
            continue
        elif closes:
            _close(tag, stack, open_)
        elif len(stack) < DEEPEST:
            stack.append(tag)
            open_[tag] += 1
            if tag in RAW:
                end = re.compile(rf"</{tag}", re.IGNORECASE).search(html, position)
                position = end.start() if end else len(html)
        else:
            position = _behind(">", html, position)
            pieces += (html[kept : match.start()], "<br>" if tag in BLOCKS else "")
            kept = position
    return "".join([*pieces, html[kept:]]) if pieces else html


def _close(tag: str, stack: list[str], open_: Counter[str]) -> None:
    """Take the innermost such element from the stack, with all in it unless it is formatting."""
    if not open_[tag]:
        return
    index = len(stack) - 1
    while stack[index] != tag:
        if stack[index] in WALLS and tag not in WALLS:
            return
        index -= 1
    closed = stack[index : index + 1] if tag in FORMATTING else stack[index:]
    del stack[index : index + len(closed)]
    open_.subtract(closed)


def _behind(sign: str, html: str, position: int) -> int:
    found = html.find(sign, position)
    return len(html) if found < 0 else found + len(sign)
