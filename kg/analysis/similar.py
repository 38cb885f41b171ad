"""What is like a role, an employer, a posting or a skill, and which skills make it so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.analysis.support import ends_json
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
    "low", "high", "overlap_low", "overlap_high", "not_enough_data",
)  # fmt: skip


NONE: Final = (None, None)


@dataclass(frozen=True, slots=True)
class Like:
    """A thing like the one asked about.

    `overlap` is the weighted Jaccard index of their skills, `cosine` that of their vectors,
    `likeness` the root of the product of the two; `shared` are the skills that add most to the
    overlap. `postings` and `employers` are those that the thing is known from. `interval` is the
    95% interval of the likeness and `overlap_interval` that of the overlap, where there is one;
    `not_enough_data` says that there are too few for one, and how many it takes.
    """

    key: str
    label: str
    likeness: float
    overlap: float
    cosine: float
    postings: int
    employers: int
    shared: tuple[str, ...]
    interval: tuple[float, float] | None = None
    overlap_interval: tuple[float, float] | None = None
    not_enough_data: str | None = None


@dataclass(frozen=True, slots=True)
class Similar(Shown):
    """What is like a thing of a kind, the most alike first; `caution` is about the thing's data.

    `uncertainty` says what the intervals allow for, or why there are none.
    """

    label: str
    kind: str
    postings: int
    employers: int
    caution: str | None
    rows: tuple[Like, ...]
    uncertainty: str

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg similar --json` prints."""
        return {
            "label": self.label,
            "kind": self.kind,
            "postings": self.postings,
            "employers": self.employers,
            "enough": self.caution is None,
            "caution": self.caution,
            "uncertainty": self.uncertainty,
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
                    "interval": ends_json(one.interval),
                    "overlap_interval": ends_json(one.overlap_interval),
                    "not_enough_data": one.not_enough_data,
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
                one.employers, ", ".join(one.shared), one.key, *(one.interval or NONE),
                *(one.overlap_interval or NONE), one.not_enough_data,
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
    postings are not offered. One pass over the postings, whatever is asked. How sure the rows are
    is told by `kg.analysis.sureness`.
    """
    from kg.analysis.profiles import profiles_of_groups, profiles_of_skills
    from kg.analysis.sureness import Parties, explained

    keys, members = _things(corpus, incidence, kind, node)
    place = keys.index(node)
    if kind == Kind.SKILL:
        profiles = profiles_of_skills(incidence, embedding)
    else:
        profiles = profiles_of_groups(incidence, embedding, members)
    asked = profiles.asked
    overlaps, cosines = _overlaps(asked, place), _cosines(profiles.vectors, place)
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
    shown = [
        _with_shared(one, asked, place, places[one.key], incidence.labels) for one in rows[:limit]
    ]
    if kind != Kind.POSTING:
        parties = Parties(incidence, embedding, kind, members, profiles.weights)
        sure = parties.how_sure(place, [places[one.key] for one in shown])
        shown = [
            replace(
                one, interval=how.interval, overlap_interval=how.overlap,
                not_enough_data=how.lacking,
            )
            for one, how in zip(shown, sure, strict=True)
        ]  # fmt: skip
    return Similar(
        label=_label(corpus, node),
        kind=str(kind),
        postings=len(members[place]),
        employers=employers,
        caution=_caution(kind, len(members[place])),
        rows=tuple(shown),
        uncertainty=explained(kind),
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
