"""JSON-LD: each posting as one object that a person can read, and schema.org's JobPosting.

`ontology/context.jsonld` gives the names and `ontology/frame.jsonld` the shape; `framing` puts
them together, one posting at a time. Beside what a posting's graph states the object has the
labels of the concepts it names and what `kg.exports.schema_org` derives.
"""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.exports.framing import Framing
from kg.exports.labels import Labels
from kg.exports.schema_org import derive
from kg.exports.statements import Statements
from ontology.vocabulary import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.exports.framing import Json
    from kg.exports.part import Part

FIRST: Final = (
    *("@id", "@type", "identifier", "title", "role", "level", "specialisation"),
    *("hiringOrganization", "industry", "employmentType", "workMode", "jobLocationType"),
    *("jobLocation", "applicantLocationRequirements", "datePosted", "validThrough"),
    *("baseSalary", "skills", "educationRequirements", "experienceRequirements"),
    *("experienceInPlaceOfEducation", "responsibilities", "description"),
)
"""The keys that a reader looks for first, in that order. The others follow as they are."""


def context() -> Json:
    """Return our context, as the file has it."""
    return json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]


def frame() -> Json:
    """Return our frame, as the file has it."""
    return json.loads((FOLDER / "frame.jsonld").read_text(encoding="utf-8"))


def write_jsonld(part: Part, stream: IO[bytes]) -> None:
    """Write the postings of a part as one array below the context, sorted by their ids.

    One posting is in memory at a time.
    """
    framing = Framing(context(), frame())
    labels = Labels(part.store)
    stream.write(f'{{"@context": {_dumped(context())},\n"@graph": ['.encode())
    comma = ""
    for posting in part.ids:
        node = part.store.iris.posting(posting).value
        framed = framing.frame(statements(part.posting(posting), node, labels), node)
        stream.write(f"{comma}\n{_dumped(_in_order(framed))}".encode())
        comma = ","
    stream.write(b"\n]}\n")


def statements(quads: list[ox.Quad], posting: str, labels: Labels) -> Iterable[ox.Triple]:
    """Return what an object is made of, each statement once: stated, described and derived."""
    named = sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})
    described = [quad.triple for name in named for quad in labels.quads(name)]
    derived = derive(Statements(quads), posting, labels)
    return dict.fromkeys([*(quad.triple for quad in quads), *described, *derived])


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
