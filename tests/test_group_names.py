"""Groups by their names: which are meant, and what is said of those that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.analysis.groups import AmbiguousNameError, NoPostingsError, find_group
from kg.analysis.separation import (
    compare,
)
from kg.corpus import Corpus
from kg.graph_model import Kind
from kg.names import Names, UnknownNameError
from ontology import terms
from tests.comparisons import (
    ONE,
    TWO,
    levels_corpus,
)
from tests.factories import concept, make_facts, small_vocabulary
from tests.role_graphs import Memory, corpus_of

if TYPE_CHECKING:
    pass


@pytest.fixture
def corpus() -> Corpus:
    return levels_corpus()


@pytest.mark.parametrize(
    ("name", "label", "kind"),
    [
        (ONE, ONE, Kind.POSITION),
        ("machine  learning engineer ii", TWO, Kind.POSITION),
        ("II Machine Learning Engineer", TWO, Kind.POSITION),
        ("Machine Learning Engineer", "Machine Learning Engineer", Kind.ROLE),
        ("pinterest", "Pinterest", Kind.EMPLOYER),
        (concept("role", "Machine Learning Engineer"), "Machine Learning Engineer", Kind.ROLE),
    ],
)
def test_a_group_is_found_by_name(corpus: Corpus, name: str, label: str, kind: Kind) -> None:
    group = find_group(corpus, name)
    assert (group.label, group.kind) == (label, kind)
    assert len(group.postings) == (1 if kind == Kind.POSITION else 2)


def test_other_labels_of_role_and_level_count() -> None:
    turtle = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <{concept("role", "Data Engineer")}> a skos:Concept ; skos:prefLabel "Data Engineer"@en ;
        skos:altLabel "DE"@en .
    <{concept("level", "II")}> a skos:Concept ; skos:prefLabel "II"@en ; skos:altLabel "2"@en ."""
    corpus = corpus_of([make_facts()], vocabulary=turtle)
    assert find_group(corpus, "de 2").label == "Data Engineer II"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Machine Learning Enginer II", f'did you mean "{TWO}"'),
        ("Pintrest", 'did you mean "Pinterest"'),
        ("Astronaut", f'there are "{ONE}", "{TWO}", "Machine Learning Engineer" and 1 more'),
    ],
)
def test_an_unknown_group_is_named_with_the_nearest(
    corpus: Corpus, name: str, message: str
) -> None:
    with pytest.raises(UnknownNameError, match=f'no group "{name}".*{message}'):
        compare(corpus, name, TWO)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Data Engineer", f'there are "{ONE}", "{TWO}", "Machine Learning Engineer" and 1 more'),
        (
            "Senior Machine Learning Engineer",
            f'did you mean "Machine Learning Engineer", "{ONE}" or "{TWO}"?',
        ),
        (concept("role", "Data Engineer"), "there are "),
    ],
)
def test_a_role_that_no_posting_is_of_is_known_all_the_same(
    corpus: Corpus, name: str, message: str
) -> None:
    with pytest.raises(NoPostingsError) as error:
        compare(corpus, name, TWO)
    assert str(error.value).startswith(f'no postings of "{name}"; {message}')


@pytest.mark.parametrize(
    "name", ["Data Engineer", "ii data  engineer", "Data Engineer II", "Data Enginer", "II", ""]
)
def test_groups_and_questions_read_names_alike(name: str) -> None:
    store = Memory([make_facts()])
    corpus = Corpus(store)
    try:
        roles, levels = Names.of(store).find_role(name)
    except UnknownNameError:
        with pytest.raises(UnknownNameError):
            find_group(corpus, name)
        return
    group = find_group(corpus, name)
    assert group.kind == (Kind.POSITION if levels else Kind.ROLE)
    assert group.node.split() == [one.value for one in (*roles, *levels)]


def test_a_role_that_is_called_like_a_level_of_another_is_meant() -> None:
    skos = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    role = f"<{terms.VOCABULARY}role/engineering-manager>"
    turtle = f"""{skos} {role} a skos:Concept ; skos:prefLabel "Data Engineer II"@en ;
        skos:inScheme <{terms.VOCABULARY}roles> ."""
    corpus = corpus_of([make_facts()], vocabulary=small_vocabulary() + turtle)
    with pytest.raises(NoPostingsError):
        find_group(corpus, "Data Engineer II")


def test_an_empty_graph_says_how_to_fill_it() -> None:
    with pytest.raises(UnknownNameError, match="kg build"):
        find_group(corpus_of([]), ONE)


def test_a_name_of_two_groups_asks_for_an_iri() -> None:
    corpus = corpus_of([make_facts(role="Data Engineer", employer="data engineer")])
    with pytest.raises(AmbiguousNameError, match="more than one group"):
        find_group(corpus, "Data Engineer")
    assert find_group(corpus, concept("role", "Data Engineer")).kind == Kind.ROLE
