"""Rendering: a page as HTML, JSON or CSV; everything in it that is not ours is escaped."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import ChoiceLoader, FileSystemLoader

from kg.views.pages import frame as pages
from kg.web.addresses import PLURALS, address_of, with_fields
from kg.web.page import SUFFIXES, Moved, Page
from kg.web.sections import question_address
from kg.web.worker import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from kg.web.page import Form, PageJob
    from kg.web.served import Served

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
TYPES: Final[Mapping[Form, str]] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
STATIC_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
WORDS: Final = {
    400: "That cannot be answered as it was asked",
    404: "Nothing is here",
    405: "That is no way to ask",
    408: "The request did not come in time",
    413: "That is too large",
    499: "The client has gone away",
    500: "Something failed",
    502: "The endpoint cannot be asked",
    503: "That took too long, or too much waits",
}


def render(served: Served, job: PageJob, made: Page | Moved) -> Reply:
    """Return a page in the form that the job wants."""
    if isinstance(made, Moved):
        path, _, fields = made.to.partition("?")
        suffix = next((end for end, form in SUFFIXES.items() if form == job.form), "")
        there = f"{path}{suffix}" + (f"?{fields}" if fields else "")
        return Reply(303, "text/plain; charset=utf-8", f"{there}\n".encode())
    if job.form == "json":
        data = made.data() if callable(made.data) else made.data
        return Reply(made.status, TYPES["json"], as_json(data))
    if job.form == "csv":
        table = made.table() if callable(made.table) else made.table
        return Reply(made.status, TYPES["csv"], as_csv(table.columns, table.rows))
    context = {
        "page": made,
        "title": f"{made.title} · rolegraph",
        "served": served.name,
        "links": _links(job),
        "path": job.path,
        **made.shown,
    }
    text = environment().get_template(made.template).render(context)
    return Reply(made.status, TYPES["html"], text.encode())


def render_fault(
    job: PageJob,
    status: int,
    message: str,
    near: tuple[str, Sequence[str]] | None = None,
    *,
    retry: int | None = None,
) -> Reply:
    """Return a page that says what is wrong and what has a similar name.

    With `retry` it asks again by itself after so many seconds.
    """
    if job.form == "json":
        offered = list(near[1]) if near else []
        return Reply(status, TYPES["json"], as_json({"error": message, "near": offered}))
    if job.form == "csv":
        return Reply(status, TYPES["csv"], as_csv(("error",), [(message,)]))
    links = []
    if near and near[0] in PLURALS:
        links = [(name, address_of(near[0], name)) for name in near[1]]
    context = {
        "title": f"{status} · rolegraph",
        "status": status,
        "heading": WORDS.get(status, "That did not work"),
        "message": message,
        "near": links,
        "retry": retry,
        "path": job.path,
        "links": None,
        "served": "",
    }
    text = environment().get_template("fault.html").render(context)
    return Reply(status, TYPES["html"], text.encode())


def as_json(value: object) -> bytes:
    """Return a value as the command line prints it; decimals become texts."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1, default=_plain)}\n".encode()


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return rows as CSV, as the command line prints them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else _plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


@cache
def environment() -> Environment:
    """Return the pages' templates and the explorer's own: they escape all that is put in."""
    made = pages.environment().overlay()
    own = FileSystemLoader(HERE / "templates")
    made.loader = ChoiceLoader([own, *([made.loader] if made.loader else [])])
    made.globals = {
        **made.globals,
        "address": address_of,
        "static": static_address,
        "question": question_address,
        "fields": with_fields,
    }
    made.filters = {**made.filters, "number": number, "coded": coded}
    return made


def number(value: object) -> str:
    """Return a number with commas between its thousands."""
    return f"{value:,}" if isinstance(value, int | float | Decimal) else str(value)


def coded(text: str) -> Markup:
    """Return a text of ours as markup, what stands between backticks as code.

    >>> str(coded("For effects: `kg compare`, not < this"))
    'For effects: <code>kg compare</code>, not &lt; this'
    """
    from markupsafe import Markup, escape

    parts = text.split("`")
    made = [
        Markup("<code>{}</code>").format(one) if at % 2 else escape(one)
        for at, one in enumerate(parts)
    ]
    return Markup().join(made)


@cache
def static_address(name: str) -> str:
    """Return where a file of ours is: its address changes when it does."""
    digest = hashlib.sha256(static_files()[name][1]).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def static_files() -> Mapping[str, tuple[str, bytes]]:
    """Return the files that pages link to, by name: their types and their bytes."""
    shared = {name: pages.asset(name).encode() for name in (pages.STYLE, pages.SCRIPT)}
    own = {path.name: path.read_bytes() for path in sorted(STATIC.iterdir())}
    return {
        name: (STATIC_TYPES[Path(name).suffix], data)
        for name, data in {**shared, **own}.items()
        if Path(name).suffix in STATIC_TYPES
    }


def _links(job: PageJob) -> dict[str, str]:
    """Return the addresses of a page's data."""
    path = "/home" if job.path == "/" else job.path.rstrip("/")
    query = f"?{job.query}" if job.query else ""
    return {form: f"{path}{suffix}{query}" for suffix, form in SUFFIXES.items()}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str | int | float) else str(value)
