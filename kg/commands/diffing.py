"""The command that compares two runs over the same postings: diff."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.commands.options import STORE, CsvOption, JsonOption, StoreOption, form_of
from kg.printing import Form, print_json, print_rows, say

app = typer.Typer()


@app.command(epilog="Example: kg diff, after a build by other rules or vocabulary")
def diff(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[A] [B]",
            help="Two runs (the beginning of a name in `kg ask runs`), or two stores' folders. "
            "Without B: what the store holds; without A: the run that was replaced last.",
        ),
    ] = None,
    store: StoreOption = STORE,
    examples: Annotated[
        int, typer.Option(min=0, help="How many changes to show of each kind and rule.")
    ] = 2,
    forget: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="Throw away what is kept of a run, or of all of them."),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Say which facts two runs took otherwise from the same postings, and which rules did it.

    Where a build replaces a posting's facts by those of another program, vocabulary or rules, the
    old ones are kept in former.sqlite in the store's folder: packed, and only where they differ.
    They go with their posting; --forget throws them away (`kg stats` says how large they are).
    """
    from kg.diffs.readings import diff as compare
    from kg.diffs.readings import forget as throw_away
    from kg.views.diff_text import COLUMNS, change_rows, print_diff

    form = form_of(as_json=as_json, as_csv=as_csv)
    if forget is not None:
        gone = throw_away(forget, store)
        say(f"forgotten: the former facts of {gone} posting{'' if gone == 1 else 's'}")
        return
    if names and len(names) > 2:
        raise typer.BadParameter("give two runs or two stores, one, or none")
    found = compare(names or [], store)
    if form is Form.JSON:
        print_json(found.to_json())
    elif form is Form.CSV:
        print_rows(COLUMNS, change_rows(found.changes), form)
    else:
        print_diff(found, examples)
