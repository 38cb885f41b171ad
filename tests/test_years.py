"""Years in prose and figures: what they are in, and that they are signs of a posting."""

from __future__ import annotations

import pytest

from nlp.extract import extractor_of
from nlp.readers.recognition import weigh
from nlp.types import Posting, RequirementKind
from ontology import load

SUBJECTS = {
    "prose": ("5 years of Java or C++", ["of Java or C++"]),
    "figures in brackets": ("Python, SQL (3+ years), Java", ["of SQL experience"]),
    "figures behind a colon": ('"SQL": 4 years', ["of SQL experience"]),
    "figures behind a dash": ("SAP MM - 7 yrs", ["of SAP MM experience"]),
    "the line is about all of it": ("Total experience (min 5 years)", ["of experience"]),
    "an option ends where the next begins": (
        "Diploma in Nursing and 6 years in acute care, or BSc and 4 years",
        ["in acute care", "of experience"],
    ),
    "in practice": ("4 years in practice or in a clinic", ["in practice"]),
    "in a kind of practice": ("4 years in private practice", ["in private practice"]),
    "in something, called experience": ("4 years in sales experience", ["in sales experience"]),
    "of something, called experience": ("4 years of sales experience", ["of sales experience"]),
    "a bracket that an abbreviation cuts": (
        "3 years with reporting tools (e.g. Power BI)",
        ["with reporting tools"],
    ),
    "a bracket that encloses the years": (
        "Bookkeeping (at least 3 years in similar roles) and tact",
        ["in similar roles"],
    ),
    "a whole bracket": ("3 years in tax (corporate) advice", ["in tax (corporate) advice"]),
    "how strongly it is asked for": ("2 years in payroll is preferred", ["in payroll"]),
    "how strongly, in a bracket": ("2 years in payroll (ADP preferred)", ["in payroll"]),
    "something else behind it": (
        "4 years in audit, as well as fluent German",
        ["in audit"],
    ),
    "a degree instead": ("4 years in audit, or a master's degree", ["in audit"]),
    "something else that is a plus": (
        "4 years of experience with an ERP system, SAP experience a plus",
        ["with an ERP system"],
    ),
    "no option, so all of it": ("6 years in audit, or in tax", ["in audit, or in tax"]),
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_what_years_are_in(name: str) -> None:
    line, labels = SUBJECTS[name]
    posting = Posting("one.txt", f"Requirements:\n- {line}\n", "")
    found = extractor_of(load())(posting).requirements
    assert [one.label for one in found if one.kind is RequirementKind.EXPERIENCE] == labels


WEIGHED = {
    "years and a licence in prose": (
        "We want 5+ years in public accounting, an active CPA license and Excel.",
        3,
    ),
    "a firm's own years": ("The firm has been in business for 25 years and is proud of it.", 0),
    "a licence of software": ("You may use it under a valid open source license.", 1),
}


@pytest.mark.parametrize("name", WEIGHED)
def test_signs_of_a_posting(name: str) -> None:
    text, weight = WEIGHED[name]
    assert weigh(text) == weight
