"""Commands that write a page of the graph itself: show graph, ontology, posting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.analysis_options import OneLevelOption
from kg.commands.linking import NecessityOption
from kg.commands.options import (
    STORE,
    CopiesOption,
    EndpointOption,
    FormatOption,
    KeepContactsOption,
    MapOption,
    StoreOption,
    VocabularyOption,
    opened,
    reading_options,
)
from kg.printing import out
from kg.shown import TOP

show = typer.Typer(help="Write a self-contained HTML page.", no_args_is_help=True)

PageOption = Annotated[Path, typer.Option("--output", "-o", help="The page to write.")]


@show.command("graph", epilog='Example: kg show graph --role "Data Engineer" -o graph.html')
def show_graph(
    output: PageOption,
    role: Annotated[
        str | None, typer.Option("--role", help="Only a role's postings; a level may follow it.")
    ] = None,
    level: OneLevelOption = None,
    employer: Annotated[
        str | None, typer.Option("--employer", help="Only an employer's postings.")
    ] = None,
    skill: Annotated[
        str | None, typer.Option("--skill", help="Only postings that ask for this skill.")
    ] = None,
    necessity: NecessityOption = "any",
    least: Annotated[
        int, typer.Option(help="Postings that a node and a tie must have.", min=1)
    ] = 1,
    top: Annotated[
        int, typer.Option(help="Nodes at most: those with the most postings; 0: all.", min=0)
    ] = TOP,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    copies: CopiesOption = "one",
) -> None:
    """Write a page of roles, levels, skills, degrees and employers that opens offline.

    The whole graph, or the postings that fit all that is named.
    """
    from kg.analysis.incidence import check_way
    from kg.copies.counting import check_copies

    way, counted = check_way(necessity), check_copies(copies)
    with opened(store, endpoint) as graph:
        graph.show(
            output,
            role=role,
            level=level,
            employer=employer,
            skill=skill,
            necessity=way,
            least=least,
            top=top or None,
            copies=counted,
        )
    out(str(output))


@show.command("ontology", epilog="Example: kg show ontology -o ontology.html")
def show_ontology(output: PageOption) -> None:
    """Write a page on the classes and properties of the graph; it needs no store."""
    from kg.views.ontology_page import write_ontology_page

    write_ontology_page(output)
    out(str(output))


@show.command(
    "posting", epilog="Example: kg show posting seeds/machine-learning-engineer-i.txt -o page.html"
)
def show_posting(
    path: Annotated[
        str,
        typer.Argument(
            help="A file with one posting, - for stdin, or the id or title of a stored one."
        ),
    ],
    output: PageOption,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    vocabulary: VocabularyOption = [],  # noqa: B006 # the framework copies it
    part: Annotated[str | None, typer.Option(help="Which of a file's postings it is.")] = None,
    form: FormatOption = None,
    columns: MapOption = [],  # noqa: B006 # as above
    keep_contacts: KeepContactsOption = False,
) -> None:
    """Write a posting with every mention marked: rule, necessity, concept.

    What is no file is looked up in the store, and shown as it was stored.
    """
    from kg.commands.reading import one_posting
    from kg.views.posting_page import write_posting_page
    from kg.views.stored_page import stored_page

    if path != "-" and not Path(path).exists() and (endpoint or store.is_dir()):
        with opened(store, endpoint) as graph:
            write(output, stored_page(graph, path))
        return
    options = reading_options(form, columns, keep_contacts=keep_contacts)
    write_posting_page(one_posting(path, part, vocabulary, options), output)
    out(str(output))


def write(path: Path, text: str) -> None:
    """Write a page and say where."""
    from kg.views.pages.frame import write_page

    write_page(path, text)
    out(str(path))
