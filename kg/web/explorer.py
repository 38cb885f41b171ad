"""The explorer: the addresses of its pages, and the way from a request to an answer."""

from __future__ import annotations

import hashlib
import threading
from contextlib import AsyncExitStack, asynccontextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import anyio
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.web.addresses import with_fields
from kg.web.ahead import PagesAhead
from kg.web.forms import read_form
from kg.web.guard import is_foreign
from kg.web.headers import PAGE, PRIVATE
from kg.web.headers import STATIC as STATIC_HEADERS
from kg.web.kept import Candidates, KeptAnswers
from kg.web.negotiation import best
from kg.web.page import SUFFIXES, TYPES, PageJob, ResumeJob
from kg.web.page_worker import work_on_analyses, work_on_pages
from kg.web.protocol import RequestRefusedError
from kg.web.rendering import render_fault, static_files
from kg.web.words import WordsUpkeep
from kg.web.worker import Reply, refused
from kg.web.workers import Limits, Pool, Trade

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from starlette.requests import Request

    from kg.web.page import Form
    from kg.web.served import Served

PATHS: Final[Mapping[str, str]] = {
    "/": "home",
    "/home": "home",
    "/search": "search",
    "/roles": "roles",
    "/levels": "levels",
    "/skills": "skills",
    "/employers": "employers",
    "/postings": "postings",
    "/compare": "compare",
    "/compare/words": "words",
    "/gap": "gap",
    "/ladder": "ladder",
    "/pay": "pay",
    "/trends": "trends",
    "/questions": "questions",
    "/query": "sparql",
}
NAMED: Final = ("role", "level", "skill", "employer", "posting")
"""Pages of things: the name stands in the path, or, where it cannot, in `?name=`."""
SLOW: Final = frozenset({"compare", "gap", "ladder", "pay", "trends", "words"})
"""Pages that may take long: they have workers of their own and hold nobody else up."""
LONGEST: Final = 120_000
"""Characters of an address's fields at the most."""
RETRY: Final = 5
"""Seconds after which it is worth asking again where too many ask, or the store is being opened."""
METHODS: Final = ["GET", "HEAD"]
START: Final = 600.0
PAGES: Final = Trade("page", "pages", "ask for less of it, or raise --timeout", START)
ANALYSES: Final = Trade(
    "analysis", "analyses", "narrow the groups, or raise --analysis-timeout", START
)


class Explorer:
    """The pages over what is served. Run it with `lifespan`."""

    def __init__(self, served: Served, limits: Limits, slow: Limits) -> None:
        self.served = served
        self._limits, self._slow_limits = limits, slow
        self._seconds = limits.seconds
        self._answers = KeptAnswers()
        self.candidates = Candidates()

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        """Start the workers, and end them."""
        with TemporaryDirectory(prefix="rolegraph-") as spare:
            self.served = served = self.served.with_words(spare)
            self._quick = Pool(work_on_pages, served, self._limits, PAGES)
            self._slow = Pool(work_on_analyses, served, self._slow_limits, ANALYSES)
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(self._quick)
                await stack.enter_async_context(self._slow)
                upkeep = stack.enter_context(WordsUpkeep(served))
                async with anyio.create_task_group() as group:
                    group.start_soon(upkeep.run)
                    group.start_soon(PagesAhead(served, self._made).run)
                    yield
                    group.cancel_scope.cancel()

    def routes(self) -> list[Route]:
        """Return the addresses of all pages."""
        found = [Route("/static/{name}", self.static, methods=METHODS)]
        for path, name in PATHS.items():
            found.append(Route(path, self._shows(name), methods=METHODS))
            if path != "/":
                found += [
                    Route(path + suffix, self._shows(name), methods=METHODS) for suffix in SUFFIXES
                ]
        for name in NAMED:
            found += [
                Route(f"/{name}{suffix}", self._shows(name), methods=METHODS)
                for suffix in ("", *SUFFIXES)
            ]
            found.append(Route(f"/{name}/{{name:path}}", self._shows(name), methods=METHODS))
        found.append(Route("/questions/{name}", self._shows("question"), methods=METHODS))
        found.append(Route("/gap", self.take_resume, methods=["POST"]))
        found.append(Route("/gap/{token}", self.show_gap, methods=METHODS))
        found.append(Route("/gap/{token}/forget", self.forget, methods=["POST"]))
        return found

    async def static(self, request: Request) -> Response:
        """Return a file of ours."""
        found = static_files().get(request.path_params["name"])
        if found is None:
            return self._response(request, _job("static", request), refused(404, "no such file"))
        kind, body = found
        return Response(body, 200, {**STATIC_HEADERS, "Content-Type": kind})

    def _shows(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        async def show(request: Request) -> Response:
            job = _job(name, request)
            if len(request.url.query) > LONGEST:
                reply = refused(413, f"an address of more than {LONGEST:,} characters")
                return self._response(request, job, reply)
            return self._response(request, job, await self._made(job, request))

        return show

    async def take_resume(self, request: Request) -> Response:
        """Read a résumé, keep who it tells of in memory, and lead to the page about it."""
        job = _job("gap", request)
        if is_foreign(request.headers):
            reply = refused(403, "a form of another site's page is not taken")
            return self._response(request, job, reply, PRIVATE)
        try:
            sent = await read_form(request, max(self._seconds, 30.0))
        except RequestRefusedError as refusal:
            reply = refused(refusal.status, refusal.message)
            return self._response(request, job, reply, {**PRIVATE, **refusal.headers})
        name, data = sent.files.get("file", ("", b""))
        pasted = sent.fields.get("resume", "").encode()
        if not data and not pasted.strip():
            reply = refused(400, "there is no text; paste a résumé, or choose its file")
            return self._response(request, job, reply, PRIVATE)
        resume = ResumeJob(data or pasted, name or "the résumé", job)
        found = await self._run(self._slow, request, resume)
        if isinstance(found, Reply):
            return self._response(request, job, found, PRIVATE)
        token = self.candidates.add(found)  # type: ignore[arg-type] # a worker answers a ResumeJob with a profile or a fault
        fields = {key: sent.fields.get(key, "").strip() for key in ("group", "level")}
        return RedirectResponse(with_fields(f"/gap/{token}", fields), 303, PRIVATE)

    async def show_gap(self, request: Request) -> Response:
        """Return the page about a candidate who is kept."""
        token, form = _suffixed(request.path_params["token"])
        profile = self.candidates.get(token)
        job = _job("gap", request, form=form, path=f"/gap/{token}", extra=profile, token=token)
        if profile is None:
            reply = refused(404, "this résumé has been forgotten, as all are after 30 minutes")
        else:
            reply = _reply(await self._run(self._slow, request, job))
        return self._response(request, job, reply, PRIVATE)

    async def forget(self, request: Request) -> Response:
        """Forget a candidate."""
        if not is_foreign(request.headers):
            self.candidates.forget(request.path_params["token"])
        return RedirectResponse("/gap", 303, PRIVATE)

    async def _made(self, job: PageJob, request: Request | None = None) -> Reply:
        """Return a page that is kept, or have it made: for a request, or before there is one."""
        state = await anyio.to_thread.run_sync(self.served.state)
        key = (state, job.name, job.form, job.path, tuple(sorted(job.given.items())))
        found = self._answers.get(key)
        if found is None:
            is_slow = job.name in SLOW and (bool(job.given) or job.name in ("pay", "trends"))
            pool = self._slow if is_slow else self._quick
            found = _reply(await self._run(pool, request, job))
            self._answers.keep(key, found)
        return found

    async def _run(self, pool: Pool, request: Request | None, job: PageJob | ResumeJob) -> object:
        """Have a worker do a job; it is ended when its client has gone away, or the server ends."""
        reply: object = refused(499, "the client has gone away")
        gone = threading.Event()

        async def watch(scope: anyio.CancelScope) -> None:
            try:
                if request is None:
                    await anyio.sleep_forever()
                else:
                    while (await request.receive())["type"] != "http.disconnect":
                        pass
            finally:
                gone.set()
            scope.cancel()

        async with anyio.create_task_group() as group:
            group.start_soon(watch, group.cancel_scope)
            reply = await pool.run(job, gone)
            group.cancel_scope.cancel()
        return reply

    def _response(
        self,
        request: Request,
        job: PageJob,
        reply: Reply,
        headers: Mapping[str, str] = PAGE,
    ) -> Response:
        """Return an answer; what the pool says in plain words becomes a page."""
        if reply.status == 303:
            return RedirectResponse(reply.body.decode().strip(), 303, dict(headers))
        if reply.status >= 400 and reply.content_type.startswith("text/plain"):
            said = reply.body.decode().strip()
            again = reply.is_busy and headers is PAGE  # a résumé is not sent twice by itself
            wait = {"Retry-After": str(RETRY)} if reply.is_busy else {}
            headers = {**headers, **wait}
            reply = render_fault(job, reply.status, said, retry=RETRY if again else None)
        made = {**headers, "Content-Type": reply.content_type}
        if reply.status == 200 and headers is PAGE:
            made["ETag"] = f'"{hashlib.sha256(reply.body).hexdigest()[:24]}"'
            if request.headers.get("if-none-match") == made["ETag"]:
                return Response(None, 304, made)
        return Response(reply.body, reply.status, made)


def _reply(found: object) -> Reply:
    if not isinstance(found, Reply):
        raise TypeError(f"a worker answered with {type(found).__name__}")
    return found


def _job(
    name: str,
    request: Request,
    *,
    form: Form | None = None,
    path: str | None = None,
    extra: object = None,
    token: str = "",
) -> PageJob:
    """Return what a request asks for: the form by its suffix, else by what the client accepts."""
    given = {key: value for key, value in request.query_params.items() if value}
    there, ending = _suffixed(path or request.scope["path"])
    called = request.path_params.get("name")
    if called:
        given["name"] = _suffixed(called)[0]
    if token:
        given["token"] = token
    accept = ", ".join(request.headers.getlist("accept"))
    chosen = form or ending or TYPES.get(best(accept, TYPES) or "", "html")
    return PageJob(name, given, chosen, there, request.url.query, extra)


def _suffixed(text: str) -> tuple[str, Form | None]:
    """Return a path without the suffix that names a form, and the form."""
    for suffix, form in SUFFIXES.items():
        if text.endswith(suffix):
            return text.removesuffix(suffix), form
    return text, None
