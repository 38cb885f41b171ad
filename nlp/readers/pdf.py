"""PDF: the text layer as lines, by the document's own structure where it has one.

Programs that write PDF for everyone (browsers, Word) mark which signs are a paragraph, an item, a
cell; there the marks decide. Elsewhere the places of the signs do: columns, indents, distances.
pdfplumber gives both, which is why it is used and not pypdf, five times as quick, which gives the
signs in the order they were drawn.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any, Final

from nlp.readers.documents import NoText, read_whole, words_of
from nlp.readers.pdf_layout import flows, pieces
from nlp.readers.pdf_paragraphs import Page, paragraphs, without_edges
from nlp.readers.raw import Input, RawPosting, Unread
from nlp.readers.wrapped import join, row, with_bullet

if TYPE_CHECKING:
    from pdfplumber.page import Page as Sheet
    from pdfplumber.pdf import PDF

MAGIC: Final = b"%PDF-"
WITHIN: Final = 1024
"""Bytes in which the signature stands; some programs write something before it."""
MOST_PAGES: Final = 100
"""Pages of a posting at the most; a book is none."""
TAGGED: Final = 0.9
"""The share of a page's signs that its marks must hold to be believed."""
BLOCKS: Final = frozenset(
    "P H H1 H2 H3 H4 H5 H6 Title Caption BlockQuote TOCI Note Figure Formula LI TR".split()
)
HEADINGS: Final = frozenset("H H1 H2 H3 H4 H5 H6 Title".split())
CELLS: Final = frozenset({"TD", "TH"})
UNMARKED: Final = -1
"""Stands for the mark of signs that have none."""
INSTALL: Final = "PDF needs pdfplumber: pip install 'rolegraph[docs]'"

Node = dict[str, Any]
Key = tuple[int, int]


def recognises(head: bytes) -> bool:
    """Tell whether the bytes begin as a PDF does."""
    return MAGIC in head[:WITHIN]


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield the document as one posting, or why it has no text."""
    return read_whole(source, pdf_text)


def pdf_text(stream: IO[bytes]) -> str:
    """Return the text of a PDF: a paragraph a line, items behind "• ", a row of a table a line.

    Words that a line's end cut are whole again, headers and footers gone, columns read one after
    the other. Raises `NoText` for a document that is locked, damaged, empty, holds images only or
    has more than 100 pages, and `ModuleNotFoundError` where the extra is not installed.
    """
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import PdfminerException
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(INSTALL, name=error.name) from error
    try:
        with pdfplumber.open(io.BytesIO(stream.read())) as pdf:
            return _text(pdf)
    except NoText:
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise NoText("a locked PDF: it asks for a password; save a copy without one") from error
        raise NoText(f"a damaged PDF: {words_of(error)}") from error
    except Exception as error:  # what a parser raises on bytes that nobody foresaw
        raise NoText(f"a damaged PDF: {words_of(error)}") from error


def _text(pdf: PDF) -> str:
    if len(pdf.pages) > MOST_PAGES:
        raise NoText(f"{len(pdf.pages)} pages; a posting has fewer than {MOST_PAGES}")
    marked = _by_marks(pdf)
    text = marked if marked is not None else paragraphs(without_edges(list(map(_page, pdf.pages))))
    if text.strip():
        return text
    if any(sheet.images for sheet in pdf.pages):
        raise NoText("the PDF holds images only, no text; read them with OCR first")
    raise NoText("the PDF is empty" if pdf.pages else "a damaged PDF: it has no pages")


def _page(sheet: Sheet) -> Page:
    upright = [char for char in sheet.dedupe_chars().chars if char["upright"]]
    found = flows(pieces(upright))
    return Page(tuple(map(tuple, found)), float(sheet.height))


def _by_marks(pdf: PDF) -> str | None:
    """Return the text by the document's marks, None where it has none or they leave out text."""
    try:
        tree: Sequence[Node] = pdf.structure_tree
    except Exception:  # marks that cannot be read are none
        return None
    if not tree:
        return None
    chars: dict[Key, list[dict[str, Any]]] = {}
    for sheet in pdf.pages:
        for key, char in _marked(sheet):
            chars.setdefault(key, []).append(char)
    blocks: list[str] = []
    used: set[Key] = set()
    for node in tree:
        _read(node, chars, used, blocks)
    held = sum(len(chars[key]) for key in used & chars.keys())
    every = sum(map(len, chars.values()))
    return "\n".join(blocks).strip("\n") if every and held >= TAGGED * every else None


def _marked(sheet: Sheet) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Yield the signs of a page with their marks, without what is marked as no content.

    A sign behind a mark inside another (a ligature, a link) comes without a mark: it has the one
    before it.
    """
    last: int | None = UNMARKED
    for char in sheet.chars:
        if char["mcid"] is not None:
            last = char["mcid"]
        elif char["tag"] == "Artifact":
            last = None
        if last is not None:
            yield (sheet.page_number, last), char


def _read(
    node: Node, chars: dict[Key, list[dict[str, Any]]], used: set[Key], blocks: list[str]
) -> None:
    """Add a node's lines to the blocks, in the order of the tree."""
    kind = node.get("type", "")
    inner = [child for child in node.get("children", ()) if child.get("type") in ("L", "Table")]
    if kind in BLOCKS:
        line = _line(node, chars, used)
        if line:
            if kind in HEADINGS and blocks and blocks[-1]:
                blocks.append("")
            blocks.append(with_bullet(line) if kind != "LI" else _item(line))
        for child in _lists(node):
            _read(child, chars, used, blocks)
        return
    if not inner and node.get("mcids"):
        line = _line(node, chars, used)
        if line:
            blocks.append(with_bullet(line))
    for child in node.get("children", ()):
        _read(child, chars, used, blocks)


def _item(line: str) -> str:
    marked = with_bullet(line)
    return marked if marked.startswith("• ") or line[:1].isdigit() else f"• {line}"


def _lists(node: Node) -> Iterator[Node]:
    """Yield the lists inside a node, which have lines of their own."""
    for child in node.get("children", ()):
        if child.get("type") == "L":
            yield child
        elif child.get("type") not in BLOCKS:
            yield from _lists(child)


def _line(node: Node, chars: dict[Key, list[dict[str, Any]]], used: set[Key]) -> str:
    """Return the text of a node as one line, its lists left out; a row's cells are parted."""
    if node.get("type") == "TR":
        cells = [_line(cell, chars, used) for cell in node.get("children", ())]
        return row([cell for cell in cells if cell])
    signs: list[dict[str, Any]] = []
    _collect(node, chars, used, signs)
    text = ""
    for piece in pieces(signs):
        text = join(text, piece.text) if text else piece.text
    return text


def _collect(
    node: Node,
    chars: dict[Key, list[dict[str, Any]]],
    used: set[Key],
    signs: list[dict[str, Any]],
) -> None:
    for mark in node.get("mcids", ()):
        key = (node.get("page_number", 0), mark)
        if key not in used:
            used.add(key)
            signs.extend(chars.get(key, ()))
    for child in node.get("children", ()):
        if child.get("type") != "L":
            _collect(child, chars, used, signs)
