"""Cues of places: which words say that the job is at a place, and which that others are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.anchors import Literals

OTHERS: Final = re.compile(
    r"\b(?:headquartered|headquarters? (?:(?:is|are) )?(?:located )?(?:in|at)|founded"
    r"|incorporated|offices (?:in|across|throughout)|locations (?:in|across)"
    r"|(?:clients?|colleagues|customers?|managers?|partners|suppliers?)"
    r" (?:(?:(?:who )?(?:are|is) )?(?:based|located) )?(?:in|across)"
    r"|universit\w+|college"
    r"|institute|school of|hospital|travel(?:ing|ling)?\b|visit\w*|conference|serv(?:e|es|ing)\b"
    r"|(?:firm|company|provider|start-?up|leader|consultancy|organi[sz]ation|bank|agency"
    r"|manufacturer|subsidiary|we|we.re|team is) (?:(?:is|are) )?(?:currently )?"
    r"(?:located|based|in(?! (?:(?:immediate|urgent) )?need\b| search\b))"
    r"|salary|pay (?:range|for)|compensation|best places|companies|named|ranked"
    r"|in an? (?:[\w-]{1,20} ){0,2}(?:gallery|hotel|library|museum|restaurant|theatre)"
    r"|closed|closing|interviews?|former|formerly|moved (?:from|out of)|sold)\b[^.;\n]{0,70}$",
    re.IGNORECASE,
)
"""Words behind which a place is the company's or another's: "with offices in"."""
OUR_PLACE: Final = re.compile(
    r"\b(?:at|in|from|of) (?:our|the|its|their) (?:[\w&-]+ ){0,3}"
    r"(?:headquarters|hq|office|campus|facility|lab|laboratory|studio|site|location|plant|center)"
    r"(?: (?:is )?located)? (?:in|at|near)\b[^.;\n]{0,30}$",
    re.IGNORECASE,
)
OF_JOB: Final = re.compile(
    r"\b(?:positions?|roles?|jobs?|openings?|opportunit\w+|seek\w*|looking for|hiring|recruiting"
    r"|join\w*|candidates?|applicants?|you|you.ll"
    r"|work(?:ing)? (?:from|in|at|out|full|on|onsite|on-site)"
    r"|on-?site|in-person|in-office|hybrid|commut\w+|relocat\w+|resid\w+|live|contract|assignment"
    r"|in (?:immediate |urgent )?need of|internship|office (?:is )?located|(?:the|this) post"
    r"|post[- ]?holders?|for (?:its|their)|wanted)\b",
    re.IGNORECASE,
)
"""Words of a sentence that says where the job is."""
_WHERE: Final = (
    r"(?:(?i:the |either |both )?(?i:(?:heart|cent(?:re|er)|city) of )?(?i:the )?"
    r"(?i:central |greater |downtown |inner |sunny |beautiful |historic |leafy |lovely )?)"
)
"""What may stand between "in" and the place: "in the heart of", "in central", "in either"."""
CUE: Final = re.compile(
    r"(?:(?i:our|for its|for their) (?:(?:new|central|downtown|main|busy|friendly|growing) ){0,2}"
    r"(?=[A-Z][\w.]*(?:,? (?:or |and )?[A-Z0-9][\w.]*){0,6} (?i:based )?"
    r"(?i:offices?|headquarters|hq|campus|lab|laboratory|studio|hub|facility|location|site|team"
    r"|branch(?:es)?|clinic|practice|store|shop|school|plant|factory|depot|warehouse|hospital"
    r"|surgery|showroom|hotel|home|cent(?:re|er)|base)\b)"
    r"|[ ](?i:at|from|in|to) the (?:(?:new|main|busy) )?"
    r"(?=[A-Z][\w.]*(?:,? (?:or |and )?[A-Z0-9][\w.]*){0,4} (?i:head )?"
    r"(?i:offices?|headquarters|hq|campus|studio|hub|site|branch|depot|plant|factory|warehouse)\b)"
    rf"|(?i:based|located|living|onsite|on-site) (?i:in|near|out of) {_WHERE}"
    r"|(?i:based|located|situated|held) (?i:at|in|on) (?i:our |the )?(?:[A-Z][\w&.'’-]{0,30} ){0,4}"
    r"[A-Z][\w&’'-]{0,30}(?:,? in |, )(?=[A-Z])"
    r"|(?i:our) (?i:offices|sites|branches|locations|hubs|campuses|studios|schools): "
    r"|(?i:offices?|headquarters|team|studio|hub|campus|group|department|opening|role|position|job"
    r"|branch|clinic|school|practice|store|assignment|opportunity|vacancy)"
    rf" (?i:is |are )?(?i:based |located )?(?i:in|near|at) {_WHERE}"
    r"|(?i:commut(?:ing|able|e) distance|easy reach|reach|an hour|\d{1,3} (?:miles|km|minutes))"
    rf" (?i:of|from) {_WHERE}"
    r"|(?i:hiring|seeking|looking for|recruiting)"
    r" (?:(?!(?i:experience|expertise|interest|background|degree|fluen|familiar|knowledge|skill))"
    r"[\w/&'’-]{1,30} ){1,7}in (?=[A-Z])"
    rf"|(?i:firm|company|practice|clinic|agency|school|hospital|consultancy|charity|business"
    r"|gallery|garage|museum|hotel|library|pub|salon|theatre|restaurant|nursery|surgery|bakery"
    r"|brewery|farm|laboratory|cathedral|winery)"
    rf" (?i:based |located )?in {_WHERE}"
    r"|(?i:join(?:ing)?) (?:[A-Z][\w&.'’-]{0,30} ){1,4}in "
    r"|(?i:work(?:ing)?) (?i:from|out of|in|at) "
    r"|(?i:local to) (?i:the )?|(?i:downtown) "
    r"|(?<!who )(?i:must|should|needs? to|candidates?|applicants?) (?i:currently )?"
    r"(?i:be resident|lives?|resides?) (?i:in) (?i:the )?(?i:state of )?"
    r"|(?i:commut\w+) (?i:primarily )?(?i:to) (?i:primarily )?"
    r"|(?i:relocate to) (?i:the )?)"
)
CUE_WORDS: Final = Literals((
    "our ", "for its ", "for their ", "situated ", "held ", " at the ", " from the ", " in the ",
    " to the ", "based ", "located ", "living ", "onsite ", "on-site ", "office ", "offices ",
    "headquarters ", "team ", "studio ", "hub ", "campus ", "group ", "department ", "opening ",
    "role ", "position ", "job ", "assignment ", "opportunity ", "vacancy ", "local to ",
    "downtown ", "commut", "relocate ", "reach of ", "hour of ",
    "miles of ", "minutes of ", "must ", "should ", "need to ", "needs to ", "candidate ",
    "candidates ", "applicant ", "applicants ", "miles from ", "minutes from ", "hour from ",
    "hiring ", "seeking ",
    "looking for ", "recruiting ", "branch ", "clinic ", "school ", "practice ", "store ", "firm ",
    "company ", "agency ", "hospital ", "consultancy ", "charity ", "business ", "join ",
    "joining ", "work ", "working ", "gallery ", "museum ", "hotel ", "library ", "theatre ",
    "restaurant ", "nursery ", "surgery ", "bakery ", "brewery ", "farm ", "laboratory ",
    "cathedral ", "winery ", "garage ", "pub ", "salon ",
))  # fmt: skip
STRONG: Final = re.compile(
    r"\b(?:located|based|office|headquarters|hq|position|role|job|team|facility|campus|site|opening)\s+"
    r"(?:(?:is|located|based)\s+)?(?:in|at|near)\s+$",
    re.IGNORECASE,
)
"""Words behind which even a town that the gazetteer lacks is one."""
IN_THE: Final = re.compile(r"\b(?:at|from|in) the $", re.IGNORECASE)
OFFICE: Final = re.compile(r"[^.;\n]{3,40} (?:office|headquarters|campus|plant|facility)\b")
BASED: Final = re.compile(r"[ -]based\b")
"""What follows the place of a company: "a Boston, MA based provider"."""
SIDE: Final = re.compile(
    r"(?:(?:North|South|East|West)(?:[ -]?(?:[Ee]ast|[Ww]est))?(?:ern)?"
    r"|Central|Downtown|Metro|Greater) (?=[A-Z])"
)
"""A side of a town, where no town is called so: "*Northwest* Houston"."""
SEEKS: Final = re.compile(
    r"[^.;\n]{0,30}?\b(?:(?:is|are) (?:currently |now |actively )?"
    r"(?:looking|seeking|hiring|recruiting)\b|has an? (?:opening|vacancy) for\b"
    r"|(?:hiring|looking for|recruiting|seeking) (?:an?|the) [a-z]"
    r"|needs? an? (?:new )?[a-z]|requires? an? [a-z]|seeks? (?:an? |to appoint))"
)
"""What follows the place of a firm that somebody recruits for: "a firm in Leeds is seeking"."""


def behind_cues(text: str) -> Iterator[int]:
    """Yield where names begin that stand behind "located in", "our", "downtown"."""
    for at in CUE_WORDS.positions(text):
        cue = CUE.match(text, at)
        if cue is not None and text[cue.end() : cue.end() + 1].isupper():
            yield cue.end()


def is_jobs(before: str, behind: str, *, cued: bool) -> bool:
    """Tell whether a sentence says of a place that the job is there."""
    if SEEKS.match(behind):
        return True
    if OUR_PLACE.search(before):
        return OF_JOB.search(before) is not None or not OTHERS.search(before)
    if OTHERS.search(before):
        return False
    if IN_THE.search(before) and OFFICE.match(behind):
        return True
    return (
        OF_JOB.search(before) is not None
        or OF_JOB.search(behind) is not None
        or (cued and re.search(r"\b(?:our|office)\b", before + behind[:60], re.I) is not None)
    )
