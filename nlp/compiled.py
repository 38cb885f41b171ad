"""Compiled modules: the same rules as machine code, from a folder that `ROLEGRAPH_COMPILED` names.

`make compiled` builds them with mypyc from the sources here, and they give the same facts sooner.
Nobody gets them unasked, and a folder that was built from other sources, or for another Python, is
refused: what runs is always what the sources say. A module that is not in the folder is imported
from its source as ever.

    make compiled
    ROLEGRAPH_COMPILED=build/compiled kg build postings/
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Final

VARIABLE: Final = "ROLEGRAPH_COMPILED"
"""The environment variable that names the folder; unset or empty for pure Python."""
RECORD: Final = "compiled.json"
"""What a folder was built from: its digest, and each module's file."""
PACKAGES: Final = Path(__file__).parent.parent
COMPILED: Final = ("nlp", "ontology")
"""The packages whose sources a build is made of: constants of one are written into the other."""


def sources_digest() -> str:
    """Return the SHA-256 of the sources and of the kind of Python that machine code is for."""
    digest = hashlib.sha256(EXTENSION_SUFFIXES[0].encode())
    for path in sorted(path for name in COMPILED for path in (PACKAGES / name).rglob("*.py")):
        digest.update(path.relative_to(PACKAGES).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def write_record(folder: Path, digest: str, files: Mapping[str, str]) -> None:
    """Write down what a folder has been built from, and the file of each module in it."""
    record = {"digest": digest, "files": dict(sorted(files.items()))}
    (folder / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def is_current(folder: Path) -> bool:
    """Tell whether a folder was built from the sources as they are, for this Python."""
    record = folder / RECORD
    return record.exists() and _read(record)[0] == sources_digest()


def use_folder(folder: str) -> None:
    """Import from now on the modules of a folder instead of their sources.

    Raises `ImportError` where none is, or where it was built from other sources.
    """
    built_in = Path(folder).resolve()
    record = built_in / RECORD
    if not record.exists():
        raise ImportError(f"{VARIABLE}={folder}: no {RECORD} there; `make compiled` writes one.")
    digest, files = _read(record)
    if digest != sources_digest():
        raise ImportError(
            f"{VARIABLE}={folder}: built from other sources or for another Python; "
            f"`make compiled` builds it anew, without {VARIABLE} the sources run as they are."
        )
    sys.meta_path.insert(0, Finder({name: built_in / file for name, file in files.items()}))


def _read(record: Path) -> tuple[str, dict[str, str]]:
    built = json.loads(record.read_text(encoding="utf-8"))
    return built["digest"], built["files"]


class Finder:
    """Finds the compiled modules, before anybody looks for their sources."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None,  # noqa: ARG002 # the import system passes both
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Return how a module is loaded, None for one that is not compiled."""
        file = self._files.get(name)
        if file is None:
            return None
        return spec_from_file_location(name, file, loader=ExtensionFileLoader(name, str(file)))
