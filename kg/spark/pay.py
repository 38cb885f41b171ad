"""What is paid, of postings that Spark SQL has chosen; quantiles and premiums as on one machine.

Spark finds the scope, the jobs of each group and the postings that state pay with the skills they
require. The driver has these (one posting in three or so of a role), for a quantile of ranges that
may be open, and a regression, need them one by one.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kg.analysis.pay import PayBy, pay_group
from kg.analysis.pay_difference import compare_pay
from kg.analysis.pay_ranges import others, stated_ranges
from kg.analysis.pay_rows import PayReport
from kg.analysis.premium import premiums_of
from kg.iris import Iris
from kg.spark.naming import Names
from kg.spark.paid import Paid, paid_postings, places_of
from kg.spark.trends import dated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyspark.sql import DataFrame

    from kg.analysis.comparison_rows import PayRow
    from kg.copies.counting import Copies
    from kg.spark.paid import PaidPosting
    from kg.spark.sides import Sides
    from kg.spark.tables import Tables


def pay(
    tables: Tables,
    *,
    role: str | None = None,
    level: str | None = None,
    by: PayBy | None = None,
    currency: str | None = None,
    copies: Copies = "one",
) -> PayReport:
    """Return the pay of the postings of a role and a level, as `kg.analysis.pay.pay` does.

    Estimates of boards are in no table, and are not told of. Raises `UnknownNameError`.
    """
    from pyspark.sql import functions as f

    given = [f"{kind}: {name}" for kind, name in (("role", role), ("level", level)) if name]
    names = Names(tables, tuple(given))
    scope, label = tables.postings, "all postings"
    if given:
        found = [names.group(name) for name in given]
        label = ", ".join(one.label for one in found)
        for one in found:
            scope = scope.join(one.postings.select("posting"), "posting", "left_semi")
    if copies == "all":
        scope = scope.withColumn("job", f.col("posting"))
    iris = Iris(names.base)
    postings = paid_postings(tables, scope, iris)
    corpus = Paid(postings, names.corpus, _labels(tables, postings))
    by_title = sorted(postings, key=lambda one: (postings[one].title, one))
    order = list(postings) if given else by_title  # as a corpus has them
    stated = stated_ranges(corpus, order, estimates=False, copies="one")
    chosen = currency.upper() if currency else stated.usual()
    ranges = stated.ranges.get(chosen or "", ())
    of_job = {postings[one.posting].job: one for one in ranges}
    shown: PayBy = by or ("level" if role else "role")
    jobs, all_postings = scope.select("job").distinct().count(), scope.count()

    paid = partial(pay_group, corpus, estimates=False)

    premiums, refusal = premiums_of(corpus, ranges)
    groups = []
    for name, size, members in _groups(tables, scope, shown, names, set(of_job), copies, iris):
        groups.append(paid(shown, name, [of_job[job] for job in sorted(members)], size))
    return PayReport(
        scope=label,
        basis="stated",
        currency=chosen,
        by=shown,
        whole=paid("all", label, ranges, jobs),
        groups=tuple(groups),
        unusable=stated.unusable,
        others=others(stated, chosen),
        left_out=all_postings - jobs,
        premiums=premiums,
        refusal=refusal,
    )


def compare_pay_of(tables: Tables, names: Names, sides: Sides) -> PayRow:
    """Compare the pay of two groups as `kg.analysis.pay_difference.compare_pay` does."""
    from pyspark.sql import functions as f

    columns = "posting", "job", "employer", "role", "level"
    scope = sides.rows.groupBy(*columns).agg(f.collect_set("side").alias("sides"))
    postings = paid_postings(tables, scope, Iris(names.base))
    groups = [
        replace(group, postings=tuple(one for one in postings if side in postings[one].sides))
        for side, group in enumerate(sides.groups)
    ]
    return compare_pay(Paid(postings, names.corpus, {}), *groups)


def _labels(tables: Tables, postings: Mapping[str, PaidPosting]) -> Mapping[str, str]:
    """Return what people call the skills that some postings require."""
    return tables.labels({skill for one in postings.values() for skill in one.required})


def _groups(
    tables: Tables,
    scope: DataFrame,
    by: PayBy,
    names: Names,
    paid: set[str],
    copies: Copies,
    iris: Iris,
) -> list[tuple[str, int, list[str]]]:
    """Return the label of each group, the number of its jobs, and those of `paid` among them."""
    from pyspark.sql import functions as f

    if by in ("month", "quarter", "year"):
        told = dated(tables, scope, by, copies).select("posting", "period")
        valued = scope.join(told, "posting", "left").select("job", f.col("period").alias("value"))
    elif by == "place":
        full = tables.full().select("posting", f.explode_outer("places").alias("value"))
        valued = scope.join(full, "posting").select("job", f.to_json("value").alias("value"))
    else:
        valued = scope.select("job", f.col(by).alias("value"))
    valued = valued.distinct()
    sizes = valued.groupBy("value").count().collect()
    jobs = tables.spark.createDataFrame([(one,) for one in sorted(paid)], "job string")
    members: dict[str | None, list[str]] = defaultdict(list)
    for row in valued.join(f.broadcast(jobs), "job").collect():
        members[row["value"]].append(row["job"])
    found: dict[tuple[float, str], tuple[int, list[str]]] = {}
    for row in sizes:
        found[_place(row["value"], by, names, iris)] = row["count"], members[row["value"]]
    if by in ("role", "place"):
        ordered = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    else:
        ordered = sorted(found.items(), key=lambda item: item[0])
    return [(label, size, jobs_) for (_, label), (size, jobs_) in ordered]


def _place(value: str | None, by: PayBy, names: Names, iris: Iris) -> tuple[float, str]:
    """Return what puts a group in its place, and its label."""
    if by in ("month", "quarter", "year"):
        return 0.0, value or "no date"
    if value is None:
        return math.inf, f"no {by} stated"
    if by == "place":
        said = {"city": None, "region": None, "country": None, "remote": None, **json.loads(value)}
        (label,) = places_of([said], iris).values()
        return math.inf, label
    rank = names.corpus.rank(value) if by == "level" else None
    return math.inf if rank is None else float(rank), names.corpus.label(value)
