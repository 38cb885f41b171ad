"""A résumé's file to its text: text, Markdown, HTML, PDF, DOCX or JSON Resume."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from nlp.contacts import mask
from nlp.readers import formats
from nlp.readers.encoding import decode
from nlp.readers.raw import Input, RawPosting
from nlp.repair import IsName, repair
from nlp.resumes import json_resume
from nlp.types import Posting

LONGEST: Final = 10_000_000
"""Bytes of a résumé at the most: a PDF with photographs has a tenth of it."""
DOCUMENTS: Final = frozenset({"pdf", "docx", "html"})


class ResumeError(ValueError):
    """A file that gives no résumé; the message says what was found and what would work."""


def read_resume(path: str | Path, is_name: IsName) -> Posting:
    """Return the text of the résumé at `path`, repaired, contacts masked, as a document to read.

    Raises `ResumeError`, also for a file that cannot be read.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ResumeError(f"{path}: cannot be read: {error.strerror or error}") from None
    return resume_of(data, Path(path).name, is_name)


def resume_of(data: bytes, name: str, is_name: IsName) -> Posting:
    """Return the text of a résumé's bytes; see `read_resume`."""
    if len(data) > LONGEST:
        raise ResumeError(f"{name}: {len(data):,} bytes are no résumé; 10 MB are the most")
    masked, _ = mask(_text(data, name))
    text, edits = repair(masked, is_name)
    if not text.strip():
        raise ResumeError(f"{name}: there is no text in it; a scanned page needs text recognition")
    return Posting(source=name, text=text, source_sha256="", edits=edits)


def _text(data: bytes, name: str) -> str:
    head = data[:65536]
    if json_resume.recognises(head):
        try:
            return json_resume.as_text(data)
        except ValueError as error:
            raise ResumeError(f"{name}: {error}") from None
    for kind in ("pdf", "docx", "html"):
        reader = formats.load(kind)
        if reader.recognises(head):
            found = list(reader.read(Input(name, BytesIO(data), head)))
            bodies = [one.body for one in found if isinstance(one, RawPosting)]
            if not bodies:
                reasons = "; ".join(one.reason for one in found if not isinstance(one, RawPosting))
                raise ResumeError(f"{name}: {reasons or 'there is no text in it'}")
            return "\n\n".join(bodies)
    if b"\x00" in head:
        raise ResumeError(f"{name}: no text, PDF, DOCX, HTML or JSON Resume")
    return decode(data).text
