"""Skills whose overlap is known in a population of postings, of which some employers are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from kg.analysis.embedding import embed
from kg.analysis.incidence import Incidence
from kg.analysis.profiles import profiles_of_skills
from kg.analysis.sureness import Parties
from kg.graph_model import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats


@dataclass(frozen=True)
class Pairs:
    """Pairs of skills that had an interval, the means over them, and how many intervals missed."""

    pairs: int
    overlap: float
    counted: float
    low: float
    high: float
    missed: int


def coverage_of_skills(employers: int, corpora: int, most: int = 8) -> Pairs:
    """Draw so many times some employers of a population, and look at all pairs of `most` skills.

    A posting is of one of six kinds, which ask for skills by shares of their own; an employer has
    postings of few kinds. What the skills weigh for one another is that of the population.
    """
    draw = np.random.default_rng(employers)
    firms, kinds, skills = 3000, 6, 60
    sizes = draw.geometric(0.2, firms)
    mixtures = draw.dirichlet(np.full(kinds, 0.4), firms)
    by_kind = draw.beta(0.5, 3.5, (kinds, skills))
    whose = np.repeat(np.arange(firms), sizes)
    kind = (mixtures[whose].cumsum(axis=1) < draw.random(len(whose))[:, None]).sum(axis=1)
    having = draw.random((len(whose), skills)) < by_kind[np.minimum(kind, kinds - 1)]
    everyone = _incidence(having, whose)
    learned = embed(everyone, dimensions=10)
    profiles = profiles_of_skills(everyone, learned)
    asked = profiles.asked.toarray()
    chosen = draw.permutation(np.flatnonzero(everyone.counts > len(whose) / 10))[:most].tolist()
    seen, missed = [], 0
    for _ in range(corpora):
        drawn = draw.choice(firms, employers, replace=False)
        rows = np.concatenate([np.flatnonzero(whose == one) for one in drawn])
        sample = _incidence(having[rows], np.unique(whose[rows], return_inverse=True)[1])
        members = [np.flatnonzero(column).tolist() for column in having[rows].T]
        parties = Parties(sample, learned, Kind.SKILL, members, profiles.weights)
        for number, one in enumerate(chosen):
            others = chosen[number + 1 :]
            for other, sure in zip(others, parties.how_sure(one, others), strict=True):
                if sure.overlap is None:
                    continue
                true = _jaccard(asked[one], asked[other])
                counted = _jaccard(*(parties.party(at).side.profile for at in (one, other)))
                seen.append((true, counted, *sure.overlap))
                missed += not sure.overlap[0] <= true <= sure.overlap[1]
    overlap, counted, low, high = np.mean(seen, axis=0).tolist()
    return Pairs(len(seen), overlap, counted, low, high, missed)


def _jaccard(first: Floats, second: Floats) -> float:
    return float(np.minimum(first, second).sum() / np.maximum(first, second).sum())


def _incidence(having: NDArray[np.bool_], employers: NDArray[np.intp]) -> Incidence:
    postings = tuple(map(str, range(len(having))))
    skills = tuple(map(str, range(having.shape[1])))
    return Incidence(
        label="drawn",
        postings=postings,
        identifiers=postings,
        skills=skills,
        labels=skills,
        employers=employers,
        asks=csr_array(having.astype(float)),
        choices=csr_array((0, len(skills))),
        choosers=np.zeros(0, np.intp),
    )
