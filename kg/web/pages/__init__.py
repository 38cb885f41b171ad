"""The explorer's pages: each makes what it shows from the same objects as the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from kg.web.pages.analysed import ladder_of, pay_of_group, trends_of
from kg.web.pages.compared import compared
from kg.web.pages.compared_words import compared_words
from kg.web.pages.gap import gap_page
from kg.web.pages.home import home
from kg.web.pages.lists import employers, levels, postings, roles, skills
from kg.web.pages.named import question_list, question_page
from kg.web.pages.posting import posting
from kg.web.pages.searched import searched
from kg.web.pages.sparql import sparql
from kg.web.pages.things import employer, level, role, skill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.web.desk import Desk
    from kg.web.page import Moved, Page

PageMaker: TypeAlias = "Callable[[Desk, Mapping[str, str]], Page | Moved]"

PAGES: Final[Mapping[str, PageMaker]] = {
    "home": home,
    "search": searched,
    "roles": roles,
    "levels": levels,
    "skills": skills,
    "employers": employers,
    "postings": postings,
    "role": role,
    "level": level,
    "skill": skill,
    "employer": employer,
    "posting": posting,
    "compare": compared,
    "words": compared_words,
    "gap": gap_page,
    "ladder": ladder_of,
    "pay": pay_of_group,
    "trends": trends_of,
    "questions": question_list,
    "question": question_page,
    "sparql": sparql,
}
"""Every page by its name."""
