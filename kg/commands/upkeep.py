"""Commands that look after a store: stats, backup, optimize."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.options import STORE, CsvOption, JsonOption, StoreOption, form_of, opened
from kg.printing import Form, out, print_json, print_rows, say

app = typer.Typer()


@app.command(epilog="Example: kg stats --store kg-store")
def stats(
    store: StoreOption = STORE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Count what is in the store: postings, skills, quads by kind of graph, room on the disk."""
    from kg.upkeep import store_figures

    form = form_of(as_json=as_json, as_csv=as_csv)
    with opened(store) as graph:
        figures = store_figures(graph.store)
    if form is Form.JSON:
        print_json(figures.to_json())
    else:
        print_rows(("what", "number"), figures.to_rows(), form)


@app.command(epilog="Example: kg backup kg-store-friday")
def backup(
    folder: Annotated[Path, typer.Argument(help="Where to: a new or an empty folder.")],
    store: StoreOption = STORE,
) -> None:
    """Copy the store into a folder that is a store itself; a build may work on it meanwhile."""
    from kg.upkeep import back_up

    with opened(store) as graph:
        copied = back_up(graph.store, folder)
    say(f"{copied} quads copied; use the copy with --store {folder}")
    out(str(folder))


@app.command(epilog="Example: kg optimize --store kg-store")
def optimize(store: StoreOption = STORE, as_json: JsonOption = False) -> None:
    """Put the store's files in order after large builds; nothing in it changes."""
    from kg.upkeep import optimize as put_in_order

    done = put_in_order(store)
    if as_json:
        print_json(asdict(done))
    else:
        out(f"{done.before} bytes on disk before, {done.after} after")
