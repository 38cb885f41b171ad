"""Analyses of the role-skill graph, one file a question. They see graphs, never the store."""
