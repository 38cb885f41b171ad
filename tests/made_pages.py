"""Every page of a graph, made through the same functions as the commands."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kg import KnowledgeGraph
from kg.passages import Passages
from kg.store import Store
from kg.views.pages.communities_page import communities_page
from kg.views.pages.comparison_page import comparison_page
from kg.views.pages.frame import page
from kg.views.pages.gap_page import gap_page
from kg.views.pages.ladder_page import ladder_page
from kg.views.pages.pay_page import pay_page
from kg.views.pages.quoting import LONGEST
from kg.views.pages.thing_pages import employer_page, role_page, skill_page
from kg.views.pages.trends_page import trends_page
from kg.views.posting_page import posting
from kg.views.stored_page import stored_page
from nlp.resumes.profile import Profile, Shown, Words
from nlp.types import Stated, Term
from tests.factories import SKILLS, make_facts
from tests.stores import fill

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.types import Facts

PAGES: Final = (
    "compare", "ladder", "pay", "trends", "trend", "communities", "gap", "skill", "role",
    "employer", "posting", "stored",
)  # fmt: skip
HOSTILE: Final = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "\"><svg onload=alert(3)>'`",
    "{{ 7 * 7 }}${alert(4)}",
    "<!--<script>alert(5)",
    "</style><style>body{display:none}</style>",
)
ENGINEER: Final = "Machine Learning Engineer"


def market(count: int = 120, seed: int = 7) -> list[Facts]:
    """Postings of two levels over a year and a half, whose skills and pay differ and change."""
    chance = random.Random(seed)  # noqa: S311 # a corpus, no secret
    facts = []
    for number in range(count):
        month = number * 18 // count
        step = number % 3
        level = ("I", "II", "Senior")[step]
        shares = {
            "Spark": 0.1 + 0.045 * month,
            "HDFS": 0.8 - 0.045 * month,
            "Machine Learning": 0.15 + 0.35 * step,
            "Data Structures": 0.9 - 0.4 * step,
            "Hadoop": 0.1 + 0.045 * month,
        }
        required = [one for one in SKILLS if chance.random() < shares.get(one, 0.3)]
        low = 70_000 + 25_000 * step + chance.randrange(20) * 1000
        facts.append(
            make_facts(
                source=f"{number}.txt",
                title=f"{ENGINEER} {level}",
                role=ENGINEER,
                level=level,
                employer=f"Employer {number % 40}",
                required=required,
                preferred=("Big Data",) if number % 2 else ("Java",),
                any_of={"a": ("C++", "Java", "Rust")},
                degree=("Bachelor's", "Master's", None)[number % 3],
                years=str(1 + 2 * step + number % 2),
                duties=(("Design", "Maintain"), ("Design",), ("Design", "Lead"))[step],
                pay=(str(low), str(low + 30_000), "USD", "YEAR"),
                date_posted=date(2024 + month // 12, month % 12 + 1, 1 + number % 27),
            )
        )
    return facts


def hostile() -> list[Facts]:
    """Postings whose title, role, level, employer, skills and file names are all hostile."""
    found = []
    for number, text in enumerate(HOSTILE * 2):
        made = make_facts(
            source=f"{number}{text.replace('/', '')}.txt",
            title=text,
            role=None,
            level=None,
            employer=text,
            required=(text, "Python"),
            preferred=(f"p {text}",),
            mentioned=(f"m {text}",),
            any_of={"a": (f"1 {text}", f"2 {text}")},
            date_posted=date(2024, 1 + number % 12, 1),
        )
        assert made.title is not None
        role = Stated(
            Term(ENGINEER, "https://rolegraph.example/vocabulary/role/machine-learning-engineer"),
            made.title.evidence,
        )
        level = ("I", "II")[number % 2]
        rank = Stated(
            Term(level, f"https://rolegraph.example/vocabulary/level/{level.lower()}"),
            made.title.evidence,
        )
        found.append(replace(made, role=role, level=rank))
    return found


def graph_with(facts: list[Facts], folder: Path) -> KnowledgeGraph:
    """These postings in a store in memory."""
    return KnowledgeGraph(fill(Store.in_memory(), facts, folder))


def candidate(skill: str = "Python", name: str = "Ada") -> Profile:
    """A candidate with one skill and two years."""
    words = (Words(0, len(skill), skill),)
    return Profile(name, skill, (Shown(None, skill, words),), (), 2.0, words)


def pages_of(
    graph: KnowledgeGraph,
    *,
    skill: str = "Spark",
    employer: str = "Employer 1",
    name: str = "Ada",
    shown: Facts,
) -> dict[str, str]:
    """Every page of a graph, by what it is called in `PAGES`."""
    passages = Passages(graph.source, LONGEST)
    return {
        "compare": comparison_page(graph.compare(f"{ENGINEER} I", f"{ENGINEER} II"), passages),
        "ladder": ladder_page(graph.ladder(ENGINEER), passages),
        "pay": pay_page(graph.pay(role=ENGINEER), passages),
        "trends": trends_page(graph.trends(), passages),
        "trend": trends_page(graph.trends(skill=skill, by="quarter"), passages),
        "communities": communities_page(graph.communities()),
        "gap": gap_page(graph.gap(candidate(skill, name), ENGINEER)),
        "skill": skill_page(graph, skill),
        "role": role_page(graph, ENGINEER),
        "employer": employer_page(graph, employer),
        "posting": page("posting", posting(shown)),
        "stored": stored_page(graph, shown.posting.id),
    }
