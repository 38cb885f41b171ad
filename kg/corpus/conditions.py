"""What postings ask and offer besides skills: degrees, years, choices, pay; of some of them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.corpus import queries
from kg.corpus.keeping import Wanted
from kg.corpus.model import Choice, Degree, DegreeDetails, Pay, Years
from kg.corpus.words import in_words_key
from kg.necessities import NECESSITIES
from ontology import terms
from ontology.terms import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.corpus.facets import Facets

    Read: TypeAlias = Callable[[Sequence[str]], Iterator[tuple[str, Any]]]

AT_ONCE: Final = 500
"""Postings from which on more than half of them are asked for as all."""


class Conditions:
    """Tables of conditions by posting, each read when it is first asked for.

    `look_at` says whose are wanted, so that no more is read; otherwise those of all postings are.
    """

    def __init__(self, facets: Facets) -> None:
        self._facets = facets
        self._wanted: frozenset[int] = frozenset()
        self._readers: dict[str, Read] = {
            "choices": self._read_choices,
            "degrees": self._read_degrees,
            "details": self._read_details,
            "years": self._read_years,
            "pay": partial(self._read_pay, SCHEMA + "baseSalary"),
            "estimate": partial(self._read_pay, SCHEMA + "estimatedSalary"),
            "duties": self._read_duties,
        }
        self._tables: dict[str, dict[int, list[Any]]] = {name: {} for name in self._readers}
        self._last: tuple[Sequence[str], tuple[dict[str, str], ...]] | None = None

    def look_at(self, numbers: Iterable[int]) -> None:
        """Say which postings will be asked about next."""
        self._wanted = frozenset(numbers)

    def read_all(self) -> None:
        """Read those of all postings, so that no group of them is read by itself."""
        for name in self._readers:
            self._fill(name, range(len(self._facets.postings)))

    def choices(self, number: int) -> list[Choice]:
        """Return the choices that a posting offers, in their order."""
        return self._of("choices", number)

    def degrees(self, number: int) -> list[Degree]:
        """Return the degrees that a posting asks for."""
        return self._of("degrees", number)

    def details(self, number: int) -> dict[str, DegreeDetails]:
        """Return what is added to a posting's degrees, by their nodes."""
        return dict(self._of("details", number))

    def years(self, number: int) -> list[Years]:
        """Return the years that a posting asks for."""
        return self._of("years", number)

    def pay(self, number: int) -> Pay | None:
        """Return the pay that a posting states."""
        return self._one("pay", number)

    def estimate(self, number: int) -> Pay | None:
        """Return the pay that a board has estimated for a posting."""
        return self._one("estimate", number)

    def duties(self, number: int) -> list[str]:
        """Return the skills that a posting names among its duties, sorted."""
        return self._of("duties", number)

    def _one(self, name: str, number: int) -> Pay | None:
        found = self._of(name, number)
        return found[-1] if found else None

    def _of(self, name: str, number: int) -> list[Any]:
        table = self._tables[name]
        if number not in table:
            is_wanted = number in self._wanted
            self._fill(name, self._wanted if is_wanted else range(len(self._facets.postings)))
        return table[number]

    def _fill(self, name: str, wanted: Iterable[int]) -> None:
        """Read a table's postings that were not read yet."""
        table = self._tables[name]
        new = [one for one in wanted if one not in table]
        table.update((one, []) for one in new)
        if not new:
            return
        fresh, number_of = set(new), self._facets.number_of_graph
        for graph, value in self._readers[name](self._graphs(new)):
            if (place := number_of.get(graph, -1)) in fresh:
                table[place].append(value)

    def _graphs(self, numbers: Sequence[int]) -> Sequence[str]:
        """Return the graphs to ask for; none are all of them."""
        graphs = self._facets.graph
        if len(numbers) * 2 > len(graphs) > AT_ONCE or len(numbers) == len(graphs):
            return ()
        return [graphs[one] for one in numbers]

    def _rows(self, pattern: str, columns: str, graphs: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the rows of a pattern, sorted by graph and then by what it is about."""
        store = self._facets.store
        query = queries.in_graphs(pattern, columns)
        if not graphs:
            return sorted(store.column(query))
        return sorted(store.rows_in(query, Wanted(graphs, self._facets.number_of_graph)))

    def _value(self, term: str, graphs: Sequence[str]) -> dict[str, str]:
        rows = self._rows(queries.values_of(term), "?subject ?value", graphs)
        return {subject: value for _, subject, value in rows}

    def _shared(self, graphs: Sequence[str]) -> tuple[dict[str, str], ...]:
        """Return the choice that a requirement is a member of, its least and its most years.

        Both degrees and years need them, mostly of the same postings, and the one after the other.
        """
        if self._last is None or self._last[0] != graphs:
            rows = self._rows(queries.CHOSEN, "?requirement ?choice", graphs)
            chosen = {requirement: choice for _, requirement, choice in rows}
            years = (self._value(one, graphs) for one in (terms.MINIMUM_YEARS, terms.MAXIMUM_YEARS))
            self._last = graphs, (chosen, *years)
        return self._last[1]

    def _read_choices(self, graphs: Sequence[str]) -> Iterator[tuple[str, Choice]]:
        rows = self._rows(queries.CHOICES, "?choice ?minimum ?necessity", graphs)
        for graph, choice, minimum, necessity in rows:
            yield graph, Choice(choice, int(minimum), NECESSITIES[necessity])

    def _in_words(self, kind: str, graphs: Sequence[str]) -> list[tuple[str, str, str, str]]:
        """Return what no concept covers: graph, requirement, its label, its necessity."""
        columns = "?requirement ?label ?necessity ?class"
        return [
            (graph, requirement, label, necessity)
            for graph, requirement, label, necessity, found in self._rows(
                queries.IN_WORDS, columns, graphs
            )
            if found == kind
        ]

    def _read_degrees(self, graphs: Sequence[str]) -> Iterator[tuple[str, Degree]]:
        rows = self._rows(queries.DEGREES, "?requirement ?degree ?necessity", graphs)
        for graph, requirement, label, necessity in self._in_words(
            terms.DEGREE_REQUIREMENT, graphs
        ):
            rows.append((graph, requirement, in_words_key("degree", label), necessity))
            self._facets.vocabulary.call(in_words_key("degree", label), label)
        self._facets.vocabulary.know(degree for _, _, degree, _ in rows if "://" in degree)
        chosen, low, high = self._shared(graphs)
        instead = self._value(terms.EQUIVALENT_EXPERIENCE, graphs)
        for graph, node, degree, necessity in sorted(rows):
            yield (
                graph,
                Degree(
                    node=node,
                    degree=degree,
                    necessity=NECESSITIES[necessity],
                    choice=chosen.get(node),
                    min_years=_decimal(low.get(node)),
                    max_years=_decimal(high.get(node)),
                    equivalent_experience=_is_true(instead.get(node)),
                ),
            )

    def _read_details(self, graphs: Sequence[str]) -> Iterator[tuple[str, tuple[str, Any]]]:
        fields: dict[tuple[str, str], set[str]] = defaultdict(set)
        for graph, node, field in self._rows(
            queries.values_of(terms.FIELD), "?subject ?value", graphs
        ):
            fields[graph, node].add(field)
        self._facets.vocabulary.know({one for found in fields.values() for one in found})
        label = self._facets.vocabulary.label
        foreign, related = (
            self._value(one, graphs) for one in (terms.FOREIGN_EQUIVALENT, terms.RELATED_FIELD)
        )
        for graph, node, _ in self._rows(queries.DEGREE_NODES, "?requirement ?class", graphs):
            labels = tuple(sorted({label(one) for one in fields.get((graph, node), ())}))
            said = _is_true(foreign.get(node)), _is_true(related.get(node))
            yield graph, (node, DegreeDetails(labels, *said))

    def _read_years(self, graphs: Sequence[str]) -> Iterator[tuple[str, Years]]:
        rows = self._rows(queries.YEARS, "?requirement ?necessity", graphs)
        chosen, low, high = self._shared(graphs)
        subjects = self._value(terms.SUBJECT, graphs)
        for graph, node, necessity in rows:
            yield (
                graph,
                Years(
                    node=node,
                    min_years=_decimal(low.get(node)),
                    max_years=_decimal(high.get(node)),
                    subject=subjects.get(node),
                    necessity=NECESSITIES[necessity],
                    choice=chosen.get(node),
                ),
            )

    def _read_pay(self, term: str, graphs: Sequence[str]) -> Iterator[tuple[str, Pay]]:
        rows = self._rows(queries.values_of(term), "?value", graphs)
        if not rows:
            return
        inner = self._value(SCHEMA + "value", graphs)
        currency, annual_low, annual_high, low, high, period = (
            self._value(one, graphs)
            for one in (
                SCHEMA + "currency",
                terms.ANNUAL_MINIMUM,
                terms.ANNUAL_MAXIMUM,
                SCHEMA + "minValue",
                SCHEMA + "maxValue",
                SCHEMA + "unitText",
            )
        )
        for graph, node in rows:
            stated = inner.get(node, "")
            yield (
                graph,
                Pay(
                    node=node,
                    currency=currency.get(node),
                    period=period.get(stated),
                    low=_decimal(low.get(stated)),
                    high=_decimal(high.get(stated)),
                    annual_low=_decimal(annual_low.get(node)),
                    annual_high=_decimal(annual_high.get(node)),
                ),
            )

    def _read_duties(self, graphs: Sequence[str]) -> Iterator[tuple[str, str]]:
        found = {(graph, skill) for graph, skill in self._rows(queries.DUTIES, "?skill", graphs)}
        for graph, label, kind in self._rows(queries.DUTIES_IN_WORDS, "?label ?class", graphs):
            if kind == terms.SKILL_REQUIREMENT:
                found.add((graph, in_words_key("skill", label)))
        yield from sorted(found)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _is_true(value: str | None) -> bool:
    return value in ("true", "1")
