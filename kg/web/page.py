"""A page: what it shows, the same as data, and what it was computed from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from ontology.terms import DECLARED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Form: TypeAlias = Literal["html", "json", "csv"]

TYPES: Final[Mapping[str, Form]] = {
    "text/html": "html",
    "application/json": "json",
    "text/csv": "csv",
}
"""The forms of a page by their types, the default first."""
SUFFIXES: Final[Mapping[str, Form]] = {".json": "json", ".csv": "csv"}


@dataclass(frozen=True, slots=True)
class Behind:
    """A query that a page was computed from; `name` says what for."""

    name: str
    sparql: str
    rows: int | None = None
    question: str | None = None
    """The named question that it is, if it is one."""

    @property
    def text(self) -> str:
        """The query without the prefixes that the SPARQL page declares, half of its length."""
        return self.sparql.removeprefix(DECLARED).lstrip()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a page as a flat table."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in all its forms.

    `shown` is what the template needs beside the data. `command` is the line that prints the same
    on a terminal. Data and table may be what makes them: of an analysis they hold the words behind
    every row, which take far longer to read than those of the few rows that a page shows.
    """

    template: str
    title: str
    data: object | Callable[[], object]
    table: Table | Callable[[], Table]
    shown: Mapping[str, object] = field(default_factory=dict)
    behind: Sequence[Behind] = ()
    command: str | None = None
    status: int = 200
    is_private: bool = False
    """Whether it shows something of a résumé: no copy of it is kept anywhere."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A page that is elsewhere: another name for what has its own address."""

    to: str


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page for a worker: its name, what was given, and the form it is to have.

    `given` may hold what nobody is to read: it is in no representation of the job.
    """

    name: str
    given: Mapping[str, str] = field(repr=False)
    form: Form = "html"
    path: str = "/"
    query: str = field(default="", repr=False)
    extra: object = field(default=None, repr=False)
    """A candidate, for the page that is about one."""


class GivenError(ValueError):
    """What was given does not make sense; the message says what would."""


@dataclass(frozen=True, slots=True)
class ResumeJob:
    """A résumé to be read: its bytes, and the name of its file. It is in no representation."""

    data: bytes = field(repr=False)
    name: str = field(repr=False)
    page: PageJob
