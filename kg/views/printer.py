"""What a page of text on stdout is made of: heads, sentences, tables, and what was quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.printing import console, is_screen, print_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.text import Text

    from kg.views.quotations import Quotations

MOST: Final = 25
"""Rows of a table, at most; the rest is counted, and stands in --json and --csv."""


class Printer:
    """Writes on stdout; text is plain, whatever signs it has."""

    def __init__(self) -> None:
        self._to = console()
        self._whole = not is_screen()

    def title(self, *parts: str) -> None:
        """Print the page's first line; every other part of it, from the first on, stands out."""
        marked = (
            f"[bold]{_plain(part)}[/]" if place % 2 == 0 else _plain(part)
            for place, part in enumerate(parts)
        )
        self._to.print("".join(marked), soft_wrap=self._whole)

    def head(self, text: str) -> None:
        """Print a line that stands out, after an empty one."""
        self._to.print(f"\n[bold]{_plain(text)}[/]", soft_wrap=self._whole)

    def line(self, text: str) -> None:
        """Print a line; on a screen it is folded below its own beginning."""
        from rich.padding import Padding

        if self._whole:
            self._to.print(_plain(text), soft_wrap=True)
            return
        beginning = len(text) - len(text.lstrip())
        self._to.print(Padding(_plain(text.lstrip()), (0, 0, 0, beginning), expand=False))

    def note(self, text: str | None, title: str = "") -> None:
        """Print a paragraph, if there is one, after an empty line."""
        if text:
            self._to.print(
                f"\n[bold]{_plain(title)}[/] {_plain(text)}" if title else f"\n{_plain(text)}"
            )

    def table(
        self,
        title: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str | Text]],
        *,
        right: Iterable[int] = (),
        most: int = MOST,
        total: int | None = None,
    ) -> None:
        """Print a table of the first `most` rows and count the others; nothing without rows.

        `total` says how many there are, where `rows` are not all of them.
        """
        if not rows:
            return
        self._to.print()
        print_table(self._to, columns, rows[:most], title=title, right=right)
        left = (len(rows) if total is None else total) - len(rows[:most])
        if left > 0:
            self._to.print(f"  and {left} more: --json and --csv have them all")

    def quoted(self, quotations: Quotations) -> None:
        """Name the postings that were quoted."""
        lines = quotations.sources()
        if lines:
            self.head("Quoted")
            for line in lines:
                self.line(f"  {line}")


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
