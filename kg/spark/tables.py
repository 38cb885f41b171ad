"""The Parquet tables for Spark SQL: who asks for what, of which employer, for which job.

They are those of `kg spark build` (folders of files) or of `kg export --format parquet` (a file
each). What counts is what counts in `kg.corpus`: of copies of one job one, a member of a choice as
"alternative", what no concept covers by its wording.
"""

from __future__ import annotations

import gzip
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.corpus.words import in_words_key
from kg.spark.files import Files
from kg.spark.layout import PLAN
from kg.spark.whole import FOLDERS, check_whole
from kg.store_folder import StoreError
from ontology.vocabulary import stored_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyoxigraph as ox
    from pyspark.sql import DataFrame, SparkSession

    from kg.copies.counting import Copies


VOCABULARY: Final = "quads/vocabulary.nq.gz"


class Tables:
    """The tables in a folder, as Spark sees them. Raises `StoreError` where they are not."""

    def __init__(self, spark: SparkSession, folder: str | Path) -> None:
        self.spark = spark
        self.files = Files.at(folder)
        self._beside: bytes | None = None
        if self.files.exists(PLAN):
            check_whole(self.files, FOLDERS)
        if self._has("tables/postings"):
            if self.files.exists(VOCABULARY):
                self._beside = self.files.read(VOCABULARY)
            self.files = Files.at(f"{self.files.where}/tables")
        if not (self._has("postings") or self.files.exists("postings.parquet")):
            raise StoreError(
                f"{folder}: no tables of postings; name what kg spark build or kg export --format "
                "parquet wrote"
            )

    @cached_property
    def vocabulary(self) -> list[ox.Quad]:
        """What is said of concepts: as it lies beside the tables, else as it comes with us."""
        import pyoxigraph as ox

        if self._beside is not None:
            return list(ox.parse(gzip.decompress(self._beside), format=ox.RdfFormat.N_QUADS))
        return [quad for file in stored_files() for quad in ox.parse(path=file)]

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
    def asked(self) -> DataFrame:
        """The requirements, each with `target`, `way` and `choice` beside its columns.

        `target` is the skill or the degree: the concept, or the wording's key where there is none.
        """
        from pyspark.sql import functions as f

        asked = self._read("requirements")
        # Python's blanks and small letters, not Java's; a lambda, for Spark reads annotations.
        key = f.udf(lambda kind, label: in_words_key(kind, label), "string")
        covered = asked.where("concept IS NOT NULL OR kind = 'experience'")
        in_words = asked.where("concept IS NULL AND kind <> 'experience'")
        choice = f.col("alternative")
        way = f.when(choice.isNotNull(), "alternative").otherwise(f.col("necessity"))
        return (
            covered.withColumn("target", f.col("concept"))
            .union(in_words.withColumn("target", key("kind", "label")))
            .withColumns({"way": way, "choice": choice})
        )

    @cached_property
    def _skills_asked(self) -> DataFrame:
        """Requirements of skills: `posting`, `skill`, `way`, `choice`."""
        skills = self.asked.where("kind = 'skill'").withColumnRenamed("target", "skill")
        return skills.select("posting", "skill", "way", "choice")

    @cached_property
    def asks(self) -> DataFrame:
        """Who asks for which skill in which way: `posting`, `skill`, `way`, each once."""
        return self._skills_asked.select("posting", "skill", "way").distinct()

    @cached_property
    def members(self) -> DataFrame:
        """Which skills are members of which choices: `posting`, `choice`, `skill`, each once."""
        found = self._skills_asked.where("choice IS NOT NULL")
        return found.select("posting", "choice", "skill").distinct()

    @cached_property
    def duties(self) -> DataFrame:
        """Which skills the duties of postings name: `posting`, `skill`."""
        from pyspark.sql import functions as f

        words = self._read("evidence").where("section = 'duties'")
        proven = words.select(f.col("subject").alias("requirement")).distinct()
        skills = self.asked.where("kind = 'skill'").withColumnRenamed("target", "skill")
        return skills.join(proven, "requirement", "left_semi").select("posting", "skill")

    @cached_property
    def named(self) -> DataFrame:
        """What people call a skill or a degree: `target`, `name`; of wordings the first counts."""
        from pyspark.sql import functions as f

        first = f.min_by("label", f.struct("posting", "requirement")).alias("name")
        return self.asked.where("target IS NOT NULL").groupBy("target").agg(first)

    @cached_property
    def concepts(self) -> list[str]:
        """The skills of the vocabulary that postings name, sorted."""
        skills = self.asked.where("kind = 'skill' AND concept IS NOT NULL")
        return sorted(row["concept"] for row in skills.select("concept").distinct().collect())

    @cached_property
    def called(self) -> DataFrame:
        """What an employer is called: `employer`, `called`; where postings differ, by the last."""
        from pyspark.sql import functions as f

        employer = f.col("employer_iri").alias("employer")
        named = self.full().where("employer_iri IS NOT NULL").groupBy(employer)
        return named.agg(f.max_by("employer", "posting").alias("called"))

    def counted(self, copies: Copies) -> DataFrame:
        """Return the postings that count: all, or those that stand for their jobs."""
        return self.postings if copies == "all" else self.postings.where("posting = job")

    def labels(self, targets: Iterable[str]) -> Mapping[str, str]:
        """Return what people call some skills or degrees."""
        from pyspark.sql import functions as f

        rows = [(one,) for one in sorted(targets)]
        if not rows:
            return {}
        wanted = self.spark.createDataFrame(rows, "target string")
        found = self.named.join(f.broadcast(wanted), "target", "left_semi").collect()
        return {row["target"]: row["name"] for row in found}

    def full(self) -> DataFrame:
        """Return the table of postings with all its columns."""
        return self._read("postings")

    def _has(self, name: str) -> bool:
        return bool(self.files.names(name))

    def _read(self, name: str) -> DataFrame:
        single = f"{name}.parquet"
        place = name if self._has(name) else single
        return self.spark.read.parquet(self.files.address(place))


def firsts(postings: DataFrame) -> DataFrame:
    """Return the first posting of each job in a group."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    first = f.min("posting").over(Window.partitionBy("job"))
    return postings.withColumn("first", first).where("posting = first").drop("first")


def numbered(found: DataFrame) -> dict[str, int]:
    """Return numbers from 0 for the witnesses of some rows, by the first posting of each.

    `found` has `witness` and `place`, which orders the postings. It is the order in which an
    analysis on one machine meets them, so that the same draws fall to the same employers.
    """
    from pyspark.sql import functions as f

    rows = found.groupBy("witness").agg(f.min("place").alias("first")).collect()
    ordered = sorted(rows, key=lambda row: row["first"])
    return {row["witness"]: number for number, row in enumerate(ordered)}
