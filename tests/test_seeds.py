"""The four seed postings: every field that a careful reader takes from them, one by one.

The restated postings of `seeds/` are always there; the originals, whose wording is not ours to
publish, lie beside the checkout where CI runs.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nlp.extract import Extractor
from nlp.readers import read_postings
from nlp.record import to_record
from nlp.repair import repair
from nlp.types import Facts

ROOT = Path(__file__).parent.parent
RESTATED = (ROOT / "seeds", ROOT / "seeds" / "expected.json")
ORIGINAL = (ROOT.parent / "shared" / "seeds", ROOT.parent / "shared" / "gold" / "seeds.json")
SETS = {"restated": RESTATED, "original": ORIGINAL}

SAME_NAME = {"C++ or C (the source has lost its signs)": "C"}
"""A reader's remark on a name, and the name as written."""


@cache
def expected(name: str) -> dict[str, dict[str, Any]]:
    path = SETS[name][1]
    return dict(json.loads(path.read_text(encoding="utf-8"))["postings"]) if path.exists() else {}


@cache
def extractor() -> Extractor:
    return Extractor()


@cache
def extracted(name: str) -> dict[str, tuple[Facts, Any]]:
    one = extractor()
    found = {}
    for posting in read_postings([SETS[name][0]], one.is_name):
        if not hasattr(posting, "reason"):
            facts = one(posting)
            found[posting.source] = (facts, to_record(facts))
    return found


CASES = [(name, file) for name in SETS for file in sorted(expected(name))]
FIELDS = [
    (name, file, field)
    for name, file in CASES
    for field in expected(name)[file]
    if field not in ("quirks", "evidence")  # tested by name below
]


def test_the_originals_are_compared_where_they_lie() -> None:
    if not ORIGINAL[0].exists():
        pytest.skip("the originals are not beside this checkout")
    assert len(expected("original")) == len(list(ORIGINAL[0].glob("*.txt"))) == 4


def test_every_seed_is_read() -> None:
    for name in {name for name, _ in CASES}:
        assert sorted(extracted(name)) == sorted(expected(name))


@pytest.mark.parametrize(("name", "file", "field"), FIELDS)
def test_field(name: str, file: str, field: str) -> None:
    want = expected(name)[file][field]
    facts, record = extracted(name)[file]
    assert actual(field, record, facts) == normal(field, want)


def actual(field: str, record: Any, facts: Facts) -> Any:
    """Return the field in the yardstick's words, with what the yardstick leaves out left out."""
    skills = [r for r in record["requirements"] if r["kind"] == "skill"]
    if field == "skills_required":
        return {
            r["label"].lower()
            for r in skills
            if r["necessity"] == "required" and r["alternative"] is None
        }
    if field == "skills_preferred":
        return {r["label"].lower() for r in skills if r["necessity"] == "preferred"}
    if field == "skills_mentioned":
        mentioned = {r["label"].lower() for r in skills if r["necessity"] == "mentioned"}
        return mentioned & normal(field, WANTED_MENTIONS[facts.posting.source])
    if field == "any_of":
        return sorted(
            (sorted(m.lower() for m in a["members"]), a["minimum"], a["necessity"])
            for a in record["alternatives"]
            if a["id"].startswith("any-")
        )
    if field == "degrees":
        return [
            {
                "levels": [r["concept"].rsplit("/", 1)[-1]],
                "fields": [f.lower() for f in r["fields"]],
                "necessity": r["necessity"],
                **({"foreign_equivalent": True} if r["foreign_equivalent"] else {}),
                **({"related_field": True} if r["related_field"] else {}),
            }
            for r in record["requirements"]
            if r["kind"] == "degree"
        ]
    if field == "experience":
        return [
            {"min_years": float(r["min_years"]), "necessity": r["necessity"]}
            for r in record["requirements"]
            if r["kind"] == "experience"
        ]
    if field == "level_evidence":
        assert facts.level is not None
        return [evidence.text for evidence in facts.level.evidence]
    if field == "work_modes_evidence":
        return [evidence.text for mode in facts.work_modes for evidence in mode.evidence]
    if field == "locations":
        return [{k: v for k, v in place.items() if v is not None} for place in record[field]]
    if field == "other_postings":
        keys = ("title", "role", "level", "specialisation")
        return [{k: related[k] for k in keys} for related in record["related_postings"]]
    return record[field]


WANTED_MENTIONS = {
    file: posting["skills_mentioned"]
    for name in SETS
    for file, posting in expected(name).items()
    if "skills_mentioned" in posting
}


def normal(field: str, want: Any) -> Any:
    if field.startswith("skills_"):
        return {SAME_NAME.get(skill, skill).lower() for skill in want}
    if field == "any_of":
        return sorted(
            (
                sorted(SAME_NAME.get(member, member).lower() for member in choice["members"]),
                choice["minimum"],
                choice["necessity"],
            )
            for choice in want
        )
    if field == "level_evidence":
        return [want.removeprefix("Must ")]
    if field == "work_modes_evidence":
        return [want, want]  # it stands in the duties and behind the skills
    if field == "degrees":
        return [{**degree, "fields": [f.lower() for f in degree["fields"]]} for degree in want]
    return want


@pytest.mark.parametrize(("name", "file"), CASES)
def test_evidence_is_the_stored_text(name: str, file: str) -> None:
    facts, _ = extracted(name)[file]
    text = facts.posting.text
    assert facts.mentions
    for mention in facts.mentions:
        assert text[mention.start : mention.end] == mention.text != ""


@pytest.mark.parametrize(("name", "file"), CASES)
def test_the_readers_evidence_is_in_the_text_once_repaired(name: str, file: str) -> None:
    facts, _ = extracted(name)[file]
    for words in expected(name)[file].get("evidence", []):
        assert repair(words, extractor().is_name)[0] in facts.posting.text


@pytest.mark.parametrize("name", sorted({name for name, _ in CASES}))
def test_nothing_leaks_from_links_and_boilerplate(name: str) -> None:
    for facts, record in extracted(name).values():
        labels = {r["label"].lower() for r in record["requirements"]}
        assert not labels & {"religion", "accommodation", "inspiration", "measurement"}
        related = {related["title"] for related in record["related_postings"]}
        assert record["title"] not in related
        sections = {mention.section for mention in facts.mentions if mention.kind == "skill"}
        assert not sections & {"boilerplate", "related", "furniture", "pay"}


SHAPES = {
    "I": "000_|engineer-i.txt",
    "no title": "001_|no-title",
    "PhD": "002_|phd-",
    "II": "003_|engineer-ii",
}


@pytest.fixture(params=sorted({name for name, _ in CASES}))
def seeds(request: pytest.FixtureRequest) -> dict[str, tuple[Facts, Any]]:
    """The four postings of one set by their shapes."""
    found = extracted(request.param)
    return {
        shape: next(found[file] for file in found if any(p in file for p in parts.split("|")))
        for shape, parts in SHAPES.items()
    }


Seeds = dict[str, tuple[Facts, Any]]


def test_quirk_pay_is_one_fact_with_all_its_evidence(seeds: Seeds) -> None:
    pay = seeds["I"][0].pay
    assert pay is not None
    assert [evidence.text for evidence in pay.evidence] == [
        "$168,237.50 - $222,695.00 per annum",
        "$168,237.50$222,695 USD",
        "168k - 223k USD/year",
        "168k - 223k USD/year",
    ]
    assert "several-pay-ranges" not in seeds["I"][0].flags


def test_quirk_mojibake_lost_signs_and_glued_names_are_repaired_and_said(seeds: Seeds) -> None:
    facts = seeds["no title"][0]
    rules = {edit.rule for edit in facts.posting.edits}
    assert {"repair:mojibake", "repair:apostrophe", "repair:run-together"} <= rules
    assert "Hadoop/Spark" in facts.posting.text
    assert "124,300\u2014166,800 USD" in facts.posting.text
    assert {"signs-lost", "no-title"} <= set(facts.flags)


def test_quirk_c_is_kept_as_written_with_a_note(seeds: Seeds) -> None:
    notes = {r.label: r.note for r in seeds["no title"][0].requirements if r.note}
    assert list(notes) == ["C"]
    assert "C++" in notes["C"]
    assert not [r.note for r in seeds["PhD"][0].requirements if r.note]


def test_quirk_the_role_comes_from_prose(seeds: Seeds) -> None:
    facts = seeds["no title"][0]
    assert facts.title is None
    assert facts.role is not None
    assert facts.role.evidence[0].rule == "title:prose"


def test_quirk_the_mailbox_that_lost_its_signs_is_nothing(seeds: Seeds) -> None:
    facts = seeds["no title"][0]
    where = facts.posting.text.index("accessibilitypinterest.com")
    assert not [m for m in facts.mentions if m.start <= where + 20 and m.end > where]


def test_quirk_html_inside_the_text_becomes_lines_and_bullets(seeds: Seeds) -> None:
    text = seeds["PhD"][0].posting.text
    assert "<" not in text
    assert text.count("\n• ") >= 14
    assert "truncated" in seeds["PhD"][0].flags


def test_quirk_links_are_postings_of_their_own(seeds: Seeds) -> None:
    facts, record = seeds["PhD"]
    assert [place["city"] for place in record["locations"]] == [
        "San Francisco",
        "Palo Alto",
        "Seattle",
    ]
    assert [(r["date_posted"], len(r["locations"])) for r in record["related_postings"]] == [
        ("2026-03-04", 1),
        ("2026-03-04", 1),
        ("2026-03-04", 2),
        ("2026-03-04", 3),
    ]
    assert record["work_modes"] == []  # "Remote, US" belongs to a link
    assert facts.level is not None
    assert facts.level.value.label == "University Graduate"  # and "Sr. Staff" too


def test_years_say_what_they_are_years_of(seeds: Seeds) -> None:
    for shape in ("I", "II"):
        (years,) = [r for r in seeds[shape][0].requirements if r.kind == "experience"]
        assert years.label == "in the job offered or in any occupation in related field"
