"""The command that sends the graph elsewhere: push."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.commands.options import STORE, StoreOption
from kg.printing import out, say

app = typer.Typer()


@app.command(epilog="Example: kg push http://localhost:7878/update")
def push(
    endpoint: Annotated[str, typer.Argument(help="Where the other store takes SPARQL updates.")],
    store: StoreOption = STORE,
    query: Annotated[
        str | None,
        typer.Option(
            help="Where it answers queries: unless given, the same address, with .../query "
            "for .../update and .../sparql for .../sparql-auth."
        ),
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take away what is there and not here.")
    ] = False,
    inferred: Annotated[
        bool, typer.Option("--inferred", help="Send what `kg infer` inferred too.")
    ] = False,
) -> None:
    """Send the graph to another SPARQL 1.1 store; what is the same there is not sent again.

    A name for it stands in the address (http://name@host/...), its password in KG_PASSWORD.
    """
    from kg.push import push as send
    from kg.push import query_address
    from kg.sparql_client import SparqlClient
    from kg.store import Store

    with Store.open(store) as opened:
        report = send(
            opened,
            SparqlClient(endpoint),
            SparqlClient(query or query_address(endpoint)),
            prune=prune,
            inferred=inferred,
            progress=lambda sent, of: say(f"{sent} of {of} graphs"),
        )
    out(report.summary())
