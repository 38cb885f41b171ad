"""What follows from what is stated: by rules that are SPARQL, into a graph of its own."""
