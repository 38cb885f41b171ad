"""What a graph is asked beyond queries: one method an analysis, for the Python API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from kg.analysis.ladder_rows import Ladder
    from kg.analysis.pay import PayBy
    from kg.analysis.pay_rows import PayReport
    from kg.analysis.trend_rows import By, Trends
    from kg.analysis.trends import Asking
    from kg.copies.counting import Copies


class Analyses:
    """The analyses of a role-skill graph; `KnowledgeGraph` draws the graph."""

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return the role-skill graph."""
        raise NotImplementedError

    def ladder(
        self,
        role: str,
        *,
        copies: Copies = "one",
        plain: bool = False,
        least: int = 1,
        estimates: bool = False,
    ) -> Ladder:
        """Return a role's levels in their order: what each step adds, drops, keeps; trends.

        The options are those of `kg.analysis.ladder.ladder`.
        """
        from kg.analysis.ladder import ladder

        return ladder(
            self.to_networkx(), role, copies=copies, plain=plain, least=least, estimates=estimates
        )

    def trends(
        self,
        *,
        role: str | None = None,
        skill: str | None = None,
        by: By = "month",
        asked: Asking = "required",
        copies: Copies = "one",
    ) -> Trends:
        """Return what rises and falls over time: roles and skills, a role's skills, one skill.

        The options are those of `kg.analysis.trends.trends`.
        """
        from kg.analysis.trends import trends

        return trends(self.to_networkx(), role=role, skill=skill, by=by, asked=asked, copies=copies)

    def pay(
        self,
        *,
        role: str | None = None,
        level: str | None = None,
        place: str | None = None,
        period: str | None = None,
        skill: str | None = None,
        by: PayBy | None = None,
        currency: str | None = None,
        estimates: bool = False,
        copies: Copies = "one",
    ) -> PayReport:
        """Return what is paid by the year: quantiles with intervals, and premiums of skills.

        The options are those of `kg.analysis.pay.pay`.
        """
        from kg.analysis.pay import pay

        return pay(
            self.to_networkx(),
            role=role,
            level=level,
            place=place,
            period=period,
            skill=skill,
            by=by,
            currency=currency,
            estimates=estimates,
            copies=copies,
        )
