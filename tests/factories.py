"""Facts made by hand: the text is written around them, so that all evidence holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from nlp.types import (
    Alternative,
    Evidence,
    Facts,
    Necessity,
    Pay,
    Place,
    Posting,
    RelatedPosting,
    Requirement,
    RequirementKind,
    SectionKind,
    Stated,
    Term,
)
from ontology import terms
from ontology.vocabulary import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

T = TypeVar("T")

LEVELS: Final = ("University Graduate", "I", "II", "Senior", "Senior Staff")
"""The levels of the small vocabulary, in their order."""
DEGREES: Final = ("Bachelor's", "Master's", "Doctorate")
FIELDS: Final = ("Computer Science", "Engineering")
DUTIES: Final = ("Design", "Lead", "Maintain", "Mentor")
ROLES: Final = ("Data Engineer", "Machine Learning Engineer", "Software Engineer")
SKILLS: Final[dict[str, tuple[str, str | None]]] = {
    "Big Data": ("method", None),
    "C++": ("tool", None),
    "Data Structures": ("method", None),
    "Git": ("tool", None),
    "HDFS": ("tool", "Hadoop"),
    "Hadoop": ("tool", "Big Data"),
    "Java": ("tool", None),
    "Machine Learning": ("method", None),
    "Publications": ("method", None),
    "Python": ("tool", None),
    "Recommender Systems": ("method", "Machine Learning"),
    "SQL": ("tool", None),
    "Spark": ("tool", "Big Data"),
}
"""The skills of the small vocabulary: label to kind and broader skill."""


IMPLIED: Final = (
    ("skill", "HDFS", "Hadoop"),
    ("degree", "Master's", "Bachelor's"),
    ("degree", "Doctorate", "Master's"),
)
"""What implies what in the small vocabulary."""


def concept(kind: str, label: str) -> str:
    """The IRI of a concept of the small vocabulary (and of the large one, where both have it)."""
    name = label.lower().replace("+", "-plus").replace("'s", "").replace(" ", "-")
    return f"{terms.VOCABULARY}{kind}/{name}"


@dataclass
class Draft:
    """A posting's text while it is written, and the evidence in it."""

    text: str = ""
    taken: list[Evidence] = field(default_factory=list)

    def write(self, before: str, words: str, rule: str, section: SectionKind) -> Evidence:
        """Append one line, `before` and then `words`; the words are the evidence."""
        start = len(self.text) + len(before)
        self.text += f"{before}{words}\n"
        evidence = Evidence(start, start + len(words), words, rule, section)
        self.taken.append(evidence)
        return evidence

    def state(self, value: T, words: str, rule: str, section: SectionKind) -> Stated[T]:
        """Append a line that states a value."""
        return Stated(value, (self.write(f"{rule} = ", words, rule, section),))


def make_facts(
    *,
    source: str = "posting.txt",
    title: str | None = "Data Engineer II",
    role: str | None = "Data Engineer",
    level: str | None = "II",
    employer: str | None = "Lumen & Sons",
    required: Sequence[str] = ("Python", "SQL"),
    preferred: Sequence[str] = (),
    mentioned: Sequence[str] = (),
    any_of: Mapping[str, Sequence[str]] | None = None,
    minimum: int = 1,
    degree: str | None = "Bachelor's",
    fields: Sequence[str] = ("Computer Science",),
    years: str | None = "1",
    pay: tuple[str | None, str | None, str | None, str | None] | None = (
        "100000",
        "120000.50",
        "USD",
        "YEAR",
    ),
    places: Sequence[Place] = (Place("Palo Alto", "CA", "US"),),
    work_modes: Sequence[str] = ("remote",),
    duties: Sequence[str] = (),
    applicant_countries: Sequence[str] = ("US",),
    industries: Sequence[str] = ("Software",),
    date_posted: date | None = None,
    reference: str | None = None,
    related: Sequence[str] = (),
    flags: Sequence[str] = (),
) -> Facts:
    """Facts of one posting.

    Skills of the small vocabulary are concepts, others are labels. `any_of` maps an alternative's
    id to its members, of which `minimum` are enough. `pay` is low, high, currency and period.
    `related` are titles of postings linked to below, each "Role, Specialisation".
    """
    draft = Draft()
    head, asks = SectionKind.HEADER, SectionKind.REQUIREMENTS
    facts = {
        "title": title and draft.state(title, title, "title:line", head),
        "role": role and draft.state(Term(role, concept("role", role)), role, "title:role", head),
        "level": level
        and draft.state(Term(level, concept("level", level)), level, "title:level", head),
        "employer": employer and draft.state(employer, employer, "employer:line", head),
        "employment_type": draft.state("FULL_TIME", "Full-time", "employment:type", head),
        "date_posted": date_posted
        and draft.state(date_posted, date_posted.isoformat(), "date:posted", head),
        "reference": reference and draft.state(reference, reference, "reference:code", head),
        "pay": pay and _pay(draft, *pay),
        "equity": draft.state(True, "eligible for equity", "pay:equity", SectionKind.PAY),
        "relocation": draft.state(False, "no relocation", "place:relocation", SectionKind.PAY),
    }
    lists = {
        "work_modes": [draft.state(mode, mode, "mode:word", head) for mode in work_modes],
        "duties": [
            draft.state(Term(duty, concept("duty", duty)), f"{duty} things", "duty:opens", head)
            for duty in duties
        ],
        "places": [draft.state(place, _words(place), "place:line", head) for place in places],
        "industries": [draft.state(name, name, "industry:card", head) for name in industries],
        "applicant_countries": [
            draft.state(code, f"{code} based applicants only", "place:applicants", SectionKind.PAY)
            for code in applicant_countries
        ],
    }
    requirements: list[Requirement] = []
    if degree:
        words = f"{degree} degree in {', '.join(fields)} or its foreign equivalent"
        requirements.append(
            Requirement(
                RequirementKind.DEGREE,
                degree,
                Necessity.REQUIRED,
                draft.write("Minimum: ", words, "degree:level", asks),
                concept("degree", degree),
                fields=tuple(Term(name, concept("field", name)) for name in fields),
                foreign_equivalent=True,
            )
        )
    if years:
        words = f"{years} year of experience in the job offered"
        requirements.append(
            Requirement(
                RequirementKind.EXPERIENCE,
                "in the job offered",
                Necessity.REQUIRED,
                draft.write("Minimum: ", words, "experience:years", asks),
                min_years=Decimal(years),
            )
        )
    for necessity, section, labels in (
        (Necessity.REQUIRED, SectionKind.SKILLS, required),
        (Necessity.PREFERRED, SectionKind.PREFERRED, preferred),
        (Necessity.MENTIONED, SectionKind.DUTIES, mentioned),
    ):
        requirements += _skills(draft, labels, necessity, section)
    alternatives = []
    for id_, members in (any_of or {}).items():
        evidence = draft.write("One of: ", ", ".join(members), "alternative:list", asks)
        alternatives.append(Alternative(id_, minimum, Necessity.REQUIRED, evidence))
        requirements += _skills(draft, members, Necessity.REQUIRED, asks, id_)
    links = tuple(_link(draft, words) for words in related)
    text = draft.text
    return Facts(
        posting=Posting(source, text, hashlib.sha256(text.encode()).hexdigest()),
        **{name: value or None for name, value in facts.items()},  # type: ignore[arg-type]
        **{name: tuple(values) for name, values in lists.items()},  # type: ignore[arg-type]
        requirements=tuple(requirements),
        alternatives=tuple(alternatives),
        related=links,
        flags=tuple(flags),
    )


def two_levels() -> list[Facts]:
    """Two postings of Machine Learning Engineer, I and II, as the seeds have them in miniature.

    Required by I only: Data Structures, HDFS, Machine Learning; by both: Recommender Systems,
    Spark; by II only: Git, Java, Python, SQL. I accepts one of Java, C++, Python, which is no
    requirement. I asks for a master's degree, II for a bachelor's; both for one year. Pay differs
    by 28,140.85 at the low end and 44,577.00 at the high end.
    """
    return [
        make_facts(
            source="level-1.txt",
            title="Machine Learning Engineer I",
            role="Machine Learning Engineer",
            level="I",
            employer="Pinterest",
            required=(
                "Data Structures",
                "HDFS",
                "Spark",
                "Machine Learning",
                "Recommender Systems",
            ),
            preferred=("Publications",),
            mentioned=("Hadoop",),
            any_of={"a1": ("Java", "C++", "Python")},
            degree="Master's",
            fields=("Computer Science", "Engineering"),
            pay=("168237.50", "222695.00", "USD", "YEAR"),
            places=(Place("San Francisco", "CA", "US"), Place(None, "CA", "US", remote=True)),
            work_modes=("hybrid", "remote"),
            duties=("Design", "Maintain"),
            date_posted=date(2025, 9, 19),
            reference="L24-146887",
            related=("Software Engineer, Programmatic Ads",),
            flags=("truncated",),
        ),
        make_facts(
            source="level-2.txt",
            title="Machine Learning Engineer II",
            role="Machine Learning Engineer",
            level="II",
            employer="Pinterest",
            required=("Java", "Python", "Recommender Systems", "Spark", "Git", "SQL"),
            mentioned=("Microservices",),
            degree="Bachelor's",
            fields=("Computer Science", "Engineering"),
            pay=("196378.35", "267272.00", "USD", "YEAR"),
            places=(Place("San Francisco", "CA", "US"),),
            duties=("Design", "Lead", "Mentor"),
            reference="21-1767",
        ),
    ]


def small_vocabulary() -> str:
    """Turtle with the concepts that `make_facts` and `two_levels` name."""
    blocks = [
        "@prefix rg: <https://rolegraph.example/ontology#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
    ]
    blocks += [
        f'<{terms.VOCABULARY}{name}> a skos:ConceptScheme ; skos:prefLabel "{name.title()}"@en .'
        for name in SCHEMES
    ]
    for label, (kind, broader) in SKILLS.items():
        above = f"skos:broader <{concept('skill', broader)}>" if broader else _top("skills")
        blocks.append(_block("skill", label, above, f'rg:kind "{kind}"'))
    for rank, label in enumerate(LEVELS, start=1):
        track = 'rg:track "individual"'
        blocks.append(_block("level", label, _top("levels"), f"rg:rank {rank}", track))
    for rank, label in enumerate(DEGREES, start=1):
        blocks.append(_block("degree", label, _top("degrees"), f"rg:rank {rank}"))
    blocks += [_block("field", label, _top("fields")) for label in FIELDS]
    blocks += [_block("duty", label, _top("duties")) for label in DUTIES]
    blocks += [_block("role", label, _top("roles")) for label in ROLES]
    blocks += [
        f"<{concept(kind, one)}> rg:implies <{concept(kind, other)}> ."
        for kind, one, other in IMPLIED
    ]
    return "\n".join(blocks) + "\n"


def _block(kind: str, label: str, *more: str) -> str:
    lines = [
        f"<{concept(kind, label)}> a skos:Concept",
        f'skos:prefLabel "{label}"@en',
        f"skos:inScheme <{terms.VOCABULARY}{'duties' if kind == 'duty' else f'{kind}s'}>",
        *more,
    ]
    return " ; ".join(lines) + " ."


def _top(scheme: str) -> str:
    return f"skos:topConceptOf <{terms.VOCABULARY}{scheme}>"


def _pay(
    draft: Draft, low: str | None, high: str | None, currency: str | None, period: str | None
) -> Stated[Pay]:
    pay = Pay(low and Decimal(low), high and Decimal(high), currency, period)  # type: ignore[arg-type]
    words = f"{low} - {high} {currency} {period}"
    return draft.state(pay, words, "pay:range", SectionKind.PAY)


def _words(place: Place) -> str:
    parts = [place.city, place.region, place.country, "remote" if place.remote else None]
    return ", ".join(part for part in parts if part)


def _skills(
    draft: Draft,
    labels: Iterable[str],
    necessity: Necessity,
    section: SectionKind,
    alternative: str | None = None,
) -> list[Requirement]:
    return [
        Requirement(
            RequirementKind.SKILL,
            label,
            necessity,
            draft.write("- ", label, "skill:concept", section),
            concept("skill", label) if label in SKILLS else None,
            alternative=alternative,
        )
        for label in labels
    ]


def _link(draft: Draft, words: str) -> RelatedPosting:
    role, _, specialisation = words.partition(", ")
    return RelatedPosting(
        draft.state(words, words, "related:link", SectionKind.RELATED),
        Term(role, concept("role", role)),
        Term("Senior Staff", concept("level", "Senior Staff")),
        specialisation or None,
        (Place("Seattle", "WA", "US"),),
        date(2026, 3, 4),
    )
