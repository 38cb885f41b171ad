"""Which postings fit a candidate, best first, and why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kg.analysis.groups import find_group
from kg.analysis.holdings import MET, Holdings, Status
from kg.analysis.needs import NeedKind, needs_of_each
from kg.shown import Shown
from nlp.types import Necessity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.holdings import Standing
    from kg.analysis.needs import Need
    from kg.analysis.support import Json
    from kg.copies.counting import Copies
    from kg.corpus import Corpus
    from nlp.resumes.profile import Profile

COLUMNS: Final = (
    "posting", "title", "employer", "source", "met", "required", "share", "preferred_met",
    "preferred", "has", "partly", "lacks",
)  # fmt: skip
"""The columns of `Match.to_row`."""


@dataclass(frozen=True, slots=True)
class Match(Shown):
    """A posting beside a candidate.

    `met` of `required` things that it requires are met, `preferred_met` of `preferred` that it
    prefers; soft skills are not counted, for no résumé proves them. `has` are labels of what is
    met, "Spark (by PySpark)" where by something else; `partly` and `lacks` of what is not.
    """

    posting: str
    title: str | None
    employer: str | None
    source: str | None
    met: int
    required: int
    preferred_met: int
    preferred: int
    has: tuple[str, ...]
    partly: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """The share of what is required that is met; None where nothing is required."""
        return self.met / self.required if self.required else None

    def to_json(self) -> dict[str, Json]:
        """Return the match."""
        return {
            "posting": self.posting,
            "title": self.title,
            "employer": self.employer,
            "source": self.source,
            "met": self.met,
            "required": self.required,
            "share": self.share,
            "preferred_met": self.preferred_met,
            "preferred": self.preferred,
            "has": list(self.has),
            "partly": list(self.partly),
            "lacks": list(self.lacks),
        }

    def to_row(self) -> dict[str, object]:
        """Return the match as one flat row."""
        return {
            name: ", ".join(map(str, value)) if isinstance(value, list) else value
            for name, value in self.to_json().items()
        }


def match(
    corpus: Corpus,
    profile: Profile,
    *,
    among: str | None = None,
    limit: int | None = None,
    copies: Copies = "one",
) -> list[Match]:
    """Rank postings for a candidate: those of a group (`among`), or all.

    First comes the posting of whose requirements the largest share is met. So that one that asks
    for a single thing does not come before one that asks for twelve and gets eleven, two things
    more are counted as asked for and half met (the share's posterior mean under a Beta(1, 1)
    prior). Then counts what is preferred, and the title.
    """
    postings: Sequence[str] = find_group(corpus, among).postings if among else corpus.in_order
    if copies == "one":
        postings = list({corpus.job(one): one for one in reversed(postings)}.values())
    corpus.look_at(postings)
    holdings = Holdings(corpus, profile)
    found = [
        match_posting(corpus, posting, needs, holdings)
        for posting, needs in needs_of_each(corpus, postings)
    ]
    ranked = sorted((one for one in found if one.required), key=_rank)
    return ranked[:limit]


def _rank(one: Match) -> tuple[Fraction, Fraction, str, str]:
    return (
        -Fraction(one.met + 1, one.required + 2),
        -Fraction(one.preferred_met, max(1, one.preferred)),
        (one.title or "").casefold(),
        one.posting,
    )


def match_posting(corpus: Corpus, posting: str, needs: Sequence[Need], holdings: Holdings) -> Match:
    """Set one posting, with its needs, beside a candidate."""
    hard = [need for need in needs if need.kind is not NeedKind.SOFT]
    standings = [(need, holdings.standing(need)) for need in hard]
    required = [one for one in standings if one[0].necessity is Necessity.REQUIRED]
    preferred = [one for one in standings if one[0].necessity is Necessity.PREFERRED]
    employer = corpus.employer(posting)
    return Match(
        posting=corpus.identifier(posting),
        title=corpus.title(posting),
        employer=corpus.label(employer) if employer else None,
        source=corpus.source(posting),
        met=_met(required),
        required=len(required),
        preferred_met=_met(preferred),
        preferred=len(preferred),
        has=tuple(_had(*one) for one in required if one[1].status in MET),
        partly=tuple(_had(*one) for one in required if one[1].status is Status.PARTLY),
        lacks=tuple(need.label for need, one in required if one.status is Status.LACKS),
    )


def _met(standings: Sequence[tuple[Need, Standing]]) -> int:
    return sum(standing.status in MET for _, standing in standings)


def _had(need: Need, standing: Standing) -> str:
    through = ", ".join(standing.through)
    return need.label if through in ("", need.label) else f"{need.label} (by {through})"
