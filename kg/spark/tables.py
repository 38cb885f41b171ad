"""The Parquet tables for Spark SQL: who asks for what, of which employer, for which job.

They are those of `kg spark build` (folders of files) or of `kg export --format parquet` (a file
each). What counts is what counts in `kg.corpus`: of copies of one job one, a member of a choice as
"alternative", what no concept covers by its wording.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.corpus.words import in_words_key
from kg.spark.files import Files
from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from kg.copies.counting import Copies


VOCABULARY: Final = "quads/vocabulary.nq.gz"


class Tables:
    """The tables in a folder, as Spark sees them. Raises `StoreError` where they are not."""

    def __init__(self, spark: SparkSession, folder: str | Path) -> None:
        self.spark = spark
        self.files = Files.at(folder)
        self.vocabulary: bytes | None = None
        """The vocabulary as N-Quads, gzipped, where it lies beside the tables."""
        if self._has("tables/postings"):
            if self.files.exists(VOCABULARY):
                self.vocabulary = self.files.read(VOCABULARY)
            self.files = Files.at(f"{self.files.where}/tables")
        if not (self._has("postings") or self.files.exists("postings.parquet")):
            raise StoreError(
                f"{folder}: no tables of postings; name what kg spark build or kg export --format "
                "parquet wrote"
            )

    @cached_property
    def postings(self) -> DataFrame:
        """Postings: `posting`, `role`, `level`, `employer` (IRIs), `witness`, `job`, `date`.

        `witness` is the employer, or the posting where it names none; `job` is the posting that
        stands for it and its copies.
        """
        from pyspark.sql import functions as f

        read = self._read("postings").select(
            "posting",
            f.col("role_iri").alias("role"),
            f.col("level_iri").alias("level"),
            f.col("employer_iri").alias("employer"),
            f.coalesce("employer_iri", "iri").alias("witness"),
            f.date_format("date_posted", "yyyy-MM-dd").alias("date"),
        )
        copies = self.copies
        if copies is None:
            return read.withColumn("job", f.col("posting"))
        return read.join(copies, "posting", "left").withColumn(
            "job", f.coalesce("copy_of", "posting")
        )

    @cached_property
    def copies(self) -> DataFrame | None:
        """Which posting stands for a copy; None where nothing says so."""
        if not self._has("copies"):
            return None
        return self._read("copies").select("posting", "copy_of")

    @cached_property
    def _skills_asked(self) -> DataFrame:
        """Requirements of skills: `posting`, `skill`, `label`, `way`, `choice`."""
        from pyspark.sql import functions as f

        key = f.udf(lambda label: in_words_key("skill", label), "string")
        asked = self._read("requirements").where("kind = 'skill'")
        named = asked.where("concept IS NOT NULL").withColumn("skill", f.col("concept"))
        in_words = asked.where("concept IS NULL").withColumn("skill", key("label"))
        return named.union(in_words).select(
            "posting",
            "skill",
            "label",
            f.when(f.col("alternative").isNotNull(), "alternative")
            .otherwise(f.col("necessity"))
            .alias("way"),
            f.col("alternative").alias("choice"),
        )

    @cached_property
    def asks(self) -> DataFrame:
        """Who asks for which skill in which way: `posting`, `skill`, `way`, each once."""
        return self._skills_asked.select("posting", "skill", "way").distinct()

    @cached_property
    def members(self) -> DataFrame:
        """Which skills are members of which choices: `posting`, `choice`, `skill`, each once."""
        found = self._skills_asked.where("choice IS NOT NULL")
        return found.select("posting", "choice", "skill").distinct()

    def counted(self, copies: Copies) -> DataFrame:
        """Return the postings that count: all, or those that stand for their jobs."""
        return self.postings if copies == "all" else self.postings.where("posting = job")

    def labels(self, skills: Sequence[str]) -> Mapping[str, str]:
        """Return what people call some skills."""
        from pyspark.sql import functions as f

        wanted = self.spark.createDataFrame([(one,) for one in skills], "skill string")
        found = self._skills_asked.join(f.broadcast(wanted), "skill").groupBy("skill")
        named = found.agg(f.min_by("label", "posting").alias("label")).collect()
        return {row["skill"]: row["label"] for row in named}

    def full(self) -> DataFrame:
        """Return the table of postings with all its columns."""
        return self._read("postings")

    def _has(self, name: str) -> bool:
        return bool(self.files.names(name))

    def _read(self, name: str) -> DataFrame:
        single = f"{name}.parquet"
        place = name if self._has(name) else single
        return self.spark.read.parquet(self.files.address(place))


def numbered(found: DataFrame) -> dict[str, int]:
    """Return numbers from 0 for the witnesses of some rows, by the first posting of each.

    `found` has `witness` and `place`, which orders the postings. It is the order in which an
    analysis on one machine meets them, so that the same draws fall to the same employers.
    """
    from pyspark.sql import functions as f

    rows = found.groupBy("witness").agg(f.min("place").alias("first")).collect()
    ordered = sorted(rows, key=lambda row: row["first"])
    return {row["witness"]: number for number, row in enumerate(ordered)}
