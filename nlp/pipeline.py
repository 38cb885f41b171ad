"""The spaCy pipeline: a blank English one, a tokenizer that knows technology names, our rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found] # compiled, has no stub
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, filter_spans

from nlp.matcher import Matcher, Pattern

COMPONENT: Final = "rolegraph_entities"
SPANS: Final = "entities"
"""Key of `doc.spans` that holds every hit; `doc.ents` holds those that do not overlap."""

INFIXES: Final = (
    r"(?<=[\w+#.])/(?=[\w.])",  # C++/C#, C#/.NET, Vue.js/React.js
    r"(?<=[\w+#.]),(?=[A-Za-z.])",  # "e.g.,Hadoop"
    r"(?<=[A-Za-z0-9])\((?=[A-Za-z])",  # AWS(S3
)


def blank() -> Language:
    """Return what `spacy.blank("en")` is, but its tokenizer splits lists of technology names.

    The '#' stays with the letter before it: "C#" is one token, so that "C" is not found in it.
    """
    return English(create_tokenizer=_tokenizer)


def _tokenizer(nlp: Language) -> Tokenizer:
    # Made in one go: after each change to a tokenizer spaCy reads all its special cases again.
    defaults = nlp.Defaults
    infixes = [*(defaults.infixes or ()), *INFIXES]
    suffixes = [r"(?<![A-Za-z])#" if rule == "#" else rule for rule in defaults.suffixes or ()]
    suffixes.append(r"(?<=^[CR])\.")  # "Python or R." ends a sentence; "J. Smith" does not
    suffixes.append(r"(?<=[a-z0-9&/-][A-Z])\.")  # so do "5S.", "GD&T.", "CAR-T."; "U.S." does not
    suffixes.append(r"(?<=[A-Za-z0-9+#)])/")  # "Tableau/ Looker": a blank behind the slash
    suffixes.append(r"(?<=[A-Za-z0-9+#)])-")  # "SQL- hands on": a blank behind the stroke
    prefixes = [*(defaults.prefixes or ()), r"[•·▪●○◦‣]", r"[-–—*](?=[A-Z])"]
    return Tokenizer(
        nlp.vocab,
        rules=defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=defaults.token_match,
        # Tokens that look like addresses stay whole; "Vue.js/React.js" is none.
        url_match=re.compile(r"(?:https?://|www\.)\S+").match,
    )


@cache
def tokenizer() -> Tokenizer:
    """Return the tokenizer of `blank()`, for those who need no pipeline: it is made once."""
    return blank().tokenizer


def build_pipeline(patterns: Iterable[Pattern]) -> Language:
    """Return the blank pipeline with our entity rules as its one component."""
    nlp = blank()
    component = nlp.add_pipe(COMPONENT)
    component.add_patterns(patterns)  # type: ignore[attr-defined] # EntityRules, made by the factory
    return nlp


class EntityRules:
    """A spaCy component that writes the matcher's hits into `doc.spans` and `doc.ents`."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = Matcher(nlp.tokenizer, ())

    def add_patterns(self, patterns: Iterable[Pattern]) -> None:
        """Take these patterns beside those already there."""
        self.matcher = Matcher(self.matcher.tokenizer, (*self.matcher.patterns, *patterns))

    def __call__(self, doc: Doc) -> Doc:
        """Find the patterns in the text of `doc`."""
        spans = [
            span
            for hit in self.matcher.find(doc.text)
            if (span := doc.char_span(hit.start, hit.end, label=hit.label, span_id=hit.id))
        ]
        doc.spans[SPANS] = spans
        doc.ents = tuple(filter_spans(spans))
        return doc


@Language.factory(COMPONENT)
def _entity_rules(nlp: Language, name: str) -> EntityRules:  # noqa: ARG001 # spaCy passes both by name
    return EntityRules(nlp)
