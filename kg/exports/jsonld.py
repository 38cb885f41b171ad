"""JSON-LD: each posting as one object that a person can read, and schema.org's JobPosting.

`ontology/context.jsonld` gives the names and `ontology/frame.jsonld` the shape; pyld does the
framing by the JSON-LD algorithms, one posting at a time. Beside what a posting's graph states the
object has the labels of the concepts it names and what `kg.exports.schema_org` derives.
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn, TypeAlias

import pyoxigraph as ox

from kg.exports.labels import Labels
from kg.exports.schema_org import derive
from kg.exports.statements import Statements
from kg.store_folder import StoreError
from ontology.terms import RDF, XSD
from ontology.vocabulary import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.exports.part import Part

Json: TypeAlias = Any
"""What JSON can hold: the shape is the context's, not Python's."""

FIRST: Final = (
    *("@id", "@type", "identifier", "title", "role", "level", "specialisation"),
    *("hiringOrganization", "industry", "employmentType", "workMode", "jobLocationType"),
    *("jobLocation", "applicantLocationRequirements", "datePosted", "validThrough"),
    *("baseSalary", "skills", "educationRequirements", "experienceRequirements"),
    *("experienceInPlaceOfEducation", "description"),
)
"""The keys that a reader looks for first, in that order. The others follow as they are."""

_SMALL_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""What JSON readers keep exact, written as JSON writes it."""


def context() -> Json:
    """Return our context, as the file has it."""
    return json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]


def write_jsonld(part: Part, stream: IO[bytes]) -> None:
    """Write the postings of a part as one array below the context, sorted by their ids.

    One posting is in memory at a time. Needs pyld.
    """
    from_frame = _framer()
    labels = Labels(part.store)
    stream.write(f'{{"@context": {_dumped(context())},\n"@graph": ['.encode())
    comma = ""
    for posting in part.ids:
        node = part.store.iris.posting(posting).value
        framed = from_frame(_expanded(part.posting(posting), node, labels), node)
        stream.write(f"{comma}\n{_dumped(_in_order(framed))}".encode())
        comma = ","
    stream.write(b"\n]}\n")


def _framer() -> Any:
    from pyld import jsonld

    shape = json.loads((FOLDER / "frame.jsonld").read_text(encoding="utf-8"))
    names = context()
    options = {
        "documentLoader": _refuse,
        "embed": "@always",
        "omitDefault": True,
        "omitGraph": True,
        "processingMode": "json-ld-1.1",
    }

    def framed(nodes: list[Json], posting: str) -> Json:
        found = jsonld.frame(nodes, {"@context": names, "@id": posting, **shape}, options)
        del found["@context"]
        return found

    return framed


def _refuse(url: str, _: object) -> NoReturn:
    raise StoreError(f"JSON-LD: {url} was asked for; our context is complete and loads nothing")


def _expanded(quads: list[ox.Quad], posting: str, labels: Labels) -> list[Json]:
    """Return what is to be framed as JSON-LD without any context: one object a node."""
    named = sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})
    described = [quad.triple for name in named for quad in labels.quads(name)]
    derived = derive(Statements(quads), posting, labels)
    stated = dict.fromkeys([*(quad.triple for quad in quads), *described, *derived])
    nodes: dict[str, Json] = {}
    for triple in stated:
        name = _identifier(triple.subject)
        node = nodes.setdefault(name, {"@id": name})
        if triple.predicate.value == RDF + "type":
            node.setdefault("@type", []).append(_identifier(triple.object))
        else:
            node.setdefault(triple.predicate.value, []).append(_value(triple.object))
    return list(nodes.values())


def _identifier(term: object) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def _value(term: object) -> Json:
    if not isinstance(term, ox.Literal):
        return {"@id": _identifier(term)}
    kind = term.datatype.value
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if kind == XSD + "string":
        return {"@value": term.value}
    if kind == XSD + "boolean" and term.value in ("true", "false"):
        return {"@value": term.value == "true"}
    if kind == XSD + "integer" and _SMALL_INTEGER.fullmatch(term.value):
        return {"@value": int(term.value)}
    return {"@value": term.value, "@type": kind}


def _in_order(posting: Json) -> Json:
    """Put first what is read first, and what the text proves in the text's own order."""
    ordered = {key: posting[key] for key in FIRST if key in posting}
    ordered |= {key: value for key, value in posting.items() if key not in ordered}
    for key in ("requirements", "alternatives", "candidates", "evidence"):
        if key in ordered:
            ordered[key] = sorted(ordered[key], key=_place)
    return ordered


def _place(node: Json) -> tuple[int, int, str]:
    starts = [_offsets(one) for one in (node, *node.get("evidence", ()))]
    return (*min(starts), node.get("@id", ""))


def _offsets(node: Json) -> tuple[int, int]:
    found: Iterable[object] = (node.get("start"), node.get("end"))
    start, end = (value if isinstance(value, int) else 1 << 53 for value in found)
    return start, end


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
