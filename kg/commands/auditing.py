"""The command that looks for what does not fit: audit."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.commands.options import (
    STORE,
    CopiesOption,
    CsvOption,
    EndpointOption,
    JsonOption,
    StoreOption,
    form_of,
    opened,
)
from kg.copies.counting import check_copies
from kg.printing import print_items

app = typer.Typer()


@app.command(epilog="Example: kg audit --check lower-degree-above --check pay-outside")
def audit(
    check: Annotated[
        list[str] | None,
        typer.Option(
            help="entry-level-years, lower-degree-above, less-pay-above, pay-outside, "
            "degree-inflation or long-list; several may be given, without one all are made."
        ),
    ] = None,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    copies: CopiesOption = "one",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Name postings that contradict themselves, their employer's others, or the market."""
    from kg.analysis.doubts.doubt import COLUMNS
    from kg.views.audit_text import print_audit

    form, counted = form_of(as_json=as_json, as_csv=as_csv), check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.audit(checks=check or None, copies=counted)
    print_items(form, found, COLUMNS, lambda: print_audit(found))
