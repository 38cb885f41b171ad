"""A worker for pages: makes each in the form that is wanted, over one desk."""

from __future__ import annotations

import signal
import traceback
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from kg.names import UnknownNameError
from kg.printing import say
from kg.sparql_client import EndpointError
from kg.store import StoreError
from kg.web.desk import Desk
from kg.web.job_loop import answer_jobs
from kg.web.page import GivenError, Moved, Page, PageJob, ResumeJob
from kg.web.rendering import render, render_fault
from kg.web.worker import Reply

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from kg.web.served import Served
    from nlp.resumes.profile import Profile


def work_on_analyses(served: Served, jobs: Connection) -> None:
    """Answer jobs as `work_on_pages` does, ready for those that take long."""
    work_on_pages(served, jobs, analyses=True)


def work_on_pages(served: Served, jobs: Connection, *, analyses: bool = False) -> None:
    """Answer jobs until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, which ends its workers
    try:
        desk = Desk(served)
    except StoreError as error:
        jobs.send(str(error))
        return
    make_ready(desk, analyses=analyses)
    jobs.send(None)
    answer_jobs(jobs, partial(answer_job, desk))


def make_ready(desk: Desk, *, analyses: bool = False) -> None:
    """Do what many pages need, while nobody waits; whatever fails then is told whoever asks for it.

    Of an endpoint no analysis is made: its answers count for a minute, and it may take longer.
    """
    with suppress(Exception):
        desk.warm_up()
    if analyses and desk.served.endpoint is None:
        with suppress(Exception):  # such as too few roles to compare
            desk.warm_up_for_analyses()


def answer_job(desk: Desk, job: PageJob | ResumeJob) -> Reply | Profile:
    """Return what a job asks for: a page in its form, or who a résumé tells of."""
    if isinstance(job, ResumeJob):
        return _read(job)
    return make_page(desk, job)


def make_page(desk: Desk, job: PageJob) -> Reply:
    """Return a page in its form, or why there is none."""
    from kg.web.pages import PAGES
    from kg.web.pages.gap import gap_of
    from nlp.resumes.profile import Profile

    try:
        desk.begin()
        if isinstance(job.extra, Profile):
            made: Page | Moved = gap_of(desk, job.extra, job.given)
        else:
            made = PAGES[job.name](desk, job.given)
        return render(desk.served, job, made)
    except UnknownNameError as error:
        return render_fault(job, 404, str(error), near=(error.kind, error.near))
    except (EndpointError, StoreError) as error:
        return render_fault(job, 502 if isinstance(error, EndpointError) else 500, str(error))
    except (KeyError, IndexError) as error:  # a fault of ours, and no name that nothing bears
        return _failed(job, error)
    except LookupError as error:
        return render_fault(job, 404, str(error))
    except (GivenError, ValueError, SyntaxError) as error:
        return render_fault(job, 400, str(error))
    except OSError as error:
        return render_fault(job, 500, error.strerror or "the store cannot be read")
    except Exception as error:  # one page that fails ends no worker
        return _failed(job, error)


def _failed(job: PageJob, error: Exception) -> Reply:
    _tell(error)
    return render_fault(job, 500, "this page failed; the server's own output says where")


def _tell(error: Exception) -> None:
    """Say where something failed. What it says is left out: it may quote a résumé."""
    lines = "".join(traceback.format_tb(error.__traceback__))
    say(f"kg serve: {type(error).__name__}, at\n{lines}")


def _read(job: ResumeJob) -> Reply | Profile:
    """Return who a résumé tells of. What is wrong with it is said without a word of it."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from nlp.extract import extractor_of
    from nlp.resumes.profile import profile_of
    from nlp.resumes.reading import ResumeError, resume_of
    from ontology import load

    extractor = extractor_of(load())
    try:
        resume = resume_of(job.data, job.name, extractor.is_name)
        profile = profile_of(resume, extractor, datetime.now(tz=UTC).date())
    except ResumeError as error:
        return render_fault(job.page, 400, str(error))
    except Exception as error:  # what it says may quote the résumé: not passed on
        _tell(error)
        return render_fault(job.page, 400, "this résumé cannot be read; paste its text instead")
    return replace(profile, text="")  # the words that show something are enough
