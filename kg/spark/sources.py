"""Inputs cut into units: some small files, a file, or a slice of a large file of JSON lines.

A unit is what one task reads. Slices begin where a line does, and know which line that is.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.spark.files import Files, is_address
from kg.store_folder import StoreError
from nlp.readers import STDIN, SetAside, find_sources
from nlp.readers.formats import choose
from nlp.readers.json_shape import shape_of
from nlp.readers.unpack import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nlp.readers.raw import ReadingOptions

UNIT_BYTES: Final = 32_000_000
"""Bytes of small files that make a unit, and those of a slice of a large one."""
UNIT_FILES: Final = 500
BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or the lines of it from byte `start` to byte `end`.

    `path` is a path or an address, `name` what the graph calls it. A slice has the hash of the
    whole file; `line` is how many lines stand before it.
    """

    path: str
    name: str
    size: int
    start: int = 0
    end: int = -1
    line: int = 0
    sha256: str = ""

    @property
    def is_slice(self) -> bool:
        """Whether it is one of several slices."""
        return self.end >= 0


Unit = tuple[Piece, ...]


def find_pieces(inputs: Iterable[str | Path], output: Files) -> list[Piece | SetAside]:
    """Return the files of the inputs, sorted by name, and what is none.

    Paths are looked at as every build does; addresses (s3://, hdfs://) are asked for what they
    hold. What lies in the output is no input.
    """
    given = sorted(map(str, inputs))
    if STDIN in given:
        raise StoreError("kg spark reads files, which every executor can see; - is no file")
    remote = [one for one in given if is_address(one)]
    found: list[Piece | SetAside] = []
    for source in find_sources([one for one in given if not is_address(one)]):
        if isinstance(source, SetAside):
            found.append(source)
            continue
        path = source.path.resolve()
        if not output.holds(*Files.of(str(path))):
            found.append(Piece(str(path), source.name, path.stat().st_size))
    for address in remote:
        found += _remote(address, output)
    return found


def _remote(address: str, output: Files) -> Iterator[Piece | SetAside]:
    files, name = Files.of(address)
    if files.exists(name):
        yield Piece(address, name, files.size(name))
        return
    empty = True
    folder = Files(address)
    try:
        for below, size in folder.walk():
            if not output.holds(folder, below):
                empty = False
                yield Piece(folder.below(below), below, size)
    except FileNotFoundError:
        yield SetAside(address, "no such file or folder")
        return
    if empty:
        yield SetAside(address, "the folder holds no files")


def units(pieces: Sequence[Piece]) -> list[Unit]:
    """Return the pieces in units, in their order: what is large is alone."""
    found: list[Unit] = []
    held: list[Piece] = []
    for piece in pieces:
        if piece.size >= UNIT_BYTES or piece.is_slice:
            found.append((piece,))
            continue
        held.append(piece)
        if sum(one.size for one in held) >= UNIT_BYTES or len(held) >= UNIT_FILES:
            found.append(tuple(held))
            held = []
    return [*found, tuple(held)] if held else found


def slices(piece: Piece, options: ReadingOptions, size: int = UNIT_BYTES) -> list[Piece]:
    """Return a large file in slices, if it is JSON lines in UTF-8; else the file as it is.

    It is read once from end to end, for its hash and for where lines begin.
    """
    files, name = Files.of(piece.path)
    with files.system.open_input_file(files.path(name)) as stream:
        if not _is_lines(bytes(stream.read(HEAD)), options):
            return [piece]
        stream.seek(0)
        digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
        cuts = [(0, 0)]
        at = line = 0
        try:
            while block := stream.read(BLOCK):
                digest.update(block)
                decoder.decode(block)
                while (wanted := max(0, cuts[-1][0] + size - at)) < len(block):
                    end = block.find(b"\n", wanted) + 1
                    if not end:
                        break
                    cuts.append((at + end, line + block.count(b"\n", 0, end)))
                at += len(block)
                line += block.count(b"\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return [piece]  # its encoding is guessed from all of it
    if cuts[-1][0] == at:
        cuts.pop()
    if len(cuts) < 2:
        return [piece]
    ends = [start for start, _ in cuts[1:]] + [at]
    return [
        Piece(piece.path, piece.name, end - start, start, end, before, digest.hexdigest())
        for (start, before), end in zip(cuts, ends, strict=True)
    ]


def _is_lines(head: bytes, options: ReadingOptions) -> bool:
    """Tell whether a file that begins so is read line by line."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    form, _ = choose(head, options.format)
    shape = shape_of(head)
    return form in ("json", "jsonl") and shape is not None and shape.lines and b"\n" in head.strip()
