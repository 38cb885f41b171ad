"""The years that two groups require, from how many postings of each employer require how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.analysis.comparison_rows import YearsRow
from kg.analysis.years import FEWEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.spark.sides import Sides


def compare_years_of(sides: Sides) -> YearsRow:
    """Compare the medians as `kg.analysis.years.compare_years` does."""
    from pyspark.sql import functions as f

    required = sides.asked.where("kind = 'experience' AND necessity = 'required'")
    each = (
        required.groupBy("posting", f.coalesce("choice", "requirement").alias("choice"))
        .agg(f.min("min_years").alias("years"))
        .groupBy("posting")
        .agg(f.max("years").alias("years"))
        .where("years > 0")
    )
    rows: list[Any] = (
        each.join(sides.rows.select("posting", "witness", "side"), "posting")
        .groupBy("witness", "side", "years")
        .count()
        .collect()
    )
    counts = [sum(row["count"] for row in rows if row["side"] == side) for side in (0, 1)]
    medians = [_median([row for row in rows if row["side"] == side]) for side in (0, 1)]
    interval = _interval(rows, sides) if sides.enough and min(counts) >= FEWEST else None
    return YearsRow(counts[0], counts[1], medians[0], medians[1], interval)


def _median(rows: Sequence[Any]) -> float | None:
    """Return the median of values that stand for several postings each."""
    if not rows:
        return None
    total, seen, middle = sum(row["count"] for row in rows), 0, []
    for row in sorted(rows, key=lambda one: one["years"]):
        before, seen = seen, seen + row["count"]
        middle += [
            float(row["years"]) for rank in ((total - 1) // 2, total // 2) if before <= rank < seen
        ]
    return sum(middle) / 2


def _interval(rows: Sequence[Any], sides: Sides) -> tuple[float, float]:
    import numpy as np

    from kg.analysis.clusters import median_difference_interval

    places = np.array([sides.order[row["witness"]] for row in rows], np.intp)
    return median_difference_interval(
        np.unique(places, return_inverse=True)[1],
        np.array([row["side"] == 1 for row in rows]),
        np.array([float(row["years"]) for row in rows]),
        np.array([row["count"] for row in rows], np.intp),
    )
