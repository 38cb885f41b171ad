"""The hash of the rules: what was extracted by others may differ."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def rules_digest() -> str:
    """Return the SHA-256 of this package's modules and tables."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".tsv")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
