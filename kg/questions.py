"""Named questions: SPARQL files with a header that says what they take and what they answer.

A parameter is a line `VALUES ?given_NAME { UNDEF }` of the file, which is valid SPARQL as it
stands: UNDEF leaves the parameter open. Asking puts terms in its place, never text. A comment
`# with NAME: PATTERN` becomes that pattern where the parameter is given: it says nothing that the
query does not say behind it anyway, but lets the engine begin with the few that are meant.

A header line `# within: NAME` says that `?graph` is the graph of the posting that NAME means. Where
it means one, its graph is named: an engine that joins what is optional by hash would look through
the graphs of all others.

`{ SELECT ?a ?b { PATTERN } }` on one line, with all of the pattern's variables, asks for what the
pattern alone asks for. It makes the engine read the whole of a property and join by hash, a tenth
of the cost of a look-up for each posting. Where a parameter means few postings (`FEW`) the pattern
alone is asked for, and so each is looked up. A header line `# few: PATTERN` has the store say
whether they are few: those that match the pattern, with the parameters that it names.

What is optional is looked up one by one only where it stands outside of `GRAPH ?graph { }` and
before the first BIND, and begins with variables that are always bound; the engine joins by hash
otherwise. Names of roles and levels, which are few, are joined by hash behind all of it. It copies
a row at every join, with all that the SELECT names: what is long is joined in a SELECT of its own.

What an open parameter leaves without effect is left out (`kg.pruning`).
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.binding import Binder, Parameter, QuestionError
from kg.inference.materialising import GRAPH, need_inferred
from kg.iris import graph_of
from kg.kept_rows import KeptRows
from kg.names import Names, UnknownNameError
from kg.ordering import Order
from kg.pruning import pruned
from nlp.garbage import collector_waits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.binding import Argument, Bound
    from kg.rows import Queryable, Rows

__all__ = ["Column", "Parameter", "Question", "QuestionError", "ask", "parse", "questions"]

FOLDER: Final = Path(__file__).parent / "queries"

_PARAMETER: Final = re.compile(
    r"(?P<name>[a-z][a-z_]*): (?P<type>[a-z]+) — (?P<meaning>.+?)(?: = (?P<default>[^=]+))?"
)
_COLUMN: Final = re.compile(r"(?P<name>[a-z][a-z_]*): (?P<meaning>.+)")
_PLACE: Final = re.compile(r"^( *VALUES \?given_([a-z_]+) \{) [^{}\n]* (\})$", re.MULTILINE)
_WHOLE: Final = re.compile(
    r"\{ SELECT (?:\?[a-z_]+ )+(\{ (?:GRAPH \?graph \{ [^{}]+ \}|[^{}]+) \}) \}"
)
FEW: Final = frozenset({"employer", "posting", "role"})
"""Types of parameters that leave few of the postings: a tenth of them or less, as a rule."""
FEW_MATCHES: Final = 300
"""So many look-ups take less than reading a property of some thousand postings."""
_PREFIX: Final = re.compile(r"^PREFIX .*$", re.MULTILINE)
_GRAPH: Final = re.compile(r"\?graph\b")
_NARROWING: Final = re.compile(r"^( +)# with ([a-z_]+): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Column:
    """What a question answers."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: its header, and the file that it stands in."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str
    needs_inferred: bool = False
    within: str | None = None
    few: str | None = None

    def ask(self, store: Queryable, params: Mapping[str, Argument] | None = None) -> Rows:
        """Answer the question. A parameter of None counts as not given.

        Raises `QuestionError` for a parameter that is missing, unknown or of the wrong type,
        `UnknownNameError` for a name that nothing in the store bears; `StoreError` where it rests
        on what is inferred and nothing is.
        """
        if self.needs_inferred:
            need_inferred(store)
        return self.answer(store, self.bind(Names.of(store), params or {}, store))

    @collector_waits()
    def answer(self, store: Queryable, bound: str) -> Rows:
        """Answer the question once it is bound: its rows, sorted as it says.

        They are those that the store's snapshot has kept, where it was asked so before.
        """
        kept = KeptRows.of(store)
        columns = tuple(column.name for column in self.columns)
        found = kept.find(bound, columns) if kept else None
        if found is None:
            began = time.perf_counter()
            found = self.answer_anew(store, bound)
            if kept and found.columns == columns:
                kept.keep(bound, found, time.perf_counter() - began)
        return found

    @collector_waits()
    def answer_anew(self, store: Queryable, bound: str) -> Rows:
        """Answer as `answer` does, whatever was kept."""
        order = Order.of(self.sparql)
        if order is None:
            return store.query(bound)
        return order.sorted(store.query(order.left_out(bound)))

    def counts_jobs(self, params: Mapping[str, Argument]) -> bool:
        """Say whether postings of one job count once, as this question is asked."""
        for parameter in self.parameters:
            if parameter.type == "copies":
                return (params.get(parameter.name) or parameter.default) == "one"
        return False

    def bind(
        self, names: Names, params: Mapping[str, Argument], store: Queryable | None = None
    ) -> str:
        """Return the query with terms in place of its parameters.

        Its answer is the same with a `store`, which says what is quicker where few are meant.
        """
        values = Binder(self.name, self.parameters, names).bind(params)

        def fill(match: re.Match[str]) -> str:
            found = values.get(match[2], ())
            return f"{match[1]} {' '.join(map(str, found)) or 'UNDEF'} {match[3]}"

        def narrow(match: re.Match[str]) -> str:
            return f"{match[1]}{match[3]}" if match[2] in values else match[0]

        sparql = _NARROWING.sub(narrow, _PLACE.sub(fill, self.sparql))
        one = values.get(self.within or "", ())
        graph = graph_of(str(one[0].value)) if len(one) == 1 else None
        if graph is not None:
            sparql = _GRAPH.sub(str(graph), sparql)
        few = any(one.name in values and one.type in FEW for one in self.parameters)
        few = few or (store is not None and self._means_few(store, values))
        sparql = pruned(sparql)
        return _WHOLE.sub(r"\1", sparql) if few else sparql

    def _means_few(self, store: Queryable, values: Mapping[str, Bound]) -> bool:
        """Ask whether at most `FEW_MATCHES` match what `# few` says."""
        if self.few is None:
            return False
        given = [
            f"VALUES ?given_{name} {{ {' '.join(map(str, found))} }}"
            for name, found in values.items()
            if f"?given_{name} " in f"{self.few} "
        ]
        counted = store.query(
            f"{' '.join(_PREFIX.findall(self.sparql))} SELECT (COUNT(?it) AS ?matches) "
            f"{{ SELECT ?it {{ {' '.join(given)} {self.few} }} LIMIT {FEW_MATCHES + 1} }}"
        )
        return int(str(counted[0][0])) <= FEW_MATCHES


def ask(store: Queryable, name: str, params: Mapping[str, Argument] | None = None) -> Rows:
    """Answer the question called `name`. Raises as `Question.ask`; also where there is none."""
    known = questions()
    if name not in known:
        raise UnknownNameError("question", name, {one: one for one in known})
    return known[name].ask(store, params)


@cache
def questions() -> Mapping[str, Question]:
    """Return all named questions by name, sorted."""
    return {
        path.stem: parse(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.rq"), key=lambda path: path.stem)
    }


def parse(name: str, text: str) -> Question:
    """Read a question file. Raises `QuestionError` where its header and its query disagree."""
    header: dict[str, list[str]] = {
        word: [] for word in ("title", "description", "needs", "within", "few", "param", "column")
    }
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        word, _, rest = line[2:].partition(" ")
        if word.rstrip(":") not in header:
            raise QuestionError(f"{name}: {line!r}; a header line starts with {', '.join(header)}")
        header[word.rstrip(":")].append(rest)
    parameters = tuple(_parameter(name, line) for line in header["param"])
    places = {match[2] for match in _PLACE.finditer(text)}
    if places != {parameter.name for parameter in parameters}:
        raise QuestionError(f"{name}: the VALUES lines and the params of the header differ")
    if not {match[2] for match in _NARROWING.finditer(text)} <= places:
        raise QuestionError(f"{name}: a `# with` line names a param that there is not")
    return Question(
        name=name,
        title=" ".join(header["title"]),
        description=" ".join(header["description"]),
        parameters=parameters,
        columns=tuple(_column(name, line) for line in header["column"]),
        sparql=text,
        needs_inferred=_needs(name, header["needs"]),
        within=_within(name, header["within"], parameters),
        few=_few(name, header["few"]),
    )


def _needs(question: str, said: list[str]) -> bool:
    if said not in ([], [GRAPH]):
        raise QuestionError(f"{question}: needs {', '.join(said)}; a question may need {GRAPH!r}")
    return bool(said)


def _within(question: str, said: list[str], parameters: Sequence[Parameter]) -> str | None:
    postings = {parameter.name for parameter in parameters if parameter.type == "posting"}
    if len(said) > 1 or not postings.issuperset(said):
        raise QuestionError(
            f"{question}: within {', '.join(said)}; it names one param of a posting"
        )
    return said[0] if said else None


def _few(question: str, said: list[str]) -> str | None:
    if len(said) > 1 or not all("?it " in pattern for pattern in said):
        raise QuestionError(f"{question}: few {', '.join(said)}; it is one pattern about ?it")
    return said[0] if said else None


def _parameter(question: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match:
        raise QuestionError(f"{question}: param {line!r} is not `NAME: type — meaning [= default]`")
    return Parameter(**match.groupdict())


def _column(question: str, line: str) -> Column:
    match = _COLUMN.fullmatch(line)
    if not match:
        raise QuestionError(f"{question}: column {line!r} is not `NAME: meaning`")
    return Column(**match.groupdict())
