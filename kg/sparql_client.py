"""A client of the SPARQL 1.1 Protocol: one query or update over HTTP, and what the server says."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
)

from kg.store_folder import StoreError, program_version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
TRIPLES: Final = "application/n-triples"
FORM: Final = "application/x-www-form-urlencoded"
PASSWORD: Final = "KG_PASSWORD"  # noqa: S105 # the name of the variable, not a password
SECONDS: Final = "KG_ENDPOINT_SECONDS"
"""The environment's variable that says how long a server may be silent."""
PATIENCE: Final = 120.0
LONGEST_MESSAGE: Final = 300


class EndpointError(StoreError):
    """A server that cannot be asked, or that refuses; `status` is HTTP's, if it came to that."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: the type of the content, without parameters, and the content.

    `server` is what it calls itself, if it says so.
    """

    content_type: str
    body: bytes
    server: str = ""


@dataclass(frozen=True)
class SparqlClient:
    """Talks to the endpoint at `url` (http or https).

    A name and password stand in the address (`http://name:secret@host/`), or the password in the
    environment's KG_PASSWORD; both basic and digest authentication are known. `seconds` is how
    long a server may be silent; `patience` reads it from the environment.
    """

    url: str
    seconds: float = PATIENCE
    _opener: OpenerDirector = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointError(f"{self.url!r} is no address of an endpoint; http://HOST/PATH is")
        plain = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        object.__setattr__(self, "url", plain)
        object.__setattr__(self, "_opener", _opener(parts, plain))

    def query(self, sparql: str, accept: str, fields: Sequence[tuple[str, str]] = ()) -> Reply:
        """Ask a query, POSTed as a form. Raises `EndpointError`."""
        body = urlencode([("query", sparql), *fields]).encode()
        return self._send(body, {"Accept": accept, "Content-Type": FORM})

    def update(self, sparql: str) -> None:
        """Run an update. Raises `EndpointError`."""
        self._send(sparql.encode(), {"Content-Type": UPDATE})

    def send_graph(self, method: str, graph: str, triples: str | None = None) -> None:
        """PUT, POST or DELETE a graph by the Graph Store Protocol. Raises `EndpointError`."""
        body = None if triples is None else f"{triples}\n".encode()
        headers = {} if body is None else {"Content-Type": TRIPLES}
        joined = "&" if "?" in self.url else "?"
        self._send(body, headers, method, f"{self.url}{joined}{urlencode({'graph': graph})}")

    def _send(
        self,
        body: bytes | None,
        headers: Mapping[str, str],
        method: str = "POST",
        url: str | None = None,
    ) -> Reply:
        agent = {"User-Agent": f"rolegraph/{program_version()}"}
        request = Request(url or self.url, body, {**agent, **headers}, method=method)  # noqa: S310 # checked
        try:
            with self._opener.open(request, timeout=self.seconds) as answer:
                kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                return Reply(kind, answer.read(), answer.headers.get("Server", ""))
        except HTTPError as error:
            said = _said(error.read())
            raise EndpointError(f"{self.url} answers {error.code}: {said}", error.code) from error
        except TimeoutError as error:
            raise EndpointError(
                f"{self.url}: no answer within {self.seconds:g} s; ask for less, "
                f"or let it take longer ({SECONDS}=600)"
            ) from error
        except URLError as error:
            raise EndpointError(f"{self.url} cannot be reached: {error.reason}") from error
        except OSError as error:
            raise EndpointError(f"{self.url}: {error or type(error).__name__}") from error


def patience() -> float:
    """Return how many seconds a server may be silent. Raises `EndpointError` for no number."""
    given = os.environ.get(SECONDS, "")
    try:
        seconds = float(given or PATIENCE)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise EndpointError(f"{SECONDS}={given}: give a number of seconds, such as {PATIENCE:g}")
    return seconds


def _opener(parts: SplitResult, plain: str) -> OpenerDirector:
    if not parts.username:
        return build_opener()
    passwords = HTTPPasswordMgrWithDefaultRealm()
    secret = parts.password or os.environ.get(PASSWORD, "")
    passwords.add_password(None, plain, parts.username, secret)
    return build_opener(HTTPBasicAuthHandler(passwords), HTTPDigestAuthHandler(passwords))


def _said(body: bytes) -> str:
    """Return what a server says on one line; Virtuoso repeats the whole query behind it."""
    text = " ".join(body.decode("utf-8", "replace").split()).partition(" SPARQL query: ")[0]
    return f"{text[:LONGEST_MESSAGE]}…" if len(text) > LONGEST_MESSAGE else text or "no reason"
