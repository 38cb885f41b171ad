"""What separates two groups of postings: skills, degrees, years, pay, work mode, duties."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.analysis import tally
from kg.analysis.caution import Shared, caution, limits
from kg.analysis.comparison import Comparison, Member, Side
from kg.analysis.comparison_rows import AlternativeRow, DegreeRow, DutyRow, ExperienceRow
from kg.analysis.everyone import Everyone
from kg.analysis.groups import Group, find_groups, one_per_job
from kg.analysis.mode_rows import mode_rows
from kg.analysis.pay_difference import compare_pay
from kg.analysis.row_orders import alternative_order, condition_order, duty_order
from kg.analysis.skill_rows import (
    TESTED,
    broader_rows,
    row_order,
    skill_rows,
    with_findings,
)
from kg.analysis.support import employer_of, support_of
from kg.analysis.verb_rows import verb_rows
from kg.analysis.years import compare_years
from kg.graph_model import Kind
from kg.necessities import asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.analysis.comparison_rows import BroaderRow, SkillRow, VerbRow
    from kg.analysis.findings import Finding
    from kg.analysis.groups import Select
    from kg.analysis.observations import Observations
    from kg.analysis.separability import Separability
    from kg.analysis.skill_rows import Skill
    from kg.copies.counting import Copies
    from kg.corpus import Corpus

MINIMUM_POSTINGS: Final = 30
"""Postings each side must have before log-odds, p and q are computed. At 30 a side the standard
error of a log-odds ratio around one half is sqrt(2 / (30 * 0.25)) = 0.52, so odds must differ by a
factor of 2.7 to be told from chance; with fewer, almost nothing that is real could be."""
MINIMUM_EMPLOYERS: Final = 10
"""Employers each side must have: the test that takes employers for the witnesses cannot give a p
below 0.0016 with ten that all say the same, which many skills tested at once leave nothing of."""
QUALIFIERS: Final = ("or foreign equivalent", "or related field", "or equivalent experience")
"""What may be added to a degree: that a foreign one, a related field, experience will do."""


def compare(
    corpus: Corpus,
    a: str,
    b: str,
    *,
    copies: Copies = "one",
    select: Select | None = None,
) -> Comparison:
    """Compare two groups of postings by name, on the corpus.

    A name is read as `find_groups` reads it: a role with a level ("Machine Learning Engineer I"),
    a role, an employer, a place, a period. A skill counts on a side by the number of postings that
    require it; what is preferred, mentioned or a member of an alternative has rows of its own. Of
    postings that are copies of one job one counts on a side, unless `copies` is "all". Skills are
    tested when both sides have `MINIMUM_POSTINGS` postings of `MINIMUM_EMPLOYERS` employers and
    share none; `enough` says so.

    Method: see `kg.analysis.statistics` and `kg.analysis.clusters`; q is over all skills that
    either side asks for in the same way.
    """
    return compare_groups(corpus, *find_groups(corpus, a, b, select), copies=copies)


def compare_groups(corpus: Corpus, a: Group, b: Group, *, copies: Copies = "one") -> Comparison:
    """Compare two groups that are already found; either may be empty."""
    everyone = Everyone(corpus, copies)
    if copies == "one":
        a, b = one_per_job(corpus, a), one_per_job(corpus, b)
    corpus.look_at(a.postings + b.postings)
    observed = _observations(corpus, a, b)
    rows = skill_rows(corpus, a, b)
    broader: tuple[BroaderRow, ...] = ()
    whole = None
    if observed:
        rows = with_findings(rows, observed, everyone)
        broader = broader_rows(corpus, a, b, observed, everyone, rows)
        whole = _separability(observed, rows)
    pay = compare_pay(corpus, a, b)
    sides = side_of(corpus, a), side_of(corpus, b)
    return Comparison(
        a=sides[0],
        b=sides[1],
        enough=observed is not None,
        limits=limits(len(a.postings), len(b.postings), tested=observed is not None),
        caution=caution(
            *sides,
            Shared.by(*sides),
            pay,
            same_role=same_role(a, b),
            minimum=MINIMUM_POSTINGS,
        ),
        skills=tuple(sorted((one.row for one in rows), key=row_order)),
        broader=broader,
        separability=whole,
        alternatives=_alternative_rows(corpus, a, b),
        degrees=_degree_rows(corpus, a, b, observed, everyone),
        experience=_experience_rows(corpus, a, b),
        duties=_duty_rows(corpus, a, b),
        years=compare_years(corpus, a, b, observed),
        pay=pay,
        verbs=verb_rows(corpus, a, b, observed, everyone),
        modes=mode_rows(corpus, a, b, observed, everyone),
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """Two groups by what their postings require and which duties they state, and no more.

    The rows are those of a `Comparison`; so are `enough` and `limits`.
    """

    a: Side
    b: Side
    enough: bool
    limits: str | None
    required: tuple[SkillRow, ...]
    verbs: tuple[VerbRow, ...]


def compare_scope(corpus: Corpus, a: Group, b: Group, everyone: Everyone) -> Scope:
    """Compare two groups by skills that are required and by duties, as `compare_groups` does."""
    if everyone.copies == "one":
        a, b = one_per_job(corpus, a), one_per_job(corpus, b)
    observed = _observations(corpus, a, b)
    rows = [one for one in skill_rows(corpus, a, b) if one.row.necessity == "required"]
    if observed:
        rows = with_findings(rows, observed, everyone)
    return Scope(
        a=side_of(corpus, a),
        b=side_of(corpus, b),
        enough=observed is not None,
        limits=limits(len(a.postings), len(b.postings), tested=observed is not None),
        required=tuple(sorted((one.row for one in rows), key=row_order)),
        verbs=verb_rows(corpus, a, b, observed, everyone),
    )


def _observations(corpus: Corpus, a: Group, b: Group) -> Observations | None:
    """Return the postings as numbers, where there are enough of them and the sides are apart."""
    jobs = [{corpus.job(posting) for posting in group.postings} for group in (a, b)]
    employers = [len({employer_of(corpus, one) for one in group.postings}) for group in (a, b)]
    few = min(len(a.postings), len(b.postings)) < MINIMUM_POSTINGS
    alone = a.kind == b.kind == Kind.EMPLOYER
    if few or jobs[0] & jobs[1] or (min(employers) < MINIMUM_EMPLOYERS and not alone):
        return None
    from kg.analysis.observations import Observations

    return Observations(corpus, a, b)


def _separability(observed: Observations, rows: Sequence[Skill]) -> Separability | None:
    """Return how well the tested required skills separate the groups; None without scikit-learn."""
    from kg.analysis.separability import is_possible, separability

    required = [one for one in rows if one.row.necessity == "required" and one.row.finding]
    if not is_possible():
        return None
    labels = [one.row.label for one in required]
    having = observed.having([one.said for one in required])
    return separability(having, observed.side_b, observed.witnesses, labels)


def side_of(corpus: Corpus, group: Group) -> Side:
    """Return a group with what is told of its postings: title, source, employer."""
    facets, called = corpus.facets, cache(corpus.label)
    members = []
    for posting, number in zip(group.postings, corpus.numbers(group.postings), strict=True):
        employer = facets.employers[number]
        members.append(
            Member(
                facets.identifiers[number],
                facets.titles[number],
                facets.sources[number],
                called(employer) if employer else None,
                corpus.job(posting),
            )
        )
    return Side(group.label, str(group.kind), tuple(members), len(group.left_out))


def same_role(a: Group, b: Group) -> bool:
    """Tell whether two groups are levels of one role."""
    if not a.kind == b.kind == Kind.POSITION:
        return False
    return a.node.partition(" ")[0] == b.node.partition(" ")[0]


def _alternative_rows(corpus: Corpus, a: Group, b: Group) -> tuple[AlternativeRow, ...]:
    found = tally.tally(corpus, a, b, tally.alternatives, tally.alternative_words)
    rows = [AlternativeRow(*key, support_of(a, b, said)) for key, said in found.items()]
    return tuple(sorted(rows, key=alternative_order))


def _degree_rows(
    corpus: Corpus, a: Group, b: Group, observed: Observations | None, everyone: Everyone
) -> tuple[DegreeRow, ...]:
    """Return each degree with each way of asking, tested as skills are, q over all of these."""
    found = tally.tally(corpus, a, b, tally.degrees, tally.degree_words)
    findings: dict[tally.SkillKey, Finding] = {}
    if observed:
        own = {key: said for key, said in found.items() if key[1] in TESTED}
        findings = observed.tested(own, everyone.degrees, len(everyone))
    rows = []
    for (degree, way), said in found.items():
        support = support_of(a, b, said)
        (fields_a, also_a), (fields_b, also_b) = (
            _details(corpus, one, (degree, way)) for one in (a, b)
        )
        rows.append(
            DegreeRow(
                corpus.concept(degree),
                corpus.label(degree),
                way,
                support,
                fields_a,
                fields_b,
                also_a,
                also_b,
                findings.get((degree, way)),
            )
        )
    return tuple(sorted(rows, key=condition_order))


def _details(
    corpus: Corpus, group: Group, asked_for: tally.SkillKey
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields and the qualifiers of a degree where a group's postings ask for it so.

    What most postings name stands first.
    """
    fields: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for posting in group.postings:
        details = corpus.details(posting)
        named: set[str] = set()
        added: set[str] = set()
        for one in corpus.degrees(posting):
            if (one.degree, asked(one.necessity, one.choice)) == asked_for:
                of = details[one.node]
                named.update(of.fields)
                also = of.foreign_equivalent, of.related_field, one.equivalent_experience
                added.update(
                    words for words, is_said in zip(QUALIFIERS, also, strict=True) if is_said
                )
        fields.update(named)
        said.update(added)
    return most_first(fields), most_first(said)


def most_first(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return names, what is counted most often first."""
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _experience_rows(corpus: Corpus, a: Group, b: Group) -> tuple[ExperienceRow, ...]:
    found = tally.tally(corpus, a, b, tally.experience, tally.experience_words)
    rows = [ExperienceRow(*key, support_of(a, b, said)) for key, said in found.items()]
    return tuple(sorted(rows, key=condition_order))


def _duty_rows(corpus: Corpus, a: Group, b: Group) -> tuple[DutyRow, ...]:
    found = tally.tally(corpus, a, b, tally.duties, tally.duty_words)
    rows = []
    for skill, said in found.items():
        support = support_of(a, b, said)
        rows.append(DutyRow(corpus.concept(skill), corpus.label(skill), support))
    return tuple(sorted(rows, key=duty_order))
