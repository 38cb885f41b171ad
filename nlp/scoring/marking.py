"""Marking: which of what was extracted annotators of span gold mark as knowledge or as a skill.

Knowledge is what a person can know: tools, methods, fields, degrees, as named in what is said of
the candidate. A skill is what a person can do. Neither is who does something ("the data science
team") nor what the company has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from nlp.document import Document, Span, Stretches
from nlp.scoring.drawing import degree_spans, drawn, outermost, shared_last
from nlp.types import Facts, Mention, Necessity, SectionKind
from nlp.words import classes, verbs, words_of
from ontology import Concept, Vocabulary

ASKED: Final = (Necessity.REQUIRED, Necessity.PREFERRED)
NAMES: Final = ("tool", "language")
"""Kinds of skills that have a name of their own: it is no accident that a text names one."""
READER: Final = re.compile(r"\b(?:you|your|candidates?|applicants?)\b", re.IGNORECASE)
COMPANY: Final = re.compile(
    r"\b(?:we|our|us|(?:company|department|employer|institute|team) (?:consists|has|is|offers))\b"
    r"|<ORGANIZATION>",
    re.IGNORECASE,
)
FIRST: Final = re.compile(r"\W{0,9}(?P<word>[A-Za-z]{1,20})\b")
OF_THE_JOB: Final = re.compile(
    r"\W{0,9}(?:as an?|your(?! (?:background|education|experience|knowledge|profile|qualifications"
    r"|skills)))\b",
    re.IGNORECASE,
)
"""How a sentence begins that says what the job is: "As a Developer in *Cloud Services* you ...",
"Your focus will be *server-side* logic"."""
TELLS: Final = re.compile(
    r"\b(?:are|be|been|can|ha[ds]|have|is|should|was|were|will|would)\b", re.IGNORECASE
)
"""What makes a sentence a statement: "Reports *are* collected by the *Android* app"."""
WITH_OTHERS: Final = re.compile(
    r"\b(?:closely|collaborat\w+|cooperat\w+|coordinat\w+|hand-in-hand|liais\w+|partner\w*|report\w*"
    r"|together)(?: closely)? (?:with|to) (?:(?:and|other|our|product|the) ){0,2}$",
    re.IGNORECASE,
)
"""What stands before a department: "working closely with *product management*"."""
ASKS_FOR: Final = re.compile(
    r"\b(?:aware(?:ness)?|background|command|competen(?:t|ce|cy)|conversant|excel|experienced?"
    r"|expertise|exposure|familiar(?:ity)?|fluen(?:t|cy)|grasp|knowledge|proficien(?:t|cy)|skill(?:s|ed)"
    r"|understanding|versed)[ ](?:(?:programming|working)[ ])?"
    r"(?:from|in|of|on|to|with|within)[ ](?:[\w-]{1,20}[ ]){0,2}$"
    r"|\b(?:(?:area|field)s?[ ]of|(?:emphasis|focus(?:ed|ing)?)[ ]on|interest(?:ed)?[ ]in"
    r"|passion(?:ate)?[ ](?:about|for)|speciali[sz]\w{2,3}[ ](?:with)?in)[ ](?:[\w-]{1,20}[ ])?$",
    re.IGNORECASE,
)
"""What stands before a name that is asked for or turned to, whatever else is said: "skills in
*DevOps*", "a focus on *pruning*"."""
TITLED: Final = re.compile(
    r"(?:[ ](?:and|&))?(?:[ ][A-Z][\w.+#-]{0,20}){0,3}[ ](?:Administrator|Analyst|Architect"
    r"|Associate|Consultant|Designer|Developer|Engineer|Expert|Lead|Manager|Partner|Programmer"
    r"|Scientist|Specialist)s?\b"
    r"|(?:[ ](?:and|or|&))?(?:[ ](?!with\b|[a-z]{1,15}ing\b)[\w.+#-]{1,20}){0,2}[ ]"
    r"(?:administrator|analyst|architect|consultant|designer|developer|engineer|programmer|scientist"
    r"|specialist)s?\b"
)
"""What makes a name before it a part of what somebody is called: "*SAP* Cloud Specialist", "a
team of *backend* and full stack developers"."""
TURNED_TO: Final = frozenset("for of on providing that which".split())
"""What follows a doing that is not named in general: "*testing* of the app"."""
NEXT_TO: Final = 6
"""Code points between two members of a list: " and ", ", or "."""
AROUND: Final = 50
"""Code points round a mention that are looked at."""


def knowledge_spans(facts: Facts, vocabulary: Vocabulary) -> list[Span]:
    """Return the spans of what must be known: hard skills, candidates, industries, degrees.

    A phrase round a concept stands for it.
    """
    document = Document(facts.posting.text, facts.sections, {})
    hard = [m for m in facts.mentions if _kind(m, vocabulary) not in (None, "soft")]
    listed = set(_listed(hard))
    done = Stretches((m.start, m.end) for m in facts.mentions if m.kind == "activity")
    degrees = degree_spans(facts, vocabulary)
    taken = Stretches(degrees)
    spans = [
        (m.start, m.end) for m in facts.mentions if m.kind in ("candidate", "phrase", "industries")
    ]
    for mention in hard:
        concept, start = vocabulary[mention.value or ""], mention.start
        name = concept.kind in NAMES
        if (name or not _is_no_knowledge(document, mention, concept)) and _is_known(
            document, mention, name=name, listed=start in listed, done=done.hold(start)
        ):
            spans.append((start, mention.end))
    spans = [span for span in spans if not (taken.hold(span[0]) or taken.hold(span[1] - 1))]
    tags = Stretches((section.start, section.end) for section in document.tags)
    plain = {m.start for m in facts.mentions if m.kind == "candidate" and m.text.isalpha()}
    return list(shared_last(document.text, drawn(document.text, [*spans, *degrees], tags), plain))


def skill_spans(facts: Facts, vocabulary: Vocabulary) -> list[Span]:
    """Return the spans of what one must be able to do: activities and soft skills.

    A soft skill in a sentence that speaks of the company alone is the company's.
    """
    document = Document(facts.posting.text, facts.sections, {})
    return list(
        outermost(
            (m.start, m.end)
            for m in facts.mentions
            if m.kind == "activity"
            or (
                _kind(m, vocabulary) == "soft"
                and (
                    m.necessity in ASKED
                    or _of_candidate(document, m, name=True, listed=True, done=False)
                )
            )
        )
    )


def _kind(mention: Mention, vocabulary: Vocabulary) -> str | None:
    """Return the kind of the concept that a mention of a skill means, None for other mentions."""
    return vocabulary[mention.value or ""].kind if mention.kind == "skill" else None


def _listed(mentions: Sequence[Mention]) -> Iterator[int]:
    """Yield where the skills begin that stand next to another one: "*DNS*, *routing*"."""
    for one, other in pairwise(mentions):
        if 0 <= other.start - one.end <= NEXT_TO:
            yield from (one.start, other.start)


def _is_no_knowledge(document: Document, mention: Mention, concept: Concept) -> bool:
    """Tell whether words say who does something, that it is done, or what the company has.

    "the *data science* team", "closely with *product management*", "our *architecture*",
    "*testing* of the app", "*debug* errors", "a *research* plan".
    """
    text, known = document.text, classes()
    low, high = document.sentence(mention.start)
    words = mention.text.lower().split()
    before = words_of(text, max(low, mention.start - AROUND), mention.start)
    after = words_of(text, mention.end, min(high, mention.end + AROUND))
    follows = after[0].lower if after else ""
    if follows in known["group"] or (before and before[-1].lower == "our"):
        return True
    if WITH_OTHERS.search(text, max(low, mention.start - AROUND), mention.start):
        return True
    if len(words) == 1 and (words[0] in known["work"] or follows in TURNED_TO):
        return True
    form = None if words[0] in concept.label.lower() else verbs().get(words[0])
    return form == "gerund" or (form is not None and len(words) == 1)


def _is_known(
    document: Document, mention: Mention, *, name: bool, listed: bool, done: bool
) -> bool:
    """Tell whether a mention is of what the candidate should know, as the words beside it say.

    It is where they ask for it, "experience in *pruning*", and is not in what somebody is called.
    """
    low, high = document.sentence(mention.start)
    if TITLED.match(document.text, mention.end, high):
        return False
    asked = ASKS_FOR.search(document.text, max(low, mention.start - AROUND), mention.start)
    if asked and mention.necessity is not Necessity.WAIVED:
        return mention.section is not SectionKind.ABOUT
    return _of_candidate(document, mention, name=name, listed=listed, done=done)


def _of_candidate(
    document: Document, mention: Mention, *, name: bool, listed: bool, done: bool
) -> bool:
    """Tell whether a mention is of what the candidate should know.

    What is asked for is, unless it only stands in what is to be done. What is only mentioned is
    where its sentence can speak of the candidate: for a name that is any that neither speaks of
    the company alone nor states something of that one name; anything else must be addressed to
    the reader or `listed` beside another, and not in what only says what the job is.
    """
    if mention.necessity is Necessity.WAIVED or mention.section is SectionKind.ABOUT:
        return False
    sentence = document.text[slice(*document.sentence(mention.start))]
    reader = READER.search(sentence) is not None
    company = COMPANY.search(sentence) is not None
    if mention.necessity in ASKED:
        return name or listed or not done or (reader and not company)
    if name:
        of_things = not listed and TELLS.search(sentence) is not None
        return reader or not (company or of_things) or _bids(sentence)
    if not listed and OF_THE_JOB.match(sentence):
        return False
    apart = not (company or done)
    return reader or apart if listed else reader and apart


def _bids(sentence: str) -> bool:
    """Tell whether a sentence says what to do: "*Use Terraform to maintain our servers*"."""
    first = FIRST.match(sentence)
    return first is not None and verbs().get(first["word"].lower()) == "base"
