"""Scores of extraction on the open sets, with intervals, goals and the causes of the misses.

`make scores` runs this, writes `results/scores.md` and `results/scores.json`, sets the table into
the README. The gold sets lie beside the project, in `shared/gold/open`; without them it says so.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final, NamedTuple

from nlp.evaluate import evaluate, predict_record, predict_spans
from nlp.extract import Extractor
from nlp.scoring.records import normal
from nlp.scoring.spans import Span, trim

ROOT: Final = Path(__file__).parent.parent.parent
OPEN: Final = ROOT.parent / "shared" / "gold" / "open"
MARKS: Final = ("<!-- scores -->", "<!-- /scores -->")
RESULTS: Final = Path(__file__).parent / "results"


class Row(NamedTuple):
    """A line of the table: the gold set, the measure, its name for people, goal and baseline."""

    gold: str
    measure: str
    what: str
    goal: str
    baseline: str


ROWS: Final = (
    Row("glassdoor20", "skills TOOL strict", "tools, by name", "0.93", "0.61"),
    Row("glassdoor20", "skills HARD strict", "all skills but soft ones, by name", "0.75", "0.41"),
    Row("glassdoor20", "skills HARD lenient", "the same, one name in the other", "0.83", "0.47"),
    Row("glassdoor20", "required or preferred, on hits", "required or preferred", "0.96", "0.80"),
    Row("glassdoor20", "degree level, necessity", "degrees, level and necessity", "0.98", "0.73"),
    Row("glassdoor20", "degree fields", "degree fields", "", ""),
    Row("glassdoor20", "experience min, max, necessity", "experience", "0.97", "0.63"),
    Row("glassdoor20", "place (city)", "places", "", ""),
    Row("glassdoor20", "seniority", "level", "", ""),
    Row("pay_mode", "pay", "pay, where texts set traps", "1.00", "0.77"),
    Row("pay_mode", "work mode", "work mode, where texts set traps", "0.95", "0.23"),
    Row("skillspan_knowledge_dev", "strict", "knowledge spans, exact", "0.60", "0.455"),
    Row("skillspan_knowledge_dev", "overlap", "knowledge spans, overlapping", "0.73", "0.589"),
    Row("skillspan_knowledge_dev", "type", "knowledge, distinct words", "0.60", "0.465"),
    Row("skillspan_skill_dev", "overlap", "skill spans, overlapping", "0.55", "0.16"),
    Row("skillspan_knowledge_train", "overlap", "knowledge spans, texts tuned on", "", ""),
    Row("skillspan_skill_train", "overlap", "skill spans, texts tuned on", "", ""),
    Row("sayfullina_dev", "overlap", "soft skills in short contexts", "", ""),
    Row("green_dev", "overlap", "any skill, sentences (Green et al.)", "", ""),
)


def main() -> int:
    """Write the table; exit 2 where the gold is not at hand."""
    if not OPEN.is_dir():
        sys.stderr.write(f"{OPEN}: no annotated postings there; nothing was scored\n")
        return 2
    extractor = Extractor()
    measures: dict[str, dict[str, Any]] = {}
    for gold in dict.fromkeys(row.gold for row in ROWS):
        found = evaluate(OPEN / f"{gold}.jsonl", extractor).to_json()
        measures[gold] = {measure["name"]: measure for measure in found["measures"]}
    causes = {
        gold: _causes_of_spans(gold, extractor)
        for gold in ("skillspan_knowledge_dev", "skillspan_skill_dev")
    }
    causes["glassdoor20"] = _causes_of_names(extractor)
    RESULTS.mkdir(exist_ok=True)
    result = {"measures": measures, "causes": causes}
    (RESULTS / "scores.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "scores.md").write_text(_markdown(measures, causes), encoding="utf-8")
    _quote(table(measures))
    sys.stdout.write(_markdown(measures, causes))
    return 0


def _quote(rows: str) -> None:
    """Set the table into the README, between its two marks."""
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    quoted = f"{before}{MARKS[0]}\n{rows}{MARKS[1]}{after}"
    readme.write_text(quoted, encoding="utf-8")


def table(measures: dict[str, dict[str, Any]]) -> str:
    """Return the table as the README quotes it."""
    lines = [
        "| what | on | F1 | interval | goal | best baseline |",
        "|---|---|---|---|---|---|",
    ]
    for row in ROWS:
        one = measures[row.gold][row.measure]
        low, high = one["interval"] or (None, None)
        interval = "" if low is None else f"{low:.2f} to {high:.2f}"
        lines.append(
            f"| {row.what} | {row.gold} | {one['f1']:.3f} | {interval} | {row.goal} "
            f"| {row.baseline} |"
        )
    return "\n".join(lines) + "\n"


def _markdown(measures: dict[str, dict[str, Any]], causes: dict[str, dict[str, int]]) -> str:
    parts = [
        "# Scores of extraction\n",
        "Made by `make scores`. F1 with its 95% bootstrap interval over documents. Best baseline: "
        "the best of several lookups, and a feature CRF trained on the same corpus.\n",
        table(measures),
        "## Causes of misses and false finds\n",
        "Spans against the gold's, trimmed as the scorer trims them; names as the scorer compares "
        "them.\n",
    ]
    for gold, counts in causes.items():
        parts.append(f"### {gold}\n\n| cause | times |\n|---|---|")
        parts.append("\n".join(f"| {cause} | {count} |" for cause, count in counts.items()) + "\n")
    return "\n".join(parts)


def _causes_of_spans(gold: str, extractor: Extractor) -> dict[str, int]:
    """Count how the gold's spans and ours stand to each other."""
    counts: Counter[str] = Counter()
    for line in (OPEN / f"{gold}.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        text, labels = document["text"], {span["label"] for span in document["gold"]}
        wanted = {trim(text, span["start"], span["end"]) for span in document["gold"]}
        found = {trim(text, *span) for span in predict_spans(text, labels, extractor)}
        counts.update(_relation(span, found) for span in wanted)
        counts["we marked what the gold does not"] += sum(
            not any(_touch(ours, theirs) for theirs in wanted) for ours in found
        )
    return dict(counts.most_common())


def _relation(span: Span, found: set[Span]) -> str:
    near = [ours for ours in found if _touch(ours, span)]
    if span in found:
        return "the same words"
    if not near:
        return "we marked nothing there"
    if all(span[0] <= low and high <= span[1] for low, high in near):
        return "the gold's phrase is longer"
    if all(low <= span[0] and span[1] <= high for low, high in near):
        return "our phrase is longer"
    return "they overlap"


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _causes_of_names(extractor: Extractor) -> dict[str, int]:
    """Count why a skill that the gold asks for is not found by name."""
    counts: Counter[str] = Counter()
    for line in (OPEN / "glassdoor20.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        predicted = predict_record(gold["text"], gold.get("title"), extractor)["skills"]
        names = {normal(one["name"]) for one in predicted}
        for skill in gold["skills"]:
            if skill["req"] not in ("required", "preferred") or skill["kind"] == "soft":
                continue
            forms = {
                normal(form)
                for form in (skill["name"], skill["surface"], *skill.get("aliases", []))
            }
            if forms & names:
                counts["found by name"] += 1
            elif any(a in b or b in a for a in forms for b in names if a and b):
                counts["found under a longer or shorter name"] += 1
            elif any(extractor.vocabulary.find(form) for form in forms):
                counts["in the vocabulary, not found or not asked for"] += 1
            else:
                counts["not in the vocabulary, no open rule found it"] += 1
    return dict(counts.most_common())


if __name__ == "__main__":
    sys.exit(main())
