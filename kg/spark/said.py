"""What postings say, each thing once a posting, as Spark SQL finds it in the tables.

All kinds of things stand in one table (`posting`, `kind`, `key`), so that a comparison counts them
in one shuffle. The key is a list in JSON, which is taken apart where there are only counts left:

- skill, degree: what is asked for, and in which way
- experience: least and most years, what in, in which way
- alternative: how many are enough, how strongly they are asked for, the labels of the members
- duty: a skill that the duties name; verb: a duty itself; mode: a work mode
- broader: a concept of which something is required

They are the keys by which `kg.analysis.tally` and `kg.analysis.broader` gather postings.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from kg.analysis.comparison_rows import experience_text
from kg.label_order import in_label_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import DataFrame

    from kg.spark.tables import Tables

Key: TypeAlias = tuple[str | None, ...]
"""A kind, and the parts of a key of that kind."""


def key_of(kind: str, key: str) -> Key:
    """Return a row's kind and key as one."""
    return (kind, *json.loads(key))


def number_of(text: str | None) -> Decimal | None:
    """Return a number of a key, as it was before it had the places of a column."""
    return None if text is None else plain(Decimal(text))


def plain(number: Decimal) -> Decimal:
    """Return a number without the noughts behind it that a column adds."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def asked_of(tables: Tables, postings: DataFrame) -> DataFrame:
    """Return what some postings ask for: their rows of `Tables.asked`."""
    return tables.asked.join(postings.select("posting"), "posting", "left_semi")


def said(
    tables: Tables, postings: DataFrame, asked: DataFrame, above: Mapping[str, Sequence[str]]
) -> DataFrame:
    """Return everything that some postings say, who ask for `asked`.

    `above` is what lies above each skill.
    """
    from pyspark.sql import functions as f

    duties, full = (
        one.join(postings.select("posting"), "posting", "left_semi")
        for one in (tables.duties, tables.full())
    )
    parts = [
        _conditions(asked),
        _alternatives(asked, tables.named),
        _keyed(duties, "duty", "skill"),
        _keyed(full.select("posting", f.explode("duty_iris").alias("verb")), "verb", "verb"),
        _keyed(full.select("posting", f.explode("work_modes").alias("mode")), "mode", "mode"),
        _keyed(required_of(tables, asked, above), "broader", "concept"),
    ]  # fmt: skip
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.union(part)
    return whole.distinct()


def _conditions(asked: DataFrame) -> DataFrame:
    """Return skills, degrees and years, each by what it is and how it is asked for."""
    from pyspark.sql import functions as f

    years = [f.col(one).cast("string") for one in ("min_years", "max_years")]
    key = f.when(f.col("kind") == "experience", f.to_json(f.array(*years, "label", "way")))
    return asked.select(
        "posting", "kind", key.otherwise(f.to_json(f.array("target", "way"))).alias("key")
    )


def _keyed(rows: DataFrame, kind: str, *columns: str) -> DataFrame:
    from pyspark.sql import functions as f

    key = f.to_json(f.array(*(f.col(one).cast("string") for one in columns)))
    return rows.select("posting", f.lit(kind).alias("kind"), key.alias("key"))


def _alternatives(asked: DataFrame, named: DataFrame) -> DataFrame:
    """Return the choices by the labels of their members, which are in the order of the alphabet."""
    from pyspark.sql import functions as f

    members = asked.where("choice IS NOT NULL").join(named, "target", "left")
    member = f.struct(
        "kind",
        f.coalesce("name", "label").alias("label"),
        f.col("min_years").cast("string").alias("low"),
        f.col("max_years").cast("string").alias("high"),
    )
    choices = members.groupBy("posting", "choice", "alternative_minimum", "necessity").agg(
        f.collect_set(member).alias("members")
    )
    # A lambda: of a function with annotations Spark wants to know more than they say.
    key = f.udf(lambda *parts: _choice(*parts), "string")(
        "alternative_minimum", "necessity", "members"
    )
    return choices.select("posting", f.lit("alternative").alias("kind"), key.alias("key"))


def _choice(minimum: int, necessity: str, members: Sequence[Mapping[str, str]]) -> str:
    labels = {
        experience_text(number_of(one["low"]), number_of(one["high"]), one["label"])
        if one["kind"] == "experience"
        else one["label"]
        for one in members
    }
    return json.dumps([str(minimum), necessity, *in_label_order(labels)])


def required_of(tables: Tables, asked: DataFrame, above: Mapping[str, Sequence[str]]) -> DataFrame:
    """Return of which concepts which skills are required: `posting`, `concept`, `skill`.

    It is what `kg.analysis.broader` counts. A choice counts that is required and of which no degree
    is a member, for the concepts that lie above all its skills.
    """
    from pyspark.sql import functions as f

    pairs = [(skill, concept) for skill, concepts in above.items() for concept in concepts]
    lies = tables.spark.createDataFrame(pairs, "skill string, concept string")
    skills = asked.where("kind = 'skill'").select(
        "posting", f.col("target").alias("skill"), "way", "choice", "necessity"
    )
    outright = skills.where("way = 'required'").join(f.broadcast(lies), "skill")
    mixed = asked.where("kind = 'degree' AND choice IS NOT NULL").select("choice")
    members = (
        skills.where("choice IS NOT NULL AND necessity = 'required'")
        .join(mixed.distinct(), "choice", "left_anti")
        .select("posting", "choice", "skill")
        .distinct()
    )
    sizes = members.groupBy("choice").agg(f.count("skill").alias("size"))
    shared = members.join(f.broadcast(lies), "skill")
    whole = (
        shared.groupBy("choice", "concept")
        .agg(f.count("skill").alias("met"))
        .join(sizes, "choice")
        .where("met = size")
        .select("choice", "concept")
    )
    offered = shared.join(whole, ["choice", "concept"])
    columns = ["posting", "concept", "skill"]
    return outright.select(*columns).union(offered.select(*columns))
