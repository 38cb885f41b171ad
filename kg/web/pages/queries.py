"""Queries of the explorer's own: what it shows that no named question answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.names import Found

POSTINGS: Final = """SELECT (COUNT(DISTINCT ?posting) AS ?postings) WHERE {
  GRAPH ?graph { ?posting a schema:JobPosting }
}"""
SKILLS: Final = """SELECT (COUNT(DISTINCT ?skill) AS ?skills) WHERE {
  GRAPH ?graph { ?requirement rg:skill ?skill }
}"""
COPIES: Final = """SELECT (COUNT(DISTINCT ?posting) AS ?copies) WHERE {
  GRAPH ?graph { ?posting rg:copyOf ?original }
}"""
DATES: Final = """SELECT (MIN(?date) AS ?first) (MAX(?date) AS ?last) (COUNT(?date) AS ?dated)
WHERE {
  GRAPH ?graph { ?posting a schema:JobPosting ; schema:datePosted ?date }
}"""
LEVELS: Final = """SELECT ?level ?rank ?postings ?roles ?employers WHERE {
  {
    SELECT ?iri (COUNT(DISTINCT ?posting) AS ?postings) (COUNT(DISTINCT ?role) AS ?roles)
      (COUNT(DISTINCT ?organization) AS ?employers)
    WHERE {
      GRAPH ?graph {
        ?posting a schema:JobPosting ; rg:level ?iri .
        OPTIONAL { ?posting rg:role ?role }
        OPTIONAL { ?posting schema:hiringOrganization ?organization }
      }
    }
    GROUP BY ?iri
  }
  { SELECT DISTINCT ?iri ?level { ?iri skos:prefLabel ?level } }
  OPTIONAL { SELECT DISTINCT ?iri ?rank { ?iri rg:rank ?rank } }
}
ORDER BY ?rank LCASE(?level)"""
POSITIONS: Final = """SELECT ?role ?level ?rank ?postings WHERE {
  {
    SELECT ?role_iri ?level_iri (COUNT(DISTINCT ?posting) AS ?postings) WHERE {
      GRAPH ?graph { ?posting rg:role ?role_iri ; rg:level ?level_iri }
    }
    GROUP BY ?role_iri ?level_iri
  }
  { SELECT DISTINCT ?role_iri ?role { ?role_iri skos:prefLabel ?role } }
  { SELECT DISTINCT ?level_iri ?level { ?level_iri skos:prefLabel ?level } }
  OPTIONAL { SELECT DISTINCT ?level_iri ?rank { ?level_iri rg:rank ?rank } }
}
ORDER BY DESC(?postings) LCASE(?role) ?rank"""
PLACES: Final = """SELECT ?place ?postings WHERE {
  {
    SELECT ?iri (COUNT(DISTINCT ?posting) AS ?postings) WHERE {
      GRAPH ?graph { ?posting schema:jobLocation ?iri }
    }
    GROUP BY ?iri
  }
  { SELECT DISTINCT ?iri ?place { GRAPH ?any { ?iri a schema:Place ; schema:name ?place } } }
}
ORDER BY DESC(?postings) LCASE(?place)"""
CONCEPT: Final = """SELECT ?relation ?name WHERE {
  VALUES ?concept { %s }
  {
    ?concept skos:altLabel ?name . BIND ("also called" AS ?relation)
  } UNION {
    ?concept skos:broader/skos:prefLabel ?name . BIND ("broader" AS ?relation)
  } UNION {
    ?narrower skos:broader ?concept ; skos:prefLabel ?name . BIND ("narrower" AS ?relation)
  } UNION {
    ?concept rg:kind ?name . BIND ("kind" AS ?relation)
  } UNION {
    ?concept skos:definition|skos:scopeNote ?name . BIND ("definition" AS ?relation)
  }
  FILTER (LANG(?name) IN ("", "en"))
}
ORDER BY ?relation LCASE(STR(?name))"""
LABELS: Final = """SELECT ?label WHERE {
  VALUES ?iri { %s }
  ?iri skos:prefLabel|schema:name ?label . FILTER (LANG(?label) IN ("", "en"))
} ORDER BY ?label LIMIT 1"""
FACTS: Final = """SELECT DISTINCT ?property ?value ?label WHERE {
  VALUES ?posting { %s }
  VALUES ?property {
    schema:title rg:role rg:level rg:specialisation schema:hiringOrganization schema:datePosted
    schema:validThrough schema:employmentType rg:workMode schema:jobLocation schema:url rg:flag
    rg:copyOf
  }
  GRAPH ?graph { ?posting ?property ?value }
  OPTIONAL { ?value skos:prefLabel|schema:name ?label }
}
ORDER BY ?property ?label ?value"""
_COPIES: Final = """SELECT DISTINCT ?posting ?title ?employer WHERE {
  ?posting rg:copyOf %s .
  OPTIONAL { ?posting schema:title ?title }
  OPTIONAL { ?posting schema:hiringOrganization ?hiring . ?hiring schema:name ?employer }
}
ORDER BY ?title ?posting"""
TEXT: Final = """SELECT ?text ?source ?sha256 WHERE {
  VALUES ?posting { %s }
  GRAPH ?graph {
    ?posting prov:wasDerivedFrom ?stored . ?stored rdf:value ?text .
    OPTIONAL { ?stored prov:wasDerivedFrom/schema:name ?source }
    OPTIONAL { ?stored rg:sha256 ?sha256 }
  }
} LIMIT 1"""


# The pages ask by the short edges (rg:requiresSkill and the like), one at a time: many times faster
# than by requirements, which the named questions go through for what they say besides.

EDGES: Final[Mapping[str, str]] = {
    "required": "rg:requiresSkill",
    "alternative": "rg:acceptsSkill",
    "preferred": "rg:prefersSkill",
    "mentioned": "rg:mentionsSkill",
}
_SKILLS: Final = """SELECT DISTINCT ?skill ?kind ?postings ?skill_iri WHERE {
  {
    SELECT ?skill_iri (COUNT(?posting) AS ?postings) WHERE {
      GRAPH ?graph { %s?posting %s ?skill_iri }
    }
    GROUP BY ?skill_iri
  }
  ?skill_iri skos:prefLabel ?skill . OPTIONAL { ?skill_iri rg:kind ?kind }
}
ORDER BY DESC(?postings) LCASE(?skill) ?skill_iri"""
"""A posting says so once: counted without DISTINCT, which takes three times as long."""
_BESIDE: Final = """SELECT DISTINCT ?skill ?postings ?skill_iri WHERE {
  {
    SELECT ?skill_iri (COUNT(DISTINCT ?posting) AS ?postings) WHERE {
      VALUES ?asked { %s }
      GRAPH ?graph { ?posting rg:requiresSkill ?asked , ?skill_iri }
      FILTER (?skill_iri != ?asked)
    }
    GROUP BY ?skill_iri
  }
  ?skill_iri skos:prefLabel ?skill .
}
ORDER BY DESC(?postings) LCASE(?skill) ?skill_iri"""
_GROUPED: Final = """SELECT DISTINCT ?%(kind)s ?postings WHERE {
  {
    SELECT ?iri (COUNT(?posting) AS ?postings) WHERE {
      GRAPH ?graph { %(which)s?posting %(property)s ?iri }
    }
    GROUP BY ?iri
  }
  ?iri %(name)s ?%(kind)s .
}
ORDER BY DESC(?postings) LCASE(?%(kind)s)"""
_LEVELS_OF: Final = """SELECT DISTINCT ?level ?rank ?postings WHERE {
  {
    SELECT ?iri (COUNT(DISTINCT ?posting) AS ?postings) WHERE {
      GRAPH ?graph { %s?posting rg:level ?iri }
    }
    GROUP BY ?iri
  }
  ?iri skos:prefLabel ?level . OPTIONAL { ?iri rg:rank ?rank }
}
ORDER BY ?rank LCASE(?level)"""
_DEGREES: Final = """SELECT DISTINCT ?degree ?necessity ?postings WHERE {
  {
    SELECT ?iri ?strength (COUNT(DISTINCT ?posting) AS ?postings) WHERE {
      GRAPH ?graph { %s?requirement rg:degree ?iri ; rg:necessity ?strength }
    }
    GROUP BY ?iri ?strength
  }
  ?iri skos:prefLabel ?degree .
  BIND (LCASE(STRAFTER(STR(?strength), "#")) AS ?necessity)
}
ORDER BY DESC(?postings) ?degree ?necessity"""
_PAY: Final = """SELECT DISTINCT ?level ?currency ?postings ?lowest ?mean_low ?mean_high ?highest
WHERE {
  {
    SELECT ?iri ?currency (COUNT(DISTINCT ?posting) AS ?postings) (MIN(?low) AS ?lowest)
      (ROUND(AVG(?low)) AS ?mean_low) (ROUND(AVG(?high)) AS ?mean_high) (MAX(?high) AS ?highest)
    WHERE {
      GRAPH ?graph {
        %s?posting schema:baseSalary ?pay .
        ?pay schema:currency ?currency .
        OPTIONAL { ?pay rg:annualMinimum ?low }
        OPTIONAL { ?pay rg:annualMaximum ?high }
        OPTIONAL { ?posting rg:level ?stated }
      }
      FILTER (BOUND(?low) || BOUND(?high))
      BIND (COALESCE(?stated, rdf:nil) AS ?iri) # unbound, it would be joined with every label
    }
    GROUP BY ?iri ?currency
  }
  OPTIONAL { ?iri skos:prefLabel ?level }
  OPTIONAL { ?iri rg:rank ?rank }
}
ORDER BY ?rank ?currency"""
_TITLES: Final = """SELECT DISTINCT ?title ?posting WHERE {
  GRAPH ?graph { %s?posting a schema:JobPosting . OPTIONAL { ?posting schema:title ?title } }%s
}
ORDER BY LCASE(?title) ?posting"""
_DETAILS: Final = """SELECT DISTINCT ?posting ?role ?level ?employer ?date_posted WHERE {
  VALUES ?posting { %s }
  OPTIONAL { ?posting rg:role ?role_iri . ?role_iri skos:prefLabel ?role }
  OPTIONAL { ?posting rg:level ?level_iri . ?level_iri skos:prefLabel ?level }
  OPTIONAL {
    GRAPH ?graph { ?posting schema:hiringOrganization ?hiring . ?hiring schema:name ?employer }
  }
  OPTIONAL { ?posting schema:datePosted ?date_posted }
}"""
_WAYS: Final = """SELECT ?edge (COUNT(DISTINCT ?posting) AS ?postings) WHERE {
  VALUES ?edge { rg:requiresSkill rg:acceptsSkill rg:prefersSkill rg:mentionsSkill }
  VALUES ?asked { %s }
  GRAPH ?graph { ?posting ?edge ?asked }
}
GROUP BY ?edge"""
_FIRST: Final = """SELECT DISTINCT ?graph WHERE {
  GRAPH ?graph { %s}
}
LIMIT %d"""
_WORDS_IN: Final = """{ GRAPH %s {
    VALUES ?skill { %s }
    ?requirement rg:skill ?skill ; rg:necessity ?strength ; rg:evidence ?evidence .
    ?evidence oa:exact ?words ; oa:start ?start .
    ?posting rg:hasRequirement ?requirement .
    OPTIONAL { ?alternative rg:member ?requirement }
    OPTIONAL { ?posting schema:title ?title }
    OPTIONAL { ?posting schema:hiringOrganization/schema:name ?employer }
  } }"""
_WORDS: Final = """SELECT DISTINCT ?words ?necessity ?title ?employer ?start ?posting WHERE {
  %s
  BIND (IF(BOUND(?alternative), "alternative", LCASE(STRAFTER(STR(?strength), "#"))) AS ?necessity)
}
ORDER BY ?posting ?start"""


OFTEN: Final = {
    "How many postings there are": POSTINGS,
    "How many of them are copies of others": COPIES,
    "How many skills are asked for": SKILLS,
    "When they were posted": DATES,
    "Levels, from the lowest up": LEVELS,
    "Roles with their levels": POSITIONS,
    "Places": PLACES,
    "Postings": _TITLES % ("", ""),
}
"""What many pages need, by what it is for."""


def about(query: str, nodes: Iterable[ox.NamedNode]) -> str:
    """Return a query about these nodes."""
    return query % _listed(nodes)


def copies_of(posting: Found) -> str:
    """Return the query for the postings that count as copies of one."""
    return _COPIES % posting[0]


def which(**nodes: Found) -> str:
    """Return the pattern of postings that are of a role, at a level, of an employer: any or all."""
    properties = {"role": "rg:role", "level": "rg:level", "employer": "schema:hiringOrganization"}
    parts = []
    for kind, found in nodes.items():
        if len(found) == 1:
            parts.append(f"?posting {properties[kind]} {found[0]} . ")
        elif found:
            parts.append(f"VALUES ?{kind} {{ {_listed(found)} }} ")
            parts.append(f"?posting {properties[kind]} ?{kind} . ")
    return "".join(parts)


def skills_of(postings: str, necessity: str) -> str:
    """Return the query for the skills that such postings ask for in one way."""
    return _SKILLS % (postings, EDGES[necessity])


def skills_beside(skill: Found) -> str:
    """Return the query for what is required beside a skill that is required."""
    return _BESIDE % _listed(skill)


def grouped(kind: str, postings: str = "") -> str:
    """Return the query that counts such postings by role or by employer."""
    properties = {
        "role": ("rg:role", "skos:prefLabel"),
        "employer": ("schema:hiringOrganization", "schema:name"),
    }
    named, name = properties[kind]
    return _GROUPED % {"kind": kind, "which": postings, "property": named, "name": name}


def asking(skill: Found, edge: str) -> str:
    """Return the pattern of postings that ask for a skill in one way."""
    if len(skill) == 1:
        return f"?posting {edge} {skill[0]} . "
    return f"VALUES ?asked {{ {_listed(skill)} }} ?posting {edge} ?asked . "


def levels_of(postings: str) -> str:
    """Return the query for the levels of such postings, the lowest first."""
    return _LEVELS_OF % postings


def degrees_of(postings: str) -> str:
    """Return the query for the degrees that such postings name."""
    return _DEGREES % postings


def pay_of(postings: str) -> str:
    """Return the query for what such postings say they pay by the year, level by level."""
    return _PAY % postings


def titles_of(postings: str, contains: str = "") -> str:
    """Return the query for such postings by their titles, or those with some words in these."""
    wanted = ox.Literal(contains.lower())
    said = f'\n  FILTER (CONTAINS(LCASE(COALESCE(?title, "")), {wanted}))' if contains else ""
    return _TITLES % (postings, said)


def details_of(postings: Iterable[str]) -> str:
    """Return the query for what lists show of these postings."""
    return _DETAILS % _listed(map(ox.NamedNode, postings))


def ways_of(skill: Found) -> str:
    """Return the query that counts how a skill is asked for."""
    return _WAYS % _listed(skill)


def first_graphs(postings: str, limit: int) -> str:
    """Return the query for the graphs of some such postings, whichever the engine comes to first.

    A server elsewhere may come to others. Sorting would read all: 0.4 s for 5,800 of 10,000.
    """
    return _FIRST % (postings, limit)


def words_of(skill: Found, graphs: Iterable[str]) -> str:
    """Return the query for the words in which the postings of these graphs ask for a skill.

    Each graph is named by itself: a list of them would be joined with all words of all postings.
    """
    parts = [_WORDS_IN % (ox.NamedNode(graph), _listed(skill)) for graph in sorted(graphs)]
    return _WORDS % (" UNION ".join(parts) or "FILTER (false)")


def _listed(nodes: Iterable[ox.NamedNode]) -> str:
    return " ".join(map(str, nodes))
