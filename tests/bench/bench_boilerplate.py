"""How much is taken from boilerplate, and what is lost to it: counted over whole postings.

`python -m tests.bench.bench_boilerplate` writes `results/boilerplate.md`. What boilerplate is say
here phrases of their own, wider than the tables that extraction goes by, so that the count can
find what those tables miss. The postings lie beside the project, in `shared`.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from nlp.document import SILENT, Document
from nlp.extract import Extractor
from nlp.repair import repair
from nlp.types import Candidate, Posting, Requirement
from tests.shared_data import DATA

GOLD: Final = DATA.parent / "gold" / "open"
RESULTS: Final = Path(__file__).parent / "results"
PHRASES: Final = {
    "equal opportunity": re.compile(
        r"equal[- ]opportunit|\brace, |sexual orientation|gender identity|protected veteran"
        r"|without regard to|affirmative action|marital status",
        re.IGNORECASE,
    ),
    "accommodation": re.compile(r"reasonable accommodations?\b|disabilities act", re.IGNORECASE),
    "benefits": re.compile(
        r"401\s?\(?k\)?|dental|paid time off|\bPTO\b|parental leave|tuition (?:reimb|assist)"
        r"|life insurance|health insurance|stock options|flexible spending|paid holidays",
        re.IGNORECASE,
    ),
    "agencies": re.compile(
        r"unsolicited|third[- ]party (?:agenc|recruit)|recruitment agenc|employment agenc"
        r"|referring any candidates|placement fee",
        re.IGNORECASE,
    ),
    "furniture": re.compile(
        r"follow us|connect with us|click (?:here|the|below|on)|cookie|share this (?:job|position)"
        r"|job segment|similar jobs|createElement|apply (?:now|online|today)\b",
        re.IGNORECASE,
    ),
}
"""Phrases of a sentence that is boilerplate, whatever else it says."""
ASKS: Final = re.compile(
    r"\d\+? years|\bexperience (?:with|in)\b|bachelor|proficien|\bknowledge of\b|clearance",
    re.IGNORECASE,
)
"""What a silent stretch may not say: it asks for something."""


NEAR: Final = 120
"""How far from what was taken, in characters, a phrase of its sentence may stand: some sets have
lost their full stops, and a sentence there is half a posting."""


class Counts(NamedTuple):
    """What a set's postings gave: taken from silent sections, from boilerplate, and lost."""

    postings: int
    requirements: int
    silent: int
    taken: Counter[str]
    lost: int
    examples: list[str]


def main() -> int:
    """Write the table; exit 2 where the postings are not at hand."""
    if not DATA.is_dir():
        sys.stderr.write(f"{DATA}: no postings there; nothing was counted\n")
        return 2
    extractor = Extractor()
    lines = [
        "# Boilerplate\n",
        "Made by `python -m tests.bench.bench_boilerplate`. Requirements (skills, degrees, "
        "experience) and candidates that were taken from silent sections, and from sentences "
        "that hold a phrase of boilerplate within 120 characters; and lines in silent sections "
        "that ask.\n",
        f"| set | postings | taken | from silent sections | {' | '.join(PHRASES)} | lost lines |",
        f"|---|{'---|' * (4 + len(PHRASES))}",
    ]
    examples: list[str] = []
    for name, texts in _sets():
        counts = count(texts, extractor)
        taken = " | ".join(str(counts.taken[kind]) for kind in PHRASES)
        lines.append(
            f"| {name} | {counts.postings} | {counts.requirements} | {counts.silent} | {taken} "
            f"| {counts.lost} |"
        )
        examples += counts.examples
    report = "\n".join(lines) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "boilerplate.md").write_text(report, encoding="utf-8")
    sys.stdout.write(report + "\n" + "\n".join(examples) + "\n")
    return 0


def count(texts: list[str], extractor: Extractor) -> Counts:
    """Count over the texts; an example is a kind of boilerplate, its sentence, what was taken."""
    taken: Counter[str] = Counter()
    examples: list[str] = []
    total = silent = lost = 0
    for text in texts:
        repaired, edits = repair(text, extractor.is_name)
        facts = extractor(Posting("p", repaired, "", edits))
        document = Document(repaired, facts.sections, {})
        asked: list[Requirement | Candidate] = [*facts.requirements, *facts.candidates]
        for found in asked:
            total += 1
            silent += found.evidence.section in SILENT
            start, end = document.sentence(found.evidence.start)
            start = max(start, found.evidence.start - NEAR)
            sentence = repaired[start : min(end, found.evidence.end + NEAR)]
            for kind, phrase in PHRASES.items():
                if phrase.search(sentence):
                    taken[kind] += 1
                    examples.append(f"{kind}: {found.label}: {' '.join(sentence.split())[:200]}")
        for section in facts.sections:
            if section.kind in SILENT:
                lines = repaired[section.start : section.end].split("\n")
                asking = [line for line in lines if ASKS.search(line)]
                lost += len(asking)
                examples += [f"lost, {section.kind}: {line[:200]}" for line in asking]
    return Counts(len(texts), total, silent, taken, lost, examples)


def _sets() -> Iterator[tuple[str, list[str]]]:
    """Yield each set of whole postings with its distinct texts."""
    for name in ("glassdoor20", "pay_mode"):
        rows = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        yield name, list(dict.fromkeys(json.loads(row)["text"] for row in rows))
    for name in ("skillspan_knowledge_dev", "skillspan_knowledge_train"):
        rows = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        yield name, list(dict.fromkeys(json.loads(row)["text"] for row in rows))
    with (DATA / "postings" / "glassdoor_open.csv").open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        yield "glassdoor_open", list(dict.fromkeys(row["Job Description"] for row in table))


if __name__ == "__main__":
    sys.exit(main())
