"""Which skills go together, the pairs counted by Spark SQL and measured as on one machine.

Spark counts the postings of each employer that ask for both skills of a pair, and keeps the pairs
that are measured: five postings of three employers. These counts go to the driver, where NPMI, its
interval and q are those of `kg.analysis.cooccurrence`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.analysis.cooccurrence import LEAST_EMPLOYERS, LEAST_POSTINGS, MOST, intervals, npmi
from kg.analysis.hypergeometric import upper_tail
from kg.analysis.incidence import counted, strengths_of
from kg.analysis.pairs import Pair
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.statistics import benjamini_hochberg
from kg.spark.naming import find_one
from kg.spark.tables import numbered

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from kg.analysis.clusters import Floats
    from kg.analysis.incidence import Way
    from kg.analysis.support import Json
    from kg.spark.tables import Tables

COLUMNS: Final = ("skill_a", "skill_b", "npmi", "low", "high", "q", "together", "employers")


@dataclass(frozen=True, slots=True)
class SparkCooccurrence:
    """Pairs of skills in the postings of a group, the surest first; without words."""

    label: str
    necessity: Way
    postings: int
    employers: int
    caution: str | None
    pairs: tuple[Pair, ...]
    left_out: int

    def to_json(self) -> dict[str, Json]:
        """Return the object that is printed: the names are those of `kg cooccurrence --json`."""
        return {
            "label": self.label,
            "necessity": self.necessity,
            "postings": self.postings,
            "employers": self.employers,
            "enough": self.caution is None,
            "caution": self.caution,
            "pairs_left_out": self.left_out,
            "pairs": [one.to_json() for one in self.pairs],
        }

    def to_rows(self) -> list[list[Any]]:
        """Return the pairs as rows of `COLUMNS`."""
        return [
            [one.label_a, one.label_b, one.npmi, *(one.interval or (None, None)), one.q,
             one.together, one.employers]
            for one in self.pairs
        ]  # fmt: skip


def cooccurrence(
    tables: Tables, name: str | None = None, *, necessity: Way = "any"
) -> SparkCooccurrence:
    """Measure every pair of skills that enough postings of enough employers ask for together."""
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
    enough = size >= MINIMUM_POSTINGS and len(order) >= MINIMUM_EMPLOYERS
    caution = None if enough else (
        f"Not enough data: {counted(size, len(order))}; {MINIMUM_POSTINGS} postings of "
        f"{MINIMUM_EMPLOYERS} employers are the least that is measured."
    )  # fmt: skip
    each = np.array([sizes[one] for one in order], np.intp)
    made, left_out = _measured(tables, firm_skills, pairs, order, each, enough=enough)
    return SparkCooccurrence(label, necessity, size, len(order), caution, made, left_out)


def firsts(postings: DataFrame) -> DataFrame:
    """Return the first posting of each job in a group."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    first = f.min("posting").over(Window.partitionBy("job"))
    return postings.withColumn("first", first).where("posting = first").drop("first")


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


def _measured(
    tables: Tables,
    firm_skills: list[Any],
    pairs: list[Any],
    order: dict[str, int],
    sizes: Any,
    *,
    enough: bool,
) -> tuple[tuple[Pair, ...], int]:
    from scipy.sparse import csr_array

    if not pairs:
        return (), 0
    named = sorted({row["skill"] for row in firm_skills})
    labels = tables.labels(named)
    named.sort(key=lambda one: (labels[one].casefold(), one))
    column = {skill: number for number, skill in enumerate(named)}
    asks = csr_array(
        (
            np.array([row["count"] for row in firm_skills], np.float64),
            (
                [order[row["witness"]] for row in firm_skills],
                [column[row["skill"]] for row in firm_skills],
            ),
        ),
        shape=(len(order), len(named)),
    )
    counts: Floats = np.asarray(asks.sum(axis=0), np.float64)
    keys = sorted({tuple(sorted((column[row["a"]], column[row["b"]]))) for row in pairs})
    place = {key: number for number, key in enumerate(keys)}
    rows = [place[tuple(sorted((column[row["a"]], column[row["b"]])))] for row in pairs]
    by_employer = csr_array(
        (
            np.array([row["count"] for row in pairs], np.float32),
            (rows, [order[row["witness"]] for row in pairs]),
        ),
        shape=(len(keys), len(order)),
    )
    by_employer.sort_indices()
    together = np.asarray(by_employer.sum(axis=1)).astype(np.int64)
    firms = np.diff(by_employer.indptr)
    first, second = np.array(keys, np.intp).T
    chosen = np.sort(np.argsort(-together, kind="stable")[:MOST])
    values = ends = qs = None
    if enough:
        size = int(sizes.sum())
        p_values = upper_tail(together, size, counts[first], counts[second])
        qs = np.array(benjamini_hochberg(p_values.tolist()))
        alone = counts[first[chosen]], counts[second[chosen]]
        values = npmi(together[chosen].astype(float), *alone, size)
        ends = intervals(sizes, asks, first[chosen], second[chosen], by_employer[chosen])
    found = [
        Pair(
            a=named[first[at]],
            b=named[second[at]],
            label_a=labels[named[first[at]]],
            label_b=labels[named[second[at]]],
            together=int(together[at]),
            employers=int(firms[at]),
            postings_a=int(counts[first[at]]),
            postings_b=int(counts[second[at]]),
            npmi=None if values is None else float(values[number]),
            interval=None if ends is None else (float(ends[number, 0]), float(ends[number, 1])),
            q=None if qs is None else float(qs[at]),
            evidence=(),
        )
        for number, at in enumerate(chosen.tolist())
    ]
    return tuple(sorted(found, key=_order)), len(keys) - len(chosen)


def _order(pair: Pair) -> tuple[Any, ...]:
    low = pair.interval[0] if pair.interval else 0.0
    folded = pair.label_a.casefold(), pair.label_b.casefold()
    return -low, -pair.together, *folded, pair.a, pair.b
