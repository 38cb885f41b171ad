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
    r"[ ](?:with|in(?![ ]order\b)|of|on|using|within|from)\b"
    r"(?:[ ](?:dealing[ ]with|using|working[ ](?:in|on|with))\b)?[ ]?:?"
    r"|\b(?:preferably|ideally)[ ](?:from|in|with|within)\b"
    r"|(?P<person>\b(?:accomplished|acquainted|adept|au[ ]fait|confiden(?:t|ce)|conversant"
    r"|grounding|literacy|literate|practised|schooled|thorough|track[ ]record)"
    r"[ ](?:with|in|on|using|within)\b[ ]?:?"
    r"|\bappreciation[ ]of\b"
    r"|\b(?:eye|feel|flair|sense(?![ ]for[ ][a-z]{2,12}ing\b))[ ]for\b"
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
    r"(?:(?:,|[ ](?:and|or)|,[ ]and)[ ](?:install|interpret|maintain|operate|read|repair"
    r"|troubleshoot|understand|use|weld|write)\b){0,2}(?!,|[ ]and\b)"
    r"|\bcapable[ ]of[ ](?=(?:interpreting|operating|reading|using)\b)"
    r"|\b(?:abilit(?:y|ies)|aptitude|capabilit(?:y|ies)|facility|speciali[sz]ation|specialism"
    r"|strengths?|success)[ ](?:in(?![ ]order\b)|with)\b"
    r"|\b(?:holds?|possess(?:es)?|possession[ ]of)[ ](?:(?:active|an?|current|the|valid)[ ]){1,3}"
    r"(?=(?-i:[A-Z]))"
    r"|\bworking[ ]towards?[ ](?=(?-i:[A-Z]{2}))"
    r"|\b(?:associate|chartered|full|professional)[ ]member[ ]of[ ]the[ ](?=(?-i:[A-Z]))"
    r"|\b(?:membership[ ]of|regist(?:ered|ration)[ ]with)[ ](?:the[ ])?(?=(?-i:[A-Z]))"
    r"|\b(?:certified|licen[cs]ed|registered)[ ]as[ ](?:an?[ ])?"
    r"|\b(?:aptitude|passion)[ ]for\b|\bpassionate[ ]about\b"
    r"|\bwith[ ](?:an?[ ])?(?:[a-z]{4,12}[ ])?(?:emphasis|focus)[ ]on\b|\bgood[ ](?:at|in|with)\b"
    r"|\bskill[ ]in\b|\bstrong[ ](?:in|on|with)\b)",
    re.IGNORECASE,
)
KEEN: Final = re.compile(r"passion", re.IGNORECASE)
"""What is said of many a thing that is no skill: "passionate about *asking* questions"."""
HEADS: Final = Anchored(
    r"\b(?:accreditations?|certificat(?:e|es|ion|ions)|credentials?|designations?|endorsements?|licen[cs](?:es?|ing|ure)"
    r"|methodolog(?:y|ies)|qualifications?|registrations?|tools)\b"
    r"|\bsoftware\b(?![ ](?:architects?|bugs?|company|companies|developers?|engineers?|layers?"
    r"|stacks?|teams?|testers?|vendors?)\b)"
    r"|(?<=(?-i:[A-Z]{2})[ ])(?:card|ticket)\b"
    r"|(?P<held>\b(?:accredited|certified|licen[cs]ed|qualified|registered|track[ ]record)\b"
    r"(?=[ ]{0,5}(?:$|[\n,.;()]|(?:and|is|or|preferred|required)\b))"
    r"|\b(?:awareness|background|certs?|experience|expertise|exposure|knowledge"
    r"|proficiency|skills)\b(?![ ](?:with|in|of|on|using|within|from|that|for"
    r"|checks?|investigations?|screenings?|verification)\b))",
    re.IGNORECASE,
)
"""Nouns that end the name of something one can know, in lists of requirements."""
