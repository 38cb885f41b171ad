"""`kg` itself: where to begin, and what was probably meant."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from typer.core import TyperGroup

from kg.commands.options import STORE
from kg.commands.parts import MODULES, load
from kg.store_folder import STAMP

FIRST: Final = """\
First  kg build PATH                   reads postings: files, folders, feeds
Look   kg serve                        shows what they say, in your browser
Ask    kg compare "ROLE I" "ROLE II"   what separates two groups of them
"""
NEXT: Final = """\
Look   kg serve                        shows what {store} says, in your browser
Ask    kg compare "ROLE I" "ROLE II"   what separates two groups of postings
Add    kg build PATH                   reads more of them: files, folders, feeds
"""


def first_steps() -> str:
    """Return what to do first, or next where there is a store: three lines."""
    store = Path(os.environ.get("KG_STORE") or STORE)
    return NEXT.format(store=store) if (store / STAMP).is_file() else FIRST


class Root(TyperGroup):
    """The command of all commands: it knows their names, and imports the one that is called.

    What is no command or no option is answered with those that are near.
    """

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  the framework's names
        """Return the command of that name, or None."""
        if cmd_name in MODULES and cmd_name not in self.commands:
            self.commands.update(load(MODULES[cmd_name]))
        return self.commands.get(cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, in the order of help; from then on it has them all."""
        self.commands = {name: self.get_command(ctx, name) for name in MODULES}
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the words begin with; what is near is sought among all."""
        if args[0] not in MODULES:
            self.list_commands(ctx)
        return super().resolve_command(ctx, args)

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Read the words before the command's name."""
        try:
            return super().make_context(*args, **options)
        except Exception as error:
            _suggest(error)
            raise

    def invoke(self, ctx: Any) -> Any:
        """Read the words behind it, and run it."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            _suggest(error)
            raise


def _suggest(error: Any) -> None:
    """Say of options what is said of commands, questions and names: did you mean.

    The framework lists "possible options"; its class stands in another module of its each year.
    """
    if type(error).__name__ == "NoSuchOption" and error.possibilities:
        near = " or ".join(sorted(error.possibilities))
        error.message = f"{error.message}. Did you mean {near}?"
        error.possibilities = None
