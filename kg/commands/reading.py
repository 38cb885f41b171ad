"""Commands that read postings: build, extract, explain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.commands.options import (
    STORE,
    CsvOption,
    EndpointOption,
    FormatOption,
    JsonOption,
    KeepContactsOption,
    MapOption,
    StoreOption,
    VocabularyOption,
    form_of,
    opened,
    reading_options,
)
from kg.commands.set_aside import say_what_was_set_aside
from kg.interrupts import exit_code, termination_interrupts
from kg.printing import Form, out, print_json, print_rows, say
from kg.progress import summarise, watched

if TYPE_CHECKING:
    from nlp.readers import ReadingOptions
    from nlp.types import Facts, Posting

MOST_REASONS: Final = 5

app = typer.Typer()


@app.command(epilog="Example: kg build seeds/ more/*.txt --store kg-store")
def build(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for stdin.")],
    store: StoreOption = STORE,
    vocabulary: VocabularyOption = [],  # noqa: B006 # the framework copies it
    base: Annotated[str | None, typer.Option(help="IRI below which the data lives.")] = None,
    form: FormatOption = None,
    columns: MapOption = [],  # noqa: B006 # as above
    keep_contacts: KeepContactsOption = False,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that extract side by side.")] = 1,
    quarantine: Annotated[
        Path | None,
        typer.Option(help="Where to keep what was set aside; else quarantine.jsonl in the store."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read postings, extract their facts, check and store them.

    What is set aside is kept with its reason, to be mended and given again. A build that was
    ended goes on where it was.
    """
    from kg import KnowledgeGraph

    options = reading_options(form, columns, keep_contacts=keep_contacts)
    stored = 0

    def count(postings: int) -> None:
        nonlocal stored
        stored = postings
        bar.count(postings)

    try:
        with (
            termination_interrupts(),
            watched("reading", "postings", quiet=as_json) as bar,
            KnowledgeGraph.build(
                paths,
                store,
                base=base,
                vocabulary=vocabulary,
                options=options,
                tell=say,
                quarantine=quarantine,
                progress=count,
                watch=bar.told,
                jobs=jobs,
            ) as graph,
        ):
            report, total = graph.report, len(graph)
            if report is None:
                raise RuntimeError("a build reports what it did")
            gone = report.postings == 0 and graph.store.discard()
    except KeyboardInterrupt as stopped:
        say(f"kg: stopped; {stored} postings were stored. The same command goes on from there")
        raise typer.Exit(exit_code(stopped)) from stopped
    if as_json:
        place = None if gone else str(store)
        print_json({**report.to_json(), "postings": total, "store": place})
    elif not gone:
        out(report.summary())
        out(f"{store}: {total} posting{'' if total == 1 else 's'}")
        summarise(("postings", "number"), {**report.counts(), "in the store": total})
    say_what_was_set_aside(report, report.quarantine)
    if report.postings == 0:
        say("kg: nothing could be read")
        raise typer.Exit(2)


@app.command(epilog="Example: kg extract seeds/machine-learning-engineer-i.txt --json")
def extract(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for stdin.")],
    vocabulary: VocabularyOption = [],  # noqa: B006 # the framework copies it
    form: FormatOption = None,
    columns: MapOption = [],  # noqa: B006 # as above
    keep_contacts: KeepContactsOption = False,
    as_json: JsonOption = False,
) -> None:
    """Print the facts of each posting, without a store; as JSON one object a line."""
    import json

    from nlp.extract import extract_files
    from nlp.readers import SetAside
    from nlp.record import to_record
    from nlp.summary import COLUMNS as SUMMARY
    from nlp.summary import summary_rows
    from ontology import load

    found = 0
    options = reading_options(form, columns, keep_contacts=keep_contacts)
    for item in extract_files(paths, load(vocabulary), options, say):
        if isinstance(item, SetAside):
            say(f"set aside: {item.where}: {item.reason}")
            continue
        found += 1
        if as_json:
            out(json.dumps(to_record(item), ensure_ascii=False))
        else:
            print_rows(SUMMARY, summary_rows(item), Form.TABLE, title=item.posting.origin)
    if not found:
        say("kg: nothing could be read")
        raise typer.Exit(2)


@app.command(
    epilog="Examples: kg explain seeds/machine-learning-engineer-i.txt --html page.html; "
    'kg explain --statement "Machine Learning Engineer I rg:requiresSkill Spark"'
)
def explain(
    path: Annotated[str | None, typer.Argument(help="One posting, or - for stdin.")] = None,
    statement: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="A statement of the store instead: SUBJECT PROPERTY VALUE, each an IRI, a "
            "prefixed name, a posting's id, a label or a text; ? is any value.",
        ),
    ] = None,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    limit: Annotated[
        int, typer.Option(min=1, help="How many statements that the names may mean.")
    ] = 5,
    vocabulary: VocabularyOption = [],  # noqa: B006 # the framework copies it
    part: Annotated[str | None, typer.Option(help="Which of a file's postings it is.")] = None,
    form: FormatOption = None,
    columns: MapOption = [],  # noqa: B006 # as above
    keep_contacts: KeepContactsOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    html: Annotated[Path | None, typer.Option(help="Write a page instead.")] = None,
) -> None:
    """Print a posting with every mention marked, why each was taken, and what was repaired.

    Or, with --statement, why the store says something: the words and their offsets, the rule, the
    file and its hash, the run with its versions; of what is inferred, the rule and its grounds.
    """
    if statement is not None and path is None:
        _explain_statement(statement, store, endpoint, limit, as_json=as_json)
        return
    if path is None or statement is not None:
        raise typer.BadParameter("name one: a posting's file, or a statement with --statement")
    from kg.views.explanation import MENTION_COLUMNS, explanation, mention_records

    shown = form_of(as_json=as_json, as_csv=as_csv)
    facts = one_posting(
        path, part, vocabulary, reading_options(form, columns, keep_contacts=keep_contacts)
    )
    if html is not None:
        from kg.views.posting_page import write_posting_page

        write_posting_page(facts, html)
        out(str(html))
    elif shown is Form.JSON:
        print_json(explanation(facts))
    elif shown is Form.CSV:
        rows = [tuple(row.values()) for row in mention_records(facts)]
        print_rows(MENTION_COLUMNS, rows, shown)
    else:
        from kg.views.marked_text import print_explanation

        print_explanation(facts)


def _explain_statement(
    statement: str, store: Path, endpoint: str | None, limit: int, *, as_json: bool
) -> None:
    from kg.views.statement_text import print_explained

    with opened(store, endpoint) as graph:
        explained = graph.explain(statement, limit=limit)
    if as_json:
        print_json([one.to_json() for one in explained.explanations])
    else:
        print_explained(explained)


def one_posting(
    path: str, part: str | None, vocabulary: list[Path], options: ReadingOptions
) -> Facts:
    """Return the facts of the file's posting, or of its `part`; no further one is read."""
    from nlp.extract import extractor_of
    from nlp.readers import SetAside, read_postings
    from ontology import load

    extractor = extractor_of(load(vocabulary))
    found: list[Posting] = []
    aside: list[str] = []
    for item in read_postings([path], extractor.is_name, options, say):
        if isinstance(item, SetAside):
            aside.append(f"{item.where}: {item.reason}")
        elif part is None or part in (item.part, item.origin):
            found.append(item)
        if len(found) > 1:
            names = " or ".join(f"--part {one.part or one.origin}" for one in found)
            raise ValueError(f"{path}: several postings; explain takes one: {names}, and so on")
    if not found:
        if part is not None:
            raise ValueError(f"{path}: no posting with the part {part!r}")
        raise ValueError("; ".join(aside[:MOST_REASONS]) or f"{path}: no posting")
    return extractor(found[0])


@app.command(epilog="Example: kg evaluate gold.jsonl --misses 20 --save run.json")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated postings, one a line, as JSON.")],
    vocabulary: VocabularyOption = [],  # noqa: B006 # the framework copies it
    misses: Annotated[int, typer.Option(help="How many missed and spurious names to show.")] = 0,
    save: Annotated[Path | None, typer.Option(help="Write the run, to compare later.")] = None,
    against: Annotated[Path | None, typer.Option(help="An earlier run that was saved.")] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Score extraction against annotated postings, per kind, with 95% intervals."""
    import json

    from nlp.evaluate import evaluate as run
    from nlp.extract import extractor_of
    from ontology import load

    found = run(gold, extractor_of(load(vocabulary)))
    result = found.to_json()
    if save is not None:
        save.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    since = found.since(json.loads(against.read_text(encoding="utf-8"))) if against else None
    if as_json:
        print_json({**result, "since": since} if since else result)
        return
    rows = [tuple(_figure(value) for value in row.values()) for row in result["measures"]]
    columns = tuple(result["measures"][0])
    print_rows(columns, rows, form_of(as_json=as_json, as_csv=as_csv), title=gold.name)
    for name, counted in (("missed", found.missed), ("spurious", found.spurious)):
        if misses:
            print_rows((name, "times"), counted[:misses], Form.TABLE)
    for name, words in (since or {}).items():
        say(f"{name}: {', '.join(words) or 'nothing'}")


def _figure(value: object) -> object:
    return f"{value[0]:.3f} to {value[1]:.3f}" if isinstance(value, list) else value
