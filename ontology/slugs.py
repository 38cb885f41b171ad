"""Readable names for IRIs, made from labels alone and never shared by two labels."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Final

SLUG_LENGTH: Final = 60
"""Longer names are cut here and told apart by their hash."""


def slug(label: str) -> str:
    """Return a readable name for `label`: lower-case ASCII letters, digits and hyphens.

    Labels that differ only in case or in white space are one name. When anything else is lost
    on the way ("C++", "C#", "scikit-learn", "日本"), `_` and eight digits of a hash of the label
    follow, so that no two names get the same slug: `c`, `c_72428b31` (C++), `c_a82bbd3b` (C#).
    """
    folded = " ".join(unicodedata.normalize("NFC", label).lower().split())
    ascii_only = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:SLUG_LENGTH].strip("-")
    if words and words.replace("-", " ") == folded:
        return words
    return f"{words}_{digest(folded, length=8)}"


def digest(*parts: str | None, length: int = 20) -> str:
    """Return the first `length` hex digits of a SHA-256 over `parts`, which stay distinct."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:length]
