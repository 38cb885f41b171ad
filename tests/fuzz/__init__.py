"""Fuzzing: postings made of hostile fragments, and what must hold of any text."""
