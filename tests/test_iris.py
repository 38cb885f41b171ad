from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.iris import SLUG_LENGTH, Iris, key, local_name, slug
from nlp.types import Evidence, Place, RelatedPosting, SectionKind, Stated
from tests.strategies import names, places

if TYPE_CHECKING:
    from collections.abc import Callable

IRIS = Iris()


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Pinterest", "pinterest"),
        ("Machine Learning  Engineer", "machine-learning-engineer"),
        ("C", "c"),
        ("3P Measurement", "3p-measurement"),
    ],
)
def test_a_plain_label_is_its_own_slug(label: str, expected: str) -> None:
    assert slug(label) == expected


@pytest.mark.parametrize(
    ("label", "start"),
    [
        ("C++", "c"),
        ("C#", "c"),
        ("Zürich", "zurich"),
        ("日本", ""),
        ("scikit-learn", "scikit-learn"),
    ],
)
def test_a_label_that_loses_something_gets_a_hash(label: str, start: str) -> None:
    assert re.fullmatch(rf"{start}_[0-9a-f]{{8}}", slug(label))


def test_labels_that_are_easily_confused_stay_apart() -> None:
    labels = ["C", "C++", "C#", "c--", "日本", "日本語", "scikit learn", "scikit-learn", "Zürich"]
    labels += ["Zurich", "", "-", "x" * 80, "x" * 81]
    assert len({slug(label) for label in labels}) == len(labels)


@given(st.text(), st.text())
def test_two_names_never_share_a_slug(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (_folded(one) == _folded(other))


@given(names, st.sampled_from([str.upper, str.title, " {} ".format, "{}\t".format]))
def test_case_and_white_space_make_no_other_name(name: str, change: Callable[[str], str]) -> None:
    if _folded(change(name)) == _folded(name):
        assert slug(change(name)) == slug(name)


@given(st.text())
def test_a_slug_is_short_lower_case_ascii(label: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]*(_[0-9a-f]{8})?", slug(label))
    assert 0 < len(slug(label)) <= SLUG_LENGTH + 9


@given(names, places())
def test_no_name_makes_an_invalid_iri(name: str, place: Place) -> None:
    title = Stated(name, (Evidence(0, 1, "x", "r", SectionKind.RELATED),))
    nodes = [
        IRIS.employer(name),
        IRIS.concept("role", name),
        IRIS.alternative("p", name),
        ox.NamedNode(IRIS.evidence("p", 1, 2, name)),
        IRIS.country(name),
        IRIS.place(place),
        IRIS.address(place),
        IRIS.related(RelatedPosting(title, places=(place,))),
    ]
    for node in nodes:
        assert ox.parse(f"{node} {node} {node} .", format=ox.RdfFormat.N_TRIPLES).__next__()
        assert not re.search(r'[\s<>"{}|\\^`\x00-\x20]', node.value)


def test_places_with_the_same_words_in_other_parts_stay_apart() -> None:
    found = [
        Place(region="IL"),
        Place(country="IL"),
        Place(city="IL"),
        Place(region="CA", country="US"),
        Place(region="CA", country="US", remote=True),
        Place(city="A B", country="US"),
        Place(city="A", region="B", country="US"),
    ]
    assert len({IRIS.place(place) for place in found}) == len(found)
    iri = IRIS.place(Place("San Francisco", "CA", "US"))
    assert iri.value == "https://rolegraph.example/id/place/san-francisco,ca,us"


@pytest.mark.parametrize("base", ["https://me.example/id/", "https://me.example/x#", "urn:jobs:/"])
def test_a_base_is_an_absolute_iri_with_an_end(base: str) -> None:
    assert Iris(base).posting("ab").value == f"{base}posting/ab"


@pytest.mark.parametrize(
    ("base", "why"),
    [
        ("https://me.example/id", "does not end with / or #"),
        ("me.example/id/", "is no absolute IRI"),
        ("C:/data/", "no scheme"),
        ("https:///id/", "names no host"),
        ("https://me.example/a b/", "is no absolute IRI"),
        ("https://me.example/<>/", "is no absolute IRI"),
        ("https://me.example/x#a#", "is no absolute IRI"),
        ("", "is no absolute IRI"),
    ],
)
def test_a_base_that_is_none_is_refused_with_one_that_works(base: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)) as caught:
        Iris(base)
    assert "for example https://rolegraph.example/id/" in str(caught.value)


def test_a_run_is_named_by_program_and_vocabulary() -> None:
    assert IRIS.run("0.1.0", "ab", "ef") == IRIS.run("0.1.0", "ab", "ef")
    assert (
        len(
            {
                IRIS.run("0.1.0", "ab", "ef"),
                IRIS.run("0.1.0", "cd", "ef"),
                IRIS.run("0.2.0", "ab", "ef"),
            }
        )
        == 3
    )
    assert IRIS.run("0.1.0", "ab", "ef") != IRIS.run("0.1.0", "ab", "gh")
    assert IRIS.run("0.1", "0ab", "ef") != IRIS.run("0.10", "ab", "ef")


def test_keys_and_local_names() -> None:
    assert key("skill:concept") == "skill:concept"
    assert key("a b/<c>") == "a%20b%2F%3Cc%3E"
    assert local_name("https://rolegraph.example/vocabulary/skill/spark") == "spark"
    assert local_name("https://rolegraph.example/ontology#Required") == "Required"


def _folded(label: str) -> str:
    return " ".join(unicodedata.normalize("NFC", label).lower().split())
