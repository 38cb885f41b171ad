"""Columns by their usual names: guessed, said, shown in a sentence; what is unknown is not used."""

from __future__ import annotations

import pytest

from nlp.patterns import table
from nlp.readers import columns
from nlp.readers.raw import RawPosting, Unread
from tests.inputs import TEXT, fields_of

GLASSDOOR = ("", "Job Title", "Salary Estimate", "Job Description", "Rating", "Company Name",
             "Location", "Headquarters", "Size", "Founded", "Type of ownership", "Industry",
             "Sector", "Revenue", "Competitors", "Easy Apply")  # fmt: skip
LINKEDIN = ("job_id", "company_name", "title", "description", "max_salary", "pay_period",
            "location", "company_id", "views", "med_salary", "min_salary", "formatted_work_type",
            "applies", "original_listed_time", "remote_allowed", "job_posting_url",
            "application_url", "expiry", "formatted_experience_level", "skills_desc",
            "listed_time", "posting_domain", "work_type", "currency", "zip_code")  # fmt: skip
JOBSPY = ("id", "site", "job_url", "job_url_direct", "title", "company", "location", "date_posted",
          "job_type", "salary_source", "interval", "min_amount", "max_amount", "currency",
          "is_remote", "job_level", "description", "company_industry",
          "company_description")  # fmt: skip
EMSCAD = ("job_id", "title", "location", "department", "salary_range", "company_profile",
          "description", "requirements", "benefits", "telecommuting", "has_company_logo",
          "employment_type", "required_experience", "industry", "function",
          "fraudulent")  # fmt: skip
DICE = ("advertiserurl", "company", "employmenttype_jobstatus", "jobdescription", "jobid",
        "joblocation_address", "jobtitle", "postdate", "shift", "skills", "uniq_id")  # fmt: skip
NEW_YORK = ("Job ID", "Agency", "Business Title", "Level", "Salary Range From",
            "Salary Range To", "Salary Frequency", "Work Location", "Division/Work Unit",
            "Job Description", "Minimum Qual Requirements", "Preferred Skills", "Posting Date",
            "Post Until")  # fmt: skip
GOOGLE = ("Company", "Title", "Category", "Location", "Responsibilities",
          "Minimum Qualifications", "Preferred Qualifications")  # fmt: skip

JSEARCH = ("job_id", "employer_name", "job_title", "job_description", "job_apply_link",
           "job_city", "job_state", "job_country", "job_is_remote", "job_employment_type",
           "job_posted_at_datetime_utc", "job_min_salary", "job_max_salary",
           "job_salary_currency", "job_salary_period", "job_publisher")  # fmt: skip
REMOTIVE = ("id", "url", "title", "company_name", "company_logo", "category", "job_type", "tags",
            "publication_date", "candidate_required_location", "salary", "description")  # fmt: skip
SCHEMA = ("@type", "title", "description", "datePosted", "validThrough", "employmentType",
          "hiringOrganization.name", "hiringOrganization.sameAs", "jobLocationType",
          "jobLocation.address.addressLocality", "jobLocation.address.addressCountry",
          "baseSalary.currency", "baseSalary.value.minValue",
          "baseSalary.value.unitText")  # fmt: skip


def found(names: tuple[str, ...], **said: str) -> dict[str, str]:
    guessed = columns.guess(names, columns.pairs(said))
    return {role: names[at] for role, at in guessed.found.items()}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (GLASSDOOR, {"title": "Job Title", "body": "Job Description", "employer": "Company Name",
                     "place": "Location", "pay_estimate": "Salary Estimate",
                     "industry": "Industry"}),
        (LINKEDIN, {"title": "title", "body": "description", "employer": "company_name",
                    "pay_min": "min_salary", "pay_max": "max_salary", "pay_median": "med_salary",
                    "pay_period": "pay_period", "pay_currency": "currency",
                    "remote": "remote_allowed",
                    "employment_type": "formatted_work_type", "level": "formatted_experience_level",
                    "date_posted": "original_listed_time", "reference": "job_id",
                    "url": "job_posting_url", "skills": "skills_desc", "place": "location",
                    "valid_through": "expiry"}),
        (JOBSPY, {"title": "title", "body": "description", "employer": "company", "url": "job_url",
                  "pay_min": "min_amount", "pay_max": "max_amount", "pay_period": "interval",
                  "pay_currency": "currency", "remote": "is_remote", "level": "job_level",
                  "date_posted": "date_posted", "employment_type": "job_type", "reference": "id",
                  "industry": "company_industry", "place": "location"}),
        (EMSCAD, {"title": "title", "body": "description", "requirements": "requirements",
                  "benefits": "benefits", "about": "company_profile",
                  "level": "required_experience", "pay": "salary_range",
                  "remote": "telecommuting", "employment_type": "employment_type",
                  "department": "department", "industry": "industry", "place": "location",
                  "reference": "job_id"}),
        (DICE, {"title": "jobtitle", "body": "jobdescription", "employer": "company",
                "employment_type": "employmenttype_jobstatus", "reference": "jobid",
                "place": "joblocation_address", "date_posted": "postdate", "skills": "skills"}),
        (NEW_YORK, {"title": "Business Title", "employer": "Agency", "body": "Job Description",
                    "requirements": "Minimum Qual Requirements", "preferred": "Preferred Skills",
                    "pay_min": "Salary Range From", "pay_max": "Salary Range To",
                    "pay_period": "Salary Frequency", "place": "Work Location", "level": "Level",
                    "department": "Division/Work Unit", "date_posted": "Posting Date",
                    "valid_through": "Post Until", "reference": "Job ID"}),
        (GOOGLE, {"title": "Title", "employer": "Company", "place": "Location",
                  "department": "Category", "duties": "Responsibilities",
                  "requirements": "Minimum Qualifications",
                  "preferred": "Preferred Qualifications"}),
        (JSEARCH, {"title": "job_title", "body": "job_description", "employer": "employer_name",
                   "city": "job_city", "region": "job_state", "country": "job_country",
                   "remote": "job_is_remote", "date_posted": "job_posted_at_datetime_utc",
                   "url": "job_apply_link", "reference": "job_id",
                   "employment_type": "job_employment_type", "pay_min": "job_min_salary",
                   "pay_max": "job_max_salary", "pay_currency": "job_salary_currency",
                   "pay_period": "job_salary_period"}),
        (REMOTIVE, {"title": "title", "body": "description", "employer": "company_name",
                    "department": "category", "employment_type": "job_type",
                    "date_posted": "publication_date", "pay": "salary", "url": "url",
                    "applicant_place": "candidate_required_location", "reference": "id"}),
        (SCHEMA, {"title": "title", "body": "description", "employer": "hiringOrganization.name",
                  "city": "jobLocation.address.addressLocality", "date_posted": "datePosted",
                  "country": "jobLocation.address.addressCountry",
                  "pay_min": "baseSalary.value.minValue", "pay_currency": "baseSalary.currency",
                  "pay_period": "baseSalary.value.unitText", "valid_through": "validThrough",
                  "work_mode": "jobLocationType", "employment_type": "employmentType"}),
        (("JobTitle", "JOB-DESCRIPTION", "company name "),
         {"title": "JobTitle", "body": "JOB-DESCRIPTION", "employer": "company name "}),
        (("data.title", "data.company.name", "data.location.city", "job.description"),
         {"title": "data.title", "employer": "data.company.name", "city": "data.location.city",
          "body": "job.description"}),
        (("company.description", "company.title", "user.name", "Отклик", ""), {}),
        (("first name", "descriptions of goods", "titles", "amount"), {}),
    ],
    ids=["glassdoor", "linkedin", "jobspy", "emscad", "dice", "new york", "google",
         "jsearch", "remotive", "schema.org", "signs",
         "dotted", "of the company", "other tables"],
)  # fmt: skip
def test_the_columns_of_known_dumps_are_guessed(
    names: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert found(names) == expected


@pytest.mark.parametrize(
    ("names", "said", "expected", "why"),
    [
        (
            ("Role", "Text"),
            {"title": "Role", "body": "Text"},
            {"title": "Role", "body": "Text"},
            "",
        ),
        (("Note", "Description"), {"body": "Note"}, {"body": "Note"}, "said goes before guessed"),
        (("a_b", "text"), {"title": "A B"}, {"title": "a_b", "body": "text"}, "signs are blind"),
        (("title", "text"), {"title": "Nowhere"}, {"title": "title", "body": "text"}, "not there"),
        (("title", "text"), {"colour": "title"}, {"title": "title", "body": "text"}, "no role"),
        (("Description", "Description"), {}, {"body": "Description"}, "twice: the first"),
        (("summary", "job description"), {}, {"body": "job description"}, "the more usual name"),
    ],
)
def test_what_the_user_says_holds(
    names: tuple[str, ...], said: dict[str, str], expected: dict[str, str], why: str
) -> None:
    assert found(names, **said) == expected, why


def test_the_columns_are_told_in_a_sentence() -> None:
    guessed = columns.guess(("Job Title", "Rating", "Job Description", "Location", "Founded"))
    assert guessed.describe() == (
        "columns: title = Job Title, body = Job Description, place = Location; "
        "not used: Rating, Founded"
    )
    said = columns.guess(("Title", "Text"), columns.pairs({"title": "Role", "colour": "Text"}))
    assert said.describe().startswith(
        'columns: title = Title, body = Text; no field is called "colour"; fields are about, '
    )
    assert said.describe().endswith('no column "Role", which --map title names')


def test_a_table_without_a_description_says_what_would_help() -> None:
    assert columns.guess(("Job Title", "Location", "Stars")).complaint() == (
        "no description among the columns: Job Title, Location, Stars; if one holds the "
        "posting's text, say which: --map body=COLUMN"
    )
    many = columns.guess(tuple(f"column {number}" for number in range(5000))).complaint()
    assert "column 22 and 4977 more; if one" in many
    long = columns.guess(("x" * 1000,)).complaint()
    assert f"columns: {'x' * 60}…; if one" in long


@pytest.mark.parametrize(
    ("row", "expected", "why"),
    [
        ({"employer": "Acme\n3.8"}, {"employer": "Acme"}, "Glassdoor's rating"),
        ({"employer": "Forever 21"}, {"employer": "Forever 21"}, "a number of its own"),
        ({"salary": "85000", "currency": "USD", "pay period": "YEARLY"},
         {"pay": "85000 USD per year"}, "a number with its columns"),
        ({"salary": "$85k DOE"}, {"pay": "$85k DOE"}, "words as they are"),
        ({"min salary": "40", "max salary": "55.0", "currency": "USD", "pay period": "HOURLY"},
         {"pay": "40 - 55 USD per hour"}, "bounds"),
        ({"med salary": "48", "currency": "USD", "pay period": "HOURLY"},
         {"pay": "48 USD per hour"}, "one figure"),
        ({"currency": "USD", "pay period": "HOURLY"}, {}, "a currency is no pay"),
        ({"salary estimate": "$53K-$91K (Glassdoor est.)"},
         {"pay_estimate": "$53K-$91K (Glassdoor est.)"}, "the board's guess"),
        ({"salary estimate": "Employer Provided Salary:$150K-$160K"}, {"pay": "$150K-$160K"},
         "the employer's own figure among the guesses"),
        ({"salary estimate": "$110K-$150K(Employer est.)"}, {"pay": "$110K-$150K"}, "as above"),
        ({"salary estimate": "-1"}, {}, "no guess"),
        ({"city": "Austin", "state": "TX", "country": "us"}, {"place": "Austin, TX, US"}, "parts"),
        ({"location": "Bonn", "city": "Köln"}, {"place": "Bonn"}, "the whole before its parts"),
        ({"remote allowed": "1.0"}, {"work_mode": "Remote"}, "a flag"),
        ({"remote allowed": "0"}, {}, "not remote is not on-site"),
        ({"remote": "Hybrid"}, {"work_mode": "Hybrid"}, "a mode in the flag's column"),
        ({"remote": "ask us"}, {}, "neither flag nor mode"),
        ({"remote": "yes", "workplace type": "on_site"}, {"work_mode": "On-site"}, "the mode"),
        ({"listed time": "1772323200000.0"}, {"date_posted": "2026-03-01"}, "milliseconds"),
        ({"employment type": "FULL_TIME"}, {"employment_type": "Full time"}, "a code"),
        ({"title": "NaN", "company": "null"}, {}, "absent"),
    ],
)  # fmt: skip
def test_cells_become_fields_in_words(
    row: dict[str, str], expected: dict[str, str], why: str
) -> None:
    names = ("description", *row)
    posting = columns.guess(names).posting([TEXT, *row.values()], "row 1", "")
    assert fields_of(posting) == expected, why


def test_a_posting_is_known_by_its_own_identifier_or_by_where_it_stands() -> None:
    guessed = columns.guess(("job_id", "description"))
    known = guessed.posting(["77", TEXT], "line 2", "77,...")
    unknown = guessed.posting(["", TEXT], "line 3", ",...")
    assert isinstance(known, RawPosting)
    assert isinstance(unknown, RawPosting)
    assert (known.part, unknown.part) == ("77", "line 3")


def test_a_row_without_its_text_is_set_aside() -> None:
    row = columns.guess(("title", "description", "skills")).posting(
        ["A", "n/a", "Go"], "line 2", "A"
    )
    assert row == Unread("no text: description is empty", "line 2", "A")


def test_the_table_of_names_is_sorted_and_each_field_is_one() -> None:
    rows = table("columns")
    names = [row["name"] for row in rows]
    assert names == sorted(set(names))
    assert {row["field"] for row in rows} <= columns.ROLES
    assert all(row["rank"].isdecimal() and row["source"] for row in rows)
