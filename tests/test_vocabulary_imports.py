"""Other people's vocabularies: what each form gives, what is set aside, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ontology import load
from ontology.imports.realign import realign
from ontology.own_file import KINDS
from ontology.terms import DCTERMS, VOCABULARY
from ontology.turtle import read_turtle
from tests.command_line import Kg
from tests.shared_data import ESCO, TECHNOLOGY, needs_data

pytestmark = pytest.mark.slow  # each loads the whole vocabulary, some twice

SKILL: Final = "http://data.europa.eu/esco/skill/"
ESCO_CSV: Final = (
    "conceptUri,reuseLevel,preferredLabel,altLabels\n"
    f'{SKILL}1,cross-sector,polish quarks,"buff quarks\nshine quarks"\n'
    f"{SKILL}2,transversal,respect quarks,buff quarks\n"
    ",cross-sector,no address,\n"
    f"{SKILL}3,cross-sector,,no label\n"
    f"{SKILL}1,cross-sector,polish quarks again,\n"
)
ONET: Final = (
    "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n"
    "11-1011.00\tQuark Processor\t43230001\tQuark software\tN\tN\n"
    "15-1252.00\tquark processor\t43230002\tGlow software\tY\tN\n"
    "15-1252.00\tQuark software\t43230001\tQuark software\tN\tN\n"
    "15-1252.00\tStructured quark language SQL\t43230001\tQuark software\tN\tN\n"
    '15-1252.00\tQuark "Quote\t43230001\tQuark software\tN\tN\n'
    "15-1252.00\t\t43230001\tQuark software\tN\tN\n"
    "15-1252.00\tNo code\t\t\tN\tN\n"
)
SKOS: Final = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <https://me.example/> .
ex:all a skos:ConceptScheme ; dct:title "Quarks"@en ; dct:license <https://me.example/licence> .
ex:top a skos:Concept ; skos:prefLabel "Quarkology"@en , "Quarkologie"@de ; skos:narrower ex:low .
ex:low a skos:Concept ; skos:prefLabel "quark polishing" ; skos:altLabel "quark buffing"@en .
ex:xl a skos:Concept ; xl:prefLabel ex:xl-label ; xl:altLabel ex:xl-alt ; skos:broader ex:lost .
ex:xl-label xl:literalForm "quark weighing"@en .
ex:xl-alt xl:literalForm "quark scales"@en .
ex:de a skos:Concept ; skos:prefLabel "Quarkwaage"@de .
ex:old a skos:Concept ; skos:prefLabel "quark alchemy"@en ; owl:deprecated true .
"""
TABLE: Final = (
    "label,alias,broader,kind\n"
    "Quarkology,,,domain\n"
    "Quark polishing,buffing quarks|shining quarks,Quarkology,\n"
    "quark polishing,Quark buffing,,\n"
    "Quarkpy,,Python,\n"
    "Lost,,Nowhere land,\n"
    ",alone,,\n"
    "Odd,,,gadget\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def bring(kg: Kg, form: str, file: Path, *more: str) -> dict[str, object]:
    output = file.with_suffix(".own.ttl")
    answer = kg("vocab", "import", form, file, "-o", output, "--json", *more)
    assert answer.code == 0, answer.err
    assert kg("vocab", "check", output).code == 0
    text = output.read_text(encoding="utf-8")
    assert text == read_turtle(output).text()
    found: dict[str, object] = answer.json
    return {**found, "output": output}


def aside(found: dict[str, object]) -> dict[str, str]:
    rows = found["set_aside"]
    assert isinstance(rows, list)
    return {row["place"]: row["reason"] for row in rows}


def test_esco_csv(kg: Kg, tmp_path: Path) -> None:
    found = bring(kg, "esco", write(tmp_path, "esco.csv", ESCO_CSV))
    vocabulary = load([Path(str(found["output"]))])
    assert vocabulary[SKILL + "1"].labels == ("polish quarks", "buff quarks", "shine quarks")
    assert vocabulary[SKILL + "1"].kind == "method"
    assert vocabulary[SKILL + "2"].labels == ("respect quarks",)  # "buff quarks" stands on 1
    assert vocabulary[SKILL + "2"].kind == "soft"
    assert aside(found) == {
        "line 5": "conceptUri '' is none of a skill (they begin with " + SKILL + ")",
        "line 6": "no preferredLabel",
        "line 7": f"polish quarks again: {SKILL}1 again",
    }
    assert found["shared"] == 1
    stated = read_turtle(Path(str(found["output"]))).statements
    source = "http://data.europa.eu/esco/concept-scheme/skills"
    assert [value.value for value in stated[SKILL + "1"][DCTERMS + "source"]] == [source]
    assert stated[source][DCTERMS + "license"][0].value.startswith("http://data.europa.eu/eli/")


def test_a_column_that_lost_its_blank_cells_is_put_back() -> None:
    labels = ["polish quarks", "weigh atoms", "write reports", "lead teams", "speak Danish"]
    cells = ["polishing of quarks", "report writing", "leading a team", "Danish language", ""]
    assert realign(labels, cells) == [
        "polishing of quarks",
        "",
        "report writing",
        "leading a team",
        "Danish language",
    ]
    assert realign(labels, ["a", "b", "c", "d", ""]) is None  # nothing agrees
    assert realign(labels, ["", "polish", "weigh", "write", "lead"]) is None  # blanks are inside
    assert realign([], []) is None


def test_onet_technology_skills(kg: Kg, tmp_path: Path) -> None:
    found = bring(kg, "onet", write(tmp_path, "Technology Skills.txt", ONET))
    vocabulary = load([Path(str(found["output"]))])
    base = VOCABULARY + "onet/"
    processor = vocabulary[base + "quark-processor"]
    assert processor.label == "Quark Processor"
    assert processor.kind == "tool"
    assert processor.broader == (base + "commodity/43230001", base + "commodity/43230002")
    sql = vocabulary.find("Structured quark language")
    assert sql is not None
    assert sql.labels[0] == "Structured quark language SQL"
    assert vocabulary[base + "commodity/43230001"].label == "Quark software"
    assert vocabulary.find('Quark "Quote') is not None
    assert aside(found) == {
        "line 7": "no Example",
        "line 8": "No code: no Commodity Code and Title",
    }


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld"])
def test_skos_in_every_form_of_rdf(kg: Kg, tmp_path: Path, form: str) -> None:
    forms = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    file = tmp_path / "quarks.data"
    triples = ox.parse(SKOS.encode(), format=ox.RdfFormat.TURTLE)
    ox.serialize([quad.triple for quad in triples], str(file), format=forms[form])
    found = bring(kg, "skos", file)
    vocabulary = load([Path(str(found["output"]))])
    ex = "https://me.example/"
    assert vocabulary[ex + "top"].labels == ("Quarkology",)
    assert vocabulary[ex + "low"].labels == ("quark polishing", "quark buffing")
    assert vocabulary[ex + "low"].broader == (ex + "top",)
    assert vocabulary[ex + "xl"].labels == ("quark weighing", "quark scales")
    assert aside(found) == {
        ex + "de": "no label in English (1 in other languages)",
        ex + "old": "deprecated",
        ex + "xl": f"quark weighing: the broader concept {ex}lost is not in the file",
    }
    stated = read_turtle(Path(str(found["output"]))).statements
    assert stated[ex + "all"][DCTERMS + "license"][0].value == ex + "licence"


def test_escos_own_skos_has_its_skills_only(kg: Kg, tmp_path: Path) -> None:
    turtle = f"""
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <{SKILL}1> a skos:Concept ; skos:prefLabel "polish quarks"@en .
        <http://data.europa.eu/esco/occupation/9> a skos:Concept ; skos:prefLabel "quarker"@en .
        """
    found = bring(kg, "esco", write(tmp_path, "esco.ttl", turtle.lstrip()))
    assert found["concepts"] == 1
    assert aside(found) == {"http://data.europa.eu/esco/occupation/9": "quarker: no skill of ESCO"}


def test_a_plain_table(kg: Kg, tmp_path: Path) -> None:
    found = bring(kg, "csv", write(tmp_path, "own.csv", TABLE))
    vocabulary = load([Path(str(found["output"]))])
    own = VOCABULARY + "own/"
    polishing = vocabulary[own + "quark-polishing"]
    assert set(polishing.labels) == {
        "Quark polishing",
        "buffing quarks",
        "shining quarks",
        "Quark buffing",
    }
    assert polishing.broader == (own + "quarkology",)
    assert polishing.kind == "domain"  # as its broader concept
    assert vocabulary[own + "quarkpy"].broader == (VOCABULARY + "skill/python",)
    assert vocabulary[own + "lost"].broader == ()
    assert aside(found) == {
        "line 6": "Lost: broader 'Nowhere land': no label of the table or of ours",
        "line 7": "no label",
        "line 8": "Odd: no kind 'gadget'; one of " + ", ".join(KINDS),
    }


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_plain_table_may_be_parted_otherwise(kg: Kg, tmp_path: Path, sign: str) -> None:
    table = f"\ufeffLabel{sign}Alias\r\nQuarkology{sign}quark lore\r\n"
    found = bring(kg, "csv", write(tmp_path, "own.csv", table))
    vocabulary = load([Path(str(found["output"]))])
    assert vocabulary[VOCABULARY + "own/quarkology"].labels == ("Quarkology", "quark lore")


def test_only_new_leaves_out_what_we_have(kg: Kg, tmp_path: Path) -> None:
    table = "label,alias,broader\nPython,,\nQuarkpy,SQL|quark python,python\n"
    found = bring(kg, "csv", write(tmp_path, "own.csv", table), "--only-new")
    assert (found["concepts"], found["known"]) == (1, 1)
    vocabulary = load([Path(str(found["output"]))])
    assert vocabulary[VOCABULARY + "own/quarkpy"].labels == ("Quarkpy", "quark python")
    assert vocabulary[VOCABULARY + "own/quarkpy"].broader == (VOCABULARY + "skill/python",)
    assert vocabulary.overruled == frozenset()


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("esco", ONET, "no column conceptUri, preferredLabel; found: O*NET-SOC Code"),
        ("onet", ESCO_CSV, "no column Example, Commodity Code, Commodity Title"),
        ("csv", ONET, "no column label; found: O*NET-SOC Code, Example"),
        ("csv", "", "no column label; found: no head of a table"),
        ("skos", TABLE, "no RDF that can be read"),
        ("skos", "@prefix a: <b:> .", "no skos:Concept with an English label in it"),
        ("esco", "<a:a> <b:b> <c:c> .", "no skos:Concept with an English label in it"),
        ("word", TABLE, "no form 'word'; take one of csv, esco, onet, skos"),
    ],
)
def test_another_form_is_refused_with_what_was_found_and_what_would_work(
    kg: Kg, tmp_path: Path, form: str, text: str, said: str
) -> None:
    answer = kg("vocab", "import", form, write(tmp_path, "f", text), "-o", tmp_path / "o.ttl")
    assert answer.code == 2
    assert said in answer.err
    assert not (tmp_path / "o.ttl").exists()


def test_a_file_of_the_users_own_is_not_overwritten(kg: Kg, tmp_path: Path) -> None:
    own = write(tmp_path, "own.ttl", "# mine\n")
    answer = kg("vocab", "import", "csv", write(tmp_path, "t.csv", TABLE), "-o", own)
    assert answer.code == 2
    assert "is there, and no import" in answer.err
    assert own.read_text(encoding="utf-8") == "# mine\n"


def test_what_is_set_aside_is_counted_on_stderr(kg: Kg, tmp_path: Path) -> None:
    answer = kg("vocab", "import", "csv", write(tmp_path, "t.csv", TABLE), "-o", tmp_path / "o.ttl")
    assert "5 concepts" in answer.out
    assert "set aside: line 7: no label" in answer.err
    assert "3 set aside" in answer.err


@needs_data
def test_esco_as_it_is_shared(kg: Kg, tmp_path: Path) -> None:
    """Its alternative labels are out of step with its rows: found, said, and put back."""
    files = [tmp_path / "one.ttl", tmp_path / "two.ttl"]
    for file in files:
        answer = kg("vocab", "import", "esco", ESCO, "-o", file, "--json")
        assert answer.code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert answer.json["concepts"] == 4199
    assert "lost its blank cells" in json.dumps(answer.json["set_aside"])
    vocabulary = load([files[0]])
    found = vocabulary.find("three-dimensional modelling")
    assert found is not None
    assert found.label == "3D modelling"


@needs_data
def test_onet_as_it_is_shared(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "onet.ttl"
    answer = kg("vocab", "import", "onet", TECHNOLOGY, "-o", file, "--json")
    assert answer.json["concepts"] > 8500
    assert answer.json["set_aside"] == []
    assert load([file]).find("Blackbaud The Raiser's Edge") is not None
