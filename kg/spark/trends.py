"""What rises and falls, counted by Spark SQL and tested as on one machine.

Spark counts postings by employer and period, with and without each skill and role. The trend test
sums over employers and periods anyway, so that these counts give it the same numbers as postings.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.analysis.clusters import ByEmployer
from kg.analysis.comparison import LEVEL
from kg.analysis.incidence import strengths_of
from kg.analysis.observations import find_differences
from kg.analysis.ordered import find_trends
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.skill_rows import LEAST
from kg.analysis.support import Support
from kg.analysis.timeline import cut_of, place_of, refusal
from kg.analysis.trend_rows import Arrival, Period, TrendRow, Trends
from kg.analysis.trends import sureness, surest
from kg.spark.naming import find_one
from kg.spark.tables import firsts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import DataFrame

    from kg.analysis.incidence import Way
    from kg.analysis.ordered import Trend
    from kg.analysis.trend_rows import By
    from kg.copies.counting import Copies
    from kg.spark.tables import Tables

Cell = tuple[str, str]
"""An employer and a period."""


def trends(
    tables: Tables,
    *,
    role: str | None = None,
    by: By = "month",
    asked: Way = "required",
    copies: Copies = "one",
) -> Trends:
    """Return the trends of all roles and skills, or of a role and its skills; without words.

    What counts is what `kg.analysis.trends.trends` counts, and so are the numbers.
    """
    from pyspark.sql import functions as f

    everyone = tables.counted(copies)
    label, node, scope, left_out = "all postings", "", everyone, 0
    if role is not None:
        found = find_one(tables, role if "://" in role else f"role: {role}")
        label, node, scope = found.label, found.group.node, found.postings
        if copies == "one":
            whole_group = scope.count()
            scope = firsts(scope)
            left_out = whole_group - scope.count()
    elif copies == "one":
        left_out = tables.postings.count() - everyone.count()
    everywhere = dated(tables, everyone, by, copies).persist()
    whole = _Timeline(everywhere, by)
    timeline, within = whole, everywhere
    if role is not None:
        within = dated(tables, scope, by, copies).persist()
        timeline = _Timeline(within, by, whole)
    refused = timeline.refusal
    of_role = _counts(
        everywhere if role is None else everywhere.where(f.col("role") == node), "role"
    )
    for one in [node] if node else _roles(tables):
        of_role.setdefault(one, {})
    rows = _rows(tables, "role", whole, of_role, refused=bool(whole.refusal))
    asks = tables.asks.where(f.col("way").isin(*strengths_of(asked)))
    asking = within.join(asks.select("posting", "skill").distinct(), "posting")
    counts = _counts(asking, "skill")
    rows += _rows(tables, "skill", timeline, counts, refused=refused is not None)
    arrivals = early = late = None
    if not refused:
        cut = cut_of([one.postings for one in timeline.periods])
        halves = timeline.periods[:cut], timeline.periods[cut:]
        early, late = (_named(half) for half in halves)
        arrivals, refused = _arrivals(tables, within, timeline, counts, cut, (early, late))
    result = Trends(
        scope=label,
        by=by,
        asked=asked,
        periods=timeline.periods,
        postings=timeline.postings,
        undated=scope.count() - timeline.postings,
        left_out=left_out,
        rows=tuple(sorted(rows, key=sureness)),
        early=early,
        late=late,
        arrivals=arrivals,
        caution=refused,
    )
    everywhere.unpersist()
    return result


def dated(tables: Tables, scope: DataFrame, by: By, copies: Copies) -> DataFrame:
    """Return the postings of a scope that have a date, with `period`; of a job its first date."""
    from pyspark.sql import functions as f

    if copies == "one":
        first = tables.postings.groupBy("job").agg(f.min("date").alias("day"))
        scope = scope.join(first, "job")
    else:
        scope = scope.withColumn("day", f.col("date"))
    year, month = f.substring("day", 1, 4), f.substring("day", 6, 2).cast("int")
    quarter = f.concat(year, f.lit("-Q"), f.floor((month + 2) / 3).cast("string"))
    period = {"month": f.substring("day", 1, 7), "year": year, "quarter": quarter}[by]
    return scope.where("day IS NOT NULL").withColumn("period", period)


class _Timeline:
    """How many postings each employer has in each period; `whole` says which periods there are."""

    def __init__(self, dated: DataFrame, by: By, whole: _Timeline | None = None) -> None:
        from pyspark.sql import functions as f

        rows = dated.groupBy("witness", "period").agg(
            f.count("posting").alias("n"), f.min("posting").alias("first")
        )
        self.firsts: dict[str, str] = {}
        self.cells: dict[Cell, int] = {}
        for row in rows.collect():
            self.cells[row["witness"], row["period"]] = row["n"]
            first = self.firsts.get(row["witness"], row["first"])
            self.firsts[row["witness"]] = min(first, row["first"])
        known = [one.label for one in whole.periods] if whole else []
        order = sorted(
            {*(period for _, period in self.cells), *known}, key=lambda one: place_of(one, by)
        )
        start = place_of(order[0], by) if order else 0
        sizes: dict[str, int] = defaultdict(int)
        firms: dict[str, int] = defaultdict(int)
        for (_, period), count in self.cells.items():
            sizes[period] += count
            firms[period] += 1
        self.periods: tuple[Period, ...] = tuple(
            Period(one, place_of(one, by) - start, sizes[one], firms[one]) for one in order
        )
        self.postings = sum(sizes.values())
        self.place = {one.label: one.place for one in self.periods}
        filled = sum(1 for one in self.periods if one.postings)
        self.refusal = refusal(self.postings, len(self.firsts), filled, by)

    def test(self, counts: Sequence[Mapping[Cell, int]]) -> list[Trend]:
        """Test features, of each of which it is known how many postings of a cell have it."""
        from scipy.sparse import csc_array

        order = sorted(self.firsts, key=self.firsts.__getitem__)
        number = {witness: place for place, witness in enumerate(order)}
        cells = sorted(self.cells, key=lambda cell: (number[cell[0]], self.place[cell[1]]))
        row = {cell: place for place, cell in enumerate(cells)}
        entries = [
            (row[cell], column, count)
            for column, each in enumerate(counts)
            for cell, count in each.items()
        ]
        places = np.array([one[:2] for one in entries], np.int32).reshape(-1, 2).T
        values = csc_array(
            (np.array([one[2] for one in entries], np.float64), (places[0], places[1])),
            shape=(len(cells), len(counts)),
        )
        return find_trends(
            np.array([number[witness] for witness, _ in cells], np.intp),
            np.array([self.place[period] for _, period in cells], np.float64),
            values,
            sizes=np.array([self.cells[cell] for cell in cells], np.float64),
        )


def _counts(rows: DataFrame, feature: str) -> dict[str, dict[Cell, int]]:
    """Return how many postings of each employer and period have each skill or role."""
    found: dict[str, dict[Cell, int]] = defaultdict(dict)
    grouped = rows.where(f"{feature} IS NOT NULL").groupBy(feature, "witness", "period").count()
    for row in grouped.collect():
        found[row[feature]][row["witness"], row["period"]] = row["count"]
    return found


def _rows(
    tables: Tables,
    kind: str,
    timeline: _Timeline,
    counts: Mapping[str, Mapping[Cell, int]],
    *,
    refused: bool,
) -> list[TrendRow]:
    labels = tables.labels(sorted(counts)) if kind == "skill" else _role_labels(tables)
    tested = (
        [] if refused else [one for one in sorted(counts) if sum(counts[one].values()) >= LEAST]
    )
    found = (
        dict(zip(tested, timeline.test([counts[one] for one in tested]), strict=True))
        if tested
        else {}
    )
    rows = []
    for node, cells in counts.items():
        of_period: dict[str, int] = defaultdict(int)
        for (_, period), count in cells.items():
            of_period[period] += count
        rows.append(
            TrendRow(
                kind="skill" if kind == "skill" else "role",
                concept=node if "://" in node else None,
                label=labels[node],
                counts=tuple((of_period[one.label], one.postings) for one in timeline.periods),
                employers=len({witness for witness, _ in cells}),
                trend=found.get(node),
                evidence=(),
            )
        )
    return rows


def _roles(tables: Tables) -> list[str]:
    rows = tables.postings.where("role IS NOT NULL").select("role").distinct().collect()
    return [row["role"] for row in rows]


def _role_labels(tables: Tables) -> dict[str, str]:
    from pyspark.sql import functions as f

    rows = tables.full().where("role_iri IS NOT NULL").groupBy("role_iri")
    return {row["role_iri"]: row["role"] for row in rows.agg(f.min("role").alias("role")).collect()}


def _named(periods: Sequence[Period]) -> str:
    return "..".join(dict.fromkeys((periods[0].label, periods[-1].label)))


def _arrivals(
    tables: Tables,
    within: DataFrame,
    timeline: _Timeline,
    counts: Mapping[str, Mapping[Cell, int]],
    cut: int,
    names: tuple[str, str],
) -> tuple[tuple[Arrival, ...] | None, str | None]:
    """Return the skills of one half only; else why they are not sought."""
    from pyspark.sql import functions as f

    half = {one.label: int(place >= cut) for place, one in enumerate(timeline.periods)}
    sizes: list[dict[str, int]] = [defaultdict(int), defaultdict(int)]
    for (witness, period), count in timeline.cells.items():
        sizes[half[period]][witness] += count
    totals = [sum(one.values()) for one in sizes]
    if min(totals) < MINIMUM_POSTINGS or min(map(len, sizes)) < MINIMUM_EMPLOYERS:
        return None, (
            f"Newcomers and leavers are not sought: {names[0]} has {totals[0]} "
            f"postings and {names[1]} {totals[1]}; needed are {MINIMUM_POSTINGS} "
            f"of {MINIMUM_EMPLOYERS} employers each."
        )
    late = [period for period, place in half.items() if place]
    order_of = within.withColumn("half", f.col("period").isin(*late).cast("int"))
    firsts_ = order_of.groupBy("witness").agg(f.min(f.struct("half", "posting")).alias("first"))
    ordered = sorted(firsts_.collect(), key=lambda row: row["first"])
    number = {row["witness"]: place for place, row in enumerate(ordered)}
    of_skill: dict[str, list[dict[str, int]]] = {}
    for skill, cells in counts.items():
        each: list[dict[str, int]] = [defaultdict(int), defaultdict(int)]
        for (witness, period), count in cells.items():
            each[half[period]][witness] += count
        of_skill[skill] = each
    summed = {skill: [sum(one.values()) for one in each] for skill, each in of_skill.items()}
    tested = [skill for skill in sorted(of_skill) if sum(summed[skill]) >= LEAST]
    findings = find_differences(
        ByEmployer(
            *(_column([one], number)[:, 0] for one in sizes),
            *(_column([of_skill[skill][side] for skill in tested], number) for side in (0, 1)),
        ),
        [sum(summed[skill]) / sum(totals) for skill in tested],
    )
    known = dict(zip(tested, findings, strict=True))
    labels = tables.labels(sorted(of_skill))
    found = []
    for skill, (before, after) in summed.items():
        if before and after:
            continue
        finding = known.get(skill)
        firms = [len(one) for one in of_skill[skill]]
        support = Support(before, after, totals[0], totals[1], firms[0], firms[1], ())
        found.append(
            Arrival(
                kind="newcomer" if after else "leaver",
                concept=skill if "://" in skill else None,
                label=labels[skill],
                support=support,
                finding=finding,
                shown=finding is not None and finding.q <= LEVEL,
            )
        )
    return tuple(sorted(found, key=surest)), None


def _column(counts: Sequence[Mapping[str, int]], number: Mapping[str, int]) -> Any:
    made = np.zeros((len(number), len(counts)))
    for column, each in enumerate(counts):
        for witness, count in each.items():
            made[number[witness], column] = count
    return made
