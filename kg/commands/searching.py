"""The command that searches: search."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.commands.options import (
    STORE,
    CsvOption,
    EndpointOption,
    JsonOption,
    StoreOption,
    form_of,
    opened,
)
from kg.printing import print_items

app = typer.Typer()


@app.command(epilog='Example: kg search "k8s machine learning" --kind posting')
def search(
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    kind: Annotated[
        list[str] | None,
        typer.Option(help="posting, role, skill or employer; several may be given."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Hits of each kind, at the most.")] = 10,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Search postings, roles, skills and employers by words and by what they mean."""
    from kg.search.searching import COLUMNS, Found
    from kg.views.search_text import print_hits

    form = form_of(as_json=as_json, as_csv=as_csv)
    unknown = [one for one in kind or [] if one not in list(Found)]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no kind; there are {', '.join(Found)}")
    kinds = [Found(one) for one in kind] if kind else None
    with opened(store, endpoint) as graph:
        hits = graph.search(" ".join(words), kinds=kinds, limit=limit)
    print_items(form, hits, COLUMNS, lambda: print_hits(hits))
