"""The command that writes the graph in formats of others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Annotated

import typer

from kg.commands.completion import complete_export
from kg.commands.options import STORE, StoreOption, opened
from kg.printing import out, results
from kg.progress import summarise, watched

app = typer.Typer()


@app.command(epilog='Example: kg export --format jsonld --role "Data Engineer II" -o data.jsonld')
def export(
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="turtle, nquads, trig, jsonld, graphml or gexf; neo4j or parquet write a folder.",
            autocompletion=complete_export,
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
    inferred: Annotated[
        bool,
        typer.Option("--inferred", help="What `kg infer` inferred too; Turtle and the like."),
    ] = False,
    store: StoreOption = STORE,
) -> None:
    """Write the graph, or the part that is named; the same store gives the same bytes."""
    nobody_sees = output is None and sys.stdout.isatty()
    with opened(store) as graph, watched("writing", "graphs", quiet=nobody_sees) as bar:

        def write(target: Path | IO[bytes]) -> None:
            graph.export(
                form,
                target,
                runs=runs,
                inferred=inferred,
                role=role,
                employer=employer,
                postings=postings or (),
                watch=bar.told,
            )

        if output is None:
            with results() as stdout:
                write(stdout.buffer)
        else:
            write(output)
    if output is not None:
        out(str(output))
        summarise(("file", "bytes"), _written(output))


def _written(output: Path) -> list[tuple[str, int | str]]:
    """Return each file that was written, with its size."""
    files = sorted(output.iterdir()) if output.is_dir() else [output]
    return [(file.name, file.stat().st_size) for file in files]
