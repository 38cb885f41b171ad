"""A posting as a page: its text with the mentions marked, and a table of why each was taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

from kg.views.explanation import EDIT_COLUMNS, MENTION_COLUMNS, edit_rows, mention_records
from nlp.matcher import Hit, longest_first
from nlp.types import Facts, Mention

STYLE: Final = """
:root { color-scheme: light dark; --line: #8885; --required: #2e7d32; --preferred: #1565c0;
  --mentioned: #8d6e00; --other: #7b1fa2; }
@media (prefers-color-scheme: dark) { :root { --required: #81c784; --preferred: #64b5f6;
  --mentioned: #ffd54f; --other: #ce93d8; } }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
mark { background: none; color: inherit; border-bottom: 3px solid var(--other); }
mark.required { border-color: var(--required); } mark.preferred { border-color: var(--preferred); }
mark.mentioned { border-color: var(--mentioned); }
mark small { font-size: .7em; opacity: .75; margin-left: .3em; }
h2 { font-size: .85rem; letter-spacing: .05em; border-top: 1px solid var(--line);
  padding-top: 1rem; }
.table { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); }
"""


def write_posting_page(facts: Facts, path: Path) -> None:
    """Write one self-contained page; everything from the posting is escaped."""
    title = facts.title.value if facts.title else facts.posting.origin
    mentions = [tuple(record.values()) for record in mention_records(facts)]
    path.write_text(
        f"<!doctype html>\n<html lang=en><head><meta charset=utf-8>"
        f'<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>\n"
        f"<h1>{escape(title)}</h1>\n{_sections(facts)}\n"
        f"{_repairs(facts)}<h2>Every mention, and the rule that took it</h2>\n"
        f"{_table(MENTION_COLUMNS, mentions)}</body></html>\n",
        encoding="utf-8",
    )


def _repairs(facts: Facts) -> str:
    """Return a table of what was changed in the text as read; nothing where it was whole."""
    rows = edit_rows(facts.posting.edits)
    if not rows:
        return ""
    return f"<h2>What was repaired in the text as read</h2>\n{_table(EDIT_COLUMNS, rows)}"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<th scope=col>{escape(column)}</th>" for column in columns)
    body = "\n".join(
        f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return (
        f"<div class=table><table><thead><tr>{head}</tr></thead><tbody>\n{body}\n"
        f"</tbody></table></div>\n"
    )


def _sections(facts: Facts) -> str:
    parts: list[str] = []
    for section in facts.sections:
        heading = f": {section.heading}" if section.heading else ""
        parts.append(f"<h2>{escape(section.kind.value + heading)}</h2>")
        parts.append(f"<pre>{_marked(facts, section.start, section.end)}</pre>")
    return "\n".join(parts)


def _marked(facts: Facts, start: int, end: int) -> str:
    """Mark the mentions that lie within; of those that overlap the longest that holds no skill.

    Mentions of the same words share one mark. The table below lists every mention.
    """
    text = facts.posting.text
    within = [m for m in facts.mentions if start <= m.start and m.end <= end]
    skills = [m for m in within if m.kind == "skill"] + [m for m in within if m.kind != "skill"]
    chosen = {
        (hit.start, hit.end): skills[int(hit.id)]
        for hit in longest_first(
            Hit(m.start, m.end, m.kind, str(index), m.end - m.start)
            for index, m in enumerate(skills)
            if m.kind == "skill" or not _holds_skill(m.start, m.end, within_skills=skills)
        )
    }
    pieces: list[str] = []
    position = start
    for (low, high), mention in sorted(chosen.items()):
        pieces.append(escape(text[position:low]))
        kind = mention.necessity or "other"
        same = [m for m in within if (m.start, m.end) == (low, high)]
        said = ", ".join(dict.fromkeys(map(_said, same)))
        why = "\n".join(f"{m.rule}: {m.value or _said(m)}" for m in same)
        pieces.append(
            f'<mark class="{kind}" title="{escape(why)}">'
            f"{escape(text[low:high])}<small>{escape(said)}</small></mark>"
        )
        position = high
    pieces.append(escape(text[position:end]))
    return "".join(pieces)


def _said(mention: Mention) -> str:
    """Return "skill required", "work modes"."""
    return " ".join(filter(None, (mention.kind.replace("_", " "), mention.necessity)))


def _holds_skill(start: int, end: int, *, within_skills: Sequence[Mention]) -> bool:
    return any(m.kind == "skill" and start <= m.start and m.end <= end for m in within_skills)


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value))
