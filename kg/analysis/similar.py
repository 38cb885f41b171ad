"""What is like a role, an employer, a posting or a skill, and which skills make it so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.graph_model import Kind
from kg.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from kg.analysis.clusters import Floats
    from kg.analysis.embedding import Embedding
    from kg.analysis.frames import Cell
    from kg.analysis.incidence import Incidence
    from kg.analysis.support import Json
    from kg.corpus import Corpus

LEAST: Final = 3
"""Postings of a role or employer that is offered as similar: the skills of fewer are their own."""
ROWS: Final = 20
SHARED: Final = 5
COLUMNS: Final = (
    "name", "kind", "likeness", "overlap", "cosine", "postings", "employers", "shared", "key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Like:
    """A thing like the one asked about.

    `overlap` is the weighted Jaccard index of their skills, `cosine` that of their vectors,
    `likeness` the root of the product of the two; `shared` are the skills that add most to the
    overlap. `postings` and `employers` are those that the thing is known from.
    """

    key: str
    label: str
    likeness: float
    overlap: float
    cosine: float
    postings: int
    employers: int
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Similar(Shown):
    """What is like a thing of a kind, the most alike first; `caution` is about the thing's data."""

    label: str
    kind: str
    postings: int
    employers: int
    caution: str | None
    rows: tuple[Like, ...]

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg similar --json` prints."""
        return {
            "label": self.label,
            "kind": self.kind,
            "postings": self.postings,
            "employers": self.employers,
            "enough": self.caution is None,
            "caution": self.caution,
            "similar": [
                {
                    "key": one.key,
                    "label": one.label,
                    "likeness": one.likeness,
                    "overlap": one.overlap,
                    "cosine": one.cosine,
                    "postings": one.postings,
                    "employers": one.employers,
                    "shared": list(one.shared),
                }
                for one in self.rows
            ],
        }

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return one row a similar thing, with `COLUMNS`."""
        rows = []
        for one in self.rows:
            cells: tuple[Cell, ...] = (
                one.label, self.kind, one.likeness, one.overlap, one.cosine, one.postings,
                one.employers, ", ".join(one.shared), one.key,
            )  # fmt: skip
            rows.append(dict(zip(COLUMNS, cells, strict=True)))
        return rows


def similar(
    corpus: Corpus,
    incidence: Incidence,
    embedding: Embedding,
    kind: Kind,
    node: str,
    *,
    limit: int = ROWS,
) -> Similar:
    """Return what is like `node`, of its kind, by the skills that postings ask for.

    A role, position, employer, level or place is what its postings ask for: each skill weighs the
    share of them that do, times its information (minus the logarithm of the share of all
    postings), so that what everyone asks for makes nobody alike. A posting weighs its skills so
    too. A skill is what it is asked for together with: its row of shifted positive PMI. The
    overlap is the weighted Jaccard index of the weights (Ruzicka 1958), the cosine that of the
    weighted sums of the skills' vectors, for a skill of its own. Groups of fewer than `LEAST`
    postings are not offered. One pass over the postings, whatever is asked.
    """
    keys, members = _things(corpus, incidence, kind, node)
    place = keys.index(node)
    if kind == Kind.SKILL:
        profiles, vectors = _of_skills(incidence, embedding, keys)
    else:
        profiles, vectors = _of_groups(incidence, embedding, members)
    overlaps, cosines = _overlaps(profiles, place), _cosines(vectors, place)
    rows = []
    for other, key in enumerate(keys):
        if other != place and overlaps[other] > 0 and cosines[other] > 0:
            rows.append(
                Like(
                    key=key,
                    label=_label(corpus, key),
                    likeness=round(float(overlaps[other] * cosines[other]) ** 0.5, 6),
                    overlap=round(float(overlaps[other]), 6),
                    cosine=round(float(cosines[other]), 6),
                    postings=len(members[other]),
                    employers=len({int(incidence.employers[one]) for one in members[other]}),
                    shared=(),
                )
            )
    rows.sort(key=lambda one: (-one.likeness, one.label.casefold(), one.key))
    places = {key: other for other, key in enumerate(keys)}
    employers = len({int(incidence.employers[one]) for one in members[place]})
    return Similar(
        label=_label(corpus, node),
        kind=str(kind),
        postings=len(members[place]),
        employers=employers,
        caution=_caution(kind, len(members[place])),
        rows=tuple(
            _with_shared(one, profiles, place, places[one.key], incidence.labels)
            for one in rows[:limit]
        ),
    )


def _things(
    corpus: Corpus, incidence: Incidence, kind: Kind, node: str
) -> tuple[list[str], list[list[int]]]:
    """Return the things of a kind, sorted, and the rows of the postings that each is known from.

    A posting that is a copy stands for itself when it is what is asked about: it is not offered.
    """
    rows = {posting: row for row, posting in enumerate(incidence.postings)}
    if kind == Kind.POSTING:
        return list(rows), [[row] for row in rows.values()]
    if kind == Kind.SKILL:
        columns = incidence.asks.tocsc()
        found = [
            columns.indices[start:end].tolist()
            for start, end in zip(columns.indptr, columns.indptr[1:], strict=False)
        ]
        return list(incidence.skills), found
    keys, members = [], []
    for key in sorted(corpus.nodes(kind)):
        theirs = [rows[one] for one in corpus.postings_of(key) if one in rows]
        if len(theirs) >= LEAST or key == node:
            keys.append(key)
            members.append(theirs)
    return keys, members


def _of_groups(
    incidence: Incidence, embedding: Embedding, members: Sequence[list[int]]
) -> tuple[csr_array, Floats]:
    """Return the weights of the skills of each group of postings, and the groups' vectors."""
    import numpy as np
    from scipy.sparse import csr_array, diags_array

    sizes = [len(one) for one in members]
    rows = np.repeat(np.arange(len(members)), sizes)
    columns = np.array([row for one in members for row in one], np.intp)
    shares = np.repeat([1 / max(1, size) for size in sizes], sizes)
    shape = len(members), len(incidence.postings)
    averaging = csr_array((shares, (rows, columns)), shape=shape)
    information = -np.log(incidence.counts / max(1, len(incidence.postings)))
    profiles = csr_array((averaging @ incidence.asks) @ diags_array(information))
    columns_of = _columns(incidence)
    known = [columns_of[one] for one in embedding.skills]
    return profiles, np.asarray(profiles[:, known] @ embedding.directions())


def _of_skills(
    incidence: Incidence, embedding: Embedding, keys: Sequence[str]
) -> tuple[csr_array, Floats]:
    """Return what each skill is asked for together with, and the skills' vectors."""
    import numpy as np
    from scipy.sparse import csr_array, diags_array

    from kg.analysis.embedding import shifted_ppmi

    vectors = np.zeros((len(keys), embedding.words.shape[1]))
    columns = _columns(incidence)
    vectors[[columns[one] for one in embedding.skills]] = embedding.words
    together = incidence.together()
    shares = diags_array(1 / incidence.counts) @ together
    return csr_array(shares * shifted_ppmi(together)), vectors


def _columns(incidence: Incidence) -> dict[str, int]:
    return {skill: column for column, skill in enumerate(incidence.skills)}


def _overlaps(profiles: csr_array, place: int) -> Floats:
    """Return the weighted Jaccard index of one row with each: sum of minima over sum of maxima."""
    import numpy as np
    from scipy.sparse import csr_array

    mine = np.asarray(profiles[[place]].toarray())[0]
    least = csr_array(profiles)
    least.data = np.minimum(profiles.data, mine[profiles.indices])
    smaller = np.asarray(least.sum(axis=1), np.float64)
    larger = np.asarray(profiles.sum(axis=1), np.float64) + mine.sum() - smaller
    found: Floats = np.divide(smaller, larger, out=np.zeros_like(smaller), where=larger > 0)
    return found


def _cosines(vectors: Floats, place: int) -> Floats:
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1)
    scale = lengths * lengths[place]
    found: Floats = np.divide(
        vectors @ vectors[place], scale, out=np.zeros(len(vectors)), where=scale > 0
    )
    return found


def _with_shared(
    like: Like, profiles: csr_array, place: int, other: int, labels: Sequence[str]
) -> Like:
    """Name the skills that add most to the overlap of two things."""
    from dataclasses import replace

    import numpy as np

    mine, theirs = (np.asarray(profiles[[one]].toarray())[0] for one in (place, other))
    both = np.minimum(mine, theirs)
    order = sorted(np.flatnonzero(both).tolist(), key=lambda one: (-both[one], labels[one]))
    return replace(like, shared=tuple(labels[one] for one in order[:SHARED]))


def _label(corpus: Corpus, key: str) -> str:
    if corpus.kind(key) == Kind.POSTING and (title := corpus.title(key)):
        return f"{title} ({corpus.identifier(key)})"
    return corpus.label(key)


def _caution(kind: Kind, postings: int) -> str | None:
    if kind == Kind.POSTING or postings >= LEAST:
        return None
    return f"Not enough data: this rests on {postings} posting{'' if postings == 1 else 's'}."
