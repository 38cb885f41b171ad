"""Every requirement of a skill or a degree by itself: what a drawn graph has an edge for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.corpus import queries
from kg.corpus.words import in_words_key
from kg.necessities import NECESSITIES
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.corpus.facets import Facets
    from nlp.types import Necessity


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill or degree that a posting asks for; `number` is the posting's.

    `target` is the concept, or the key of the wording where none covers it; `label` is then the
    wording.
    """

    node: str
    number: int
    is_degree: bool
    target: str
    label: str | None
    necessity: Necessity
    choice: str | None
    min_years: Decimal | None
    max_years: Decimal | None
    fields: tuple[str, ...]
    foreign_equivalent: bool
    related_field: bool
    equivalent_experience: bool
    note: str | None


def read_requirements(facets: Facets) -> list[Requirement]:
    """Return the requirements of all postings, sorted by IRI."""

    def values(term: str) -> dict[str, str]:
        rows = _rows(facets, queries.values_of(term), "?subject ?value")
        return {subject: value for _, subject, value in rows}

    chosen = {
        requirement: choice
        for _, requirement, choice in _rows(facets, queries.CHOSEN, "?requirement ?choice")
    }
    fields: dict[str, set[str]] = defaultdict(set)
    for _, node, field in _rows(facets, queries.values_of(terms.FIELD), "?subject ?value"):
        fields[node].add(field)
    facets.vocabulary.know({one for found in fields.values() for one in found})
    low, high, note = map(values, (terms.MINIMUM_YEARS, terms.MAXIMUM_YEARS, terms.NOTE))
    said = map(values, (terms.FOREIGN_EQUIVALENT, terms.RELATED_FIELD, terms.EQUIVALENT_EXPERIENCE))
    foreign, related, instead = said
    found = []
    for graph, node, is_degree, target, label, necessity in _asked(facets):
        if graph in facets.number_of_graph:
            found.append(
                Requirement(
                    node=node,
                    number=facets.number_of_graph[graph],
                    is_degree=is_degree,
                    target=target,
                    label=label,
                    necessity=NECESSITIES[necessity],
                    choice=chosen.get(node),
                    min_years=Decimal(low[node]) if node in low else None,
                    max_years=Decimal(high[node]) if node in high else None,
                    fields=tuple(sorted({facets.vocabulary.label(one) for one in fields[node]})),
                    foreign_equivalent=foreign.get(node) == "true",
                    related_field=related.get(node) == "true",
                    equivalent_experience=instead.get(node) == "true",
                    note=note.get(node),
                )
            )
    return sorted(found, key=lambda one: one.node)


def _asked(facets: Facets) -> Iterator[tuple[str, str, bool, str, str | None, str]]:
    """Yield graph, requirement, whether of a degree, its target, its wording, its necessity."""
    for pattern, name in ((queries.SKILLS, "skill"), (queries.DEGREES, "degree")):
        for graph, node, target, necessity in _rows(
            facets, pattern, f"?requirement ?{name} ?necessity"
        ):
            yield graph, node, name == "degree", target, None, necessity
    columns = "?requirement ?label ?necessity ?class"
    for graph, node, label, necessity, kind in _rows(facets, queries.IN_WORDS, columns):
        if kind in (terms.SKILL_REQUIREMENT, terms.DEGREE_REQUIREMENT):
            is_degree = kind == terms.DEGREE_REQUIREMENT
            key = in_words_key("degree" if is_degree else "skill", label)
            yield graph, node, is_degree, key, label, necessity


def _rows(facets: Facets, pattern: str, columns: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a pattern about all postings: of the kept column, where there is one."""
    return facets.store.column(queries.in_graphs(pattern, columns))
