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
    if field not in ("quirks", "evidence", "level_evidence", "work_modes_evidence")
]


def test_the_originals_are_there_where_ci_runs() -> None:
    if ORIGINAL[0].exists():
        assert len(expected("original")) == 4


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
