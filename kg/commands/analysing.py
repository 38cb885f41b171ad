"""Commands that reckon: ladder, trends, pay."""

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
from kg.printing import print_result

app = typer.Typer()

EstimatesOption = Annotated[
    bool,
    typer.Option("--estimates", help="Read a board's estimates of the pay, not what is stated."),
]


@app.command(epilog='Example: kg ladder "Data Engineer" --plain')
def ladder(
    role: Annotated[str, typer.Argument(help="A role, without a level.")],
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Give postings without a level the place of Mid-level."),
    ] = False,
    least: Annotated[int, typer.Option(help="Postings that a level must have.", min=1)] = 1,
    estimates: EstimatesOption = False,
    copies: CopiesOption = "one",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show a role's levels in order: what each adds, drops and keeps; years, degrees, pay; trends.

    Steps between levels of 30 postings and 10 employers each are tested as `kg compare` does; of
    others it is said how many postings would be needed. Trends take employers for the witnesses.
    """
    from kg.analysis.ladder_table import COLUMNS
    from kg.passages import Passages
    from kg.views.ladder_text import print_ladder

    form, counted = form_of(as_json=as_json, as_csv=as_csv), check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.ladder(role, copies=counted, plain=plain, least=least, estimates=estimates)
        print_result(form, found, COLUMNS, lambda: print_ladder(found, Passages(graph.source)))


@app.command(epilog='Example: kg trends --role "Data Engineer" --by quarter')
def trends(
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    role: Annotated[str | None, typer.Option(help="Only postings of this role.")] = None,
    skill: Annotated[str | None, typer.Option(help="Only this skill.")] = None,
    by: Annotated[str, typer.Option(help="How long a period is: month, quarter, year.")] = "month",
    asked: Annotated[
        str, typer.Option(help="How a posting asks: required, preferred, mentioned, any.")
    ] = "required",
    copies: CopiesOption = "one",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what share of each period's postings is of a role, or asks for a skill; what changes.

    Needs postings with dates: 30 of 10 employers in three periods. A job that is posted again
    counts once, at its first date. Tests take employers for the witnesses.
    """
    from kg.analysis.timeline import check_by
    from kg.analysis.trend_rows import COLUMNS
    from kg.analysis.trends import check_asked
    from kg.passages import Passages
    from kg.views.trends_text import print_trends

    form = form_of(as_json=as_json, as_csv=as_csv)
    length, way, counted = check_by(by), check_asked(asked), check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.trends(role=role, skill=skill, by=length, asked=way, copies=counted)
        print_result(form, found, COLUMNS, lambda: print_trends(found, Passages(graph.source)))


@app.command(epilog='Example: kg pay --role "Machine Learning Engineer"')
def pay(
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    role: Annotated[str | None, typer.Option(help="Only postings of this role.")] = None,
    level: Annotated[str | None, typer.Option(help="Only postings of this level.")] = None,
    place: Annotated[str | None, typer.Option(help='Only this place: "Austin, TX".')] = None,
    period: Annotated[
        str | None, typer.Option(help="Only postings dated so: 2025, 2025-01..2025-06.")
    ] = None,
    skill: Annotated[str | None, typer.Option(help="Only the premium of this skill.")] = None,
    by: Annotated[
        str | None,
        typer.Option(
            help="By role, level, place, month, quarter or year; by level where a role is given."
        ),
    ] = None,
    currency: Annotated[
        str | None, typer.Option(help="The currency; without it the one of the most postings.")
    ] = None,
    estimates: EstimatesOption = False,
    copies: CopiesOption = "one",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what is paid by the year: quantiles with intervals, and the premium of skills.

    Quantiles need 10 postings of 10 employers. A premium is told where 60 postings state both ends
    of their pay, 10 of 10 employers require the skill and as many do not; role, level and place
    are held fixed. Intervals take employers for the witnesses.
    """
    from kg.analysis.pay import check_pay_by
    from kg.analysis.pay_rows import COLUMNS
    from kg.passages import Passages
    from kg.views.pay_text import print_pay

    form = form_of(as_json=as_json, as_csv=as_csv)
    told, counted = check_pay_by(by) if by else None, check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.pay(
            role=role,
            level=level,
            place=place,
            period=period,
            skill=skill,
            by=told,
            currency=currency,
            estimates=estimates,
            copies=counted,
        )
        print_result(form, found, COLUMNS, lambda: print_pay(found, Passages(graph.source)))
