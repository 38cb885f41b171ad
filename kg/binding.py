"""Binding: the arguments of a question as RDF terms, checked and resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.copies.counting import COPIES
from kg.names import suggested
from kg.necessities import STRENGTHS
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.names import Names

Argument: TypeAlias = str | int | None
Bound: TypeAlias = tuple[ox.NamedNode | ox.Literal, ...]

OPEN: Final = "any"
"""The default of a parameter that restricts nothing."""
NAMED: Final = ("degree", "employer", "level", "posting", "role", "skill")
TYPES: Final = (*NAMED, "copies", "integer", "necessity", "text")


class QuestionError(ValueError):
    """A question asked wrongly, or a question file that is badly written."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question takes: one of `TYPES`. Raises `QuestionError` for another type."""

    name: str
    type: str
    meaning: str
    default: str | None = None

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            known = ", ".join(TYPES)
            raise QuestionError(f"{self.name}: no parameter type {self.type!r}; there are {known}")

    @property
    def is_required(self) -> bool:
        """Whether the question cannot be asked without it."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Binder:
    """The parameters of one question, and the names that its arguments may use."""

    question: str
    parameters: Sequence[Parameter]
    names: Names

    def bind(self, arguments: Mapping[str, Argument]) -> dict[str, Bound]:
        """Return the terms of each parameter; one that stays open is left out."""
        given = {name: value for name, value in arguments.items() if value is not None}
        self._check(given)
        bound: dict[str, Bound] = {}
        levels: Bound = ()
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default or OPEN)
            if parameter.name not in given and value == OPEN:
                continue
            # Asked for, "any" is no name and no necessity; a title may well contain it.
            if value == OPEN == parameter.default and parameter.type != "text":
                continue
            if parameter.type == "role":
                bound[parameter.name], levels = self.names.find_role(str(value))
            elif parameter.type in NAMED:
                bound[parameter.name] = self.names.find(parameter.type, str(value))
            else:
                bound[parameter.name] = (_literal(parameter, value),)
        if levels:
            self._add_levels(bound, levels)
        return bound

    def _check(self, given: Mapping[str, Argument]) -> None:
        names = [parameter.name for parameter in self.parameters]
        takes = f"it takes {', '.join(names)}" if names else "it takes none"
        for name in given:
            if name not in names:
                meant = suggested(name, names)
                raise QuestionError(f"{self.question} has no parameter {name!r}; {takes}{meant}")
        missing = [one.name for one in self.parameters if one.is_required and one.name not in given]
        if missing:
            raise QuestionError(f"{self.question} needs {' and '.join(missing)}; {takes}")

    def _add_levels(self, bound: dict[str, Bound], levels: Bound) -> None:
        """Restrict to the levels that came with the role's name ("Data Engineer II")."""
        if not any(parameter.name == "level" for parameter in self.parameters):
            raise QuestionError(f"{self.question} takes a role without its level")
        if "level" in bound and set(bound["level"]).isdisjoint(levels):
            raise QuestionError(f"{self.question}: the role's name and the level name two levels")
        bound["level"] = levels


def _literal(parameter: Parameter, value: str | int) -> ox.Literal:
    if parameter.type == "integer":
        return ox.Literal(_integer(parameter, value), datatype=ox.NamedNode(terms.XSD + "integer"))
    if parameter.type == "necessity" and value not in STRENGTHS:
        raise QuestionError(f"{parameter.name} is one of {', '.join(STRENGTHS)}, not {value!r}")
    if parameter.type == "copies" and value not in COPIES:
        raise QuestionError(f"{parameter.name} is one of {', '.join(COPIES)}, not {value!r}")
    try:
        return ox.Literal(str(value))
    except ValueError as error:
        raise QuestionError(f"{parameter.name}: {value!r} is not valid Unicode") from error


def _integer(parameter: Parameter, value: str | int) -> str:
    try:
        return str(int(value))
    except ValueError as error:
        raise QuestionError(f"{parameter.name} is a whole number, not {value!r}") from error
