"""Why a posting was read as it was: its repairs and its mentions, as records and as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from kg.views.choices import Choices

if TYPE_CHECKING:
    from nlp.types import Edit, Facts

MENTION_COLUMNS: Final = (
    "start", "end", "text", "kind", "value", "necessity", "section", "rule", "choice",
)  # fmt: skip
EDIT_COLUMNS: Final = ("repair", "before", "after", "at")
LONGEST: Final = 48
MOST_PLACES: Final = 4
"""Places that are named of a repair that was made many times."""


def explanation(facts: Facts) -> dict[str, Any]:
    """Return the object that `kg explain --json` prints.

    Replaying `edits` in order over the text as read gives the stored text; the offsets of
    `mentions` point into the latter.
    """
    return {
        "id": facts.posting.id,
        "source": facts.posting.origin,
        "edits": [
            {"rule": one.rule, "start": one.start, "before": one.before, "after": one.after}
            for one in facts.posting.edits
        ],
        "mentions": mention_records(facts),
    }


def mention_records(facts: Facts) -> list[dict[str, Any]]:
    """Return each mention as a record of `MENTION_COLUMNS`; `choice` says what it is one of."""
    choices = Choices(facts)
    found = []
    for one in facts.mentions:
        record = {name: getattr(one, name) for name in MENTION_COLUMNS[:-1]}
        choice = choices.of(one)
        found.append({**record, "choice": choice.long if choice else None})
    return found


def edit_rows(edits: Iterable[Edit]) -> list[tuple[str, str, str, str]]:
    """Return a row for each kind of change: rule, before, after, and where it was made.

    The places count code points of the text as it stood when the change was made. Characters
    that cannot be seen are written as escapes, and long texts are cut.
    """
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for edit in edits:
        found[edit.rule, edit.before, edit.after].append(edit.start)
    return [
        (rule, visible(before), visible(after), _places(starts))
        for (rule, before, after), starts in found.items()
    ]


def visible(text: str, longest: int = LONGEST) -> str:
    """Return the start of a text in quotes, with escapes for what cannot be seen."""
    shown = "".join(one if one.isprintable() else _escape(one) for one in text[:longest])
    return f'"{shown}"' if len(text) <= longest else f'"{shown}…" ({len(text)} characters)'


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode()


def _places(starts: list[int]) -> str:
    named = ", ".join(map(str, starts[:MOST_PLACES]))
    more = len(starts) - MOST_PLACES
    return f"{named} and {more} more" if more > 0 else named
