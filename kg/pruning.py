"""Pruning: a bound question without what its open parameters leave without effect.

A question says all that its parameters may ask for: whose role it is, so that a role can be chosen;
which job a posting copies, so that a job can count once. Where nothing is chosen the engine would
read these properties of all postings and join them for nothing. Every question has distinct rows or
counts distinct things, so what is optional may go as soon as nothing else speaks of it. Open VALUES
stay: without them the engine asks what stands behind a BIND anew for each row.
"""

from __future__ import annotations

import re
from typing import Final

_COMMENT: Final = re.compile(r"^ *#.*\n", re.MULTILINE)
_JOB: Final = re.compile(r'IF\(\?given_copies = "one", COALESCE\(\?original, (\?[a-z]+)\), \1\)')
_EACH_COUNTS: Final = re.compile(r'^ *VALUES \?given_copies \{ "all" \}$', re.MULTILINE)
_OPEN: Final = re.compile(r"^ *VALUES \?(given_[a-z_]+) \{ UNDEF \}$", re.MULTILINE)
_FILTER: Final = re.compile(r"^ *FILTER \(!BOUND\(\?(given_[a-z_]+)\) \|\| .+\)\n", re.MULTILINE)
_OPTIONAL: Final = re.compile(
    r"^ *OPTIONAL \{ (?:\{ SELECT (?:\?[a-z_]+ )+\{ \?[a-z_]+ [^ {}?]+ \?([a-z_]+) \} \}"
    r"|\?[a-z_]+ [^ {}?]+ \?([a-z_]+)) \}\n",
    re.MULTILINE,
)
_VARIABLE: Final = re.compile(r"\?([a-z_]+)\b")


def pruned(sparql: str) -> str:
    """Return a bound question that asks for the same rows with less.

    >>> print(pruned('''{
    ...   VALUES ?given_role { UNDEF }
    ...   ?posting a schema:JobPosting .
    ...   OPTIONAL { ?posting rg:role ?role }
    ...   FILTER (!BOUND(?given_role) || ?role = ?given_role)
    ... }'''))
    {
      VALUES ?given_role { UNDEF }
      ?posting a schema:JobPosting .
    }
    """
    found = _COMMENT.sub("", sparql)
    if _EACH_COUNTS.search(found):
        found = _JOB.sub(r"\1", found)
    still_open = set(_OPEN.findall(found))
    found = _FILTER.sub(lambda match: "" if match[1] in still_open else match[0], found)
    used = frozenset(_VARIABLE.findall(_OPTIONAL.sub("", found)))
    return _OPTIONAL.sub(lambda match: match[0] if (match[1] or match[2]) in used else "", found)
