"""Commands for somebody who looks for a job: gap, match, path."""

from __future__ import annotations

from pathlib import Path
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

ResumeArgument = Annotated[
    Path, typer.Argument(help="Text, Markdown, PDF, DOCX, HTML, or JSON Resume. It is not stored.")
]
RoleOption = Annotated[str, typer.Option("--role", "-r", help="The role to be measured against.")]
LevelOption = Annotated[
    str | None, typer.Option("--level", "-l", help="The level of the role; without it, all of it.")
]
CopiesOption = Annotated[
    str, typer.Option(help="one: of copies of one job one counts; all: each does.")
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
    from kg.copies.counting import check_copies

    form = form_of(as_json=as_json, as_csv=as_csv)
    counted = check_copies(copies)
    with opened(store, endpoint) as graph:
        name = f"{role} {level}" if level else role
        found = graph.gap(resume, name, steps=steps, copies=counted)
    if form is Form.JSON:
        print_json(found.to_json())
    elif form is Form.CSV:
        rows = found.to_rows()
        columns = tuple(rows[0]) if rows else ("label",)
        print_rows(columns, [tuple(row.values()) for row in rows], form)
    else:
        from kg.views.candidate_text import print_gap

        print_gap(found)


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
    from kg.copies.counting import check_copies

    form = form_of(as_json=as_json, as_csv=as_csv)
    counted = check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.match(resume, among=among, copies=counted)
    if form is Form.JSON:
        print_json([one.to_json() for one in found[:limit]])
    elif form is Form.CSV:
        rows = [one.to_row() for one in found[:limit]]
        columns = tuple(rows[0]) if rows else ("posting",)
        print_rows(columns, [tuple(row.values()) for row in rows], form)
    else:
        from kg.views.candidate_text import print_matches

        print_matches(found, limit)


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
    """Find the steps from one role and level to another, and what to learn for each."""
    from kg.copies.counting import check_copies

    form = form_of(as_json=as_json, as_csv=as_csv)
    counted = check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.path(start, end, employers=employers, copies=counted)
    if form is Form.JSON:
        print_json(found.to_json())
    elif form is Form.CSV:
        rows = found.to_rows()
        print_rows(tuple(rows[0]), [tuple(row.values()) for row in rows], form)
    else:
        from kg.views.path_text import print_path

        print_path(found)
