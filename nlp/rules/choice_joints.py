"""Joints of a choice: what parts its members, and what leads to examples of one."""

from __future__ import annotations

import re
from typing import Final

JOINER: Final = re.compile(
    r"(?:\s{0,3}\((?:highly |strongly )?preferred\)"
    r"|[ ]\(\d{1,2}\+?[ ](?:years?|yrs?)\)(?=,?[ ]or\b)"
    r"|[ ](?:cat(?:egory)?\.?|class|grade|level|part|stage)[ ](?:\d{1,2}|(?-i:[A-D]|I{1,3}|IV))"
    r"(?=,?[ ]\(?or\b))?\s{0,20}+(?:"
    r"(?:,|/)\s{0,20}+(?:either\s{1,20}+)?(?:an?\s{1,20}+)?"
    r"|,?\s{0,20}+(?:\((?=or\b))?\b(?:or|and/or)\b\s{0,20}+"
    r"(?:(?:alternatively|either|even|failing that),?\s{1,20}+)?"
    r"(?:an?\s{1,20}+|be[ ]|any[ ]|some[ ](?=comp|equi|other|simi))?"
    r"(?P<kind>(?:another|comparable|equivalent|other|similar)[ ](?:modern[ ])?)?"
    r"|(?:\((?=or\b))?\b(?:and/)?or[ ]"
    r"(?:(?:demonstrated|equivalent|hands-on|previous|prior|proven|relevant|strong)[ ])?"
    r"(?:experience|expertise|knowledge)[ ](?:in|of|using|with)[ ](?:an?[ ])?)",
    re.IGNORECASE,
)
"""What parts the members of a choice: "Python *or a similar* language", "Excel *(or* Sheets"."""
EXAMPLES: Final = re.compile(
    r"[ ](?:[\w-]{1,20}[ ]){0,2}\(?(?:e\.?g\.?,?|for example|like|such as)[ ]", re.IGNORECASE
)
"""What leads from a kind that will do to examples of it: "or similar BI *tools like* Looker"."""
