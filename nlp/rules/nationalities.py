"""Nationalities: "Armenian" that speaks of a country's law, market or people, and of no language.

"Knowledge of *Armenian* tax legislation" asks nobody to speak Armenian, "a *Georgian* university
degree" is one from there. The noun decides, a few words behind the adjective.
"""

from __future__ import annotations

import re
from typing import Final

NOUNS: Final = (
    r"(?:academ(?:y|ies)|accounting|army|banks?|banking|businesses|citizens?|citizenship"
    r"|cit(?:y|ies)|codes?|compan(?:y|ies)|constitution|contexts?|courts?|cuisine|cultures?|customers|customs"
    r"|diaspora|econom(?:y|ies)|embass(?:y|ies)|enterprises|environment|experience|experts|firms?"
    r"|GAAP|governments?|heritage|histor(?:y|ies)|institutions?|investors?|jurisdictions?|labou?r"
    r"|laws?|legislations?|licen[cs]es?|markets?|media|ministr(?:y|ies)|nationals?|nationality"
    r"|NGOs?|norms|nurses|organi[sz]ations|origin|parliament|passports?|payrolls?|people|politics"
    r"|population|procedures|professionals|providers|regulations?|regulators?|reporting"
    r"|republic|residents?|rules|schools?|sectors?|societ(?:y|ies)|standards?|subsidiar(?:y|ies)"
    r"|suppliers|tax(?:es|ation)?|universit(?:y|ies)|visas?)"
)
LANGUAGE: Final = (
    r"(?:abilit(?:y|ies)|and|at|both|communicat\w*|correspondence|fluen\w*|for|grammar|in|is|language|level"
    r"|languages|literate|native|of|on|or|oral|plus|reading|skills?|speak\w*|spelling|spoken|text|texts"
    r"|translat\w*|verbal|vocabulary|with|writing|written)\b"
)
"""Words behind which the noun is no longer the adjective's: "Armenian *language* media"."""
ADJECTIVE: Final = re.compile(
    r"(?:[ ](?:and|or)[ ](?:[Ii]nternational|[Ff]oreign|[Ll]ocal|[Rr]egional|[Ww]estern|EU|US|UK"
    r"|[A-Z][a-z]{2,20}(?:an|ch|ese|ish)))?"
    rf"(?:[ ](?!(?i:{LANGUAGE}))[A-Za-z-]{{2,20}}){{0,2}}?[ ](?i:{NOUNS})\b(?![ ]languages?\b)",
)
SPOKEN: Final = re.compile(
    r"\b(?:bilingual|fluen\w+|native|proficien\w+|speak\w*)[ ](?:in[ ])?$", re.IGNORECASE
)
NEAR: Final = 24


def is_adjective(text: str, start: int, end: int) -> bool:
    """Tell whether the name of a language that stands there is a country's adjective.

    >>> is_adjective("Armenian customs law", 0, 8), is_adjective("Armenian and Russian", 0, 8)
    (True, False)
    """
    if ADJECTIVE.match(text, end) is None:
        return False
    return SPOKEN.search(text, max(0, start - NEAR), start) is None
