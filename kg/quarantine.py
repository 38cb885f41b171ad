"""The quarantine: what was set aside, one JSON object a line, for people to mend and give again.

Each line has the `source`, the `position` in it, the `reason`, and the `record` itself
(`record_base64` where its bytes are no text; neither for a large file, which stays where it is).
`path` and `sha256` say which file it was.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.sorting import sort_lines
from nlp.contacts import mask
from nlp.readers import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from kg.reading import Reading
    from nlp.readers import SetAside

LARGE: Final = 1_000_000
"""Bytes from which on a whole file that was set aside is not copied."""

_NUMBER: Final = re.compile(r"\d{1,18}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file, as far as it decides whether the line stays."""

    line: bytes
    source: str = ""
    path: str = ""
    position: str = ""
    sha256: str = ""

    @classmethod
    def of(cls, line: bytes) -> Entry:
        """Return what a line says; one that somebody broke is kept as it is."""
        try:
            said = json.loads(line)
        except ValueError:
            return cls(line)
        if not isinstance(said, dict):
            return cls(line)
        source, path, position, sha256 = (
            str(said.get(name, "")) for name in ("source", "path", "position", "sha256")
        )
        return cls(line, source, path, position, sha256)

    @property
    def where(self) -> str:
        """Where it stood, as the reader of quarantines names the part of a posting."""
        at_end = self.source.endswith(f"#{self.position}")
        return self.source if at_end else f"{self.source}, {self.position}".rstrip(", ")

    @property
    def sort_key(self) -> bytes:
        """What puts lines in order: by source, and there as the records stand in it."""
        position = _NUMBER.sub(lambda found: found.group().zfill(18), self.position)
        return "\t".join(map(json.dumps, (self.source, self.path, position))).encode()


class Quarantine:
    """The file `path` while a build runs; without one, nothing is kept.

    What is set aside is written beside the file as it comes, so that a build that is killed loses
    nothing: the next one takes it in. `finish` puts the file in order, at once: each file that was
    read again is there as it was read last, and a record that was mended and read is gone.
    Contacts in a record are masked as they are in postings, unless `keep_contacts`.
    """

    def __init__(self, path: Path | None, *, keep_contacts: bool = False) -> None:
        self.path = path
        self._keep_contacts = keep_contacts
        self._stream: IO[bytes] | None = None
        self._begun: set[bytes] = set()
        self._mended: set[bytes] = set()
        self._files: set[bytes] = set()
        self._places: set[bytes] = set()
        if path is not None:
            self._new = path.with_name(f"{path.name}.new")
            self._take_in(path)
            self._learn(path)

    def __enter__(self) -> Quarantine:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        if self.path is not None:
            with suppress(OSError):  # it stays beside the file, for the next build
                self._take_in(self.path)

    @property
    def file(self) -> Path | None:
        """The file, if there is anything in it."""
        return self.path if self.path is not None and self.path.exists() else None

    def begin(self, path: str) -> None:
        """Say that a file is read now: what it gave before does not count any more."""
        name = _short(path)
        if path != STDIN and name in self._files:
            self._begun.add(name)

    def mend(self, part: str) -> None:
        """Say that a posting was read; `part` has where it stood, if it was in quarantine."""
        if not self._places or not part:
            return
        words = part.split(", ")
        for count in range(1, len(words) + 1):
            name = _short(", ".join(words[:count]))
            if name in self._places:
                self._mended.add(name)

    def add(self, item: SetAside, reading: Reading) -> None:
        """Keep what was set aside.

        What comes from the file itself is in it, as it was left; a path at which nothing is has
        nothing to keep.
        """
        if self.path is None or reading.path == str(self.path.resolve()):
            return
        if reading.path != STDIN and not os.path.lexists(reading.path):
            return
        if self._stream is None:
            self._stream = self._new.open("ab")
        record = _record(item, reading)
        if "record" in record and not self._keep_contacts:
            record["record"] = mask(record["record"])[0]
        said = {
            "source": item.source,
            "position": item.position,
            "reason": item.reason,
            **record,
            "path": reading.path,
            "sha256": reading.file.sha256 if reading.file else "",
        }
        line = json.dumps({name: value for name, value in said.items() if value != ""})
        self._stream.write(line.encode() + b"\n")
        self._stream.flush()

    def finish(self, is_outdated: Callable[[str, str], bool]) -> None:
        """Put the file in order; an empty one goes.

        `is_outdated` says of a path and a hash that the file has been read to its end since, with
        other bytes.
        """
        self._close()
        if self.path is None or not (self.path.exists() or self._new.exists()):
            return
        part = self.path.with_name(f"{self.path.name}.part")
        try:
            _write_sorted(part, self._kept(self.path, is_outdated))
            if part.stat().st_size:
                part.replace(self.path)
            else:
                self.path.unlink(missing_ok=True)
            self._new.unlink(missing_ok=True)
        finally:
            part.unlink(missing_ok=True)

    def _kept(self, path: Path, is_outdated: Callable[[str, str], bool]) -> Iterator[Entry]:
        for entry in entries_of(path):
            read_again = _short(entry.path) in self._begun or _short(entry.where) in self._mended
            if not read_again:
                yield from unless_outdated(entry, is_outdated)
        for entry in entries_of(self._new):
            yield from unless_outdated(entry, is_outdated)

    def _take_in(self, path: Path) -> None:
        """Append what an unfinished build left; half a line of one that was killed is nothing."""
        if self._new.exists():
            with path.open("ab") as stream:
                stream.writelines(entry.line for entry in entries_of(self._new) if entry.source)
            self._new.unlink()

    def _learn(self, path: Path) -> None:
        """Note which files and places are in quarantine."""
        for entry in entries_of(path):
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        self._files.add(_short(entry.path))
        if entry.source:
            self._places.add(_short(entry.where))

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(OSError):  # what could not be written was said when it was
                stream.close()


def entries_of(path: Path) -> Iterator[Entry]:
    """Yield the lines of a quarantine, if there is one."""
    if path.exists():
        with path.open("rb") as stream:
            for line in stream:
                if line.strip():
                    yield Entry.of(line if line.endswith(b"\n") else line + b"\n")


def unless_outdated(entry: Entry, is_outdated: Callable[[str, str], bool]) -> Iterator[Entry]:
    """Yield a line, unless its file has been read to its end since, with other bytes."""
    if not (entry.sha256 and is_outdated(entry.path, entry.sha256)):
        yield entry


def _write_sorted(path: Path, entries: Iterator[Entry]) -> None:
    last = b""
    with path.open("wb") as stream:
        for keyed in sort_lines(entry.sort_key + b"\t" + entry.line for entry in entries):
            if keyed != last:
                stream.write(keyed.split(b"\t", 3)[3])
            last = keyed


def _record(item: SetAside, reading: Reading) -> dict[str, str]:
    """Return the record itself; of a whole file its text, or its bytes, if it is not large.

    A member of an archive is not copied either.
    """
    if item.record or item.position:
        return {"record": item.record}
    path = Path(reading.path)
    whole = item.source == reading.source
    try:
        if not whole or not path.is_file() or path.stat().st_size > LARGE:
            return {}
        data = path.read_bytes()
    except OSError:
        return {}
    try:
        return {"record": data.decode()}
    except UnicodeDecodeError:
        return {"record_base64": base64.b64encode(data).decode()}


def _short(path: str) -> bytes:
    """Return what stands for a path where there may be many of them."""
    return short_digest(path.encode(errors="surrogateescape"))


def short_digest(data: bytes) -> bytes:
    """Return eight bytes that stand for others where there may be many of them."""
    return hashlib.blake2b(data, digest_size=8).digest()
