"""The command that looks for what does not fit: audit."""

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
from kg.printing import Form, print_json, print_rows

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
    copies: Annotated[
        str, typer.Option(help="one: of copies of one job one counts; all: each does.")
    ] = "one",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Name postings that contradict themselves, their employer's others, or the market."""
    from kg.copies.counting import check_copies

    form = form_of(as_json=as_json, as_csv=as_csv)
    counted = check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.audit(checks=check or None, copies=counted)
    if form is Form.JSON:
        print_json([one.to_json() for one in found])
    elif form is Form.CSV:
        columns = ("check", "posting", "title", "employer", "source", "message", "words", "peers")
        print_rows(columns, [tuple(one.to_row().values()) for one in found], form)
    else:
        from kg.views.audit_text import print_audit

        print_audit(found)
