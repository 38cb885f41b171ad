"""Packed files: gzip, Zstandard, bzip2 and xz give the file inside, a zip each of its members.

Told by the first bytes, never by the name. Nothing is written under a name that an archive gives:
what is unpacked lies in memory or in a temporary file without a name.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Final, NamedTuple, Protocol, cast

HEAD: Final = 1 << 16
"""Bytes by which a format is told."""
IN_MEMORY: Final = 8 << 20
BLOCK: Final = 1 << 20
LARGEST: Final = 32 << 30
"""Bytes that one file may unpack to, all its members together."""
SUSPECT: Final = 64 << 20
RATIO: Final = 250
"""What unpacks to more than 64 MB, and to 250 times its own size, is a zip bomb: exports that were
packed as tightly as can be come to a fifth of that."""
ZIP: Final = "zip"
MAGIC: Final = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"PK\x03\x04": ZIP,
    b"PK\x05\x06": ZIP,  # an empty one
}
MOST_LAYERS: Final = 2
PIECE: Final = 1 << 11
"""Bytes of Zstandard that are unpacked at once: they come to 64 MB at the most."""
WINDOW: Final = 1 << 31
"""Bytes that Zstandard may look back: what its `--long=31` needs."""
DOCUMENTS: Final = frozenset({"[Content_Types].xml", "mimetype"})
"""Members by which a zip is one document: DOCX, XLSX, ODT, EPUB."""
DAMAGED: Final = (
    EOFError,
    OSError,
    RuntimeError,  # of zipfile: also what it does not implement
    ValueError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)


class Member(NamedTuple):
    """A file as it lay in its package; `stream` is at its beginning, `head` its first 64 KiB."""

    name: str
    stream: IO[bytes]
    head: bytes


class Refused(NamedTuple):
    """A packed file, or the rest of one, that is not read, and why."""

    name: str
    reason: str


class _Bomb(ValueError):
    pass


@dataclass(slots=True)
class _Budget:
    """What a file may still unpack to."""

    left: int = LARGEST

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise _Bomb(f"unpacks to more than {LARGEST >> 30} GB; split it")


def unpack(name: str, stream: IO[bytes]) -> Iterator[Member | Refused]:
    """Yield the files inside `stream`: itself where it is not packed.

    A member is to be read before the next one is asked for. Of what is damaged, comes first what
    could be unpacked, then the reason why the rest is missing.
    """
    yield from _unpack(name, stream, (), _Budget())


def _unpack(
    name: str, stream: IO[bytes], inside: tuple[str, ...], budget: _Budget
) -> Iterator[Member | Refused]:
    head = stream.read(HEAD)
    stream.seek(0)
    packing = next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), None)
    if packing is None:
        yield Member(name, stream, head)
    elif packing == ZIP:
        yield from _unzip(name, stream, head, inside, budget)
    elif len(inside) == MOST_LAYERS:
        layers = " inside ".join((packing, *reversed(inside)))
        yield Refused(name, f"{layers}; unpack it first")
    else:
        size = stream.seek(0, 2)
        stream.seek(0)
        try:
            packed = _opened(stream, packing)
        except DAMAGED as error:
            yield Refused(name, f"{packing} that cannot be unpacked: {_said(error)}")
            return
        yield from _inner(name, packed, size, (*inside, packing), budget)


class _Packed(Protocol):
    """What unpacks as it is read: a piece at a time, so that what comes before damage is kept."""

    def read1(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


def _opened(stream: IO[bytes], packing: str) -> _Packed:
    if packing == "gzip":
        return gzip.GzipFile(fileobj=stream, mode="rb")
    if packing == "bzip2":
        return bz2.BZ2File(stream)
    if packing == "xz":
        return lzma.LZMAFile(stream)
    return _Zstandard(stream)


class _Zstandard:
    """What is packed with Zstandard; damage is an `OSError`, an end too early an `EOFError`."""

    def __init__(self, stream: IO[bytes]) -> None:
        from zstandard import ZstdDecompressor, ZstdError

        self._stream = stream
        self._error = ZstdError
        self._unpacker = ZstdDecompressor(max_window_size=WINDOW)
        self._frame = self._unpacker.decompressobj()
        self._begun = False
        self._rest = b""

    def read1(self, size: int, /) -> bytes:  # noqa: ARG002 # a frame's pieces are as they are
        """Return what the next piece gives, b"" at the end."""
        while piece := self._rest or self._stream.read(PIECE):
            if self._frame.eof:
                self._frame = self._unpacker.decompressobj()
            try:
                data = self._frame.decompress(piece)
            except self._error as error:
                raise OSError(str(error)) from error
            self._begun = not self._frame.eof
            self._rest = self._frame.unused_data if self._frame.eof else b""
            if data:
                return data
        if self._begun:
            raise EOFError("it ends before its end")
        return b""

    def close(self) -> None:
        """Leave the stream below open: it is not ours."""


def _inner(
    name: str, packed: _Packed, size: int, inside: tuple[str, ...], budget: _Budget
) -> Iterator[Member | Refused]:
    """Yield what `packed` holds, `size` bytes before it is unpacked."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as unpacked, closing(packed):
        reason = _copy(packed, unpacked, size, budget)
        unpacked.seek(0)
        if reason is None or unpacked.read(1):
            unpacked.seek(0)
            yield from _unpack(name, unpacked, inside, budget)
    if reason is not None:
        yield Refused(name, f"{inside[-1]} that {reason}")


def _copy(packed: _Packed, unpacked: IO[bytes], size: int, budget: _Budget) -> str | None:
    """Unpack all that can be; return why there is no more, None at the proper end."""
    done = 0
    while True:
        try:
            block = packed.read1(BLOCK)
            budget.spend(len(block))
        except _Bomb as bomb:
            return str(bomb)
        except DAMAGED as error:
            return f"breaks off: {_said(error)}"
        if not block:
            return None
        done += len(block)
        if done > SUSPECT and done > RATIO * size:
            unpacked.seek(0)
            unpacked.truncate()
            return f"unpacks to more than {RATIO} times its size: a zip bomb"
        unpacked.write(block)


def _unzip(
    name: str, stream: IO[bytes], head: bytes, inside: tuple[str, ...], budget: _Budget
) -> Iterator[Member | Refused]:
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGED as error:
        yield Refused(name, f"a zip archive that cannot be opened: {_said(error)}")
        return
    with archive:
        infos = archive.infolist()
        if any(info.filename in DOCUMENTS for info in infos):
            stream.seek(0)
            yield Member(name, stream, head)
            return
        if ZIP in inside:
            yield Refused(name, "a zip inside a zip; unpack the outer one and give its files")
            return
        some = False
        for info in infos:
            called = inner_name(info.filename)
            if info.is_dir() or not called or called.startswith("__MACOSX/"):
                continue
            if any(part.startswith(".") for part in called.split("/")):
                continue
            some = True
            yield from _member(f"{name}/{called}", archive, info, (*inside, ZIP), budget)
        if not some:
            yield Refused(name, "the archive holds no files")


def _member(
    name: str,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    inside: tuple[str, ...],
    budget: _Budget,
) -> Iterator[Member | Refused]:
    if info.flag_bits & 1:
        yield Refused(name, "encrypted; unpack it with its password first")
        return
    try:
        packed = cast("zipfile.ZipExtFile", archive.open(info))
    except DAMAGED as error:
        yield Refused(name, f"zip that cannot be unpacked: {_said(error)}")
        return
    yield from _inner(name, packed, info.compress_size, inside, budget)


def inner_name(name: str) -> str:
    r"""Return a member's name as a path below the archive: "../../etc/x" and "C:\x" lose the way.

    It only ever names the member; nothing is written there.
    """
    parts = re.split(r"[/\\]", re.sub("^[A-Za-z]:", "", name))
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _said(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
