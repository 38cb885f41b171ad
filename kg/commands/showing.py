"""Commands that write a page of an answer: show compare, ladder, pay, trends, role, and others."""

from __future__ import annotations

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
from kg.commands.candidates import LevelOption, ResumeArgument, RoleOption
from kg.commands.drawing import PageOption, show, write
from kg.commands.linking import NecessityOption
from kg.commands.linking import RoleOption as GroupOption
from kg.commands.options import (
    STORE,
    CopiesOption,
    EndpointOption,
    StoreOption,
    opened,
)

if TYPE_CHECKING:
    from kg import KnowledgeGraph
    from kg.passages import Passages

app = typer.Typer()
app.add_typer(show, name="show")


@show.command(
    "compare", epilog='Example: kg show compare "Data Engineer I" "Data Engineer II" -o page.html'
)
def show_compare(
    a: FirstGroup,
    b: SecondGroup,
    output: PageOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    copies: CopiesOption = "one",
) -> None:
    """Write a page on what separates two groups: shares, odds with intervals, pay, the words."""
    from kg.copies.counting import check_copies
    from kg.views.pages.comparison_page import comparison_page

    counted = check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.compare(a, b, copies=counted)
        write(output, comparison_page(found, _passages(graph)))


@show.command("ladder", epilog='Example: kg show ladder "Data Engineer" --plain -o page.html')
def show_ladder(
    role: RoleArgument,
    output: PageOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    plain: PlainOption = False,
    least: LeastOption = 1,
    estimates: EstimatesOption = False,
    copies: CopiesOption = "one",
) -> None:
    """Write a page on a role's levels as steps: pay, years, degrees, what each adds and drops."""
    from kg.copies.counting import check_copies
    from kg.views.pages.ladder_page import ladder_page

    counted = check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.ladder(role, copies=counted, plain=plain, least=least, estimates=estimates)
        write(output, ladder_page(found, _passages(graph)))


@show.command("pay", epilog='Example: kg show pay --role "Data Engineer" -o page.html')
def show_pay(
    output: PageOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    role: OneRoleOption = None,
    level: OneLevelOption = None,
    place: PlaceOption = None,
    period: SpanOption = None,
    skill: SkillOption = None,
    by: PayByOption = None,
    currency: CurrencyOption = None,
    estimates: EstimatesOption = False,
    copies: CopiesOption = "one",
) -> None:
    """Write a page on pay: quantiles of each group on one axis, and what skills are paid."""
    from kg.analysis.pay import check_pay_by
    from kg.copies.counting import check_copies
    from kg.views.pages.pay_page import pay_page

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
        write(output, pay_page(found, _passages(graph)))


@show.command("trends", epilog='Example: kg show trends --role "Data Engineer" -o page.html')
def show_trends(
    output: PageOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    role: OneRoleOption = None,
    skill: SkillOption = None,
    by: PeriodOption = "month",
    asked: AskedOption = "required",
    copies: CopiesOption = "one",
) -> None:
    """Write a page on what rises and falls over time, of all postings, a role or a skill."""
    from kg.analysis.timeline import check_by
    from kg.analysis.trends import check_asked
    from kg.copies.counting import check_copies
    from kg.views.pages.trends_page import trends_page

    length, way, counted = check_by(by), check_asked(asked), check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.trends(role=role, skill=skill, by=length, asked=way, copies=counted)
        write(output, trends_page(found, _passages(graph)))


@show.command("communities", epilog="Example: kg show communities -o page.html")
def show_communities(
    output: PageOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    role: GroupOption = None,
    necessity: NecessityOption = "any",
    resolution: Annotated[
        float, typer.Option("--resolution", min=0.01, help="Above 1: smaller communities.")
    ] = 1.0,
) -> None:
    """Write a page on which skills form communities, and which join one to another."""
    from kg.analysis.incidence import check_way
    from kg.views.pages.communities_page import communities_page

    way = check_way(necessity)
    with opened(store, endpoint) as graph:
        found = graph.communities(role=role, necessity=way, resolution=resolution)
        write(output, communities_page(found))


@show.command(
    "gap", epilog='Example: kg show gap resume.pdf --role "Data Engineer" --level II -o page.html'
)
def show_gap(
    resume: ResumeArgument,
    role: RoleOption,
    output: PageOption,
    level: LevelOption = None,
    steps: Annotated[int, typer.Option(min=0, max=20, help="How many skills to learn.")] = 5,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    copies: CopiesOption = "one",
) -> None:
    """Write a page on what a candidate has, lacks, and what to learn first.

    The page has words of the résumé in it.
    """
    from kg.copies.counting import check_copies
    from kg.views.pages.gap_page import gap_page

    counted = check_copies(copies)
    with opened(store, endpoint) as graph:
        name = f"{role} {level}" if level else role
        write(output, gap_page(graph.gap(resume, name, steps=steps, copies=counted)))


@show.command("skill", epilog='Example: kg show skill "Apache Spark" -o page.html')
def show_skill(
    name: Annotated[str, typer.Argument(help="A skill, by any of its names.")],
    output: PageOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
) -> None:
    """Write a page on a skill: who asks for it, with what, how it is paid, in which words."""
    from kg.views.pages.thing_pages import skill_page

    with opened(store, endpoint) as graph:
        write(output, skill_page(graph, name))


@show.command("role", epilog='Example: kg show role "Data Engineer" -o page.html')
def show_role(
    name: RoleArgument,
    output: PageOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    estimates: EstimatesOption = False,
) -> None:
    """Write a page on a role: its levels, skills, pay, fields of study, places and employers."""
    from kg.views.pages.thing_pages import role_page

    with opened(store, endpoint) as graph:
        write(output, role_page(graph, name, estimates=estimates))


@show.command("employer", epilog='Example: kg show employer "Acme" -o page.html')
def show_employer(
    name: Annotated[str, typer.Argument(help="An employer.")],
    output: PageOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
) -> None:
    """Write a page on an employer: its roles, what they ask for, and its postings."""
    from kg.views.pages.thing_pages import employer_page

    with opened(store, endpoint) as graph:
        write(output, employer_page(graph, name))


def _passages(graph: KnowledgeGraph) -> Passages:
    from kg.passages import Passages
    from kg.views.pages.quoting import LONGEST

    return Passages(graph.source, LONGEST)
