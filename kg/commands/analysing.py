"""Commands that reckon: ladder, trends, pay."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.commands.analysis_options import (
    AskedOption,
    CurrencyOption,
    EstimatesOption,
    LeastOption,
    OneLevelOption,
    OneRoleOption,
    PayByOption,
    PeriodOption,
    PlaceOption,
    PlainOption,
    RoleArgument,
    SkillOption,
    SpanOption,
)
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


@app.command(epilog='Example: kg ladder "Data Engineer" --plain')
def ladder(
    role: RoleArgument,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    plain: PlainOption = False,
    least: LeastOption = 1,
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
    role: OneRoleOption = None,
    skill: SkillOption = None,
    by: PeriodOption = "month",
    asked: AskedOption = "required",
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
    role: OneRoleOption = None,
    level: OneLevelOption = None,
    place: PlaceOption = None,
    period: SpanOption = None,
    skill: Annotated[str | None, typer.Option(help="Only the premium of this skill.")] = None,
    by: PayByOption = None,
    currency: CurrencyOption = None,
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
