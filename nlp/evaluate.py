"""Evaluation: what the extractor takes from annotated postings, against what is in them.

Two forms of gold, both JSON Lines with "id" and "text": spans (`"gold": [{"start", "end",
"label"}]`) and records ("skills", "degrees", "salary", ...). The figures are those of the scorers
that come with the open sets.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nlp.extract import Extractor
from nlp.repair import repair
from nlp.scoring.marking import knowledge_spans, skill_spans
from nlp.scoring.measure import Counts, Measure, interval, total
from nlp.scoring.predicted import record
from nlp.scoring.records import VIEWS as SKILL_VIEWS
from nlp.scoring.records import score_fields, score_skills, seniority_right
from nlp.scoring.spans import VIEWS as SPAN_VIEWS
from nlp.scoring.spans import Span, score_spans, surface, trim
from nlp.scoring.unrepaired import REWRITTEN, led_back
from nlp.types import Facts, Posting

SKILLS: Final = frozenset({"Skill", "SoftSkill"})
KNOWLEDGE: Final = frozenset({"Knowledge"})
"""Which span labels mean skills as against knowledge; any other label means both."""

Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measures of one gold file, and what was missed and spurious, most frequent first."""

    measures: tuple[Measure, ...]
    missed: tuple[tuple[str, int], ...]
    spurious: tuple[tuple[str, int], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the figures and the names; `since` takes it back."""
        return {
            "measures": [
                {
                    "name": measure.name,
                    "precision": round(measure.counts.precision, 4),
                    "recall": round(measure.counts.recall, 4),
                    "f1": round(measure.counts.f1, 4),
                    "interval": measure.interval and [round(x, 4) for x in measure.interval],
                    "hits": measure.counts.hits,
                    "gold": measure.counts.gold,
                    "predicted": measure.counts.predicted,
                }
                for measure in self.measures
            ],
            "missed": dict(self.missed),
            "spurious": dict(self.spurious),
        }

    def since(self, earlier: Mapping[str, Any]) -> dict[str, list[str]]:
        """Say what changed since an earlier run, as `to_json` gave it.

        "gained" is no longer missed, "lost" is missed now; "cleaned" is no longer spurious,
        "spoiled" is spurious now.
        """
        missed, spurious = dict(self.missed), dict(self.spurious)
        return {
            "gained": sorted(set(earlier["missed"]) - missed.keys()),
            "lost": sorted(missed.keys() - set(earlier["missed"])),
            "cleaned": sorted(set(earlier["spurious"]) - spurious.keys()),
            "spoiled": sorted(spurious.keys() - set(earlier["spurious"])),
        }


def evaluate(path: Path, extractor: Extractor) -> Evaluation:
    """Score the extractor on a gold file.

    Raises `ValueError` with the line for what is no gold of either form.
    """
    documents = list(_read(path))
    if not documents:
        raise ValueError(f"{path}: no annotated posting in it; a line holds one as JSON")
    if any(key in documents[0] for key in ("skills", "salary", "work_mode")):
        return _on_records(documents, extractor)
    return _on_spans(documents, extractor)


def predict_record(text: str, title: str | None, extractor: Extractor) -> dict[str, Any]:
    """Return what the extractor takes from a posting, in the words of the record gold.

    The title, where the gold has one, stands above the text as it does on a page.
    """
    facts = _facts(text, extractor)
    titled = _facts(f"{title}\n\n{text}", extractor) if title else facts
    return record(facts, titled)


def predict_spans(text: str, labels: Set[str], extractor: Extractor) -> list[Span]:
    """Return the spans of `text` that the extractor takes for what the gold's labels mean.

    It reads the text repaired, as it reads postings; the spans count in the text as it is.
    """
    facts = _facts(text, extractor)
    edits = facts.posting.edits
    if any(edit.rule == REWRITTEN for edit in edits):
        facts, edits = extractor(Posting("gold", text, "")), ()
    spans: list[Span] = []
    if not labels <= KNOWLEDGE:
        spans += skill_spans(facts, extractor.vocabulary)
    if not labels <= SKILLS:
        spans += knowledge_spans(facts, extractor.vocabulary)
    return led_back(spans, edits)


def _on_records(documents: list[Gold], extractor: Extractor) -> Evaluation:
    scores: dict[str, list[Counts]] = {}
    missed: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    strength = Counts()
    senior: list[bool] = []
    for gold in documents:
        predicted = predict_record(gold["text"], gold.get("title"), extractor)
        if "skills" in gold:
            for view in SKILL_VIEWS:
                for lenient in (False, True):
                    score = score_skills(gold["skills"], predicted["skills"], view, lenient=lenient)
                    name = f"skills {view} {'lenient' if lenient else 'strict'}"
                    scores.setdefault(name, []).append(score.counts)
                    if view == "HARD" and not lenient:
                        right, known = score.strength_right, score.strength_known
                        strength += Counts(right, known, known)
                        missed.update(score.missed)
                        spurious.update(score.spurious)
        for name, counts in score_fields(gold, predicted).items():
            scores.setdefault(name, []).append(counts)
        if "seniority" in gold and "skills" in gold:
            senior.append(seniority_right(gold, predicted))
    measures = [Measure(name, total(each), interval(each)) for name, each in scores.items()]
    if strength.gold:
        measures.append(Measure("required or preferred, on hits", strength))
    if senior:
        measures.append(Measure("seniority", Counts(sum(senior), len(senior), len(senior))))
    return _evaluation(measures, missed, spurious)


def _on_spans(documents: list[Gold], extractor: Extractor) -> Evaluation:
    labels = {span["label"] for gold in documents for span in gold["gold"]}
    scores: dict[str, list[Counts]] = {view: [] for view in SPAN_VIEWS}
    missed: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    for gold in documents:
        text = gold["text"]
        annotated = [(span["start"], span["end"]) for span in gold["gold"]]
        predicted = predict_spans(text, labels, extractor)
        for view, counts in score_spans(text, annotated, predicted).items():
            scores[view].append(counts)
        want = {trim(text, *span) for span in annotated}
        have = {trim(text, *span) for span in predicted}
        missed.update(surface(text, *span) for span in want - have)
        spurious.update(surface(text, *span) for span in have - want)
    measures = [Measure(view, total(each), interval(each)) for view, each in scores.items()]
    return _evaluation(measures, missed, spurious)


def _evaluation(
    measures: list[Measure], missed: Counter[str], spurious: Counter[str]
) -> Evaluation:
    def ranked(counter: Counter[str]) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(counter.items(), key=lambda item: (-item[1], item[0])))

    return Evaluation(tuple(measures), ranked(missed), ranked(spurious))


def _facts(text: str, extractor: Extractor) -> Facts:
    repaired, edits = repair(text, extractor.is_name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return extractor(Posting("gold", repaired, digest, edits))


def _read(path: Path) -> Iterator[Gold]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            gold = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}, line {number}: not JSON: {error}") from error
        if not isinstance(gold, dict) or not {"text"} <= gold.keys():
            raise ValueError(f'{path}, line {number}: a line of gold has "text" and its labels')
        yield gold
