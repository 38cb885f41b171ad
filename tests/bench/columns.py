"""A market of postings as the columns that analyses read, without texts and without a store.

    python -m tests.bench.columns COUNT FOLDER [--seed 1]

For measuring analyses at a size that extraction would take hours for. The postings are those of
`tests.bench.market`; what each asks for is read off the sentences that it was put together from,
since these are known, and kept as a snapshot keeps its columns (`kg.corpus.keeping`). Two things
are not as in a store of the same postings: copies are exactly those that were planted, and each
posting has a date and some duties, so that trends and duties have something to count. There are no
words: evidence is empty. What the vocabulary says is answered from a store of the vocabulary alone.
"""

from __future__ import annotations

import argparse
import random
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

import ontology
from kg.coded import Coded
from kg.corpus import Corpus, queries
from kg.corpus.asks import EDGES
from kg.corpus.keeping import Kept, Wanted
from kg.corpus.source import Source
from kg.made.postings import DUTIES, PREFERRED, REQUIREMENTS
from kg.necessities import STRENGTHS
from kg.store import Store
from ontology import terms
from ontology.terms import SCHEMA
from ontology.vocabulary import Vocabulary
from tests.bench.market import market
from tests.bench.planted import Planted

BASE: Final = "https://rolegraph.example/id/"
MONTHS: Final = 24
CHOICES: Final = dict.fromkeys((REQUIREMENTS[2], REQUIREMENTS[5]), terms.REQUIRED)
"""Sentences that ask for one of several skills, and how."""
ASKED: Final = {
    **dict.fromkeys((REQUIREMENTS[4], REQUIREMENTS[6], REQUIREMENTS[9]), "required"),
    REQUIREMENTS[11]: "required",
    **dict.fromkeys((REQUIREMENTS[7], PREFERRED[0], PREFERRED[2], PREFERRED[4]), "preferred"),
    **dict.fromkeys((DUTIES[6], DUTIES[7]), "mentioned"),
}
"""Sentences that ask for all skills they name, and how."""
YEARS: Final = (REQUIREMENTS[2], REQUIREMENTS[3])
RANGE: Final = re.compile(r"\$(\d+),000 - \$(\d+),000 per year")
HOURLY: Final = re.compile(r"Pay: \$(\d+)\.50 per hour")
VALUES: Final = re.compile(r"VALUES \?graph \{([^}]*)\} ")


class _Rows:
    """Rows of texts that grow column by column."""

    def __init__(self, width: int) -> None:
        self._known: list[dict[str, int]] = [{} for _ in range(width)]
        self._columns = [array("i") for _ in range(width)]

    def add(self, *row: str) -> None:
        for known, column, text in zip(self._known, self._columns, row, strict=True):
            column.append(known.setdefault(text, len(known)))

    def coded(self) -> Coded:
        return Coded([list(known) for known in self._known], self._columns)


class _Columns:
    """The answers to a corpus's questions, while postings are added."""

    def __init__(self, vocabulary: Vocabulary, seed: int) -> None:
        self.answers: dict[str, _Rows] = defaultdict(lambda: _Rows(3))
        self.answers[queries.COPIES] = _Rows(3)
        self._vocabulary = vocabulary
        self._dice = random.Random(seed)  # noqa: S311 # nothing secret: the same ones every time
        self._patterns = [
            (_pattern(text), text) for text in (*CHOICES, *ASKED, *YEARS[1:], *DUTIES)
        ]
        self._duties = [one.iri for one in vocabulary.scheme("duties") if one.broader]
        self._first: dict[str, str] = {}

    def add(self, number: int, one: Planted) -> None:
        name = f"{number:020x}"
        graph, posting = f"{BASE}graph/{name}", f"{BASE}posting/{name}"
        self._rows(queries.POSTINGS, "?posting", 2).add(graph, posting)
        if self._first.setdefault(one.job, posting) != posting:
            self.answers[queries.COPIES].add(f"{BASE}graph/copies", posting, self._first[one.job])
        self._value(graph, posting, SCHEMA + "identifier", name)
        self._value(graph, posting, SCHEMA + "title", one.title)
        for term, scheme, label in (
            (terms.ROLE, "roles", one.role),
            (terms.LEVEL, "levels", one.level),
        ):
            if concept := self._vocabulary.find(label, scheme):
                self._value(graph, posting, term, concept.iri)
        for term, kind, called in (
            (SCHEMA + "hiringOrganization", "employer", one.employer),
            (SCHEMA + "jobLocation", "place", f"{one.place}, US"),
        ):
            node = f"{BASE}{kind}/{called.lower().replace(' ', '-')}"
            self._value(graph, posting, term, node)
            self._rows(queries.NAMES, "?node ?name", 3).add(graph, node, called)
        month = self._dice.randrange(MONTHS)
        self._value(
            graph, posting, SCHEMA + "datePosted", f"{2024 + month // 12}-{month % 12 + 1:02}-15"
        )
        for duty in self._dice.sample(self._duties, self._dice.randrange(8)):
            self._value(graph, posting, terms.DUTY, duty)
        self._add_lines(graph, posting, one.body)

    def _add_lines(self, graph: str, posting: str, lines: Sequence[str]) -> None:
        asked: set[tuple[str, str]] = set()
        for place, line in enumerate(lines):
            found = self._read(line.strip().lstrip("•*-· ").strip())
            if found is None:
                self._add_pay(graph, posting, line)
                continue
            sentence, skills, years = found
            if sentence in CHOICES:
                choice = f"{posting}/alternative/{place}"
                made = queries.CHOICES, "?choice ?minimum ?necessity", 4
                self._rows(*made).add(graph, choice, "1", CHOICES[sentence])
                for skill in skills:
                    self._rows(queries.MEMBERS, "?choice ?skill", 3).add(graph, choice, skill)
                    asked.add(("alternative", skill))
            for skill in skills if sentence in ASKED else ():
                asked.add((ASKED[sentence], skill))
            if years:
                node = f"{posting}/requirement/{place}"
                made = queries.YEARS, "?requirement ?necessity", 3
                self._rows(*made).add(graph, node, terms.REQUIRED)
                self._value(graph, node, terms.MINIMUM_YEARS, str(years))
        for edge, way in EDGES:
            for known, skill in sorted(asked):
                if known == STRENGTHS[way]:
                    made = f"?posting <{edge}> ?skill", "?skill", 2
                    self._rows(*made).add(graph, skill)

    def _add_pay(self, graph: str, posting: str, line: str) -> None:
        if found := RANGE.search(line):
            low, high = (f"{amount}000" for amount in found.groups())
        elif found := HOURLY.search(line):
            low = high = str(int(found[1]) * 2080 + 1040)
        else:
            return
        node = f"{posting}/pay"
        pay = queries.values_of(SCHEMA + "baseSalary"), "?value", 2
        self._rows(*pay).add(graph, node)
        for term, value in (
            (SCHEMA + "currency", "USD"),
            (terms.ANNUAL_MINIMUM, low),
            (terms.ANNUAL_MAXIMUM, high),
        ):
            self._value(graph, node, term, value)

    def _read(self, line: str) -> tuple[str, tuple[str, ...], int] | None:
        """Return the sentence that a line was made from, its skills' concepts and its years."""
        for pattern, sentence in self._patterns:
            if found := pattern.fullmatch(line):
                groups = found.groupdict()
                years = int(groups.pop("years", None) or 0)
                concepts = [self._vocabulary.find(label) for label in groups.values() if label]
                return sentence, tuple(sorted({one.iri for one in concepts if one})), years
        return None

    def _value(self, graph: str, subject: str, term: str, value: str) -> None:
        self._rows(queries.values_of(term), "?subject ?value", 3).add(graph, subject, value)

    def _rows(self, pattern: str, columns: str, width: int) -> _Rows:
        query = queries.in_graphs(pattern, columns)
        if query not in self.answers:
            self.answers[query] = _Rows(width)
        return self.answers[query]


class _ByGraph:
    """The rows of an answer by their graph, which its first column names."""

    def __init__(self, answer: Coded | None) -> None:
        self._answer = answer or Coded([[]], [array("i")])
        self._place = {graph: place for place, graph in enumerate(self._answer.texts[0])}
        graphs = np.frombuffer(self._answer.columns[0], np.int32)
        self._order = np.argsort(graphs, kind="stable")
        self._starts = np.searchsorted(graphs[self._order], np.arange(len(self._place) + 1))

    def rows(self, graph: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a graph."""
        place = self._place.get(graph)
        if place is not None:
            for row in self._order[self._starts[place] : self._starts[place + 1]].tolist():
                columns = zip(self._answer.texts, self._answer.columns, strict=True)
                yield tuple(texts[column[row]] for texts, column in columns)


class ColumnsOnly(Source):
    """A source of kept columns; what no column answers, a store of the vocabulary does."""

    def __init__(self, folder: Path, vocabulary: Store) -> None:
        super().__init__(vocabulary)
        self._vocabulary = Source(vocabulary)
        self._made = Kept(folder)
        self._by_graph: dict[str, _ByGraph] = {}

    def stream(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a query about all postings, or about those of some graphs."""
        given = VALUES.search(sparql)
        if given is None:
            yield from self.coded(sparql)
            return
        whole = VALUES.sub("", sparql)
        if whole not in self._by_graph:
            self._by_graph[whole] = _ByGraph(self._made.find(whole))
        for graph in re.findall(r"<([^>]*)>", given[1]):
            yield from self._by_graph[whole].rows(graph)

    def rows_in(self, sparql: str, wanted: Wanted) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a query in some graphs; none where no column was made for it."""
        found = self._made.find(sparql)
        return iter(()) if found is None else found.where(wanted.among(found.texts[0]))

    def coded(self, sparql: str) -> Coded:
        """Return the answer to a query about all postings, or about the vocabulary."""
        return self._made.find(sparql) or self._vocabulary.coded(sparql)

    def column(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of such a query."""
        return iter(self.coded(sparql))


def write(count: int, folder: Path, *, seed: int = 1) -> None:
    """Write the columns of so many postings."""
    columns = _Columns(ontology.load(), seed)
    for number, one in enumerate(islice(market(seed=seed), count)):
        columns.add(number, one)
    folder.mkdir(parents=True, exist_ok=True)
    kept = Kept(folder)
    for query, rows in columns.answers.items():
        kept.keep(query, rows.coded())


def corpus_of(folder: Path, vocabulary: Store) -> Corpus:
    """Return the corpus that columns make up."""
    return Corpus(ColumnsOnly(folder, vocabulary))


def _pattern(sentence: str) -> re.Pattern[str]:
    numbers = iter(range(9))
    text = re.escape(sentence)
    text = re.sub(r"\\{skill\\}", lambda _: f"(?P<skill{next(numbers)}>.{{1,80}})", text)
    text = text.replace(r"\{years\}", r"(?P<years>\d{1,2})")
    return re.compile(re.sub(r"\\{\w+\\}", ".{1,80}", text))


def main() -> None:
    """Write the columns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.count, given.folder, seed=given.seed)


if __name__ == "__main__":
    main()
