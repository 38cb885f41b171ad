"""What a worker does all its life: takes a job, does it, answers, in a bounded time."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

GRACE: Final = 5.0
"""Seconds behind a job's deadline, at which the server ends it, until it ends by itself."""


def answer_jobs(jobs: Connection, answer: Callable[[Any], object]) -> None:
    """Answer jobs, each with the seconds it may take, until the other end of the pipe is closed.

    A job that outlives its deadline has nobody who ends it: the server was killed. The system
    then ends the process, for Python cannot interrupt a query. (Where there is no such alarm, on
    Windows, it runs to its end.)
    """
    while True:
        try:
            job, seconds = jobs.recv()
        except EOFError:
            return
        _set_alarm(seconds + GRACE)
        reply = answer(job)
        _set_alarm(0)
        jobs.send(reply)


def _set_alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
