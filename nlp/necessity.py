"""Necessity: how strongly a posting asks, from section, clause cue and negation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from math import inf
from typing import Final

from nlp.anchors import Anchored
from nlp.asking import (
    ABLE,
    ABOUT_CANDIDATE,
    ABOUT_YOU,
    ASKS,
    BEGINS_ANEW,
    IDEAL,
    INVITES,
    LEADS,
    OF_COMPANY,
    OF_ROLE,
    OPENS_ASKING,
    OUR_YEARS,
    SOUGHT,
    STEPS,
    WANTS,
    WE_SEEK,
)
from nlp.cues import LONGEST_CLAUSE, Cue, find_cues
from nlp.document import Document, Place, Span, Stretches
from nlp.duty_lists import duty_lines, is_told
from nlp.sections import section_at
from nlp.types import Necessity, Section, SectionKind

BY_SECTION: Final = {
    SectionKind.REQUIREMENTS: Necessity.REQUIRED,
    SectionKind.SKILLS: Necessity.REQUIRED,
    SectionKind.PREFERRED: Necessity.PREFERRED,
}
PROSE: Final = frozenset({SectionKind.BODY, SectionKind.DUTIES})
IS_BEFORE: Final = re.compile(
    r"\b(?:are|be|is)\s(?:(?:absolutely|also|an?|highly|strictly)\s)*$", re.IGNORECASE
)
LONGEST_VERB: Final = 40
"""How a rating is joined to what it rates: "Xero *is* essential"; and how far back that is."""
HAVING: Final = re.compile(r"\b(?:who|with)\b", re.IGNORECASE)
"""What somebody has who is sought, as against what the job is called."""
RATING_ENDS: Final = re.compile(
    r"\s{0,20}(?:[.;,)]|$|(?:after|at (?:hire|start|time)|before|prior to|upon|within)\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""What follows "required" where it rates something: not "data required by the client"."""

DENIED: Final = Anchored(
    r"(?P<no>(?<![\w-])(?:no|not|never) |(?<=\()without |n['’]t )"
    r"(?:(?:any|an?|be|been|coding|do|have|include|involve|know|need|require|to|use|using"
    r"|working with|work with|write|writing) ){0,3}(?P<words>)"
    r"(?:(?!just|merely|only|simply)[\w/&+#.-]{1,20}(?: [\w-]{1,20})?,? "
    r"(?:or|nor) (?:any |an? )?)?",
    re.IGNORECASE,
)
"""What denies the words behind it, "no routing or *firewall* work"; "not only" does not."""
DOES_NOT: Final = Anchored(
    r"\b(?:you|(?:the|this) (?:job|position|post|role)) "
    r"(?:(?:do|does|will) not|(?:do|does|wo)n['’]t) (?:be )?"
    r"(?!forget|hesitate|just|like|mind|miss|only|simply)[a-z]{2,12} (?:an? |any |the )?",
    re.IGNORECASE,
)
"""What the one hired does not do, up to it: "You won't carry a *sales quota*"."""


ASIDE_OF_US: Final = Anchored(
    r"\((?:we|we['’]re|our)\b(?! (?:ask|expect|need|prefer|require|teach|train|want|will|would))"
    r"[^()\n]{1,160}\)",
    re.IGNORECASE,
)
"""What a company says of itself in brackets: "Gainsight or similar *(we use Vitally)*"."""


TAUGHT: Final = Anchored(
    r"\btraining (?:in|on|with) [^.;\n]{2,80}? (?:can be|is|will be) (?:[a-z]{2,12}ly )?"
    r"(?:available|given|offered|provided)\b",
    re.IGNORECASE,
)
"""What nobody needs to know, for it is taught: "*Training in first aid will be given*"."""
WELCOME: Final = Anchored(
    r"\b(?:applicants|candidates|people|those) (?:[a-z]{2,12} )?"
    r"(?:without|lacking|who (?:lack|(?:do not|don['’]t) have)) [^.;\n]{2,80}? "
    r"(?:are|can|may|should|will) (?!not )(?:[a-z]{2,12} )?(?:be )?"
    r"(?:apply|considered|encouraged|welcome)\b",
    re.IGNORECASE,
)
"""Who is hired all the same: "Candidates *without a degree* will still be considered"."""


class Necessities:
    """The cues of one document; asks of any span how strongly it is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.cues: Final = tuple(find_cues(document))
        self._starts = [cue.start for cue in self.cues]
        self._farther = _farther(self.cues)
        denials = DENIED.finditer(document.text)
        self._denied = {end for m in denials for end in (m.end("no"), m.end("words"), m.end())}
        self._denied |= {match.end() for match in DOES_NOT.finditer(document.text)}
        self._reached = Stretches(cue.reach for cue in self.cues)
        waived = any(cue.necessity is Necessity.WAIVED for cue in self.cues)
        self.waives: Final = waived or bool(self._denied)
        """Whether anything in the document is waived."""
        # A sentence is asked once, however many skills it lists.
        self._about_candidate: dict[Span, bool] = {}
        self._about_company: dict[Span, bool] = {}
        steps = [m.start() for told in (STEPS, LEADS) for m in told.finditer(document.text)]
        aside = [match.span() for match in ASIDE_OF_US.finditer(document.text)]
        aside += [(start, document.sentence(start)[1]) for start in steps]
        self._aside = Stretches(aside)
        needless = [m.span() for told in (TAUGHT, WELCOME) for m in told.finditer(document.text)]
        self._needless = Stretches(needless)
        self._plain: dict[Place, tuple[Necessity, Span | None]] = {}
        self._duties: dict[int, frozenset[int]] = {}
        self._turns: dict[int, float] = {}

    def at(self, start: int, end: int) -> Necessity:
        """Return the necessity of what stands from `start` to `end`.

        The nearest cue that reaches it decides, else its section: a list of requirements
        requires, a preferred one prefers, any other text mentions, except that prose without
        headings requires where it asks. In text that is no list of requirements a cue counts only
        in a sentence about the candidate.
        """
        # "you will not *manage people*", "training in *SQL* is provided"
        if start in self._denied or self._needless.hold(start):
            return Necessity.WAIVED
        if self._aside.hold(start):
            return Necessity.MENTIONED
        place = section, sentence = self._document.place(start)
        if self._reached.hold(start) and (reaching := self._reaching(start, end)):
            if self._tells_of_company(sentence):  # below the list that a line introduced
                reaching = [cue for cue in reaching if cue.start >= sentence[0]]
            if section not in BY_SECTION and not self._speaks_of_candidate(sentence):
                reaching = [
                    cue
                    for cue in reaching
                    if cue.necessity is Necessity.WAIVED
                    or self._rates(section, cue)
                    or self._introduces(cue, sentence)
                ]
            if reaching:
                if len(reaching) > 1:  # "Experience needed: plant experience *preferred*"
                    head = section_at(self._document.sections, start).start
                    reaching = [cue for cue in reaching if cue.start >= head] or reaching
                nearest = min(reaching, key=lambda cue: max(cue.start - end, start - cue.end))
                return nearest.necessity
        plain = self._plain.get(place)
        if plain is None:
            plain = self._plain[place] = self._without_cue(section, sentence)
        necessity, sought = plain
        return Necessity.REQUIRED if sought and sought[0] <= start < sought[1] else necessity

    def _reaching(self, start: int, end: int) -> list[Cue]:
        """Return the nearest cue before and the nearest behind a span, of those that reach it."""
        found: list[Cue] = []
        behind = bisect_right(self._starts, start)
        index = behind - 1
        while index >= 0:
            low, high = self.cues[index].reach
            if low <= start and end <= high:
                found.append(self.cues[index])
                break
            index = self._farther[index] if high < end else index - 1
        ahead = bisect_right(self._starts, start + LONGEST_CLAUSE)
        for cue in self.cues[behind:ahead]:
            if cue.reach[0] <= start and end <= cue.reach[1]:
                found.append(cue)
                break
        return found

    def _speaks_of_candidate(self, span: Span) -> bool:
        known = self._about_candidate.get(span)
        if known is None:
            known = ABOUT_CANDIDATE.search(self._document.text[slice(*span)]) is not None
            self._about_candidate[span] = known
        return known

    def _rates(self, section: SectionKind, cue: Cue) -> bool:
        """Tell whether a cue says by itself that it speaks of a candidate: "MCSA preferred."."""
        if section not in PROSE or cue.reach[0] >= cue.start:
            return False
        if cue.end - cue.start == 1:  # a letter that rates its line
            return True
        if section is SectionKind.DUTIES:  # not "updates the plan as required"
            before = max(0, cue.start - LONGEST_VERB), cue.start
            if IS_BEFORE.search(self._document.text, *before) is None:
                return False
        elif cue.necessity is Necessity.PREFERRED:
            return True
        return RATING_ENDS.match(self._document.text, cue.end) is not None

    def _introduces(self, cue: Cue, item: Span) -> bool:
        """Tell whether a cue above an item speaks of it: "Experience with these is required:"."""
        if cue.start >= item[0]:
            return False
        return self._speaks_of_candidate(self._document.sentence(cue.start))

    def _without_cue(self, section: SectionKind, span: Span) -> tuple[Necessity, Span | None]:
        """Return how a sentence asks that no cue speaks of, and where it says whom it seeks."""
        if section not in BY_SECTION:
            return self._in_prose(section, span)
        invites = INVITES.match(self._document.text, *span) is not None
        if invites or self._tells_of_company(span):
            return Necessity.MENTIONED, None
        whole = section_at(self._document.sections, span[0])
        if section is SectionKind.REQUIREMENTS and self._tells_duties(whole, span):
            return self._in_prose(SectionKind.DUTIES, span)
        if section is SectionKind.PREFERRED and self._turning(whole.start) <= span[0] < whole.end:
            return self._in_prose(SectionKind.BODY, span)
        return BY_SECTION[section], None

    def _in_prose(self, section: SectionKind, span: Span) -> tuple[Necessity, Span | None]:
        """Return how a sentence of prose asks; what "the ideal candidate has" is preferred."""
        text = self._document.text
        if section not in PROSE:
            return Necessity.MENTIONED, None
        if OPENS_ASKING.match(text, *span) or ABLE.match(text, *span):
            return Necessity.REQUIRED, None
        if wants := WANTS.match(text, *span):
            ideal = IDEAL.search(wants.group()) is not None
            return Necessity.PREFERRED if ideal else Necessity.REQUIRED, None
        said = OF_ROLE.match(text, *span)
        if said is not None and self._document.names("ROLE", *said.span("role")):
            return Necessity.REQUIRED, None
        if section is not SectionKind.BODY and WE_SEEK.match(text, *span) is None:
            return Necessity.MENTIONED, None
        asks = section is SectionKind.BODY and ASKS.search(text, *span)
        if asks and OUR_YEARS.match(text, *span) is None:
            return Necessity.REQUIRED, None
        sought = SOUGHT.search(text, *span)
        if sought is None:
            return Necessity.MENTIONED, None
        start, end = sought.span("who")
        if section is SectionKind.BODY:
            return Necessity.MENTIONED, (start, end)
        if self._document.names("ROLE", start, end):  # "a motivated, energetic *driver*"
            return Necessity.MENTIONED, (start, end)
        having = HAVING.search(text, start, end)
        return Necessity.MENTIONED, (having.end(), end) if having else None

    def _tells_duties(self, section: Section, span: Span) -> bool:
        """Tell whether a sentence of a list of requirements says what one will do there."""
        if not is_told(self._document.text, span):
            return False
        if section.start not in self._duties:
            lines = duty_lines(self._document.text, section.start, section.end)
            self._duties[section.start] = lines
        return self._document.line(span[0])[0] in self._duties[section.start]

    def _turning(self, start: int) -> float:
        """Return where a paragraph no longer speaks of what would be nice to have.

        "Nice to have: Kafka. *You will build pipelines in Scala.*": such a heading inside a line
        reaches to the sentence that begins anew. `start` is that of the section; one of several
        lines is a list to its end.
        """
        if start not in self._turns:
            self._turns[start] = self._turn(start)
        return self._turns[start]

    def _turn(self, start: int) -> float:
        text = self._document.text
        section = section_at(self._document.sections, start)
        end = min(section.end, self._document.line(start)[1])
        position = self._document.sentence(start)[1]
        while position < end:
            if BEGINS_ANEW.match(text, position):
                return position
            position = max(self._document.sentence(position)[1], position + 1)
        return inf

    def _tells_of_company(self, span: Span) -> bool:
        known = self._about_company.get(span)
        if known is None:
            text = self._document.text
            known = OF_COMPANY.match(text, *span) is not None
            known = known and ABOUT_YOU.search(text, *span) is None
            self._about_company[span] = known
        return known


def _farther(cues: Sequence[Cue]) -> list[int]:
    """Return for each cue the last one before it that reaches farther, -1 where there is none.

    Who looks for a cue that reaches a span passes over all between them at once; a text of ten
    thousand cues would else be looked through ten thousand times.
    """
    farther: list[int] = []
    for index, cue in enumerate(cues):
        before = index - 1
        while before >= 0 and cues[before].reach[1] <= cue.reach[1]:
            before = farther[before]
        farther.append(before)
    return farther
