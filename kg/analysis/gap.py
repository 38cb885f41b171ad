"""What lies between a candidate and a group of postings, and what to learn first."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.groups import find_group, one_per_job
from kg.analysis.holdings import MET, Holdings, Status, implied_by
from kg.analysis.learning import Goal, Lack, plan
from kg.analysis.learning_steps import Step, steps_of
from kg.analysis.needs import NeedKind, needs_of_each, words_of
from kg.analysis.quotes import FirstWords
from kg.analysis.support import employer_of
from kg.shown import Shown
from nlp.types import Necessity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.analysis.groups import Group
    from kg.analysis.holdings import Standing
    from kg.analysis.needs import Need
    from kg.analysis.support import Json
    from kg.copies.counting import Copies
    from kg.corpus import Corpus
    from nlp.resumes.profile import Profile

STEPS: Final = 5
"""Skills to learn that are named, at the most."""
FEW: Final = 10
"""Postings below which what a role asks for is a few employers' word."""
QUOTES: Final = 2
"""Postings' words for a need that are shown, at the most."""
READ: Final = 4
"""Postings whose words are read for them: most say a need in the same word."""
COLUMNS: Final = (
    "label", "kind", "status", "through", "required", "preferred", "postings", "resume_words",
    "posting_words",
)  # fmt: skip
"""The columns of `Gap.to_rows`."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """Something that postings ask for, and how the candidate stands.

    `through` are the candidate's labels that say so, `shown` their words in the résumé, `asked` the
    postings' words, read when they are looked at. `required` and `preferred` count postings.
    """

    label: str
    kind: NeedKind
    status: Status
    through: tuple[str, ...]
    shown: tuple[str, ...]
    asked: Sequence[str]
    required: int
    preferred: int

    def to_json(self) -> dict[str, Json]:
        """Return the row."""
        return {
            "label": self.label,
            "kind": self.kind.value,
            "status": self.status.value,
            "through": list(self.through),
            "resume_words": list(self.shown),
            "posting_words": list(self.asked),
            "required": self.required,
            "preferred": self.preferred,
        }


@dataclass(frozen=True, slots=True)
class Gap(Shown):
    """A candidate beside a group of postings.

    `within_reach` counts the postings of which the candidate meets enough skills already, and
    `formal` those whose degrees and years he or she meets. `nearness` is how far postings have come
    to reach, on the whole: 1 where all are within it. `of_best` and `tried` are those of
    `kg.analysis.learning.Plan`.
    """

    candidate: str
    group: str
    postings: int
    employers: int
    years: float | None
    within_reach: int
    formal: int
    nearness: float
    rows: tuple[GapRow, ...]
    steps: tuple[Step, ...]
    of_best: float
    tried: int | None
    caution: str | None

    def standing(self, *statuses: Status) -> tuple[GapRow, ...]:
        """Return the rows that stand so."""
        return tuple(row for row in self.rows if row.status in statuses)

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg gap --json` prints."""
        return {
            "candidate": self.candidate,
            "group": self.group,
            "postings": self.postings,
            "employers": self.employers,
            "years": self.years,
            "within_reach": self.within_reach,
            "degrees_and_years_met": self.formal,
            "nearness": self.nearness,
            "rows": [row.to_json() for row in self.rows],
            "learn": [step.to_json() for step in self.steps],
            "of_best": self.of_best,
            "sets_tried": self.tried,
            "caution": self.caution,
        }

    def to_rows(self) -> list[dict[str, object]]:
        """Return one flat row for each thing that is asked for."""
        return [
            {
                "label": row.label,
                "kind": row.kind.value,
                "status": row.status.value,
                "through": ", ".join(row.through),
                "required": row.required,
                "preferred": row.preferred,
                "postings": self.postings,
                "resume_words": row.shown[0] if row.shown else None,
                "posting_words": row.asked[0] if row.asked else None,
            }
            for row in self.rows
        ]


def gap(
    corpus: Corpus,
    profile: Profile,
    name: str,
    *,
    steps: int = STEPS,
    copies: Copies = "one",
) -> Gap:
    """Set a candidate beside the postings that `name` means. Raises as `find_group` does."""
    group = find_group(corpus, name)
    return gap_to(corpus, profile, one_per_job(corpus, group) if copies == "one" else group, steps)


def gap_to(corpus: Corpus, profile: Profile, group: Group, steps: int = STEPS) -> Gap:
    """Set a candidate beside a group's postings, each of which counts."""
    holdings = Holdings(corpus, profile)
    corpus.look_at(group.postings)
    needs = dict(needs_of_each(corpus, group.postings))
    standings = {
        need: holdings.standing(need) for each in needs.values() for need in dict.fromkeys(each)
    }
    goals = [_goal(posting, each, holdings) for posting, each in needs.items()]
    known: frozenset[str] = frozenset()
    found = plan(goals, implied_by(corpus), steps)
    within = sum(goal.within_reach(known) for goal in goals)
    return Gap(
        candidate=profile.name,
        group=group.label,
        postings=len(group.postings),
        employers=len({employer_of(corpus, one) for one in group.postings}),
        years=profile.years,
        within_reach=within,
        formal=sum(_formal(each, standings) for each in needs.values()),
        rows=_rows(corpus, profile, needs, standings),
        nearness=found.started,
        steps=steps_of(corpus, found, group.postings, within),
        of_best=found.of_best,
        tried=found.tried,
        caution=_caution(group),
    )


def _goal(posting: str, needs: Sequence[Need], holdings: Holdings) -> Goal:
    """Return a posting as what of its required skills is met, and what is lacking."""
    hard = [
        need
        for need in needs
        if need.necessity is Necessity.REQUIRED and need.kind is NeedKind.SKILL
    ]
    lacks = []
    for need in hard:
        if holdings.standing(need).status in MET:
            continue
        open_members = [one for one in need.members if holdings.single(one).status not in MET]
        met = len(need.members) - len(open_members)
        nodes = frozenset(one.node for one in open_members if one.kind is NeedKind.SKILL)
        lacks.append(Lack(nodes, max(1, need.minimum - met)))
    return Goal(posting, len(hard), tuple(lacks))


def _formal(needs: Sequence[Need], standings: Mapping[Need, Standing]) -> bool:
    """Tell whether all degrees and years that a posting requires are met."""
    return all(
        standings[need].status in MET
        for need in needs
        if need.necessity is Necessity.REQUIRED and need.kind in (NeedKind.DEGREE, NeedKind.YEARS)
    )


def _rows(
    corpus: Corpus,
    profile: Profile,
    needs: Mapping[str, Sequence[Need]],
    standings: Mapping[Need, Standing],
) -> tuple[GapRow, ...]:
    counts: dict[tuple[NeedKind, str], Counter[Necessity]] = defaultdict(Counter)
    asking: dict[tuple[NeedKind, str], dict[str, Need]] = defaultdict(dict)
    first: dict[tuple[NeedKind, str], Need] = {}
    for posting, each in needs.items():
        named: dict[tuple[NeedKind, str], Need] = {}
        for need in sorted(each, key=lambda one: one.necessity is not Necessity.REQUIRED):
            named.setdefault((need.kind, need.label), need)
        for key, need in named.items():
            counts[key][need.necessity] += 1
            asking[key][posting] = need
            first.setdefault(key, need)
    words = {
        one.label: tuple(dict.fromkeys(word.text for word in one.words))
        for one in (*profile.skills, *profile.degrees)
    }
    rows = []
    for key, need in first.items():
        standing = standings[need]
        shown = tuple(word for label in standing.through for word in words.get(label, ()))
        if key[0] is NeedKind.YEARS and standing.through:
            shown = tuple(word.text for word in profile.years_words)
        rows.append(
            GapRow(
                label=key[1],
                kind=key[0],
                status=standing.status,
                through=standing.through,
                shown=shown[:QUOTES],
                asked=FirstWords(_asked(corpus, asking[key]), QUOTES),
                required=counts[key][Necessity.REQUIRED],
                preferred=counts[key][Necessity.PREFERRED],
            )
        )
    return tuple(
        sorted(rows, key=lambda row: (-row.required, -row.preferred, row.label.casefold()))
    )


def _asked(corpus: Corpus, needs: Mapping[str, Need]) -> Iterator[str]:
    """Yield the first words of the first postings that have a need."""
    first = list(needs)[:READ]
    corpus.words.read(corpus.numbers(first))
    for posting in first:
        yield from words_of(corpus, posting, needs[posting])[:1]


def _caution(group: Group) -> str | None:
    count = len(group.postings)
    if not count:
        return f"There is no posting of {group.label}: nothing can be said of it."
    if count < FEW:
        return (
            f"{count} {'posting' if count == 1 else 'postings'} of {group.label}: this is what "
            "these ask, not what the role asks at large."
        )
    return None
