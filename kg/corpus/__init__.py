"""What all postings say, in columns: the data that the analyses work on."""

from __future__ import annotations

from kg.corpus.corpus import Corpus, position_key, position_label

__all__ = ["Corpus", "position_key", "position_label"]
