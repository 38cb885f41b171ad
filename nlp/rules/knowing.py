"""Knowing: the words that ask for knowledge of what follows them, or of what goes before.

"*Experience of* roster management", "*conversant with* NEC4", "Xactimate *experience*". The names
of a pattern's groups say where it holds; what is in no group holds wherever a posting asks.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.anchors import Anchored

PERSON: Final = "person"
"""The group of what is said of a person, where a text does not tell duties."""
LISTS: Final = "lists"
"""The group of what asks where nothing but requirements stands."""
HELD: Final = "held"
"""The group of nouns that are no part of the name before them: "Xactimate *experience*"."""

ASKS: Final = Anchored(
    r"\b(?:experienced?|knowledge|understanding|familiar(?:ity)?|proficien(?:t|cy)|expert(?:ise)?"
    r"|background|comfort(?:able)?|skill(?:s|ed)|exposure|competen(?:t|ce|cy)|command|mastery|grasp|fluen(?:t|cy)"
    r"|versed|certifi(?:ed|cations?)|trained|training|specialist|knowledgeable|interest)"
    r"(?:[ ](?:working|programming|coding|developing|building|skills))?"
    r"[ ](?:with|in(?![ ]order\b)|of|on|using|within|from)\b[ ]?:?"
    r"|\b(?:preferably|ideally)[ ](?:from|in|with|within)\b"
    r"|(?P<person>\b(?:accomplished|acquainted|adept|au[ ]fait|confiden(?:t|ce)|conversant"
    r"|grounding|literacy|literate|practised|schooled|thorough|track[ ]record)"
    r"[ ](?:with|in|on|using|within)\b[ ]?:?"
    r"|\bappreciation[ ]of\b"
    r"|\b(?:eye|feel|flair)[ ]for\b"
    r"|\b(?:at[ ](?:ease|home)|brilliant|hands[ -]on|handy|happy|quick)[ ](?:in|with)\b"
    r"|\b(?:you|who|they)(?:['’]ve|[ ](?:have|has))?[ ](?:(?:already|also|probably)[ ])?"
    r"(?:used|worked[ ](?:in|on|with)|(?:know|understand)"
    r"(?![ ](?:a|about|anyone|of|how|if|it|someone|that|the|there|this|us|we|what"
    r"|when|where|whether|who|why"
    r"|you)\b))\b"
    r"|\b(?:adept|experienced|expert|proficient|skilled)[ ]at\b"
    r"|\bknow[ ]your[ ]way[ ](?:around|round)\b)"
    r"|(?P<lists>\byears?['’]?[ ](?:in|with|of(?![ ](?:age|appointment|college|education|employment"
    r"|graduation|hir(?:e|ing)|service|study|training"
    r"|(?!teaching)[a-z]{2,12}ing|[^,;.\n]{0,60}(?:experience|service))\b))\b"
    r"|\bmaster[ ]of(?![ ](?:arts|business|education|engineering|laws?|nursing|public|science"
    r"|social)\b)\b"
    r"|\b(?:(?:competent|confident|daily|expert|hands[ -]on|proficient|regular|skilled)[ ]use"
    r"|(?:advanced|competent|confident|daily|experienced|expert|heavy|power|proficient|regular"
    r"|skilled)[ ]users?)[ ]of\b"
    r"|\b(?:aware(?:ness)?|qualifi(?:ed|cations?))[ ](?:in|of)\b[ ]?:?"
    r"|\bexposure[ ]to\b"
    r"|\b(?:experience|expertise|knowledge(?:able)?|understanding)[ ](?:about|across|around)\b"
    r"|\b(?:accreditation|certificat(?:e|ion)|licen[cs](?:e|ure)|registration)[ ]as[ ](?:an?[ ])?\b"
    r"|\bexperience[ ]includ(?:es|ing)\b[ ]?:?"
    r"|\b(?:experience|years?['’]?)[ ][a-z]{4,14}ing[ ](?:across|in|on|under|with)\b"
    r"|\b(?:experience|years?['’]?)[ ](?=(?:administering|applying|calculating|conducting"
    r"|configuring|drafting|editing|handling|inspecting|installing|interpreting"
    r"|maintaining|negotiating|operating|preparing|processing|producing|programming"
    r"|publishing|reading|reviewing|running|scheduling|supervising|teaching|testing|translating"
    r"|troubleshooting|using|utili[sz]ing|writing)\b)"
    r"|\b(?:ability|able)[ ]to[ ]"
    r"(?:braze|calibrate|install|interpret|operate|read|repair|troubleshoot|use|weld)\b"
    r"(?!,|[ ]and\b)"
    r"|\bskill[ ]in\b|\bstrong[ ](?:in|on|with)\b)",
    re.IGNORECASE,
)
HEADS: Final = Anchored(
    r"\b(?:accreditations?|certificat(?:e|es|ion|ions)|credentials?|designations?|licen[cs](?:es?|ure)"
    r"|methodolog(?:y|ies)|qualifications?|registrations?|software|tools)\b"
    r"|(?P<held>\b(?:awareness|background|certs?|experience|expertise|exposure|knowledge"
    r"|proficiency|skills)\b(?![ ](?:with|in|of|on|using|within|from|that|for"
    r"|checks?|investigations?|screenings?|verification)\b))",
    re.IGNORECASE,
)
"""Nouns that end the name of something one can know, in lists of requirements."""
