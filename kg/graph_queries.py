"""The SPARQL questions that a role-skill graph is drawn from, one a kind of fact.

What a posting says is asked in the posting's own graph: an employer or a place stands in the graph
of every posting that names it, and a join over the union would pair each with all.
"""

from __future__ import annotations

from typing import Final

from ontology.terms import PREFIXES

_PREFIXES: Final = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

CONCEPTS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?concept ?property ?value WHERE {{
  VALUES ?property {{
    skos:prefLabel skos:altLabel skos:broader skos:inScheme rg:rank rg:implies rg:kind
  }}
  ?concept a skos:Concept ; ?property ?value .
  FILTER(!isLiteral(?value) || lang(?value) IN ("", "en"))
}}"""

POSTINGS: Final = f"""{_PREFIXES}
SELECT ?posting ?identifier ?title ?role ?level ?specialisation ?employer ?employer_name
       ?source ?date ?type ?equity
WHERE {{ GRAPH ?graph {{
  ?posting a schema:JobPosting ; schema:identifier ?identifier .
  OPTIONAL {{ ?posting schema:title ?title }}
  OPTIONAL {{ ?posting rg:role ?role }}
  OPTIONAL {{ ?posting rg:level ?level }}
  OPTIONAL {{ ?posting rg:specialisation ?specialisation }}
  OPTIONAL {{ ?posting schema:hiringOrganization ?employer . ?employer schema:name ?employer_name }}
  OPTIONAL {{ ?posting prov:wasDerivedFrom/prov:wasDerivedFrom/schema:name ?source }}
  OPTIONAL {{ ?posting schema:datePosted ?date }}
  OPTIONAL {{ ?posting schema:employmentType ?type }}
  OPTIONAL {{ ?posting rg:equity ?equity }}
}} }}"""

STATED: Final = f"""{_PREFIXES}
SELECT ?posting ?property ?value ?start ?end ?exact ?rule ?section WHERE {{ GRAPH ?graph {{
  ?posting a schema:JobPosting ; rg:evidence ?evidence .
  ?evidence rg:forProperty ?property ; rg:forValue ?value ;
            oa:start ?start ; oa:end ?end ; oa:exact ?exact ; rg:rule ?rule ; rg:section ?section .
}} }}"""

COPIES: Final = f"""{_PREFIXES}
SELECT ?posting ?original WHERE {{ GRAPH ?graph {{ ?posting rg:copyOf ?original }} }}"""

PAY: Final = f"""{_PREFIXES}
SELECT ?posting ?property ?currency ?low ?high ?period ?annual_low ?annual_high
       ?start ?end ?exact ?rule ?section
WHERE {{ GRAPH ?graph {{
  VALUES ?property {{ schema:baseSalary schema:estimatedSalary }}
  ?posting a schema:JobPosting ; ?property ?pay .
  OPTIONAL {{ ?pay schema:currency ?currency }}
  OPTIONAL {{ ?pay schema:value/schema:minValue ?low }}
  OPTIONAL {{ ?pay schema:value/schema:maxValue ?high }}
  OPTIONAL {{ ?pay schema:value/schema:unitText ?period }}
  OPTIONAL {{ ?pay rg:annualMinimum ?annual_low }}
  OPTIONAL {{ ?pay rg:annualMaximum ?annual_high }}
  OPTIONAL {{
    ?pay rg:evidence ?evidence .
    ?evidence oa:start ?start ; oa:end ?end ; oa:exact ?exact ; rg:rule ?rule ; rg:section ?section
  }}
}} }}"""

PLACES: Final = f"""{_PREFIXES}
SELECT ?posting ?place ?name WHERE {{ GRAPH ?graph {{
  ?posting a schema:JobPosting ; schema:jobLocation ?place . ?place schema:name ?name .
}} }}"""

ALTERNATIVES: Final = f"""{_PREFIXES}
SELECT ?posting ?alternative ?minimum ?necessity ?start ?end ?exact ?rule ?section
WHERE {{ GRAPH ?graph {{
  ?posting rg:hasAlternative ?alternative .
  ?alternative rg:minimum ?minimum ; rg:necessity ?necessity .
  OPTIONAL {{
    ?alternative rg:evidence ?evidence .
    ?evidence oa:start ?start ; oa:end ?end ; oa:exact ?exact ; rg:rule ?rule ; rg:section ?section
  }}
}} }}"""

REQUIREMENTS: Final = f"""{_PREFIXES}
SELECT ?posting ?requirement ?class ?necessity ?concept ?label ?subject ?min_years ?max_years
       ?foreign ?related ?equivalent ?note ?alternative ?start ?end ?exact ?rule ?section
WHERE {{ GRAPH ?graph {{
  VALUES ?class {{ rg:SkillRequirement rg:DegreeRequirement rg:ExperienceRequirement }}
  ?posting rg:hasRequirement ?requirement .
  ?requirement a ?class ; rg:necessity ?necessity .
  OPTIONAL {{ ?requirement rg:skill|rg:degree ?concept }}
  OPTIONAL {{ ?requirement rdfs:label ?label }}
  OPTIONAL {{ ?requirement rg:subject ?subject }}
  OPTIONAL {{ ?requirement rg:minimumYears ?min_years }}
  OPTIONAL {{ ?requirement rg:maximumYears ?max_years }}
  OPTIONAL {{ ?requirement rg:foreignEquivalent ?foreign }}
  OPTIONAL {{ ?requirement rg:relatedField ?related }}
  OPTIONAL {{ ?requirement rg:orEquivalentExperience ?equivalent }}
  OPTIONAL {{ ?requirement rg:note ?note }}
  OPTIONAL {{ ?alternative rg:member ?requirement }}
  OPTIONAL {{
    ?requirement rg:evidence ?evidence .
    ?evidence oa:start ?start ; oa:end ?end ; oa:exact ?exact ; rg:rule ?rule ; rg:section ?section
  }}
}} }}"""

FIELDS: Final = f"""{_PREFIXES}
SELECT ?requirement ?field
WHERE {{ GRAPH ?graph {{ ?requirement a rg:DegreeRequirement ; rg:field ?field }} }}"""
