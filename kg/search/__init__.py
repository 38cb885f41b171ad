"""Search: postings, roles, skills and employers by words and by what the words mean."""
