"""kg vocab check: our own files pass, every rule has a fault, and alignments are held to files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from nlp.patterns import table
from ontology import load
from ontology.align import Verdicts, align_roles, align_skills, align_technologies, write_alignments
from ontology.check import check_files
from ontology.identifiers import Others, esco_identifiers, onet_identifiers
from ontology.terms import PREFIXES, SKOS, VOCABULARY
from ontology.turtle import read_turtle
from ontology.vocabulary import FOLDER, alignment_files
from tests.command_line import Kg
from tests.shared_data import ESCO, OCCUPATIONS, TECHNOLOGY, needs_data
from tests.test_own_vocabulary import MY, concept, write

ROWS: Final = {row["label"] for row in table("ambiguous") if row["entity"] == "SKILL"}
ALIGNMENTS: Final = FOLDER / "alignments"


def test_our_own_files_are_valid(kg: Kg) -> None:
    answer = kg("vocab", "check")
    assert answer.code == 0, answer.out
    assert "not held against its file; give it with --esco" in answer.err
    assert kg("vocab", "check", "--json").json == []


FAULTS: Final = {
    "no label": ("label", concept("q", "Quark").replace('skos:prefLabel "Quark"@en ;', "")),
    "two labels": ("label", concept("q", "Quark", more='; skos:prefLabel "Quarks"')),
    "a label twice": ("label", concept("q", "Quark", more='; skos:altLabel "quark"@en')),
    "a blank label": ("label", concept("q", "Quark", more='; skos:altLabel " "')),
    "a label on two": ("one-concept", concept("q", "Quark") + concept("r", "quark")),
    "no scheme": ("scheme", concept("q", "Quark").replace("skos:inScheme scheme:skills ;", "")),
    "no kind": ("kind", concept("q", "Quark").replace('; rg:kind "tool"', "")),
    "an unknown kind": ("kind", concept("q", "Quark").replace('"tool"', '"gadget"')),
    "nowhere": ("orphan", concept("q", "Quark").replace("skos:topConceptOf scheme:skills ;", "")),
    "a broader one that is not": ("orphan", concept("q", "Quark", more="; skos:broader my:none")),
    "a circle": (
        "cycle",
        concept("q", "Quark", more="; skos:broader my:r")
        + concept("r", "Rark", more="; skos:broader my:q"),
    ),
    "not sorted": ("sorted", concept("r", "Quark") + concept("q", "Rark")),
    "two blocks": (
        "sorted",
        concept("q", "Quark") + concept("r", "Rark") + 'my:q skos:note "more" .',
    ),
    "aligned, but no concept": ("alignment", "my:x skos:exactMatch my:y .\n"),
    "two exactly one": (
        "alignment",
        concept("q", "Quark", more="; skos:exactMatch <http://data.europa.eu/esco/skill/1>")
        + concept("r", "Rark", more="; skos:exactMatch <http://data.europa.eu/esco/skill/1>"),
    ),
}


def test_every_fault_is_found(tmp_path: Path) -> None:
    files = {}
    for number, (name, (rule, turtle)) in enumerate(FAULTS.items()):
        # Names of their own, so that all files can be looked at together.
        own = re.sub("([QR])(u?ark)", rf"\1\2 {number} ", turtle, flags=re.IGNORECASE)
        own = own.replace("my:", f"my:{number}-").replace("skill/1", f"skill/{number}")
        files[str(write(tmp_path, f"{number}.ttl", own))] = (name, rule)
    found = check_files(map(Path, files), disambiguated=ROWS)
    assert {one.file for one in found} == set(files)
    assert all(one.message and one.remedy and one.is_fault for one in found)
    for file, (name, rule) in files.items():
        assert rule in {one.rule for one in found if one.file == file}, name


def test_a_fault_is_shown_as_a_table_and_as_csv(kg: Kg, tmp_path: Path) -> None:
    own = write(tmp_path, "own.ttl", FAULTS["nowhere"][1])
    assert "hangs on no top concept" in kg("vocab", "check", own).out.replace("\n", " ")
    assert kg("vocab", "check", own, "--csv").out.startswith("file,concept,rule,message,remedy")


def test_a_good_file_and_one_that_overrules_ours_are_valid(kg: Kg, tmp_path: Path) -> None:
    good = write(tmp_path, "good.ttl", concept("q", "Quark", more="; skos:broader skill:python"))
    assert kg("vocab", "check", good).code == 0
    bold = write(tmp_path, "bold.ttl", concept("q", "PYTHON"))
    answer = kg("vocab", "check", bold, "--json")
    assert answer.code == 0
    assert [(one["rule"], one["fault"]) for one in answer.json] == [("overrules", False)]


def test_a_label_of_a_skill_and_a_degree_needs_a_rule_of_context() -> None:
    found = check_files()
    assert {one.rule for one in found} == {"two-schemes"}
    assert any('"MFA"' in one.message for one in found)
    assert check_files(disambiguated=ROWS) == []


@pytest.mark.parametrize("name", ["bad.ttl", "none.ttl"])
def test_what_cannot_be_read_is_bad_input(kg: Kg, tmp_path: Path, name: str) -> None:
    (tmp_path / "bad.ttl").write_text("label,alias\n", encoding="utf-8")
    answer = kg("vocab", "check", tmp_path / name)
    assert answer.code == 2
    assert name in answer.err


def test_an_alignment_with_what_is_not_there_is_a_fault(kg: Kg, tmp_path: Path) -> None:
    esco = tmp_path / "esco.csv"
    esco.write_text(
        "conceptUri,preferredLabel,altLabels\nhttp://data.europa.eu/esco/skill/1,a,b\n",
        encoding="utf-8",
    )
    answer = kg("vocab", "check", "--esco", esco, "--json")
    assert answer.code == 1
    assert {one["rule"] for one in answer.json} == {"alignment"}
    assert {one["file"] for one in answer.json} == {"ontology/alignments/esco.ttl"}


def test_alignments_are_in_the_store_and_answer_sparql(kg: Kg, store: Path) -> None:
    learning = "http://data.europa.eu/esco/skill/ecc4552a-92c5-4222-b18d-faf5ac841080"
    ask = f"""SELECT ?label ?code {{
        ?skill skos:exactMatch <{learning}> ; skos:prefLabel ?label .
        <{VOCABULARY}role/data-scientist> skos:exactMatch ?code }}"""
    (row,) = kg("query", ask, "--json", "--store", store).json
    assert row["label"] == "Deep Learning"
    assert row["code"] == "https://www.onetonline.org/link/summary/15-2051.00"


def test_an_exact_match_is_of_preferred_labels_a_close_one_of_other_names() -> None:
    vocabulary = load()
    ours = {name: vocabulary.find(name) for name in ("Deep Learning", "RDS")}
    assert all(ours.values())
    others = Others(
        [
            ("x:1", "deep learning"),
            ("x:2", "Amazon Relational Database Service"),
            ("x:3", "nothing"),
        ]
    )
    found = align_skills(vocabulary, others, Verdicts())
    assert [(one.target, one.strength) for one in sorted(found, key=lambda one: one.target)] == [
        ("x:1", "exactMatch"),
        ("x:2", "closeMatch"),
    ]
    pair = next((one.concept, one.target) for one in found if one.target == "x:2")
    confirmed = align_skills(vocabulary, others, Verdicts(confirmed=frozenset({pair})))
    assert {one.strength for one in confirmed} == {"exactMatch"}
    assert len(align_skills(vocabulary, others, Verdicts(rejected=frozenset({pair})))) == 1


def test_a_label_that_two_of_theirs_bear_aligns_nothing() -> None:
    others = Others([("x:1", "deep learning"), ("x:2", "Deep Learning")])
    assert align_skills(load(), others, Verdicts()) == []


@pytest.mark.parametrize("name", ["confirmed", "rejected"])
def test_the_readers_tables_are_sorted_and_name_concepts_and_reasons(name: str) -> None:
    head, *rows = (ALIGNMENTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    assert head == "concept\ttarget\tlabel\twhy"
    assert rows == sorted(set(rows))
    known = load().concepts
    for row in rows:
        iri, _, label, why = row.split("\t")
        assert VOCABULARY + iri in known
        assert label
        assert why


def test_no_alignment_stands_that_a_reader_rejected() -> None:
    rejected = Verdicts.read().rejected
    said = {
        (iri, value.value)
        for path in alignment_files()
        for iri, stated in read_turtle(path).statements.items()
        for values in stated.values()
        for value in values
    }
    assert len(said) > 500
    assert not said & rejected


@needs_data
def test_our_alignments_stand_in_the_files_and_are_what_the_command_writes(
    kg: Kg, tmp_path: Path
) -> None:
    files = ("--esco", ESCO, "--onet", TECHNOLOGY, "--onet", OCCUPATIONS)
    answer = kg("vocab", "check", *files)
    assert answer.code == 0, answer.out
    assert "not held against" not in answer.err
    vocabulary, verdicts = load(), Verdicts.read()
    technologies, occupations = onet_identifiers([TECHNOLOGY, OCCUPATIONS])
    written = {
        "esco": align_skills(vocabulary, esco_identifiers(ESCO), verdicts),
        "onet": [
            *align_technologies(vocabulary, technologies, verdicts),
            *align_roles(vocabulary, occupations, verdicts),
        ],
    }
    for name, alignments in written.items():
        said = {
            (iri, value.value)
            for iri, stated in read_turtle(ALIGNMENTS / f"{name}.ttl").statements.items()
            for values in stated.values()
            for value in values
        }
        # A concept that is new, or a label that is, may add to them: `kg vocab align` again.
        assert said <= {(one.concept, one.target) for one in alignments}
        assert write_alignments(name, alignments) == write_alignments(name, alignments[::-1])
    assert kg("vocab", "align", *files, "-o", tmp_path / "out").code == 0
    assert SKOS + "exactMatch" in {
        verb
        for stated in read_turtle(tmp_path / "out" / "esco.ttl").statements.values()
        for verb in stated
    }


def test_align_needs_something_to_align_with(kg: Kg, tmp_path: Path) -> None:
    answer = kg("vocab", "align", "-o", tmp_path / "out")
    assert answer.code == 2
    assert "give ESCO's file with --esco" in answer.err
    assert not (tmp_path / "out").exists()
    assert MY not in answer.err


IMPLICATIONS = {
    "an IRI that is nowhere": ("skill:pyspark", "skill:sparkle", "implies {}"),
    "another scheme": ("skill:pyspark", "degree:master", "implies {}"),
    "a circle": ("skill:spark", "skill:pyspark", "implies itself"),
}


@pytest.mark.parametrize("name", IMPLICATIONS)
def test_implications_lead_to_concepts_of_one_scheme(tmp_path: Path, name: str) -> None:
    one, other, message = IMPLICATIONS[name]
    iris = [PREFIXES[end.split(":")[0]] + end.split(":")[1] for end in (one, other)]
    file = tmp_path / "own.ttl"
    file.write_text("<{}> <https://rolegraph.example/ontology#implies> <{}> .\n".format(*iris))
    found = [finding for finding in check_files([file]) if finding.rule == "implies"]
    assert message.format(iris[1]) in {finding.message for finding in found}
