"""Telling an alert: printed, or posted to an address on this machine."""

from __future__ import annotations

import ipaddress
import json
import re
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Final, Protocol
from urllib.error import HTTPError
from urllib.parse import SplitResult, quote, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECONDS: Final = 5.0
"""Seconds that a server may be silent."""
PASSING: Final = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
"""Refusals that say "not now"; every other one of the client's own faults is for the alert."""
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")


class DeliveryError(Exception):
    """An alert that could not be told; the message says why."""


class AlertRefusedError(DeliveryError):
    """An alert that was refused for what it is: those that follow may well be taken."""


class Delivery(Protocol):
    """Where alerts go."""

    def deliver(self, posting: str, alert: Mapping[str, object]) -> None:
        """Tell an alert. Raises `DeliveryError`; `AlertRefusedError` where another may be told."""
        ...


class Printed:
    """Alerts as text, or as JSON lines; `write` writes a line."""

    def __init__(self, write: Callable[[str], None], *, as_json: bool) -> None:
        self._write = write
        self._as_json = as_json

    def deliver(self, posting: str, alert: Mapping[str, object]) -> None:
        """Print an alert."""
        from kg.views.alert_text import alert_text

        del posting
        try:
            if self._as_json:
                said = {"event": "alert", **alert}
                self._write(json.dumps(said, ensure_ascii=False))
            else:
                self._write(alert_text(alert))
        except OSError as error:
            raise DeliveryError(f"it cannot be printed: {error.strerror or error}") from error


class Posted:
    """Alerts posted as JSON, one request each.

    The address is one of this machine, unless `anywhere`: a profile is nobody else's business. No
    proxy is asked and no redirection followed. Raises `ValueError` for another address.
    """

    def __init__(self, url: str, *, anywhere: bool = False, seconds: float = SECONDS) -> None:
        check_address(url, anywhere=anywhere)
        self._url = url
        self._seconds = seconds
        handlers = [_NoRedirect()] if anywhere else [ProxyHandler({}), _NoRedirect()]
        self._opener = build_opener(*handlers)

    def deliver(self, posting: str, alert: Mapping[str, object]) -> None:
        """Post an alert. `Idempotency-Key` is the same each time that it is tried."""
        request = Request(  # noqa: S310 # the scheme was checked
            self._url,
            data=json.dumps(alert, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json", "Idempotency-Key": posting},
            method="POST",
        )
        try:
            with self._opener.open(request, timeout=self._seconds) as answer:
                answer.read(1)
        except HTTPError as error:
            error.close()
            is_refused = 400 <= error.code < 500 and error.code not in PASSING
            kind = AlertRefusedError if is_refused else DeliveryError
            raise kind(f"{self._url} answers {error.code} {error.reason}") from error
        except (OSError, ValueError, HTTPException) as error:
            reason = getattr(error, "reason", None) or str(error) or type(error).__name__
            raise DeliveryError(f"{self._url} cannot be reached: {reason}") from error


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow none: what is told to this machine stays on it."""


def check_address(url: str, *, anywhere: bool) -> None:
    """Raise `ValueError` for what is no address, or not one of this machine."""
    if _BLANK.search(url):
        raise ValueError(f"--post {url!a}: there is a blank in it; write it %20, or leave it out")
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"--post {url}: no address; http://127.0.0.1:8080/alerts is one")
    if "@" in parts.netloc:
        address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        raise ValueError(f"--post {address}: it had a name or a password in it, which are not sent")
    if not _has_port(parts):
        raise ValueError(f"--post {url}: its port is no number from 1 to 65535")
    if other := next((one for one in parts.path + parts.query if not one.isascii()), None):
        raise ValueError(
            f"--post {url}: there is a letter that an address cannot have: {other}; "
            f"write it {quote(other)}"
        )
    if not (anywhere or is_loopback(parts.hostname)):
        raise ValueError(
            f"--post {url}: {parts.hostname} is not this machine, and alerts tell of a person; "
            "give 127.0.0.1 or localhost, or allow it with --post-anywhere"
        )


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _has_port(parts: SplitResult) -> bool:
    """Say whether the port is one, or is left to the scheme."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Say whether a host's name or address is that of the machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
