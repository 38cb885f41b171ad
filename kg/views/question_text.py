"""The named questions, for people to choose from: what each answers, and what it takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.printing import Form, console, print_json, print_rows, print_table, say

if TYPE_CHECKING:
    from kg.binding import Parameter
    from kg.questions import Question


def print_questions(questions: Iterable[Question], form: Form) -> None:
    """Print all questions: as a table one line each, as JSON with everything their headers say."""
    known = list(questions)
    if form is Form.JSON:
        print_json([question_record(one) for one in known])
        return
    rows = [(one.name, one.title, " ".join(map(_usage, one.parameters))) for one in known]
    print_rows(("question", "answers", "parameters"), rows, form)
    if form is Form.TABLE:
        say("[in brackets: may be left out]; `kg ask QUESTION --help` says what a question takes")


def print_question(question: Question, form: Form) -> None:
    """Print what a question answers, takes and gives; as CSV its parameters."""
    if form is Form.JSON:
        print_json(question_record(question))
        return
    parameters = [
        (_option(one), one.type, one.meaning, "(required)" if one.is_required else one.default)
        for one in question.parameters
    ]
    heads = ("parameter", "type", "meaning", "default")
    if form is Form.CSV:
        print_rows(heads, parameters, form)
        return
    to = console()
    to.print(f"{question.name}: {question.title}", style="bold", markup=False)
    to.print(question.description, markup=False)
    if parameters:
        to.print()
        shown = [[cell or "" for cell in row] for row in parameters]
        print_table(to, heads, shown)
    columns = [(one.name, one.meaning) for one in question.columns]
    to.print()
    print_table(to, ("column", "meaning"), columns)
    needed = [
        f"{_option(one)} {one.type.upper()}" for one in question.parameters if one.is_required
    ]
    to.print(f"\nUsage: {' '.join(['kg ask', question.name, *needed])}", markup=False)


def question_record(question: Question) -> dict[str, Any]:
    """Return everything that a question's header says."""
    return {
        "question": question.name,
        "title": question.title,
        "description": question.description,
        "parameters": [
            {
                "name": one.name,
                "option": _option(one),
                "type": one.type,
                "meaning": one.meaning,
                "required": one.is_required,
                "default": one.default,
            }
            for one in question.parameters
        ],
        "columns": [{"name": one.name, "meaning": one.meaning} for one in question.columns],
    }


def _usage(parameter: Parameter) -> str:
    return _option(parameter) if parameter.is_required else f"[{_option(parameter)}]"


def _option(parameter: Parameter) -> str:
    return f"--{parameter.name.replace('_', '-')}"
