"""The page of a posting: its text with what was taken from it marked, and each fact's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.iris import local_name
from kg.names import UnknownNameError
from kg.views.stored_marks import marked, with_choices, words_of_duties
from kg.web.addresses import address_of, posting_id
from kg.web.page import Moved, Page, Table
from kg.web.pages.queries import FACTS, TEXT, about, copies_of
from kg.web.sections import section_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.rows import Value
    from kg.web.desk import Desk

SHOWN: Final = {
    "role": "role",
    "level": "level",
    "specialisation": "specialisation",
    "hiringOrganization": "employer",
    "jobLocation": "place",
    "workMode": "work mode",
    "employmentType": "employment",
    "datePosted": "posted",
    "validThrough": "valid through",
    "flag": "flag",
    "copyOf": "copy of",
    "url": "address",
}
"""The facts of a posting that stand above its text, and what they are called."""
LEADING: Final = {"role": "role", "level": "level", "hiringOrganization": "employer"}


def posting(desk: Desk, given: Mapping[str, str]) -> Page | Moved:
    """Return a posting by its identifier, its IRI or its title."""
    name = given.get("name", "")
    found = desk.names.find("posting", name)
    identifier = posting_id(found[0].value)
    if len(found) > 1 and name != identifier:
        more = [posting_id(one.value) for one in found]
        shown = {one: one for one in more}
        raise UnknownNameError("single posting", name, shown, f"these are: {', '.join(more[:5])}")
    if name != identifier:
        return Moved(address_of("posting", identifier))
    facts = desk.query("The posting's own facts", about(FACTS, found)).to_dicts()
    stored = desk.query("Its text, as stored", about(TEXT, found))
    text, source, sha256 = stored[0] if len(stored) else (None, None, None)
    evidence = desk.ask("evidence-of-posting", posting=identifier)
    title = next((str(row["value"]) for row in facts if _name(row) == "title"), identifier)
    rows = evidence.to_dicts()
    copies = desk.query("Copies of this job", copies_of(found)).to_dicts()
    section = section_of(
        "evidence",
        "Every statement, and the words it rests on",
        [{**row, "necessity": row.get("choice", row["necessity"])} for row in with_choices(rows)],
        {
            "statement": "statement",
            "value": "value",
            "necessity": "necessity",
            "words": "words",
            "section": "section",
            "rule": "rule",
        },
    )
    data = {
        "id": identifier,
        "posting": found[0].value,
        "title": title,
        "facts": [
            {"property": _name(row), "value": _shown(row), "iri": _iri(row)} for row in facts
        ],
        "source": source,
        "sha256": sha256,
        "text": text,
        "evidence": rows,
    }
    context: dict[str, object] = {
        "facts": _lines(facts),
        "parts": marked(str(text or ""), rows, desk.link),
        "duties": words_of_duties(rows),
        "evidence": section,
        "source": source,
        "sha256": sha256,
        "id": identifier,
        "copies": copies,
    }
    command = f"kg ask evidence-of-posting --posting {identifier}"
    table = Table(evidence.columns, evidence.rows)
    return Page("posting.html", title, data, table, context, desk.used, command)


def _lines(facts: Sequence[Mapping[str, Value]]) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """Return each kind of fact with its values and where these lead."""
    lines: dict[str, list[tuple[str, str | None]]] = {}
    for row in facts:
        name = _name(row)
        if name not in SHOWN:
            continue
        text = _shown(row)
        href = address_of(LEADING[name], text) if name in LEADING else None
        if name == "copyOf":
            text = posting_id(str(row["value"]))
            href = address_of("posting", text)
        if name == "url" and text.startswith(("https://", "http://")):
            href = text
        lines.setdefault(SHOWN[name], []).append((text, href))
    return [(label, lines[label]) for label in SHOWN.values() if label in lines]


def _name(row: Mapping[str, Value]) -> str:
    return local_name(str(row["property"]))


def _shown(row: Mapping[str, Value]) -> str:
    value = row["label"] if row["label"] is not None else row["value"]
    text = str(value)
    return local_name(text) if row["label"] is None and _iri(row) and "/" in text else text


def _iri(row: Mapping[str, Value]) -> str | None:
    try:
        return ox.NamedNode(str(row["value"])).value if "://" in str(row["value"]) else None
    except ValueError:
        return None
