"""What a corpus answers about links between skills, roles, employers and postings.

The analyses see a corpus and never a store; here they are given one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from nlp.garbage import collector_waits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analysis.centrality import Centrality
    from kg.analysis.communities import Communities
    from kg.analysis.cooccurrence import Cooccurrence
    from kg.analysis.incidence import Way
    from kg.analysis.recommend import Recommendation
    from kg.analysis.similar import Similar
    from kg.corpus import Corpus


class Answers(ABC):
    """The answers of whatever has a corpus. Each reads what it needs of it anew.

    `role` is any group that `kg.analysis.groups.find_group` finds; without it, all postings count.
    Of copies of one job one posting counts.
    """

    @abstractmethod
    def corpus(self) -> Corpus:
        """Return what all postings say, in columns that are read when they are asked for."""

    @collector_waits()
    def cooccurrence(
        self, *, role: str | None = None, skill: str | None = None, necessity: Way = "any"
    ) -> Cooccurrence:
        """Measure which skills are asked for together, or with `skill` which with that one.

        See `kg.analysis.cooccurrence.cooccurrence`.
        """
        from kg.analysis.cooccurrence import cooccurrence
        from kg.analysis.incidence import group_or_all, incidence_of, strengths_of
        from kg.analysis.things import find_skill

        corpus = self.corpus()
        node = None if skill is None else find_skill(corpus, skill)
        group = group_or_all(corpus, role)
        made = incidence_of(corpus, group, strengths_of(necessity))
        return cooccurrence(made, necessity, skill=node)

    @collector_waits()
    def communities(
        self, *, role: str | None = None, necessity: Way = "any", resolution: float = 1.0
    ) -> Communities:
        """Find communities of skills; see `kg.analysis.communities.communities`."""
        from kg.analysis.communities import communities

        return communities(self.cooccurrence(role=role, necessity=necessity), resolution=resolution)

    @collector_waits()
    def central(self, *, role: str | None = None, necessity: Way = "any") -> Centrality:
        """Measure which skills hold a role together; see `kg.analysis.centrality.centrality`."""
        from kg.analysis.centrality import centrality
        from kg.analysis.incidence import OUTRIGHT, group_or_all, incidence_of, strengths_of

        corpus = self.corpus()
        ways = tuple(one for one in strengths_of(necessity) if one in OUTRIGHT)
        return centrality(incidence_of(corpus, group_or_all(corpus, role), ways), necessity)

    @collector_waits()
    def similar(self, name: str, *, limit: int = 20) -> Similar:
        """Find what is like a role, an employer, a posting or a skill.

        See `kg.analysis.similar.similar`; names are read by `kg.analysis.things.find_thing`. Each
        row has the interval of its likeness, or says that there is not enough data for one.
        """
        from kg.analysis.embedding import embed
        from kg.analysis.incidence import group_or_all, incidence_of
        from kg.analysis.similar import similar
        from kg.analysis.things import find_thing
        from kg.graph_model import Kind

        corpus = self.corpus()
        kind, node = find_thing(corpus, name)
        if kind == Kind.POSTING:
            node = corpus.job(node)
        incidence = incidence_of(corpus, group_or_all(corpus, None))
        return similar(corpus, incidence, embed(incidence), kind, node, limit=limit)

    @collector_waits()
    def recommend(self, skills: Iterable[str], *, limit: int = 15) -> Recommendation:
        """Rank the next skills for a set of skills; see `kg.analysis.recommend.recommend`."""
        from kg.analysis.embedding import embed
        from kg.analysis.incidence import group_or_all, incidence_of
        from kg.analysis.recommend import recommend
        from kg.analysis.things import find_skill

        corpus = self.corpus()
        nodes = [find_skill(corpus, one) for one in skills]
        incidence = incidence_of(corpus, group_or_all(corpus, None))
        return recommend(incidence, embed(incidence), nodes, limit=limit)
