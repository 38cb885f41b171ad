"""What the command line says when it fails: what is wrong, and what would work, in one line."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import Final

from kg.store_folder import DiskFullError, is_full

ADVICE: Final = {
    errno.EACCES: "choose one that you may use",
    errno.EISDIR: "name a file in it",
    errno.ENOSPC: "make room, or choose another place",
    errno.ENOTDIR: "a part of its path is a file; choose another place",
    errno.EROFS: "choose a place that can be written",
}
"""What to do about an error of the operating system."""

_POSITION: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_CLASS: Final = re.compile(r"\[(?:_|'[^\]]*')\](?:, )?|, $", re.DOTALL)
"""Classes of characters, which fill five lines where a name was expected."""
_SENTENCE: Final = re.compile(r"(?:[A-Z][A-Za-z]* )+[a-z][^,]*")
"""What the parser says in words, among the signs that it expected."""


def message(error: Exception) -> str:
    """Return what went wrong and what would work."""
    if isinstance(error, SyntaxError):
        return f"no valid SPARQL query: {_where(str(error))}"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}; {_advice(error)}"
    if isinstance(error, OSError) and is_full(error):
        return f"what was to be written was not: the disk is full; {ADVICE[errno.ENOSPC]}"
    return " ".join(str(error).split())


def exit_code(error: Exception) -> int:
    """Return 1 where all that was asked is right and the disk has no room for it, else 2."""
    full = isinstance(error, DiskFullError) or (isinstance(error, OSError) and is_full(error))
    return 1 if full else 2


def _advice(error: OSError) -> str:
    if error.errno == errno.ENOENT:
        folder = Path(str(error.filename)).parent
        return "name one that exists" if folder.is_dir() else f"make the folder {folder} first"
    return ADVICE.get(error.errno or 0, "choose another")


def _where(said: str) -> str:
    """Return "line 2, column 9: expected OPTIONAL" for what the parser says."""
    found = _POSITION.match(said)
    if not found:
        return " ".join(said.split())
    place = f"line {found[1]}, column {found[2]}"
    expected = _CLASS.sub("", " ".join(found[3].split()) + ", ").strip(", ")
    sentence = _SENTENCE.search(expected)
    if sentence:
        return f"{place} is not understood; perhaps: {sentence.group()}"
    return f"{place}: expected {expected}" if expected else f"{place} is not understood"
