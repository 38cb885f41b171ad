"""Pages that the explorer makes before anybody asks for them."""

from __future__ import annotations

import threading

import anyio
import anyio.to_thread
import pytest

from kg.web import ahead
from kg.web.ahead import PagesAhead
from kg.web.explorer import Explorer
from kg.web.page import PageJob
from kg.web.served import Served
from kg.web.worker import Reply, work
from kg.web.workers import Limits, Pool

LEVELS = b'[{"level": "I", "postings": 3}, {"level": "Senior", "postings": 2}]'
BUSY = Reply(503, "text/plain", b"still being opened", is_busy=True)


class Maker:
    """Answers what it is asked, in turn where it has more than one answer, and remembers it."""

    def __init__(self, levels: list[Reply]) -> None:
        self.levels = levels
        self.asked: list[str] = []

    async def __call__(self, job: PageJob) -> Reply:
        self.asked.append(job.path)
        if job.name == "levels":
            return self.levels.pop(0) if len(self.levels) > 1 else self.levels[0]
        return Reply(200, "text/html", b"made")


class Changing(Served):
    """A store whose state a test sets."""

    now = "first"

    def state(self) -> str:
        return type(self).now


def run_for_a_while(served: Served, maker: Maker, until: int) -> list[str]:
    """Return what was asked for, once that is so much, or after a second."""

    async def main() -> None:
        with anyio.move_on_after(1):
            async with anyio.create_task_group() as group:
                group.start_soon(PagesAhead(served, maker).run)
                while len(maker.asked) < until:
                    await anyio.sleep(0.01)
                await anyio.sleep(0.05)  # whatever else it would ask for
                group.cancel_scope.cancel()

    anyio.run(main)
    return maker.asked


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LOOK", 0.01)


def test_each_level_the_trends_and_the_pay_are_made_once() -> None:
    maker = Maker([Reply(200, "application/json", LEVELS)])
    asked = run_for_a_while(Changing("a store"), maker, 5)
    assert asked == ["/levels", "/level/I", "/level/Senior", "/trends", "/pay"]


def test_the_pay_of_many_postings_waits_until_somebody_asks() -> None:
    levels = b'[{"level": "I", "postings": 15000}, {"level": "II", "postings": 5001}]'
    asked = run_for_a_while(Changing("a store"), Maker([Reply(200, "application/json", levels)]), 5)
    assert asked == ["/levels", "/level/I", "/level/II", "/trends"]


def test_workers_that_still_open_the_store_are_asked_again() -> None:
    maker = Maker([BUSY, BUSY, Reply(200, "application/json", LEVELS)])
    asked = run_for_a_while(Changing("a store"), maker, 7)
    assert asked == ["/levels"] * 3 + ["/level/I", "/level/Senior", "/trends", "/pay"]


def test_a_store_that_never_opens_is_left_alone() -> None:
    assert run_for_a_while(Changing("a store"), Maker([BUSY]), 6) == ["/levels"] * ahead.TRIES


def test_an_answer_that_cannot_be_read_ends_nothing() -> None:
    maker = Maker([Reply(200, "application/json", b"no JSON")])
    assert run_for_a_while(Changing("a store"), maker, 2) == ["/levels"]


def test_they_are_made_again_when_the_store_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Maker([Reply(200, "application/json", b"[]")])
    original = Maker.__call__

    async def then_change(self: Maker, job: PageJob) -> Reply:
        found = await original(self, job)
        if len(self.asked) == 3:
            monkeypatch.setattr(Changing, "now", "second")
        return found

    monkeypatch.setattr(Maker, "__call__", then_change)
    asked = run_for_a_while(Changing("a store"), maker, 6)
    assert asked == ["/levels", "/trends", "/pay"] * 2


def test_behind_an_endpoint_nothing_is_made() -> None:
    maker = Maker([Reply(200, "application/json", LEVELS)])
    assert run_for_a_while(Changing(endpoint="http://127.0.0.1:9/sparql"), maker, 1) == []


def test_a_server_that_ends_waits_for_none_of_them() -> None:
    """A worker is ended when whoever it works for is gone: `kg.web.workers.Worker.ask`."""
    told: list[bool] = []

    class Waiting(Pool):
        async def run(self, job: object, gone: threading.Event) -> object:
            with anyio.CancelScope(shield=True):
                told.append(await anyio.to_thread.run_sync(gone.wait, 30))
            return job

    async def main() -> None:
        limits = Limits(workers=1)
        explorer = Explorer(Served("a store"), limits, limits)
        async with anyio.create_task_group() as group:
            job = PageJob("trends", {}, path="/trends")
            group.start_soon(explorer._run, Waiting(work, "", limits), None, job)
            await anyio.sleep(0.01)
            group.cancel_scope.cancel()

    anyio.run(main)
    assert told == [True]
