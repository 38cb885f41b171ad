"""Pay periods: the words by which pay is stated for an hour, two weeks, half a month or a year.

Pay by two weeks ("$2,145.60 bi-weekly", "per pay period (26 pay periods)") and by half a month is
kept as stated. "Bimonthly" says two things and "per pay period" alone says none: such pay is left
out, since read without its period it would be taken for another's.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.folding import uncased

PERIODS: Final = {
    "HOUR": "hour hours hr hrs h ph hourly",
    "DAY": "day daily diem pd",
    "WEEK": "week wk weekly pw w",
    "MONTH": "month months mo mth monthly pcm pm m",
    "YEAR": "year years yr yrs y annum annual annually annualized annualised yearly pa a",
}
ABROAD: Final = {
    "HOUR": "stunde heure uur hora timme",
    "MONTH": "monat mois maand mes mês mån månad mensual mensuales mensuel mensais miesiąc",
    "YEAR": "jahr jaar année año ano år anual",
}
"""The same as postings in English leave them standing: "€ 4.300 bruto per maand"."""
FOREIGN: Final = "|".join(word for words in ABROAD.values() for word in words.split())
PERIOD_OF: Final = {
    word: name
    for table in (PERIODS, ABROAD)
    for name, words in table.items()
    for word in words.split()
}
PERIOD: Final = re.compile(
    r"[ ]?[(,]?[ ]?(?:(?:gross|base|net|brut{1,2}o?s?|netto|basic|USD|\(gross\)|pro rata|FTE"
    r"|salary|pay)[ ]?){0,2}"
    r"(?:(?:per|an?|each|every|par|pro|por|im|/[ ]?per|/[ ]?an?|/)[ ]?)?"
    r"(?P<word>hours?|hrs?|hourly|daily|diem|weekly|monthly|annum|annual(?:ly|i[sz]ed)?|yearly"
    r"|pcm|pd|p\.?m|p\.?a|p/[ahwm]|p\.?h|p\.?w"
    rf"|(?<=[ /])(?:{FOREIGN})"
    r"|(?<=[ /ane])(?:day|week|wk|months?|mth|mo|years?|yrs?)"
    r"|(?<=/)[hymd]|(?<=/ )h)"
    r"(?![\w/]|-(?:over|on|to|old)\b|[ ](?:of|experience|exp|old|in(?!(?-i:[ ][A-Z]))"
    r"|contract|employee)\b)",
    re.IGNORECASE,
)
PLAIN: Final = re.compile(
    rf"day|week|wk|months?|mth|mo|years?|yrs?|hours?|hrs?|{FOREIGN}", re.IGNORECASE
)
"""What is no period of pay behind a number without a mark: "3 years", "6 mois"."""

TWO: Final = ("BIWEEKLY", "SEMIMONTHLY")
"""Periods by which wages are paid out more often than they are stated."""
PAY_PERIOD: Final = r"pay[ -]?(?:periods?|che(?:ck|que)s?|cycles?)"
BIWEEKLY: Final = r"(?:bi[- ]?weekly|fortnightly)"
SEMIMONTHLY: Final = r"semi[- ]?monthly"
PER: Final = r"(?:per|each|every|an?|/)[ ]?"


def _counted(times: str, called: str) -> str:
    """Return "per pay period (26 pay periods a year)" as an expression."""
    year = r"[ ]?(?:per|an?|each|in a|/)[ ]?(?:calendar |fiscal )?(?:year|annum)|[ ]annually"
    return (
        rf"{PER}{PAY_PERIOD}[ ]?[(,–-]?[ ]?(?:{called}"
        rf"|{times}[ ](?:{PAY_PERIOD}|pays|paydays)(?:{year})?|{times}(?:{year}))\b\)?"
    )


TWICE: Final = re.compile(
    rf"[ ]?[(,]?[ ]?(?:(?P<BIWEEKLY>(?:{PER})?{BIWEEKLY}(?:[ ]{PAY_PERIOD})?\b|{PER}fortnight\b"
    rf"|(?:per|each|every|/)[ ]?(?:(?:two|2)[ -]weeks?|other week)\b|{_counted('26', BIWEEKLY)})"
    rf"|(?P<SEMIMONTHLY>(?:{PER})?{SEMIMONTHLY}(?:[ ]{PAY_PERIOD})?\b"
    rf"|(?:twice|two times)[ ](?:an?[ ]|per[ ]|each[ ])?month(?:ly)?\b|{PER}half[ -](?:a )?month\b"
    rf"|{_counted('24', SEMIMONTHLY)})"
    rf"|(?:{PER})?(?:bi|semi)[- ]?(?:weekly|monthly|annual)"
    r"|(?:per|every|each|/)[ ]?(?:two|2|pay\w*)\b)",
    re.IGNORECASE,
)
"""Behind an amount; what is in no group is no period that pay is kept in."""
BEFORE: Final = re.compile(
    r"(?P<paid>\bpaid[ ](?:on an?[ ])?)?\b"
    rf"(?:(?P<BIWEEKLY>{BIWEEKLY})|(?P<SEMIMONTHLY>{SEMIMONTHLY})"
    r"|(?P<word>hourly|annual(?:ly|i[sz]ed)?|yearly|monthly|weekly|daily|day(?= rate)"
    r"|per (?:hour|year|annum|month|day|week)))\b",
    re.IGNORECASE,
)
"""A period in a label; how often one is paid is none: "*paid bi-weekly*, $65,000"."""
ODD_BEFORE: Final = re.compile(
    r"\b(?:bi[- ]?(?:monthly|annual)|semi[- ]?(?:weekly|annual))\b[^.;:\d]{0,20}:?[^.;:\d]{0,20}$",
    re.IGNORECASE,
)
"""A label of pay by a period that it is not kept in."""


def named_before(words: str) -> str | None:
    """Return the period that the words before an amount name last.

    >>> named_before("Bi-weekly salary: ")
    'BIWEEKLY'
    >>> named_before("Salary, paid bi-weekly: ") is None
    True
    """
    said = [match for match in BEFORE.finditer(words) if not match["paid"]]
    if not said:
        return None
    word = said[-1]["word"]
    return PERIOD_OF[uncased(word).split()[-1]] if word else said[-1].lastgroup
