"""The analyses as methods: what a knowledge graph can be asked beyond its named questions."""

from __future__ import annotations

import pathlib
from abc import abstractmethod
from typing import TYPE_CHECKING

from kg.answers import Answers
from kg.shown import Listing
from nlp.garbage import collector_waits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kg.analysis.comparison import Comparison
    from kg.analysis.doubts.doubt import Doubt
    from kg.analysis.duties import StatedDuty
    from kg.analysis.gap import Gap
    from kg.analysis.incidence import Way
    from kg.analysis.ladder_rows import Ladder
    from kg.analysis.matching import Match
    from kg.analysis.path import Path
    from kg.analysis.pay import PayBy
    from kg.analysis.pay_rows import PayReport
    from kg.analysis.trend_rows import By, Trends
    from kg.copies.counting import Copies
    from kg.corpus import Corpus
    from kg.remote import RemoteStore
    from kg.search.searching import Found, Hit
    from kg.store import Rows, Store
    from nlp.resumes.profile import Profile


class Analyses(Answers):
    """Answers drawn from the corpus; each is an object with its numbers and words.

    All have `to_rows` and `to_frame`: those that are many of a kind (postings that fit, doubts,
    hits, duties) as a list, whose items are frozen.
    """

    source: Store | RemoteStore

    @abstractmethod
    def query(self, sparql: str) -> Rows:
        """Answer a SPARQL query."""

    def corpus(self) -> Corpus:
        """Return what all postings say, in columns that are read when they are asked for.

        It is what the analyses work on. What was read stays as it was, whatever is stored later.
        """
        from kg.corpus import Corpus

        return Corpus(self.source)

    @collector_waits()
    def compare(self, a: str, b: str, *, copies: Copies = "one") -> Comparison:
        """Compare two groups of postings, such as "Data Engineer I" and "Data Engineer II".

        What can be named is what `kg.analysis.groups.find_group` reads; "query: SELECT ?posting
        ..." is a group too. Of postings that are copies of one job one counts; with `copies="all"`
        each does.
        """
        from kg.analysis.separation import compare

        return compare(self.corpus(), a, b, copies=copies, select=self._postings)

    def profile(self, resume: str | pathlib.Path, *, today: date | None = None) -> Profile:
        """Read a résumé (text, PDF, DOCX, HTML, JSON Resume); "present" in it is `today`.

        It stays in memory: nothing of it is stored. Raises `nlp.resumes.reading.ResumeError`.
        """
        from datetime import date as day

        from nlp.extract import extractor_of
        from nlp.resumes.profile import profile_of
        from nlp.resumes.reading import read_resume
        from ontology import load

        extractor = extractor_of(load())
        read = read_resume(resume, extractor.is_name)
        return profile_of(read, extractor, today or day.today())

    @collector_waits()
    def gap(
        self,
        candidate: str | pathlib.Path | Profile,
        group: str,
        *,
        steps: int = 5,
        copies: Copies = "one",
    ) -> Gap:
        """Set a candidate (a résumé's file, or its `profile`) beside a group of postings.

        `steps` skills are chosen to learn first. Of copies of one job one counts.
        """
        from kg.analysis.gap import gap

        return gap(self.corpus(), self._profile(candidate), group, steps=steps, copies=copies)

    @collector_waits()
    def duties(self, group: str, *, copies: Copies = "one") -> Listing[StatedDuty]:
        """Return the duties that a group's postings state, with their words, the commonest first.

        Of copies of one job one counts.
        """
        from kg.analysis.duties import COLUMNS, duties

        return Listing(duties(self.corpus(), group, copies=copies), COLUMNS)

    @collector_waits()
    def match(
        self,
        candidate: str | pathlib.Path | Profile,
        *,
        among: str | None = None,
        limit: int | None = None,
        copies: Copies = "one",
    ) -> Listing[Match]:
        """Rank postings for a candidate, those of a group or all, the fittest first."""
        from kg.analysis.matching import COLUMNS, match

        corpus, profile = self.corpus(), self._profile(candidate)
        return Listing(match(corpus, profile, among=among, limit=limit, copies=copies), COLUMNS)

    @collector_waits()
    def audit(
        self, *, checks: Iterable[str] | None = None, copies: Copies = "one"
    ) -> Listing[Doubt]:
        """Return what does not fit in postings, by the checks of `kg.analysis.audit.CHECKS`."""
        from kg.analysis.audit import audit
        from kg.analysis.doubts.doubt import COLUMNS

        return Listing(audit(self.corpus(), checks=checks, copies=copies), COLUMNS)

    @collector_waits()
    def path(self, start: str, end: str, *, employers: int = 1, copies: Copies = "one") -> Path:
        """Find the cheapest way from one role and level to another.

        Of steps for both of whose ends `employers` at the least hire; see `kg.analysis.path`.
        """
        from kg.analysis.path import find_path

        return find_path(self.corpus(), start, end, employers=employers, copies=copies)

    def search(
        self, words: str, *, kinds: Iterable[Found] | None = None, limit: int = 10
    ) -> Listing[Hit]:
        """Search postings, roles, skills and employers by words and by the concepts they name.

        The index is kept beside the store and brought up to date first.
        """
        from kg.search.searching import COLUMNS, Found, search

        wanted = tuple(Found) if kinds is None else tuple(kinds)
        folder = getattr(self.source, "folder", None)
        return Listing(search(self.source, folder, words, kinds=wanted, limit=limit), COLUMNS)

    @collector_waits()
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
            self.corpus(), role, copies=copies, plain=plain, least=least, estimates=estimates
        )

    @collector_waits()
    def trends(
        self,
        *,
        role: str | None = None,
        skill: str | None = None,
        by: By = "month",
        asked: Way = "required",
        copies: Copies = "one",
    ) -> Trends:
        """Return what rises and falls over time: roles and skills, a role's skills, one skill.

        The options are those of `kg.analysis.trends.trends`.
        """
        from kg.analysis.trends import trends

        return trends(self.corpus(), role=role, skill=skill, by=by, asked=asked, copies=copies)

    @collector_waits()
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
            self.corpus(),
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

    def _profile(self, candidate: str | pathlib.Path | Profile) -> Profile:
        return self.profile(candidate) if isinstance(candidate, str | pathlib.Path) else candidate

    def _postings(self, sparql: str) -> list[str]:
        """Return the postings that a query selects."""
        found = self.query(sparql)
        if "posting" not in found.columns:
            raise ValueError(
                f"a group's query selects ?posting; this one selects {', '.join(found.columns)}"
            )
        return [str(row["posting"]) for row in found.to_dicts()]
