"""What changed between two runs over the same postings, and which rules did it."""
