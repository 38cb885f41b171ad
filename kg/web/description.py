"""What there is to ask: the endpoint's service description, and VoID on its data.

Sources: W3C Recommendation "SPARQL 1.1 Service Description", 21 March 2013; W3C Interest Group
Note "Describing Linked Datasets with the VoID Vocabulary", 3 March 2011, whose section 7.2 says
where it stands: at `/.well-known/void`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ontology import terms

if TYPE_CHECKING:
    from kg.store import Store

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
PREFIXES: Final = {
    "dcterms": terms.DCTERMS,
    "rdf": terms.RDF,
    "sd": SD,
    "void": VOID,
    "xsd": terms.XSD,
}
RESULTS: Final = (
    "SPARQL_Results_CSV",
    "SPARQL_Results_JSON",
    "SPARQL_Results_TSV",
    "SPARQL_Results_XML",
    "JSON-LD",
    "N-Triples",
    "RDF_XML",
    "Turtle",
)
CLASSES: Final = """
SELECT ?class (COUNT(DISTINCT ?entity) AS ?entities) { ?entity a ?class } GROUP BY ?class
"""


def describe_service(endpoint: str) -> list[ox.Triple]:
    """Return the description of the endpoint at this address."""
    service = ox.NamedNode(endpoint)
    dataset = ox.NamedNode(f"{endpoint}#dataset")
    default = ox.NamedNode(f"{endpoint}#union")
    return [
        ox.Triple(service, _type(), ox.NamedNode(SD + "Service")),
        ox.Triple(service, ox.NamedNode(SD + "endpoint"), service),
        ox.Triple(
            service, ox.NamedNode(SD + "supportedLanguage"), ox.NamedNode(SD + "SPARQL11Query")
        ),
        ox.Triple(service, ox.NamedNode(SD + "feature"), ox.NamedNode(SD + "UnionDefaultGraph")),
        *(
            ox.Triple(service, ox.NamedNode(SD + "resultFormat"), ox.NamedNode(FORMATS + name))
            for name in RESULTS
        ),
        ox.Triple(service, ox.NamedNode(SD + "defaultDataset"), dataset),
        ox.Triple(dataset, _type(), ox.NamedNode(SD + "Dataset")),
        ox.Triple(dataset, ox.NamedNode(SD + "defaultGraph"), default),
        ox.Triple(default, _type(), ox.NamedNode(SD + "Graph")),
    ]


def describe_data(store: Store, endpoint: str, place: str) -> list[ox.Triple]:
    """Return VoID on the store: how much there is of what. `place` is the description's address.

    Reads the whole store once.
    """
    dataset = ox.NamedNode(f"{endpoint}#dataset")
    found = [
        ox.Triple(ox.NamedNode(place), _type(), ox.NamedNode(VOID + "DatasetDescription")),
        ox.Triple(dataset, _type(), ox.NamedNode(VOID + "Dataset")),
        ox.Triple(dataset, ox.NamedNode(VOID + "sparqlEndpoint"), ox.NamedNode(endpoint)),
        ox.Triple(dataset, ox.NamedNode(VOID + "uriSpace"), ox.Literal(store.base)),
        ox.Triple(dataset, ox.NamedNode(VOID + "triples"), _integer(len(store.oxigraph))),
        ox.Triple(dataset, ox.NamedNode(VOID + "documents"), _integer(len(store))),
        ox.Triple(
            dataset,
            ox.NamedNode(terms.DCTERMS + "title"),
            ox.Literal("Job postings as a graph of roles, skills and employers", language="en"),
        ),
    ]
    found += [
        ox.Triple(dataset, ox.NamedNode(VOID + "vocabulary"), ox.NamedNode(iri))
        for iri in sorted({terms.RG, terms.SCHEMA, terms.PROV, terms.PREFIXES["skos"]})
    ]
    for number, (name, entities) in enumerate(sorted(store.query(CLASSES).rows, key=str)):
        part = ox.NamedNode(f"{endpoint}#class-{number}")
        found += [
            ox.Triple(dataset, ox.NamedNode(VOID + "classPartition"), part),
            ox.Triple(part, ox.NamedNode(VOID + "class"), ox.NamedNode(str(name))),
            ox.Triple(part, ox.NamedNode(VOID + "entities"), _integer(int(str(entities)))),
        ]
    return found


def _type() -> ox.NamedNode:
    return ox.NamedNode(terms.RDF + "type")


def _integer(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(terms.XSD + "integer"))
