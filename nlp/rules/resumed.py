"""Resumed lists: where words that ask go on to name what they ask for, behind a turn.

"Knowledge of the issues that come up in curation, *including* provenance and open access": the
list of objects breaks off where the sentence turns to something else, and what the whole is made
of stands behind "including", "such as" or in parentheses. Of whom it is made is no skill: "present
to executives (e.g. CFO, COO)".

"Experience *organising* public events": what somebody has done that is told by a verb, and what
was done to is what one knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Span
from nlp.rules.forms import QUALITY
from nlp.rules.phrase_parts import GENERIC, LEAD, PEOPLE
from nlp.rules.phrases import Segment, Sentence
from nlp.words import Words, kind_among, kind_of

RESUMES: Final = re.compile(
    r"\b(?:(?:especially|including|namely|notably|particularly|specifically|such[ ]as)"
    r"(?![\w-])[ ]?:?|e\.g\.?,?)"
    r"|\((?:(?:currently[ ]using|especially|ideally|mainly|particularly|preferably)[ ])?"
    r"(?=[A-Za-z])(?![A-Za-z]{1,20}[:)])",
    re.IGNORECASE,
)
EXAMPLES: Final = Anchored(
    r"\b(?:such as|e\.g\.?,?)(?=[ ])|\b(?:data|datasets|feeds)[ ]from(?=[ ](?-i:[A-Z]))",
    re.IGNORECASE,
)
"""What names stand behind that are of the kind named before, or that data are taken from."""
DONE: Final = Anchored(
    r"\b(?:experienced?|history|track[ ]record)(?:[ ](?:in|of|with))?[ ](?=[a-z-]{2,20}ing\b)",
    re.IGNORECASE,
)
GERUND: Final = kind_of("gerund")
JOINED: Final = kind_among(", and or / & and/or effectively out successfully".split())
"""What stands between two verbs of one object, "analyzing *and* optimizing budgets", or in one."""
WORKED_ON: Final = kind_among(
    "approaches base bases budgets communities community companies enterprises expectations"
    " findings goals initiatives insights offs opportunities organisations organizations pride"
    " problems projects questions relationships responsibility results solutions".split()
)
"""What one works on or towards, as against what one knows: "solving real business *problems*"."""


def objects_of(text: str, words: Words, sentence: Sentence, asked: Span) -> Iterator[Segment]:
    """Yield the members of the list behind words that ask, and of the one that resumes it.

    What is asked goes from where those words end to where their sentence does.
    """
    end, stop = asked
    reached = first = words.index(end)
    for segment in sentence.objects(first):
        yield segment
        reached = segment[1]
    if reached >= len(sentence.kinds):
        return
    again = RESUMES.search(text, max(end, words.span(reached)[0]), stop)
    if again is not None:
        index = words.index(again.start())
        if not (index and sentence.kinds[index - 1] & PEOPLE):
            yield from sentence.objects(words.index(again.end()))


def examples(words: Words, sentence: Sentence, given: Span) -> Iterator[Segment]:
    """Yield what stands behind "such as" and "e.g.", but for who somebody is or works with."""
    index = words.index(given[0])
    people = any(kinds & PEOPLE for kinds in sentence.kinds[max(0, index - 2) : index])
    if index < len(sentence.kinds) and not people:
        yield from sentence.objects(words.index(given[1]))


def done_to(words: Words, sentence: Sentence, end: int) -> Iterator[Segment]:
    """Yield what stands behind the verbs of what somebody has done; the first begins at `end`."""
    first = index = words.index(end)
    while index < len(sentence.kinds) and sentence.kinds[index] & (GERUND | JOINED):
        index += 1
    if index > first and sentence.kinds[first] & GERUND:
        for segment in sentence.objects(index):
            begin, behind = sentence.stripped(*segment)
            if begin < behind and _is_thing(sentence.kinds[begin:behind]):
                yield segment


def _is_thing(kinds: Sequence[int]) -> bool:
    """Tell whether words name what one knows for having worked on it.

    "Gene expression assays" do; "scientific frameworks" and "therapeutic areas" say of what kind
    something is that says nothing, and a "quality framework" is a noun's.
    """
    if kinds[-1] & WORKED_ON:
        return False
    return not kinds[-1] & GENERIC or any(not word & (QUALITY | LEAD) for word in kinds[:-1])
