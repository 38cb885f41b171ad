"""What span gold would mark: where spans begin and end, and which mentions are none of them."""

from __future__ import annotations

import pytest

from nlp.extract import Extractor
from nlp.scoring.marking import knowledge_spans, skill_spans
from nlp.types import Posting


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


REQUIRED = "Requirements:\n- "


@pytest.mark.parametrize(
    ("line", "marked", "why"),
    [
        ("Experience with Java/Python", ["Java/Python"], "no blank parts them: one word"),
        ("Experience with Java / Python", ["Java", "Python"], "blanks part them"),
        ("Used to JavaScript-based apps", ["JavaScript-based"], "the whole word"),
        (
            "Knowledge of Natural Language Processing (NLP)",
            ["Natural Language Processing (NLP)"],
            "a name and its initials",
        ),
        (
            "Knowledge of Natural Language Processing (Python)",
            ["Natural Language Processing", "Python"],
            "in the brackets stands another name",
        ),
        ("Use of Kubernetes environments", ["Kubernetes environments"], "the noun goes on"),
        ("Use of Kubernetes daily", ["Kubernetes"], "no noun that goes on with a name"),
        ("Use of modern C++ daily", ["modern C++"], "the adjective makes a narrower name"),
        (
            "Bachelor's degree in Computer Science",
            ["Bachelor's degree in Computer Science"],
            "a degree with its one field",
        ),
        (
            "Bachelor's degree in Physics, Statistics or Computer Science",
            ["Bachelor's degree", "Physics", "Statistics", "Computer Science"],
            "several fields, one by one",
        ),
        (
            "BSc degree in electrical or mechanical engineering",
            ["BSc degree in electrical or mechanical engineering"],
            "two fields that say their last word once are one",
        ),
        ("Bachelor's or Master's degree", ["Bachelor's or Master's degree"], "one word for both"),
        (
            "Experience with commercial and technical risk management",
            ["commercial and technical risk management"],
            "a plain word that shares the last one of the next name",
        ),
        ("Experience with Zorblax and risk management", ["Zorblax", "risk management"], "a name"),
        ("Fluent in spoken and written English", ["English"], "how it is used is no part of it"),
        ("Fluent in English orally and in writing", ["English"], "nor is it behind the name"),
        ("Experience with C#/.NET", ["C#/.NET"], "one word, though its parts begin with signs"),
        ("Experience with Java 11 and Angular 2+", ["Java 11", "Angular 2+"], "with its version"),
        ("Use of Kubernetes 3 years long", ["Kubernetes"], "years are no version"),
        (
            "Bachelor and/or Master's degree",
            ["Bachelor and/or Master's degree"],
            "one word for both",
        ),
        (
            "PhD in Botany / Zoology",
            ["PhD in Botany / Zoology"],
            "slashes alone part the fields: one answer of several",
        ),
        ("An engineering degree", ["engineering degree"], "a degree with the field before it"),
        ("A diploma or a degree", ["diploma", "degree"], "no field is before it"),
        ("BSc in a technical field", ["BSc"], "what names no field is none"),
        ("BSc in the field of Physics", ["BSc", "Physics"], "a field is named behind the word"),
        (
            "Use of Kubernetes, systems integration",
            ["Kubernetes", "systems integration"],
            "a noun that begins the next name goes on with none",
        ),
    ],
)
def test_where_a_span_begins_and_ends(
    extractor: Extractor, line: str, marked: list[str], why: str
) -> None:
    assert spans(extractor, REQUIRED + line) == marked, why


@pytest.mark.parametrize(
    ("line", "marked", "why"),
    [
        ("You will join our data science team.", [], "the team is named so"),
        ("You work closely with product management.", [], "another department"),
        ("You will use our software architecture.", [], "the company has it"),
        ("You will need to debug errors.", [], "what is done"),
        ("Acme Corp is a global leader in financial services.", [], "the company tells of itself"),
        ("You must know software architecture.", ["software architecture"], "asked for"),
        ("You will configure DNS and DHCP.", ["DNS", "DHCP"], "each listed beside the other"),
        ("You will configure DNS daily.", [], "alone in what is to be done"),
        ("You improve skills in software architecture.", ["software architecture"], "asked right"),
        ("We see what software architecture does.", [], "nothing before it asks"),
        ("We put a focus on software architecture.", ["software architecture"], "turned to"),
        ("As our Kafka Platform Engineer you travel.", [], "a part of what somebody is called"),
        ("Our products run on Kafka.", [], "it speaks of the company alone"),
        ("You will run our products on Kafka.", ["Kafka"], "a name in words to the reader"),
        ("Use Kafka to run our products.", ["Kafka"], "a sentence that bids one to use it"),
        ("Using Kafka they run our products.", [], "it says what others do"),
        ("Reports are sent by Kafka.", [], "it states something of that one name"),
        ("Reports are sent by Kafka and Redis.", ["Kafka", "Redis"], "several names are listed"),
        ("As a Clerk in cloud services you travel.", [], "it says what the job is"),
        ("Your focus will be data governance.", [], "so does this"),
        ("Your background is in data governance.", ["data governance"], "what one brings"),
        ("You join a team of backend and Java developers.", [], "what colleagues are called"),
        ("You must excel in cloud services.", ["cloud services"], "what one excels in"),
    ],
)
def test_what_is_marked_as_knowledge(
    extractor: Extractor, line: str, marked: list[str], why: str
) -> None:
    assert spans(extractor, f"About the job\n{line}") == marked, why


def test_a_soft_skill_is_a_skill_and_no_knowledge(extractor: Extractor) -> None:
    facts = extractor(Posting("x", REQUIRED + "Good communication skills and SQL", ""))
    text = facts.posting.text
    skills = [text[slice(*span)] for span in skill_spans(facts, extractor.vocabulary)]
    assert skills == ["communication skills"]
    assert spans(extractor, text) == ["SQL"]


def spans(extractor: Extractor, text: str) -> list[str]:
    facts = extractor(Posting("x", text, ""))
    return [text[slice(*span)] for span in knowledge_spans(facts, extractor.vocabulary)]
