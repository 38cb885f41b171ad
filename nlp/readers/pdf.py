"""PDF: the text layer as lines, by the document's own structure where it has one.

Programs that write PDF for everyone (browsers, Word) mark which signs are a paragraph, an item, a
cell; there the marks decide. Elsewhere the places of the signs do: columns, indents, distances.
pdfplumber gives both, which is why it is used and not pypdf, five times as quick, which gives the
signs in the order they were drawn.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from nlp.readers.documents import NoText, read_whole, words_of
from nlp.readers.pdf_layout import flows, pieces
from nlp.readers.pdf_marks import marked_text
from nlp.readers.pdf_paragraphs import Page, paragraphs, without_edges
from nlp.readers.raw import Input, RawPosting, Unread

if TYPE_CHECKING:
    from pdfplumber.page import Page as Sheet
    from pdfplumber.pdf import PDF

MAGIC: Final = b"%PDF-"
WITHIN: Final = 1024
"""Bytes in which the signature stands; some programs write something before it."""
MOST_PAGES: Final = 100
"""Pages of a posting at the most; a book is none."""
LARGEST: Final = 64 << 20
"""Bytes of a document at the most."""
INSTALL: Final = "PDF needs pdfplumber: pip install 'rolegraph[docs]'"


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
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise NoText(f"more than {LARGEST >> 20} MB; a posting has less")
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
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
    text = marked_text(pdf)
    if text is None:
        text = paragraphs(without_edges([_page(sheet) for sheet in pdf.pages]))
    if text.strip():
        return text
    if any(sheet.images for sheet in pdf.pages):
        raise NoText("the PDF holds images only, no text; read them with OCR first")
    raise NoText("the PDF is empty" if pdf.pages else "a damaged PDF: it has no pages")


def _page(sheet: Sheet) -> Page:
    upright = [char for char in sheet.dedupe_chars().chars if char["upright"]]
    found = flows(pieces(upright))
    return Page(tuple(map(tuple, found)), float(sheet.height))
