"""Postings that state their pay, as the analyses of pay ask for them: what Spark has chosen.

They answer what `kg.corpus.paying` asks of postings. The driver has them one by one (one posting in
three or so of a role), for a quantile of ranges that may be open, and a regression, need them so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.corpus.model import Pay
from kg.posting_graph import place_name
from kg.spark.said import plain
from nlp.types import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyspark.sql import DataFrame

    from kg.corpus import Corpus
    from kg.iris import Iris
    from kg.spark.tables import Tables
    from nlp.types import Evidence

COLUMNS: Final = (
    "pay_currency", "pay_period", "pay_min", "pay_max", "pay_annual_min", "pay_annual_max",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaidPosting:
    """A posting with its pay; `required` are the skills that it requires outright, sorted.

    `title` is what it is called among others, `sides` those of a comparison on which it stands.
    """

    identifier: str
    title: str
    job: str
    employer: str | None
    role: str | None
    level: str | None
    places: tuple[str, ...]
    required: tuple[str, ...]
    pay: Pay
    sides: tuple[int, ...]


def paid_postings(tables: Tables, scope: DataFrame, iris: Iris) -> dict[str, PaidPosting]:
    """Return the postings of a scope that state pay, by IRI.

    The scope has the columns of `Tables.postings`, and may have `sides`. Titles and skills of the
    others stay where they are.
    """
    from pyspark.sql import functions as f

    full = tables.full().select("posting", "iri", "places", "title", *COLUMNS)
    some = " OR ".join(f"{one} IS NOT NULL" for one in COLUMNS)
    chosen = scope.join(full.where(some), "posting")
    required = tables.asks.where("way = 'required'").groupBy("posting")
    skills = required.agg(f.sort_array(f.collect_set("skill")).alias("skills"))
    found: dict[str, PaidPosting] = {}
    for row in chosen.join(skills, "posting", "left").toLocalIterator():
        found[row["iri"]] = PaidPosting(
            identifier=row["posting"],
            title=row["title"] or row["posting"],
            job=row["job"],
            employer=row["employer"],
            role=row["role"],
            level=row["level"],
            places=tuple(sorted(places_of(row["places"], iris))),
            required=tuple(row["skills"] or ()),
            pay=_pay(row),
            sides=tuple(row["sides"]) if "sides" in row else (),
        )
    return {iri: found[iri] for iri in sorted(found)}


def _pay(row: Any) -> Pay:
    def amount(name: str) -> Decimal | None:
        return None if row[name] is None else plain(row[name])

    return Pay(
        node="",
        currency=row["pay_currency"],
        period=row["pay_period"],
        low=amount("pay_min"),
        high=amount("pay_max"),
        annual_low=amount("pay_annual_min"),
        annual_high=amount("pay_annual_max"),
    )


def places_of(places: Any, iris: Iris) -> dict[str, str]:
    """Return the nodes of a row's places, each with what it is called."""
    found = {}
    for one in places or ():
        place = Place(one["city"], one["region"], one["country"], one["remote"] or None)
        found[iris.place(place).value] = place_name(place)
    return found


class Paid:
    """Such postings by IRI. `names` knows roles and levels, `labels` skills and places."""

    def __init__(
        self, found: Mapping[str, PaidPosting], names: Corpus, labels: Mapping[str, str]
    ) -> None:
        self._found = found
        self._names = names
        self._labels = labels

    def job(self, posting: str) -> str:
        """Return what stands for a posting's job."""
        return self._found[posting].job

    def identifier(self, posting: str) -> str:
        """Return what a posting is called."""
        return self._found[posting].identifier

    def employer(self, posting: str) -> str | None:
        """Return a posting's employer."""
        return self._found[posting].employer

    def role(self, posting: str) -> str | None:
        """Return a posting's role."""
        return self._found[posting].role

    def level(self, posting: str) -> str | None:
        """Return a posting's level."""
        return self._found[posting].level

    def places(self, posting: str) -> tuple[str, ...]:
        """Return a posting's places, sorted."""
        return self._found[posting].places

    def required(self, posting: str) -> list[str]:
        """Return the skills that a posting requires outright, sorted."""
        return list(self._found[posting].required)

    def pay(self, posting: str) -> Pay | None:
        """Return the pay that a posting states."""
        return self._found[posting].pay

    def estimate(self, posting: str) -> Pay | None:
        """Return None: what boards estimate is in no table."""

    def read_words(self, postings: Iterable[str]) -> None:
        """Do nothing: nobody is shown the words of a table."""

    def read_words_of(self, nodes: Iterable[tuple[str, str]]) -> None:
        """Do nothing, as `read_words` does."""

    def words_of(self, posting: str, node: str) -> Sequence[Evidence]:  # noqa: ARG002 # of Paying
        """Return nothing, as `read_words` says."""
        return ()

    def label(self, node: str) -> str:
        """Return what people call a node."""
        return self._labels[node] if node in self._labels else self._names.label(node)

    def concept(self, node: str) -> str | None:
        """Return the concept of a skill; None where no concept covers it."""
        return self._names.concept(node)
