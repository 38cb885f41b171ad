"""JSON-LD: JobPostings wherever they stand in it, whatever liberties a site took."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import markup
from nlp.readers import jsonld
from nlp.readers.job_pay import pay_in_words
from nlp.readers.job_places import places_in_words
from nlp.readers.job_posting import read_job
from nlp.readers.raw import FieldKind, Input, RawPosting, Unread

JOB = {"@type": "JobPosting", "title": "Data Engineer", "description": "<p>Maps.</p>"}


def read(document: object) -> list[RawPosting | Unread]:
    text = document if isinstance(document, str) else json.dumps(document)
    data = text.encode()
    return list(jsonld.read(Input("jobs.json", io.BytesIO(data), data[: 1 << 16])))


def titles(document: object) -> list[str | None]:
    """The titles in a document, None for what was not read."""
    return [
        None
        if isinstance(found, Unread)
        else next(field.value for field in found.fields if field.kind is FieldKind.TITLE)
        for found in read(document)
    ]


def values(kind: FieldKind, **properties: object) -> list[str]:
    return [field.value for field in read_job({**JOB, **properties}).fields if field.kind is kind]


def body(**properties: object) -> str:
    return markup.to_text(read_job({**JOB, **properties}).body)


SHAPES: list[tuple[object, list[str | None], str]] = [
    (JOB, ["Data Engineer"], "a node"),
    ([JOB, {**JOB, "title": "Cook"}], ["Data Engineer", "Cook"], "a list"),
    ({"@graph": [{"@type": "WebSite"}, JOB]}, ["Data Engineer"], "a graph"),
    (
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": JOB}]},
        ["Data Engineer"],
        "a list of items",
    ),
    ({"@type": "WebPage", "mainEntity": JOB}, ["Data Engineer"], "inside a page"),
    ({**JOB, "@type": ["Thing", "JobPosting"]}, ["Data Engineer"], "several types"),
    ({**JOB, "@type": "http://schema.org/JobPosting"}, ["Data Engineer"], "a whole IRI"),
    (
        {"@type": "schema:JobPosting", "schema:title": "Cook", "schema:description": "Soup."},
        ["Cook"],
        "prefixes",
    ),
    ({**JOB, "title": {"@value": "Cook", "@language": "en"}}, ["Cook"], "a language"),
    ([JOB, JOB], ["Data Engineer"], "twice the same is once"),
    ({**JOB, "similar": [JOB]}, ["Data Engineer"], "a posting's parts are no postings"),
    (
        f"{json.dumps(JOB)}\n{json.dumps({**JOB, 'title': 'Cook'})}\n",
        ["Data Engineer", "Cook"],
        "lines",
    ),
    ("/* jobs */ [" + json.dumps(JOB) + ",]", ["Data Engineer"], "a comment, a comma too many"),
    ("<!--\n" + json.dumps(JOB) + "\n-->", ["Data Engineer"], "inside a comment"),
    ("//<![CDATA[\n" + json.dumps(JOB) + "\n//]]>", ["Data Engineer"], "inside CDATA"),
    (json.dumps(JOB) + ";", ["Data Engineer"], "a semicolon"),
    (json.dumps(JOB).replace("Maps", "Ma\n\tps"), ["Data Engineer"], "line breaks in a string"),
    ({**JOB, "baseSalary": float("nan")}, ["Data Engineer"], "NaN"),
    ("[" + json.dumps(JOB) + ', {"@type": "JobPos', ["Data Engineer", None], "cut off"),
    ('{"@graph": [' + json.dumps(JOB) + ', {"a', ["Data Engineer", None], "a graph cut off"),
    ("[" * 100_000 + '"JobPosting"', [None], "too deep"),
    ({"@type": "JobPosting", "title": "Cook"}, [None], "no description"),
    ({"@type": "Person", "name": "Ada"}, [None], "no posting at all"),
]


@pytest.mark.parametrize(("document", "expected", "why"), SHAPES)
def test_finds_postings(document: object, expected: list[str | None], why: str) -> None:
    assert titles(document) == expected, why


RECOGNISED = [
    (json.dumps(JOB), True, "a node"),
    ("\ufeff \n[" + json.dumps(JOB), True, "a list behind a mark"),
    (json.dumps({"@type": ["A", "JobPosting"]}), True, "several types"),
    (json.dumps({"jobs": [{"title": "JobPosting"}]}), False, "a board's export"),
    (json.dumps({"@type": "Person", "jobTitle": "Cook"}), False, "other data of schema.org"),
    ('We look for a "@type": "JobPosting" person', False, "text"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), RECOGNISED)
def test_recognises(text: str, expected: bool, why: str) -> None:
    assert jsonld.recognises(text.encode()) is expected, why


USD = {"@type": "MonetaryAmount", "currency": "USD"}
PAY: list[tuple[object, list[str], str]] = [
    ({**USD, "value": {"minValue": 120000, "maxValue": 150000.0, "unitText": "YEAR"}},
     ["120000 - 150000 USD per year"], "as documented"),
    ({**USD, "value": {"value": "45.5", "unitText": "HOUR"}}, ["45.5 USD per hour"], "one value"),
    ({**USD, "minValue": "120,000", "maxValue": "150,000"}, ["120000 - 150000 USD"], "no value"),
    ({**USD, "value": 90000, "unitText": "ANNUAL"}, ["90000 USD per year"], "a bare value"),
    ({**USD, "value": {"minValue": 50000}}, ["from 50000 USD"], "a lower bound"),
    ({**USD, "value": {"maxValue": 50000}}, ["up to 50000 USD"], "an upper bound"),
    ({**USD, "value": {"minValue": 30, "maxValue": 30, "unitText": "HOUR"}},
     ["30 USD per hour"], "two that are one"),
    ({**USD, "value": "$50,000 - $60,000 a year"}, ["$50,000 - $60,000 a year"], "words"),
    ([{**USD, "value": 1000}, {"currency": "EUR", "value": 900}],
     ["1000 USD", "900 EUR"], "a list"),
    ({**USD, "value": {"value": 2000, "unitText": "BI_WEEKLY"}}, ["2000 USD bi weekly"],
     "a period of its own, as written"),
    ({**USD, "value": {"value": 2000, "unitText": "bi-weekly"}}, ["2000 USD bi-weekly"],
     "two weeks, not one"),
    ({"price": 30, "priceCurrency": "GBP", "unitCode": "HUR"}, ["30 GBP per hour"], "a price"),
    ([{"name": "base", "currency": "USD", "duration": "P1Y", "percentile10": 1e5,
       "median": 120000, "percentile90": 2e5}], ["100000 - 200000 USD per year"], "an estimate"),
    ("$45/hr", ["$45/hr"], "text"),
    ("45000-50000", ["45000-50000 CAD"], "text without a currency, which the posting has"),
    (50000, ["50000 CAD"], "a number"),
    ("Competitive", ["Competitive"], "no amount"),
    (12.5, ["12.50 CAD"], "cents"),
    (1e308, ["1e+308 CAD"], "nobody earns it"),
    (0, [], "a form left empty"),
    ("0", [], "as text"),
    ({**USD, "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, [], "in a node"),
    (float("nan"), [], "NaN"),
    (float("inf"), [], "infinite"),
    (True, [], "a flag"),
    (None, [], "nothing"),
    ({}, [], "an empty node"),
    ("", [], "an empty text"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected", "why"), PAY)
def test_pay_in_words(value: object, expected: list[str], why: str) -> None:
    assert list(pay_in_words(value, "CAD")) == expected, why


AUSTIN = {"@type": "PostalAddress", "addressLocality": "Austin", "addressRegion": "TX"}
PLACES: list[tuple[object, list[str], str]] = [
    ({"@type": "Place", "address": {**AUSTIN, "addressCountry": "US"}},
     ["Austin, TX, United States"], "as documented"),
    ({**AUSTIN, "addressCountry": {"@type": "Country", "name": "USA"}},
     ["Austin, TX, United States"], "an address for a place, a node for a country"),
    ([{"address": AUSTIN}, "Reno, NV"], ["Austin, TX", "Reno, NV"], "a list"),
    ("Austin, TX", ["Austin, TX"], "text"),
    ({"address": "Austin, TX"}, ["Austin, TX"], "an address as text"),
    ({"address": [AUSTIN, AUSTIN]}, ["Austin, TX"], "twice the same"),
    ({"name": "Reno"}, ["Reno"], "a name only"),
    ({"@type": "Place", "address": {"@type": "PostalAddress"}, "name": "Reno"}, ["Reno"], "empty"),
    ({"addressLocality": ["Austin", "Reno"], "addressCountry": "US"},
     ["Austin, United States", "Reno, United States"], "two cities in one address"),
    ({"addressLocality": "Berlin", "addressRegion": "Berlin", "addressCountry": "DE"},
     ["Berlin, Germany"], "a city that is a region; DE is not Delaware"),
    ({"addressLocality": "Austin, TX", "addressRegion": "TX"}, ["Austin, TX"], "said once"),
    ({"address": {"streetAddress": "Lisbon, PT"}}, ["Lisbon, PT"], "all in the street"),
    ({"location": {"containedInPlace": {"address": AUSTIN}}}, ["Austin, TX"], "nested"),
    ({"addressLocality": "N/A", "addressRegion": "-", "addressCountry": None}, [], "unknown"),
    ({"geo": {"latitude": 1}}, [], "a point on the map"),
    ({}, [], "an empty node"),
    ("", [], "an empty text"),
    (None, [], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected", "why"), PLACES)
def test_places_in_words(value: object, expected: list[str], why: str) -> None:
    assert list(places_in_words(value)) == expected, why


K = FieldKind
FIELDS: list[tuple[FieldKind, dict[str, object], list[str], str]] = [
    (K.TITLE, {"title": "R&amp;D Cook"}, ["R&D Cook"], "escaped"),
    (K.TITLE, {"title": None, "name": "Cook"}, ["Cook"], "by another name"),
    (K.EMPLOYER, {"hiringOrganization": "Acme"}, ["Acme"], "text"),
    (K.EMPLOYER, {"hiringOrganization": [{"name": "Acme"}]}, ["Acme"], "a list"),
    (K.EMPLOYER, {"hiringOrganization": {"@type": "Organization"}}, [], "nobody"),
    (K.WORK_MODE, {"jobLocationType": "TELECOMMUTE"}, ["Remote"], "as documented"),
    (K.WORK_MODE, {"jobLocationType": "On-Site"}, ["On-site"], "another value"),
    (K.APPLICANT_PLACE, {"applicantLocationRequirements": {"@type": "Country", "name": "US"}},
     ["United States"], "a code"),
    (K.APPLICANT_PLACE, {"applicantLocationRequirements": [{"name": "Canada"}, "Mexico"]},
     ["Canada", "Mexico"], "a list"),
    (K.EMPLOYMENT_TYPE, {"employmentType": ["FULL_TIME", "CONTRACTOR"]},
     ["Full-time", "Contract"], "a list"),
    (K.EMPLOYMENT_TYPE, {"employmentType": "FULL_TIME, Seasonal"},
     ["Full-time", "Seasonal"], "a list as text"),
    (K.EMPLOYMENT_TYPE, {"employmentType": "OTHER"}, [], "says nothing"),
    (K.DATE_POSTED, {"datePosted": "2026-03-01T08:00:00Z"}, ["2026-03-01"], "with a time"),
    (K.DATE_POSTED, {"datePosted": "Wed Aug 05 02:00:00 UTC 2026"}, ["05 Aug 2026"], "as Java"),
    (K.DATE_POSTED, {"datePosted": "2026-02-31"}, ["2026-02-31"], "as written, though none"),
    (K.VALID_THROUGH, {"validThrough": "soon"}, ["soon"], "as written"),
    (K.REFERENCE, {"identifier": {"@type": "PropertyValue", "name": "Acme", "value": 77}},
     ["77"], "not the name of whom it belongs to"),
    (K.REFERENCE, {"identifier": "R-77"}, ["R-77"], "text"),
    (K.REFERENCE, {"identifier": {"name": "Acme"}}, [], "no value"),
    (K.INDUSTRY, {"industry": ["Maps", {"name": "Tents"}]}, ["Maps", "Tents"], "a list"),
    (K.URL, {"url": "https://acme.example/1"}, ["https://acme.example/1"], "an address"),
    (K.PAY_ESTIMATE, {"estimatedSalary": "$1"}, ["$1"], "kept apart"),
    (K.PAY, {"estimatedSalary": "$1"}, [], "no pay of the posting's"),
    (K.PAY, {"baseSalary": "5000", "salaryCurrency": "EUR"}, ["5000 EUR"], "currency beside"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "properties", "expected", "why"), FIELDS)
def test_fields(
    kind: FieldKind, properties: dict[str, object], expected: list[str], why: str
) -> None:
    assert values(kind, **properties) == expected, why


BODIES: list[tuple[dict[str, object], str, str]] = [
    ({"description": "&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; more&lt;/p&gt;"},
     "One\n\nTwo & more", "escaped"),
    ({"description": "&amp;lt;ul&amp;gt;&amp;lt;li&amp;gt;One"}, "• One", "twice"),
    ({"description": "if a &lt; b"}, "if a < b", "a sign is no tag"),
    ({"description": "Close &lt;div&gt; and &lt;/div&gt;"}, "Close <div> and </div>", "talk"),
    ({"skills": "Python, SQL"}, "Maps.\n\nSkills:\n• Python\n• SQL", "names"),
    ({"description": "We use Python.", "skills": ["Python", "Go"]},
     "We use Python.\n\nSkills:\nGo", "what the text lacks"),
    ({"description": "We go far.", "skills": "Going, Gone"},
     "We go far.\n\nSkills:\n• Going\n• Gone", "words, not parts of words"),
    ({"skills": "Able to read a map in the rain, at night, alone"},
     "Maps.\n\nSkills:\nAble to read a map in the rain, at night, alone", "prose stays whole"),
    ({"responsibilities": "<ul><li>Draw</li><li>Print</li></ul>"},
     "Maps.\n\nResponsibilities:\n• Draw\n• Print", "HTML"),
    ({"description": "Draw maps.", "responsibilities": "Draw maps!"}, "Draw maps.", "said already"),
    ({"experienceRequirements": {"monthsOfExperience": 36}},
     "Maps.\n\nExperience requirements:\n3 years of experience", "months that are years"),
    ({"experienceRequirements": {"monthsOfExperience": "18"}},
     "Maps.\n\nExperience requirements:\n18 months of experience", "months"),
    ({"experienceRequirements": {"monthsOfExperience": 0}}, "Maps.", "none"),
    ({"educationRequirements": {"credentialCategory": "bachelor degree"},
      "experienceInPlaceOfEducation": True},
     "Maps.\n\nEducation requirements:\nBachelor's degree or equivalent experience", "a category"),
    ({"educationRequirements": "no requirements"}, "Maps.", "no degree"),
    ({"jobBenefits": ["Tents", "Boots"]}, "Maps.\n\nBenefits:\n• Tents\n• Boots", "a list"),
]  # fmt: skip


@pytest.mark.parametrize(("properties", "expected", "why"), BODIES)
def test_bodies(properties: dict[str, object], expected: str, why: str) -> None:
    assert body(**properties) == expected, why


def test_a_node_that_is_only_named_is_looked_up() -> None:
    organisation = {"@type": "Organization", "@id": "#acme", "name": "Acme"}
    (found,) = read({"@graph": [{**JOB, "hiringOrganization": {"@id": "#acme"}}, organisation]})
    assert isinstance(found, RawPosting)
    assert (FieldKind.EMPLOYER, "Acme") in found.fields


def test_parts_tell_postings_apart() -> None:
    jobs = [{**JOB, "identifier": "a"}, {**JOB, "title": "Cook"}, {**JOB, "identifier": "b"}]
    assert [found.part for found in read(jobs) if isinstance(found, RawPosting)] == [
        "a",
        "[1]",
        "b",
    ]
    same = [{**JOB, "identifier": "a"}, {**JOB, "title": "Cook", "identifier": "a"}]
    assert [found.part for found in read(same) if isinstance(found, RawPosting)] == ["[0]", "[1]"]
    assert [found.part for found in read(JOB) if isinstance(found, RawPosting)] == [""]


def test_what_is_not_read_says_why_and_where() -> None:
    found = read(f"{json.dumps(JOB)}\n{{broken\n")[1]
    assert isinstance(found, Unread)
    assert found.reason.startswith("JSON that cannot be read: Expecting property name")
    assert (found.position, found.record) == ("line 2", "{broken\n")


@pytest.mark.parametrize("junk", ['"\\"', "/*", "//", ",", ", ", '"', "<!--", "]]>", "{", "}"])
def test_mending_takes_no_longer_than_reading(junk: str) -> None:
    started = time.perf_counter()
    read('{"@type": "JobPosting", ' + junk * 100_000)
    assert time.perf_counter() - started < 10


JSON: Any = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "@type @id @value name value minValue address addressLocality unitText".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
PROPERTIES = st.sampled_from(
    "title description baseSalary estimatedSalary jobLocation hiringOrganization skills identifier"
    " employmentType datePosted educationRequirements experienceRequirements industry".split()
)


@given(st.dictionaries(PROPERTIES, JSON))
def test_any_value_of_any_property_is_read(properties: dict[str, object]) -> None:
    found = read_job({"@type": "JobPosting", **properties})
    assert all(field.value == " ".join(field.value.split()) for field in found.fields)
    assert all(field.value for field in found.fields)
