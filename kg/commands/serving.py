"""The command that serves a store: serve."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from kg.commands.options import STORE, StoreOption
from kg.printing import say

app = typer.Typer()

NEEDS: Final = "kg serve needs starlette and uvicorn: pip install 'rolegraph[web]'"


@app.command(epilog="Example: kg serve --port 8080 --timeout 5")
def serve(
    store: StoreOption = STORE,
    host: Annotated[
        str, typer.Option(help="The address to listen on; others than this machine need 0.0.0.0.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8000,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds after which a query is ended.")
    ] = 10.0,
    workers: Annotated[int, typer.Option(min=1, help="Queries that run at once.")] = 2,
    max_result: Annotated[
        int, typer.Option(min=1, help="Megabytes of an answer at the most.")
    ] = 64,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A host name by which clients call this server, beside its address."),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(help="An origin whose pages may read the answers, such as https://a.example."),
    ] = None,
) -> None:
    """Serve the store as a SPARQL 1.1 endpoint, for reading, on /sparql.

    Queries run in processes of their own; one that runs too long is ended, SERVICE and updates
    are refused. A build may work on the store meanwhile: a query sees the newest whole state.
    """
    try:
        from kg.web.serving import run
    except ModuleNotFoundError as error:
        raise ValueError(NEEDS) from error
    from kg.web.app import LOOPBACK, Settings
    from kg.web.workers import Limits

    settings = Settings(
        limits=Limits(seconds=timeout, largest=max_result * 1_000_000, workers=workers),
        hosts=(*LOOPBACK, host, *(name or ())),
        origins=tuple(cors or ()),
    )
    run(store, settings, host, port, tell=say)
