"""A posting's text with every mention marked, section by section, for the terminal."""

from __future__ import annotations

from textwrap import shorten
from typing import Final

from kg.printing import Form, console, print_rows
from kg.views.choices import Choices
from kg.views.explanation import EDIT_COLUMNS, edit_rows
from nlp.sections import section_at
from nlp.types import Facts

STYLES: Final = {"required": "bold green", "preferred": "bold cyan", "mentioned": "yellow"}
OTHER: Final = "magenta"
COLUMNS: Final = ("at", "words", "kind", "means", "necessity", "section", "rule")
LONGEST: Final = 60


def print_explanation(facts: Facts) -> None:
    """Print the marked text, what was repaired in it, and why each mention was taken."""
    print_marked(facts)
    if facts.posting.edits:
        rows = edit_rows(facts.posting.edits)
        print_rows(EDIT_COLUMNS, rows, Form.TABLE, title="What was repaired in the text as read")
    print_rows(COLUMNS, mark_rows(facts), Form.TABLE, title="Every mention, and the rule")


def mark_rows(facts: Facts) -> list[tuple[str | None, ...]]:
    """Return a row for each mention, in order of position; a concept shows as its local name.

    A member of a choice says so: "one of 3, required", and the choice itself what its members are.
    """
    choices = Choices(facts)
    rows: list[tuple[str | None, ...]] = []
    for mention in facts.mentions:
        value, necessity = mention.value or "", mention.necessity
        choice = choices.of(mention)
        rows.append(
            (
                f"{mention.start}-{mention.end}",
                shorten(" ".join(mention.text.split()), LONGEST, placeholder=" …"),
                mention.kind.replace("_", " "),
                choice.long
                if choice and mention.kind == "alternative"
                else value.rsplit("/", 1)[-1]
                if "://" in value
                else mention.value,
                f"{choice.short}, {necessity}" if choice else necessity,
                mention.section.value,
                mention.rule,
            )
        )
    return rows


def print_marked(facts: Facts) -> None:
    """Print the text; marks stand in «guillemets», so that they show without colours too.

    Where mentions overlap, the innermost pairs are marked as well: «1 year of «Python»».
    """
    from rich.text import Text

    text = facts.posting.text
    opens: dict[int, int] = {}
    closes: dict[int, int] = {}
    for start, end in {(mention.start, mention.end) for mention in facts.mentions}:
        opens[start] = opens.get(start, 0) + 1
        closes[end] = closes.get(end, 0) + 1
    styled = Text(text)
    for mention in facts.mentions:
        styled.stylize(STYLES.get(mention.necessity or "", OTHER), mention.start, mention.end)
    out = Text()
    position = 0
    borders = sorted({section.start for section in facts.sections} | opens.keys() | closes.keys())
    for border in [*borders, len(text)]:
        out.append_text(styled[position:border])
        out.append("»" * closes.get(border, 0))
        if any(section.start == border for section in facts.sections):
            section = section_at(facts.sections, border)
            heading = f": {section.heading}" if section.heading else ""
            out.append(f"\n── {section.kind}{heading} ──\n", style="bold dim")
        out.append("«" * opens.get(border, 0))
        position = border
    console().print(out, soft_wrap=True)
