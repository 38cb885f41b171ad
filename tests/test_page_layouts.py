"""A posting is the same posting however a site lays out the page round it."""

from __future__ import annotations

import io
import json

import pytest

from nlp import markup
from nlp.extract import Extractor
from nlp.readers import html_page
from nlp.readers.raw import Input, RawPosting
from nlp.repair import repair
from nlp.types import Facts, Posting
from tests.page_layouts import LAYOUTS, as_html, posting_html
from tests.shared_data import DATA

GOLD = DATA.parent / "gold" / "open" / "glassdoor20.jsonl"
TITLE = "Data Engineer"
BODY = as_html(
    """Austin, TX
Full-time
About us:
We make maps for walkers, on paper that stands the rain, and have sold them for forty years.
What you'll do:
• Build the pipelines that bring the surveyors' notes together
• Look after them when it rains
Requirements:
• 3+ years of Python
• SQL & Airflow; a Bachelor's degree in geography
Nice to have:
• Rust
Benefits:
We offer a map of every place that you ever walk to, and a tent that is nearly dry inside."""
)
LINES = [
    "Austin, TX",
    "Full-time",
    "About us:",
    "We make maps for walkers, on paper that stands the rain, and have sold them for forty years.",
    "What you'll do:",
    "• Build the pipelines that bring the surveyors' notes together",
    "• Look after them when it rains",
    "Requirements:",
    "• 3+ years of Python",
    "• SQL & Airflow; a Bachelor's degree in geography",
    "Nice to have:",
    "• Rust",
    "Benefits:",
    "We offer a map of every place that you ever walk to, and a tent that is nearly dry inside.",
]


def read(page: str) -> RawPosting:
    data = page.encode()
    (found,) = html_page.read(Input("page.html", io.BytesIO(data), data[: 1 << 16]))
    assert isinstance(found, RawPosting), found
    return found


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_line_of_the_posting_and_no_other(name: str) -> None:
    found = read(LAYOUTS[name](TITLE, BODY))
    lines = [line for line in markup.to_text(found.body).split("\n") if line]
    stated = [field.value for field in found.fields]
    assert [line for line in lines if line != TITLE] == LINES
    assert lines.count(TITLE) == 1 or stated.count(TITLE) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.skipif(not GOLD.exists(), reason="the annotated postings are not on this machine")
def test_whole_postings_say_the_same_on_a_page(name: str, extractor: Extractor) -> None:
    wrong = []
    for row in GOLD.read_text(encoding="utf-8").splitlines():
        gold = json.loads(row)
        title, body = gold["title"], as_html(gold["text"])
        raw = read(LAYOUTS[name](title, body))
        whole = posting_html(title, body) if "<h1" in raw.body else f"<div>{body}</div>"
        alone, found = said(whole, extractor), said(raw.body, extractor)
        if found != alone:
            wrong.append((gold["id"], alone ^ found))
    assert wrong == []


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def said(html: str, extractor: Extractor) -> set[tuple[object, ...]]:
    """What a posting asks for and offers, without where it stands in the text."""
    text, edits = repair(html, extractor.is_name)
    facts: Facts = extractor(Posting("p", text, "", edits))
    asked: set[tuple[object, ...]] = {
        (r.kind, r.label, r.necessity, r.min_years, r.max_years, r.fields)
        for r in facts.requirements
    }
    asked |= {("candidate", c.label, c.necessity) for c in facts.candidates}
    asked |= {("mode", mode.value) for mode in facts.work_modes}
    return asked | {("pay", stated.value) for stated in facts.pay_statements}
