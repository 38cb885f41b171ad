"""The command line: its commands, and what it says when one fails."""

from __future__ import annotations

import os
from typing import Annotated, NoReturn

import typer

from kg.commands.narrow_help import mend_narrow_help
from kg.commands.root import Root, first_steps
from kg.commands.zsh import mend_zsh
from kg.ending import end_with
from kg.printing import out

app = typer.Typer(
    name="kg",
    cls=Root,
    help="Job postings in, a knowledge graph of roles, skills and employers out.",
    epilog='Start with `kg build PATH`, then `kg ask` or `kg compare "ROLE I" "ROLE II"`.',
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
mend_zsh()
mend_narrow_help()


def main(words: list[str] | None = None) -> NoReturn:
    """Run the command line, as `kg.ending` says."""
    # Tables here are small: threads would wait for one another longer than they work, twenty times
    # longer on a busy machine, and the last digits would depend on how many there are.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    end_with(lambda: app(words, prog_name="kg"))


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from kg.store_folder import program_version

        out(program_version())
        raise typer.Exit
    if context.invoked_subcommand is None:
        out(first_steps())
        out(context.get_help().rstrip())
        raise typer.Exit(2)
