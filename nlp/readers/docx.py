"""DOCX: paragraphs, headings, items and tables of a Word document, each on a line of its own.

python-docx opens the package and knows the styles; its own text leaves out what is inserted under
review, content controls and text boxes, so the tree is walked here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from nlp.readers.documents import NoText, read_whole, words_of
from nlp.readers.raw import Input, RawPosting, Unread
from nlp.readers.wrapped import with_bullet
from nlp.tables import by_columns, row

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element as Element

MAGIC: Final = b"PK\x03\x04"
MAIN: Final = b"word/"
LARGEST: Final = 64 << 20
"""Bytes of the unpacked document at the most; more is a bomb, or no posting."""
INSTALL: Final = "DOCX needs python-docx: pip install 'rolegraph[docs]'"
WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GONE: Final = frozenset({FALLBACK, f"{WORD}del", f"{WORD}moveFrom", f"{WORD}instrText"})
"""What is not to be read: deleted text, and a second copy of a box for older programs."""
SIGNS: Final = {
    f"{WORD}tab": "\t",
    f"{WORD}br": "\n",
    f"{WORD}cr": "\n",
    f"{WORD}noBreakHyphen": "-",
}
IMAGES: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
HEADING: Final = ("heading", "title")
LIST: Final = "list"


def recognises(head: bytes) -> bool:
    """Tell whether the bytes are a zip whose first entries are a Word document's."""
    return head.startswith(MAGIC) and MAIN in head


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield the document as one posting, or why it has no text."""
    return read_whole(source, docx_text)


def docx_text(stream: IO[bytes]) -> str:
    """Return the text of a Word document, a paragraph a line, items behind "• ".

    A table's row is a line; a table that merely lays out the page gives the lines of its cells.
    Headers and footers of pages and deleted text are left out. Raises `NoText` for a document
    that is damaged, empty, too large or holds images only, and `ModuleNotFoundError` where the
    extra is not installed.
    """
    try:
        import docx
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(INSTALL, name=error.name) from error
    try:
        with zipfile.ZipFile(stream) as package:
            size = sum(entry.file_size for entry in package.infolist())
        stream.seek(0)
        document = docx.Document(stream) if size <= LARGEST else None
        text = _text(document) if document else ""
        body = document.element.body if document else ()
        images = any(element.tag in IMAGES for part in body for element in part.iter())
    except Exception as error:  # what a parser raises on bytes that nobody foresaw
        raise NoText(f"a damaged DOCX: {words_of(error)}") from error
    if document is None:
        raise NoText(f"{size >> 20} MB when unpacked; a posting has less than {LARGEST >> 20}")
    if text.strip():
        return text
    if images:
        raise NoText("the DOCX holds images only, no text; read them with OCR first")
    raise NoText("the DOCX is empty")


def _text(document: Document) -> str:
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    listed = {
        style.style_id
        for style in document.styles
        if style.element.find(f"{WORD}pPr/{WORD}numPr") is not None
    }
    kinds = {
        key: "heading"
        if name.startswith(HEADING)
        else "item"
        if _is_list(key, name, listed)
        else ""
        for key, name in styles.items()
    }
    lines: list[str] = []
    for line in _blocks(document.element.body, kinds):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n")


def _is_list(key: str, name: str, listed: set[str]) -> bool:
    return key in listed or name.startswith(LIST)


def _blocks(parent: Element, kinds: dict[str, str]) -> Iterator[str]:
    """Yield the lines of what stands below an element, in its order."""
    for child in parent:
        if child.tag in GONE:
            continue
        if child.tag == f"{WORD}p":
            yield from _paragraph(child, kinds)
        elif child.tag == f"{WORD}tbl":
            yield from _table(child, kinds)
        elif isinstance(child.tag, str):
            yield from _blocks(child, kinds)


def _paragraph(paragraph: Element, kinds: dict[str, str]) -> Iterator[str]:
    """Yield a paragraph, then the boxes that hang on it; an empty one is a blank line."""
    properties = paragraph.find(f"{WORD}pPr")
    kind = ""
    if properties is not None:
        style = properties.find(f"{WORD}pStyle")
        kind = kinds.get(style.get(f"{WORD}val", ""), "") if style is not None else ""
        number = properties.find(f"{WORD}numPr/{WORD}numId")
        if number is not None:
            kind = "item" if number.get(f"{WORD}val") != "0" else ""
    text = "".join(_signs(paragraph)).strip()
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if kind == "heading" and text:
        yield ""
    if kind == "item" and text:
        first = with_bullet(lines[0])
        yield first if first.startswith("• ") else f"• {first}"
        yield from lines[1:]
    else:
        yield from map(with_bullet, lines)
    for box in paragraph.iter(f"{WORD}txbxContent"):
        if not _is_gone(box, paragraph):
            yield from _blocks(box, kinds)


def _is_gone(box: Element, paragraph: Element) -> bool:
    """Tell whether a box is a copy for older programs, or inside another box."""
    parent = box.getparent()
    while parent is not None and parent is not paragraph:
        if parent.tag in GONE or parent.tag == f"{WORD}txbxContent":
            return True
        parent = parent.getparent()
    return False


def _signs(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            page = child.tag == f"{WORD}br" and child.get(f"{WORD}type") in ("page", "column")
            yield " " if page else SIGNS[child.tag]
        elif child.tag not in GONE and child.tag not in (f"{WORD}txbxContent", f"{WORD}pPr"):
            yield from _signs(child)


def _table(table: Element, kinds: dict[str, str]) -> Iterator[str]:
    """Yield a row a line, or the lines of each cell where a cell holds more than one.

    A table whose columns have headings ("Essential", "Desirable") is read column by column.
    """
    rows: list[list[list[str]]] = []
    for line in table.iterfind(f".//{WORD}tr"):
        owner = line.getparent()
        while owner is not None and owner.tag != f"{WORD}tbl":
            owner = owner.getparent()
        if owner is not table:
            continue  # a row of a table inside a cell, which comes with that cell
        rows.append(
            [[part for part in _blocks(cell, kinds) if part] for cell in line.iterfind(f"{WORD}tc")]
        )
    if lines := by_columns(rows):
        yield from lines
        return
    for cells in rows:
        if all(len(cell) <= 1 for cell in cells):
            found = row([cell[0] for cell in cells if cell])
            if found:
                yield found
        else:
            for cell in cells:
                yield from cell
