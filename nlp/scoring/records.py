"""Records against records: skills, degrees, experience, pay, work mode, places, seniority.

A skill hits where its normalised name equals the gold's name, surface or an alias. What the gold
only mentions is neutral; two predictions of one gold item count once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from nlp.scoring.measure import Counts

Record = Mapping[str, Any]
View = Literal["HARD", "TOOL", "ALL"]
VIEWS: Final[tuple[View, ...]] = ("HARD", "TOOL", "ALL")

KEEPS_ITS_S: Final = frozenset(
    "sas aws css ios dns analysis statistics series spss windows news".split()
)
ASKED: Final = ("required", "preferred")


@dataclass(slots=True)
class SkillScore:
    """One document's skills in one view."""

    counts: Counts = field(default_factory=Counts)
    strength_right: int = 0
    strength_known: int = 0
    spurious: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def normal(name: str) -> str:
    """Return the form in which names are compared: no case, no signs but + and #, no plural s."""
    words = re.sub(r"[^a-z0-9+#à-ÿ]+", " ", name.lower().replace("’", "'").replace("&", " and "))
    return " ".join(_singular(word) for word in words.split())


def score_skills(
    gold: Sequence[Record], predicted: Sequence[Record], view: View, *, lenient: bool
) -> SkillScore:
    """Score the skills of one posting; lenient lets one name contain the other."""
    wanted = [g for g in gold if g["req"] in ASKED and _in_view(g["kind"], view)]
    neutral = [g for g in gold if g not in wanted and g["req"] != "not_required"]
    score = SkillScore()
    hits: set[int] = set()
    seen: set[str] = set()
    counted = 0
    for one in predicted:
        name = normal(one["name"])
        if (view == "TOOL" and one.get("kind") not in (None, "tool")) or not name or name in seen:
            continue
        seen.add(name)
        found = [i for i, g in enumerate(wanted) if name in _forms(g)]
        if not found and lenient and not any(name in _forms(g) for g in neutral):
            found = [i for i, g in enumerate(wanted) if _contained(name, g)][:1]
        if found:
            fresh = [i for i in found if i not in hits][:1]
            for i in fresh:
                hits.add(i)
                counted += 1
                score.strength_known += 1
                accepted = wanted[i].get("req_accept", [wanted[i]["req"]])
                score.strength_right += one["req"] in accepted
        elif not any(name in _forms(g) or (lenient and _contained(name, g)) for g in neutral):
            counted += 1
            score.spurious.append(one["name"])
    score.counts = Counts(len(hits), len(wanted), counted)
    score.missed = [g["name"] for i, g in enumerate(wanted) if i not in hits]
    return score


def score_fields(gold: Record, predicted: Record) -> dict[str, Counts]:
    """Score one posting's other facts; a fact that the gold does not speak of is left out."""
    scores: dict[str, Counts] = {}
    if "degrees" in gold:
        scores["degree level, necessity"] = _sets(_levels(gold), _levels(predicted))
        scores["degree fields"] = _sets(_studied(gold), _studied(predicted))
        scores["experience min, max, necessity"] = _bags(_years(gold), _years(predicted))
        scores["place (city)"] = _sets(
            {normal(place["name"].split(",")[0]) for place in gold["locations"]},
            {normal(place.split(",")[0]) for place in predicted["locations"]},
        )
    if "salary" in gold:
        accepted = [gold["salary"], gold.get("salary_alternative")] if gold["salary"] else []
        pay = predicted["salary"]
        right = pay is not None and any(a and _pay(pay) == _pay(a) for a in accepted)
        scores["pay"] = Counts(int(right), int(bool(accepted)), int(pay is not None))
    if "work_mode" in gold:
        mode = gold["work_mode"]["value"] if gold["work_mode"] else None
        said = predicted["work_mode"]
        right = mode is not None and mode == said
        scores["work mode"] = Counts(int(right), int(mode is not None), int(said is not None))
    return scores


def seniority_right(gold: Record, predicted: Record) -> bool:
    """Tell whether the level is one that the gold accepts; none where it has none."""
    accepted = gold["seniority"]["accept"] if gold["seniority"] else [None]
    return predicted["seniority"] in accepted


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural and word not in KEEPS_ITS_S else word


def _in_view(kind: str, view: View) -> bool:
    return view == "ALL" or (kind != "soft" if view == "HARD" else kind == "tool")


def _forms(gold: Record) -> set[str]:
    return {normal(n) for n in (gold["name"], gold["surface"], *gold.get("aliases", []))} - {""}


def _contained(name: str, gold: Record) -> bool:
    return any(_contains(name, form) for form in _forms(gold))


def _contains(a: str, b: str) -> bool:
    """Tell whether one sequence of words contains the other."""
    long, short = sorted((a.split(), b.split()), key=len, reverse=True)
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _levels(record: Record) -> set[tuple[str, str]]:
    return {
        (level, degree.get("req", "required"))
        for degree in record["degrees"]
        for level in degree["levels"]
        if level not in ("advanced", "student")
    }


def _studied(record: Record) -> set[str]:
    return {normal(f) for degree in record["degrees"] for f in degree.get("fields", [])}


def _years(record: Record) -> Counter[tuple[object, ...]]:
    return Counter(
        (years["min"], years.get("max"), years.get("req", "required"))
        for years in record["experience"]
    )


def _pay(pay: Record) -> tuple[float, float, str, str]:
    high = pay["max"] if pay.get("max") is not None else pay["min"]
    low, high = float(pay["min"]), float(high)
    return low, high, pay.get("currency", "USD"), pay.get("period", "year")


def _sets(gold: set[Any], predicted: set[Any]) -> Counts:
    return Counts(len(gold & predicted), len(gold), len(predicted))


def _bags(gold: Counter[Any], predicted: Counter[Any]) -> Counts:
    return Counts(sum((gold & predicted).values()), sum(gold.values()), sum(predicted.values()))
