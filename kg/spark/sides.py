"""The two groups of a comparison, counted: whose their postings are, how many say what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.analysis.caution import Shared
from kg.analysis.comparison import Side
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.support import Support
from kg.graph_model import Kind
from kg.spark.said import asked_of, key_of
from kg.spark.tables import firsts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame

    from kg.analysis.clusters import ByEmployer, Weights
    from kg.analysis.findings import Finding
    from kg.copies.counting import Copies
    from kg.spark.naming import Found
    from kg.spark.said import Key
    from kg.spark.tables import Tables


@dataclass(frozen=True, slots=True)
class CountedSide(Side):
    """A side whose postings are counted and not named."""

    count: int = 0
    called: tuple[str, ...] = ()
    """The employers that its postings name."""
    all_named: bool = True

    @property
    def postings(self) -> int:
        """The number of postings."""
        return self.count

    @property
    def employers(self) -> int:
        """The number of employers that the postings name."""
        return len(self.called)

    @property
    def names(self) -> tuple[str, ...]:
        """The employers, sorted; none where a posting does not name its own."""
        return self.called if self.all_named else ()


@dataclass(slots=True)
class Counted:
    """How many postings of each side say something, and how many of each witness."""

    postings: list[int] = field(default_factory=lambda: [0, 0])
    employers: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    cells: list[tuple[str, int, int]] = field(default_factory=list)
    """Witness, side and number."""

    @property
    def both(self) -> int:
        """How many postings of both sides."""
        return sum(self.postings)


class Sides:
    """The postings of both groups that count; of copies of one job one on each side.

    `rows` has them with `side` (0 or 1) and `witness`: the employer, or the posting where it names
    none. Where both groups are employers each posting is a witness of its own.
    """

    def __init__(self, tables: Tables, found: tuple[Found, Found], copies: Copies) -> None:
        from pyspark.sql import functions as f

        self._tables = tables
        self.groups = found[0].group, found[1].group
        self.alone = self.groups[0].kind == self.groups[1].kind == Kind.EMPLOYER
        parts, whole = [], [one.postings for one in found]
        for side, postings in enumerate(whole):
            kept = firsts(postings) if copies == "one" else postings
            parts.append(kept.withColumn("side", f.lit(side)))
        rows = parts[0].union(parts[1])
        rows = rows.withColumn("who", f.coalesce("employer", "witness"))
        if self.alone:
            rows = rows.withColumn("witness", f.col("posting"))
        self.rows = rows.persist()
        counts = self.rows.groupBy("witness", "who", "employer", "side").agg(
            f.count("posting").alias("count"), f.min("posting").alias("first")
        )
        called = tables.called.withColumnRenamed("employer", "of")
        named = counts.join(called, counts["employer"] == called["of"], "left").drop("of")
        self._cells: list[Any] = named.collect()
        self.sizes = self._sizes()
        self._left_out = [
            postings.count() - size if copies == "one" else 0
            for postings, size in zip(whole, self.sizes, strict=True)
        ]

    @cached_property
    def asked(self) -> DataFrame:
        """What these postings ask for, which is read once."""
        return asked_of(self._tables, self.rows).persist()

    def forget(self) -> None:
        """Let Spark forget what it holds for the comparison."""
        self.rows.unpersist()
        self.asked.unpersist()

    def _sizes(self) -> tuple[int, int]:
        sizes = [0, 0]
        for cell in self._cells:
            sizes[cell["side"]] += cell["count"]
        return sizes[0], sizes[1]

    def side(self, number: int) -> CountedSide:
        """Return a side's label and numbers."""
        group, cells = self.groups[number], [one for one in self._cells if one["side"] == number]
        return CountedSide(
            group.label,
            str(group.kind),
            (),
            self._left_out[number],
            count=self.sizes[number],
            called=tuple(sorted({one["called"] for one in cells if one["employer"]})),
            all_named=all(one["employer"] for one in cells),
        )

    @cached_property
    def shared(self) -> Shared:
        """How many postings and jobs stand on both sides."""
        from pyspark.sql import functions as f

        twice = f.count("posting") - f.countDistinct("posting")
        jobs = self.rows.groupBy("job").agg(
            twice.alias("twice"), f.countDistinct("side").alias("sides")
        )
        row = jobs.agg(
            f.coalesce(f.sum("twice"), f.lit(0)).alias("postings"),
            f.count_if(f.col("sides") > 1).alias("jobs"),
        ).first()
        return Shared(int(row["postings"]), int(row["jobs"])) if row else Shared(0, 0)

    @property
    def enough(self) -> bool:
        """Whether there are enough postings of enough employers, and the sides are apart."""
        employers = [{one["who"] for one in self._cells if one["side"] == side} for side in (0, 1)]
        if min(self.sizes) < MINIMUM_POSTINGS or self.shared.jobs:
            return False
        return self.alone or min(map(len, employers)) >= MINIMUM_EMPLOYERS

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The witnesses' numbers: they come as an analysis on one machine meets them."""
        first: dict[str, tuple[int, str]] = {}
        for one in self._cells:
            place = one["side"], one["first"]
            first[one["witness"]] = min(first.get(one["witness"], place), place)
        return {name: number for number, name in enumerate(sorted(first, key=first.__getitem__))}

    @cached_property
    def weights(self) -> Weights:
        """How often each witness is drawn, of all the bootstraps on these postings."""
        from kg.analysis.clusters import draw_employers

        return draw_employers(len(self.order))

    def count(self, said: DataFrame) -> dict[Key, Counted]:
        """Count who says what; `said` has `posting`, `kind` and `key`, each once."""
        columns = "kind", "key", "witness", "who", "side"
        rows = said.join(self.rows.select("posting", "witness", "who", "side"), "posting")
        found: dict[Key, Counted] = defaultdict(Counted)
        for row in rows.groupBy(*columns).count().toLocalIterator():
            one = found[key_of(row["kind"], row["key"])]
            one.postings[row["side"]] += row["count"]
            one.employers[row["side"]].add(row["who"])
            one.cells.append((row["witness"], row["side"], row["count"]))
        return dict(found)

    def support(self, said: Counted) -> Support:
        """Return how many postings and employers of each side say something."""
        return Support(
            a=said.postings[0],
            b=said.postings[1],
            size_a=self.sizes[0],
            size_b=self.sizes[1],
            employers_a=len(said.employers[0]),
            employers_b=len(said.employers[1]),
            evidence=(),
        )

    def findings(self, said: Sequence[Counted], shares: Sequence[float]) -> list[Finding]:
        """Test some things; `shares` are those of all postings that say each."""
        from kg.analysis.observations import find_in_parts

        return find_in_parts(self._parts(said, shares), self.weights)

    def _parts(
        self, said: Sequence[Counted], shares: Sequence[float]
    ) -> Iterator[tuple[ByEmployer, Sequence[float]]]:
        import numpy as np

        from kg.analysis.clusters import BLOCK, ByEmployer

        count = len(self.order)
        sizes = [np.zeros(count) for _ in (0, 1)]
        for cell in self._cells:
            sizes[cell["side"]][self.order[cell["witness"]]] += cell["count"]
        step = max(1, BLOCK // count)
        for start in range(0, len(said), step):
            part = said[start : start + step]
            hits = [np.zeros((count, len(part))) for _ in (0, 1)]
            for column, one in enumerate(part):
                for witness, side, number in one.cells:
                    hits[side][self.order[witness], column] += number
            yield ByEmployer(*sizes, *hits), shares[start : start + step]
