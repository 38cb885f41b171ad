"""`kg` itself: where to begin, and what was probably meant."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from typer.core import TyperGroup

from kg.commands.options import STORE
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
    """The command of all commands. What is no option is answered with those that are near."""

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
