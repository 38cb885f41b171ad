"""Résumés of every shape, and what they show."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from nlp.extract import Extractor
from nlp.resumes import json_resume
from nlp.resumes.employment import find_spells, years_of_work
from nlp.resumes.profile import Profile, profile_of
from nlp.resumes.reading import ResumeError, read_resume, resume_of

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 15)
PLAIN = """Ada Example
ada.example@mail.example | +1 415 555 0100
Analyst who likes to build

EXPERIENCE
Data Analyst, Acme Corp, Jan 2021 - present
- Dashboards in Tableau, SQL over PostgreSQL
- Nightly PySpark jobs on AWS

EDUCATION
B.S. in Statistics, State University, 2016 - 2020

SKILLS
Python, Git
"""


def no_name(word: str) -> bool:
    """No word is a tool's name."""
    return not word


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def plain(extractor: Extractor) -> Profile:
    return profile_of(resume_of(PLAIN.encode(), "ada.txt", extractor.is_name), extractor, TODAY)


def test_skills_come_with_their_words(plain: Profile) -> None:
    labels = {one.label for one in plain.skills}
    assert {"Tableau", "SQL", "PostgreSQL", "PySpark", "AWS", "Python", "Git"} <= labels
    for one in (*plain.skills, *plain.degrees):
        for words in one.words:
            assert plain.text[words.start : words.end] == words.text


def test_the_degree_has_its_field(plain: Profile) -> None:
    (degree,) = plain.degrees
    assert (degree.label, degree.fields) == ("Bachelor's degree", ("Statistics",))


def test_years_are_those_of_work(plain: Profile) -> None:
    """January 2021 to November 2026 are 70 months; the years of study do not count."""
    assert plain.years == pytest.approx(70 / 12, abs=0.05)
    assert [one.text for one in plain.years_words] == ["Jan 2021 - present"]


def test_contacts_are_masked(plain: Profile) -> None:
    assert "ada.example" not in plain.text
    assert "555" not in plain.text


def test_years_in_words_count_where_they_are_more(extractor: Extractor) -> None:
    text = (
        "Ada Example\nEngineer with 12 years of experience in logistics.\n\nSkills: Python, SQL\n"
    )
    profile = profile_of(resume_of(text.encode(), "a.txt", extractor.is_name), extractor, TODAY)
    assert profile.years == 12
    assert "12 years" in profile.years_words[0].text


@pytest.mark.parametrize(
    ("line", "months", "why"),
    [
        ("Jan 2019 - Mar 2021", 26, "month names"),
        ("January 2019 to March 2021", 26, "whole names, a word between"),
        ("01/2019 – 03/2021", 26, "numbers and a dash"),
        ("2019-01 - 2021-03", 26, "ISO months"),
        ("2016-2018", 24, "years"),
        ("Sept. 2026 - present", 2, "an abbreviation with a point, and today"),
        ("2020 until now", 82, "January 2020 to November 2026"),
    ],
)
def test_a_stretch_of_work(line: str, months: int, why: str) -> None:
    (spell,) = find_spells(f"Experience\nAnalyst, Acme, {line}\n", TODAY)
    assert spell.last - spell.first == months, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Experience\nfounded in 2019, sold 2021", "no stretch"),
        ("Experience\n13/2019 - 14/2021", "no such month"),
        ("Experience\n2021 - 2019", "it ends before it begins"),
        ("Experience\n2030 - present", "it has not begun"),
        ("Education\nB.Sc., 2012 - 2016", "schooling"),
        ("Publications\nProceedings 2012-2014", "papers"),
        ("Experience\n1000-2000 customers", "numbers that are no years"),
    ],
)
def test_what_is_no_stretch_of_work(text: str, why: str) -> None:
    assert years_of_work(find_spells(text, TODAY)) is None, why


def test_months_that_overlap_count_once() -> None:
    """January 2018 to January 2020 and January 2019 to January 2021: three years."""
    text = "Work history\nAcme, 1/2018 - 1/2020\nBolt, 1/2019 - 1/2021\n"
    assert years_of_work(find_spells(text, TODAY)) == 3.0


def test_work_after_schooling_counts_again() -> None:
    text = "Education\n2010 - 2014\nProfessional experience\n2015 - 2017\n"
    assert years_of_work(find_spells(text, TODAY)) == 2.0


RESUME = {
    "basics": {"name": "Ada Example", "email": "ada@mail.example", "summary": "Likes to build"},
    "work": [
        {
            "name": "Acme", "position": "Data Analyst", "startDate": "2021-01-01",
            "highlights": ["Dashboards in Tableau"],
        },
        {"name": "Bolt", "position": "Clerk", "startDate": "2019-01", "endDate": "2021-01"},
    ],
    "education": [
        {"institution": "State", "area": "Statistics", "studyType": "Bachelor of Science",
         "startDate": "2012", "endDate": "2016"},
    ],
    "skills": [{"name": "Data", "keywords": ["Python", "SQL"]}, "Git"],
    "languages": [{"language": "French", "fluency": "fluent"}],
}  # fmt: skip


def test_a_json_resume_is_read_as_its_text(extractor: Extractor) -> None:
    resume = resume_of(json.dumps(RESUME).encode(), "ada.json", extractor.is_name)
    profile = profile_of(resume, extractor, TODAY)
    assert {"Tableau", "Python", "SQL", "Git"} <= {one.label for one in profile.skills}
    assert [one.label for one in profile.degrees] == ["Bachelor's degree"]
    assert profile.years == pytest.approx(94 / 12, abs=0.05)  # January 2019 to November 2026


def test_what_a_json_resume_says_strangely_is_left_out() -> None:
    odd = {"basics": "none", "work": {"name": "Acme"}, "skills": [3, None, {"keywords": "x"}]}
    assert "Skills" in json_resume.as_text(json.dumps(odd).encode())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "there is no text in it"),
        (b" \n\t", "there is no text in it"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "no text, PDF, DOCX, HTML or JSON Resume"),
        (b'{"basics": {"name": "Ada"', "no JSON Resume"),
        (b"%PDF-1.4\nbroken", "cv"),
    ],
)
def test_what_is_no_resume_says_so(data: bytes, message: str) -> None:
    with pytest.raises(ResumeError, match=message):
        resume_of(data, "cv", no_name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResumeError, match=r"none\.txt: cannot be read"):
        read_resume(tmp_path / "none.txt", no_name)


def test_the_same_resume_as_docx_and_html_shows_the_same(
    extractor: Extractor, tmp_path: Path, plain: Profile
) -> None:
    import docx

    document = docx.Document()
    for line in PLAIN.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "ada.docx"))
    lines = "".join(f"<p>{line}</p>" for line in PLAIN.splitlines())
    (tmp_path / "ada.html").write_text(f"<html><body><main>{lines}</main></body></html>")
    for name in ("ada.docx", "ada.html"):
        found = profile_of(read_resume(tmp_path / name, extractor.is_name), extractor, TODAY)
        assert {one.label for one in found.skills} == {one.label for one in plain.skills}, name
        assert found.years == plain.years, name
