"""The named questions: a form made from each one's header, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.binding import OPEN, QuestionError
from kg.copies.counting import COPIES
from kg.names import UnknownNameError
from kg.necessities import STRENGTHS
from kg.questions import questions
from kg.store import StoreError
from kg.views.question_text import question_record
from kg.web.page import Behind, Page, Table
from kg.web.pages.lists import paged
from kg.web.pages.queries import LEVELS
from kg.web.sections import section_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.binding import Parameter
    from kg.questions import Question
    from kg.rows import Rows
    from kg.web.desk import Desk

OFFERED: Final = 200
"""Names that the browser offers."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: what it is for, what was given, and what may be chosen."""

    name: str
    label: str
    meaning: str
    value: str
    kind: str
    is_required: bool
    default: str
    choices: Sequence[tuple[str, str]] = ()
    names: str | None = None
    """The kind of thing whose names the browser offers."""


def question_list(_: Desk, __: Mapping[str, str]) -> Page:
    """Return all questions with what they take."""
    known = list(questions().values())
    rows = [(one.name, one.title, ", ".join(each.name for each in one.parameters)) for one in known]
    table = Table(("question", "answers", "parameters"), rows)
    data = [question_record(one) for one in known]
    return Page("questions.html", "Questions", data, table, {"questions": known}, (), "kg ask")


def question_page(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return a question's form, and its answer where all that it needs is given."""
    name = given.get("name", "")
    known = questions()
    if name not in known:
        raise UnknownNameError("question", name, {one: one for one in known})
    question = known[name]
    taken = {one.name for one in question.parameters}
    asked = {key: value for key, value in given.items() if key in taken and value.strip()}
    rows, error, status = None, "", 200
    is_ready = all(one.name in asked for one in question.parameters if one.is_required)
    if is_ready:
        try:
            rows = desk.ask(name, **asked)
        except (QuestionError, UnknownNameError, StoreError) as fault:
            error, status = str(fault), 404 if isinstance(fault, UnknownNameError) else 400
    found = rows.to_dicts() if rows is not None else []
    path = f"/questions/{name}"
    pager = paged(path, {**asked, **_page_of(given)}, len(found))
    section = None
    if rows is not None:
        meanings = {one.name: one.meaning for one in question.columns}
        section = section_of(
            "answer",
            "",
            found[pager.first - 1 if found else 0 : pager.last],
            {column: column.replace("_", " ") for column in _shown(rows, question)},
            of="of" if "of" in rows.columns else None,
            meanings=meanings,
        )
    shown = {
        "question": question,
        "fields_of": [_field(desk, one, asked.get(one.name, "")) for one in question.parameters],
        "offered": _offered(desk, question),
        "section": section,
        "pager": pager,
        "error": error,
        "is_ready": is_ready,
    }
    table = Table(rows.columns, rows.rows) if rows is not None else Table(("error",), [(error,)])
    data: object = found if rows is not None else {**question_record(question), "error": error}
    command = " ".join(
        ["kg ask", name, *(f'--{key.replace("_", "-")} "{value}"' for key, value in asked.items())]
    )
    behind: Sequence[Behind] = [one for one in desk.used if one.question == name]
    behind = behind or (Behind(question.title, question.sparql, None, name),)
    return Page("question.html", question.title, data, table, shown, behind, command, status)


def _page_of(given: Mapping[str, str]) -> dict[str, str]:
    return {"page": given["page"]} if given.get("page") else {}


def _shown(rows: Rows, question: Question) -> list[str]:
    """Return the columns that people read: without IRIs, where others say the same."""
    read = set(rows.without_iris().columns) if len(rows) else {one.name for one in question.columns}
    kept = [one for one in rows.columns if one in read and not one.endswith("_iri")]
    return kept or list(rows.columns)


def _offered(desk: Desk, question: Question) -> dict[str, list[str]]:
    """Return names that the browser may offer, the commonest first, by their kind."""
    kinds = {one.type for one in question.parameters}
    found: dict[str, Rows] = {}
    for kind, name in (("role", "roles"), ("employer", "employers")):
        if kind in kinds:
            found[kind] = desk.ask(name)
    if "skill" in kinds:
        found["skill"] = desk.skills("required")
    return {
        kind: [str(row[kind]) for row in rows.to_dicts()[:OFFERED]] for kind, rows in found.items()
    }


def _field(desk: Desk, parameter: Parameter, value: str) -> Field:
    default = parameter.default or ""
    choices: list[tuple[str, str]] = []
    if parameter.type == "necessity":
        choices = [("", "any"), *((one, one) for one in STRENGTHS)]
    elif parameter.type == "copies":
        words = {"one": "postings of one job count once", "all": "each posting counts"}
        choices = [(one, words[one]) for one in COPIES]
    elif parameter.type == "level":
        levels = [
            str(row["level"]) for row in desk.query("Levels, from the lowest up", LEVELS).to_dicts()
        ]
        extra = [value] if value and value not in levels else []
        first = [("", "any")] if not parameter.is_required else [("", "choose …")]
        choices = [*first, *((one, one) for one in [*levels, *extra])]
    return Field(
        parameter.name,
        parameter.name.replace("_", " "),
        parameter.meaning,
        value or ("" if default == OPEN else default),
        parameter.type,
        parameter.is_required,
        default,
        choices,
        parameter.type if parameter.type in ("role", "skill", "employer") else None,
    )
