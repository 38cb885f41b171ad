"""Hints: a source's own fields are read by the rules for texts, count first, and are compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.checks import text_of
from kg.iris import Iris
from kg.quads import posting_quads
from kg.validate import validate
from nlp import to_record
from nlp.rules.hint_agreement import is_same
from nlp.rules.hints import without_card
from nlp.types import Facts, FieldKind, Pay, Place
from ontology.terms import DATA, SCHEMA
from tests.raw_postings import BODY, composed, extractor

K = FieldKind
Fields = dict[FieldKind, str]


def facts(fields: Fields, more: str = "", body: str = BODY) -> Facts:
    found = extractor()(composed(fields, f"{body}\n{more}"))
    text = found.posting.text
    assert all(text[m.start : m.end] == m.text for m in found.mentions)
    return found


def rules(found: Facts) -> set[str]:
    return {mention.rule for mention in found.mentions if mention.rule.startswith("hint:")}


def labels(found: Facts) -> set[str]:
    return {requirement.label for requirement in found.requirements}


# What a field states


@pytest.mark.parametrize(
    ("kind", "words", "name", "value"),
    [
        (K.TITLE, "Senior Data Engineer", "title", "Senior Data Engineer"),
        (K.TITLE, "Chief of Nothing in Particular", "title", "Chief of Nothing in Particular"),
        (K.EMPLOYER, "Lumen & Sons, Inc.", "employer", "Lumen & Sons"),
        (K.EMPLOYMENT_TYPE, "Full-time", "employment_type", "FULL_TIME"),
        (K.EMPLOYMENT_TYPE, "Contract / Full-time", "employment_type", "CONTRACTOR"),
        (K.DATE_POSTED, "2026-03-01", "date_posted", date(2026, 3, 1)),
        (K.DATE_POSTED, "2026-03-01T10:00:00Z", "date_posted", date(2026, 3, 1)),
        (K.VALID_THROUGH, "March 5, 2026", "valid_through", date(2026, 3, 5)),
        (K.REFERENCE, "R-1234 b", "reference", "R-1234 b"),
        (
            K.PAY,
            "120000 - 150000 USD per year",
            "pay",
            Pay(Decimal(120000), Decimal(150000), "USD", "YEAR"),
        ),
        (K.PAY, "$45.50/hr", "pay", Pay(Decimal("45.50"), Decimal("45.50"), "USD", "HOUR")),
        (
            K.PAY_ESTIMATE,
            "$80K-$120K (Glassdoor est.)",
            "pay_estimate",
            Pay(Decimal(80000), Decimal(120000), "USD", "YEAR"),
        ),
    ],
)
def test_a_field_states_one_fact(kind: FieldKind, words: str, name: str, value: object) -> None:
    stated = getattr(facts({kind: words}), name)
    assert stated.value == value
    assert [proof.rule for proof in stated.evidence] == [f"hint:{kind}"]


@pytest.mark.parametrize(
    ("kind", "words", "name", "values"),
    [
        (K.PLACE, "Austin, TX, United States", "places", [Place("Austin", "TX", "US")]),
        (
            K.PLACE,
            "Austin, TX; Denver, CO",
            "places",
            [Place("Austin", "TX", "US"), Place("Denver", "CO", "US")],
        ),
        (K.PLACE, "Remote", "work_modes", ["remote"]),
        (K.WORK_MODE, "Hybrid", "work_modes", ["hybrid"]),
        (K.WORK_MODE, "On-site", "work_modes", ["onsite"]),
        (K.INDUSTRY, "Banking, Software", "industries", ["Banking", "Software"]),
        (K.APPLICANT_PLACE, "United States", "applicant_countries", ["US"]),
        (K.APPLICANT_PLACE, "Texas, United States", "applicant_countries", ["US"]),
    ],
)
def test_a_field_states_several_facts(
    kind: FieldKind, words: str, name: str, values: list[object]
) -> None:
    found = getattr(facts({kind: words}), name)
    assert [stated.value for stated in found] == values
    assert {proof.rule for stated in found for proof in stated.evidence} == {f"hint:{kind}"}


def test_the_title_names_role_and_level() -> None:
    found = facts({K.TITLE: "Senior Data Engineer (Payments)"})
    assert found.role is not None
    assert found.level is not None
    assert (found.role.value.label, found.level.value.label) == ("Data Engineer", "Senior")
    assert found.role.evidence[0].rule == found.level.evidence[0].rule == "hint:title"


def test_the_titles_level_counts_before_the_fields() -> None:
    """A board's "Mid-Senior level" is a class of its own; the employer wrote the title."""
    found = facts({K.TITLE: "Data Engineer II", K.LEVEL: "Entry level"})
    assert found.level is not None
    assert found.level.value.label == "II"
    other = facts({K.TITLE: "Data Engineer", K.LEVEL: "Entry level"})
    assert other.level is not None
    assert (other.level.value.label, other.level.evidence[0].rule) == ("Entry Level", "hint:level")


def test_what_is_no_fact_is_still_a_mention() -> None:
    found = facts({K.URL: "https://acme.example/jobs/1", K.DEPARTMENT: "Data", K.LEVEL: "Wizard"})
    said = {(m.kind, m.text, m.value) for m in found.mentions if m.rule.startswith("hint:")}
    assert said == {
        ("url", "https://acme.example/jobs/1", None),
        ("department", "Data", None),
        ("level", "Wizard", None),
    }


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (K.VALID_THROUGH, "2026-02-31"),  # no calendar has it
        (K.DATE_POSTED, "yesterday"),
        (K.PAY, "1e308 USD per year"),
        (K.PAY, "99999999999999999999999 USD per year"),
        (K.PAY, "competitive"),
        (K.PAY_ESTIMATE, "-1"),
        (K.PLACE, "Nowhereville"),
    ],
)
def test_a_field_that_nobody_can_read_states_nothing_and_says_so(
    kind: FieldKind, words: str
) -> None:
    found = facts({kind: words})
    names = ("date_posted", "valid_through", "pay", "pay_estimate", "places")
    assert not any(getattr(found, name) for name in names)
    assert found.flags == (f"hint-unread:{kind}", "no-title")
    assert rules(found) == {f"hint:{kind}"}


def test_a_cards_words_ask_for_nothing_and_are_no_headings() -> None:
    fields = {
        K.TITLE: "Java Developer",
        K.DEPARTMENT: "Kubernetes Requirements",
        K.INDUSTRY: "Scala",
        K.URL: "https://rust.example/golang",
    }
    assert labels(facts(fields)) == labels(facts({})) >= {"Python", "SQL"}


def test_the_card_leaves_the_sections_as_they_were() -> None:
    with_card, without = facts({K.TITLE: "Data Engineer", K.PLACE: "Austin, TX"}), facts({})
    shift = with_card.posting.card
    moved = [(s.kind, s.start - shift, s.end - shift) for s in with_card.sections[1:]]
    assert moved == [(s.kind, s.start, s.end) for s in without.sections]


# Hint and text

TEXT_PAY = "The salary is $90,000 - $110,000 per year."
TEXT_PLACE = "This role is based in Denver, CO."
TEXT_DATE = "Posted: March 2, 2026"


@pytest.mark.parametrize(
    ("fields", "more", "flag"),
    [
        ({K.PAY: "120000 - 150000 USD per year"}, TEXT_PAY, "hint-differs:pay"),
        ({K.PLACE: "Austin, TX"}, TEXT_PLACE, "hint-differs:place"),
        ({K.DATE_POSTED: "2026-03-01"}, TEXT_DATE, "hint-differs:date_posted"),
        ({K.VALID_THROUGH: "2026-04-01"}, "Apply by May 1, 2026.", "hint-differs:valid_through"),
        ({K.WORK_MODE: "On-site"}, "This is a fully remote position.", "hint-differs:work_mode"),
        (
            {K.EMPLOYMENT_TYPE: "Part-time"},
            "Job type: Full-time",
            "hint-differs:employment_type",
        ),
    ],
)
def test_a_disagreement_is_a_flag_and_the_hint_counts(fields: Fields, more: str, flag: str) -> None:
    found, alone = facts(fields, more), facts(fields)
    assert flag in found.flags
    for name in ("pay", "places", "date_posted", "valid_through", "work_modes", "employment_type"):
        assert getattr(found, name) == getattr(alone, name), name


@pytest.mark.parametrize(
    ("fields", "more"),
    [
        ({K.PAY: "90000 - 110000 USD per year"}, TEXT_PAY),
        ({K.PAY: "$90K-$110K"}, TEXT_PAY),  # the same, rounded
        ({K.PAY: "90000 - 110000 USD per year"}, "Pay starts from $90,000 per year."),
        ({K.PAY: "90000 - 110000 USD per year"}, "A signing bonus of $5,000."),
        ({K.PAY_ESTIMATE: "50000 - 60000 USD per year"}, TEXT_PAY),
        ({K.PLACE: "Denver, Colorado"}, TEXT_PLACE),
        ({K.PLACE: "Colorado, United States"}, TEXT_PLACE),
        ({K.PLACE: "Denver, CO"}, "This role is based in Denver, CO or Austin, TX."),
        ({K.DATE_POSTED: "2026-03-02"}, TEXT_DATE),
        ({K.WORK_MODE: "Remote"}, "This is a fully remote position."),
        ({K.EMPLOYMENT_TYPE: "Full-time"}, "Job type: Full-time"),
        ({K.EMPLOYER: "Acme"}, "About Lumen\n\nAt Lumen we build."),  # a name in a text is a guess
        ({K.REFERENCE: "77"}, "Job ID: R-12"),  # the board's own number beside the employer's
    ],
)
def test_where_both_can_be_right_no_flag_is_raised(fields: Fields, more: str) -> None:
    found = facts(fields, more)
    assert not [flag for flag in found.flags if flag.startswith("hint-")]


def test_words_of_the_text_that_agree_are_evidence_too() -> None:
    found = facts({K.PAY: "$90K-$110K", K.PLACE: "Denver, CO"}, f"{TEXT_PAY}\n{TEXT_PLACE}")
    assert found.pay is not None
    assert found.pay.value.low == Decimal(90_000)
    assert {proof.rule for proof in found.pay.evidence} == {"hint:pay", "pay:range"}
    assert {p.rule for p in found.places[0].evidence} == {"hint:place", "place:named"}


def test_a_city_is_called_as_the_hint_spells_it() -> None:
    found = facts({K.PLACE: "Saint Louis, MO"}, "This role is based in St. Louis, MO.")
    (place,) = found.places
    assert place.value == Place("Saint Louis", "MO", "US")
    assert [proof.text for proof in place.evidence] == ["Saint Louis, MO", "St. Louis, MO"]


def test_states_in_which_one_must_live_are_the_places_of_remote_work() -> None:
    found = facts({K.PLACE: "Remote (must live in CA, NY or TX)"}, BODY)
    assert [place.value for place in found.places] == [
        Place(region=state, country="US", remote=True) for state in ("CA", "NY", "TX")
    ]
    assert [country.value for country in found.applicant_countries] == ["US"]
    assert facts({K.PLACE: "Remote (must live near an airport)"}, BODY).places == ()


def test_where_hint_and_text_agree_the_text_may_name_more_places() -> None:
    found = facts({K.PLACE: "Denver, CO"}, "This role is based in Denver, CO or Austin, TX.")
    assert [place.value.city for place in found.places] == ["Denver", "Austin"]


@pytest.mark.parametrize(
    ("hint", "line", "differs"),
    [
        ("Data Engineer", "Registered Nurse", True),
        ("Senior Data Engineer", "Junior Data Engineer", True),
        ("Senior Data Engineer", "Data Engineer", False),  # the text says less
        ("Data Engineer", "Data Engineer", False),
        ("Data Engineer - Platform", "Data Engineer", False),
        ("Data Engineer", "Our platform team", False),  # no title at all
    ],
)
def test_another_title_in_the_text_is_a_flag(hint: str, line: str, differs: bool) -> None:
    found = facts({K.TITLE: hint}, body=f"{line}\n\n{BODY}")
    assert ("hint-differs:title" in found.flags) == differs
    assert found.title is not None
    assert found.title.value == hint


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Place("Austin", "TX", "US"), Place("Austin", "TX", "US"), True),
        (Place("Austin", "TX", "US"), Place("austin", None, "US"), True),
        (Place(None, "TX", "US"), Place("Austin", "TX", "US"), True),
        (Place("Saint Louis", "MO", "US"), Place("St. Louis", "MO", "US"), True),
        (Place("New York", "NY", "US"), Place("New York City", "NY", "US"), True),
        (Place("Austin", "TX", "US"), Place("Dallas", "TX", "US"), False),
        (Place("Saint Paul", "MN"), Place("Saint Louis", "MO"), False),
        (Place("Portland", "OR"), Place("Portland", "ME"), False),
        (Place("Austin"), Place(None, None, "US"), False),  # they speak of different things
        (Place(remote=True), Place("Austin"), False),
    ],
)
def test_places_are_the_same_where_nothing_speaks_against_it(
    one: Place, other: Place, same: bool
) -> None:
    assert is_same(one, other) is is_same(other, one) is same


# What becomes of it


def test_an_estimate_is_never_the_postings_pay() -> None:
    found = facts({K.TITLE: "Data Engineer", K.PAY_ESTIMATE: "80000 - 120000 USD per year"})
    record = to_record(found)
    assert record["salary"] is None
    assert record["salaries"] == []
    assert record["salary_estimate"] == {
        "min": "80000", "max": "120000", "currency": "USD", "period": "YEAR",
    }  # fmt: skip


def test_the_graph_states_hints_and_estimate_and_is_valid() -> None:
    found = facts(
        {
            K.TITLE: "Data Engineer",
            K.PLACE: "Austin, TX",
            K.PAY: "90000 - 110000 USD per year",
            K.PAY_ESTIMATE: "80000 - 120000 USD per year",
            K.DATE_POSTED: "2026-03-01",
        },
        "Pay: $70,000 - $80,000 per year.",
    )
    quads = posting_quads(found, Iris(), Iris().run("0.1.0", "ab", "cd"))
    me = f"{DATA}posting/{found.posting.id}"
    said = {(text_of(q.subject), text_of(q.predicate), text_of(q.object)) for q in quads}
    assert (me, SCHEMA + "baseSalary", f"{me}/pay") in said
    assert (me, SCHEMA + "estimatedSalary", f"{me}/pay-estimate") in said
    assert {o for _, p, o in said if p == SCHEMA + "name"} >= {"feed.jsonl#42"}
    assert "hint-differs:pay" in {o for _, _, o in said}
    assert validate(quads) == []


def test_the_parts_of_a_file_are_documents_of_their_own() -> None:
    documents = {Iris().document("ab" * 32, part).value for part in ("", "1", "2")}
    assert len(documents) == 3


WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["Austin, TX", "Remote", "$90K-$110K", "2026-03-01", "Full-time", "1e308"]),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(list(K)), WORDS, max_size=8))
def test_whatever_fields_say_every_mention_is_a_span_of_the_text(fields: Fields) -> None:
    found = facts(fields)
    posting = found.posting
    assert len(without_card(posting)) == len(posting.text)
    assert {f"hint:{hint.kind}" for hint in posting.hints} == rules(found)
