"""Which skills go together, the pairs counted by Spark SQL and measured as on one machine.

Spark counts the postings of each employer that ask for both skills of a pair, and keeps the pairs
that are measured: five postings of three employers. These counts go to the driver, where NPMI, its
interval and q are those of `kg.analysis.cooccurrence`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.analysis.cooccurrence import (
    LEAST_EMPLOYERS,
    LEAST_POSTINGS,
    Cooccurrence,
    measure,
    most_asked,
)
from kg.analysis.incidence import Incidence, strengths_of, too_few
from kg.analysis.pair_counts import PairCounts
from kg.analysis.pairs import Columns, Pairs
from kg.spark.naming import find_one
from kg.spark.tables import firsts, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import DataFrame
    from scipy.sparse import csr_array

    from kg.analysis.incidence import Way
    from kg.spark.tables import Tables


def cooccurrence(
    tables: Tables, name: str | None = None, *, necessity: Way = "any"
) -> Cooccurrence:
    """Measure every pair of skills that enough postings of enough employers ask for together.

    The pairs name no postings as evidence.
    """
    from pyspark.sql import functions as f

    label, scope = "all postings", tables.counted("one")
    if name is not None:
        found = find_one(tables, name)
        label, scope = found.label, firsts(found.postings)
    scope = scope.withColumn("place", f.col("posting")).persist()
    ways = strengths_of(necessity)
    asked = tables.asks.where(f.col("way").isin(*ways)).join(
        scope.select("posting", "witness"), "posting"
    )
    firm_skills = (
        asked.select("posting", "witness", "skill").distinct().groupBy("witness", "skill").count()
    ).collect()
    sizes = {row["witness"]: row["count"] for row in scope.groupBy("witness").count().collect()}
    order = numbered(scope)
    size = sum(sizes.values())
    pairs = _pairs(tables, asked, alternatives="alternative" in ways).collect()
    scope.unpersist()
    each = np.array([sizes[one] for one in order], np.intp)
    skills = _Skills(tables, firm_skills, order, label)
    counted = skills.counted(pairs)
    chosen = most_asked(counted)
    caution = too_few(size, len(order))
    measured = None
    if caution is None and len(counted.first):
        measured = measure(each, skills.asks, counted, chosen)
    return Cooccurrence(
        label=label,
        necessity=necessity,
        postings=size,
        employers=len(order),
        caution=caution,
        pairs=replace(skills.pairs(counted).at(chosen), measured=measured).in_order(),
        left_out=len(counted.first) - len(chosen),
    )


def _pairs(tables: Tables, asked: DataFrame, *, alternatives: bool) -> DataFrame:
    """Return `a`, `b`, `witness`, `count` of the pairs that are measured, `a` before `b`.

    Members of one choice are not asked for together, unless one of them is asked for elsewhere.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    skills = asked.select("posting", "witness", "skill").distinct()
    often = skills.groupBy("skill").count().where(f.col("count") >= LEAST_POSTINGS)
    skills = skills.join(often.select("skill"), "skill")
    one = skills.withColumnRenamed("skill", "a")
    other = skills.select("posting", f.col("skill").alias("b"))
    both = one.join(other, "posting").where("a < b")
    if alternatives:
        outright = asked.where("way <> 'alternative'").select("posting", "skill")
        members = tables.members.withColumn(
            "often", f.count("choice").over(Window.partitionBy("posting", "skill"))
        ).where("often = 1")
        members = members.join(outright, ["posting", "skill"], "left_anti")
        first = members.select("posting", "choice", f.col("skill").alias("a"))
        second = members.select("posting", "choice", f.col("skill").alias("b"))
        apart = first.join(second, ["posting", "choice"]).where("a < b")
        both = both.join(apart.select("posting", "a", "b"), ["posting", "a", "b"], "left_anti")
    summed = both.groupBy("a", "b", "witness").count()
    enough = (
        summed.groupBy("a", "b")
        .agg(f.sum("count").alias("together"), f.count("witness").alias("employers"))
        .where(
            (f.col("together") >= LEAST_POSTINGS) & (f.col("employers") >= LEAST_EMPLOYERS)
        )
    )  # fmt: skip
    return summed.join(enough.select("a", "b"), ["a", "b"])


class _Skills:
    """The skills that are asked for, by label, and how many postings of each employer ask for each.

    Of an incidence it has everything but the postings, which stay with Spark.
    """

    def __init__(
        self, tables: Tables, asked: Sequence[Any], order: Mapping[str, int], label: str
    ) -> None:
        from scipy.sparse import csr_array

        labels = tables.labels({row["skill"] for row in asked})
        named = sorted(labels, key=lambda one: (labels[one].casefold(), one))
        self._order = order
        self._column = {skill: number for number, skill in enumerate(named)}
        rows = [order[row["witness"]] for row in asked]
        columns = [self._column[row["skill"]] for row in asked]
        counts = np.array([row["count"] for row in asked], np.float64)
        self.asks: csr_array = csr_array((counts, (rows, columns)), shape=(len(order), len(named)))
        none = csr_array((0, len(named)))
        self._incidence = Incidence(
            label=label,
            postings=(),
            identifiers=(),
            skills=tuple(named),
            labels=tuple(labels[one] for one in named),
            employers=np.zeros(0, np.intp),
            asks=none,
            choices=none,
            choosers=np.zeros(0, np.intp),
        )

    def counted(self, pairs: Sequence[Any]) -> PairCounts:
        """Return the pairs, the skill with the lesser label first, sorted."""
        from scipy.sparse import csr_array

        places = [tuple(sorted((self._column[row["a"]], self._column[row["b"]]))) for row in pairs]
        keys = sorted(set(places))
        number = {key: place for place, key in enumerate(keys)}
        rows = [number[place] for place in places]
        employers = [self._order[row["witness"]] for row in pairs]
        counts = np.array([row["count"] for row in pairs], np.float32)
        shape = len(keys), len(self._order)
        by_employer = csr_array((counts, (rows, employers)), shape=shape)
        by_employer.sort_indices()
        first, second = np.array(keys, np.intp).reshape(-1, 2).T
        return PairCounts(first, second, by_employer)

    def pairs(self, counted: PairCounts) -> Pairs:
        """Return pairs that name no postings."""
        of = self._incidence
        counts = np.asarray(self.asks.sum(axis=0), np.float64)
        return Pairs(
            of, counted.first, counted.second, counted.together, counted.employers, counts,
            Columns.of(of), quoted=0,
        )  # fmt: skip
