"""What separates two groups of postings, counted by Spark SQL and tested as on one machine.

Spark counts postings by employer, side, skill and way; these counts (employers times skills, not
postings) go to the driver, where `kg.analysis.observations` does what it does anywhere: the same
tests, the same draws of employers, the same numbers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.analysis.clusters import ByEmployer
from kg.analysis.comparison_rows import SkillRow
from kg.analysis.observations import find_differences
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.skill_rows import LEAST, TESTED, row_order
from kg.analysis.support import Support
from kg.graph_model import Kind
from kg.necessities import STRENGTHS
from kg.spark.naming import find_pair
from kg.spark.tables import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyspark.sql import DataFrame

    from kg.analysis.findings import Finding
    from kg.analysis.support import Json
    from kg.copies.counting import Copies
    from kg.necessities import Asked
    from kg.spark.naming import Found
    from kg.spark.tables import Tables

COLUMNS: Final = (
    "necessity", "label", "side", "support_a", "support_b", "share_a", "share_b", "log_odds", "z",
    "p", "q",
)  # fmt: skip
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SparkComparison:
    """Two groups side by side: postings, employers, and the skills as `kg compare` has them."""

    a: str
    b: str
    postings: tuple[int, int]
    employers: tuple[int, int]
    enough: bool
    skills: tuple[SkillRow, ...]

    def to_json(self) -> dict[str, Json]:
        """Return the object that is printed: the names are those of `kg compare --json`."""
        return {
            "a": {
                "label": self.a, "postings": self.postings[0], "employers": self.employers[0]
            },
            "b": {
                "label": self.b, "postings": self.postings[1], "employers": self.employers[1]
            },
            "enough": self.enough,
            "skills": [one.to_json() for one in self.skills],
        }  # fmt: skip

    def to_rows(self) -> list[list[Any]]:
        """Return the skills as rows of `COLUMNS`."""
        return [[one.to_json()[name] for name in COLUMNS] for one in self.skills]


def compare(tables: Tables, a: str, b: str, *, copies: Copies = "one") -> SparkComparison:
    """Compare two groups by name. Raises what `kg.analysis.groups.find_groups` raises."""
    from pyspark.sql import functions as f

    found = find_pair(tables, a, b)
    sides = _sides(found, copies).persist()
    sizes: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in sides.groupBy("witness", "employer", "side").count().collect():
        sizes[row["witness"], row["employer"] or row["witness"]][row["side"]] += row["count"]
    jobs = sides.groupBy("job").agg(f.countDistinct("side").alias("n")).where("n > 1").isEmpty()
    postings = sum(one[0] for one in sizes.values()), sum(one[1] for one in sizes.values())
    who = tuple(
        len({name for (_, name), one in sizes.items() if one[side]}) for side in (0, 1)
    )  # fmt: skip
    alone = found[0].group.kind == found[1].group.kind == Kind.EMPLOYER
    enough = min(postings) >= MINIMUM_POSTINGS and jobs and (alone or min(who) >= MINIMUM_EMPLOYERS)
    order = numbered(sides) if enough else {}
    asked = sides.join(tables.asks, "posting")
    hits = asked.groupBy("witness", "employer", "side", "skill", "way").count().collect()
    sides.unpersist()
    rows = _rows(tables, hits, (postings[0], postings[1]))
    if enough:
        totals = [[0.0] * len(order), [0.0] * len(order)]
        for (witness, _), counts in sizes.items():
            for side in (0, 1):
                totals[side][order[witness]] += counts[side]
        rows = _with_findings(tables, rows, hits, order, totals, copies)
    return SparkComparison(
        a=found[0].label,
        b=found[1].label,
        postings=postings,
        employers=(who[0], who[1]),
        enough=enough,
        skills=tuple(sorted(rows.values(), key=row_order)),
    )


def _sides(found: tuple[Found, Found], copies: Copies) -> DataFrame:
    """Return the postings of both groups that count, with `side` and `place`, their order.

    Where both groups are employers each posting is a witness of its own.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    parts = []
    for side, one in enumerate(found):
        postings = one.postings
        if copies == "one":
            of_job = Window.partitionBy("job")
            postings = postings.withColumn("first", f.min("posting").over(of_job))
            postings = postings.where("posting = first").drop("first")
        parts.append(postings.withColumn("side", f.lit(side)))
    both = parts[0].union(parts[1])
    if found[0].group.kind == found[1].group.kind == Kind.EMPLOYER:
        both = both.withColumn("witness", f.col("posting"))
    return both.withColumn("place", f.struct("side", "posting"))


def _rows(tables: Tables, hits: list[Any], sizes: tuple[int, int]) -> dict[Key, SkillRow]:
    """Return the row of each skill and way: how many postings of how many employers."""
    counts: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    firms: dict[Key, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for hit in hits:
        key = hit["skill"], hit["way"]
        counts[key][hit["side"]] += hit["count"]
        firms[key][hit["side"]].add(hit["employer"] or hit["witness"])
    labels = tables.labels(sorted({skill for skill, _ in counts}))
    rows = {}
    for (skill, way), (in_a, in_b) in counts.items():
        others = [(one, counts[skill, one]) for one in STRENGTHS
                  if one != way and (skill, one) in counts]  # fmt: skip
        rows[skill, way] = SkillRow(
            concept=skill if "://" in skill else None,
            label=labels[skill],
            necessity=_way(way),
            support=Support(
                a=in_a,
                b=in_b,
                size_a=sizes[0],
                size_b=sizes[1],
                employers_a=len(firms[skill, way][0]),
                employers_b=len(firms[skill, way][1]),
                evidence=(),
            ),
            also_a={one: found[0] for one, found in others if found[0]},
            also_b={one: found[1] for one, found in others if found[1]},
        )
    return rows


def _with_findings(
    tables: Tables,
    rows: Mapping[Key, SkillRow],
    hits: list[Any],
    order: Mapping[str, int],
    totals: list[list[float]],
    copies: Copies,
) -> dict[Key, SkillRow]:
    from dataclasses import replace

    import numpy as np

    everyone = tables.counted(copies)
    number = everyone.count()
    asked = tables.asks.join(everyone.select("posting"), "posting")
    shares = {
        (row["skill"], row["way"]): row["count"] / number
        for row in asked.groupBy("skill", "way").count().collect()
    }
    sizes = [np.array(one) for one in totals]
    done = dict(rows)
    for way in TESTED:
        keys = [
            key for key, row in rows.items()
            if key[1] == way and row.support.a + row.support.b >= LEAST
        ]  # fmt: skip
        if not keys:
            continue
        column = {key: place for place, key in enumerate(keys)}
        having = [np.zeros((len(order), len(keys))) for _ in (0, 1)]
        for hit in hits:
            place = column.get((hit["skill"], hit["way"]))
            if place is not None:
                having[hit["side"]][order[hit["witness"]], place] += hit["count"]
        counts = ByEmployer(sizes[0], sizes[1], having[0], having[1])
        findings: list[Finding] = find_differences(counts, [shares.get(key, 0.0) for key in keys])
        for key, finding in zip(keys, findings, strict=True):
            done[key] = replace(rows[key], finding=finding)
    return done


def _way(way: str) -> Asked:
    return next(one for one in STRENGTHS if one == way)
