"""Heads that run on in one line: "Staff Nurse Location: Leeds Salary: ... Description: We ...".

A page that lost its line breaks has the title, the fields of its form and all of its text in one
line. The title ends where the first field or the first heading begins.
"""

from __future__ import annotations

import re
from typing import Final

_OF_JOB: Final = r"(?:(?:Job|Position|Post|Primary|Role|Vacancy|Work)[ ])?"
_FIELD: Final = (
    r"(?:Category|Closing[ ][Dd]ate|Code|Company|Contract(?:[ ][Tt]ype)?|Department|Division"
    r"|Duration|Employer|Employment[ ][Tt]ype|FLSA(?:[ ][Ss]tatus)?|Facility|Grade|Hours|I[Dd]"
    r"|Location|Number|Organi[sz]ation|Pay(?:[ ][Rr]ate)?|Post(?:ed|ing)(?:[ ][Dd]ate)?"
    r"|Ref(?:erence)?(?:[ ]N(?:o\.?|umber))?|Report(?:ing|s)[ ][Tt]o"
    r"|Req(?:uisition)?(?:[ ](?:ID|Number))?|Salary|Schedule|Shift|Status|Type|Work[ ][Tt]ype)"
)
_HEADING: Final = r"(?:Description|Overview|Responsibilities|Summary)"
FIELD: Final = re.compile(
    rf"[ \t]{{1,4}}(?:[(\[–—|-][ ]?)?(?:{_OF_JOB}{_FIELD}[ ]?:(?=[ ])"
    rf"|{_OF_JOB}{_HEADING}(?:[ ]?:[ ]|[ ](?=(?:A|An|As|At|Our|The|This|We|You)[ ]))"
    r"|About[ ](?:(?:[Tt]he|[Tt]his)[ ](?:[Jj]ob|[Pp]osition|[Rr]ole)\b|[Uu]s[ ]?:)"
    r"|The[ ](?:Company|Job|Position|Role)[ ]?:[ ]"
    r"|[Ww]anted(?:[ ](?:at|by|for|in|to)[ ]|[.!]))"
)
"""Where a title ends that other things follow on its line."""
FRONT: Final = re.compile(r"[ \t]{0,9}Job Description[ ]?:?[ ](?=(?:Job )?Title[ ]?:)")
"""What a page writes before the label of its title."""
LONGEST: Final = 120


def title_end(line: str, begin: int) -> int | None:
    """Return where a title that begins at `begin` ends because a field follows it on its line."""
    field = FIELD.search(line, begin, begin + LONGEST)
    return field.start() if field is not None and line[begin : field.start()].strip() else None
