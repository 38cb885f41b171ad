"""Commands for somebody who looks for a job: gap, match, path."""

from __future__ import annotations

from pathlib import Path
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
from kg.printing import print_items, print_result

app = typer.Typer()

ResumeArgument = Annotated[
    Path, typer.Argument(help="Text, Markdown, PDF, DOCX, HTML, or JSON Resume. It is not stored.")
]
RoleOption = Annotated[str, typer.Option("--role", "-r", help="The role to be measured against.")]
LevelOption = Annotated[
    str | None, typer.Option("--level", "-l", help="The level of the role; without it, all of it.")
]


@app.command(epilog='Example: kg gap resume.pdf --role "Machine Learning Engineer" --level II')
def gap(
    resume: ResumeArgument,
    role: RoleOption,
    level: LevelOption = None,
    steps: Annotated[int, typer.Option(min=0, max=20, help="How many skills to learn.")] = 5,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    copies: CopiesOption = "one",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Say what a candidate has, lacks, and what to learn first, for the postings of a role."""
    from kg.analysis.gap import COLUMNS
    from kg.views.candidate_text import print_gap

    form, counted = form_of(as_json=as_json, as_csv=as_csv), check_copies(copies)
    name = f"{role} {level}" if level else role
    with opened(store, endpoint) as graph:
        found = graph.gap(resume, name, steps=steps, copies=counted)
    print_result(form, found, COLUMNS, lambda: print_gap(found))


@app.command(epilog='Example: kg match resume.pdf --among "Data Engineer"')
def match(
    resume: ResumeArgument,
    among: Annotated[
        str | None, typer.Option(help="Only postings of this group, named as in `kg compare`.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many postings to show.")] = 20,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    copies: CopiesOption = "one",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Rank the postings that fit a candidate, with what is met of each and what is lacking."""
    from kg.analysis.matching import COLUMNS
    from kg.views.candidate_text import print_matches

    form, counted = form_of(as_json=as_json, as_csv=as_csv), check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.match(resume, among=among, copies=counted)
    print_items(form, found[:limit], COLUMNS, lambda: print_matches(found, limit))


@app.command(epilog='Example: kg path "Data Analyst" "Data Engineer"')
def path(
    start: Annotated[str, typer.Argument(help="A role and level, or a role.")],
    end: Annotated[str, typer.Argument(help="Where to get to.")],
    employers: Annotated[
        int, typer.Option(min=1, help="How many employers must hire for both ends of a step.")
    ] = 1,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    copies: CopiesOption = "one",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Find the steps from one role and level to another, and what to learn for each.

    The gap of a step has a 95% interval that takes employers for the witnesses; where an end has
    fewer than ten, "not enough data" stands instead.
    """
    from kg.analysis.path import COLUMNS
    from kg.views.path_text import print_path

    form, counted = form_of(as_json=as_json, as_csv=as_csv), check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.path(start, end, employers=employers, copies=counted)
    print_result(form, found, COLUMNS, lambda: print_path(found))
