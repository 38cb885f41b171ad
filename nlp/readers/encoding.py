"""The encoding of a text's bytes: what its mark says, else UTF-8, else the one that fits best.

What had to be assumed is a flag of the posting ("encoding-assumed:cp1252"); a byte that no
encoding explains becomes U+FFFD, and the rest is read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Final

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE: Final = 1 << 16
"""Bytes that are looked at to tell an encoding other than UTF-8."""
IN_MEMORY: Final = 8 << 20
BLOCK: Final = 1 << 20
LONGEST_CHARACTER: Final = 4
NUL_SHARE: Final = 0.4
"""The share of NULs among every other byte from which on it is UTF-16 without a mark."""
CONTROL_SHARE: Final = 0.1
PRINTED: Final = bytes(range(32, 256)) + b"\0\t\n\r\f"
WESTERN: Final = re.compile(
    r"(?<=[A-Za-z])[À-ÖØ-öø-ýŠšŽžŒœ’]|[À-ÖØ-öø-ýŠšŽžŒœ‘“](?=[A-Za-z])"
    r"|(?:(?<=[\w.,!?%)])|(?<=’))[’”…™®©]|(?<=\s)[–—](?=\s)|(?<=[\w)])[–—](?=[\w$€£(])"
    r"|(?<!\S)[•·](?=\s)|[€£¥](?=[ ]?\d)|(?<=\d)[ ]?[€£°]|[\u00a0§]"
)
"""A character of Windows' Western set where people write it: é in a word, a dash between words."""
WESTERN_SHARE: Final = 0.8
FEWEST_STRANGE: Final = 4
"""Bytes beyond ASCII from which on an encoding can be told by its letters."""
LIKELY: Final = (
    "utf_8", "cp1252", "latin_1", "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "shift_jis",
    "euc_jp", "gb18030", "big5", "euc_kr", "cp949", "koi8_r", "mac_roman", "cp437", "iso8859_2",
    "iso8859_5", "iso8859_15", "iso2022_jp",
)  # fmt: skip
"""Encodings in which people's files are."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it was read in, and flags: what was assumed of it."""

    text: str
    encoding: str
    flags: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of `data`. Empty data is an empty text in UTF-8."""
    encoding, flags = guess_encoding(data)
    return Decoded(data.decode(encoding, errors="replace"), encoding, flags)


def told_wide(head: bytes) -> tuple[str | None, tuple[str, ...]]:
    """Return which UTF-16 or UTF-32 an input that begins with `head` is in, and flags; or None."""
    for mark, marked in MARKS:
        if head.startswith(mark):
            return (None, ()) if marked == "utf-8-sig" else (marked, ())
    encoding = wide(head)
    return encoding, () if encoding is None else (f"encoding-assumed:{encoding}",)


@contextmanager
def as_utf8(stream: IO[bytes], encoding: str) -> Iterator[IO[bytes]]:
    """Give a stream of another encoding as UTF-8, from its beginning."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        while block := stream.read(BLOCK):
            spool.write(decoder.decode(block).encode("utf-8", "replace"))
        spool.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
        spool.seek(0)
        yield spool


def guess_encoding(data: bytes, *, cut: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the name of an encoding that explains `data`, and the flags where it was assumed.

    `cut` says that data goes on: a character may be cut off at its end.
    """
    for mark, marked in MARKS:
        if data.startswith(mark):
            return marked, ()
    encoding = wide(data)
    if encoding is None and _is_utf8(data, cut=cut):
        return "utf-8", ()
    encoding = encoding or _narrow(data)
    return encoding, () if encoding == "utf-8" else (f"encoding-assumed:{encoding}",)


def wide(data: bytes) -> str | None:
    """Return which UTF-16 bytes without a mark are in, or None: every other byte is NUL."""
    sample = data[: SAMPLE - SAMPLE % 2]
    even, odd = sample[::2], sample[1::2]
    if not odd:
        return None
    high, low = even.count(0) / len(even), odd.count(0) / len(odd)
    if low >= NUL_SHARE > 10 * high and _is_plain(even):
        return "utf-16-le"
    return "utf-16-be" if high >= NUL_SHARE > 10 * low and _is_plain(odd) else None


def _is_plain(data: bytes) -> bool:
    """Tell whether bytes hold few control signs; the lower half of a curly quote looks like one."""
    return len(data.translate(None, PRINTED)) <= CONTROL_SHARE * len(data)


def _is_utf8(data: bytes, *, cut: bool) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return cut and error.end == len(data) and len(data) - error.start < LONGEST_CHARACTER
    return True


def _narrow(data: bytes) -> str:
    """Return the encoding of bytes that are not all UTF-8.

    Where more of them are characters of UTF-8 than are none, it is UTF-8 with a broken byte.
    Next comes Windows' Western set (Latin-1 with more signs), if its characters stand where they
    belong; for the rest charset-normalizer looks at which letters follow which.
    """
    sample = data[:SAMPLE]
    if sample.isascii():
        starts = range(0, len(data), SAMPLE)
        first = next(start for start in starts if not data[start : start + SAMPLE].isascii())
        sample = data[first : first + SAMPLE]
    escaped = sample.decode("utf-8", errors="surrogateescape")
    broken = sum("\udc80" <= sign <= "\udcff" for sign in escaped)
    whole = sum(sign > "\x7f" for sign in escaped) - broken
    if whole >= broken:
        return "utf-8"
    western = sample.decode("cp1252", errors="replace")
    strange = sum(sign > "\x7f" for sign in western)
    if len(WESTERN.findall(western)) >= WESTERN_SHARE * strange:
        return "cp1252"
    return _by_letters(sample) if broken >= FEWEST_STRANGE else "utf-8"


def _by_letters(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(LIKELY)).best()
    return codecs.lookup(best.encoding).name if best else "utf-8"
