"""The command that writes the graph in formats of others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.options import STORE, StoreOption, opened
from kg.printing import out, results

app = typer.Typer()


@app.command(epilog='Example: kg export --format jsonld --role "Data Engineer II" -o data.jsonld')
def export(
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="turtle, nquads, trig, jsonld, graphml or gexf; neo4j or parquet write a folder.",
        ),
    ] = "turtle",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file or new folder, else stdout.")
    ] = None,
    role: Annotated[
        str | None, typer.Option("--role", help="Only a role's postings; a level may follow it.")
    ] = None,
    employer: Annotated[
        str | None, typer.Option("--employer", help="Only an employer's postings.")
    ] = None,
    postings: Annotated[
        list[str] | None,
        typer.Option(
            "--posting", help="Only the posting with this id. May be given several times."
        ),
    ] = None,
    runs: Annotated[
        bool, typer.Option("--runs", help="The runs too, with their times; Turtle and the like.")
    ] = False,
    store: StoreOption = STORE,
) -> None:
    """Write the graph, or the part that is named; the same store gives the same bytes."""
    chosen = {"role": role, "employer": employer}
    with opened(store) as graph:
        if output is None:
            with results() as stdout:
                graph.export(form, stdout.buffer, runs=runs, postings=postings or (), **chosen)
        else:
            graph.export(form, output, runs=runs, postings=postings or (), **chosen)
            out(str(output))
