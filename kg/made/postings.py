"""Postings put together from sentences of our own: of every shape, and of nobody.

For trying things out where no real posting may be used. The same seed gives the same postings.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Final

TITLES: Final = (
    "Senior Data Engineer",
    "Machine Learning Engineer II",
    "Financial Analyst",
    "Mechanical Design Engineer",
    "Marketing Manager",
    "Network Administrator I",
    "Registered Nurse",
    "Supply Chain Planner",
)
EMPLOYERS: Final = ("Arden Freight", "Bluewater Labs", "Corvus Health", "Delmar Foods", "Eastgate")
PLACES: Final = ("Austin, TX", "Chicago, IL", "Palo Alto, CA, US", "Toronto, ON", "Remote, US")
ABOUT: Final = (
    "{employer} has moved goods and ideas for twenty years, and we are still curious.",
    "Our teams are small, and what you build in the morning is often in use by the evening.",
    "We were founded in a garage, as it must be, and now serve 4,000 customers in 30 countries.",
    "Join {employer} and help people to do in an hour what took them a week.",
    "At {employer}, we believe that a good question is worth more than a quick answer.",
    "More than 800 colleagues in nine offices share one kitchen table, if only on a screen.",
)
DUTIES: Final = (
    "Build and run the pipelines that bring the data of 40 plants together every night.",
    "Work with product managers and designers from the first sketch to the last measurement.",
    "Review the work of others with care, and let your own be reviewed without fear.",
    "Own the quality of what leaves your hands: tests, monitoring and the call at night.",
    "Prepare reports for the board, and explain in plain words what the numbers say.",
    "Keep the documents up to date so that the next one in your chair can start at once.",
    "Move our services from a rented room to {skill} and {skill} without a day of standstill.",
    "Train models with {skill} and bring them into daily use together with the field teams.",
    "Travel to our customers some four times a year to see how they really use the product.",
    "Find out why a shipment is late before the customer does.",
)
REQUIREMENTS: Final = (
    "Bachelor's degree in {field}, {field} or a related field, or equivalent experience.",
    "Master's degree in {field} preferred.",
    "{years}+ years of experience with {skill}, {skill} or {skill}.",
    "At least {years} years of professional experience in a similar role.",
    "Strong knowledge of {skill} and {skill}; you should be able to explain both.",
    "Hands-on experience with at least one of {skill}, {skill}, {skill}.",
    "You must be fluent in {skill}.",
    "Familiarity with {skill} (or {skill}) is a plus.",
    "Excellent communication skills, written and verbal.",
    "Working knowledge of {skill}, e.g. {skill} or {skill}.",
    "The ability to work alone and the wish not to.",
    "Proficiency in {skill}; certification is desirable but not required.",
)
PREFERRED: Final = (
    "Experience with {skill} and {skill}.",
    "A PhD in {field}.",
    "Exposure to {skill}, {skill} and the like.",
    "Open-source work that we can read.",
    "Some {skill}, or the will to learn it in your first month.",
)
PAY: Final = (
    "The base salary range for this position is ${low},000 - ${high},000 per year.",
    "We offer health insurance, a 401(k) with matching, and 25 days of paid time off.",
    "Pay: ${hour}.50 per hour, paid every two weeks.",
)
CLOSING: Final = (
    "{employer} is an equal opportunity employer. All qualified applicants will receive "
    "consideration for employment without regard to race, religion, sex or age.",
    "Reasonable accommodation is available on request throughout the hiring process.",
    "Please apply by March 31, 2026. Reference number: {reference}.",
    "This position can be done remotely from anywhere in the United States.",
)


def made_postings(
    count: int, skills: Sequence[str], fields: Sequence[str], *, seed: int = 1
) -> Iterator[str]:
    """Yield postings of some 3.5 KB, put together from our own sentences.

    Skills and fields are drawn from the labels given, so that no two postings are alike. The same
    seed gives the same postings.
    """
    draw = random.Random(seed)  # noqa: S311 # nothing secret: the same postings every time
    for _ in range(count):
        yield _posting(draw, skills, fields)


def _posting(draw: random.Random, skills: Sequence[str], fields: Sequence[str]) -> str:
    employer = draw.choice(EMPLOYERS)
    sections = (
        ("", ABOUT, 4, ""),
        ("What you will do", DUTIES, 9, "• "),
        ("Minimum qualifications:", REQUIREMENTS, 11, "• "),
        ("Preferred qualifications:", PREFERRED, 5, "- "),
        ("Compensation", PAY, 2, ""),
        ("", CLOSING, 3, ""),
    )
    lines = [draw.choice(TITLES), employer, draw.choice(PLACES), ""]
    for heading, sentences, most, bullet in sections:
        lines += [heading] if heading else []
        chosen = draw.choices(sentences, k=most)
        lines += [bullet + _filled(draw, text, employer, skills, fields) for text in chosen]
        lines.append("")
    return "\n".join(lines)


def _filled(
    draw: random.Random, text: str, employer: str, skills: Sequence[str], fields: Sequence[str]
) -> str:
    while "{skill}" in text:
        text = text.replace("{skill}", draw.choice(skills), 1)
    while "{field}" in text:
        text = text.replace("{field}", draw.choice(fields), 1)
    low = draw.randrange(60, 180)
    for name, value in {
        "employer": employer,
        "years": draw.randrange(1, 11),
        "low": low,
        "high": low + draw.randrange(10, 60),
        "hour": draw.randrange(18, 90),
        "reference": f"R-{draw.randrange(10_000, 99_999)}",
    }.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
