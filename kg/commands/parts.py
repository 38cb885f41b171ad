"""The commands by the module that holds them: one is imported when it is called, all for help."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "Read postings": {"reading": ("build", "extract", "explain", "evaluate")},
    "Ask": {"asking": ("ask", "query", "compare"), "searching": ("search",)},
    "Look": {"showing": ("show",), "plotting": ("plot",), "serving": ("serve",)},
    "Analyse": {
        "analysing": ("ladder", "trends", "pay"),
        "candidates": ("gap", "match", "path"),
        "linking": ("cooccurrence", "communities", "central", "similar", "recommend"),
        "auditing": ("audit",),
    },
    "Keep the store": {
        "keeping": ("validate", "remove"),
        "upkeep": ("stats", "backup", "optimize"),
        "diffing": ("diff",),
        "inferring": ("infer",),
    },
    "Hand on": {"exporting": ("export",), "pushing": ("push",)},
    "Own words": {"vocabulary": ("vocab",)},
}
"""The commands under the heads of help, in its order."""
MODULES: Final = {
    name: module for parts in PARTS.values() for module, names in parts.items() for name in names
}
_PANELS: Final = {module: panel for panel, parts in PARTS.items() for module in parts}


def load(module: str) -> dict[str, Any]:
    """Import a module of commands and return these by name.

    The framework reads the parameters of each command it is told of, by type: of all of them that
    takes a tenth of a second, which `kg query` on a small store does not take otherwise.
    """
    part: typer.Typer = import_module(f"kg.commands.{module}").app
    for command in part.registered_commands:
        command.rich_help_panel = _PANELS[module]
    for group in part.registered_groups:
        group.rich_help_panel = _PANELS[module]
    whole = typer.Typer(rich_markup_mode="markdown")
    whole.add_typer(part)
    return dict(typer.main.get_group(whole).commands)
