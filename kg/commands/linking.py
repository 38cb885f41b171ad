"""Commands on what goes together: cooccurrence, communities, central, similar, recommend."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.commands.completion import among
from kg.commands.options import (
    STORE,
    CsvOption,
    EndpointOption,
    JsonOption,
    StoreOption,
    form_of,
    opened,
)
from kg.printing import print_result

app = typer.Typer()

RoleOption = Annotated[
    str | None,
    typer.Option("--role", help="Only postings of this role, role and level, employer, place, ..."),
]
NecessityOption = Annotated[
    str,
    typer.Option(
        "--necessity",
        help="Which asking counts: any, required, preferred or mentioned.",
        autocompletion=among("any", "required", "preferred", "mentioned"),
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="How many, at most.")]


@app.command(epilog='Example: kg cooccurrence --role "Data Engineer" --skill Spark')
def cooccurrence(
    role: RoleOption = None,
    skill: Annotated[
        str | None, typer.Option("--skill", help="Only what goes together with this skill.")
    ] = None,
    necessity: NecessityOption = "any",
    limit: LimitOption = 25,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show which skills postings ask for together more often than by chance.

    The measure is normalised pointwise mutual information (1: never without one another, 0: by
    chance), with an interval that takes employers for the witnesses; the surest come first. JSON
    and CSV have every pair.
    """
    from kg.analysis.cooccurrence import COLUMNS
    from kg.analysis.incidence import check_way
    from kg.views.network_text import print_cooccurrence

    form, way = form_of(as_json=as_json, as_csv=as_csv), check_way(necessity)
    with opened(store, endpoint) as graph:
        found = graph.cooccurrence(role=role, skill=skill, necessity=way)
    print_result(form, found, COLUMNS, lambda: print_cooccurrence(found, limit))


@app.command(epilog="Example: kg communities --necessity required")
def communities(
    role: RoleOption = None,
    necessity: NecessityOption = "any",
    resolution: Annotated[
        float, typer.Option("--resolution", min=0.01, help="Above 1: smaller communities.")
    ] = 1.0,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show which skills form communities, and which skills join one to another.

    Communities are found from 20 seeds; how well these agree is said, and the most typical shown.
    """
    from kg.analysis.communities import COLUMNS
    from kg.analysis.incidence import check_way
    from kg.views.network_text import print_communities

    form, way = form_of(as_json=as_json, as_csv=as_csv), check_way(necessity)
    with opened(store, endpoint) as graph:
        found = graph.communities(role=role, necessity=way, resolution=resolution)
    print_result(form, found, COLUMNS, lambda: print_communities(found))


@app.command(epilog='Example: kg central --role "Data Scientist"')
def central(
    role: RoleOption = None,
    necessity: NecessityOption = "any",
    limit: LimitOption = 25,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show which skills hold a role together, beyond what their being frequent makes of them.

    PageRank and betweenness are set against 200 shuffles of who asks what, in which postings and
    skills keep their numbers.
    """
    from kg.analysis.centrality import COLUMNS
    from kg.analysis.incidence import check_way
    from kg.views.network_text import print_centrality

    form, way = form_of(as_json=as_json, as_csv=as_csv), check_way(necessity)
    with opened(store, endpoint) as graph:
        found = graph.central(role=role, necessity=way)
    print_result(form, found, COLUMNS, lambda: print_centrality(found, limit))


@app.command(epilog='Example: kg similar "Data Engineer"')
def similar(
    name: Annotated[
        str,
        typer.Argument(
            help='A role, role and level, employer or skill; "skill: R", "posting: ID", '
            '"employer: Acme", "place: Austin, TX".'
        ),
    ],
    limit: LimitOption = 20,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what is like a role, an employer, a posting or a skill, and which skills make it so.

    Each likeness has a 95% interval that takes employers for the witnesses (of an employer its
    postings); of skills it is that of the overlap, and one posting against one has none. Where
    either side has fewer than ten witnesses, "not enough data" stands instead.
    """
    from kg.analysis.similar import COLUMNS
    from kg.views.likeness_text import print_similar

    form = form_of(as_json=as_json, as_csv=as_csv)
    with opened(store, endpoint) as graph:
        found = graph.similar(name, limit=limit)
    print_result(form, found, COLUMNS, lambda: print_similar(found))


@app.command(epilog='Example: kg recommend Spark SQL; kg recommend --posting "L24-146887"')
def recommend(
    skills: Annotated[
        list[str] | None, typer.Argument(help="Skills that are there already.")
    ] = None,
    posting: Annotated[
        str | None,
        typer.Option("--posting", help="Instead: a posting, to find those that are like it."),
    ] = None,
    limit: LimitOption = 15,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Recommend the next skills for some, or postings like one, each with its reason."""
    from kg.analysis import recommend as recommending
    from kg.analysis import similar as likeness
    from kg.views.likeness_text import print_recommendation, print_similar

    form = form_of(as_json=as_json, as_csv=as_csv)
    if bool(skills) == (posting is not None):
        raise typer.BadParameter("name skills, or one posting with --posting ID")
    with opened(store, endpoint) as graph:
        if posting is not None:
            alike = graph.similar(f"posting: {posting}", limit=limit)
            print_result(form, alike, likeness.COLUMNS, lambda: print_similar(alike))
            return
        found = graph.recommend(skills or [], limit=limit)
    print_result(form, found, recommending.COLUMNS, lambda: print_recommendation(found))
