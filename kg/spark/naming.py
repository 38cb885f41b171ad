"""Groups of postings by name, as every analysis finds them, turned into a condition for Spark.

One posting stands for all of the same role, level and employer: there are some thousand of them
where there are a hundred million postings, and names are sought among these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.groups import Group, find_group, find_groups
from kg.corpus import Corpus
from kg.store import Store
from ontology import terms
from ontology.terms import RDF, SCHEMA
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from kg.spark.tables import Tables

ELSEWHERE: Final = ("period", "place", "query")
KINDS: Final = ("employer", "level", "role")


@dataclass(frozen=True)
class Found:
    """A group: as `kg.analysis.groups` describes it, and its postings."""

    group: Group
    postings: DataFrame

    @property
    def label(self) -> str:
        """What it is called."""
        return self.group.label


def find_one(tables: Tables, name: str) -> Found:
    """Return the group of a name, as `find_group` does."""
    names = Names(tables, (name,))
    return names.found(find_group(names.corpus, name))


def parts_of(name: str) -> list[str]:
    """Return the names that a group's name is put together from, without their kinds.

    "Employer: Acme" is Acme, as `find_group` has it. Raises `ValueError` for a kind of group that
    the tables do not tell by role, level and employer.
    """
    found = []
    for part in name.split(" + "):
        kind, colon, rest = part.partition(":")
        kind = kind.strip().lower()
        if colon and kind in ELSEWHERE:
            raise ValueError(
                f"{name}: on Spark a group is a role, a level, an employer, or several of them "
                "(Data Engineer II + employer: Acme)"
            )
        found.append(rest.strip() if colon and kind in KINDS else part.strip())
    return found


class Names:
    """A corpus in which one posting stands for all of a role, a level and an employer sought."""

    def __init__(self, tables: Tables, sought: tuple[str, ...]) -> None:
        from pyspark.sql import functions as f

        parts = [part for name in sought for part in parts_of(name)]
        self._tables = tables
        # A lambda: of a function with annotations Spark wants to know more than they say.
        folded = f.udf(lambda name: fold(name or ""), "string")("called")
        meant = folded.isin(*map(fold, parts)) | f.col("employer").isin(*parts)
        self._called: dict[str, str] = dict(map(tuple, tables.called.where(meant).collect()))
        who = f.when(f.col("employer_iri").isin(*self._called), f.col("employer_iri"))
        rows = tables.full().select("role_iri", "level_iri", who.alias("who")).distinct().collect()
        self._rows = sorted((tuple(row) for row in rows), key=repr)
        self.corpus = Corpus(self._store())

    def group(self, name: str) -> Found:
        """Return the group of a name."""
        return self.found(find_group(self.corpus, name))

    def pair(self, a: str, b: str) -> tuple[Found, Found]:
        """Return the two groups that are to be compared, as `find_groups` does."""
        one, other = find_groups(self.corpus, a, b)
        return self.found(one), self.found(other)

    @property
    def base(self) -> str:
        """The IRI below which the tables' data lives."""
        row = self._tables.full().select("iri", "posting").first()
        return str(row[0]).removesuffix(f"posting/{row[1]}") if row else terms.DATA

    def found(self, group: Group) -> Found:
        """Return the postings of which the group's stand for."""
        from pyspark.sql import functions as f

        numbers = [int(one.rpartition("/")[2]) for one in group.postings]
        rows = [self._rows[number] for number in numbers]
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
        graph = store.iris.graph("vocabulary")
        quads = [ox.Quad(s, p, o, graph) for s, p, o, _ in self._tables.vocabulary]
        for number, (role, level, who) in enumerate(self._rows):
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
                stated.append((ox.NamedNode(who), SCHEMA + "name", ox.Literal(self._called[who])))
            quads += [ox.Quad(one, ox.NamedNode(verb), value, graph) for one, verb, value in stated]
        store.add_in_bulk(quads)
        return store
