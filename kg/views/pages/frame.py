"""The frame of every page: one stylesheet, one policy, templates that escape whatever they show.

A fragment is a `Markup` that a function of its own makes from a result object; `page` puts
fragments into one file that opens offline. Nothing in a page asks for anything: its policy allows
its own stylesheet and its own script, each by its hash, and no request at all. Styles therefore
stand in the stylesheet only; what a chart needs to place its marks are attributes of SVG.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.plurals import counted
from kg.views.figures import amount, q_text

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

Link: TypeAlias = Callable[[str, str], str | None]
"""Where a thing has a page of its own: (kind, name or IRI) to an address, or None."""

STYLE: Final = "page.css"
SCRIPT: Final = "page.js"


def no_link(_kind: str, _name: str) -> None:
    """Return None: in a page that stands alone nothing has a page of its own."""


def asset(name: str) -> str:
    """Return a file of the pages' own: `STYLE` or `SCRIPT`."""
    return files("kg.views").joinpath("pages", name).read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """Return the templates. Text is escaped, and a name that is not there is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("kg.views", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(counted=counted, amount=amount, percent=percent, q_text=q_text)
    return made


def render(template: str, /, **values: object) -> Markup:
    """Return a template filled in; every value is escaped unless it is markup already."""
    from markupsafe import Markup

    return Markup(environment().get_template(template).render(values))  # noqa: S704 # autoescaped


def page(title: str, *fragments: Markup, kind: str = "", made_by: str = "") -> str:
    """Return one self-contained page of fragments; `made_by` is the command that makes it.

    >>> "default-src 'none'" in page("Spark")
    True
    """
    style, script = asset(STYLE), asset(SCRIPT)
    return str(
        render(
            "frame.html",
            title=title,
            kind=kind,
            fragments=fragments,
            made_by=made_by,
            style=style,
            script=script,
            policy=policy(style, script),
        )
    )


def write_page(path: Path | str, text: str) -> None:
    """Write a page; the same page is the same bytes on every system."""
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def policy(style: str, script: str | None = None) -> str:
    """Return a content security policy that allows this style and this script, and nothing else."""
    scripts = f"script-src 'sha256-{_hash(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; "
        f"{scripts}img-src data:; base-uri 'none'; form-action 'none'"
    )


def percent(share: float | None) -> str:
    """Return a share as people write it: never 0% for some, never 100% for nearly all.

    >>> [percent(one) for one in (0.0, 0.001, 0.254, 0.999, 1.0)]
    ['0%', '<1%', '25%', '>99%', '100%']
    """
    if share is None:
        return "–"
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 < share < 1:
        return ">99%"
    return f"{share:.0%}"


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
