"""Marks of a PDF: which of its signs are a paragraph, an item, a row, as its writer said.

Browsers and Word write PDF with a tree of such marks, for people who have it read to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from nlp.readers.pdf_layout import Line, pieces, rows
from nlp.readers.pdf_paragraphs import Page, paragraphs
from nlp.readers.wrapped import NUMBERED, join, with_bullet
from nlp.tables import row

if TYPE_CHECKING:
    from pdfplumber.page import Page as Sheet
    from pdfplumber.pdf import PDF

TAGGED: Final = 0.9
"""The share of a document's signs that its marks must hold to be believed."""
HEADINGS: Final = frozenset("H H1 H2 H3 H4 H5 H6 Title".split())
APART: Final = frozenset({"L", "Table"})
"""Blocks that have lines of their own, also where they stand inside an item."""
BLOCKS: Final = HEADINGS | APART | frozenset("P Caption BlockQuote Note LI TR".split())
UNMARKED: Final = -1
"""Stands for the mark of signs that have none."""

Node = dict[str, Any]
Sign = dict[str, Any]
Key = tuple[int, int]


def marked_text(pdf: PDF) -> str | None:
    """Return the text by the document's marks, None where it has none or they leave out text."""
    try:
        tree: Sequence[Node] = pdf.structure_tree
    except Exception:  # marks that cannot be read are none
        return None
    return _Marked(pdf).text(tree) if tree else None


class _Marked:
    """The signs of a document by their marks, to be taken out in the order of the tree."""

    def __init__(self, pdf: PDF) -> None:
        self._signs: dict[Key, list[Sign]] = {}
        self._used: set[Key] = set()
        for sheet in pdf.pages:
            for key, sign in _marked(sheet):
                self._signs.setdefault(key, []).append(sign)

    def text(self, tree: Sequence[Node]) -> str | None:
        blocks: list[str] = []
        self._read(tree, blocks)
        held = sum(len(self._signs[key]) for key in self._used & self._signs.keys())
        every = sum(map(len, self._signs.values()))
        return "\n".join(blocks).strip("\n") if every and held >= TAGGED * every else None

    def _read(self, nodes: Sequence[Node], blocks: list[str]) -> None:
        """Add the lines of the nodes; those that hold no block are one run of text together."""
        run: list[Node] = []
        for node in nodes:
            if node.get("type") not in BLOCKS and not _holds_block(node):
                run.append(node)
                continue
            blocks += self._lines(run)
            run = []
            self._read_block(node, blocks)
        blocks += self._lines(run)

    def _read_block(self, node: Node, blocks: list[str]) -> None:
        kind = node.get("type")
        if kind == "TR":
            cells = [" ".join(self._lines([cell])) for cell in node.get("children", ())]
            blocks += filter(None, [row([cell for cell in cells if cell])])
        elif kind in BLOCKS and kind not in APART:
            lines = self._lines([node])
            if kind in HEADINGS and blocks and blocks[-1]:
                blocks.append("")
            if kind == "LI" and lines:
                lines[0] = _item(lines[0])
            blocks += lines
            self._read(list(_apart(node)), blocks)
        else:
            self._read(node.get("children", ()), blocks)

    def _lines(self, nodes: Iterable[Node]) -> list[str]:
        """Return the lines of a run of text: what a page's width broke is one line."""
        signs: list[Sign] = []
        for node in nodes:
            self._collect(node, signs)
        lines: list[str] = []
        for flow in _flows(signs):
            found = [line for line in paragraphs([Page((tuple(flow),), 0)]).split("\n") if line]
            if lines and found:
                lines[-1] = join(lines[-1], found.pop(0))
            lines += found
        return lines

    def _collect(self, node: Node, signs: list[Sign]) -> None:
        for mark in node.get("mcids", ()):
            key = (node.get("page_number", 0), mark)
            if key not in self._used:
                self._used.add(key)
                signs.extend(self._signs.get(key, ()))
        for child in node.get("children", ()):
            if child.get("type") not in APART:
                self._collect(child, signs)


def _marked(sheet: Sheet) -> Iterator[tuple[Key, Sign]]:
    """Yield the signs of a page with their marks, without what is marked as no content.

    A sign behind a mark inside another (a ligature, a link) comes without a mark: it has the one
    before it.
    """
    last: int | None = UNMARKED
    for sign in sheet.chars:
        if sign["mcid"] is not None:
            last = sign["mcid"]
        elif sign["tag"] == "Artifact":
            last = None
        if last is not None:
            yield (sheet.page_number, last), sign


def _flows(signs: Sequence[Sign]) -> Iterator[list[Line]]:
    """Yield the lines of a run of text, one list for each page or column that it stands on."""
    page: list[Sign] = []
    for sign in signs:
        if page and sign["page_number"] != page[-1]["page_number"]:
            yield from _columns(page)
            page = []
        page.append(sign)
    yield from _columns(page)


def _columns(signs: Sequence[Sign]) -> Iterator[list[Line]]:
    column: list[Line] = []
    for piece in pieces(signs):
        if column and piece.bottom < column[-1].top:
            yield rows(column)
            column = []
        column.append(piece)
    if column:
        yield rows(column)


def _holds_block(node: Node) -> bool:
    return any(
        child.get("type") in BLOCKS or _holds_block(child) for child in node.get("children", ())
    )


def _apart(node: Node) -> Iterator[Node]:
    """Yield the lists and tables inside a block."""
    for child in node.get("children", ()):
        if child.get("type") in APART:
            yield child
        else:
            yield from _apart(child)


def _item(line: str) -> str:
    marked = with_bullet(line)
    return marked if marked.startswith("• ") or NUMBERED.match(marked) else f"• {line}"
