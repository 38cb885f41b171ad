"""The command line. A command parses, calls one library function, and prints."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kg.printing import Form, out, print_json, print_rows, say
from kg.store_folder import StoreError

if TYPE_CHECKING:
    from nlp.types import Facts

app = typer.Typer(
    name="kg",
    help="Job postings in, a knowledge graph of roles, skills and employers out.",
    epilog='Start with `kg build PATH`, then `kg ask` or `kg compare "ROLE I" "ROLE II"`.',
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
show = typer.Typer(help="Write a self-contained HTML page.", no_args_is_help=True)
app.add_typer(show, name="show")

StoreOption = Annotated[
    Path, typer.Option("--store", envvar="KG_STORE", help="The folder of the store.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
STORE = Path("kg-store")


def main(words: list[str] | None = None) -> NoReturn:
    """Run the command line. Exit 0 is yes, 1 no, 2 bad input or usage."""
    try:
        app(words)
    except BrokenPipeError:  # "| head" has seen enough; nothing is left to be flushed
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except (StoreError, ValueError, LookupError, OSError, SyntaxError) as error:
        say(f"kg: {error}")
        raise SystemExit(2) from None
    raise SystemExit(0)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from kg.store_folder import program_version

        out(program_version())
        raise typer.Exit


@app.command(epilog="Example: kg build seeds/ more/*.txt --store kg-store")
def build(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for stdin.")],
    store: StoreOption = STORE,
    base: Annotated[str | None, typer.Option(help="IRI below which the data lives.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Read postings, extract their facts, check and store them."""
    from kg import KnowledgeGraph

    with KnowledgeGraph.build(paths, store, base=base) as graph:
        report, total = graph.report, len(graph)
    if report is None:
        raise RuntimeError("a build reports what it did")
    if as_json:
        print_json(
            {
                "added": report.added,
                "replaced": report.replaced,
                "unchanged": report.unchanged,
                "removed": report.removed,
                "set_aside": [list(one) for one in report.set_aside],
                "postings": total,
                "store": str(store),
            }
        )
    else:
        rate = report.postings_per_second
        done = f"{report.added} added, {report.replaced} replaced, {report.unchanged} unchanged"
        out(f"{done}, {report.removed} removed, {len(report.set_aside)} set aside")
        out(f"{store}: {total} postings" + (f", {rate:.0f} a second" if rate else ""))
    for source, reason in report.set_aside:
        say(f"set aside: {source}: {reason}")
    if report.postings == 0:
        say("kg: nothing could be read")
        raise typer.Exit(2)


@app.command(epilog="Example: kg extract seeds/machine-learning-engineer-i.txt --json")
def extract(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for stdin.")],
    as_json: JsonOption = False,
) -> None:
    """Print the facts of each posting, without a store; as JSON one object a line."""
    import json

    from nlp.extract import extract_files
    from nlp.readers import SetAside
    from nlp.record import to_record
    from nlp.summary import COLUMNS as SUMMARY
    from nlp.summary import summary_rows

    found = 0
    for item in extract_files(paths):
        if isinstance(item, SetAside):
            say(f"set aside: {item.source}: {item.reason}")
            continue
        found += 1
        if as_json:
            out(json.dumps(to_record(item), ensure_ascii=False))
        else:
            print_rows(SUMMARY, summary_rows(item), Form.TABLE, title=item.posting.source)
    if not found:
        say("kg: nothing could be read")
        raise typer.Exit(2)


@app.command(epilog="Example: kg explain seeds/machine-learning-engineer-i.txt --html page.html")
def explain(
    path: Annotated[str, typer.Argument(help="One posting, or - for stdin.")],
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    html: Annotated[Path | None, typer.Option(help="Write a page instead.")] = None,
) -> None:
    """Print a posting with every mention marked, and why each was taken."""
    facts = _one(path)
    columns = ("start", "end", "text", "kind", "value", "necessity", "section", "rule")
    rows = [[getattr(mention, column) for column in columns] for mention in facts.mentions]
    if html is not None:
        from kg.views.posting_page import write_posting_page

        write_posting_page(facts, html)
        out(str(html))
    elif as_json or as_csv:
        print_rows(columns, rows, _form(as_json=as_json, as_csv=as_csv))
    else:
        from kg.views.marked_text import COLUMNS as MARKS
        from kg.views.marked_text import mark_rows, print_marked

        print_marked(facts)
        print_rows(MARKS, mark_rows(facts), Form.TABLE)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    epilog='Example: kg ask skills-of-role --role "Machine Learning Engineer II"',
)
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="A question's name.")] = None,
    store: StoreOption = STORE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Ask a named question; without a name, list them. Parameters: --name VALUE."""
    from kg import KnowledgeGraph
    from kg.questions import questions

    form = _form(as_json=as_json, as_csv=as_csv)
    if question is None:
        rows = [
            (one.name, one.title, " ".join(f"--{p.name.replace('_', '-')}" for p in one.parameters))
            for one in questions().values()
        ]
        print_rows(("question", "answers", "parameters"), rows, form)
        return
    with KnowledgeGraph.open(store) as graph:
        answer = graph.ask(question, **_parameters(context.args))
    if form is Form.TABLE:
        answer = answer.without_iris()
    print_rows(answer.columns, answer.rows, form)


@app.command(epilog='Example: kg query "SELECT ?title { ?posting schema:title ?title }"')
def query(
    sparql: Annotated[str, typer.Argument(help="SPARQL 1.1, or a file that ends in .rq.")],
    store: StoreOption = STORE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Run any SPARQL 1.1 query; rg:, schema:, skos:, skill:, role: and the like are declared."""
    from kg import KnowledgeGraph

    text = Path(sparql).read_text(encoding="utf-8") if sparql.endswith(".rq") else sparql
    with KnowledgeGraph.open(store) as graph:
        answer = graph.query(text)
    print_rows(answer.columns, answer.rows, _form(as_json=as_json, as_csv=as_csv))


@app.command(
    epilog='Example: kg compare "Machine Learning Engineer I" "Machine Learning Engineer II"'
)
def compare(
    a: Annotated[str, typer.Argument(help="A role and level, a role, or an employer.")],
    b: Annotated[str, typer.Argument(help="The group to set against it.")],
    store: StoreOption = STORE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Put two groups of postings side by side: skills, degrees, years, pay, with the words."""
    from kg import KnowledgeGraph

    with KnowledgeGraph.open(store) as graph:
        comparison = graph.compare(a, b)
    if as_json:
        print_json(comparison.to_json())
    elif as_csv:
        rows = comparison.to_rows()
        columns = tuple(rows[0]) if rows else ()
        print_rows(columns, [tuple(row.values()) for row in rows], Form.CSV)
    else:
        from kg.views.comparison_text import print_comparison

        print_comparison(comparison)


@show.command("graph", epilog="Example: kg show graph -o graph.html")
def show_graph(
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")],
    store: StoreOption = STORE,
) -> None:
    """Write a page of roles, levels, skills, degrees and employers that opens offline."""
    from kg import KnowledgeGraph

    with KnowledgeGraph.open(store) as graph:
        graph.show(output)
    out(str(output))


@app.command(epilog="Example: kg validate --store kg-store")
def validate(
    store: StoreOption = STORE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Hold the graph to its SHACL shapes; exit 1 where it does not fit, naming node and shape."""
    from kg import KnowledgeGraph

    with KnowledgeGraph.open(store) as graph:
        violations = graph.validate()
    columns = ("graph", "node", "shape", "path", "message", "remedy")
    rows = [tuple(getattr(one, column) for column in columns) for one in violations]
    if rows or as_json or as_csv:
        print_rows(columns, rows, _form(as_json=as_json, as_csv=as_csv))
    if violations:
        raise typer.Exit(1)
    say("valid: every graph has the shape it should")


@app.command(epilog="Example: kg export --format turtle -o graph.ttl")
def export(
    form: Annotated[str, typer.Option("--format", help="turtle, nquads or jsonld.")] = "turtle",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Else stdout.")] = None,
    runs: Annotated[bool, typer.Option("--runs", help="The runs too, with their times.")] = False,
    store: StoreOption = STORE,
) -> None:
    """Write the whole graph; the same store gives the same bytes."""
    from kg import KnowledgeGraph

    with KnowledgeGraph.open(store) as graph:
        if output is None:
            graph.export(form, sys.stdout.buffer, runs=runs)
        else:
            graph.export(form, output, runs=runs)
            out(str(output))


@app.command(epilog="Example: kg remove 3f41d0c2a7b96e51c204")
def remove(
    postings: Annotated[list[str], typer.Argument(help="Ids, as `kg ask postings` lists them.")],
    store: StoreOption = STORE,
) -> None:
    """Take postings out of the store, whole."""
    from kg import KnowledgeGraph

    missing = 0
    with KnowledgeGraph.open(store, read_only=False) as graph:
        for posting in postings:
            if graph.remove(posting):
                out(f"removed {posting}")
            else:
                missing += 1
                say(f"kg: no posting {posting} in {store}; `kg ask postings` lists them")
    if missing:
        raise typer.Exit(2)


def _form(*, as_json: bool, as_csv: bool) -> Form:
    if as_json and as_csv:
        raise typer.BadParameter("take one of --json and --csv")
    return Form.JSON if as_json else Form.CSV if as_csv else Form.TABLE


def _parameters(words: list[str]) -> dict[str, str]:
    """Read `--name value` and `--name=value` pairs."""
    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise ValueError(f"{word!r} is no parameter; write --name VALUE")
        if not equals:
            value = next(rest, "")
            if not value:
                raise ValueError(f"{word} needs a value; write {word} VALUE")
        found[name.replace("-", "_")] = value
    return found


def _one(path: str) -> Facts:
    from nlp.extract import extract_files
    from nlp.readers import SetAside

    items = list(extract_files([path]))
    facts = [item for item in items if not isinstance(item, SetAside)]
    if len(facts) != 1:
        aside = [f"{i.source}: {i.reason}" for i in items if isinstance(i, SetAside)]
        raise ValueError("; ".join(aside) or f"{path}: {len(facts)} postings; explain takes one")
    return facts[0]
