"""Answers to the named questions, counted by hand on two small postings: `two_levels`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.rows import Rows

ROLE = "Machine Learning Engineer"
ONE, TWO = f"{ROLE} I", f"{ROLE} II"

ANSWERS: list[tuple[str, dict[str, Any], list[str], list[tuple[Any, ...]]]] = [
    (
        "skills-of-role",
        {"role": ROLE, "level": "I"},
        ["skill", "necessity", "postings", "of"],
        [
            ("Data Structures", "required", 1, 1),
            ("HDFS", "required", 1, 1),
            ("Machine Learning", "required", 1, 1),
            ("Recommender Systems", "required", 1, 1),
            ("Spark", "required", 1, 1),
            ("Publications", "preferred", 1, 1),
            ("Hadoop", "mentioned", 1, 1),
            ("C++", "alternative", 1, 1),
            ("Java", "alternative", 1, 1),
            ("Python", "alternative", 1, 1),
        ],
    ),
    (
        "skills-of-role",
        {"role": ROLE, "at_least": 2},
        ["skill", "necessity", "postings", "of"],
        [("Recommender Systems", "required", 2, 2), ("Spark", "required", 2, 2)],
    ),
    (
        "skills-of-role",
        {"role": TWO, "necessity": "mentioned"},
        ["skill", "skill_iri"],
        [("Microservices", None)],
    ),
    (
        "postings-asking-for",
        {"skill": "Java"},
        ["title", "employer", "necessity", "words"],
        [(ONE, "Pinterest", "alternative", "Java"), (TWO, "Pinterest", "required", "Java")],
    ),
    (
        "postings-asking-for",
        {"skill": "Java", "necessity": "required"},
        ["title", "role", "level"],
        [(TWO, ROLE, "II")],
    ),
    (
        "degrees-by-level",
        {},
        ["role", "level", "degree", "necessity", "field", "postings"],
        [
            (ROLE, "I", "Master's", "required", "Computer Science", 1),
            (ROLE, "I", "Master's", "required", "Engineering", 1),
            (ROLE, "II", "Bachelor's", "required", "Computer Science", 1),
            (ROLE, "II", "Bachelor's", "required", "Engineering", 1),
        ],
    ),
    (
        "pay-by-role-and-level",
        {},
        ["level", "currency", "period", "postings", "lowest", "highest"],
        [
            ("I", "USD", "YEAR", 1, Decimal("168237.50"), Decimal("222695.00")),
            ("II", "USD", "YEAR", 1, Decimal("196378.35"), Decimal("267272.00")),
        ],
    ),
    (
        "employers-of-skill",
        {"skill": "Spark"},
        ["employer", "necessity", "postings"],
        [
            ("Pinterest", "required", 2),
        ],
    ),
    (
        "employers-of-skill",
        {"skill": "Python"},
        ["employer", "necessity", "postings"],
        [
            ("Pinterest", "alternative", 1),
            ("Pinterest", "required", 1),
        ],
    ),
    ("employers-of-skill", {"skill": "Python", "necessity": "preferred"}, ["employer"], []),
    (
        "level-difference",
        {"role": ROLE, "level_a": "I", "level_b": "II"},
        ["level", "skill", "postings"],
        [
            ("I", "Data Structures", 1),
            ("I", "HDFS", 1),
            ("I", "Machine Learning", 1),
            ("II", "Git", 1),
            ("II", "Java", 1),
            ("II", "Python", 1),
            ("II", "SQL", 1),
        ],
    ),
    ("level-difference", {"role": ROLE, "level_a": "I", "level_b": "I"}, ["skill"], []),
    (
        "alternatives-of-posting",
        {"posting": ONE},
        ["alternative", "minimum", "of", "necessity", "member", "words"],
        [
            ("a1", 1, 3, "required", "Java", "Java"),
            ("a1", 1, 3, "required", "C++", "C++"),
            ("a1", 1, 3, "required", "Python", "Python"),
        ],
    ),
    ("alternatives-of-posting", {"posting": TWO}, ["alternative"], []),
    (
        "skills-below",
        {"skill": "Big Data"},
        ["skill", "broader", "postings"],
        [
            ("Spark", "Big Data", 2),
            ("Hadoop", "Big Data", 1),
            ("HDFS", "Hadoop", 1),
            ("Big Data", None, 0),
        ],
    ),
    (
        "experience-by-level",
        {"role": ROLE},
        ["level", "minimum_years", "maximum_years", "subject", "necessity", "postings"],
        [
            ("I", Decimal(1), None, "in the job offered", "required", 1),
            ("II", Decimal(1), None, "in the job offered", "required", 1),
        ],
    ),
    (
        "places-of-role",
        {"role": ROLE},
        ["place", "remote", "postings"],
        [("San Francisco, CA, US", False, 2), ("CA, US, remote", True, 1)],
    ),
    ("places-of-role", {"role": TWO}, ["place"], [("San Francisco, CA, US",)]),
    (
        "duties-by-level",
        {},
        ["role", "level", "duty", "postings", "of"],
        [
            (ROLE, "I", "Design", 1, 1),
            (ROLE, "I", "Maintain", 1, 1),
            (ROLE, "II", "Design", 1, 1),
            (ROLE, "II", "Lead", 1, 1),
            (ROLE, "II", "Mentor", 1, 1),
        ],
    ),
    ("duties-by-level", {"role": ROLE, "level": "I"}, ["duty"], [("Design",), ("Maintain",)]),
    ("duties-by-level", {"role": "Data Engineer"}, ["duty"], []),
    (
        "work-modes",
        {},
        ["role", "level", "work_mode", "postings"],
        [(ROLE, "I", "hybrid", 1), (ROLE, "I", "remote", 1), (ROLE, "II", "remote", 1)],
    ),
    (
        "postings",
        {},
        ["title", "role", "level", "employer", "date_posted", "source"],
        [
            (ONE, ROLE, "I", "Pinterest", "2025-09-19", "level-1.txt"),
            (TWO, ROLE, "II", "Pinterest", None, "level-2.txt"),
        ],
    ),
    ("postings", {"title": "engineer II"}, ["title"], [(TWO,)]),
    ("postings", {"employer": "pinterest", "level": "I"}, ["title"], [(ONE,)]),
    (
        "related-postings",
        {},
        ["title", "role", "level", "specialisation", "place", "date_posted"],
        [
            (
                "Software Engineer, Programmatic Ads",
                "Software Engineer",
                "Senior Staff",
                "Programmatic Ads",
                "Seattle, WA, US",
                "2026-03-04",
            )
        ],
    ),
    ("related-postings", {"posting": TWO}, ["title"], []),
    ("flags", {}, ["flag", "title"], [("truncated", ONE)]),
    ("copies", {}, ["title"], []),
    ("flags", {"flag": "signs-lost"}, ["flag"], []),
    ("employers", {}, ["employer", "postings", "roles", "with_pay"], [("Pinterest", 2, 1, 2)]),
    ("employers", {"at_least": 3}, ["employer"], []),
    ("employers", {"role": "Data Engineer"}, ["employer"], []),
    (
        "roles",
        {},
        ["role", "postings", "employers", "levels"],
        [(ROLE, 2, 1, 2)],
    ),
    ("roles", {"employer": "Pinterest", "at_least": 3}, ["role"], []),
    (
        "levels-of-role",
        {"role": ROLE},
        ["level", "rank", "postings", "employers", "with_pay"],
        [("I", 2, 1, 1, 1), ("II", 3, 1, 1, 1)],
    ),
    (
        # Hadoop is mentioned by I, HDFS below it required by I, Spark is not below it
        "roles-of-skill",
        {"skill": "Hadoop"},
        ["role", "level", "necessity", "postings"],
        [(ROLE, "I", "mentioned", 1), (ROLE, "I", "required", 1)],
    ),
    (
        "roles-of-skill",
        {"skill": "Java", "necessity": "alternative"},
        ["role", "level", "postings"],
        [(ROLE, "I", 1)],
    ),
    (
        "skills-of-employer",
        {"employer": "Pinterest", "necessity": "required"},
        ["skill", "postings"],
        [
            ("Recommender Systems", 2),
            ("Spark", 2),
            ("Data Structures", 1),
            ("Git", 1),
            ("HDFS", 1),
            ("Java", 1),
            ("Machine Learning", 1),
            ("Python", 1),
            ("SQL", 1),
        ],
    ),
    (
        # Java is required by II alone; what I accepts as one of three is no requirement
        "skills-beside",
        {"skill": "Java"},
        ["skill", "postings", "of"],
        [
            ("Git", 1, 1),
            ("Python", 1, 1),
            ("Recommender Systems", 1, 1),
            ("Spark", 1, 1),
            ("SQL", 1, 1),
        ],
    ),
    (
        "skills-beside",
        {"skill": "Spark", "at_least": 2},
        ["skill", "postings", "of"],
        [("Recommender Systems", 2, 2)],
    ),
    ("years-of-skill", {"skill": "Java"}, ["minimum_years"], []),
    (
        "words-of-skill",
        {"skill": "Java"},
        ["title", "necessity", "words", "section", "rule"],
        [
            (ONE, "alternative", "Java", "requirements", "skill:concept"),
            (TWO, "required", "Java", "skills", "skill:concept"),
        ],
    ),
    ("words-of-skill", {"skill": "Java", "role": "Data Engineer"}, ["words"], []),
    (
        "fields-of-role",
        {"role": ROLE},
        ["field", "necessity", "postings"],
        [("Computer Science", "required", 2), ("Engineering", "required", 2)],
    ),
    ("fields-of-role", {"role": ONE}, ["postings"], [(1,), (1,)]),
    ("fields-of-role", {"role": ROLE, "necessity": "preferred"}, ["field"], []),
    (
        "postings-at-place",
        {"place": "francisco"},
        ["title", "place", "remote"],
        [(ONE, "San Francisco, CA, US", False), (TWO, "San Francisco, CA, US", False)],
    ),
    (
        "postings-at-place",
        {"place": "ca, us, remote"},
        ["title", "remote"],
        [(ONE, True)],
    ),
    ("postings-at-place", {"place": "Berlin"}, ["title"], []),
    (
        "postings-by-month",
        {},
        ["month", "postings", "employers"],
        [(None, 1, 1), ("2025-09", 1, 1)],
    ),
    (
        "skills",
        {"kind": "method"},
        ["skill", "kind", "necessity", "postings", "employers"],
        [
            ("Recommender Systems", "method", "required", 2, 1),
            ("Data Structures", "method", "required", 1, 1),
            ("Machine Learning", "method", "required", 1, 1),
            ("Publications", "method", "preferred", 1, 1),
        ],
    ),
    (
        "skills",
        {"necessity": "alternative"},
        ["skill", "postings"],
        [("C++", 1), ("Java", 1), ("Python", 1)],
    ),
    ("skills", {"at_least": 2}, ["skill"], [("Recommender Systems",), ("Spark",)]),
    ("skills", {"kind": "certification"}, ["skill"], []),
    (
        # II requires Java; I takes it as one of three, which is no requirement
        "pay-of-skill",
        {"skill": "Java"},
        ["requires", "currency", "postings", "lowest", "mean_low", "mean_high", "highest"],
        [
            ("yes", "USD", 1, *[Decimal("196378.35")] * 2, *[Decimal(267272)] * 2),
            ("no", "USD", 1, *[Decimal("168237.50")] * 2, *[Decimal(222695)] * 2),
        ],
    ),
    (
        # (168237.50 + 196378.35) / 2 = 182307.925; (222695 + 267272) / 2 = 244983.50
        "pay-of-skill",
        {"skill": "Spark"},
        ["requires", "postings", "lowest", "mean_low", "mean_high"],
        [("yes", 2, Decimal("168237.50"), Decimal("182307.93"), Decimal("244983.50"))],
    ),
    ("pay-of-skill", {"skill": "Spark", "role": "Data Engineer"}, ["postings"], []),
    (
        "postings-paying",
        {"at_least": 222695},
        ["title", "employer", "low", "high", "currency"],
        [
            (TWO, "Pinterest", Decimal("196378.35"), Decimal(267272), "USD"),
            (ONE, "Pinterest", Decimal("168237.50"), Decimal(222695), "USD"),
        ],
    ),
    ("postings-paying", {"at_least": 222696, "currency": "USD"}, ["title"], [(TWO,)]),
    ("postings-paying", {"at_least": 1, "currency": "EUR"}, ["title"], []),
    ("postings-paying", {"at_least": 1, "role": ONE}, ["title"], [(ONE,)]),
    (
        "postings-within-years",
        {"years": 1},
        ["title", "employer", "years"],
        [(ONE, "Pinterest", Decimal(1)), (TWO, "Pinterest", Decimal(1))],
    ),
    ("postings-within-years", {"years": 0}, ["title"], []),
    ("postings-within-years", {"years": 9, "level": "II"}, ["title"], [(TWO,)]),
    ("postings-without-degree", {}, ["title"], []),  # both require one
    (
        "skill-by-month",
        {"skill": "Java"},
        ["month", "postings", "of"],
        [(None, 1, 1), ("2025-09", 1, 1)],
    ),
    (
        # only mentioned in I, and not at all in II
        "skill-by-month",
        {"skill": "Hadoop"},
        ["month", "postings", "of"],
        [(None, 0, 1), ("2025-09", 0, 1)],
    ),
    (
        "pay-stated-by-place",
        {},
        ["place", "postings", "with_pay"],
        [("San Francisco, CA, US", 2, 2), ("CA, US, remote", 1, 1)],
    ),
    ("pay-stated-by-place", {"at_least": 3}, ["place"], []),
    ("employment-types", {}, ["employment_type", "postings", "employers"], [("FULL_TIME", 2, 1)]),
    ("employment-types", {"role": ONE}, ["postings"], [(1,)]),
    (
        "postings-implying",
        {"skill": "Hadoop"},
        ["title", "necessity", "asked", "words"],
        [(ONE, "required", "HDFS", "HDFS"), (ONE, "mentioned", "Hadoop", "Hadoop")],
    ),
    ("postings-implying", {"skill": "HDFS"}, ["title", "asked"], [(ONE, "HDFS")]),
    ("postings-implying", {"skill": "Big Data"}, ["title"], []),
    ("postings-implying", {"skill": "Hadoop", "necessity": "preferred"}, ["title"], []),
    (
        "postings-for-degree",
        {"degree": "Master's"},
        ["title", "asked", "necessity"],
        [(ONE, "Master's", "required"), (TWO, "Bachelor's", "required")],
    ),
    ("postings-for-degree", {"degree": "Bachelor's"}, ["title"], [(TWO,)]),
    ("postings-for-degree", {"degree": "Doctorate"}, ["title"], [(ONE,), (TWO,)]),
    (
        "postings-of-wider-role",
        {"role": ROLE},
        ["title", "role", "level"],
        [(ONE, ROLE, "I"), (TWO, ROLE, "II")],
    ),
    ("postings-of-wider-role", {"role": TWO}, ["title"], [(TWO,)]),
    ("postings-of-wider-role", {"role": ROLE, "above": "I"}, ["title"], [(TWO,)]),
    ("postings-of-wider-role", {"role": ROLE, "above": "II"}, ["title"], []),
    ("postings-of-wider-role", {"role": "Data Engineer"}, ["title"], []),
]


def pick(rows: Rows, columns: list[str]) -> list[tuple[Any, ...]]:
    """Some columns of an answer."""
    places = [rows.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in rows]
