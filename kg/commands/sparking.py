"""Commands on Apache Spark: spark build, spark load, and four analyses over its tables."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.linking import LimitOption, NecessityOption
from kg.commands.options import (
    STORE,
    CopiesOption,
    CsvOption,
    FormatOption,
    JsonOption,
    KeepContactsOption,
    MapOption,
    StoreOption,
    VocabularyOption,
    form_of,
    reading_options,
)
from kg.commands.set_aside import say_what_was_set_aside
from kg.printing import out, print_json, print_result
from kg.progress import summarise, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.spark.tables import Tables

MasterOption = Annotated[
    str | None,
    typer.Option(
        "--master",
        envvar="KG_SPARK_MASTER",
        help="Where tasks run: local[2], spark://host:7077, yarn, ...; without it, what "
        "spark-submit says, else all processors of this machine.",
    ),
]
MemoryOption = Annotated[
    str, typer.Option("--driver-memory", help="Memory of Spark on this machine.")
]

app = typer.Typer()
spark_app = typer.Typer(help="The same graph on Apache Spark, however many postings there are.")
app.add_typer(spark_app, name="spark")


@spark_app.command(epilog="Example: kg spark build feeds/ jobs.parquet graph --master 'local[2]'")
def build(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT... OUTPUT",
            help="Files, folders or addresses (s3://, hdfs://) to read, and the folder to write.",
        ),
    ],
    master: MasterOption = None,
    memory: MemoryOption = "1g",
    parts: Annotated[
        int | None,
        typer.Option(min=1, help="Parts to divide postings into; else one for 8 MB of input."),
    ] = None,
    vocabulary: VocabularyOption = [],  # noqa: B006 # the framework copies it
    base: Annotated[str | None, typer.Option(help="IRI below which the data lives.")] = None,
    form: FormatOption = None,
    columns: MapOption = [],  # noqa: B006 # as above
    keep_contacts: KeepContactsOption = False,
    as_json: JsonOption = False,
) -> None:
    """Build the graph as N-Quads and as Parquet tables, part by part.

    Again, and nothing is done that was done: a build that was ended goes on where it was. What is
    set aside is in OUTPUT/quarantine, with its reason.
    """
    from kg.spark.build import build as build_on
    from kg.spark.session import session
    from ontology.terms import DATA

    if len(paths) < 2:
        raise typer.BadParameter("name what to read, and then the folder to write")
    *inputs, target = paths
    options = reading_options(form, columns, keep_contacts=keep_contacts)
    with session(master, memory) as spark:
        report = build_on(
            spark,
            inputs,
            target,
            base=base or DATA,
            vocabulary=vocabulary,
            options=options,
            parts=parts,
        )
    if as_json:
        print_json(report.to_json())
    else:
        out(report.summary())
        summarise(("postings", "number"), report.counts())
    say_what_was_set_aside(report, f"{target}/quarantine")


@spark_app.command(epilog="Example: kg spark load graph --store kg-store")
def load(
    output: Annotated[str, typer.Argument(help="What `kg spark build` wrote.")],
    store: StoreOption = STORE,
) -> None:
    """Load what a build on Spark wrote into a new store, as `kg build` would have made it."""
    from kg.spark.load import load as load_into

    with watched("loading", "files") as bar:
        postings = load_into(output, store, bar.told)
    out(f"{store}: {postings} posting{'' if postings == 1 else 's'}")


TablesArgument = Annotated[
    str,
    typer.Argument(help="What `kg spark build` or `kg export --format parquet` wrote."),
]


@contextmanager
def _opened(tables: str, master: str | None, memory: str) -> Iterator[Tables]:
    from kg.spark.session import session
    from kg.spark.tables import Tables

    with session(master, memory) as spark:
        yield Tables(spark, tables)


@spark_app.command(
    epilog='Example: kg spark compare graph "Data Engineer I" "Data Engineer II" --json'
)
def compare(
    tables: TablesArgument,
    a: Annotated[str, typer.Argument(help="A role, a role with a level, or an employer.")],
    b: Annotated[str, typer.Argument(help="Another one.")],
    copies: CopiesOption = "one",
    master: MasterOption = None,
    memory: MemoryOption = "1g",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Put two groups of postings side by side: counts by Spark SQL, numbers as of `kg compare`."""
    from kg.analysis.comparison import COLUMNS
    from kg.copies.counting import check_copies
    from kg.passages import Passages
    from kg.spark.compare import compare as compare_on
    from kg.store import Store
    from kg.views.comparison_text import print_comparison

    form = form_of(as_json=as_json, as_csv=as_csv)
    with _opened(tables, master, memory) as opened:
        found = compare_on(opened, a, b, copies=check_copies(copies))
    words = Passages(Store.in_memory())
    print_result(form, found, COLUMNS, lambda: print_comparison(found, words))


@spark_app.command(epilog='Example: kg spark cooccurrence graph "Data Engineer" --json')
def cooccurrence(
    tables: TablesArgument,
    group: Annotated[str | None, typer.Argument(help="A group's name; else all postings.")] = None,
    necessity: NecessityOption = "any",
    limit: LimitOption = 25,
    master: MasterOption = None,
    memory: MemoryOption = "1g",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Say which skills are asked for together: pairs by Spark SQL, NPMI as of `kg cooccurrence`."""
    from kg.analysis.cooccurrence import COLUMNS
    from kg.analysis.incidence import check_way
    from kg.spark.cooccurrence import cooccurrence as cooccurrence_on
    from kg.views.network_text import print_cooccurrence

    form = form_of(as_json=as_json, as_csv=as_csv)
    with _opened(tables, master, memory) as opened:
        found = cooccurrence_on(opened, group, necessity=check_way(necessity))
    print_result(form, found, COLUMNS, lambda: print_cooccurrence(found, limit))


@spark_app.command(epilog='Example: kg spark pay graph --role "Data Engineer" --json')
def pay(
    tables: TablesArgument,
    role: Annotated[str | None, typer.Option(help="Only a role's postings.")] = None,
    level: Annotated[str | None, typer.Option(help="Only a level's postings.")] = None,
    by: Annotated[
        str | None, typer.Option(help="role, level, place, month, quarter or year.")
    ] = None,
    currency: Annotated[str | None, typer.Option(help="Else that of most jobs.")] = None,
    copies: CopiesOption = "one",
    master: MasterOption = None,
    memory: MemoryOption = "1g",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Say what is paid, of postings that Spark SQL chooses: numbers as of `kg pay`."""
    from kg.analysis.pay import check_pay_by
    from kg.analysis.pay_rows import COLUMNS
    from kg.copies.counting import check_copies
    from kg.passages import Passages
    from kg.spark.pay import pay as pay_on
    from kg.store import Store
    from kg.views.pay_text import print_pay

    form = form_of(as_json=as_json, as_csv=as_csv)
    with _opened(tables, master, memory) as opened:
        found = pay_on(
            opened,
            role=role,
            level=level,
            by=None if by is None else check_pay_by(by),
            currency=currency,
            copies=check_copies(copies),
        )
    print_result(form, found, COLUMNS, lambda: print_pay(found, Passages(Store.in_memory())))


@spark_app.command(epilog="Example: kg spark trends graph --by quarter --json")
def trends(
    tables: TablesArgument,
    role: Annotated[str | None, typer.Option(help="Only a role's postings.")] = None,
    by: Annotated[str, typer.Option(help="month, quarter or year.")] = "month",
    asked: Annotated[str, typer.Option(help="required, preferred, mentioned or any.")] = "required",
    copies: CopiesOption = "one",
    master: MasterOption = None,
    memory: MemoryOption = "1g",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Say what rises and falls: counts by Spark SQL, numbers as of `kg trends`."""
    from kg.analysis.timeline import check_by
    from kg.analysis.trend_rows import COLUMNS
    from kg.analysis.trends import check_asked
    from kg.copies.counting import check_copies
    from kg.passages import Passages
    from kg.spark.trends import trends as trends_on
    from kg.store import Store
    from kg.views.trends_text import print_trends

    form = form_of(as_json=as_json, as_csv=as_csv)
    with _opened(tables, master, memory) as opened:
        found = trends_on(
            opened,
            role=role,
            by=check_by(by),
            asked=check_asked(asked),
            copies=check_copies(copies),
        )
    print_result(form, found, COLUMNS, lambda: print_trends(found, Passages(Store.in_memory())))
