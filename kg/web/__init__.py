"""The SPARQL 1.1 endpoint: a store on the network, for reading.

`kg serve` starts it. `protocol` reads requests, `negotiation` chooses the form of an answer,
`workers` runs queries in processes that are ended at their deadline, `description` says what
there is to ask, and `app` puts them together.
"""
