"""Options that many commands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.commands.completion import among, complete_reading
from kg.printing import Form, say
from kg.store_folder import USUAL

if TYPE_CHECKING:
    from kg import KnowledgeGraph
    from nlp.readers import ReadingOptions

StoreOption = Annotated[
    Path, typer.Option("--store", envvar="KG_STORE", help="The folder of the store.")
]
EndpointOption = Annotated[
    str | None,
    typer.Option(
        "--endpoint", envvar="KG_ENDPOINT", help="A SPARQL 1.1 endpoint to ask, not the store."
    ),
]
CopiesOption = Annotated[
    str,
    typer.Option(
        help="one: of copies of one job one counts; all: each does.",
        autocompletion=among("one", "all"),
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
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="Read every input as this format, whatever it looks like.",
        autocompletion=complete_reading,
    ),
]
MapOption = Annotated[
    list[str],
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Which column or key of a table has a field: --map title=Position. "
        "May be given several times.",
    ),
]
KeepContactsOption = Annotated[
    bool,
    typer.Option("--keep-contacts", help="Leave people's names, addresses and numbers unmasked."),
]
STORE: Final = Path(USUAL)


def opened(store: Path, endpoint: str | None = None) -> KnowledgeGraph:
    """Return the graph in the store's folder, or behind the endpoint if one is named.

    Where a store has more than is seen of it, that is said.
    """
    from kg import KnowledgeGraph

    if endpoint:
        from kg.sparql_client import patience

        return KnowledgeGraph.connect(endpoint, seconds=patience())
    graph = KnowledgeGraph.open(store)
    if state := str(graph.store.view or ""):
        say(f"kg: {state}")
    return graph


def reading_options(form: str | None, maps: list[str], *, keep_contacts: bool) -> ReadingOptions:
    """Return how inputs are to be read. Raises `typer.BadParameter` for what does not exist."""
    from nlp.readers import ReadingOptions
    from nlp.readers.columns import ROLES
    from nlp.readers.formats import check
    from nlp.types import FieldKind

    fields = ("body", *FieldKind, *sorted(ROLES - {"body", *FieldKind}))
    columns: dict[str, str] = {}
    for given in maps:
        name, equals, column = given.partition("=")
        if name not in fields or not column.strip() or not equals:
            known = ", ".join(fields)
            raise typer.BadParameter(f"--map {given}: write FIELD=COLUMN; the fields are {known}")
        columns[name] = column.strip()
    if form is not None:
        try:
            check(form)
        except ValueError as error:
            raise typer.BadParameter(f"--format: {error}") from error
    return ReadingOptions(form, columns, keep_contacts)


def form_of(*, as_json: bool, as_csv: bool) -> Form:
    """Return the form that was asked for. Raises `typer.BadParameter` for two."""
    if as_json and as_csv:
        raise typer.BadParameter("take one of --json and --csv")
    return Form.JSON if as_json else Form.CSV if as_csv else Form.TABLE
