"""The rules, one file a kind of fact. Each takes a `Document` and returns values with evidence."""
