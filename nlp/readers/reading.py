"""One file to its postings: opened once, unpacked, held against the formats, read as a stream."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Final, NamedTuple, TypeAlias

from nlp.readers import formats
from nlp.readers.compose import File, compose, hash_record
from nlp.readers.encoding import as_utf8, told_wide
from nlp.readers.raw import (
    AS_IT_IS,
    Input,
    NotThisFormat,
    RawPosting,
    ReadingOptions,
    Unread,
    silent,
)
from nlp.readers.sources import STDIN, Piped, SetAside, Source, find_sources
from nlp.readers.unpack import BLOCK, HEAD, IN_MEMORY, Member, unpack
from nlp.repair import IsName
from nlp.types import Posting

DOCUMENTATION: Final = frozenset({"README", "LICENSE", "LICENCE", "CHANGELOG", "NOTICE"})
"""Names under which folders explain themselves; nobody calls a posting so."""

LONGEST_SHOWN: Final = 1 << 20
"""Characters of a record that are kept where none of its postings could be read."""


class Stamp(NamedTuple):
    """What tells a record from others before it is read: where it stands, who reads it, its hash.

    `source` is its file's name; the others are as a `Posting` has them.
    """

    source: str
    part: str
    reader: str
    sha256: str


Known: TypeAlias = Callable[[Stamp], bool]
"""Tells of a record whether it need not be read."""


def unwatched(_stream: IO[bytes]) -> None:
    """Take no notice of how far a file is read."""


def unknown(_record: Stamp) -> bool:
    """Know no record."""
    return False


def read_postings(
    paths: Iterable[str | Path],
    is_name: IsName,
    options: ReadingOptions = AS_IT_IS,
    tell: Callable[[str], None] = silent,
) -> Iterator[Posting | SetAside]:
    """Yield the postings of each file under `paths`, and what gave none, with the reason.

    `is_name` is the extractor's: it tells the names of tools, so that two that run together can
    be parted. `tell` gets what a reader had to guess. Nothing is read before it is asked for: a
    file of any size takes no more memory than its longest record. Raises `ValueError` for a
    format that does not exist.
    """
    for source in find_sources(paths):
        if isinstance(source, SetAside):
            yield source
        else:
            yield from read_source(source, is_name, options, tell)


def read_source(
    source: Source,
    is_name: IsName,
    options: ReadingOptions = AS_IT_IS,
    tell: Callable[[str], None] = silent,
    begin: Callable[[IO[bytes]], None] = unwatched,
    known: Known = unknown,
) -> Iterator[Posting | SetAside]:
    """Yield the postings of one file, and the records that gave none, in the file's order.

    `begin` is given the stream that is read, to see how far it is; it belongs to the reader. A
    record that is `known` is passed over.
    """
    if options.format is not None:
        formats.check(options.format)
    path = STDIN if str(source.path) == STDIN else str(source.path.absolute())
    sha256 = ""
    try:
        with open_source(source) as (stream, sha256):
            begin(stream)
            for inner in unpack(source.name, stream):
                file = File(path, inner.name, sha256)
                if isinstance(inner, Member):
                    yield from _read_member(inner, file, is_name, options, tell, known)
                else:
                    yield SetAside(inner.name, inner.reason, path=path, sha256=sha256)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        yield SetAside(source.name, reason, path=path, sha256=sha256)


def read_piped(
    record: Piped,
    is_name: IsName,
    options: ReadingOptions = AS_IT_IS,
    tell: Callable[[str], None] = silent,
) -> Iterator[Posting | SetAside]:
    """Yield the postings of a record that was piped in.

    Where it stood in its stream does not count: a stream that is played again gives the same.
    """
    sha256 = hashlib.sha256(record.data).hexdigest()
    source = Input(record.name, BytesIO(record.data), record.data[:HEAD], options, tell)
    for item in _read_input(source, File(STDIN, record.name, sha256), is_name, ()):
        if isinstance(item, SetAside) and not item.record:
            text = record.data.decode(errors="replace")
            yield replace(item, position="", record=text[:LONGEST_SHOWN])
        else:
            yield item


@contextmanager
def open_source(source: Source) -> Iterator[tuple[IO[bytes], str]]:
    """Give a file's bytes, seekable and from their beginning, and their SHA-256."""
    if str(source.path) != STDIN:
        with source.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            yield file, sha256
        return
    digest = hashlib.sha256()
    with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        while block := sys.stdin.buffer.read(BLOCK):
            digest.update(block)
            spool.write(block)
        spool.seek(0)
        yield spool, digest.hexdigest()


def _read_member(
    member: Member,
    file: File,
    is_name: IsName,
    options: ReadingOptions,
    tell: Callable[[str], None],
    known: Known,
) -> Iterator[Posting | SetAside]:
    """Yield the postings of one file as it is when it is unpacked."""
    if PurePosixPath(member.name).stem.upper() in DOCUMENTATION:
        yield SetAside(member.name, "documentation of the folder, not a posting")
        return
    encoding, flags = told_wide(member.head)
    if encoding is not None:
        with as_utf8(member.stream, encoding) as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            source = Input(member.name, stream, head, options, tell)
            yield from _read_input(source, file, is_name, flags, known)
    else:
        source = Input(member.name, member.stream, member.head, options, tell)
        yield from _read_input(source, file, is_name, flags, known)


def _read_input(
    source: Input, file: File, is_name: IsName, flags: tuple[str, ...], known: Known = unknown
) -> Iterator[Posting | SetAside]:
    name, reader = formats.choose(source.head, source.options.format)
    file = replace(file, reader=formats.FORMATS[name])
    try:
        for raw in reader.read(source):
            if flags or isinstance(raw, Unread) or not _is_known(raw, file, known):
                yield composed(raw, file, is_name, source.options, flags)
    except NotThisFormat as reason:
        yield SetAside(file.name, f"not {name}: {reason}", path=file.path, sha256=file.sha256)
    except OSError:
        raise
    except Exception as error:  # the fault of one input, or of a library it met, ends no batch
        failed = f"the reader of {name} failed: {_said(error)}"
        yield SetAside(file.name, failed, path=file.path, sha256=file.sha256)


def _is_known(raw: RawPosting, file: File, known: Known) -> bool:
    """Tell whether a record needs no reading."""
    sha256 = hash_record(raw)
    return bool(sha256) and known(Stamp(file.name, raw.part, file.reader, sha256))


def composed(
    raw: RawPosting | Unread,
    file: File,
    is_name: IsName,
    options: ReadingOptions,
    flags: tuple[str, ...] = (),
) -> Posting | SetAside:
    """Return the posting of what a reader yields, or what is set aside with its reason."""
    if isinstance(raw, RawPosting):
        try:
            return compose(raw, file, is_name, options, flags)
        except Exception as error:  # nor does a record that no rule foresaw
            reason = f"it cannot be read: {_said(error)}"
            raw = Unread(reason, raw.position, raw.record)
    if raw.record:
        return SetAside(file.name, raw.reason, raw.position, raw.record)
    return SetAside(file.name, raw.reason, raw.position, path=file.path, sha256=file.sha256)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split()) or 'no reason given'}"
