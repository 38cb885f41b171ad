"""Workers that are not ready yet: who asks meanwhile, and what they do before."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from kg.sparql_client import EndpointError
from kg.store import StoreError
from kg.web.desk import Desk
from kg.web.page import Page, PageJob
from kg.web.page_worker import make_page, make_ready
from kg.web.pages.compared import compared
from kg.web.served import Served
from kg.web.worker import Reply
from kg.web.workers import Limits, Pool, Trade
from tests.explorers import explorer_store
from tests.factories import make_facts, two_levels

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from kg.rows import Rows


def slow_to_open(seconds: float, jobs: Connection) -> None:
    """A worker that opens after so many seconds, and answers each job with it."""
    time.sleep(seconds)
    jobs.send(None)
    while True:
        job, _ = jobs.recv()
        jobs.send(Reply(200, "text/plain", str(job).encode()))


def asked(opening: float, seconds: float, times: int, start: float = 60.0) -> list[Reply]:
    """What a pool of one worker answers, asked one time after the other."""

    async def run() -> list[Reply]:
        trade = Trade("page", "pages", "ask for less", start)
        limits = Limits(seconds=seconds, workers=1)
        async with Pool(slow_to_open, opening, limits, trade) as pool:
            found = [await pool.run(number, threading.Event()) for number in range(times)]
        return [one for one in found if isinstance(one, Reply)]

    return anyio.run(run)


@pytest.mark.slow
def test_the_deadline_counts_while_a_worker_opens_and_the_worker_goes_on() -> None:
    began = time.monotonic()
    first, *_, last = asked(8.0, 0.5, 40)
    assert time.monotonic() - began < 30
    assert (first.status, first.is_busy) == (503, True)
    assert b"still being opened" in first.body
    assert last.status == 200, "it was not ended for being slow to open"


@pytest.mark.slow
def test_a_worker_that_never_opens_is_ended() -> None:
    replies = asked(600.0, 0.4, 6, start=1.0)
    assert b"still being opened" in replies[0].body
    assert any(one.status == 500 and b"does not open" in one.body for one in replies)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return explorer_store(tmp_path_factory.mktemp("explorer"), two_levels())


class Noted:
    """A desk that only notes what it is asked for."""

    def __init__(self, served: Served, fails: Exception | None = None) -> None:
        self.served = served
        self.done: list[str] = []
        self.fails = fails

    def warm_up(self) -> None:
        self.done.append("pages")
        if self.fails:
            raise self.fails

    def warm_up_for_analyses(self) -> None:
        self.done.append("analyses")
        if self.fails:
            raise self.fails


ENDPOINT = Served(endpoint="http://127.0.0.1:9/sparql")
FOLDER = Served(folder="kg-store")


@pytest.mark.parametrize(
    ("given", "analyses", "done"),
    [
        pytest.param(FOLDER, False, ["pages"], id="a store"),
        pytest.param(FOLDER, True, ["pages", "analyses"], id="a store, for analyses"),
        pytest.param(ENDPOINT, False, ["pages"], id="an endpoint"),
        # Its answers count for a minute, and may take longer than that.
        pytest.param(ENDPOINT, True, ["pages"], id="an endpoint, for analyses"),
    ],
)
def test_what_is_done_before_anybody_asks(given: Served, analyses: bool, done: list[str]) -> None:
    desk: Any = Noted(given)
    make_ready(desk, analyses=analyses)
    assert desk.done == done


@pytest.mark.parametrize(
    "error",
    [ValueError("x"), KeyError("role"), StoreError("x"), EndpointError("x"), OSError("x"),
     SyntaxError("x"), ZeroDivisionError()],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_what_fails_before_anybody_asks_ends_no_worker(error: Exception) -> None:
    desk: Any = Noted(FOLDER, error)
    make_ready(desk, analyses=True)
    assert desk.done == ["pages", "analyses"]


def test_what_many_pages_need_is_kept_whatever_else_is_asked(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form that compares any two groups once took a second: its lists had made room."""
    monkeypatch.setattr("kg.web.desk.MOST", 2)
    desk = Desk(served)
    others = [f"SELECT ?s {{ ?s ?p ?o }} LIMIT {number}" for number in range(1, 4)]
    desk.warm_up()
    for sparql in others:
        desk.query("others", sparql)
    asked: list[str] = []
    query = desk.source.query

    def noted(sparql: str) -> Rows:
        asked.append(sparql)
        return query(sparql)

    monkeypatch.setattr(desk.source, "query", noted)
    desk.warm_up()
    desk.query("others", others[-1])
    assert asked == []
    desk.query("others", others[0])
    assert asked == [others[0]]
    desk.close()


@pytest.mark.parametrize(
    "roles", [("Data Engineer",), ("Data Engineer", "Machine Learning Engineer")], ids=len
)
def test_the_first_analysis_after_the_warm_up_reads_no_column(
    roles: tuple[str, ...], tmp_path: Path
) -> None:
    facts = [make_facts(source=f"{role}.txt", title=role, role=role) for role in roles]
    desk = Desk(explorer_store(tmp_path, facts))
    desk.warm_up()
    desk.warm_up_for_analyses()
    read = dict(desk.graph.read.columns)
    assert read
    reply = make_page(desk, PageJob("trends", {}, "html", "/trends"))
    assert reply.status == 200
    if len(roles) == 2:
        a, b = roles
        assert make_page(desk, PageJob("compare", {"a": a, "b": b}, "html", "/")).status == 200
    assert desk.graph.read.columns == read
    desk.close()


def test_the_form_of_a_comparison_tells_the_queries_of_what_it_offers_each_time(
    served: Served,
) -> None:
    desk = Desk(served)
    told = []
    for _ in range(2):
        desk.begin()
        page = compared(desk, {})
        assert isinstance(page, Page)
        told.append([one.name for one in page.behind])
    names, again = told
    assert again == names
    assert {"Roles with their levels", "Places"} <= set(names)
    desk.close()
