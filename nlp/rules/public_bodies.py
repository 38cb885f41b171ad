"""Public bodies: names that say by their form alone that they employ, "City of Larkfield".

Cities, counties, universities, school districts, sheriffs and departments of state have no legal
form, and much of what they are called ("department", "office") is a part of a firm elsewhere. A
department is one of state by what it is for: there is no "Department of Surgery".
"""

from __future__ import annotations

import re
from typing import Final

from nlp.gazetteer import is_city

LONGEST: Final = 90
WORD: Final = r"[A-Z][\w.'’&-]{0,30}"
NAME: Final = rf"{WORD}(?:[ ](?:(?:and|at|de|del|la|of|the)[ ]){{0,2}}{WORD}){{0,5}}"
OF: Final = re.compile(
    r"(?:The[ ])?(?i:(?:city(?: (?:and|&) county)?|town|township|village|borough|county|state"
    r"|commonwealth|municipality|port|archdiocese|diocese|government|province|university|college"
    r"|(?:independent |unified )?school district|housing authority) of"
    r"|(?:government|university) of the)[ ]"
    rf"(?P<home>{NAME})"
)
"""What rules, teaches or prays at a place: "State of Wyoming", "UNIVERSITY OF WEXMOOR"."""
BEHIND: Final = re.compile(
    rf"{NAME}[ ](?i:sheriff['’]?s?['’]? (?:office|dep(?:artmen|)t\.?)"
    r"|(?:police|fire|health|sheriff) dep(?:artmen|)t\.?|fire (?:district|rescue)"
    r"|(?:(?:city|community|consolidated|independent|joint|unified|union) ){0,3}school district"
    r"|(?:city |community |county )?public schools|(?:public )?library(?: district)?"
    r"|(?:transit|housing|port|water|airport) (?:authority|district)"
    r"|county government|(?:district attorney|public defender|county clerk)['’]?s? office)"
)
"""What a place has: "Harlan County Sheriff's Office"."""
DEPARTMENT: Final = re.compile(
    rf"(?:{NAME}[ ])?(?i:(?:dep(?:artmen|)t\.?|ministry) (?:for|of) (?:the )?(?:aging"
    r"|agriculture|air force|army"
    r"|children|commerce|community|conservation|corrections?|correctional|defen[cs]e|economic|education"
    r"|employment|energy|environment(?:al)?|famil(?:y|ies)|fish|foreign|forestry|health"
    r"|home(?:land|s)?|housing"
    r"|human services|infrastructure|insurance|interior|justice|juvenile|labou?r|land"
    r"|mental health|military"
    r"|business|culture|digital|international|rural|science|work"
    r"|motor vehicles|natural resources|navy|parks|public (?:health|instruction|safety|welfare"
    r"|works)|revenue|rehabilitation|sanitation"
    r"|social services|state|taxation|transport(?:ation)?|treasury"
    r"|veterans['’]?|water|wildlife|workforce|youth)\b)[\w ,&'’-]{0,60}"
)
"""A department of state by what it is for; a city's own one stands below the city's name."""
OFFICE: Final = re.compile(
    r"(?i:(?:the )?office of (?:the )?(?:state )?(?:attorney general|auditor|comptroller|governor"
    r"|inspector general|personnel management|secretary of state|treasurer))"
)
"""An office that is called by who leads it, and no job: "Office of the State Comptroller"."""


def is_public(words: str) -> bool:
    """Tell whether words are the name of a public body, and no town's: "City of London"."""
    if len(words) > LONGEST or not words[:1].isupper() or is_city(words, None, None):
        return False
    return bool(
        OF.fullmatch(words) or BEHIND.fullmatch(words) or is_department(words) or is_office(words)
    )


def is_department(words: str) -> bool:
    """Tell whether words name a department of state, which may stand under another name."""
    return len(words) <= LONGEST and DEPARTMENT.fullmatch(words) is not None


def is_office(words: str) -> bool:
    """Tell whether words name the office of an official, though they end in a job's name."""
    return OFFICE.fullmatch(words) is not None
