"""An advert of a grain trader, and others that are made of its parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kg.copies.adverts import Advert

if TYPE_CHECKING:
    pass

ABOUT: Final = """About us
Harrow Grain moves wheat and barley from the farm to the mill, on its own barges since 1911, and
nine hundred people in four ports see to it that a load never waits for its paper. We think that
a grain trader can be a kind neighbour, and we would rather lose a day than a friend."""
DUTIES: Final = """What you will do
Build the pipelines that bring the scales of forty silos together before the market opens.
Keep the models of moisture and weight honest, and tell the traders when they are not.
Move the nightly jobs from a rented room to Airflow and Spark without a day of standstill.
Read the logs of the barges, find out why a load is late, and say so before the customer does.
Write tests for what you leave behind, so that the next one in your chair can start at once."""
ASKS: Final = """Requirements
Three years of work with Python and SQL on data that somebody pays for.
A bachelor's degree in a subject in which things are counted.
Airflow, Spark or another way to run many jobs in the right order."""
BENEFITS: Final = """Equal opportunity
Harrow Grain is an equal opportunity employer and does not discriminate for any reason."""
OTHER_DUTIES: Final = """What you will do
Answer for the ledgers of three mills and close them within four days of the month's end.
Prepare the budget with the heads of the ports and follow what becomes of it, week by week.
Explain to the bank every spring why a barge is worth what we say that it is worth.
Find the invoice that nobody can find, and see to it that the next one is found at once.
Talk to the auditors in their own language, and to the skippers in theirs."""
HEAD: Final = "Data Engineer II\nHarrow Grain\nDuluth, MN\n\n"
TEXT: Final = HEAD + "\n\n".join([ABOUT, DUTIES, ASKS, BENEFITS])


def advert(text: str = TEXT, **facts: Any) -> Advert:
    """An advert of a Data Engineer II at Harrow Grain in Duluth, unless `facts` say otherwise."""
    known: dict[str, object] = {
        "id": "a",
        "title": "Data Engineer II",
        "role": "data-engineer",
        "level": "ii",
        "labels": ("Data Engineer", "II", "Level 2"),
        "places": ("Duluth, MN",),
        "employers": ("Harrow Grain",),
    }
    return Advert(text=text, **{**known, **facts})


ORIGINAL: Final = advert()
PAID: Final = TEXT + "\n\nPay: $100,000 a year.\n"
MOVED: Final = advert(TEXT.replace("Duluth, MN", "Toledo, OH"), places=("Toledo, OH",))
BY_AGENCY: Final = advert(
    "Data Engineer II\nPike Staffing\nDuluth, MN\n\n"
    + "\n".join(
        line
        for part in (DUTIES, ASKS)
        for line in part.replace("Harrow Grain", "our client").split("\n")[1:]
    )
    + "\nPike Staffing finds work for people and people for work since 1999. Send us your resume.",
    employers=("Pike Staffing",),
)
FEWER: Final = TEXT.replace("Read the logs of the barges", "Read the barges' logs").replace(
    "A bachelor's degree in a subject in which things are counted.\n", ""
)
LEVEL_ONE: Final = advert(
    TEXT.replace("Engineer II", "Engineer I"),
    id="b",
    title="Data Engineer I",
    level="i",
    labels=("Data Engineer", "I"),
)
UNTITLED: Final = replace(
    BY_AGENCY,
    id="z",
    text=BY_AGENCY.text.split("\n\n", 1)[1],
    title=None,
    role=None,
    level=None,
    labels=(),
)
