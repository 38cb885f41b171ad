"""Options that many commands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.printing import Form

if TYPE_CHECKING:
    from kg import KnowledgeGraph

StoreOption = Annotated[
    Path, typer.Option("--store", envvar="KG_STORE", help="The folder of the store.")
]
EndpointOption = Annotated[
    str | None,
    typer.Option(
        "--endpoint", envvar="KG_ENDPOINT", help="A SPARQL 1.1 endpoint to ask, not the store."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
VocabularyOption = Annotated[
    list[Path],
    typer.Option(
        "--vocabulary",
        envvar="KG_VOCABULARY",
        help="Your own vocabulary (Turtle) beside ours; where both have a label, yours counts. "
        "May be given several times.",
    ),
]
STORE: Final = Path("kg-store")


def opened(store: Path, endpoint: str | None) -> KnowledgeGraph:
    """Return the graph in the store's folder, or behind the endpoint if one is named."""
    from kg import KnowledgeGraph

    return KnowledgeGraph.connect(endpoint) if endpoint else KnowledgeGraph.open(store)


def form_of(*, as_json: bool, as_csv: bool) -> Form:
    """Return the form that was asked for. Raises `typer.BadParameter` for two."""
    if as_json and as_csv:
        raise typer.BadParameter("take one of --json and --csv")
    return Form.JSON if as_json else Form.CSV if as_csv else Form.TABLE
