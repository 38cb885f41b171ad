"""Text to facts: postings in, what they say out, each statement with its words.

>>> from nlp import Extractor, read_postings
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nlp.extract import Extractor, extract_files
    from nlp.readers import ReadingOptions, SetAside, read_postings
    from nlp.record import to_record
    from nlp.types import Facts, Posting

__all__ = [
    "Extractor",
    "Facts",
    "Posting",
    "ReadingOptions",
    "SetAside",
    "extract_files",
    "read_postings",
    "to_record",
]

_HOMES = {
    "Extractor": "nlp.extract",
    "Facts": "nlp.types",
    "Posting": "nlp.types",
    "ReadingOptions": "nlp.readers",
    "SetAside": "nlp.readers",
    "extract_files": "nlp.extract",
    "read_postings": "nlp.readers",
    "to_record": "nlp.record",
}


if _compiled := os.environ.get("ROLEGRAPH_COMPILED"):
    import_module("nlp.compiled").use_folder(_compiled)


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: spaCy takes longer to load than all else together."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
