"""O*NET's technology skills: each example a tool, each commodity the group that it is in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from ontology import terms
from ontology.imports.entries import Entries, Entry, Source
from ontology.imports.tables import clean, read_table
from ontology.slugs import slug
from ontology.vocabulary import fold

SOURCE: Final = Source(
    "https://www.onetcenter.org/database.html",
    "O*NET Database: Technology Skills",
    "https://creativecommons.org/licenses/by/4.0/",
    "O*NET Database by the U.S. Department of Labor, Employment and Training Administration "
    "(USDOL/ETA), used under the CC BY 4.0 license; modified: made into SKOS. USDOL/ETA has not "
    "approved, endorsed, or tested these modifications. O*NET is a trademark of USDOL/ETA.",
)
BASE: Final = terms.VOCABULARY + "onet/"
WHAT: Final = (
    'O*NET\'s "Technology Skills.txt" is parted by tabs and has Example, Commodity Code and '
    "Commodity Title."
)
_SHORT: Final = re.compile(
    r"(?P<words>[A-Za-z][\w/-]*(?: [\w/-]+){1,7}) (?P<short>[A-Z][A-Z0-9]{1,9})"
)


def read_onet(path: Path) -> Entries:
    """Read "Technology Skills.txt". Raises `ValueError`.

    One example may be in several commodities; its spelling is that of its first row.
    """
    columns = ("Example", "Commodity Code", "Commodity Title")
    table = read_table(path, columns, WHAT, delimiter="\t", quoted=False)
    found = Entries()
    groups: dict[str, Entry] = {}
    tools: dict[str, Entry] = {}
    for line, row in table.rows:
        label, code, title = (clean(row.get(column)) for column in columns)
        if not (label and title and code.isdigit()):
            why = "no Example" if not label else f"{label}: no Commodity Code and Title"
            found.set_aside.append((f"line {line}", why))
            continue
        place, group = f"line {line}", f"{BASE}commodity/{code}"
        groups.setdefault(
            group, Entry(group, title, spelled_out(title), notation=code, place=place)
        )
        hot = clean(row.get("Hot Technology")) == "Y"
        tool = tools.setdefault(
            fold(label),
            Entry(BASE + slug(label), label, spelled_out(label), place=place),
        )
        tools[fold(label)] = Entry(
            tool.iri,
            tool.label,
            tool.aliases,
            tuple(dict.fromkeys((*tool.broader, group))),
            note="Hot Technology" if hot else tool.note,
            place=tool.place,
        )
    # "Tax software" is an example and the name of a commodity: one concept, the commodity.
    same = {fold(group.label) for group in groups.values()}
    found.found = [*groups.values(), *(one for name, one in tools.items() if name not in same)]
    return found


def spelled_out(label: str) -> tuple[str, ...]:
    """Return the long name alone where O*NET writes the short one behind it.

    "Structured query language SQL" is called "Structured query language"; not "Apache Subversion
    SVN", for its initials are others. The short name alone is no alias: without regard to case,
    "Final approach spacing tool FAST" would stand in every fast-paced environment.
    """
    found = _SHORT.fullmatch(label)
    if found is None:
        return ()
    initials = "".join(word[0] for word in re.split(r"[ /-]+", found["words"]) if word)
    return (found["words"],) if initials.upper() == found["short"] else ()
