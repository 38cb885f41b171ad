"""The next skills for a set of skills, each with what of the set pulls it, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.ranker import SkillRanker
from kg.analysis.shares import wilson
from kg.analysis.support import ends_json
from kg.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csc_array

    from kg.analysis.embedding import Embedding
    from kg.analysis.frames import Cell
    from kg.analysis.incidence import Incidence
    from kg.analysis.support import Json

LEAST_EMPLOYERS: Final = 3
"""Employers that must ask for a skill that is recommended, where there are so many at all."""
ROWS: Final = 15
REASONS: Final = 3
"""Skills of the set that are named as reasons, at most."""
COLUMNS: Final = (
    "skill", "score", "postings", "employers", "reason", "pull", "together", "together_employers",
    "share", "low", "high", "concept", "of_employers", "worth",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pull:
    """A skill of the set that speaks for another.

    `weight` is what it adds to the score. `together` postings of `employers` employers ask for
    both, of `postings` of `of_employers` that ask for this one: `share`, with its 95% interval.
    `worth` is how many postings of employers of their own would say as much of the share.
    """

    label: str
    weight: float
    together: int
    employers: int
    postings: int
    of_employers: int
    worth: float

    @property
    def share(self) -> float:
        """The share of this skill's postings that ask for the other too."""
        return self.together / self.postings

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval of the share: Wilson's, of as many postings as these are worth.

        Korn & Graubard, Survey Methodology 24 (1998) 193-201.
        """
        return wilson(self.share * self.worth, self.worth)


@dataclass(frozen=True, slots=True)
class Next:
    """A skill to come next: its score, the postings and employers that ask for it, and why."""

    concept: str
    label: str
    score: float
    postings: int
    employers: int
    pulls: tuple[Pull, ...]


@dataclass(frozen=True, slots=True)
class Recommendation(Shown):
    """The next skills for a set, the best first.

    `unknown` are skills of the set that too few postings ask for to say anything.
    """

    skills: tuple[str, ...]
    unknown: tuple[str, ...]
    postings: int
    employers: int
    caution: str | None
    rows: tuple[Next, ...]

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg recommend --json` prints."""
        return {
            "skills": list(self.skills),
            "unknown": list(self.unknown),
            "postings": self.postings,
            "employers": self.employers,
            "enough": self.caution is None,
            "caution": self.caution,
            "next": [
                {
                    "concept": one.concept,
                    "label": one.label,
                    "score": one.score,
                    "postings": one.postings,
                    "employers": one.employers,
                    "reasons": [
                        {
                            "skill": pull.label,
                            "weight": pull.weight,
                            "together": pull.together,
                            "employers": pull.employers,
                            "postings": pull.postings,
                            "share": pull.share,
                            "interval": ends_json(pull.interval),
                            "of_employers": pull.of_employers,
                            "worth": pull.worth,
                        }
                        for pull in one.pulls
                    ],
                }
                for one in self.rows
            ],
        }

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return one row a reason, with `COLUMNS`; a skill without any has one row too."""
        rows = []
        for one in self.rows:
            start: list[Cell] = [one.label, one.score, one.postings, one.employers]
            for pull in one.pulls or (None,):
                why: list[Cell] = [None] * 7
                whose: list[Cell] = [None, None]
                if pull is not None:
                    low, high = pull.interval or (None, None)
                    why = [pull.label, pull.weight, pull.together, pull.employers, pull.share]
                    why += [low, high]
                    whose = [pull.of_employers, pull.worth]
                rows.append(dict(zip(COLUMNS, [*start, *why, one.concept, *whose], strict=True)))
        return rows


def recommend(
    incidence: Incidence, embedding: Embedding, skills: Sequence[str], *, limit: int = ROWS
) -> Recommendation:
    """Return the next skills for a set of skills, ranked by `kg.analysis.ranker.SkillRanker`.

    `skills` are nodes. A skill is recommended when `LEAST_EMPLOYERS` employers ask for it, fewer
    where the group has fewer; the reasons are the skills of the set that pull it and that some
    posting asks for with it, the strongest first.
    """
    import numpy as np
    from scipy.sparse import csc_array

    wanted = list(dict.fromkeys(skills))
    columns = {skill: column for column, skill in enumerate(incidence.skills)}
    places = embedding.places
    known = [skill for skill in wanted if skill in places]
    rows: list[Next] = []
    if known:
        ranker = SkillRanker(embedding)
        mine = [places[skill] for skill in known]
        scores = ranker.score(mine)
        asking = csc_array(incidence.by_employer.T @ incidence.asks)
        employers = [int(count) for count in np.asarray((asking > 0).sum(axis=0))]
        least = min(LEAST_EMPLOYERS, incidence.employer_count)
        for place in np.argsort(-scores.round(9), kind="stable").tolist():
            skill = embedding.skills[place]
            if skill in wanted or employers[columns[skill]] < least:
                continue
            rows.append(
                Next(
                    concept=skill,
                    label=embedding.labels[place],
                    score=round(float(scores[place]), 6),
                    postings=int(embedding.counts[place]),
                    employers=employers[columns[skill]],
                    pulls=_pulls(incidence, ranker, known, mine, place, columns, asking),
                )
            )
            if len(rows) == limit:
                break
    labels = dict(zip(incidence.skills, incidence.labels, strict=True))
    return Recommendation(
        skills=tuple(labels.get(skill, skill) for skill in wanted),
        unknown=tuple(labels.get(skill, skill) for skill in wanted if skill not in places),
        postings=len(incidence.postings),
        employers=incidence.employer_count,
        caution=incidence.caution,
        rows=tuple(rows),
    )


def _pulls(
    incidence: Incidence,
    ranker: SkillRanker,
    known: Sequence[str],
    mine: Sequence[int],
    place: int,
    columns: dict[str, int],
    asking: csc_array,
) -> tuple[Pull, ...]:
    """Return what pulls a skill; `asking` has how many postings of each employer ask for each."""
    import numpy as np

    from kg.analysis.worth import worth_of

    embedding = ranker.embedding
    weights = ranker.pulls(mine, place)
    first = np.array([columns[skill] for skill in known], np.intp)
    second = np.full(len(known), columns[embedding.skills[place]], np.intp)
    where = incidence.together_in(first, second)
    theirs = where @ incidence.by_employer
    together = np.asarray(where.sum(axis=1))
    employers = np.asarray((theirs > 0).sum(axis=1))
    sizes = asking[:, first].toarray().T
    found = [
        Pull(
            label=embedding.labels[one],
            weight=round(float(weights[number]), 6),
            together=int(together[number]),
            employers=int(employers[number]),
            postings=int(embedding.counts[one]),
            of_employers=int(np.count_nonzero(sizes[number])),
            worth=round(worth_of(theirs[[number]].toarray()[0], sizes[number]), 6),
        )
        for number, one in enumerate(mine)
        if weights[number] > 0 and together[number] > 0
    ]
    return tuple(sorted(found, key=lambda one: (-one.weight, one.label)))[:REASONS]
