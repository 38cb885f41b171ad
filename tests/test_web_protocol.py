"""The SPARQL 1.1 Protocol, request by request: what is read of each (W3C: `test_web_w3c`)."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query_guard import QueryRefusedError
from kg.web.negotiation import FORMS, AnswerKind, choose
from kg.web.parsing import refuse_service
from kg.web.protocol import (
    FORM,
    LONGEST_QUERY,
    QUERY,
    UPDATE,
    Asked,
    RawRequest,
    RequestRefusedError,
    read_request,
)

ASK = urlencode({"query": "ASK {}"})
DATA1, DATA2, DATA3 = (f"http://kasei.us/2009/09/sparql/data/data{n}.rdf" for n in (1, 2, 3))
DATASET = urlencode(
    [
        ("query", "ASK {}"),
        ("default-graph-uri", DATA1),
        ("default-graph-uri", DATA2),
        ("named-graph-uri", DATA3),
    ]
)
FULL = Asked("ASK {}", (DATA1, DATA2), (DATA3,))

ANSWERED = {
    # name in the W3C's manifest "SPARQL Protocol": the request, and what it asks
    "query_get": (RawRequest("GET", ASK), Asked("ASK {}")),
    "query_post_form": (RawRequest("POST", "", FORM, ASK.encode()), Asked("ASK {}")),
    "query_post_direct": (RawRequest("POST", "", QUERY, b"ASK {}"), Asked("ASK {}")),
    "query_dataset_full": (RawRequest("POST", "", FORM, DATASET.encode()), FULL),
    "query_dataset_default_graphs_get": (RawRequest("GET", DATASET), FULL),
    "query_dataset_post_direct": (
        RawRequest("POST", urlencode({"named-graph-uri": DATA3}), QUERY, b"ASK {}"),
        Asked("ASK {}", (), (DATA3,)),
    ),
    # ours
    "charset": (
        RawRequest("POST", "", f"{QUERY}; charset=UTF-8", "ASK { ?s ?p 'é' }".encode()),
        Asked("ASK { ?s ?p 'é' }"),
    ),
    "byte order mark": (RawRequest("POST", "", QUERY, b"\xef\xbb\xbfASK {}"), Asked("ASK {}")),
    "byte order mark in a form": (
        RawRequest("POST", "", FORM, b"query=%EF%BB%BFASK%7B%7D"),
        Asked("ASK{}"),
    ),
    "a percent sign that stands for itself": (RawRequest("GET", "query=100%"), Asked("100%")),
    "an empty query, which the parser refuses": (RawRequest("GET", "query="), Asked("")),
    "other parameters": (RawRequest("GET", ASK + "&output=json"), Asked("ASK {}")),
    "head": (RawRequest("HEAD", ASK), Asked("ASK {}")),
}

REFUSED = {
    "bad_query_method": (RawRequest("PUT", ASK), 405),
    "bad_multiple_queries": (RawRequest("GET", f"{ASK}&{ASK}"), 400),
    "bad_query_wrong_media_type": (RawRequest("POST", "", "text/plain", b"ASK {}"), 415),
    "bad_query_missing_form_type": (RawRequest("POST", "", "", ASK.encode()), 415),
    "bad_query_missing_direct_type": (RawRequest("POST", "", "", b"ASK {}"), 415),
    "bad_query_non_utf8": (
        RawRequest("POST", "", f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16")),
        415,
    ),
    "bad_update_get": (RawRequest("GET", urlencode({"update": "CLEAR ALL"})), 403),
    "bad_update_post_form": (RawRequest("POST", "", FORM, b"update=CLEAR%20ALL"), 403),
    "update_post_direct": (RawRequest("POST", "", UPDATE, b"CLEAR ALL"), 403),
    # ours
    "bytes that are no UTF-8": (RawRequest("POST", "", QUERY, b"ASK {} # \xff"), 400),
    "percent signs that are no UTF-8": (RawRequest("GET", "query=ASK%20%ff"), 400),
    "one query in the address, one in the body": (RawRequest("POST", ASK, QUERY, b"ASK {}"), 400),
    "no query in a form": (
        RawRequest("POST", "", FORM, b"default-graph-uri=http://a.example"),
        400,
    ),
    "no query beside a graph": (RawRequest("GET", "named-graph-uri=http://a.example"), 400),
    "a query of 200 kB": (
        RawRequest("POST", "", QUERY, b"ASK {}" + b" " * 2 * LONGEST_QUERY),
        413,
    ),
    "a thousand parameters": (RawRequest("GET", "&".join(f"a{n}=1" for n in range(1000))), 400),
    "method in small letters": (RawRequest("get", ASK), 405),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_a_request_asks(name: str) -> None:
    request, asked = ANSWERED[name]
    assert read_request(request) == asked


@pytest.mark.parametrize("name", REFUSED)
def test_a_request_is_refused(name: str) -> None:
    request, status = REFUSED[name]
    with pytest.raises(RequestRefusedError) as refusal:
        read_request(request)
    assert refusal.value.status == status
    assert refusal.value.message


def test_a_method_that_is_not_allowed_names_those_that_are() -> None:
    with pytest.raises(RequestRefusedError) as refusal:
        read_request(RawRequest("DELETE", ""))
    assert refusal.value.headers == {"Allow": "GET, HEAD, OPTIONS, POST"}


def test_a_get_without_a_query_wants_the_description() -> None:
    assert read_request(RawRequest("GET", "")) is None


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=50), st.booleans())
def test_any_query_arrives_as_it_was_sent(query: str, direct: bool) -> None:
    request = (
        RawRequest("POST", "", QUERY, query.encode())
        if direct
        else RawRequest("POST", "", FORM, urlencode({"query": query}).encode())
    )
    assert read_request(request) == Asked(query)


JSON, XML, CSV, TSV = FORMS["solutions"]
TURTLE, N_TRIPLES, JSON_LD, RDF_XML = FORMS["graph"]
ACCEPTED: list[tuple[str, AnswerKind, str | None]] = [
    ("", "solutions", JSON),
    ("*/*", "graph", TURTLE),
    ("application/sparql-results+xml", "solutions", XML),
    ("application/json", "solutions", JSON),
    ("text/csv;q=0.5, text/tab-separated-values", "solutions", TSV),
    ("text/*", "solutions", CSV),
    ("text/html, application/xml;q=0.9, */*;q=0.8", "boolean", XML),
    ("text/csv", "boolean", None),  # neither CSV nor TSV has a form for a boolean
    ("text/html", "solutions", None),
    ("application/ld+json, text/turtle;q=0.9", "graph", JSON_LD),
    ("text/plain", "graph", N_TRIPLES),
    ("application/sparql-results+xml, application/rdf+xml", "graph", RDF_XML),  # rdflib
    ("application/*", "solutions", JSON),
    ("application/*;q=0.1, text/csv;q=0.2", "solutions", CSV),
    ("text/csv;q=0, text/*", "solutions", TSV),  # the narrower range counts
    ("*/*;q=0", "solutions", None),
    ("text/csv;q=1.5, application/json", "solutions", JSON),  # no more than 1: ours come first
    ("TEXT/CSV", "solutions", CSV),
    ("text/csv;charset=utf-8;q=0.3, application/xml;q=0.2", "solutions", CSV),
    (",,;q=1, text/csv", "solutions", CSV),
    ("*/*, application/sparql-results+json;q=0", "solutions", XML),
    ("text/turtle;q=nonsense", "graph", None),
    ("application/sparql-results+json", "graph", None),
]


@pytest.mark.parametrize(("accept", "kind", "form"), ACCEPTED)
def test_the_form_of_an_answer(accept: str, kind: AnswerKind, form: str | None) -> None:
    assert choose(accept, kind) == form


CALLS = [
    "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }",
    "select * { service silent <http://a.example/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o SERVICE ?s { ?s ?p ?o } }",
    "PREFIX a: <http://a.example/> SELECT * { SERVICE a:b { ?s ?p ?o } }",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://a.example/> { ?s ?p ?o } } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://a.example/> { ?s ?p ?o } } ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://a.example/> { ?s ?p ?o } }",
    "SELECT * {\nSERVICE # and a comment\n<http://a.example/> { ?s ?p ?o } }",
    # not SPARQL 1.1, so that nobody can tell what it would do
    "SELECT * { << ?s ?p ?o >> ?q ?r . SERVICE <http://a.example/> { ?s ?p ?o } }",
]
NO_CALLS = [
    "SELECT * { ?s ?p 'SERVICE <http://a.example/> { ?s ?p ?o }' }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://a.example/> { ?s ?p ?o }",
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { ?s <http://a.example/SERVICE> ?o }",
    "PREFIX service: <http://a.example/> SELECT * { ?s service:name ?o }",
    "not SPARQL at all",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_to_another_server_is_refused(query: str) -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE"):
        refuse_service(query)


@pytest.mark.parametrize("query", NO_CALLS)
def test_words_that_only_read_like_a_call_are_none(query: str) -> None:
    refuse_service(query)
