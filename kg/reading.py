"""One reading of a file: what it is, what was found in it, and whether it was read to its end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ingested import IngestedFile
from nlp.readers import STDIN, SetAside, Source, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.repair import IsName
    from nlp.types import Posting


@dataclass(slots=True)
class Reading:
    """A file while it is read. `path` is absolute, or "-" for what is piped in.

    `file` is its entry in the index, None as long as nothing is known of its bytes. `begun` says
    that it gave a posting, `ended` that it was read to its end, `whole` that nothing of it was
    refused, `noted` that the store knows of it.
    """

    path: str
    source: str
    run: str
    file: IngestedFile | None = None
    begun: bool = False
    ended: bool = False
    whole: bool = True
    noted: bool = False

    @classmethod
    def of(cls, source: Source, run: str) -> Reading:
        """Return the reading of a file that is about to begin."""
        if str(source.path) == STDIN:
            return cls(STDIN, source.name, run)
        reading = cls(str(source.path.resolve()), source.name, run)
        sha256 = hash_file(source.path)
        if sha256:
            reading.file = IngestedFile(reading.path, source.name, sha256, run)
        return reading

    @classmethod
    def of_nothing(cls, given: str) -> Reading:
        """Return the reading of what is no file."""
        return cls(str(Path(given).absolute()), given, "")

    @property
    def record(self) -> IngestedFile:
        """The file's entry in the index. It has one as soon as it gave a posting."""
        if self.file is None:
            raise ValueError(f"{self.source} gave no posting yet")
        return self.file

    def begin(self, posting: Posting) -> IngestedFile:
        """Note that the file gave a posting.

        What is piped in has no place: the same bytes are the same file.
        """
        self.begun = True
        if self.file is None:
            sha256 = posting.source_sha256
            path = f"{STDIN}{sha256}" if self.path == STDIN else self.path
            self.file = IngestedFile(path, self.source, sha256, self.run)
        return self.file


def read(source: Source, reading: Reading, is_name: IsName) -> Iterator[Posting | SetAside]:
    """Yield what a file gives. One that breaks off, or changes meanwhile, is left unended."""
    before = _state(source.path)
    items = read_source(source, is_name)
    while True:
        try:
            item = next(items)
        except StopIteration:
            break
        except OSError as error:
            yield SetAside(source.name, f"cannot be read: {error.strerror or error}")
            return
        except Exception as error:  # a fault of a reader costs one file, not the build
            said = " ".join(str(error).split())
            yield SetAside(source.name, f"reading failed: {type(error).__name__} ({said})")
            return
        yield item
    reading.ended = reading.path == STDIN or _state(source.path) == before


def hash_file(path: Path) -> str:
    """Return the hash of a file's bytes; empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
