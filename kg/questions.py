"""Named questions: SPARQL files with a header that says what they take and what they answer.

A parameter is a line `VALUES ?given_NAME { UNDEF }` of the file, which is valid SPARQL as it
stands: UNDEF leaves the parameter open. Asking puts terms in its place, never text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.names import Names, UnknownNameError
from ontology import terms

if TYPE_CHECKING:
    from kg.rows import Queryable, Rows

FOLDER: Final = Path(__file__).parent / "queries"
NECESSITIES: Final = ("required", "preferred", "mentioned", "accepted")
TYPES: Final = ("role", "level", "skill", "employer", "posting", "text", "integer", "necessity")

_PARAMETER: Final = re.compile(
    r"(?P<name>[a-z][a-z_]*): (?P<type>[a-z]+) — (?P<meaning>.+?)(?: = (?P<default>[^=]+))?"
)
_COLUMN: Final = re.compile(r"(?P<name>[a-z][a-z_]*): (?P<meaning>.+)")
_PLACE: Final = re.compile(r"^(\s*VALUES \?given_([a-z_]+) \{) [^{}\n]* (\})$", re.MULTILINE)

Argument: TypeAlias = str | int | None
Term: TypeAlias = ox.NamedNode | ox.Literal


class QuestionError(ValueError):
    """A question asked wrongly, or a question file that is badly written."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question takes. Without a value it is open where `default` is "any"."""

    name: str
    type: str
    meaning: str
    default: str | None = None

    @property
    def required(self) -> bool:
        """Whether the question cannot be asked without it."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Column:
    """What a question answers."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: its header, and the query that it stands above."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str

    def ask(self, store: Queryable, params: Mapping[str, Argument] | None = None) -> Rows:
        """Answer the question. A parameter of None counts as not given.

        Raises `QuestionError` for a parameter that is missing, unknown or of the wrong type,
        `UnknownNameError` for a name that nothing in the store bears.
        """
        return store.query(self.bind(params or {}, lambda: Names.read(store)))

    def bind(self, params: Mapping[str, Argument], names: Callable[[], Names]) -> str:
        """Return the query with terms in place of its parameters."""
        given = {name: value for name, value in params.items() if value is not None}
        self._check(given)
        values = self._terms(given, names)

        def fill(match: re.Match[str]) -> str:
            found = values.get(match[2])
            inside = "UNDEF" if found is None else " ".join(map(str, found))
            return f"{match[1]} {inside} {match[3]}"

        return _PLACE.sub(fill, self.sparql)

    def _check(self, given: Mapping[str, Argument]) -> None:
        known = {parameter.name for parameter in self.parameters}
        takes = ", ".join(parameter.name for parameter in self.parameters) or "none"
        for name in given:
            if name not in known:
                raise QuestionError(f"{self.name} has no parameter {name!r}; it takes: {takes}")
        missing = [one.name for one in self.parameters if one.required and one.name not in given]
        if missing:
            raise QuestionError(f"{self.name} needs {' and '.join(missing)}; it takes: {takes}")

    def _terms(
        self, given: Mapping[str, Argument], names: Callable[[], Names]
    ) -> dict[str, tuple[Term, ...]]:
        found: dict[str, tuple[Term, ...]] = {}
        labels: Names | None = None
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            if value is None or (parameter.name not in given and value == "any"):
                continue
            if parameter.type in LITERALS:
                found[parameter.name] = (LITERALS[parameter.type](parameter.name, value),)
                continue
            labels = labels or names()
            if parameter.type == "role":
                found[parameter.name], levels = labels.find_role(str(value))
                self._add_levels(found, given, str(value), levels)
            else:
                found[parameter.name] = labels.find(parameter.type, str(value))
        return found
