"""Two groups of postings side by side, counted by Spark SQL and tested as on one machine.

Spark counts postings by employer, side and what they say; these counts (employers times skills, not
postings) go to the driver, where `kg.analysis` does what it does anywhere: the same tests, the same
draws of employers, the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kg.analysis.broader import Above
from kg.analysis.caution import caution, limits
from kg.analysis.comparison import LEVEL, Comparison
from kg.analysis.comparison_rows import (
    AlternativeRow,
    BroaderRow,
    DegreeRow,
    DutyRow,
    ExperienceRow,
    ModeRow,
    SkillRow,
)
from kg.analysis.mode_rows import mode_order
from kg.analysis.row_orders import alternative_order, condition_order, duty_order
from kg.analysis.separation import MINIMUM_POSTINGS, QUALIFIERS, most_first, same_role
from kg.analysis.skill_rows import LEAST, TESTED, row_order, separate_as_a_whole
from kg.analysis.verb_rows import verb_order, verb_row
from kg.label_order import in_label_order
from kg.necessities import STRENGTHS
from kg.spark.naming import Names
from kg.spark.pay import compare_pay_of
from kg.spark.said import asked_of, key_of, number_of, required_of, said
from kg.spark.sides import Sides
from kg.spark.years import compare_years_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.analysis.comparison_rows import VerbRow
    from kg.analysis.findings import Finding
    from kg.copies.counting import Copies
    from kg.necessities import Asked
    from kg.spark.said import Key
    from kg.spark.sides import Counted
    from kg.spark.tables import Tables

ADDED: Final = ("foreign_equivalent", "related_field", "equivalent_experience")
"""The columns of what may be added to a degree, as `QUALIFIERS` has it."""
SHARED_BY_ALL: Final = ("skill", "degree", "verb", "mode", "broader")
"""The kinds of which a test is told how many of all postings say them."""


def compare(tables: Tables, a: str, b: str, *, copies: Copies = "one") -> Comparison:
    """Compare two groups by name, as `kg.analysis.separation.compare` does.

    Without the words, the postings' names, and how well a model tells the groups apart, which is
    learnt from postings and is no count. Raises what `kg.analysis.groups.find_groups` raises.
    """
    names = Names(tables, (a, b))
    return _Comparing(tables, names, Sides(tables, names.pair(a, b), copies), copies).done()


class _Comparing:
    """A comparison in the making: what postings say was counted, by kind."""

    def __init__(self, tables: Tables, names: Names, sides: Sides, copies: Copies) -> None:
        self.tables, self.names, self.sides, self.copies = tables, names, sides, copies
        lies_above = Above(names.corpus.vocabulary.broader)
        self.above = {one: sorted(lies_above(one)) for one in tables.concepts}
        self.counted = sides.count(said(tables, sides.rows, sides.asked, self.above))
        self.shares = self._shares() if sides.enough else {}
        targets = {key[1] for key in self.counted if key[0] in ("skill", "degree", "duty")}
        self.labels = tables.labels(one for one in targets if one is not None)

    def done(self) -> Comparison:
        """Return the comparison."""
        sides = self.sides
        skills = self._skills()
        pay = compare_pay_of(self.tables, self.names, sides)
        a, b = sides.side(0), sides.side(1)
        found = Comparison(
            a=a,
            b=b,
            enough=sides.enough,
            caution=caution(
                a,
                b,
                sides.shared,
                pay,
                same_role=same_role(*sides.groups),
                minimum=MINIMUM_POSTINGS,
            ),
            limits=limits(*sides.sizes, tested=sides.enough),
            skills=tuple(sorted(skills.values(), key=row_order)),
            broader=self._broader(skills) if sides.enough else (),
            separability=None,
            alternatives=self._alternatives(),
            degrees=self._degrees(),
            experience=self._experience(),
            duties=self._duties(),
            years=compare_years_of(sides),
            pay=pay,
            verbs=self._verbs(),
            modes=self._modes(),
        )
        sides.forget()
        return found

    def _of(self, kind: str) -> Iterator[tuple[tuple[Any, ...], Counted]]:
        """Yield the keys of a kind with their counts."""
        return ((key[1:], found) for key, found in self.counted.items() if key[0] == kind)

    def _shares(self) -> Mapping[Key, float]:
        """Return the share of all postings that say each thing a test asks about."""
        from pyspark.sql import functions as f

        everyone = self.tables.counted(self.copies)
        size = everyone.count()
        stated = said(self.tables, everyone, asked_of(self.tables, everyone), self.above)
        rows = stated.where(f.col("kind").isin(*SHARED_BY_ALL)).groupBy("kind", "key").count()
        return {
            key_of(row["kind"], row["key"]): row["count"] / size for row in rows.toLocalIterator()
        }

    def _findings(self, keys: Sequence[Key]) -> dict[Key, Finding]:
        """Test what is said often enough; q is over these."""
        tested = [key for key in keys if self.counted[key].both >= LEAST]
        if not tested or not self.sides.enough:
            return {}
        counts = [self.counted[key] for key in tested]
        shares = [self.shares.get(key, 0.0) for key in tested]
        return dict(zip(tested, self.sides.findings(counts, shares), strict=True))

    def _skills(self) -> dict[Key, SkillRow]:
        ways: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for (skill, way), found in self._of("skill"):
            ways[skill][way] = found.postings
        findings: dict[Key, Finding] = {}
        for way in TESTED:
            findings |= self._findings(
                [key for key in self.counted if key[0] == "skill" and key[2] == way]
            )
        rows: dict[Key, SkillRow] = {}
        for (skill, way), found in self._of("skill"):
            others = [(one, ways[skill][one]) for one in STRENGTHS
                      if one in ways[skill] and one != way]  # fmt: skip
            rows["skill", skill, way] = SkillRow(
                concept=_concept(skill),
                label=self.labels[skill],
                necessity=_way(way),
                support=self.sides.support(found),
                also_a={one: number[0] for one, number in others if number[0]},
                also_b={one: number[1] for one, number in others if number[1]},
                finding=findings.get(("skill", skill, way)),
            )
        return rows

    def _broader(self, skills: Mapping[Key, SkillRow]) -> tuple[BroaderRow, ...]:
        members = self._members()
        keys = [("broader", concept) for concept in sorted(members) if len(members[concept]) > 1]
        findings = {str(key[1]): one for key, one in self._findings(keys).items()}
        alone = {
            str(key[1])
            for key, row in skills.items()
            if row.necessity == "required" and row.finding and row.finding.q <= LEVEL
        }
        vocabulary = self.names.corpus.vocabulary
        rows = []
        for concept in separate_as_a_whole(findings, members, alone, vocabulary.broader):
            labels = self.tables.labels(members[concept])
            rows.append(
                BroaderRow(
                    concept,
                    vocabulary.label(concept),
                    self.sides.support(self.counted["broader", concept]),
                    in_label_order(labels.values()),
                    findings[concept],
                )
            )
        return tuple(rows)

    def _members(self) -> Mapping[str, frozenset[str]]:
        """Return what is required of each broader concept."""
        required = required_of(self.tables, self.sides.asked, self.above)
        found: dict[str, set[str]] = defaultdict(set)
        for row in required.select("concept", "skill").distinct().toLocalIterator():
            found[row["concept"]].add(row["skill"])
        return {concept: frozenset(skills) for concept, skills in found.items()}

    def _alternatives(self) -> tuple[AlternativeRow, ...]:
        rows = [
            AlternativeRow(tuple(labels), int(minimum), necessity, self.sides.support(found))
            for (minimum, necessity, *labels), found in self._of("alternative")
        ]
        return tuple(sorted(rows, key=alternative_order))

    def _degrees(self) -> tuple[DegreeRow, ...]:
        fields, added = self._details()
        findings = self._findings(
            [key for key in self.counted if key[0] == "degree" and key[2] in TESTED]
        )
        rows = []
        for (degree, way), found in self._of("degree"):
            rows.append(
                DegreeRow(
                    _concept(degree),
                    self.labels[degree],
                    _way(way),
                    self.sides.support(found),
                    fields[degree, way, 0],
                    fields[degree, way, 1],
                    added[degree, way, 0],
                    added[degree, way, 1],
                    findings.get(("degree", degree, way)),
                )
            )
        return tuple(sorted(rows, key=condition_order))

    def _details(self) -> tuple[_Details, _Details]:
        """Return the fields and the qualifiers of each degree on each side, by how it is asked."""
        from pyspark.sql import functions as f

        degrees = self.sides.asked.where("kind = 'degree'")
        said_so = [
            f.when(f.col(column), f.lit(words))
            for column, words in zip(ADDED, QUALIFIERS, strict=True)
        ]
        words = f.array(
            f.struct(f.lit(0).alias("what"), "fields"),
            f.struct(f.lit(1).alias("what"), f.array_compact(f.array(*said_so)).alias("fields")),
        )
        each = degrees.select("posting", "target", "way", f.inline(words))
        each = each.select("posting", "target", "way", "what", f.explode("fields").alias("word"))
        rows = (
            each.distinct()
            .join(self.sides.rows.select("posting", "side"), "posting")
            .groupBy("target", "way", "side", "what", "word")
            .count()
            .collect()
        )
        counts: dict[tuple[int, str, str, int], dict[str, int]] = defaultdict(dict)
        for row in rows:
            place = row["what"], row["target"], row["way"], row["side"]
            counts[place][row["word"]] = row["count"]
        found: tuple[_Details, _Details] = (defaultdict(tuple), defaultdict(tuple))
        for (what, degree, way, side), names in counts.items():
            found[what][degree, way, side] = most_first(names)
        return found

    def _experience(self) -> tuple[ExperienceRow, ...]:
        rows = [
            ExperienceRow(
                number_of(low), number_of(high), subject, _way(way), self.sides.support(found)
            )
            for (low, high, subject, way), found in self._of("experience")
        ]
        return tuple(sorted(rows, key=condition_order))

    def _duties(self) -> tuple[DutyRow, ...]:
        rows = [
            DutyRow(_concept(skill), self.labels[skill], self.sides.support(found))
            for (skill,), found in self._of("duty")
        ]
        return tuple(sorted(rows, key=duty_order))

    def _verbs(self) -> tuple[VerbRow, ...]:
        findings = self._findings([key for key in self.counted if key[0] == "verb"])
        vocabulary = self.names.corpus.vocabulary
        rows = [
            replace(
                verb_row(vocabulary, verb, self.sides.support(found)),
                finding=findings.get(("verb", verb)),
            )
            for (verb,), found in self._of("verb")
        ]
        return tuple(sorted(rows, key=verb_order))

    def _modes(self) -> tuple[ModeRow, ...]:
        findings = self._findings([key for key in self.counted if key[0] == "mode"])
        rows = [
            ModeRow(str(mode), self.sides.support(found), findings.get(("mode", mode)))
            for (mode,), found in self._of("mode")
        ]
        return tuple(sorted(rows, key=mode_order))


_Details = dict[tuple[str, str, int], tuple[str, ...]]
"""What is added to a degree, asked for in one way, on a side."""


def _concept(target: str) -> str | None:
    return target if "://" in target else None


def _way(way: str) -> Asked:
    return next(one for one in STRENGTHS if one == way)
