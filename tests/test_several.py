"""Several postings in one text: parted where it clearly holds several, whole where it does not."""

from __future__ import annotations

import csv
import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.readers.raw import RawPosting
from nlp.readers.several import Part, as_postings, split
from tests.shared_data import DATA, needs_data

TITLES: Final = ("Data Engineer II", "Registered Nurse", "Senior Account Manager")
BODIES: Final = (
    "Acme Robotics, Austin, TX\n\nWe are looking for an engineer who builds pipelines. You will "
    "work with a small team and own what you ship.\n\nRequirements\n- 3+ years of experience "
    "with Python and SQL\n- Bachelor's degree in computer science\n- Knowledge of Apache Spark\n\n"
    "We offer health insurance. Acme is an equal opportunity employer.",
    "Elm Street Hospital, Leeds\n\nThe successful candidate will care for patients on a ward of "
    "twenty beds. You will be responsible for records and handovers.\n\nQualifications\n- Valid "
    "licence required\n- Two years of experience in acute care\n- Strong communication skills\n\n"
    "This is a full-time position with night shifts. To apply send your CV.",
    "Northwind Traders\n\nJoin our sales team! We are hiring someone who keeps customers happy, "
    "and in this role you will manage thirty accounts in two countries.\n\nWhat we expect\n- 5 "
    "years of relevant experience in sales\n- Ability to travel\n- Excellent writing skills\n\n"
    "Base salary $90,000 - $110,000 per year, plus a bonus and paid time off.",
)
POSTINGS: Final = tuple(f"{title}\n{body}" for title, body in zip(TITLES, BODIES, strict=True))


def labelled(label: str, *above: str) -> str:
    """Return the postings below cards of labels, and nothing between them."""
    cards = [
        "\n".join([*above, f"{label}: {title}", "Type: Full-time", "", body])
        for title, body in zip(TITLES, BODIES, strict=True)
    ]
    return "\n\n".join(cards)


def counted(form: str) -> str:
    return "\n\n".join(f"{form.format(n)}\n{text}" for n, text in enumerate(POSTINGS, 1))


def described(heading: str) -> str:
    return "\n\n".join(
        f"{title}\nAcme, Austin, TX\n{heading}\n{body}"
        for title, body in zip(TITLES, BODIES, strict=True)
    )


SEVERAL: Final = {
    "dashes": "\n-----\n".join(POSTINGS),
    "one long line of dashes": f"\n\n{'-' * 80}\n\n".join(POSTINGS),
    "equals signs": "\n====================\n".join(POSTINGS),
    "number signs": "\n########\n".join(POSTINGS),
    "stars": "\n***\n".join(POSTINGS),
    "stars apart": "\n* * *\n".join(POSTINGS),
    "underscores": "\n________________\n".join(POSTINGS),
    "tildes": "\n~~~~~\n".join(POSTINGS),
    "a drawn line": "\n──────────\n".join(POSTINGS),
    "rules above the first one and below the last one": (
        "-----\n" + "\n-----\n".join(POSTINGS) + "\n-----\n"
    ),
    "lines of Windows": "\r\n-----\r\n".join(p.replace("\n", "\r\n") for p in POSTINGS),
    "page breaks": "\f".join(POSTINGS),
    "page breaks with their lines": "\n\f\n".join(POSTINGS),
    "Job 1 of 3": counted("Job {} of 3"),
    "JOB #1": counted("JOB #{}"),
    "Posting 1:": counted("Posting {}:"),
    "Position 1": counted("--- Position {} ---"),
    "[Job 1/3]": counted("[Job {}/3]"),
    "headings of Markdown": "\n\n".join(f"# {text}" for text in POSTINGS),
    "underlined headings": "\n\n".join(
        f"{title}\n================\n{body}" for title, body in zip(TITLES, BODIES, strict=True)
    ),
    "Job Title:": labelled("Job Title"),
    "Title: below another label": labelled("Title", "Company: Acme"),
    "Position: in bold": labelled("**Position**"),
    "Job Description below each title": described("Job Description"),
    "About the role below each title": described("## About the role"),
    "a preface": "Jobs that I found this week\n\n-----\n" + "\n-----\n".join(POSTINGS),
    "ruled sections inside, and a stronger rule between": "\n=====\n".join(
        text.replace("\n\n", "\n-----\n") for text in POSTINGS
    ),
    "ruled sections inside, of the same rule": "\n-----\n".join(
        text.replace("\n\n", "\n-----\n") for text in POSTINGS
    ),
    "headings of the second level below one of the first": (
        "# Open jobs\n\n" + "\n\n".join(f"## {text}" for text in POSTINGS)
    ),
    "addresses above the titles": "\n=====\n".join(
        f"https://acme.example/1\n{p}" for p in POSTINGS
    ),
    "employer and date above the titles": "\n-----\n".join(
        f"Acme\nPosted 3 days ago\n{text}" for text in POSTINGS
    ),
    "Role: without a card": "\n\n".join(f"Role: {text}" for text in POSTINGS),
    "JOB 1 -": "\n\n".join(f"JOB {n} - {text}" for n, text in enumerate(POSTINGS, 1)),
    "titles with numbers": "\n\n".join(f"{n}. {text}" for n, text in enumerate(POSTINGS, 1)),
    "where to cut": "\n-------- 8< --------\n".join(POSTINGS),
    "a list of the titles first": "\n".join(TITLES) + "\n=====\n" + "\n=====\n".join(POSTINGS),
    "Job Description: on the text's own line": "\n\n".join(
        f"{title}\nJob Description: {body}" for title, body in zip(TITLES, BODIES, strict=True)
    ),
    "the same title at several places": "\n-----\n".join(
        f"Data Engineer II - {place}\n{BODIES[0]}" for place in ("Austin", "Boston", "Denver")
    ),
}

ONE: Final = POSTINGS[0]
TEASERS: Final = (
    "Related jobs\n-----\nData Analyst\nAcme, Austin\n-----\nData Scientist\nAcme, Boston"
)
OPENINGS: Final = (
    "Acme is growing and we are hiring! Join our team in Austin, where you will work on robots "
    "with people who have years of experience in what they do. We have these openings:\n\n"
    "{0}Data Engineer\n- 3 years of experience with Python\n\n{0}Data Analyst\n- 2 years of "
    "experience with SQL\n\n{0}Robot Technician\n- High school diploma\n\nTo apply send your CV."
)
WHOLE: Final = {
    "a posting": ONE,
    "ruled sections": ONE.replace("\n\n", "\n-----\n"),
    "ruled sections and a rule above": "-----\n" + ONE.replace("\n\n", "\n-----\n"),
    "sections between equals signs": ONE.replace("\n\n", "\n=====\n"),
    "an underlined title": ONE.replace("\n", "\n================\n", 1),
    "underlined headings": ONE.replace("Requirements\n", "Requirements\n============\n"),
    "headings of Markdown": "# " + ONE.replace("Requirements", "# Requirements"),
    "headings of the second level": ONE.replace("\n\n", "\n\n## "),
    "sections on pages of their own": ONE.replace("\n\n", "\f"),
    "a posting of two pages": ONE.replace("Requirements", "\fRequirements"),
    "related jobs at the end": f"{ONE}\n\n{TEASERS}",
    "related jobs between stars": f"{ONE}\n\n{TEASERS.replace('-----', '***')}",
    "related jobs with a few words each": (
        f"{ONE}\n\n-----\nData Analyst\nWe are looking for an analyst with experience in SQL. "
        "Bachelor's degree.\n-----\nData Scientist\nWe seek a scientist with knowledge of R."
    ),
    "similar jobs with labels": f"{ONE}\n\nSimilar jobs\nJob Title: Data Analyst\nJob Title: Nurse",
    "several openings": OPENINGS.format(""),
    "several openings below headings": OPENINGS.format("# "),
    "several openings below labels": OPENINGS.format("Position: "),
    "several openings between rules": OPENINGS.format("-----\n"),
    "several openings, counted": OPENINGS.replace("{0}", "Job {}: ").format(1, 2, 3),
    "the label twice": f"Job Title: Data Engineer II\n{ONE}\n\nJob Title: Data Engineer II\nApply",
    "the title again at the end": f"{ONE}\n\n-----\nData Engineer II\nAcme Robotics\nApply now",
    "the description's heading twice": ONE.replace(
        "Requirements", "Job Description\n\nJob Description"
    ),
    "a letter with rules round it": (
        f"Hello,\n\nthis may be one for you.\n-----\n{ONE}\n-----\nBest\nSam"
    ),
    "a rule of one sign in a list": ONE.replace("- Knowledge", "---\n- Knowledge"),
    "another text behind it": f"{ONE}\n=====\nThe Engineer's Guide\n{'The sea is wide. ' * 40}",
    "two texts that are no postings": "\n-----\n".join(
        ["A Driver's Tale\n" + "The sea is wide. " * 40] * 2
    ),
    "a job's duties, counted": (
        ONE.replace("- 3+", "Role 1\n- 3+").replace("- Bach", "Role 2\n- Bach")
    ),
    "a career ladder": ONE + "\n\nPosition 1: Engineer\nPosition 2: Senior Engineer",
    "the team introduced": (
        f"{ONE}\n-----\nMeet the team\n-----\nSam Lee, Engineering Manager\n"
        f"Sam has 10 years of experience in robots. {'He likes the sea. ' * 30}"
    ),
    "the employer introduced": (
        f"{ONE}\n=====\nAbout Acme Engineers Ltd\n"
        + "We are hiring people who have experience. Many have a Bachelor's degree. " * 5
    ),
    "a stub of another posting": f"{ONE}\n-----\nRegistered Nurse\nElm Street\nSee our site.",
    "sections that name the job": (
        f"# Data Engineer\n## About the engineer role\nWe are hiring an engineer with 3 years of "
        f"experience {'and so on ' * 40}\n## Requirements for the engineer\nBachelor's degree, "
        f"experience with SQL {'and so on ' * 40}"
    ),
    "two levels of one job": (
        "# Data Engineer\nWe are hiring.\n## Data Engineer I\n- 1 year of experience with SQL\n"
        "## Data Engineer II\n- 3 years of experience\n" + BODIES[0]
    ),
    "code": "# Data Engineer\n" + "x = 1  # engineer\n" * 60 + "# Data Analyst\n" + "y = 2\n" * 60,
    "nothing": "",
    "blank lines": "\n\n\n",
    "rules only": "-----\n=====\n*****\n",
    "page breaks only": "\f\f\f",
}


@pytest.mark.parametrize("text", SEVERAL.values(), ids=SEVERAL)
def test_several_postings_are_parted(text: str) -> None:
    parts = [text[start:end] for start, end in split(text)]
    bodies = BODIES if "Austin\n" not in text else 3 * BODIES[:1]
    assert len(parts) == len(bodies)
    for part, body in zip(parts, bodies, strict=True):
        assert part.rstrip("-=#*_~─ \r\n").endswith(body.rpartition("\n")[2])


def test_parts_are_postings_with_a_number_and_a_place() -> None:
    found = list(as_postings(SEVERAL["dashes"]))
    assert [(one.part, one.position) for one in found] == [
        ("1", "posting 1 of 3"),
        ("2", "posting 2 of 3"),
        ("3", "posting 3 of 3"),
    ]
    assert [one.body.strip() for one in found] == list(POSTINGS)
    assert list(as_postings(ONE)) == [RawPosting(ONE)]


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_one_text_stays_whole(text: str) -> None:
    assert split(text) == [Part(0, len(text))]


def test_the_lists_are_long_enough() -> None:
    assert len(SEVERAL) >= 25
    assert len(WHOLE) >= 25


@given(
    st.lists(st.sampled_from([*POSTINGS, "\n-----\n", "\f", "\n", "Job 1", "Job 2", "# Nurse\n"]))
)
def test_parts_are_in_order_and_leave_out_only_what_parts_them(pieces: list[str]) -> None:
    text = "".join(pieces)
    parts = split(text)
    edges = [0, *(edge for part in parts for edge in part), len(text)]
    assert edges == sorted(edges)
    between = "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert set(between) <= set("-\f\n Job123456789")


HOSTILE: Final = (
    "-----\n",
    "\f",
    "# Nurse\n",
    "Job 1\n",
    "Title: x\n",
    "Job Description\n",
    "A: b\n",
)


@pytest.mark.parametrize("piece", [*HOSTILE, "=", "- ", "\n", " ", "x\n===\n", "#", "Nurse\n"])
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        taken = []
        for _ in range(3):
            start = time.process_time()
            split(text)
            taken.append(time.process_time() - start)
        return min(taken)  # what else the machine does only adds to it

    seconds(1_000)
    short, long = seconds(50_000), seconds(200_000)
    assert long < max(10 * short, 0.2)


@needs_data
def test_no_real_posting_is_parted_and_many_real_ones_are() -> None:
    with (DATA / "postings" / "glassdoor_open.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:200]
    texts = [f"{row['Job Title']}\n{row['Job Description']}" for row in rows]
    assert [text[:60] for text in texts if len(split(text)) > 1] == []
    kept = [text for text in texts if len(text) > 800][:60]
    for separator in ("\n=====\n", "\f"):
        assert len(split(separator.join(kept))) in range(len(kept) - 2, len(kept) + 1)
