"""Forms that are sent: read in memory alone, for what they hold is nobody else's business."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import anyio

from kg.web.protocol import CLOSE, FORM, RequestRefusedError

if TYPE_CHECKING:
    from starlette.requests import Request

LARGEST: Final = 10_500_000
"""Bytes of a form at the most: a résumé of 10 MB with what stands around it."""
MULTIPART: Final = "multipart/form-data"
MOST_FIELDS: Final = 20


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form, and the files in it: by field, the name and the bytes."""

    fields: dict[str, str] = field(repr=False)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict, repr=False)


async def read_form(request: Request, seconds: float) -> Sent:
    """Read a form. Raises `RequestRefusedError`: 400, 408, 413 or 415, with no word of the form."""
    kind = request.headers.get("content-type", "")
    body = bytearray()
    with anyio.move_on_after(seconds) as patience:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                raise RequestRefusedError(
                    413, f"more than {LARGEST:,} bytes; paste the text", CLOSE
                )
    if patience.cancelled_caught:
        raise RequestRefusedError(408, f"the form did not come within {seconds:g} s", CLOSE)
    if kind.partition(";")[0].strip().lower() == MULTIPART:
        return _multipart(bytes(body), kind)
    if kind.partition(";")[0].strip().lower() != FORM:
        raise RequestRefusedError(415, f"send the form as {MULTIPART} or as {FORM}")
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise RequestRefusedError(400, "the form cannot be read") from None
    return Sent(dict(pairs))


def _multipart(body: bytes, kind: str) -> Sent:
    """Read a form with files. No file is made of them, as web frameworks do with large ones."""
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import MultipartParser, parse_options_header

    _, options = parse_options_header(kind)
    parts = _Parts()
    try:
        parser = MultipartParser(options.get(b"boundary", b""), parts.callbacks())
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError):
        raise RequestRefusedError(400, "the form cannot be read") from None
    return parts.sent()


class _Parts:
    """Takes the parts of a form as they are read."""

    def __init__(self) -> None:
        self._name, self._value = b"", b""
        self._headers: dict[bytes, bytes] = {}
        self._data = bytearray()
        self._fields: dict[str, str] = {}
        self._files: dict[str, tuple[str, bytes]] = {}

    def callbacks(self) -> Any:
        """Return what the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._add_name,
            "on_header_value": self._add_value,
            "on_header_end": self._end_header,
            "on_part_data": self._add_data,
            "on_part_end": self._end,
        }

    def sent(self) -> Sent:
        """Return what was read."""
        return Sent(self._fields, self._files)

    def _begin(self) -> None:
        self._headers, self._data = {}, bytearray()

    def _add_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name, self._value = b"", b""

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        self._data += data[start:end]

    def _end(self) -> None:
        from python_multipart.multipart import parse_options_header

        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if len(self._fields) + len(self._files) >= MOST_FIELDS or b"name" not in options:
            raise ValueError
        name = options[b"name"].decode("utf-8", "replace")
        if b"filename" in options:
            self._files[name] = options[b"filename"].decode("utf-8", "replace"), bytes(self._data)
        else:
            self._fields[name] = self._data.decode("utf-8", "replace")
