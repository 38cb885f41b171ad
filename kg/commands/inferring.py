"""The command that writes down what follows from what is stated: infer."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.commands.options import STORE, CsvOption, JsonOption, StoreOption, form_of
from kg.printing import Form, print_json, print_rows, say

app = typer.Typer()


@app.command(epilog='Example: kg infer, then kg ask postings-implying --skill "Spark"')
def infer(
    store: StoreOption = STORE,
    drop: Annotated[
        bool, typer.Option("--drop", help="Take away what was inferred, and infer nothing.")
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Write what follows from the graph into a graph of its own: PySpark is asked for, so Spark is.

    Stated and inferred never mix: what is inferred has properties of its own, questions that do
    not name them answer the same, and exports leave it out unless told. `kg stats` says whether it
    still fits; `kg explain --statement` says what each inferred statement rests on.
    """
    from kg.inference import materialising
    from kg.inference.rules import rules
    from kg.publishing import changing

    form = form_of(as_json=as_json, as_csv=as_csv)
    with changing(store) as held:
        if drop:
            there = materialising.drop(held)
            say("what was inferred is gone" if there else "nothing was inferred")
            if form is Form.JSON:
                print_json({"dropped": there})
            return
        done = materialising.infer(held)
    if form is Form.JSON:
        print_json({"statements": done.statements, "total": done.total, "changed": done.changed})
        return
    rows = [(rule.name, done.statements[rule.name], rule.title) for rule in rules()]
    print_rows(("rule", "statements", "infers"), rows, form)
    if done.changed:
        say(f"{done.total} statements inferred in {done.seconds:.1f} s")
    else:
        say(f"{done.total} statements; nothing has changed since they were inferred")
