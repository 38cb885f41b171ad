"""Why the graph says what it says: from a statement to words, rule, versions, file and run."""
