"""One reading of a file: what it is, what was found in it, and whether it was read to its end."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.ingested import IngestedFile
from nlp.readers import STDIN, SetAside
from nlp.readers.raw import AS_IT_IS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.readers import Piped, ReadingOptions, Source
    from nlp.types import Posting

BROKEN: Final = "cannot be read:"
"""How the readers begin the reason of a file that the operating system gave no further."""


@dataclass(slots=True)
class Reading:
    """A file while it is read. `path` is absolute, or "-" for what is piped in.

    `file` is its entry in the index, None as long as nothing is known of its bytes. `begun` says
    that it gave a posting, `ended` that it was read to its end, `whole` that nothing of it was
    refused, `noted` that the store knows of it. What was fetched from elsewhere to be read has an
    `address`, by which people know it.
    """

    path: str
    source: str
    run: str
    manner: str = ""
    file: IngestedFile | None = None
    begun: bool = False
    ended: bool = False
    whole: bool = True
    noted: bool = False
    address: str = ""

    @classmethod
    def of(
        cls, source: Source, run: str, options: ReadingOptions, quarantine: Path | None
    ) -> Reading:
        """Return the reading of a file that is about to begin.

        The quarantine changes with each build, and loses what was read from it: like what is
        piped in it has no place, and the same bytes are the same file.
        """
        manner = _manner(options)
        if str(source.path) == STDIN:
            return cls(STDIN, source.name, run, manner)
        reading = cls(str(source.path.resolve()), source.name, run, manner)
        sha256 = hash_file(source.path)
        if sha256:
            own = quarantine is not None and reading.path == str(quarantine.resolve())
            path = f"{STDIN}{sha256}" if own else reading.path
            reading.file = IngestedFile(path, source.name, sha256, run, manner)
        return reading

    @classmethod
    def of_piped(cls, record: Piped, run: str, options: ReadingOptions) -> Reading:
        """Return the reading of a record that was piped in: its bytes are all that tells it."""
        manner = _manner(options)
        sha256 = hashlib.sha256(record.data).hexdigest()
        file = IngestedFile(f"{STDIN}{sha256}", record.name, sha256, run, manner)
        return cls(STDIN, record.name, run, manner, file)

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
            self.file = IngestedFile(path, self.source, sha256, self.run, self.manner)
        return self.file

    def read(self, items: Iterator[Posting | SetAside]) -> Iterator[Posting | SetAside]:
        """Yield what the file gives. One that breaks off, or changes meanwhile, has not ended."""
        before = _state(self.path)
        broken = False
        while True:
            try:
                item = next(items)
            except StopIteration:
                break
            except Exception as error:  # a fault of a reader costs one file, not the build
                said = " ".join(str(error).split())
                yield SetAside(self.source, f"reading failed: {type(error).__name__} ({said})")
                return
            if isinstance(item, SetAside):
                broken |= not item.position and item.reason.startswith(BROKEN)
            yield item
        self.ended = not broken and (self.path == STDIN or _state(self.path) == before)


def _manner(options: ReadingOptions) -> str:
    return "" if options == AS_IT_IS else repr(sorted(asdict(options).items()))


def hash_file(path: Path) -> str:
    """Return the hash of a file's bytes; empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _state(path: str) -> tuple[int, int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
