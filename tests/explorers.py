"""The explorer over a small store, for tests: without a network, and with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.store import Store
from kg.web.desk import Desk
from kg.web.page import PageJob
from kg.web.page_worker import make_page
from kg.web.served import Served
from kg.web.words import make_index_now
from tests.stores import fill

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.web.page import Form
    from kg.web.worker import Reply
    from nlp.types import Facts


def explorer_store(folder: Path, facts: Iterable[Facts]) -> Served:
    """Put postings into a store on disk, with its index of words."""
    there = folder / "store"
    with Store.open(there, create=True) as store:
        fill(store, facts, folder)
    served = Served(folder=str(there), words=str(there))
    make_index_now(served)
    return served


def shown(desk: Desk, page: str, form: Form = "html", path: str = "/", /, **given: Any) -> Reply:
    """Return a page as a worker makes it."""
    return make_page(desk, PageJob(page, given, form, path))
