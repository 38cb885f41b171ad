"""Queries of the explorer's own: what it shows that no named question answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable

POSTINGS: Final = """SELECT (COUNT(DISTINCT ?posting) AS ?postings) WHERE {
  GRAPH ?graph { ?posting a schema:JobPosting }
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
ROLES_AT_LEVEL: Final = """SELECT ?role ?level ?postings ?employers WHERE {
  {
    SELECT ?role_iri ?level_iri (COUNT(DISTINCT ?posting) AS ?postings)
      (COUNT(DISTINCT ?organization) AS ?employers)
    WHERE {
      VALUES ?level_iri { %s }
      GRAPH ?graph {
        ?posting rg:level ?level_iri ; rg:role ?role_iri .
        OPTIONAL { ?posting schema:hiringOrganization ?organization }
      }
    }
    GROUP BY ?role_iri ?level_iri
  }
  { SELECT DISTINCT ?role_iri ?role { ?role_iri skos:prefLabel ?role } }
  { SELECT DISTINCT ?level_iri ?level { ?level_iri skos:prefLabel ?level } }
}
ORDER BY DESC(?postings) LCASE(?role)"""
SKILLS_AT_LEVEL: Final = """SELECT ?skill (?asking AS ?postings) WHERE {
  {
    SELECT ?skill_iri (COUNT(DISTINCT ?posting) AS ?asking) WHERE {
      VALUES ?level_iri { %s }
      GRAPH ?graph { ?posting rg:level ?level_iri ; rg:requiresSkill ?skill_iri }
    }
    GROUP BY ?skill_iri
  }
  { SELECT DISTINCT ?skill_iri ?skill { ?skill_iri skos:prefLabel ?skill } }
}
ORDER BY DESC(?postings) LCASE(?skill)"""
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
FACTS: Final = """SELECT ?property ?value ?label WHERE {
  VALUES ?posting { %s }
  VALUES ?property {
    schema:title rg:role rg:level rg:specialisation schema:hiringOrganization schema:datePosted
    schema:validThrough schema:employmentType rg:workMode schema:jobLocation schema:url rg:flag
    rg:copyOf
  }
  GRAPH ?graph { ?posting ?property ?value }
  OPTIONAL {
    SELECT DISTINCT ?value ?label { GRAPH ?any { ?value skos:prefLabel|schema:name ?label } }
  }
}
ORDER BY ?property ?label ?value"""
TEXT: Final = """SELECT ?text ?source ?sha256 WHERE {
  VALUES ?posting { %s }
  GRAPH ?graph {
    ?posting prov:wasDerivedFrom ?stored . ?stored rdf:value ?text .
    OPTIONAL { ?stored prov:wasDerivedFrom/schema:name ?source }
    OPTIONAL { ?stored rg:sha256 ?sha256 }
  }
} LIMIT 1"""


def about(query: str, nodes: Iterable[ox.NamedNode]) -> str:
    """Return a query about these nodes."""
    return query % " ".join(map(str, nodes))
