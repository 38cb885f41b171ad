"""JSON values out of a stream of text, one after another, each with the text it was read from.

The standard decoder reads a value where it stands; the window behind it moves on, so that a file
of any size needs the memory of its longest record. A record that is no JSON is told apart from
one that the end of the file cut off by its brackets.
"""

from __future__ import annotations

import json
import re
from typing import Final, TextIO, cast

from nlp.readers.streams import no_text
from nlp.readers.wording import Json

CHUNK: Final = 1 << 18
"""Characters that are read at once."""
LONGEST_RECORD: Final = 1 << 26
"""Characters of a record at the most: a posting with pictures inside has some millions."""
LONGEST_WORD: Final = 64
"""Characters of a plain value at the most: "true", a number."""
OPENING: Final = ("{", "[", '"')
LONGEST_REST: Final = 1 << 20
"""Characters that are kept of what follows a damaged place."""
TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?P<closed>"?)|[{}\[\]]', re.DOTALL)
TOO_DEEP: Final = "JSON that is nested too deep"
BLANK: Final = re.compile(r"[ \t\r\n\ufeff]*+")
DECODER: Final = json.JSONDecoder(
    parse_float=str, parse_int=str, parse_constant=lambda _: None, strict=False
)
"""Numbers stay as written; NaN and Infinity are absent; of a key given twice the last one holds,
as for every JSON reader; tabs and line ends inside a string do no harm."""


class BadRecordError(ValueError):
    """A record is no JSON, but its brackets show where it ends: what follows can be read."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(reason)
        self.reason, self.text = reason, text


class BrokenOffError(BadRecordError):
    """Nothing behind this place can be read; `text` is the rest, or its beginning."""


class Window:
    """A stream of text with a place in it, from which values are taken."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Return the next sign that is no blank, without taking it; "" at the end."""
        while True:
            self._at = cast("re.Match[str]", BLANK.match(self._text, self._at)).end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._grow():
                return ""

    def take(self, sign: str) -> bool:
        """Take the next sign if it is this one."""
        if self.peek() != sign:
            return False
        self._at += 1
        return True

    def value(self) -> tuple[Json, str]:
        """Take the next value and its text.

        Raises `BadRecordError` for one that is no JSON, and `BrokenOffError` where the file ends
        in it, or where it never seems to end.
        """
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                self._pass_bad(error)
            else:
                if end < len(self._text) or not self._grow():
                    return value, self._cut(end)

    def rest(self) -> str:
        """Take what is left, or its first million signs."""
        while len(self._text) - self._at < LONGEST_REST and self._grow():
            pass
        return self._text[self._at : self._at + LONGEST_REST]

    def _pass_bad(self, error: Exception) -> None:
        """Go behind a bad record and raise why it is bad; or get more text, if it is not whole."""
        end = end_of(self._text, self._at)
        if end is not None:
            raise BadRecordError(why(error, self._text, self._at), self._cut(end)) from error
        size = len(self._text) - self._at
        opened = self._text[self._at : self._at + 1] in OPENING
        if size < (LONGEST_RECORD if opened else LONGEST_WORD) and self._grow():
            return
        if opened and size >= LONGEST_RECORD:
            reason = (
                f"a record of more than {LONGEST_RECORD:,} characters; its beginning is kept, "
                "and nothing behind it is read"
            )
        elif opened:
            reason = "JSON that breaks off in the middle of a record"
        else:
            reason = why(error, self._text, self._at)
        raise BrokenOffError(reason, self.rest()) from error

    def _cut(self, end: int) -> str:
        text = self._text[self._at : end]
        self._at = end
        return text

    def _grow(self) -> bool:
        """Read on, as much again as is there, so that a long record is not decoded too often."""
        if self._ended:
            return False
        more = self._stream.read(max(CHUNK, len(self._text) - self._at))
        self._ended = not more
        self._text = self._text[self._at :] + more
        self._at = 0
        return bool(more)


def end_of(text: str, start: int) -> int | None:
    """Return where the object or list that begins at `start` ends by its brackets, if it does."""
    if text[start : start + 1] not in ("{", "["):
        return None
    depth = 0
    for token in TOKEN.finditer(text, start):
        sign = token[0]
        if token["closed"] == "":
            return None
        if sign in ("{", "["):
            depth += 1
        elif sign in ("}", "]"):
            depth -= 1
            if not depth:
                return token.end()
    return None


def parse(text: str) -> Json:
    """Return the value that a text is; raises `BadRecordError` for what is no JSON, or no text."""
    if reason := no_text(text):
        raise BadRecordError(reason, text)
    try:
        value, end = DECODER.raw_decode(text, cast("re.Match[str]", BLANK.match(text)).end())
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadRecordError(why(error, text, 0), text) from error
    if text[end:].strip():
        raise BadRecordError(f"no JSON: more text behind the value, at character {end}", text)
    return cast("Json", value)


def why(error: Exception, text: str, start: int) -> str:
    """Return what is wrong with a record, and where: "no JSON: Expecting value at character 7"."""
    if not isinstance(error, json.JSONDecodeError):
        return TOO_DEEP
    found = text[error.pos : error.pos + 20].split("\n")[0]
    wrong = error.msg.removesuffix(" at")
    return f'no JSON: {wrong} at character {error.pos - start}, found "{found}"'
