"""`kg query` as it is asked most often, without the framework of the command line.

To read a command's options the framework loads what takes four times as long as a query of a small
store; scripts ask thousands of them. What is asked otherwise, or wrongly, is left to `kg.cli`, and
what is done here is what `kg.commands.asking` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.store_folder import USUAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ELSEWHERE: Final = ("KG_ENDPOINT", "_KG_COMPLETE")
"""Variables of the environment with which `kg query` does something else."""


@dataclass(frozen=True, slots=True)
class QuickQuery:
    """A query of a store in a folder; `form` is "csv", "json" or "table"."""

    sparql: str
    store: str
    form: str

    def answer(self) -> None:
        """Print the answer. Raises as `Store.query` does."""
        from kg.printing import Form, print_rows, say
        from kg.store import Store

        text = query_text(self.sparql)
        with Store.open(self.store) as store:
            if state := str(store.view or ""):
                say(f"kg: {state}")
            found = store.query(text)
        print_rows(found.columns, found.rows, Form(self.form))


def quick_query(words: Sequence[str], environment: Mapping[str, str]) -> QuickQuery | None:
    """Return the query that the words ask for; None where that is not all that they say."""
    if not words or words[0] != "query" or any(environment.get(name) for name in ELSEWHERE):
        return None
    given: dict[str, str] = {}
    rest = iter(words[1:])
    for word in rest:
        name, equals, value = word.partition("=")
        if word in ("--csv", "--json"):
            name, value = "form", word.removeprefix("--")
        elif name == "--store":
            value = value if equals else next(rest, "-")
        elif not word.startswith("-"):
            name, value = "sparql", word
        else:
            return None
        if name in given or value.startswith("-"):
            return None
        given[name] = value
    if "sparql" not in given:
        return None
    store = given.get("--store", environment.get("KG_STORE") or USUAL)
    return QuickQuery(given["sparql"], store, given.get("form", "table"))


def query_text(sparql: str) -> str:
    """Return a query as it is given, or what stands in its file. Raises `ValueError`."""
    if not sparql.endswith(".rq"):
        return sparql
    if not Path(sparql).exists():
        raise ValueError(f"{sparql}: no such file; name one that exists, or give the query itself")
    return Path(sparql).read_text(encoding="utf-8")
