"""Commands on the store as a whole: validate, remove."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from kg.commands.options import STORE, CsvOption, JsonOption, StoreOption, form_of, opened
from kg.printing import out, print_rows, say
from kg.progress import summarise, watched
from ontology import terms

app = typer.Typer()


@app.command(epilog="Example: kg validate --store kg-store")
def validate(
    store: StoreOption = STORE,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that look at the graphs.")] = 1,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Hold the graph to its SHACL shapes; exit 1 where it does not fit, naming node and shape."""
    with opened(store) as graph, watched("validating", "graphs", quiet=as_json) as bar:
        graphs = len(graph.store.graphs())
        violations = graph.validate(jobs=jobs, watch=bar.told)
    columns = ("graph", "node", "shape", "path", "message", "remedy")
    rows = [tuple(getattr(one, column) for column in columns) for one in violations]
    if rows or as_json or as_csv:
        print_rows(columns, rows, form_of(as_json=as_json, as_csv=as_csv))
    if not as_json:
        shapes = Counter(f"breaks {terms.short(one.shape)}" for one in violations)
        summarise(("looked at", "number"), {"graphs": graphs, **dict(sorted(shapes.items()))})
    if violations:
        raise typer.Exit(1)
    say("valid: every graph has the shape it should")


@app.command(epilog="Example: kg remove 3f41d0c2a7b96e51c204")
def remove(
    postings: Annotated[list[str], typer.Argument(help="Ids, as `kg ask postings` lists them.")],
    store: StoreOption = STORE,
) -> None:
    """Take postings out of the store, whole."""
    from kg import KnowledgeGraph

    with KnowledgeGraph.open(store, read_only=False) as graph:
        missing = graph.remove_all(postings)
    for posting in postings:
        if posting in missing:
            say(f"kg: no posting {posting} in {store}; `kg ask postings` lists them")
        else:
            out(f"removed {posting}")
    if missing:
        raise typer.Exit(2)
