"""Commands that write a picture for a slide: plot compare, ladder, pay, trends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.analysis_options import (
    AskedOption,
    CurrencyOption,
    EstimatesOption,
    FirstGroup,
    LeastOption,
    OneLevelOption,
    OneRoleOption,
    PayByOption,
    PeriodOption,
    PlaceOption,
    PlainOption,
    RoleArgument,
    SecondGroup,
    SkillOption,
    SpanOption,
)
from kg.commands.options import STORE, CopiesOption, EndpointOption, StoreOption, opened
from kg.printing import out

if TYPE_CHECKING:
    import altair as alt

app = typer.Typer()
plot = typer.Typer(
    help="Write a figure as PNG or SVG (pip install 'rolegraph[plots]').", no_args_is_help=True
)
app.add_typer(plot, name="plot")

PictureOption = Annotated[
    Path, typer.Option("--output", "-o", help="The picture to write: .png or .svg.")
]


@plot.command(
    "compare", epilog='Example: kg plot compare "Data Scientist" "Data Engineer" -o odds.png'
)
def plot_compare(
    a: FirstGroup,
    b: SecondGroup,
    output: PictureOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    copies: CopiesOption = "one",
) -> None:
    """Draw the odds of the skills that separate two groups, with intervals.

    The groups must be large enough to be tested: 30 postings of 10 employers a side.
    """
    from kg.copies.counting import check_copies
    from kg.views.plots import check_picture, comparison_plot

    check_picture(output)
    counted = check_copies(copies)
    with opened(store, endpoint) as graph:
        _write(comparison_plot(graph.compare(a, b, copies=counted)), output)


@plot.command("ladder", epilog='Example: kg plot ladder "Data Scientist" --plain -o levels.svg')
def plot_ladder(
    role: RoleArgument,
    output: PictureOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    plain: PlainOption = False,
    least: LeastOption = 1,
    estimates: EstimatesOption = False,
    copies: CopiesOption = "one",
) -> None:
    """Draw the median pay of a role's levels, or years where no pay is known, with intervals."""
    from kg.copies.counting import check_copies
    from kg.views.plots import check_picture, ladder_plot

    check_picture(output)
    counted = check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.ladder(role, copies=counted, plain=plain, least=least, estimates=estimates)
        _write(ladder_plot(found), output)


@plot.command("pay", epilog="Example: kg plot pay --by level -o pay.svg")
def plot_pay(
    output: PictureOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    role: OneRoleOption = None,
    level: OneLevelOption = None,
    place: PlaceOption = None,
    period: SpanOption = None,
    by: PayByOption = None,
    currency: CurrencyOption = None,
    estimates: EstimatesOption = False,
    copies: CopiesOption = "one",
) -> None:
    """Draw the quantiles of pay of each group on one axis."""
    from kg.analysis.pay import check_pay_by
    from kg.copies.counting import check_copies
    from kg.views.plots import check_picture, pay_plot

    check_picture(output)
    told, counted = check_pay_by(by) if by else None, check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.pay(
            role=role,
            level=level,
            place=place,
            period=period,
            by=told,
            currency=currency,
            estimates=estimates,
            copies=counted,
        )
        _write(pay_plot(found), output)


@plot.command("trends", epilog='Example: kg plot trends --role "Data Engineer" -o trends.png')
def plot_trends(
    output: PictureOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    role: OneRoleOption = None,
    skill: SkillOption = None,
    by: PeriodOption = "month",
    asked: AskedOption = "required",
    copies: CopiesOption = "one",
) -> None:
    """Draw the shares of skills, or of roles, over time: the surest trends."""
    from kg.analysis.timeline import check_by
    from kg.analysis.trends import check_asked
    from kg.copies.counting import check_copies
    from kg.views.plots import check_picture, trends_plot

    check_picture(output)
    length, way, counted = check_by(by), check_asked(asked), check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.trends(role=role, skill=skill, by=length, asked=way, copies=counted)
        _write(trends_plot(found), output)


def _write(chart: alt.LayerChart, path: Path) -> None:
    from kg.views.plots import write_picture

    write_picture(chart, path)
    out(str(path))
