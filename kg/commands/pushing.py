"""The command that sends the graph elsewhere: push."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.commands.options import STORE, StoreOption, opened
from kg.printing import out
from kg.progress import summarise, watched

app = typer.Typer()


@app.command(
    epilog="Examples: kg push http://localhost:7878/update · "
    "kg push --graph-store http://localhost:3030/jobs/data"
)
def push(
    endpoint: Annotated[str, typer.Argument(help="Where the other store takes updates.")],
    store: StoreOption = STORE,
    query: Annotated[
        str | None,
        typer.Option(
            help="Where it answers queries: unless given, what goes with the address in Oxigraph, "
            "Fuseki, Virtuoso, RDF4J and GraphDB (.../query for .../update), else the same one."
        ),
    ] = None,
    graph_store: Annotated[
        bool,
        typer.Option(
            "--graph-store",
            help="Send by the Graph Store Protocol (PUT, POST) and not by SPARQL Update.",
        ),
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take away what is there and not here.")
    ] = False,
    inferred: Annotated[
        bool, typer.Option("--inferred", help="Send what `kg infer` inferred too.")
    ] = False,
) -> None:
    """Send the graph to another SPARQL 1.1 store; what is the same there is not sent again.

    A push that was cut short goes on where it was.

    A name for it stands in the address (http://name@host/...), its password in KG_PASSWORD.
    """
    from kg.push import push as send
    from kg.push_ways import ByGraphStore, ByUpdate, query_address
    from kg.sparql_client import SparqlClient

    client = SparqlClient(endpoint)
    with opened(store) as graph, watched("sending", "triples") as bar:
        report = send(
            graph.store,
            ByGraphStore(client) if graph_store else ByUpdate(client),
            SparqlClient(query or query_address(endpoint)),
            prune=prune,
            inferred=inferred,
            progress=bar.told,
        )
    out(report.summary())
    summarise(("graphs", "number"), report.counts())
