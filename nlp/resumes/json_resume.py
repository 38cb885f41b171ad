"""JSON Resume (https://jsonresume.org/schema, version 1.0.0) as text, a section a heading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

SECTIONS: Final = {
    "work": "Experience",
    "volunteer": "Volunteering",
    "education": "Education",
    "certificates": "Certifications",
    "skills": "Skills",
    "languages": "Languages",
    "projects": "Projects",
    "publications": "Publications",
    "awards": "Awards",
}
"""The schema's sections and the headings they get."""
DEGREES: Final = ("studyType", "area")


def recognises(head: bytes) -> bool:
    """Tell whether bytes begin as a JSON object with a part that only a résumé has."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and b'"basics"' in head


def as_text(data: bytes) -> str:
    """Return the résumé as lines. Raises `ValueError` where the JSON is none, or no object."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"no JSON Resume: {error}") from None
    if not isinstance(found, dict):
        message = "no JSON Resume: an object was expected, with basics, work, skills"
        raise ValueError(message)  # noqa: TRY004 # the fault of a file, not of a caller
    return "\n".join(_lines(found)) + "\n"


def _lines(found: dict[str, Any]) -> Iterator[str]:
    basics = found.get("basics")
    if isinstance(basics, dict):
        yield from _values(basics, ("name", "label", "summary"))
    for name, heading in SECTIONS.items():
        entries = found.get(name)
        if isinstance(entries, list) and entries:
            yield ""
            yield heading
            for entry in entries:
                yield from _entry(name, entry)


def _entry(section: str, entry: object) -> Iterator[str]:
    if isinstance(entry, str):
        yield f"- {entry}"
    elif isinstance(entry, dict):
        dates = _dates(entry)
        if section == "education":
            degree = " in ".join(_values(entry, DEGREES))
            yield ", ".join(filter(None, [degree, *_values(entry, ("institution",)), dates]))
        elif section == "languages":
            yield f"- {' '.join(_values(entry, ('fluency', 'language')))}"
        else:
            head = _values(entry, ("position", "name", "title", "organization", "issuer"))
            yield ", ".join(filter(None, [*head, dates]))
            yield from _values(entry, ("summary", "description"))
        for name in ("keywords", "highlights", "courses"):
            listed = entry.get(name)
            if isinstance(listed, list):
                yield from (f"- {one}" for one in listed if isinstance(one, str))


def _values(entry: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    return [entry[name].strip() for name in names if isinstance(entry.get(name), str)]


def _dates(entry: dict[str, Any]) -> str:
    start, end = entry.get("startDate"), entry.get("endDate")
    if not isinstance(start, str):
        return end if isinstance(end, str) else ""
    return f"{start} - {end if isinstance(end, str) and end else 'present'}"
