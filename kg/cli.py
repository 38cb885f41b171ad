"""The command line: its commands, and what it says when one fails."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from kg.commands import asking, keeping, reading
from kg.printing import hush, out, say
from kg.store_folder import StoreError

app = typer.Typer(
    name="kg",
    help="Job postings in, a knowledge graph of roles, skills and employers out.",
    epilog='Start with `kg build PATH`, then `kg ask` or `kg compare "ROLE I" "ROLE II"`.',
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (reading, asking, keeping):
    app.add_typer(part.app)


def main(words: list[str] | None = None) -> NoReturn:
    """Run the command line. Exit 0 is yes, 1 no, 2 bad input or usage.

    A reader that leaves early ("| head") changes nothing of that.
    """
    code: int | str | None = 0
    try:
        app(words)
    except SystemExit as stopped:
        code = stopped.code
        if isinstance(stopped.__context__, BrokenPipeError):  # the framework's own help has exit 1
            hush()
            code = 0
    except (StoreError, ValueError, LookupError, OSError, SyntaxError) as error:
        say(f"kg: {message(error)}")
        code = 2
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        hush()
    raise SystemExit(code)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from kg.store_folder import program_version

        out(program_version())
        raise typer.Exit


ADVICE: Final = {
    errno.EACCES: "choose one that you may read or write",
    errno.EISDIR: "name a file in it",
    errno.ENOSPC: "make room, or choose another place",
    errno.ENOTDIR: "a part of its path is a file; choose another place",
    errno.EROFS: "choose a place that can be written",
}
"""What to do about an error of the operating system."""
LONGEST_EXPECTED: Final = 60
"""Characters of what a parser says it expected; beyond that it lists half of Unicode."""


def message(error: Exception) -> str:
    """Return what went wrong and what would work, in one line."""
    if isinstance(error, SyntaxError):
        return f"this is no valid SPARQL: {_position(str(error))}"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}; {_advice(error)}".replace("; ", "; ", 1)
    return " ".join(str(error).split())


def _advice(error: OSError) -> str:
    if error.errno == errno.ENOENT:
        folder = Path(str(error.filename)).parent
        return "name one that exists" if folder.is_dir() else f"make the folder {folder} first"
    return ADVICE.get(error.errno or 0, "choose another")


def _position(said: str) -> str:
    """Return "line 2, column 9: expected OPTIONAL" of a parser's message."""
    line = " ".join(said.split())
    found = re.match(r"error at (\d+):(\d+): (.*)", line)
    if not found:
        return line
    expected = found[3].replace("expected one of Prefix not found, ", "a prefix that ")
    return f"line {found[1]}, column {found[2]}: {expected}"
