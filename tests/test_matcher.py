"""The matcher finds the spans that spaCy's own EntityRuler finds, none more and none fewer."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from nlp.extract import LABELS, patterns
from nlp.folding import lowered
from nlp.matcher import Hit, Matcher, Pattern, longest_first
from nlp.pipeline import COMPONENT, SPANS, blank, build_pipeline
from ontology import load

ROOT = Path(__file__).parent.parent
OPEN = ROOT.parent / "shared" / "gold" / "open"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))

WORDS = [
    "Go",
    "go",
    "C",
    "C++",
    "C#",
    "R",
    "SQL",
    "machine",
    "learning",
    "Machine",
    "PL",
    "Node.js",
]
SIGNS = [" ", " ", " ", ",", ", ", "/", "-", "\n", "  ", ".", "(", ")", "'s", "’s", "+", "#", ": "]


@cache
def vocabulary_patterns() -> tuple[Pattern, ...]:
    return tuple(patterns(load()))


@cache
def ours() -> Matcher:
    return Matcher(blank().tokenizer, vocabulary_patterns())


@cache
def entity_ruler(label: str) -> Language:
    """A plain EntityRuler over the exported patterns of one label."""
    nlp = blank()
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([p.as_spacy() for p in vocabulary_patterns() if p.label == label])
    return nlp


def found_by_ruler(label: str, text: str) -> list[tuple[int, int, str]]:
    return [(e.start_char, e.end_char, e.ent_id_) for e in entity_ruler(label)(text).ents]


def found_by_us(label: str, text: str) -> list[tuple[int, int, str]]:
    return [(h.start, h.end, h.id) for h in ours().find(text) if h.label == label]


@pytest.mark.parametrize("label", sorted(LABELS.values()))
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_same_spans_as_the_entity_ruler_on_the_seeds(label: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert found_by_us(label, text) == found_by_ruler(label, text)


@pytest.mark.slow
@pytest.mark.parametrize("label", sorted(LABELS.values()))
def test_same_spans_as_the_entity_ruler_on_open_texts(label: str) -> None:
    files = sorted(OPEN.glob("*.jsonl"))
    if not files:
        pytest.skip("the annotated postings are not on this machine")
    texts = [
        json.loads(line)["text"]
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if '"text"' in line
    ]
    differing = [t for t in texts if found_by_us(label, t) != found_by_ruler(label, t)]
    assert len(texts) > 10_000
    assert differing == []


@given(st.lists(st.sampled_from(WORDS + SIGNS), max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_same_spans_as_the_entity_ruler_on_made_texts(text: str) -> None:
    assert found_by_us("SKILL", text) == found_by_ruler("SKILL", text)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_spans_lie_in_any_text(text: str) -> None:
    for hit in ours().find(text):
        assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Java and JavaScript", ["Java", "JavaScript"], "Java is not found inside JavaScript"),
        ("C++/C#", ["C++", "C#"], "a slash parts two names, signs belong to the letter"),
        ("C, C++ and C#", ["C", "C++", "C#"], "the one-letter name stands beside the others"),
        ("C#/.NET", ["C#", ".NET"], "a name may begin with a stop"),
        ("Vue.js/React", ["Vue.js", "React"], "no address, though it looks like one"),
        ("deep machine learning", ["machine learning"], "two tokens"),
        ("scikit-learn,SQL", ["scikit-learn", "SQL"], "a blank was lost behind the comma"),
        ("AWS(S3, EC2)", ["AWS", "S3", "EC2"], "a blank was lost before the parenthesis"),
        ("(Java), [SQL]; React?!", ["Java", "SQL", "React"], "signs round a word"),
        ("(Java)Script:", [], "a sign inside a word parts nothing"),
        ("MySQL", [], "SQL is not found inside MySQL"),
        ("Javanese", [], "a word that begins alike"),
        ("https://example.com/java", [], "an address is no text"),
        ("machine\nlearning", [], "a line break ends a phrase, as in spaCy"),
        ("", [], "nothing in nothing"),
    ],
)
def test_boundaries(text: str, expected: list[str], why: str) -> None:
    phrases = ["Java", "JavaScript", "C", "C++", "C#", ".NET", "Vue.js", "React", "SQL", "AWS"]
    phrases += ["machine learning", "scikit-learn", "S3", "EC2"]
    matcher = Matcher(blank().tokenizer, [Pattern("SKILL", p, p) for p in phrases])
    assert [text[h.start : h.end] for h in matcher.find(text)] == expected, why


@pytest.mark.parametrize(
    ("word", "expected", "why"),
    [
        ("(Python/Java).", ["Python", "Java"], "letters are parted from signs"),
        ("state-of-the-art,", ["state", "of", "the", "art"], "strokes between letters part"),
        ("SQL.", ["SQL"], "a stop behind capitals ends a sentence"),
        ("B.", [], "behind one it may be a name's"),
        ("Inc.", [], "an abbreviation keeps its stop"),
        ("sub-Inc.", ["sub"], "also behind a stroke"),
        ("order):", ["order"], "a bracket and a colon are a smile, the word is a word"),
        ("and/or,", [], "a word that spaCy leaves whole"),
        ("it's", ["it"], "a sign that is none of the plain ones"),
        ("cafe,naive", ["cafe", "naive"], "a comma inside parts"),
    ],
)
def test_words_are_parted_as_spacy_parts_them(word: str, expected: list[str], why: str) -> None:
    runs = re.findall("[A-Za-z]+", word)
    matcher = Matcher(blank().tokenizer, [Pattern("SKILL", run.lower(), run) for run in set(runs)])
    assert [hit.id for hit in matcher.find(word)] == expected, why
    assert [token.text for token in blank()(word) if token.text in runs] == expected, why


def test_most_tokens_win_and_of_equals_the_first() -> None:
    hits = [
        Hit(0, 20, "X", "two long words", size=2),
        Hit(11, 26, "X", "three short ones", size=3),
        Hit(27, 30, "X", "first of equals", size=2),
        Hit(29, 35, "X", "second of equals", size=2),
    ]
    assert [h.id for h in sorted(longest_first(hits), key=lambda h: h.start)] == [
        "three short ones",
        "first of equals",
    ]


def test_a_phrase_with_two_meanings_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"'Go' stands for both go and golf"):
        Matcher(blank().tokenizer, [Pattern("SKILL", "go", "go"), Pattern("SKILL", "Go", "golf")])


def test_one_phrase_may_have_a_meaning_under_each_label() -> None:
    matcher = Matcher(blank().tokenizer, [Pattern("SKILL", "ML", "s"), Pattern("FIELD", "ml", "f")])
    assert [(h.label, h.id) for h in matcher.find("ML")] == [("FIELD", "f"), ("SKILL", "s")]


@pytest.mark.parametrize("text", ["İSTANBUL Java", "STRASSE ẞ Java", "ǅ Java", "", "Java"])
def test_lower_keeps_every_place(text: str) -> None:
    assert len(lowered(text)) == len(text)
    assert lowered(text).endswith(text[-4:].lower())


def test_the_pipeline_is_a_spacy_pipeline() -> None:
    nlp = build_pipeline([Pattern("SKILL", "Spark", "spark"), Pattern("FIELD", "Spark", "field")])
    assert nlp.lang == "en"
    assert nlp.pipe_names == [COMPONENT]
    doc = nlp("Spark and Git")
    assert [(e.text, e.ent_id_) for e in doc.ents] == [("Spark", "field")]
    assert {span.label_ for span in doc.spans[SPANS]} == {"SKILL", "FIELD"}
