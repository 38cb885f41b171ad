"""The columns of the Parquet tables: name, type and meaning, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import pyarrow as pa

Columns: TypeAlias = tuple[tuple[str, str, str], ...]

PLACES: Final = 6
"""Decimal places of amounts and years."""

POSTINGS: Final[Columns] = (
    ("posting", "text", "id of the posting"),
    ("iri", "text", "its IRI in the graph"),
    ("title", "text", "as written"),
    ("role", "text", "what the job is, without its rank"),
    ("role_iri", "text", "the role's concept"),
    ("level", "text", "the rank within the role"),
    ("level_iri", "text", "the level's concept"),
    ("specialisation", "text", "what the title says beyond role and level"),
    ("employer", "text", "its name"),
    ("employer_iri", "text", "its IRI in the graph"),
    ("industries", "texts", "lines of business that a board gives of the employer"),
    ("employment_type", "text", "schema.org's: FULL_TIME, PART_TIME, CONTRACTOR, ..."),
    ("work_modes", "texts", "onsite, hybrid, remote"),
    ("duties", "texts", "verbs of scope that it uses of the person hired: Design, Own, Lead, ..."),
    ("duty_iris", "texts", "the duties' concepts, in the same order"),
    (
        "places",
        "places",
        "city, region, country (ISO 3166-1 alpha-2), and whether remote from there",
    ),
    ("applicant_countries", "texts", "from which one may apply"),
    ("pay_currency", "text", "ISO 4217 code"),
    ("pay_period", "text", "HOUR, DAY, WEEK, BIWEEKLY, SEMIMONTHLY, MONTH or YEAR"),
    ("pay_min", "decimal", "as stated, for the period"),
    ("pay_max", "decimal", "as stated, for the period"),
    ("pay_annual_min", "decimal", "derived: the lower amount by the year"),
    ("pay_annual_max", "decimal", "derived: the upper amount by the year"),
    ("equity", "boolean", "whether equity is part of the pay"),
    ("relocation", "boolean", "whether the employer helps with moving"),
    ("travel", "boolean", "whether the work needs travel"),
    ("date_posted", "date", "as stated"),
    ("valid_through", "date", "as stated"),
    ("graduation_from", "text", "first month in which a candidate may graduate, YYYY-MM"),
    ("graduation_to", "text", "last month, YYYY-MM"),
    ("reference", "text", "the employer's own number"),
    ("flags", "texts", "what to know about the source: truncated, ..."),
    ("text", "text", "the stored text, into which all offsets point"),
    ("text_sha256", "text", "hash of that text as UTF-8"),
    ("source", "text", "the file that was read"),
    ("source_sha256", "text", "hash of its bytes; of a record as UTF-8 where it has several"),
)
REQUIREMENTS: Final[Columns] = (
    ("posting", "text", "id of the posting"),
    ("requirement", "text", "its IRI in the graph"),
    ("kind", "text", "skill, degree or experience"),
    ("concept", "text", "the skill's or degree's IRI; null where the vocabulary has none"),
    ("label", "text", "the concept's label, or the words; what experience is in"),
    ("necessity", "text", "required, preferred or mentioned; of a choice, that of the choice"),
    ("min_years", "decimal", "least years, where stated"),
    ("max_years", "decimal", "most years, where stated"),
    ("fields", "texts", "labels of the fields of study of which one will do"),
    ("foreign_equivalent", "boolean", "that a foreign degree will do; null where not said"),
    ("related_field", "boolean", "that a related field will do; null where not said"),
    ("equivalent_experience", "boolean", "that experience will do instead; null where not said"),
    ("alternative", "text", "the choice of which it is a member; null for one that stands alone"),
    ("alternative_minimum", "integer", "how many members of the choice are enough"),
    ("note", "text", "what to know about it"),
)
SKILLS: Final[Columns] = (
    ("concept", "text", "the skill's IRI"),
    ("label", "text", "preferred label"),
    ("other_labels", "texts", "other names"),
    ("kind", "text", "certification, domain, language, method, soft or tool"),
    ("broader", "texts", "IRIs of the concepts right above"),
    ("postings", "integer", "postings of this export that name it, however strongly"),
)
EVIDENCE: Final[Columns] = (
    ("posting", "text", "id of the posting"),
    ("subject", "text", "what the words prove something of: posting, requirement, choice, pay"),
    ("property", "text", "of a posting: the property that they prove; else null"),
    ("value", "text", "of a posting: the value that they prove; else null"),
    ("start", "integer", "first code point in the posting's text"),
    ("end", "integer", "the code point after the last"),
    ("words", "text", "the words themselves"),
    ("rule", "text", "the rule that took them"),
    ("section", "text", "the kind of section in which they stand"),
)
TABLES: Final[dict[str, Columns]] = {
    "postings": POSTINGS,
    "requirements": REQUIREMENTS,
    "skills": SKILLS,
    "evidence": EVIDENCE,
}


def schema(table: str) -> pa.Schema:
    """Return a table's columns for Arrow, each with its meaning as `description`."""
    return schema_of(TABLES[table])


def schema_of(columns: Columns) -> pa.Schema:
    """Return columns for Arrow, each with its meaning as `description`."""
    import pyarrow as pa

    place = [("city", pa.string()), ("region", pa.string()), ("country", pa.string())]
    types = {
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "decimal": pa.decimal128(38, PLACES),
        "integer": pa.int64(),
        "number": pa.float64(),
        "places": pa.list_(pa.struct([*place, ("remote", pa.bool_())])),
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
    }
    return pa.schema(
        [
            pa.field(name, types[kind], metadata={"description": meaning})
            for name, kind, meaning in columns
        ]
    )
