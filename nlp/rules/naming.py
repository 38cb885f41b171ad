"""What a posting says of its job: title, role and level, from the title first, the text after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from nlp.document import Document
from nlp.heading_names import DECORATION
from nlp.headings import is_furniture
from nlp.rules.public_bodies import is_office
from nlp.rules.ranks import fixed_levels
from nlp.rules.run_on_heads import FRONT, title_end
from nlp.rules.stated_levels import Claim, find_claims
from nlp.rules.title_tails import without_tail
from nlp.rules.title_words import key, words_of
from nlp.rules.titles import LONGEST_TITLE, Title, Titles
from nlp.rules.told_titles import title_told
from nlp.types import SectionKind, Stated, Term
from ontology import Concept, Vocabulary

BEFORE: Final = 80
"""How far before a role's name its cue is looked for."""
PROSE: Final = re.compile(
    r"(?:(?:^|[.:;!?•*–-]\s*)As|[Jj]oin (?:us|our team|the team|\w+) as|[Ww]ork as"
    r"|(?:role|position|opportunity|opening|vacancy|job) (?:as|of|for)"
    r"|(?:is|are|currently|now|be|[Ww]e're) (?:seeking|hiring|looking for|searching for|recruiting)"
    r"|^(?:Seeking|Hiring|Looking for)|seeks|[Ii]n need of"
    r"|(?:has an|immediate) (?:opening|need) for|become|be)"
    r"(?: an?| our(?: next| new)?| the)?"
    r"(?:(?:,? [\w-]+){0,3},?| (?:[\w-]+,? ){0,4}and [\w-]+(?: [\w-]+)?) ?$"
)
RANGE: Final = re.compile(r"(?:\b(?:to|or|and)|[/,-])\s*$")
"""What stands before the upper end of a range, "junior to mid-level": no one level."""
NUMERAL: Final = re.compile(r" (II|III|IV)\b")
LONGER: Final = re.compile(r"[a-z,] (?:[A-Z][\w&/-]+ )+$")
"""Before one word that is a role: words with capitals, which begin the name."""
RANK_WORDS: Final = 3
"""Words before a role's name that may be its rank: "Senior Staff", "Entry Level"."""
LEAD: Final = re.compile(
    r"[\s#*_•·>-]*(?:(?:job|position|role|vacancy)?[ ]?"
    r"(?:description|title|position|role|vacancy)[ ]?:[ ]*"
    r"|subject[ ]?:[ ]*(?:(?:fwd?|re)[ ]?:[ ]*)*"
    r"(?:(?:job |new )?(?:opening|opportunity|role|vacancy)[ ]?[:–—-][ ]*)?"
    r"|(?:job|employment)[ ](?:ad(?:vert(?:isement)?)?|offer|opening|opportunity|posting|vacancy)"
    r"[ ]?[:–—-][ ]*)?",
    re.IGNORECASE,
)
LABELLED: Final = re.compile(
    r"[\s#*_•·>-]{0,9}(?:job |position |post |role |vacancy )?title[ ]?:[ ]*(?=\S)", re.IGNORECASE
)
"""A line that says itself that it states the title."""
NO_TITLE: Final = re.compile(
    r"\b(?:announcement|available|description|n/?a|none|notice|tb[acd]|various)\W*$", re.IGNORECASE
)
"""What stands there and names no job: "Vacancy announcement"."""
FIELDS: Final = re.compile(r"\s{0,9}\|{1,2}\s{0,9}(?=[A-Z][\w/ ]{1,24}:)")
"""What parts a title from the fields in one line with it: "Title: Buyer | Location: Leeds"."""
BY_BOARD: Final = re.compile(r"[^\n:]{0,40}?\bJob Application for[ ](?=[A-Z])")
"""What a board puts before a title: "Acme Job Application for Forklift Driver"."""
OTHERS: Final = re.compile(
    r"\s{0,20}+(?:(?:reports?|reporting) to\b"
    r"|(?:hiring )?(?:manager|recruiter|supervisor|contact)\s{0,20}:)",
    re.IGNORECASE,
)
"""A line of the header about another person: "Reports to: Director of Finance"."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a posting says of its job, each part with its words, and on what it is at odds."""

    title: Stated[str] | None = None
    role: Stated[Term] | None = None
    level: Stated[Term] | None = None
    specialisation: Stated[str] | None = None
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A role that the prose gives to this job, with the rank before it, if any."""

    role: Concept
    rank: Concept | None
    start: int
    end: int


def name_job(document: Document, titles: Titles, vocabulary: Vocabulary) -> Naming:
    """Return title, role, level and specialisation of a posting.

    The title is the line that a label calls so ("Job title: ..."), else the first line of the
    header that names a job. Where there is none, the role comes from prose ("As a Machine Learning
    Engineer at ..."), or what prose calls the job ("The Fleet Planning Officer will ...") is its
    title. A title without a level takes it
    from a clear statement of the text; where the two disagree, the title counts and a flag is
    raised.
    """
    mentions = list(_mentions(document, titles, vocabulary))
    said = _header_lines(document)
    lines = [line for line in said if not is_office(document.text[slice(*line)])]
    labelled = [line for line in lines if _is_labelled(document.text, line)]
    first = titles.parse(document.text[slice(*lines[0])]) if lines else None
    known = first is not None and first.role.concept is not None
    for start, end in lines if known else labelled or lines:
        title = titles.parse(document.text[start:end])
        if title is not None:
            return _from_title(document, vocabulary, titles, title, (start, end), mentions)
    told = None if mentions or labelled else title_told(document, titles)
    if told is not None:
        return _from_title(document, vocabulary, titles, *told, mentions, rule="title:told")
    naming = _from_prose(document, titles, mentions)
    return _called(document, titles, naming, labelled[0]) if labelled else naming


def _is_labelled(text: str, line: tuple[int, int]) -> bool:
    """Tell whether a label says that a line is the title, and it can be one."""
    begin = text.rfind("\n", 0, line[0]) + 1
    said = LABELLED.match(text, begin, line[1])
    return said is not None and said.end() == line[0] and not NO_TITLE.search(text[slice(*line)])


def _called(document: Document, titles: Titles, naming: Naming, line: tuple[int, int]) -> Naming:
    """Keep a title that names a job in words that nobody knows: "Title: Intern"."""
    evidence = (document.evidence(*line, "title:labelled"),)
    level = titles.ladder.alone(evidence[0].text)
    stated = Stated(Term(level.label, level.iri), evidence) if level else naming.level
    return replace(naming, title=Stated(evidence[0].text, evidence), level=stated)


def title_below(document: Document, titles: Titles, start: int) -> Title | None:
    """Return the title that a line of the header states from `start` on, or None."""
    for low, high in _header_lines(document):
        if low >= start and (title := titles.parse(document.text[low:high])) is not None:
            return title
    return None


def titles_differ(vocabulary: Vocabulary, one: Title, other: Title) -> bool:
    """Tell whether two titles name jobs that cannot be the same one.

    Where one says less than the other (no level, a wider role), they do not differ.
    """
    if one.level and other.level and one.level != other.level:
        return True
    if one.role.concept is None or other.role.concept is None:
        return False
    return not _is_kin(vocabulary, one.role, vocabulary[other.role.concept])


def _from_title(
    document: Document,
    vocabulary: Vocabulary,
    titles: Titles,
    title: Title,
    line: tuple[int, int],
    mentions: list[_Mention],
    rule: str = "title:line",
) -> Naming:
    evidence = (document.evidence(*line, rule),)
    flags = {"several-levels"} if title.several else set()
    related = [m for m in mentions if _is_kin(vocabulary, title.role, m.role)]
    if title.role.concept and mentions and not related:
        said = document.text[slice(*line)]
        if not any(_may_be(document, title.role, said, mention) for mention in mentions):
            flags.add("role-disagrees")
    claims = [*find_claims(document, titles.ladder), *_claims(related)]
    level = Stated(title.level, evidence) if title.level else None
    if title.level and title.level.concept:
        concept = vocabulary[title.level.concept]
        if claims and not any(claim.agrees(concept) for claim in claims):
            flags.add("level-disagrees")
    elif claims and not title.several:
        level = _stated(document, claims[0])
    return Naming(
        title=Stated(evidence[0].text, evidence),
        role=Stated(title.role, evidence),
        level=level,
        specialisation=Stated(title.specialisation, evidence) if title.specialisation else None,
        flags=frozenset(flags),
    )


def _from_prose(document: Document, titles: Titles, mentions: list[_Mention]) -> Naming:
    if not mentions:
        return Naming()
    first = mentions[0]
    evidence = (document.evidence(first.start, first.end, "title:prose"),)
    fixed = titles.ladder.alone(fixed_levels().get(first.role.label, ""))
    claims = [*_claims([first]), *find_claims(document, titles.ladder)]
    if fixed:
        claims.insert(0, Claim(fixed, first.start, first.end, "title:prose"))
    return Naming(
        role=Stated(Term(first.role.label, first.role.iri), evidence),
        level=_stated(document, claims[0]) if claims else None,
    )


def _claims(mentions: list[_Mention]) -> list[Claim]:
    """Return the levels with which prose names this very job: "As a Senior Data Engineer"."""
    return [Claim(m.rank, m.start, m.end, "level:prose") for m in mentions if m.rank]


def _stated(document: Document, claim: Claim) -> Stated[Term]:
    evidence = (document.evidence(claim.start, claim.end, claim.rule),)
    return Stated(Term(claim.level.label, claim.level.iri), evidence)


def _mentions(document: Document, titles: Titles, vocabulary: Vocabulary) -> Iterator[_Mention]:
    """Yield the roles that a cue gives to this job; "reports to a Data Engineer" has none."""
    for hit in document.hits("ROLE"):
        low, _ = document.sentence(hit.start)
        low = max(low, hit.start - BEFORE)
        lead = PROSE.search(document.text[low : hit.start])
        if lead is None or document.section(hit.start) is SectionKind.RELATED:
            continue
        if not vocabulary[hit.id].broader:
            continue  # a family: "our engineering roles"
        if hit.size == 1 and not document.text[hit.start].isupper():
            continue  # "as a host of", "as a driver of": a name has a capital
        rank, length = _rank_before(document.text[low : hit.start], titles)
        if hit.size == 1 and rank is None and LONGER.search(document.text[low : hit.start]):
            continue  # "As a *Grain Elevator* Superintendent"
        end = hit.end
        if rank is None:
            rank, end = _numeral_behind(document.text, hit.end, titles)
        yield _Mention(vocabulary[hit.id], rank, hit.start - length, end)


def _rank_before(lead: str, titles: Titles) -> tuple[Concept | None, int]:
    """Return the rank with which `lead` ends, and how many code points before its end it begins."""
    words = lead.split()[-RANK_WORDS:]
    for index in range(len(words)):
        said = " ".join(words[index:])
        rank = titles.ladder.alone(said)
        if rank and lead.rstrip().endswith(said):
            begin = lead.rindex(said)
            ranged = RANGE.search(lead, 0, begin)
            return (None, 0) if ranged else (rank, len(lead) - begin)
    return None, 0


def _numeral_behind(text: str, end: int, titles: Titles) -> tuple[Concept | None, int]:
    """Return the numeral behind a role's name, and where it ends: "As a Data Engineer II, you"."""
    numeral = NUMERAL.match(text, end)
    return (titles.ladder.alone(numeral[1]), numeral.end()) if numeral else (None, end)


def _is_kin(vocabulary: Vocabulary, role: Term, other: Concept) -> bool:
    """Tell whether one role is the other or a narrower one of it."""
    if role.concept is None:
        return role.label.lower().endswith(other.label.lower())
    return other.iri in _above(vocabulary, role.concept) or role.concept in _above(
        vocabulary, other.iri
    )


def _may_be(document: Document, role: Term, title: str, mention: _Mention) -> bool:
    """Tell whether a role named in the prose may be the title's in other words.

    A single word ("developer") is too general to differ; the words of "bioinformatics scientist"
    all stand in "Data Scientist - Bioinformatics"; behind "analyst /" the title's own role follows.
    """
    words = words_of(document.text[mention.start : mention.end])
    if key(words).endswith(" " + role.label.lower()):
        return True  # "laboratory scientist" says more of a scientist
    here = {key([word]) for word in words_of(title)}
    behind = document.text[mention.end : mention.end + BEFORE].lower()
    return len(words) < 2 or {key([w]) for w in words} <= here or role.label.lower() in behind


def _above(vocabulary: Vocabulary, iri: str) -> set[str]:
    """Return a role and the roles it is a kind of; a family is no role."""
    found: set[str] = set()
    waiting = [iri]
    while waiting:
        concept = vocabulary[waiting.pop()]
        if concept.broader and concept.iri not in found:
            found.add(concept.iri)
            waiting.extend(concept.broader)
    return found


def _header_lines(document: Document) -> Iterator[tuple[int, int]]:
    """Yield where the header's lines begin and end, without "Title:" and decoration.

    The first line counts even where its words could be a heading ("Chief Scientist - Technology").
    """
    start = 0
    begun = beside = False
    for line in document.text.split("\n"):
        if begun and document.section(start) is not SectionKind.HEADER:
            return
        begun = begun or bool(line.strip())
        front = FRONT.match(line)
        lead = LEAD.match(line, front.end() if front else 0)
        begin = lead.end() if lead else 0
        if board := BY_BOARD.match(line, begin):
            begin = board.end()
        of_another = OTHERS.match(line) is not None
        other = is_furniture(line) or of_another or beside
        beside = (of_another and line.rstrip().endswith(":")) or (beside and not line.strip())
        fields = FIELDS.search(line, begin, begin + LONGEST_TITLE)
        end = fields.start() if fields else title_end(line, begin)
        said = line if end is None else line[:end]
        if said[begin:].strip() and len(said) <= LONGEST_TITLE and not other:
            yield start + begin, start + begin + len(without_tail(said[begin:].rstrip(DECORATION)))
        start += len(line) + 1
