"""What an open parameter leaves without effect goes from a question, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.names import Names
from kg.pruning import pruned
from kg.questions import questions
from tests.stores import two_level_store

if TYPE_CHECKING:
    from kg.store import Store

HEAD = "SELECT ?a WHERE {\n"
CHOSEN = "  FILTER (!BOUND(?given_role) || ?role = ?given_role)\n"
OPEN = "  VALUES ?given_role { UNDEF }\n"
ROLE = "  OPTIONAL { { SELECT ?posting ?role { ?posting rg:role ?role } } }\n"
EACH = '  VALUES ?given_copies { "all" }\n'
COPIED = "  OPTIONAL { { SELECT ?posting ?original { ?posting rg:copyOf ?original } } }\n"
JOB = '  BIND (IF(?given_copies = "one", COALESCE(?original, ?posting), ?posting) AS ?job)\n'


@pytest.mark.parametrize(
    ("lines", "left", "why"),
    [
        (OPEN + ROLE + CHOSEN, OPEN, "a role that nobody chose and nothing else names"),
        (OPEN + CHOSEN + "  ?p rg:role ?role .\n", OPEN + "  ?p rg:role ?role .\n", "a choice"),
        (EACH + COPIED + JOB, EACH + "  BIND (?posting AS ?job)\n", "each posting counts"),
        (EACH + "  OPTIONAL { ?posting rg:copyOf ?original }\n" + JOB,
         EACH + "  BIND (?posting AS ?job)\n", "looked up one by one"),
        ("  # with role: ?posting rg:role ?given_role .\n" + OPEN, OPEN, "what was not said"),
    ],
)  # fmt: skip
def test_it_goes(lines: str, left: str, why: str) -> None:
    assert pruned(f"{HEAD}{lines}}}\n") == f"{HEAD}{left}}}\n", why


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("  VALUES ?given_role { <urn:a> }\n" + ROLE + CHOSEN, "a role was chosen"),
        ('  VALUES ?given_copies { "one" }\n' + COPIED + JOB, "a job counts once"),
        (ROLE + "  BIND (?role AS ?b)\n", "the role is asked for"),
        (OPEN, "without it the engine joins otherwise"),
        (OPEN + "  ?posting rg:role ?given_role .\n", "who has any role"),
        ("  { SELECT ?posting ?role { ?posting rg:role ?role } }\n", "without a role, no row"),
        ("  OPTIONAL { ?posting rg:role ?role . ?role rg:rank ?rank }\n", "two statements"),
        ("  FILTER (!BOUND(?years) || ?years <= 3)\n", "a filter of what is found"),
        (r'  FILTER (CONTAINS(?a, "VALUES ?given_role { UNDEF }\n' + '"))\n'
         + "  VALUES ?given_role { <urn:a> }\n" + ROLE + CHOSEN, "a title that looks like a query"),
    ],
)  # fmt: skip
def test_it_stays(lines: str, why: str) -> None:
    assert pruned(f"{HEAD}{lines}}}\n") == f"{HEAD}{lines}}}\n", why


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return two_level_store(tmp_path_factory.mktemp("pruning"))


GIVEN = {
    "degree": "Master's",
    "employer": "Pinterest",
    "integer": "2",
    "level": "II",
    "necessity": "required",
    "role": "Machine Learning Engineer",
    "skill": "Spark",
    "text": "a",
}


@pytest.mark.parametrize(
    "name", [name for name, one in questions().items() if not one.needs_inferred]
)
def test_a_question_has_the_rows_that_its_file_says(
    small: Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With each parameter by itself, and for each way to count copies."""
    question = questions()[name]
    given = GIVEN | {"posting": small.posting_ids()[0], "copies": "one"}
    needed = {one.name: given[one.type] for one in question.parameters if one.is_required}
    asked = [needed] + [
        needed | {one.name: given[one.type]} for one in question.parameters if not one.is_required
    ]
    names = Names.of(small)
    short = [question.bind(names, params, small) for params in asked]
    monkeypatch.setattr("kg.questions.pruned", str)
    whole = [question.bind(names, params, small) for params in asked]
    assert [rows_of(small, one) for one in short] == [rows_of(small, one) for one in whole]


def rows_of(store: Store, sparql: str) -> list[str]:
    return sorted(map(str, store.query(sparql)))
