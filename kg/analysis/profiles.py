"""What groups of postings ask for, and what skills are asked for together with, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array, diags_array

from kg.analysis.embedding import shifted_ppmi

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.clusters import Floats
    from kg.analysis.embedding import Embedding
    from kg.analysis.incidence import Incidence


class Profiles(NamedTuple):
    """Things of a kind: what each asks for, its vector, and what skills weigh.

    `asked` has the shape (things, skills): the share of a thing's postings that ask for a skill,
    times what the skill weighs. `weights` has one row for all groups of postings, and a row a skill
    where the things are the skills themselves.
    """

    asked: csr_array
    vectors: Floats
    weights: csr_array


def profiles_of_groups(
    incidence: Incidence, embedding: Embedding, members: Sequence[list[int]]
) -> Profiles:
    """Return groups of postings, given by their rows; a skill weighs its information.

    A group's vector is the sum of the vectors of its skills, each as often as it asks for it.
    """
    sizes = [len(one) for one in members]
    rows = np.repeat(np.arange(len(members)), sizes)
    columns = np.array([row for one in members for row in one], np.intp)
    shares = np.repeat([1 / max(1, size) for size in sizes], sizes)
    shape = len(members), len(incidence.postings)
    averaging = csr_array((shares, (rows, columns)), shape=shape)
    information = -np.log(incidence.counts / max(1, len(incidence.postings)))
    asked = csr_array((averaging @ incidence.asks) @ diags_array(information))
    known = known_columns(incidence, embedding)
    vectors = np.asarray(asked[:, known] @ embedding.directions())
    return Profiles(asked, vectors, csr_array(information[None, :]))


def profiles_of_skills(incidence: Incidence, embedding: Embedding) -> Profiles:
    """Return the skills, in order; a skill weighs, for another, their shifted positive PMI."""
    vectors = np.zeros((len(incidence.skills), embedding.words.shape[1]))
    vectors[known_columns(incidence, embedding)] = embedding.words
    together = incidence.together()
    shares = diags_array(1 / incidence.counts) @ together
    weights = shifted_ppmi(together)
    return Profiles(csr_array(shares * weights), vectors, weights)


def known_columns(incidence: Incidence, embedding: Embedding) -> list[int]:
    """Return the columns of the skills that have vectors, in the order of these."""
    columns = {skill: column for column, skill in enumerate(incidence.skills)}
    return [columns[one] for one in embedding.skills]
