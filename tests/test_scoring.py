"""Scoring: hand-counted cases, and the same figures as the scorers that come with the open sets."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.evaluate import evaluate, predict_record
from nlp.extract import Extractor
from nlp.scoring.measure import Counts, interval, total
from nlp.scoring.records import normal, score_fields, score_skills
from nlp.scoring.spans import overlapping, score_spans, trim

GOLD = Path(__file__).parent.parent.parent / "shared" / "gold"
TEXT = "Know Python, C++ and .NET (Core). Python!"
SPANS = [(5, 11), (13, 16), (21, 32), (34, 40)]


@pytest.mark.parametrize(
    ("predicted", "strict", "overlap", "types", "why"),
    [
        (SPANS, (4, 4, 4), (4, 4, 4), (3, 3, 3), "the gold itself; Python is one type"),
        ([], (0, 4, 0), (0, 4, 0), (0, 3, 0), "nothing"),
        ([(0, len(TEXT))], (0, 4, 1), (1, 4, 1), (0, 3, 1), "a giant span wins one"),
        ([(5, 12)], (1, 4, 1), (1, 4, 1), (1, 3, 1), "a comma at the end comes off"),
        ([(5, 11)] * 3, (1, 4, 1), (1, 4, 1), (1, 3, 1), "equal spans count once"),
        ([(5, 8), (8, 11)], (0, 4, 2), (1, 4, 2), (0, 3, 2), "two halves of one: one hit"),
    ],
)
def test_spans(
    predicted: list[tuple[int, int]],
    strict: tuple[int, int, int],
    overlap: tuple[int, int, int],
    types: tuple[int, int, int],
    why: str,
) -> None:
    scores = score_spans(TEXT, SPANS, predicted)
    assert scores == {
        "strict": Counts(*strict),
        "overlap": Counts(*overlap),
        "type": Counts(*types),
    }, why


def test_trimming() -> None:
    assert TEXT[slice(*trim(TEXT, 21, 33))] == ".NET (Core)"
    assert TEXT[slice(*trim(TEXT, 13, 17))] == "C++"
    assert TEXT[slice(*trim(TEXT, 26, 32))] == "Core"


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=5),
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=5),
)
def test_matching_is_the_largest_there_is(
    gold: list[tuple[int, int]], predicted: list[tuple[int, int]]
) -> None:
    a = [(start, start + size) for start, size in gold]
    b = [(start, start + size) for start, size in predicted]

    def best(i: int, used: frozenset[int]) -> int:
        if i == len(a):
            return 0
        found = [best(i + 1, used)]
        for j, span in enumerate(b):
            if j not in used and a[i][0] < span[1] and span[0] < a[i][1]:
                found.append(1 + best(i + 1, used | {j}))
        return max(found)

    assert overlapping(a, b) == best(0, frozenset())


def test_figures_by_hand() -> None:
    """3 of 4 predicted are right (0.75), 3 of 6 found (0.5): F1 = 2*0.375/1.25 = 0.6."""
    counts = Counts(3, 6, 4)
    assert (counts.precision, counts.recall) == (0.75, 0.5)
    assert counts.f1 == pytest.approx(0.6)
    assert Counts().f1 == 1.0
    assert Counts(0, 1, 0).f1 == Counts(0, 0, 1).f1 == 0.0
    assert total([Counts(1, 2, 3), Counts(3, 2, 1)]) == Counts(4, 4, 4)


def test_an_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    documents = [Counts(i % 4, 4, 4) for i in range(40)]
    found = interval(documents)
    assert found is not None
    assert found[0] < total(documents).f1 < found[1]
    assert found == interval(documents)
    assert interval([Counts(1, 1, 1)]) is None


GOLD_SKILLS: list[dict[str, Any]] = [
    {"name": "Python", "surface": "python", "kind": "tool", "req": "required", "aliases": []},
    {"name": "A/B testing", "surface": "split tests", "kind": "method", "req": "preferred"},
    {"name": "teamwork", "surface": "team player", "kind": "soft", "req": "required"},
    {"name": "Git", "surface": "git", "kind": "tool", "req": "mentioned"},
    {"name": "Java", "surface": "Java", "kind": "tool", "req": "not_required"},
]


def test_skills_by_hand() -> None:
    predicted = [
        {"name": "python", "req": "required"},
        {"name": "split test", "req": "required"},  # a surface, without its s; wrong strength
        {"name": "Git", "req": "required"},  # only mentioned: neutral
        {"name": "Java", "req": "required"},  # waived: an error
        {"name": "teamwork", "req": "required"},  # soft: neutral among the hard ones
    ]
    hard = score_skills(GOLD_SKILLS, predicted, "HARD", lenient=False)
    assert hard.counts == Counts(2, 2, 3)
    assert (hard.strength_right, hard.strength_known) == (1, 2)
    assert hard.spurious == ["Java"]
    assert score_skills(GOLD_SKILLS, predicted, "ALL", lenient=False).counts == Counts(3, 3, 4)
    longer = [{"name": "python programming", "req": "required"}]
    assert score_skills(GOLD_SKILLS, longer, "HARD", lenient=False).counts.hits == 0
    assert score_skills(GOLD_SKILLS, longer, "HARD", lenient=True).counts.hits == 1


def test_names_are_compared_without_case_signs_and_plurals() -> None:
    assert normal("Data Pipelines") == normal("data-pipeline")
    assert normal("C++") != normal("C#") != normal("C")
    assert normal("AWS") == "aws"
    assert normal("Statistics") == "statistics"


def shared(name: str) -> ModuleType:
    if not (GOLD / name).exists():
        pytest.skip("the shared scorers are not on this machine")
    spec = importlib.util.spec_from_file_location(name.removesuffix(".py"), GOLD / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_spans_are_scored_as_the_shared_scorer_does() -> None:
    scorer = shared("score.py")
    drawn = random.Random(1)  # noqa: S311 # a test's own draw
    for line in (GOLD / "open" / "skillspan_knowledge_dev.jsonl").read_text().splitlines():
        gold = json.loads(line)
        text = gold["text"]
        spans = [(s["start"], s["end"]) for s in gold["gold"]]
        starts = [drawn.randrange(len(text) - 9) for _ in range(6)]
        made = [*spans[::2], *((start, start + drawn.randrange(1, 9)) for start in starts)]
        theirs = scorer.doc_counts(
            gold, [{"start": a, "end": b, "label": "Knowledge"} for a, b in made]
        )
        ours = score_spans(text, spans, made)
        for view, counts in ours.items():
            same = theirs.get("Knowledge", {}).get(view, (0, 0, 0))
            assert (counts.hits, counts.gold, counts.predicted) == same


@pytest.mark.slow
def test_records_are_scored_as_the_shared_scorer_does() -> None:
    scorer = shared("score_fields.py")
    extractor = Extractor()
    lines = (GOLD / "open" / "glassdoor20.jsonl").read_text().splitlines()
    gold = [json.loads(line) for line in lines]
    predicted = [
        {"id": one["id"], **predict_record(one["text"], one["title"], extractor)} for one in gold
    ]
    theirs = scorer.evaluate(gold, predicted)
    ours = {m.name: m for m in evaluate(GOLD / "open" / "glassdoor20.jsonl", extractor).measures}
    for name in ("skills HARD strict", "skills TOOL lenient", "skills ALL strict"):
        counts = ours[name].counts
        assert (counts.hits, counts.gold, counts.predicted) == theirs[name][3]
    assert ours["seniority"].counts.precision == theirs["seniority accuracy"][0]
    assert ours["degree fields"].counts.f1 == pytest.approx(theirs["degree fields"][2])
    years = theirs["experience (min,max,req)"]
    assert ours["experience min, max, necessity"].counts.f1 == pytest.approx(years[2])


def test_fields_by_hand() -> None:
    gold = {"salary": {"min": 10, "max": 20}, "work_mode": {"value": "remote"}}
    said = {"salary": {"min": "10", "max": "20"}, "work_mode": "hybrid"}
    scores = score_fields(gold, said)
    assert scores == {"pay": Counts(1, 1, 1), "work mode": Counts(0, 1, 1)}
    assert score_fields({"salary": None}, {"salary": None}) == {"pay": Counts(0, 0, 0)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no annotated posting"),
        ("{", "line 1: not JSON"),
        ('{"id": 1}', "line 1: a line of gold"),
    ],
)
def test_what_is_no_gold_is_named(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(text)
    with pytest.raises(ValueError, match=said):
        evaluate(file, Extractor())
