"""A posting as a page: its text with the mentions marked, and a table of why each was taken.

displaCy's span style was looked at for the marks: it writes its styles into attributes, which the
pages' policy refuses, and puts a blank behind every token, so that "C++/C#" is no longer what the
posting says. The marks are therefore our own, around the stored text as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from kg.plurals import counted
from kg.views.choices import Choice, Choices, said_of
from kg.views.explanation import EDIT_COLUMNS, MENTION_COLUMNS, edit_rows, mention_records
from kg.views.pages.frame import page, render, write_page
from nlp.matcher import Hit, longest_first
from nlp.types import Facts, Mention, RequirementKind

if TYPE_CHECKING:
    from pathlib import Path

    from markupsafe import Markup

SKILL: Final = frozenset({"skill"})
MEMBERS: Final = frozenset(kind.value for kind in RequirementKind)
"""The kinds of mentions that a choice is between."""
PAGE_COLUMNS: Final = (*MENTION_COLUMNS[:6], MENTION_COLUMNS[-1], *MENTION_COLUMNS[6:-1])
"""Those of the page's table, in which a choice stands beside how it is asked for."""
LEGEND: Final = (
    ("required", "required"),
    ("alternative", "one of several"),
    ("preferred", "preferred"),
    ("mentioned", "mentioned"),
    ("other", "a fact of another kind"),
)


def write_posting_page(facts: Facts, path: Path) -> None:
    """Write one self-contained page; everything from the posting is escaped."""
    write_page(path, page(_title(facts), posting(facts)))


def posting(facts: Facts) -> Markup:
    """Return a posting as a fragment of a page: its sections, repairs and mentions."""
    mentions = mention_records(facts)
    choices = Choices(facts)
    kinds = Counter(_class(one, choices.of(one)) for one in facts.mentions)
    return render(
        "posting.html",
        title=_title(facts),
        employer=facts.employer.value if facts.employer else "",
        source=facts.posting.origin,
        identifier=facts.posting.id,
        lead=f"{counted(len(mentions), 'mention')} in {counted(len(facts.sections), 'section')}.",
        legend=[(kind, name, kinds[kind]) for kind, name in LEGEND if kinds[kind]],
        sections=[
            (
                section.kind.value,
                section.heading or "",
                marked(facts, choices, section.start, section.end),
            )
            for section in facts.sections
        ],
        duties=[(duty.value.label, [one.text for one in duty.evidence]) for duty in facts.duties],
        edit_columns=EDIT_COLUMNS,
        edits=edit_rows(facts.posting.edits),
        columns=PAGE_COLUMNS,
        mentions=[tuple(record[name] for name in PAGE_COLUMNS) for record in mentions],
    )


def marked(facts: Facts, choices: Choices, start: int, end: int) -> Markup:
    """Mark the mentions that lie within; of those that overlap the longest that holds no skill.

    Of a choice its members are marked, and not the whole.
    Mentions of the same words share one mark. The table lists every mention.
    """
    from markupsafe import Markup, escape

    text = facts.posting.text
    within = [m for m in facts.mentions if start <= m.start and m.end <= end]
    skills = [m for m in within if m.kind == "skill"] + [m for m in within if m.kind != "skill"]
    chosen = {
        (hit.start, hit.end): skills[int(hit.id)]
        for hit in longest_first(
            Hit(m.start, m.end, m.kind, str(index), m.end - m.start)
            for index, m in enumerate(skills)
            if m.kind == "skill" or not _holds_another(m, skills)
        )
    }
    pieces: list[Markup] = []
    position = start
    for (low, high), mention in sorted(chosen.items()):
        pieces.append(escape(text[position:low]))
        same = [m for m in within if (m.start, m.end) == (low, high)]
        pieces.append(
            Markup('<mark class="{}" title="{}">{}<small>{}</small></mark>').format(
                _class(mention, choices.of(mention)),
                "\n".join(_why(m, choices.of(m)) for m in same),
                text[low:high],
                _listed(said_of(m, choices.of(m)) for m in same),
            )
        )
        position = high
    pieces.append(escape(text[position:end]))
    return Markup().join(pieces)


def _title(facts: Facts) -> str:
    return facts.title.value if facts.title else facts.posting.origin


def _class(mention: Mention, choice: Choice | None) -> str:
    """Return the class of a mark: a member of what is required is not required by itself."""
    if choice is not None and mention.necessity == "required":
        return "alternative"
    return mention.necessity or "other"


def _why(mention: Mention, choice: Choice | None) -> str:
    """Return what a mark's title says: the rule, the value, and what else would do."""
    named = f"{mention.rule}: {mention.value or said_of(mention, choice)}"
    return f"{named}\n{choice.long}" if choice else named


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _holds_another(one: Mention, others: Sequence[Mention]) -> bool:
    """Tell whether a mention holds a skill, or as a choice holds one of its members."""
    within = MEMBERS if one.kind == "alternative" else SKILL
    return any(m.kind in within and one.start <= m.start and m.end <= one.end for m in others)
