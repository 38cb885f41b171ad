"""The ontology against the program: what is used is defined, what is defined is used; its page."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

import pytest

from kg import KnowledgeGraph
from kg.views.ontology_figure import PLACES, arrows
from kg.views.ontology_page import ontology_page, write_ontology_page
from ontology import terms
from ontology.description import FILE, SHORT, read_ontology, short_name
from tests.command_line import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import Kg

ONTOLOGY: Final = read_ontology()
OWN: Final = {term.name: term for term in ONTOLOGY.own}
BORROWED: Final = {term.name: term for term in ONTOLOGY.borrowed}
CONSTANTS: Final = {
    name: "rg:" + value.removeprefix(terms.RG)
    for name, value in vars(terms).items()
    if name.isupper() and isinstance(value, str) and value.startswith(terms.RG) and name != "RG"
}
TERM: Final = re.compile(r"\brg:([A-Za-z][A-Za-z0-9]*)")
LANGUAGES: Final = ("owl:", "rdf:", "rdfs:", "xsd:")
"""What the ontology is written in needs no explanation."""


def in_text(path: Path) -> set[str]:
    """Return our terms in Turtle and SPARQL, outside of remarks."""
    lines = (re.sub(r"(?:^|\s)#.*", "", line) for line in path.read_text("utf-8").splitlines())
    return {f"rg:{name}" for line in lines for name in TERM.findall(line)}


def in_code(path: Path) -> set[str]:
    """Return our terms in a module: the constants that it names, and queries in its strings."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        name = getattr(node, "attr", getattr(node, "id", getattr(node, "name", None)))
        if name in CONSTANTS:
            found.add(CONSTANTS[name])
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {f"rg:{name}" for name in TERM.findall(node.value)}
    return found


def uses() -> dict[str, set[str]]:
    """Return where each of our terms is used, but for its own definition."""
    texts = [*(ROOT / "kg").rglob("*.rq"), *(ROOT / "ontology").rglob("*.ttl")]
    code = [path for room in ("kg", "nlp", "ontology") for path in (ROOT / room).rglob("*.py")]
    found: dict[str, set[str]] = {}
    for path in (*texts, *code):
        if path in (FILE, ROOT / "ontology" / "terms.py"):
            continue
        for name in in_text(path) if path.suffix in (".rq", ".ttl") else in_code(path):
            found.setdefault(name, set()).add(str(path.relative_to(ROOT)))
    return found


USES: Final = uses()


def test_every_term_in_use_is_defined() -> None:
    unknown = {name: sorted(places) for name, places in USES.items() if name not in OWN}
    assert unknown == {}


@pytest.mark.parametrize("name", sorted(OWN))
def test_every_defined_term_is_used(name: str) -> None:
    assert USES.get(name), "define what the graph says, and nothing else"


@pytest.mark.parametrize("name", sorted(OWN))
def test_every_term_says_what_it_is(name: str) -> None:
    term = OWN[name]
    assert term.label
    assert term.comment.endswith(".")
    assert term.examples
    assert term.is_class or term.is_individual or (term.domains and term.ranges)


@pytest.mark.parametrize("name", sorted(BORROWED))
def test_every_borrowed_term_says_what_it_is_used_for(name: str) -> None:
    assert BORROWED[name].note.endswith(".")
    assert not BORROWED[name].comment, "its own vocabulary defines it"


def test_what_terms_rest_on_is_explained_too() -> None:
    """A mapping to what is near needs no entry; a domain, a range and a parent does."""
    for term in ONTOLOGY.own:
        parents = [name for words, name in term.mappings if words == "a kind of"]
        for name in (*term.domains, *term.ranges, *parents):
            assert name.startswith(LANGUAGES) or name in OWN or name in BORROWED, (term.name, name)


@pytest.mark.parametrize(
    ("name", "words", "other", "definition"),
    [
        (
            "rg:ExperienceRequirement",
            "a kind of",
            "schema:OccupationalExperienceRequirements",
            "employment-related experience requirements",
        ),
        ("rg:requiresSkill", "a kind of", "schema:skills", "a competency desired or required"),
        ("rg:prefersSkill", "a kind of", "schema:skills", "a competency desired or required"),
        ("rg:reference", "a kind of", "schema:identifier", "any kind of identifier of a thing"),
        ("rg:sha256", "a kind of", "schema:sha256", "the SHA-256 of an item's content"),
        ("rg:relatedPosting", "a kind of", "dcterms:references", "a resource pointed to"),
        ("rg:copyOf", "a kind of", "prov:alternateOf", "both present aspects of one thing"),
        ("rg:role", "close to", "schema:relevantOccupation", "the occupation for the posting"),
        ("rg:role", "close to", "org:role", "said of a post or a membership, its range org:Role"),
        ("rg:workMode", "close to", "schema:jobLocationType", "of the job, TELECOMMUTE as value"),
        (
            "rg:orEquivalentExperience",
            "close to",
            "schema:experienceInPlaceOfEducation",
            "said of the posting, not of its degree",
        ),
        ("rg:degree", "close to", "schema:educationalLevel", "said of a credential"),
        ("rg:duty", "related to", "schema:responsibilities", "text, not a verb's concept"),
        ("rg:minimumYears", "related to", "schema:monthsOfExperience", "months, not years"),
        ("rg:requiresSkill", "related to", "esco:relatedEssentialSkill", "of an occupation"),
        ("rg:prefersSkill", "related to", "esco:relatedOptionalSkill", "of an occupation"),
        ("rg:kind", "related to", "esco:skillType", "knowledge or competence, not a tool"),
    ],
)
def test_terms_are_mapped(name: str, words: str, other: str, definition: str) -> None:
    assert (words, other) in OWN[name].mappings, definition


@pytest.mark.parametrize(
    ("name", "other", "why"),
    [
        ("rg:mentionsSkill", "schema:skills", "mentioned is neither desired nor required"),
        ("rg:acceptsSkill", "schema:skills", "nobody requires one of several that will do"),
        ("rg:annualMinimum", "schema:minValue", "derived, not stated"),
        ("rg:evidence", "prov:wasDerivedFrom", "words are no document"),
        ("rg:DegreeRequirement", "esco:Qualification", "deprecated by ESCO"),
    ],
)
def test_what_does_not_correspond_is_not_mapped(name: str, other: str, why: str) -> None:
    assert other not in {mapped for _, mapped in OWN[name].mappings}, why


def test_what_a_store_says_is_described(store: Path) -> None:
    """Every class and property in the graphs of a build, our own and borrowed."""
    asked = """SELECT DISTINCT ?name {
      GRAPH ?graph { { ?s ?name ?o } UNION { ?s a ?name } }
      FILTER (!STRENDS(STR(?graph), "/ontology"))
    }"""
    with KnowledgeGraph.open(store) as graph:
        names = {short_name(str(row[0])) for row in graph.query(asked)}
    described = {*OWN, *BORROWED, "rdf:type", "rdfs:label", "rdfs:comment", "rdfs:seeAlso"}
    assert names - described == set()
    assert len(names) > 60


def test_the_page_lists_properties_with_their_class() -> None:
    card = PAGE.partition('<article id="rg:Alternative">')[2].partition("</article>")[0]
    assert [name for name in ("rg:member", "rg:minimum", "rg:necessity") if f"#{name}" in card]
    assert '<h3>Of <a href="#rg:Alternative">' in PAGE


def test_nothing_is_called_the_same_where_the_definitions_differ() -> None:
    """No term of ours is defined as another's is: each says more, or of another node."""
    assert not [term.name for term in ONTOLOGY.own if "the same as" in dict(term.mappings)]


def test_the_ontology_tells_its_changes_by_version() -> None:
    assert ONTOLOGY.changes[0].startswith(f"{ONTOLOGY.version}: ")


class Page(HTMLParser):
    """What a page holds: ids, links within it, what it would fetch, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.fetched: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src") and value and tag != "a":
                self.fetched.append(value)
            elif name == "href" and value:
                self.links.add(value)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


PAGE: Final = ontology_page(ONTOLOGY)
SHOWN: Final = Page(PAGE)


def test_the_page_shows_every_term_with_all_that_is_said_of_it() -> None:
    words = " ".join("".join(SHOWN.words).split())
    for term in (*ONTOLOGY.own, *ONTOLOGY.borrowed):
        assert SHOWN.ids.count(term.name) == 1, term.name
        for said in (term.comment, term.note, *term.examples):
            assert " ".join(said.split()) in words, term.name


def test_links_of_the_page_lead_somewhere_within_it() -> None:
    assert {link.removeprefix("#") for link in SHOWN.links} <= set(SHOWN.ids)
    assert all(link.startswith("#") for link in SHOWN.links)


def test_the_page_asks_nobody_for_anything() -> None:
    assert SHOWN.fetched == ["data:,"], "an empty icon, or a browser asks for one"
    assert "<script" not in PAGE
    assert "url(" not in PAGE.replace("url(#", "")
    assert "@import" not in PAGE


def test_the_figure_has_an_arrow_for_every_property_between_classes() -> None:
    drawn = {name for arrow in arrows(ONTOLOGY) for name in arrow.names}
    hidden = {"forProperty", "forValue"}  # their values are any property, any resource
    edges = {term.name.partition(":")[2] for term in ONTOLOGY.properties if term.is_edge}
    assert edges - drawn == hidden


def test_every_class_of_the_figure_has_a_place_of_its_own() -> None:
    drawn = {name for arrow in arrows(ONTOLOGY) for name in (arrow.source, arrow.target)}
    assert drawn == set(PLACES), "a class has come or gone: say where it stands"
    assert len(set(PLACES.values())) == len(PLACES)


def test_three_kinds_of_requirement_are_drawn_as_kinds() -> None:
    kinds = {(arrow.source, arrow.target) for arrow in arrows(ONTOLOGY) if arrow.is_kind}
    assert kinds == {
        (f"rg:{kind}Requirement", "rg:Requirement") for kind in ("Skill", "Degree", "Experience")
    }


def test_signs_of_html_in_an_ontology_stay_words(tmp_path: Path) -> None:
    text = FILE.read_text("utf-8").replace("What the job is,", "What <b>the & job</b> is,", 1)
    (tmp_path / "own.ttl").write_text(text, encoding="utf-8")
    assert "What &lt;b&gt;the &amp; job&lt;/b&gt; is," in ontology_page(
        read_ontology(tmp_path / "own.ttl")
    )


def test_a_file_without_an_ontology_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(f"<https://x.example/a> a <{SHORT['skos']}Concept> .")
    with pytest.raises(ValueError, match=r"x\.ttl: names no owl:Ontology"):
        read_ontology(tmp_path / "x.ttl")


def test_the_same_file_gives_the_same_page(kg: Kg, tmp_path: Path) -> None:
    write_ontology_page(tmp_path / "a.html")
    answer = kg("show", "ontology", "-o", tmp_path / "b.html")
    assert (answer.code, answer.out) == (0, f"{tmp_path / 'b.html'}\n")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
