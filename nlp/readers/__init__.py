"""Files in, postings out. What cannot be read is set aside with its reason, never lost."""

from __future__ import annotations

from nlp.readers.raw import ReadingOptions
from nlp.readers.reading import open_source, read_piped, read_postings, read_source
from nlp.readers.sources import STDIN, Piped, SetAside, Source, find_sources, source_below

__all__ = [
    "STDIN",
    "Piped",
    "ReadingOptions",
    "SetAside",
    "Source",
    "find_sources",
    "open_source",
    "read_piped",
    "read_postings",
    "read_source",
    "source_below",
]
