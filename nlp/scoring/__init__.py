"""Scoring: gold against predicted, one file a form of gold."""
