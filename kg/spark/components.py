"""Connected components of a graph in Spark, by the least label that a node can reach.

Each round a node takes the least label among its own and its neighbours', and then that of the
node so called (pointer jumping), so that a chain of n is done in about log n rounds. Each round is
written down: what is lost with an executor need not be worked out from the beginning, and the plan
does not grow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame


def components(edges: DataFrame, kept: Callable[[DataFrame, str], DataFrame]) -> DataFrame:
    """Return `node` and `component` of each node of `edges` (`a`, `b`), the least of its nodes.

    An edge leads both ways; no edges, no components. `kept` writes a table down under a name, and
    returns it as it was written.
    """
    from pyspark.sql import functions as f

    both = edges.select("a", "b").union(edges.select(f.col("b").alias("a"), f.col("a").alias("b")))
    both = kept(both.where("a <> b").distinct(), "edges")
    labels = kept(both.groupBy("a").agg(f.min("b").alias("least")).select(
        f.col("a").alias("node"), f.least("a", "least").alias("component")
    ), "round-0")  # fmt: skip
    number = 0
    while True:
        number += 1
        of_b = labels.select(f.col("node").alias("b"), f.col("component").alias("theirs"))
        met = both.join(of_b, "b").groupBy("a").agg(f.min("theirs").alias("theirs"))
        nearer = labels.join(met, labels["node"] == met["a"]).select(
            "node",
            f.col("component").alias("before"),
            f.least("component", "theirs").alias("component"),
        )
        named = labels.select(f.col("node").alias("called"), f.col("component").alias("further"))
        jumped = nearer.join(named, nearer["component"] == named["called"]).select(
            "node", "before", f.least("component", "further").alias("component")
        )
        labels = kept(jumped, f"round-{number}")
        if labels.where("before <> component").isEmpty():
            return labels.select("node", "component")
