"""Explanations for the terminal: what is stated, and below it, indented, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.printing import out, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.explaining.explain import Explained
    from kg.explaining.explanation import Explanation, MadeBy

KINDS = {
    "posting": "taken from a posting",
    "vocabulary": "the vocabulary says so",
    "ontology": "the ontology says so",
    "copies": "found by comparing postings",
    "runs": "written by a build",
    "inferred": "inferred",
}


def print_explained(explained: Explained) -> None:
    """Print all explanations, one below the other."""
    out("\n\n".join("\n".join(explanation_lines(one)) for one in explained.explanations))
    if explained.more:
        say(f"{explained.more} more statements like it; --limit shows more")


def explanation_lines(explanation: Explanation, indent: str = "") -> Iterator[str]:
    """Yield the lines of one explanation."""
    subject, predicate, value = explanation.shown
    yield f"{indent}{subject} — {predicate} — {value}"
    inner = indent + "  "
    yield f"{inner}{KINDS[explanation.kind]}, in <{explanation.graph}>"
    for words in explanation.words:
        yield f"{inner}words    {words.around}"
        yield f"{inner}at       {words.start}-{words.end}, section {words.section}"
        yield f"{inner}rule     {words.rule}"
    for file in explanation.files:
        yield f"{inner}file     {file.name}, SHA-256 {file.sha256 or 'unknown'}"
        if file.text_sha256:
            yield f"{inner}text     SHA-256 {file.text_sha256}"
    if explanation.run:
        yield from (f"{inner}{line}" for line in _run(explanation.run))
    if explanation.inference:
        yield f"{inner}rule     {explanation.inference.rule}: {explanation.inference.description}"
        for premise in explanation.inference.premises:
            yield f"{inner}because"
            yield from explanation_lines(premise, inner + "  ")
    for note in explanation.notes:
        yield f"{inner}note     {note}"


def _run(run: MadeBy) -> Iterator[str]:
    yield f"run      <{run.iri}>"
    yield f"program  rolegraph {run.version or 'unknown'}, rules SHA-256 {run.rules or 'unknown'}"
    yield f"with     vocabulary SHA-256 {run.vocabulary or 'unknown'}"
    if run.started:
        yield f"when     {run.started} to {run.ended or 'unknown'}"
