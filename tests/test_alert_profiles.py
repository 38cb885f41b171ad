"""A candidate's profile: what it may say, and what is said of one that cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import ontology
from kg.alerts.places import AmbiguousPlaceError, UnknownPlaceError, find_place
from kg.alerts.profile import ProfileError, Seeker, read_profile
from kg.analysis.fitting import lies_in
from nlp.types import Place

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "ada.yaml"


def read(profile: Path, text: str) -> Seeker:
    profile.write_text(text, encoding="utf-8")
    return read_profile(profile, ontology.load())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("skils: [Spark]", 'no key "skils"; did you mean "skills"?'),
        ("skills: [Sparc]", 'no skill "Sparc"; did you mean'),
        ("skills: [Spark]\nwishes: {role: [x]}", 'wishes: no key "role"; did you mean "roles"?'),
        ("skills: [Spark]\nwishes: {roles: [Data Enginer]}", 'did you mean "Data Engineer"'),
        ("skills: [Spark]\nwishes: {levels: [Seniro]}", 'no level "Seniro"; did you mean "Senior"'),
        ("skills: [Spark]\nwishes: {places: [Austen]}", 'no place "Austen"; did you mean'),
        ("skills: [Spark]\nwishes: {places: ['Austin, QQ']}", 'no place "Austin, QQ"'),
        ("skills: [Spark]\nwishes: {work_modes: [remot]}", 'did you mean "remote"?'),
        ("skills: [Spark]\nwishes: {pay: {lest: 3}}", 'wishes: pay: no key "lest"; did you mean'),
        ("skills: [Spark]\nwishes: {pay: plenty}", "wishes: pay: least: a number"),
        ("skills: [Spark]\nwishes: {pay: {least: 3, period: fortnight}}", 'no period "fortnight"'),
        ("skills: [Spark]\nyears: .nan", 'years: a number from 0 to 80 was expected, not "nan"'),
        ("skills: [Spark]\nyears: .inf", "years: a number from 0 to 80"),
        ("skills: [Spark]\nyears: sNaN", "years: a number from 0 to 80"),
        ("skills: [Spark]\nwishes: {met: .nan}", "wishes: met: a number from 0 to 1"),
        ("skills: [Spark]\nwishes: {pay: .nan}", "wishes: pay: least: a number from 0"),
        ("skills: [Spark]\nwishes: {met: 70}", "wishes: met: a number from 0 to 1 was expected"),
        ("skills: [Spark]\nwishes: {unstated: maybe}", "true or false, not"),
        ("skills: [Spark]\nyears: -1", "years: a number from 0 to 80"),
        ("skills: [{a: b}]", "skills: a name was expected"),
        ("degrees: [Bachelorette]", 'no degree "Bachelorette"'),
        ("name: Ada", "it says nothing of what the candidate can do"),
        ("- Spark", "keys and values were expected"),
        ("skills: [Spark", "no YAML"),
        ("!!python/object/apply:os.system ['true']", "no YAML"),
        ("resume: none.pdf", "resume: "),
    ],
)
def test_a_profile_that_cannot_be_meant_is_refused(text: str, said: str, profile: Path) -> None:
    with pytest.raises(ProfileError) as raised:
        read(profile, text)
    assert said in str(raised.value)
    assert str(raised.value).startswith(str(profile))


def test_a_profile_without_a_name_is_called_as_its_file(profile: Path) -> None:
    found = read(profile, "other_skills: [quilting]\nyears: 2.5\n")
    assert (found.name, found.profile.years) == ("ada", 2.5)
    assert [(one.concept, one.label) for one in found.profile.skills] == [(None, "quilting")]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Austin, TX", Place("Austin", "TX", "US")),
        ("austin, tx", Place("austin", "TX", "US")),
        ("AUSTIN,  texas", Place("AUSTIN", "TX", "US")),
        ("Texas", Place(None, "TX", "US")),
        ("TX", Place(None, "TX", "US")),
        ("tx", Place(None, "TX", "US")),
        ("Texas, US", Place(None, "TX", "US")),
        ("Canada", Place(None, None, "CA")),
        ("Ontario, Canada", Place(None, "Ontario", "CA")),
        ("Toronto, ON", Place("Toronto", "ON", "CA")),
        ("toronto, on, canada", Place("toronto", "ON", "CA")),
        ("Berlin, Germany", Place("Berlin", None, "DE")),
        ("Berlin, DE", Place("Berlin", None, "DE")),  # no Berlin in Delaware
        ("Ontario, CA", Place("Ontario", "CA", "US")),  # the city in California
        ("US", Place(None, None, "US")),
        ("Austin", Place("Austin")),
        ("london", Place("london")),
        ("nyc", Place("New York", "NY", "US")),
        ("England", Place(None, None, "GB")),
        # What one name alone would not tell.
        ("Georgia, US", Place(None, "GA", "US")),
        ("New York, US", Place(None, "NY", "US")),  # as New York alone
        ("New York, NY", Place("New York", "NY", "US")),
        ("London, England", Place("London", None, "GB")),
        ("GA", Place(None, "GA", "US")),
        ("GE", Place(None, None, "GE")),
        ("Rome, Georgia", Place("Rome", "GA", "US")),
        ("Tbilisi, Georgia", Place("Tbilisi", None, "GE")),
        ("LA, US", Place(None, "LA", "US")),
        ("D.C.", Place(None, "DC", "US")),
    ],
)
def test_places_are_named_as_people_do(name: str, place: Place) -> None:
    assert find_place(name) == place


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Georgia", 'write "Georgia, US" for the region or "GE" for the country'),
        ("georgia", 'write "georgia, US" for the region or "GE" for the country'),
        ("LA", 'write "LA, US" for the region or "Los Angeles, CA" for the city'),
    ],
)
def test_a_name_of_two_places_is_asked_about(name: str, said: str) -> None:
    with pytest.raises(AmbiguousPlaceError) as raised:
        find_place(name)
    assert str(raised.value) == f'wishes: "{name}" may be two places: {said}'


def test_what_is_asked_about_is_said_with_the_place_in_the_profile(profile: Path) -> None:
    with pytest.raises(ProfileError, match=r'ada\.yaml: wishes: "Georgia" may be two places'):
        read(profile, "skills: [Spark]\nwishes: {places: [Georgia]}")


@pytest.mark.parametrize(
    "name",
    [
        "Austin, QQ",
        "Texas, Canada",
        "Austin, TX, Canada",
        "Austin, TX, ON",
        "Nowhereville",
        ",",
        "",
    ],
)
def test_what_is_no_place_is_refused(name: str) -> None:
    with pytest.raises(UnknownPlaceError, match="no place"):
        find_place(name)


@pytest.mark.parametrize(
    ("place", "wished", "lies"),
    [
        (Place("London", None, "GB"), Place("london"), True),
        (Place("LONDON", None, "gb"), Place("London", None, "GB"), True),
        (Place("Zürich", None, "CH"), Place("zurich"), True),
        (Place("Vancouver", "BC", "CA"), Place(None, "British Columbia", "CA"), True),
        (Place("Vancouver", "British Columbia", "CA"), Place(None, "BC", "CA"), True),
        (Place("New  York", "NY", "US"), Place("New York", "NY", "US"), True),
        (Place("Austin", "TX", "US"), Place(), True),
        (Place("Londonderry", None, "GB"), Place("London"), False),
        (Place(None, None, "GB"), Place("London"), False),
        (Place("London", "ON", "CA"), Place("London", None, "GB"), False),
        (Place(), Place(None, None, "GB"), False),
    ],
)
def test_a_place_lies_where_it_is_wished_however_it_is_written(
    place: Place, wished: Place, lies: bool
) -> None:
    assert lies_in(place, wished) == lies
