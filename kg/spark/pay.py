"""What is paid, of postings that Spark SQL has chosen; quantiles and premiums as on one machine.

Spark finds the scope, the jobs of each group and the postings that state pay with the skills they
require. The driver has these (one posting in three or so of a role), for a quantile of ranges that
may be open, and a regression, need them one by one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from kg.analysis.pay import PayBy, pay_group
from kg.analysis.pay_ranges import others, stated_ranges
from kg.analysis.pay_rows import PayGroup, PayReport
from kg.analysis.premium import premiums_of
from kg.corpus.model import Pay
from kg.iris import Iris
from kg.posting_graph import place_name
from kg.spark.naming import Names
from kg.spark.paid import Paid, PaidPosting
from kg.spark.trends import dated
from nlp.types import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import DataFrame

    from kg.analysis.pay_ranges import PayRange
    from kg.copies.counting import Copies
    from kg.corpus import Corpus
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
    postings, labels = _paid(tables, scope, iris)
    corpus = cast("Corpus", Paid(postings, names.corpus, labels))
    order = sorted(postings) if given else _by_title(tables, postings)
    stated = stated_ranges(corpus, order, estimates=False, copies="one")
    chosen = currency.upper() if currency else stated.usual()
    ranges = stated.ranges.get(chosen or "", ())
    of_job = {postings[one.posting].job: one for one in ranges}
    shown: PayBy = by or ("level" if role else "role")
    jobs, all_postings = scope.select("job").distinct().count(), scope.count()

    def paid(kind: str, name: str, of: Sequence[PayRange], size: int) -> PayGroup:
        return replace(pay_group(corpus, kind, name, of, size, estimates=False), evidence=())

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


def _paid(
    tables: Tables, scope: DataFrame, iris: Iris
) -> tuple[dict[str, PaidPosting], dict[str, str]]:
    """Return the postings of a scope that state pay, by IRI, and labels of skills and places."""
    from pyspark.sql import functions as f

    columns = [
        "pay_currency",
        "pay_period",
        "pay_min",
        "pay_max",
        "pay_annual_min",
        "pay_annual_max",
    ]
    full = tables.full().select("posting", "iri", "places", *columns)
    some = " OR ".join(f"{one} IS NOT NULL" for one in columns)
    chosen = scope.join(full.where(some), "posting")
    required = tables.asks.where("way = 'required'").groupBy("posting")
    skills = required.agg(f.sort_array(f.collect_set("skill")).alias("skills"))
    found: dict[str, PaidPosting] = {}
    labels: dict[str, str] = {}
    for row in chosen.join(skills, "posting", "left").collect():
        places = sorted(_places(row["places"], iris, labels))
        pay = Pay(
            node="",
            currency=row["pay_currency"],
            period=row["pay_period"],
            low=row["pay_min"],
            high=row["pay_max"],
            annual_low=_plain(row["pay_annual_min"]),
            annual_high=_plain(row["pay_annual_max"]),
        )
        found[row["iri"]] = PaidPosting(
            identifier=row["posting"],
            job=row["job"],
            employer=row["employer"],
            role=row["role"],
            level=row["level"],
            places=tuple(places),
            required=tuple(row["skills"] or ()),
            pay=pay,
        )
    named = sorted({skill for one in found.values() for skill in one.required})
    labels.update(tables.labels(named) if named else {})
    return found, labels


def _places(places: Any, iris: Iris, labels: dict[str, str]) -> list[str]:
    found = []
    for one in places or ():
        place = Place(one["city"], one["region"], one["country"], one["remote"] or None)
        node = iris.place(place).value
        labels.setdefault(node, place_name(place))
        found.append(node)
    return found


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.normalize()


def _by_title(tables: Tables, postings: Mapping[str, PaidPosting]) -> list[str]:
    """Return postings as a corpus has them: by title, and then by IRI."""
    rows = tables.full().select("iri", "title").where("iri IS NOT NULL").collect()
    title = {row["iri"]: row["title"] for row in rows if row["iri"] in postings}
    return sorted(postings, key=lambda one: (title[one] or postings[one].identifier, one))


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
        import json

        labels: dict[str, str] = {}
        said = {"city": None, "region": None, "country": None, "remote": None, **json.loads(value)}
        (node,) = _places([said], iris, labels)
        return math.inf, labels[node]
    rank = names.corpus.rank(value) if by == "level" else None
    return math.inf if rank is None else float(rank), names.corpus.label(value)
