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
class _Entry:
    """A line of the file, as far as it decides whether the line stays."""

    line: bytes
    source: str = ""
    path: str = ""
    position: str = ""
    sha256: str = ""

    @classmethod
    def of(cls, line: bytes) -> _Entry:
        """Return what a line says; one that somebody broke is kept as it is."""
        try:
            said = json.loads(line)
        except ValueError:
            return cls(line)
        if not isinstance(said, dict):
            return cls(line)
        return cls(line, *(str(said.get(k, "")) for k in ("source", "path", "position", "sha256")))

    @property
    def sort_key(self) -> bytes:
        """What puts lines in order: by source, and there as the records stand in it."""
        position = _NUMBER.sub(lambda found: found.group().zfill(18), self.position)
        return "\t".join(map(json.dumps, (self.source, self.path, position))).encode()


class Quarantine:
    """The file while a build runs; without a path, nothing is kept.

    Lines are appended as they come, so that a build that is killed loses none. `finish` puts the
    file in order at once: each file that was read again is there as it was read last.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stream: IO[bytes] | None = None
        self._begun: set[bytes] = set()
        self._start = 0
        self._known = self._mend(path) if path is not None and path.exists() else frozenset()

    def __enter__(self) -> Quarantine:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    @property
    def file(self) -> Path | None:
        """The file, if there is anything in it."""
        return self._path if self._path is not None and self._path.exists() else None

    def begin(self, path: str) -> None:
        """Say that a file is read now: what it gave before does not count any more."""
        name = _short(path)
        if path != STDIN and name in self._known:
            self._begun.add(name)

    def add(self, item: SetAside, reading: Reading) -> None:
        """Keep what was set aside."""
        if self._path is None:
            return
        if self._stream is None:
            self._stream = self._path.open("ab")
        said = {
            "source": item.source,
            "position": item.position,
            "reason": item.reason,
            **_record(item, reading),
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
        path = self.file
        if path is None:
            return
        part = path.with_name(f"{path.name}.part")
        last = b""
        with part.open("wb") as stream:
            for keyed in sort_lines(self._kept(path, is_outdated)):
                if keyed != last:
                    stream.write(keyed.split(b"\t", 3)[3])
                last = keyed
        if part.stat().st_size:
            part.replace(path)
        else:
            part.unlink()
            path.unlink()

    def _kept(self, path: Path, is_outdated: Callable[[str, str], bool]) -> Iterator[bytes]:
        offset = 0
        for line in self._lines(path):
            entry = _Entry.of(line)
            earlier = offset < self._start
            offset += len(line)
            if earlier and _short(entry.path) in self._begun:
                continue
            if entry.sha256 and is_outdated(entry.path, entry.sha256):
                continue
            if earlier and not entry.sha256 and _is_gone(entry.path):
                continue
            yield entry.sort_key + b"\t" + line

    @staticmethod
    def _lines(path: Path) -> Iterator[bytes]:
        with path.open("rb") as stream:
            yield from stream

    def _mend(self, path: Path) -> frozenset[bytes]:
        """Return the files that are in the quarantine; cut off half a line of a killed build."""
        found = set()
        for line in self._lines(path):
            entry = _Entry.of(line)
            whole = line.endswith(b"\n")
            if not whole and not entry.source:
                os.truncate(path, self._start)
                break
            if not whole:  # somebody's editor writes no last line break
                with path.open("ab") as stream:
                    stream.write(b"\n")
            self._start += len(line) + (not whole)
            found.add(_short(entry.path))
        return frozenset(found)

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(OSError):  # what could not be written was said when it was
                stream.close()


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


def _is_gone(path: str) -> bool:
    return bool(path) and not os.path.lexists(path)  # Path.exists follows links


def _short(path: str) -> bytes:
    """Return what stands for a path where there may be many of them."""
    return hashlib.blake2b(path.encode(errors="surrogateescape"), digest_size=8).digest()
