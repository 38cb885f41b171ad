"""The command that serves a store: serve."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Final

import typer

from kg.commands.options import STORE, EndpointOption, StoreOption
from kg.printing import say

app = typer.Typer()

NEEDS: Final = (
    "kg serve needs starlette, uvicorn and python-multipart: pip install 'rolegraph[web]'"
)


@app.command(epilog="Example: kg serve --port 8080 --timeout 5")
def serve(
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    host: Annotated[
        str, typer.Option(help="The address to listen on; others than this machine need 0.0.0.0.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8000,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds after which a query or a page is ended.")
    ] = 10.0,
    analysis_timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds after which a comparison or a gap is ended.")
    ] = 120.0,
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
    token: Annotated[
        str | None,
        typer.Option(
            envvar="KG_TOKEN",
            help="What clients must know. One is made where --host is not this machine alone.",
        ),
    ] = None,
    is_open: Annotated[
        bool, typer.Option("--open", help="Ask for no token, whoever may reach the server.")
    ] = False,
) -> None:
    """Serve the store: a SPARQL 1.1 endpoint, for reading, on /sparql, and pages to look at on /.

    Queries and pages run in processes of their own; one that runs too long is ended, SERVICE and
    updates are refused. A build may work on the store meanwhile: each sees the newest whole state.
    With --endpoint the pages show what that endpoint holds.
    """
    try:
        from kg.web.serving import run
    except ModuleNotFoundError as error:
        raise ValueError(NEEDS) from error
    from kg.web.app import LOOPBACK, Settings
    from kg.web.served import Served
    from kg.web.workers import Limits

    settings = Settings(
        limits=Limits(seconds=timeout, largest=max_result * 1_000_000, workers=workers),
        hosts=(*LOOPBACK, host, *(name or ())),
        origins=tuple(cors or ()),
        analyses=Limits(seconds=analysis_timeout, workers=1),
        token=None if is_open else token or token_for(host),
    )
    served = Served(endpoint=endpoint) if endpoint else Served(folder=str(store))
    run(served, settings, host, port, tell=say)


def token_for(host: str) -> str | None:
    """Return a new token for a server that others can reach; None for this machine alone."""
    import secrets
    from ipaddress import ip_address

    with suppress(ValueError):
        return None if ip_address(host).is_loopback else secrets.token_urlsafe(18)
    return None if host == "localhost" else secrets.token_urlsafe(18)
