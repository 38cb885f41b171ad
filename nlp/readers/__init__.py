"""Files in, postings out. What cannot be read is set aside with its reason, never lost."""

from __future__ import annotations

from nlp.readers.raw import ReadingOptions
from nlp.readers.reading import open_source, read_postings, read_source
from nlp.readers.sources import STDIN, SetAside, Source, find_sources

__all__ = [
    "STDIN",
    "ReadingOptions",
    "SetAside",
    "Source",
    "find_sources",
    "open_source",
    "read_postings",
    "read_source",
]
