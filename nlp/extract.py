"""The extractor: one spaCy pipeline of entity rules, and the rules that read its hits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

import ontology
from nlp.digest import rules_digest
from nlp.document import Document
from nlp.garbage import collector_waits
from nlp.gazetteer import load_gazetteer
from nlp.matcher import Hit, Pattern
from nlp.mentions import gather_mentions
from nlp.necessity import Necessities
from nlp.pipeline import COMPONENT, EntityRules, build_pipeline
from nlp.readers import SetAside, read_postings
from nlp.readers.language import other_language
from nlp.readers.raw import AS_IT_IS, ReadingOptions, silent
from nlp.rules.activities import find_activities
from nlp.rules.conditions import find_conditions
from nlp.rules.dates import find_dates, find_graduation_window
from nlp.rules.degree_or_experience import with_degree_or_experience
from nlp.rules.degree_or_paper import with_degree_or_paper
from nlp.rules.degree_or_years import with_instead, with_papers
from nlp.rules.degrees import find_degrees
from nlp.rules.duties import Duties
from nlp.rules.employer import find_employer
from nlp.rules.employment import find_employment_type
from nlp.rules.experience import find_experience
from nlp.rules.fields import FieldLists
from nlp.rules.hint_agreement import Agreement, merged, named
from nlp.rules.hints import posting_sections, read_hints, without_card
from nlp.rules.industries import find_industries
from nlp.rules.naming import name_job, title_below, titles_differ
from nlp.rules.nationalities import is_adjective
from nlp.rules.or_lines import Asked, with_or_lines
from nlp.rules.pay import find_pay
from nlp.rules.places import find_places
from nlp.rules.references import find_reference
from nlp.rules.related import find_related
from nlp.rules.skill_years import with_years
from nlp.rules.skills import find_skills
from nlp.rules.subjects import with_subjects
from nlp.rules.titles import Titles
from nlp.rules.work_mode import find_work_modes
from nlp.sections import TRUNCATED
from nlp.types import Candidate, Facts, FieldKind, Posting, Stated
from ontology import Vocabulary
from ontology.forms import normal_form

EMPTY: Final = Document("", (), {})
BATCH: Final = 64
"""Postings that go through the rules side by side; what is known of them takes some 20 MB."""
LONGEST_BATCH: Final = 400_000
"""Characters from which on no more postings are added to those."""
CODE: Final = re.compile(r"#[A-Z]{2,5}-\w{1,20}")
"""What a board files a posting under: "#LI-DNP" names no degree."""
LABELS: Final = {"skills": "SKILL", "degrees": "DEGREE", "fields": "FIELD", "roles": "ROLE"}
"""The entity label of each scheme whose concepts are looked for in the whole text."""


def patterns(vocabulary: Vocabulary) -> list[Pattern]:
    """Return the entity rules that a vocabulary stands for, sorted as its concepts are."""
    return [
        Pattern(LABELS[concept.scheme], label, concept.iri)
        for concept in vocabulary
        if concept.scheme in LABELS
        for label in dict.fromkeys(vocabulary.labels_of(concept))
    ]


def extract_files(
    paths: Iterable[str | Path],
    vocabulary: Vocabulary | None = None,
    options: ReadingOptions = AS_IT_IS,
    tell: Callable[[str], None] = silent,
) -> Iterator[Facts | SetAside]:
    """Yield the facts of each posting under `paths`, and what gave none, as `read_postings`."""
    known = ontology.load() if vocabulary is None else vocabulary
    extractor = extractor_of(known)
    for item in read_postings(paths, extractor.is_name, options, tell):
        yield item if isinstance(item, SetAside) else extractor(item)


@lru_cache(maxsize=2)
def extractor_of(vocabulary: Vocabulary) -> Extractor:
    """Return an extractor for a vocabulary; the last ones are kept, since making one takes time."""
    return Extractor(vocabulary)


class Extractor:
    """Takes the facts from postings. Building one costs two seconds; it can be kept.

    `Extractor()(posting)` gives `Facts`; the same posting always gives the same facts.
    """

    @collector_waits()
    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary: Final = vocabulary if vocabulary is not None else ontology.load()
        self.nlp: Final[Language] = build_pipeline(patterns(self.vocabulary))
        """The spaCy pipeline: `spacy.blank("en")` with the entity rules."""
        self._titles = Titles(self.vocabulary)
        self._duties = Duties(self.vocabulary)
        load_gazetteer()

    def doc(self, posting: Posting) -> Doc:
        """Return spaCy's view of the posting, with the hits in `doc.spans` and `doc.ents`."""
        return self.nlp(posting.text)

    @property
    def vocabulary_digest(self) -> str:
        """SHA-256 of the vocabulary's files."""
        return self.vocabulary.digest

    @property
    def rules_digest(self) -> str:
        """SHA-256 of the rules, code and tables: what was extracted by others may differ."""
        return rules_digest()

    def is_name(self, word: str) -> bool:
        """Tell whether a word alone is the name of a tool; one or two letters are too few."""
        concept = self.vocabulary.find(word, "skills")
        return concept is not None and concept.kind == "tool" and len(word) > 2

    def _is_country(self, text: str, candidate: Candidate) -> bool:
        """Tell whether a candidate is a country's adjective that is a language elsewhere."""
        named = self.vocabulary.find(candidate.label, "skills")
        span = candidate.evidence.start, candidate.evidence.end
        return named is not None and named.kind == "language" and is_adjective(text, *span)

    def __call__(self, posting: Posting) -> Facts:
        """Return what `posting` says."""
        (facts,) = self._side_by_side([posting])
        return facts

    def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
        """Yield the facts of each posting, in order; up to `BATCH` postings are read ahead."""
        for batch in _batches(postings):
            yield from self._side_by_side(batch)

    @collector_waits()
    def _side_by_side(self, postings: Sequence[Posting]) -> list[Facts]:
        """Return the facts of postings that take each step before any of them takes the next.

        So a rule finds its code and its tables still in the processor's cache: all rules together
        do not fit into it. It saves a tenth of the time.
        """
        runs = [self._steps(posting) for posting in postings]
        found: list[Facts] = []
        while len(found) < len(runs):
            for run in runs:
                try:
                    next(run)
                except StopIteration as end:  # all end with the same step
                    found.append(end.value)
        return found

    def _steps(self, posting: Posting) -> Generator[None, None, Facts]:
        """Return what `posting` says; each `yield` ends a step."""
        text = without_card(posting)
        sections = posting_sections(posting)
        yield
        document = Document(text, sections, self._hits(text))
        yield
        hinted = read_hints(posting, self._titles)
        settled = Agreement()
        vocabulary = self.vocabulary
        signs_lost = any(edit.rule == "repair:apostrophe" for edit in posting.edits)
        necessities = Necessities(document)
        yield
        naming = named(name_job(document, self._titles, vocabulary), hinted.title, hinted.level)
        settled.note(FieldKind.TITLE, differs=self._title_differs(posting, document))
        yield
        employer = settled.one(
            FieldKind.EMPLOYER, hinted.employer, find_employer(document), told=False
        )
        places = settled.places(hinted.places, find_places(document))
        yield
        fields = FieldLists(document, vocabulary)
        degrees = find_degrees(document, vocabulary, necessities, fields)
        yield
        skills = find_skills(
            document,
            vocabulary,
            necessities,
            [*degrees.spans, *fields.spans],
            employer=employer.value if employer else None,
            signs_lost=signs_lost,
        )
        yield
        degrees, experience = with_instead(
            document, degrees, find_experience(document, necessities, degrees.options)
        )
        degrees, skills = with_degree_or_paper(document, degrees, skills)
        degrees, skills = with_degree_or_experience(document, degrees, skills)
        degrees, experience, skills = with_or_lines(
            document, Asked(degrees, tuple(experience), skills)
        )
        skills, experience = with_papers(document, skills, experience)
        skills = with_subjects(document, skills, degrees.requirements, experience)
        yield
        conditions = find_conditions(document)
        applicants = merged([*hinted.applicants, *conditions.applicants])
        countries = [place.value.country for place in places if place.value.country]
        countries += [stated.value for stated in applicants]
        country = countries[0] if countries else None
        pay = find_pay(document, country, hinted.pay(posting, FieldKind.PAY, country))
        settled.note(FieldKind.PAY, differs=pay.differs)
        estimate = find_pay(EMPTY, country, hinted.pay(posting, FieldKind.PAY_ESTIMATE, country))
        date_posted, valid_through = find_dates(document)
        yield
        window = find_graduation_window(document)
        level = naming.level
        if level is None and window is not None:
            level = Stated(self._titles.university_graduate(), window.evidence)
        requirements = sorted(
            (
                *degrees.requirements,
                *experience,
                *with_years(skills, experience, posting.text),
            ),
            key=lambda r: (r.evidence.start, r.kind, r.concept or r.label, r.alternative or ""),
        )
        other = other_language(posting.text)
        yield
        duties = self._duties.find(document)
        yield
        activities = find_activities(document, necessities)
        yield
        flags = {
            f"partly-{(other or '').lower()}": other is not None,
            "truncated": TRUNCATED.search(posting.text) is not None,
            "signs-lost": signs_lost,
            "several-pay-ranges": pay.disputed,
            "no-title": naming.title is None,
            **dict.fromkeys((*naming.flags, *posting.flags), True),
        }
        facts = Facts(
            posting=posting,
            title=naming.title,
            role=naming.role,
            level=level,
            specialisation=naming.specialisation,
            employer=employer,
            employment_type=settled.one(
                FieldKind.EMPLOYMENT_TYPE, hinted.employment_type, find_employment_type(document)
            ),
            industries=tuple(merged([*hinted.industries, *find_industries(document)])),
            work_modes=settled.modes(hinted.work_modes, find_work_modes(document, places)),
            duties=duties,
            places=places,
            applicant_countries=tuple(applicants),
            pay=pay.base,
            pay_estimate=estimate.base,
            pay_statements=pay.stated,
            equity=conditions.equity,
            relocation=conditions.relocation,
            travel=conditions.travel,
            travel_share=conditions.travel_share,
            equivalent_combination=conditions.equivalent_combination,
            date_posted=settled.one(FieldKind.DATE_POSTED, hinted.date_posted, date_posted),
            valid_through=settled.one(FieldKind.VALID_THROUGH, hinted.valid_through, valid_through),
            graduation_window=window,
            reference=settled.one(
                FieldKind.REFERENCE, hinted.reference, find_reference(document), told=False
            ),
            requirements=tuple(requirements),
            alternatives=tuple(
                sorted((*degrees.alternatives, *skills.alternatives), key=lambda a: a.id)
            ),
            candidates=tuple(
                candidate
                for candidate in skills.candidates
                if normal_form(candidate.label) not in vocabulary.rejected
                and not self._is_country(text, candidate)
            ),
            activities=activities,
            related=find_related(document, self._titles),
            sections=document.sections,
        )
        raised = {flag for flag, raised in flags.items() if raised}
        raised |= hinted.flags | settled.flags
        mentions = gather_mentions(facts, skills.mentions)
        return replace(facts, flags=tuple(sorted(raised)), mentions=mentions)

    def _title_differs(self, posting: Posting, document: Document) -> bool:
        """Tell whether the text has a title of its own that is another than its source's."""
        hint = next((h for h in posting.hints if h.kind is FieldKind.TITLE), None)
        stated = self._titles.parse(posting.text[hint.start : hint.end]) if hint else None
        below = title_below(document, self._titles, posting.card) if stated else None
        return bool(stated and below and titles_differ(self.vocabulary, stated, below))

    def _hits(self, text: str) -> dict[str, tuple[Hit, ...]]:
        rules = self.nlp.get_pipe(COMPONENT)
        if not isinstance(rules, EntityRules):
            raise TypeError(f"{COMPONENT} is a {type(rules).__name__}, not our entity rules")
        hits = rules.matcher.by_label(text)
        if codes := [match.span() for match in CODE.finditer(text)] if "#" in text else []:
            for label, found in hits.items():
                hits[label] = [hit for hit in found if not any(a < hit.start < b for a, b in codes)]
        hits["ROLE"] = self._job_names(text, hits)
        return {label: tuple(found) for label, found in hits.items()}

    def _job_names(self, text: str, hits: Mapping[str, Sequence[Hit]]) -> list[Hit]:
        """Return the roles without those that stand inside a skill: "Registered Nurse license".

        Of the same words the skill is meant where it is a certification ("CNA") or one plain
        word ("Chef"); a short name or a phrase ("SRE", "Database Administrator") is the role.
        """
        skills = hits.get("SKILL", ())
        starts = [skill.start for skill in skills]
        kept = []
        for role in hits.get("ROLE", ()):
            index = bisect_right(starts, role.start) - 1
            if index >= 0 and skills[index].end >= role.end:
                skill, said = skills[index], text[role.start : role.end]
                longer = (skill.start, skill.end) != (role.start, role.end)
                plain = role.size == 1 and not said.isupper()
                if longer or plain or self.vocabulary[skill.id].kind == "certification":
                    continue
            kept.append(role)
        return kept


def _batches(postings: Iterable[Posting]) -> Iterator[list[Posting]]:
    batch: list[Posting] = []
    size = 0
    for posting in postings:
        batch.append(posting)
        size += len(posting.text)
        if len(batch) == BATCH or size >= LONGEST_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
