"""Résumés to profiles: what a candidate shows, with the words that show it. Nothing is kept."""
