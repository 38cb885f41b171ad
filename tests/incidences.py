"""Matrices of postings and skills made by hand, without a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from kg.analysis.incidence import Incidence

if TYPE_CHECKING:
    from collections.abc import Sequence


def incidence(
    postings: Sequence[str],
    employers: Sequence[int] | None = None,
    choices: Sequence[tuple[int, str]] = (),
) -> Incidence:
    """Return the matrix of postings given as words, each letter a skill: "ab" asks for a and b.

    Each posting is of an employer of its own unless `employers` says otherwise. A choice is a
    posting's number and the skills of which it asks for one.
    """
    skills = sorted(set("".join(postings)))
    asks = np.array([[skill in posting for skill in skills] for posting in postings], float)
    offered = np.array([[skill in members for skill in skills] for _, members in choices], float)
    names = tuple(f"p{number}" for number in range(len(postings)))
    return Incidence(
        label="made",
        postings=names,
        identifiers=names,
        skills=tuple(skills),
        labels=tuple(skill.upper() for skill in skills),
        employers=np.array(range(len(postings)) if employers is None else employers, np.intp),
        asks=csr_array(asks.reshape(len(postings), len(skills))),
        choices=csr_array(offered.reshape(len(choices), len(skills))),
        choosers=np.array([posting for posting, _ in choices], np.intp),
    )
