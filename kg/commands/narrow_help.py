"""Help on a narrow terminal: each option on a line of its own, what it does below it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

WIDE: Final = 72
"""Columns from which on the framework's tables have room for the longest option beside its words;
in fewer it cuts the names of options off, and whoever reads them cannot use them."""


def mend_narrow_help() -> None:
    """Have the framework print help in one column where its tables have no room."""
    for kind in (TyperCommand, TyperGroup):
        kind.format_help = _fitting(kind.format_help)  # type: ignore[method-assign] # no other way in


def _fitting(wide: Callable[..., None]) -> Callable[..., None]:
    def format_help(command: Any, ctx: Any, formatter: Any) -> None:
        if shutil.get_terminal_size().columns >= WIDE:
            wide(command, ctx, formatter)
        else:
            _print_stacked(command, ctx)

    return format_help


def _print_stacked(command: Any, ctx: Any) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    _print(console, command.get_usage(ctx), 0)
    for paragraph in (command.help or "").split("\n\n"):
        console.print()
        is_list = any(line.startswith((" ", "- ")) for line in paragraph.splitlines())
        _print(console, paragraph if is_list else " ".join(paragraph.split()), 0)
    for title, entries in _panels(command, ctx).items():
        console.print()
        _print(console, title, 0, style="bold")
        for name, said in entries:
            _print(console, name, 1, style="cyan")
            _print(console, said, 4)
    if command.epilog:
        console.print()
        _print(console, command.epilog.replace("`", ""), 0)


def _panels(command: Any, ctx: Any) -> dict[str, list[tuple[str, str]]]:
    """Return the entries of the help by their headings, in the framework's order."""
    found: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record:
            default = "Options" if parameter.param_type_name == "option" else "Arguments"
            panel = getattr(parameter, "rich_help_panel", None) or default
            found.setdefault(panel, []).append(record)
    for one in _commands(command, ctx):
        panel = getattr(one, "rich_help_panel", None) or "Commands"
        found.setdefault(panel, []).append((one.name, one.get_short_help_str(limit=10_000)))
    return {title: entries for title, entries in found.items() if entries}


def _commands(command: Any, ctx: Any) -> Iterator[Any]:
    if isinstance(command, TyperGroup):
        for name in command.list_commands(ctx):
            one = command.get_command(ctx, name)
            if one is not None and not one.hidden:
                yield one


def _print(console: Console, text: str, indent: int, style: str | None = None) -> None:
    from rich.padding import Padding
    from rich.text import Text

    words = Text(text, style=style or "", overflow="fold")
    console.print(Padding(words, (0, 0, 0, indent), expand=False))
