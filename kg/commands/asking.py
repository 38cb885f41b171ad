"""Commands that answer: ask, query, compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.analysis_options import FirstGroup, SecondGroup
from kg.commands.completion import AskCommand, complete_question
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
from kg.printing import Form, print_result, print_rows, say
from kg.quick import query_text

if TYPE_CHECKING:
    from kg import KnowledgeGraph


app = typer.Typer()


@app.command(
    cls=AskCommand,
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],
    },
    epilog='Example: kg ask skills-of-role --role "Machine Learning Engineer II"',
)
def ask(
    context: typer.Context,
    question: Annotated[
        str | None,
        typer.Argument(help="A question's name.", autocompletion=complete_question),
    ] = None,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    ahead: Annotated[
        bool,
        typer.Option(
            "--ahead",
            help="Ask all questions that need nothing, so that who asks one first finds it kept.",
        ),
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    show_help: Annotated[
        bool,
        typer.Option("--help", "-h", help="Show this; behind a question's name, what it takes."),
    ] = False,
) -> None:
    """Ask a named question; without a name, list them. Parameters: --name VALUE."""
    from kg import UnknownNameError
    from kg.names import suggested
    from kg.questions import questions
    from kg.views.question_text import print_question, print_questions

    form = form_of(as_json=as_json, as_csv=as_csv)
    if question is None and show_help:
        typer.echo(context.get_help(), nl=False)
        return
    if ahead:
        if question is not None:
            raise ValueError("--ahead asks all questions that need nothing; leave out the name")
        with opened(store, endpoint) as graph:
            asked = graph.ask_ahead()
        print_rows(asked.columns, asked.rows, form)
        return
    if question is None:
        print_questions(questions().values(), form)
        return
    known = questions()
    if question not in known:
        if question.startswith("-"):
            own = [name for one in context.command.params for name in one.opts]
            raise ValueError(f"no option {question}{suggested(question, own)}")
        error = UnknownNameError("question", question, {name: name for name in known})
        raise LookupError(f"{error}; `kg ask` lists the questions")
    if show_help:
        print_question(known[question], form)
        return
    given = _parameters(context.args)
    with opened(store, endpoint) as graph:
        if known[question].needs_inferred and not endpoint:
            _tell_stale(graph)
        answer = graph.ask(question, **given)
        copies = graph.count_copies() if known[question].counts_jobs(given) else 0
    if copies:
        say(
            f"postings of one job count once: {copies} of the store's postings are copies of others"
        )
    if form is Form.TABLE:
        answer = answer.without_iris()
    print_rows(answer.columns, answer.rows, form)


@app.command(epilog='Example: kg query "SELECT ?title { ?posting schema:title ?title }"')
def query(
    sparql: Annotated[str, typer.Argument(help="SPARQL 1.1, or a file that ends in .rq.")],
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Run any SPARQL 1.1 query; rg:, schema:, skos:, skill:, role: and the like are declared."""
    text = query_text(sparql)
    with opened(store, endpoint) as graph:
        answer = graph.query(text)
    print_rows(answer.columns, answer.rows, form_of(as_json=as_json, as_csv=as_csv))


@app.command(
    epilog='Example: kg compare "Machine Learning Engineer I" "Machine Learning Engineer II"'
)
def compare(
    a: FirstGroup,
    b: SecondGroup,
    store: StoreOption = STORE,
    endpoint: EndpointOption = None,
    copies: CopiesOption = "one",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Put two groups side by side: skills, degrees, years, work mode, duties, pay, the words.

    Groups of 30 postings and 10 employers a side are tested: what separates them has a q-value, the
    odds ratio an interval, and both take employers, not postings, for the witnesses.
    """
    from kg.analysis.comparison import COLUMNS
    from kg.copies.counting import check_copies
    from kg.passages import Passages
    from kg.views.comparison_text import print_comparison

    form, counted = form_of(as_json=as_json, as_csv=as_csv), check_copies(copies)
    with opened(store, endpoint) as graph:
        found = graph.compare(a, b, copies=counted)
        print_result(form, found, COLUMNS, lambda: print_comparison(found, Passages(graph.source)))


def _tell_stale(graph: KnowledgeGraph) -> None:
    from kg.inference.materialising import State, state

    if state(graph.store) is State.STALE:
        say("what this rests on was inferred before the store changed; `kg infer` does it anew")


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
