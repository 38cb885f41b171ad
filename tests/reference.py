"""The reference, made from the sources: commands, questions, the ontology, Python.

    python -m tests.reference

Writes `kg/reference/*.md`; a test holds them to what the sources say today.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer.main

import kg.made
import nlp
import ontology
from kg import KnowledgeGraph, Question, Rows
from kg.cli import app
from kg.commands.parts import PARTS
from kg.questions import questions
from ontology.description import read_ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ontology.description import Described

FOLDER: Final = Path(__file__).parent.parent / "kg" / "reference"
MADE: Final = "<!-- Made from the sources by `make reference`; edit those. -->"
OBJECTS: Final = (
    KnowledgeGraph,
    Rows,
    Question,
    nlp.extract_files,
    nlp.read_postings,
    nlp.Extractor,
    nlp.ReadingOptions,
    nlp.Posting,
    nlp.Facts,
    ontology.load,
    ontology.Vocabulary,
    ontology.Concept,
    kg.made.write_board,
)
"""What Python's door opens on, in this order."""


def commands() -> str:
    """Return the commands, with their arguments, options and examples."""
    group: Any = typer.main.get_command(app)
    group.list_commands(None)
    lines = ["# Commands", "", MADE, ""]
    lines += [
        "The store is `--store DIR`, `KG_STORE` or `./kg-store`. Results go to stdout, talk "
        "and progress bars to stderr. Exit 0 is yes, 1 no, 2 bad input or usage.",
        "",
    ]
    for panel in PARTS:
        lines += [f"## {panel}", ""]
        for name, command in group.commands.items():
            if command.rich_help_panel == panel:
                below = getattr(command, "commands", None) or {"": command}
                for part, one in below.items():
                    lines += _command(f"kg {name} {part}".strip(), one)
    return _page(lines)


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    words = [
        f"{'' if one.required else '['}{one.name.upper()}{'' if one.required else ']'}"
        f"{'...' if one.nargs == -1 or one.multiple else ''}"
        if hasattr(one, "multiple")
        else one.name.upper()
        for one in arguments
    ]
    yield from (f"### {name}", "", f"`{' '.join([name, *words, '[OPTIONS]'])}`", "")
    yield from (inspect.cleandoc(command.help or ""), "")
    if command.epilog:
        yield from (re.sub(r"(kg [^;·]+?)(?=;|,| ·|$)", r"`\1`", command.epilog), "")
    rows = [(f"`{one.name.upper()}`", one.help or "") for one in arguments]
    rows += [(_names(one), _told(one)) for one in options if one.name not in ("help", "show_help")]
    if rows:
        yield from _table(("", ""), rows)


def _names(option: Any) -> str:
    return ", ".join(f"`{name}`" for name in option.opts)


def _told(option: Any) -> str:
    default = option.default
    said = [option.help or ""]
    if default not in (None, False, "", [], ()) and not callable(default):
        said.append(f"Default: `{default}`.")
    if option.required:
        said.append("Required.")
    if option.envvar:
        said.append(f"Or `{option.envvar}`.")
    return " ".join(said)


def asked() -> str:
    """Return the named questions: what each takes, and what it answers."""
    lines = ["# Questions", "", MADE, ""]
    lines += [
        "`kg ask QUESTION --name VALUE`, or `graph.ask(QUESTION, name=VALUE)`. A name is "
        "anything that the vocabulary calls it; a role may have its level behind it.",
        "",
    ]
    for question in questions().values():
        lines += [f"## {question.name}", "", f"**{question.title}.** {question.description}", ""]
        if question.parameters:
            lines += _table(
                ("takes", "type", "meaning", "unless given"),
                [
                    (
                        f"`--{one.name.replace('_', '-')}`",
                        one.type,
                        one.meaning,
                        "(required)" if one.is_required else f"`{one.default}`",
                    )
                    for one in question.parameters
                ],
            )
        answers = [(f"`{one.name}`", one.meaning) for one in question.columns]
        lines += _table(("answers", "meaning"), answers)
    return _page(lines)


def words() -> str:
    """Return the ontology: its classes and properties, and what it borrows."""
    known = read_ontology()
    lines = ["# Ontology", "", MADE, "", f"{known.title} {known.version}. {known.description}", ""]
    for title, found in (
        ("Classes", known.classes),
        ("Necessities", known.individuals),
        ("Properties", known.properties),
    ):
        lines += [f"## {title}", ""]
        for one in found:
            lines += _term(one)
    lines += ["## Borrowed terms", ""]
    lines += _table(("term", "used for"), [(f"`{one.name}`", one.note) for one in known.borrowed])
    return _page(lines)


def _term(one: Described) -> Iterator[str]:
    yield from (f"### {one.name}", "", f"**{one.label}.** {one.comment}", "")
    rows = [
        (name, ", ".join(f"`{value}`" for value in values))
        for name, values in (("of", one.domains), ("to", one.ranges))
        if values
    ]
    rows += [(how, f"`{other}`") for how, other in one.mappings]
    rows += [("for example", f"`{example}`") for example in one.examples]
    if rows:
        yield from _table(("", ""), rows)


def python() -> str:
    """Return the Python objects: their signatures and what they say of themselves."""
    lines = ["# Python", "", MADE, ""]
    for one in OBJECTS:
        lines += [f"## {one.__name__}", "", f"`from {_door(one)} import {one.__name__}`", ""]
        lines += _signed(one.__name__, one)
        if inspect.isclass(one):
            for name, member in _members(one):
                lines += [f"### {one.__name__}.{name}", ""]
                lines += _signed(name, member)
    return _page(lines)


def _door(one: Any) -> str:
    name = one.__name__
    doors = {"kg": ("KnowledgeGraph", "Rows", "Question"), "nlp": nlp.__all__}
    doors |= {"ontology": tuple(ontology.__all__), "kg.made": tuple(kg.made.__all__)}
    return next(door for door, names in doors.items() if name in names)


def _members(one: type) -> list[tuple[str, Any]]:
    """Return the public methods and properties, the nearest class's first, as they stand there."""
    found: dict[str, Any] = {}
    for base in one.__mro__:
        if base.__module__.split(".")[0] in ("kg", "nlp", "ontology"):
            for name, member in vars(base).items():
                if not name.startswith("_") and _is_told(member):
                    found.setdefault(name, member)
    return list(found.items())


def _is_told(member: object) -> bool:
    return isinstance(member, property | classmethod | staticmethod) or inspect.isfunction(member)


def _signed(name: str, member: Any) -> Iterator[str]:
    call = getattr(member, "__func__", member)
    if isinstance(member, property):
        kind = str(inspect.signature(member.fget).return_annotation) if member.fget else ""
        yield from ("```python", f"{name}: {kind.strip(chr(39))}", "```", "")
    elif not inspect.isclass(member):
        yield from ("```python", _signature(name, call), "```", "")
    said = inspect.getdoc(member.fget if isinstance(member, property) else call) or ""
    if said and not said.startswith(f"{name}("):
        yield from (_fenced(said), "")


def _signature(name: str, call: Callable[..., object]) -> str:
    found = inspect.signature(call)
    kept = [one for one in found.parameters.values() if one.name not in ("self", "cls")]
    kept = [one.replace(default=_named(one.default)) for one in kept]
    whole = f"{name}{found.replace(parameters=kept)}".replace("'", "")
    if len(whole) <= 96:
        return whole
    given = str(found.replace(parameters=kept, return_annotation=inspect.Signature.empty))
    inner = _parted(given[1:-1].replace("'", ""))
    back = str(found.return_annotation).strip("'")
    return "\n".join([f"{name}(", *(f"    {part}," for part in inner), f") -> {back}"])


class _Name:
    """A default that is a function, shown by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


def _named(default: object) -> object:
    return _Name(default.__name__) if inspect.isfunction(default) else default


def _parted(parameters: str) -> list[str]:
    """Part parameters at the commas that stand in no brackets."""
    parts, depth = [""], 0
    for sign in parameters:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _fenced(said: str) -> str:
    """Put examples into a block of code."""
    return re.sub(r"((?:^>>> .*\n?)(?:^(?!\n).+\n?)*)", r"```python\n\1\n```", said, flags=re.M)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in rows:
        cells = [" ".join(cell.split()).replace("|", "\\|") for cell in row]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _page(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


PAGES: Final = {"commands": commands, "questions": asked, "ontology": words, "python": python}


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (FOLDER / f"{name}.md").write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
