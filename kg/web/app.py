"""The application: its addresses, and what every answer carries."""

from __future__ import annotations

import threading
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio
import anyio.to_thread
import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.query_guard import is_steady
from kg.store import Store
from kg.web.description import PREFIXES, describe_data, describe_service
from kg.web.explorer import Explorer
from kg.web.guard import TokenGuard
from kg.web.headers import PAGE
from kg.web.kept import KeptAnswers
from kg.web.negotiation import GRAPHS, best, can_answer
from kg.web.page import PageJob
from kg.web.protocol import CLOSE, METHODS, RawRequest, RequestRefusedError, read_request
from kg.web.rendering import render_fault
from kg.web.served import Served
from kg.web.worker import GRAPH_FORMATS, refused
from kg.web.workers import Limits, Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

    from starlette.types import Receive, Scope, Send

    from kg.opening import View
    from kg.web.protocol import Asked
    from kg.web.worker import Reply

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
LARGEST_BODY: Final = 500_000
"""Bytes of a request at the most; a query of the longest kind in percent signs fits."""
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Vary": "Accept",
}
GONE: Final = refused(499, "the client has gone away")
"""What nobody reads."""
QUERY_PATH: Final = "/sparql"
VOID_PATH: Final = "/.well-known/void"
NOTHING: Final = f"nothing is here; the endpoint is {QUERY_PATH}, what it holds {VOID_PATH}"
NO_PAGE: Final = f"No page has this address. The endpoint is {QUERY_PATH}."
ELSEWHERE: Final = "this server only shows what an endpoint holds; ask that endpoint itself: "


@dataclass(frozen=True, slots=True)
class Settings:
    """How a store is served.

    `hosts` are the names under which clients may call the server: with any other, a page of
    somebody else's that a browser holds could read it (DNS rebinding). `origins` are those whose
    pages may read the answers (CORS): none, unless they are named. `analyses` are the limits of
    what takes long. Where there is a `token`, only those are answered who have it.
    """

    limits: Limits = field(default_factory=Limits)
    hosts: Sequence[str] = LOOPBACK
    origins: Sequence[str] = ()
    analyses: Limits = field(default_factory=lambda: Limits(seconds=120.0, workers=1))
    token: str | None = field(default=None, repr=False)


def make_app(place: Path | Served, settings: Settings | None = None) -> Starlette:
    """Return the application that serves the store in a folder, for reading.

    Of an endpoint elsewhere it shows the pages, and passes no queries on.
    """
    chosen = settings or Settings()
    served = place if isinstance(place, Served) else Served(folder=str(place))
    explorer = Explorer(served, chosen.limits, chosen.analyses)
    service = _Service(Path(served.folder), chosen.limits) if served.folder else None
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=_host_names(chosen.hosts))]
    if chosen.token:
        middleware.append(Middleware(TokenGuard, token=chosen.token))
    if chosen.origins:
        middleware.append(
            Middleware(
                CORSMiddleware, allow_origins=list(chosen.origins), allow_methods=list(METHODS)
            )
        )
    own = [Route(QUERY_PATH, _elsewhere(served)), Route(VOID_PATH, _elsewhere(served))]
    if service is not None:
        own = [
            Route(QUERY_PATH, _Endpoint(service)),
            Route(VOID_PATH, _one_by_one(service.void), methods=["GET", "HEAD"]),
        ]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if service is not None:
                await stack.enter_async_context(service.lifespan(app))
            await stack.enter_async_context(explorer.lifespan())
            yield

    return Starlette(
        routes=[*own, *explorer.routes()],
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={HTTPException: _http_error},
    )


class _Service:
    """The addresses that need the store."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._served = Served(folder=str(folder))
        self._limits = limits
        self._workers: Workers | None = None
        self._void: tuple[View | None, list[ox.Triple]] | None = None
        self._answers = KeptAnswers()

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with Workers(self._folder, self._limits) as workers:
            self._workers = workers
            yield

    async def sparql(self, request: Request) -> Response:
        """Answer a query, or describe the service."""
        accept = ", ".join(request.headers.getlist("accept"))
        if request.method == "OPTIONS":
            return Response(None, 204, {**HEADERS, "Allow": ", ".join(METHODS)})
        try:
            asked = read_request(await _raw(request, self._limits.seconds))
        except RequestRefusedError as refusal:
            return _plain(refusal.status, refusal.message, refusal.headers)
        except ClientDisconnect:
            return _plain(GONE.status, "gone")
        if asked is None:
            return _graph(describe_service(str(request.url.replace(query=""))), accept)
        if not can_answer(accept):
            return _plain(406, f"no form of an answer is among {accept!r}")
        if self._workers is None:
            return _plain(503, "the server has not started yet")
        reply = await self._kept_answer(self._workers, request, asked, accept)
        retry = {"Retry-After": "5"} if reply.is_busy else {}
        headers = {**HEADERS, **retry, "Content-Type": reply.content_type}
        return Response(reply.body, reply.status, headers)

    async def _kept_answer(
        self, workers: Workers, request: Request, asked: Asked, accept: str
    ) -> Reply:
        """Return the answer that was given to the same query of the same snapshot, or a new one."""
        if not is_steady(asked.query):
            return await _answer(workers, request, asked, accept)
        state = await anyio.to_thread.run_sync(self._served.state)
        key = sha256(repr((asked, accept, _base(request))).encode()).digest()
        reply = self._answers.get((key, state))
        if reply is None:
            reply = await _answer(workers, request, asked, accept)
            if reply.state:  # a worker may have met a newer one than was asked for
                self._answers.keep((key, reply.state), reply)
        return reply

    def void(self, request: Request) -> Response:
        """Say how much there is of what; counted once, as long as the state is the same."""
        with Store.open(self._folder) as store:
            if self._void is None or self._void[0] != store.view:
                endpoint = str(request.url.replace(path=QUERY_PATH, query=""))
                place = str(request.url.replace(query=""))
                self._void = store.view, describe_data(store, endpoint, place)
        return _graph(self._void[1], ", ".join(request.headers.getlist("accept")))


def _one_by_one(answer: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Let one request at a time have a thread: many that count a store would take them all."""
    limiter = anyio.CapacityLimiter(1)

    async def waiting(request: Request) -> Response:
        return await anyio.to_thread.run_sync(answer, request, limiter=limiter)

    return waiting


class _Endpoint:
    """Takes every method, also those that nobody has heard of: the protocol says which will do."""

    def __init__(self, service: _Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._service.sparql(Request(scope, receive))
        await response(scope, receive, send)


async def _answer(workers: Workers, request: Request, asked: Asked, accept: str) -> Reply:
    """Return the answer; a query whose client has gone away is ended."""
    reply = GONE
    gone = threading.Event()
    base = _base(request)

    async def watch(scope: anyio.CancelScope) -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone.set()
        scope.cancel()

    async with anyio.create_task_group() as group:
        group.start_soon(watch, group.cancel_scope)
        reply = await workers.ask(asked, accept, base, gone)
        group.cancel_scope.cancel()
    return reply


def _base(request: Request) -> str:
    return str(request.url.replace(query=""))


async def _raw(request: Request, seconds: float) -> RawRequest:
    """Read a request; 408 where its body does not come in time, 413 where it is too large."""
    body = bytearray()
    with anyio.move_on_after(seconds) as patience:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_BODY:
                said = f"more than {LARGEST_BODY:,} bytes; shorten the query"
                raise RequestRefusedError(413, said, CLOSE)
    if patience.cancelled_caught:
        raise RequestRefusedError(408, f"the body did not come within {seconds:g} s", CLOSE)
    return RawRequest(
        request.method,
        request.url.query,
        request.headers.get("content-type", ""),
        bytes(body),
    )


def _graph(triples: list[ox.Triple], accept: str) -> Response:
    form = best(accept, GRAPHS)
    if form is None:
        # Who asks for a page, as browsers do, gets what a person can read as well.
        form = GRAPHS[0] if "text/html" in accept else None
    if form is None:
        return _plain(406, f"no form of a graph is among {accept!r}; take {', '.join(GRAPHS)}")
    prefixes = PREFIXES if form == "text/turtle" else None
    body = ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=prefixes)
    charset = "; charset=utf-8" if form.startswith("text/") else ""
    return Response(body, 200, {**HEADERS, "Content-Type": form + charset})


def _plain(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{message}\n", status, {**HEADERS, **(headers or {})})


async def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    said = NOTHING if error.status_code == 404 else error.detail
    if (
        best(", ".join(request.headers.getlist("accept")), ("text/plain", "text/html"))
        == "text/html"
    ):
        job = PageJob("fault", {}, "html", request.scope["path"])
        shown = render_fault(job, error.status_code, NO_PAGE if said is NOTHING else said)
        kind = {"Content-Type": shown.content_type}
        return Response(shown.body, shown.status, {**PAGE, **(error.headers or {}), **kind})
    return _plain(error.status_code, said, error.headers)


def _elsewhere(served: Served) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        return _plain(404, ELSEWHERE + served.name)

    return answer


def _host_names(hosts: Sequence[str]) -> list[str]:
    return sorted({*hosts})
