"""Groups of postings by name, as every analysis finds them, turned into a condition for Spark.

One posting stands for all of the same role, level and employer: there are some thousand of them
where there are a hundred million postings, and names are sought among these.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.groups import Group, find_group, find_groups
from kg.corpus import Corpus
from kg.store import Store
from ontology import terms
from ontology.terms import RDF, SCHEMA
from ontology.vocabulary import own_files

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from kg.spark.tables import Tables

ELSEWHERE: Final = ("period:", "place:", "query:")


@dataclass(frozen=True)
class Found:
    """A group: as `kg.analysis.groups` describes it, and its postings."""

    group: Group
    postings: DataFrame

    @property
    def label(self) -> str:
        """What it is called."""
        return self.group.label


def find_pair(tables: Tables, a: str, b: str) -> tuple[Found, Found]:
    """Return the two groups that are to be compared, as `find_groups` does."""
    names = Names(tables, (a, b))
    one, other = find_groups(names.corpus, a, b)
    return names.found(one), names.found(other)


def find_one(tables: Tables, name: str) -> Found:
    """Return the group of a name, as `find_group` does."""
    names = Names(tables, (name,))
    return names.found(find_group(names.corpus, name))


class Names:
    """A corpus in which one posting stands for all of a role, a level and an employer sought."""

    def __init__(self, tables: Tables, sought: tuple[str, ...]) -> None:
        from pyspark.sql import functions as f

        for name in sought:
            if name.strip().lower().startswith(ELSEWHERE):
                raise ValueError(
                    f"{name}: on Spark a group is a role, a level, an employer, or several of them "
                    "(Data Engineer II + employer: Acme)"
                )
        self._tables = tables
        parts = [part for name in sought for part in name.split(" + ")]
        bare = sorted({part.removeprefix("employer:").strip().lower() for part in parts})
        full = tables.full()
        wanted = f.lower(f.trim("employer")).isin(*bare) | f.col("employer_iri").isin(*parts)
        employer = f.when(wanted, f.col("employer_iri"))
        called = f.when(wanted, f.col("employer"))
        rows = (
            full.select("role_iri", "level_iri", employer.alias("who"), called.alias("called"))
            .groupBy("role_iri", "level_iri", "who")
            .agg(f.min("called").alias("called"))
            .collect()
        )
        self._rows = sorted((tuple(row) for row in rows), key=repr)
        self.corpus = Corpus(self._store())

    def group(self, name: str) -> Found:
        """Return the group of a name."""
        return self.found(find_group(self.corpus, name))

    @property
    def base(self) -> str:
        """The IRI below which the tables' data lives."""
        row = self._tables.full().select("iri", "posting").first()
        return str(row[0]).removesuffix(f"posting/{row[1]}") if row else terms.DATA

    def found(self, group: Group) -> Found:
        """Return the postings of which the group's stand for."""
        from pyspark.sql import functions as f

        numbers = [int(one.rpartition("/")[2]) for one in group.postings]
        rows = [self._rows[number][:3] for number in numbers]
        chosen = self._tables.spark.createDataFrame(rows, "r string, l string, e string")
        sought = [row[2] for row in self._rows if row[2]]
        postings = self._tables.postings.withColumn(
            "sought", f.when(f.col("employer").isin(*sought), f.col("employer"))
        )
        same = (
            postings["role"].eqNullSafe(chosen["r"])
            & postings["level"].eqNullSafe(chosen["l"])
            & postings["sought"].eqNullSafe(chosen["e"])
        )
        return Found(group, postings.join(f.broadcast(chosen), same, "left_semi").drop("sought"))

    def _store(self) -> Store:
        store = Store.in_memory()
        if self._tables.vocabulary is None:
            store.load("vocabulary", own_files())
        else:
            data = gzip.decompress(self._tables.vocabulary)
            graph = store.iris.graph("vocabulary")
            known = ox.parse(data, format=ox.RdfFormat.N_QUADS)
            store.add_in_bulk(ox.Quad(s, p, o, graph) for s, p, o, _ in known)
        quads = []
        for number, (role, level, who, called) in enumerate(self._rows):
            graph, node = store.iris.graph(str(number)), store.iris.posting(str(number))
            stated: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
                (node, RDF + "type", ox.NamedNode(SCHEMA + "JobPosting")),
                (node, SCHEMA + "identifier", ox.Literal(str(number))),
            ]
            for verb, iri in (
                (terms.ROLE, role), (terms.LEVEL, level), (SCHEMA + "hiringOrganization", who)
            ):  # fmt: skip
                if iri:
                    stated.append((node, verb, ox.NamedNode(iri)))
            if who:
                stated.append((ox.NamedNode(who), SCHEMA + "name", ox.Literal(called)))
            quads += [ox.Quad(one, ox.NamedNode(verb), value, graph) for one, verb, value in stated]
        store.add_in_bulk(quads)
        return store
