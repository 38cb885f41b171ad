"""Telling an alert: printed, or posted to an address on this machine."""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING, Final, Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECONDS: Final = 5.0
"""Seconds that a server may be silent."""


class DeliveryError(Exception):
    """An alert that could not be told; the message says why."""


class Delivery(Protocol):
    """Where alerts go."""

    def deliver(self, posting: str, alert: Mapping[str, object]) -> None:
        """Tell an alert. Raises `DeliveryError`."""
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
            raise DeliveryError(f"{self._url} answers {error.code} {error.reason}") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise DeliveryError(f"{self._url} cannot be reached: {reason}") from error


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow none: what is told to this machine stays on it."""


def check_address(url: str, *, anywhere: bool) -> None:
    """Raise `ValueError` for what is no address, or not one of this machine."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"--post {url}: no address; http://127.0.0.1:8080/alerts is one")
    if not (anywhere or is_loopback(parts.hostname)):
        raise ValueError(
            f"--post {url}: {parts.hostname} is not this machine, and alerts tell of a person; "
            "give 127.0.0.1 or localhost, or allow it with --post-anywhere"
        )


def is_loopback(host: str) -> bool:
    """Say whether a host's name or address is that of the machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
