"""Knowledge spans: why those are missed that are missed, and how far the annotators agree.

    python -m tests.bench.bench_knowledge > tests/bench/results/knowledge.md

The development set is parted in halves by document, every other one of each source. Rules were
made with a look at the half called A; nobody looked at what is missed in B, which says what to
expect of texts that nobody has read. Agreement is measured where several documents have the same
sentence: one is scored against the other.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Final

from nlp.evaluate import predict_spans
from nlp.extract import Extractor
from nlp.scoring.measure import total
from nlp.scoring.spans import VIEWS, Span, overlapping, score_spans, surface, trim
from nlp.types import Facts, Posting
from tests.bench.scores import OPEN

LABELS: Final = frozenset({"Knowledge"})
ASKS: Final = re.compile(
    r"\b(?:background|certif|command|competenc|degree|experience|expert|familiar|fluent|ideally"
    r"|interest|knowledge|preferably|proficien|skill|understanding)",
    re.IGNORECASE,
)
JOINED: Final = re.compile(r" (?:and|or|&|and/or) ")
LINE: Final = re.compile(r"[^\n•*·.]+")
LONG: Final = 25
"""Characters of a sentence that no two documents have by accident."""

Gold = dict[str, Any]


def main() -> int:
    """Print the page; exit 2 where the gold is not at hand."""
    if not OPEN.is_dir():
        sys.stderr.write(f"{OPEN}: no annotated postings there\n")
        return 2
    extractor = Extractor()
    dev, train = _read("dev"), _read("train")
    halves: dict[str, list[Gold]] = {"A": [], "B": []}
    seen: Counter[str] = Counter()
    for document in dev:
        seen[document["source"]] += 1
        halves["A" if seen[document["source"]] % 2 else "B"].append(document)
    out = sys.stdout.write
    out(f"# Knowledge spans of skillspan_knowledge_dev\n\n{_about()}\n\n## Figures\n\n")
    out("| half | documents | strict | overlap | type |\n|---|--:|--:|--:|--:|\n")
    for name, documents in (*halves.items(), ("both", dev), ("train", train)):
        figures = " | ".join(f"{f1:.3f}" for f1 in _figures(documents, extractor))
        out(f"| {name} | {len(documents)} | {figures} |\n")
    repeated = _repeated(dev)
    counted = {name: _causes(one, extractor, repeated) for name, one in halves.items()}
    for place, title in enumerate(("What became of the gold's spans", "What became of ours")):
        out(f"\n## {title}\n\n| cause | A | B |\n|---|--:|--:|\n")
        causes = {name: counts[place] for name, counts in counted.items()}
        for cause in sorted(causes["A"] | causes["B"]):
            out(f"| {cause} | {causes['A'][cause]} | {causes['B'][cause]} |\n")
    out(f"\n## How far the gold agrees with itself\n\n{_agreement([*dev, *train])}\n")
    exact, inside, outside = (sum(counts[i] for counts in repeated.values()) for i in range(3))
    out(
        f"\nThe {len(repeated)} distinct spans of the development set stand in its texts "
        f"{exact + inside + outside:,} times: {exact:,} times annotated so, {inside} within a "
        f"longer span, {outside:,} times in none.\n"
    )
    return 0


def _about() -> str:
    told = (__doc__ or "").split("\n\n")[2:]
    return "\n\n".join(" ".join(one.split()) for one in told)


def _read(part: str) -> list[Gold]:
    lines = (OPEN / f"skillspan_knowledge_{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _wanted(document: Gold) -> set[Span]:
    return {trim(document["text"], one["start"], one["end"]) for one in document["gold"]}


def _figures(documents: Sequence[Gold], extractor: Extractor) -> Iterator[float]:
    scored = [
        score_spans(
            one["text"],
            [(span["start"], span["end"]) for span in one["gold"]],
            predict_spans(one["text"], LABELS, extractor),
        )
        for one in documents
    ]
    for view in VIEWS:
        yield total([counts[view] for counts in scored]).f1


def _causes(
    documents: Sequence[Gold], extractor: Extractor, repeated: dict[str, list[int]]
) -> tuple[Counter[str], Counter[str]]:
    missed: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    for document in documents:
        text, wanted = document["text"], _wanted(document)
        found = {trim(text, *span) for span in predict_spans(text, LABELS, extractor)}
        facts = extractor(Posting(str(document["id"]), text, ""))
        for span in wanted:
            missed[_cause_of_miss(text, span, wanted, found, facts, extractor)] += 1
        for span in found:
            spurious[_cause_of_ours(text, span, wanted, facts, extractor, repeated)] += 1
    return missed, spurious


def _cause_of_miss(
    text: str, span: Span, wanted: set[Span], found: set[Span], facts: Facts, extractor: Extractor
) -> str:
    near = [ours for ours in found if _touch(ours, span)]
    if span in found:
        return "0 the same words"
    if near:
        if JOINED.search(text, *span):
            return "1 drawn otherwise: they join by 'and' or 'or' what we part"
        if any(JOINED.search(text, *ours) for ours in near):
            return "1 drawn otherwise: we join by 'and' or 'or' what they part"
        if all(span[0] <= low and high <= span[1] for low, high in near):
            return "1 drawn otherwise: their phrase is longer"
        if any(sum(_touch(ours, theirs) for theirs in wanted) > 1 for ours in near):
            return "1 drawn otherwise: names run together, their commas are lost"
        return "1 drawn otherwise: our phrase is longer, or they overlap"
    if "<" in text[slice(*span)]:
        return "2 a placeholder of the corpus"
    if kinds := _kinds(facts, span, extractor):
        if kinds == {"soft"}:
            return "3 found; for us a soft skill"
        return "3 found; taken for the work or the company, not for what must be known"
    if extractor.vocabulary.find(text[slice(*span)]):
        return "4 in the vocabulary, an everyday word that nothing near proves"
    line = text[text.rfind("\n", 0, span[0]) + 1 : span[0]]
    if ASKS.search(re.split(r"[.;!?•*]\s", line)[-1]):
        return "5 not in the vocabulary, behind words that ask"
    return "6 not in the vocabulary, no word asks: what the work is about"


def _cause_of_ours(
    text: str,
    span: Span,
    wanted: set[Span],
    facts: Facts,
    extractor: Extractor,
    repeated: dict[str, list[int]],
) -> str:
    if span in wanted:
        return "0 the same words"
    if any(_touch(span, theirs) for theirs in wanted):
        return "1 drawn otherwise"
    if repeated.get(surface(text, *span), [0])[0]:
        return "2 not annotated here; the same words are elsewhere in the set"
    kinds = _kinds(facts, span, extractor)
    if not kinds:
        return "5 a phrase that no concept covers, or a degree"
    if kinds & {"tool", "language", "certification"}:
        return "3 a tool, a language or a certificate by its name"
    return "4 a method or a field"


def _kinds(facts: Facts, span: Span, extractor: Extractor) -> set[str]:
    return {
        extractor.vocabulary[mention.value or ""].kind or ""
        for mention in facts.mentions
        if mention.kind == "skill" and _touch((mention.start, mention.end), span)
    }


def _repeated(documents: Sequence[Gold]) -> dict[str, list[int]]:
    """Count of each annotated surface: annotated so, within a longer span, in none."""
    names = {surface(one["text"], *span) for one in documents for span in _wanted(one)}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for document in documents:
        text, wanted = document["text"].lower(), _wanted(document)
        for name in sorted(name for name in names if len(name) > 1):
            words = r"\s+".join(map(re.escape, name.split()))
            for match in re.finditer(rf"(?<![\w+#]){words}(?![\w+#])", text):
                span = match.span()
                within = any(_touch(span, theirs) for theirs in wanted)
                counts[name][0 if span in wanted else 1 if within else 2] += 1
    return counts


def _agreement(documents: Sequence[Gold]) -> str:
    """Score sentences that several documents share against one another, each sentence alike."""
    sentences: dict[str, dict[str, list[Span]]] = defaultdict(dict)
    for document in documents:
        wanted = _wanted(document)
        for match in LINE.finditer(document["text"]):
            low, high = match.span()
            spans = sorted((a - low, b - low) for a, b in wanted if low <= a and b <= high)
            if len(match.group().strip()) >= LONG:
                sentences[match.group()].setdefault(document["id"], spans)
    shared = {k: list(v.values()) for k, v in sentences.items() if len(v) > 1 and any(v.values())}
    strict = lenient = size = 0.0
    differ = 0
    for one in shared.values():
        weight = 1 / (len(one) - 1)
        differ += any(spans != one[0] for spans in one)
        for a, b in combinations(one, 2):
            strict += weight * len(set(a) & set(b))
            lenient += weight * overlapping(a, b)
            size += weight * (len(a) + len(b)) / 2
    return (
        f"{len(shared)} sentences with a span stand word for word in several documents of train "
        f"and dev; {differ} of them are annotated differently. One against the other: strict "
        f"{strict / size:.3f}, overlap {lenient / size:.3f}. More than that a reader who draws as "
        "the annotators do would not reach on the average; of a sentence that stands in several "
        "postings, which an annotator may remember."
    )


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


if __name__ == "__main__":
    sys.exit(main())
