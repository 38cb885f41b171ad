"""Beside: the unknown members of a list that its known ones prove, "Python, *Qt*, git"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

from nlp.document import Span
from nlp.rules.forms import NAME_INSIDE, NOUN
from nlp.rules.items import VAGUE
from nlp.rules.lost_commas import NAME
from nlp.rules.phrase_parts import ASIDE_ENDS, COLON, NO_MEMBER, OPENED, PARTS, STOPS
from nlp.rules.phrases import MEMBER_WORDS, PROOF, Segment, Sentence, Term
from nlp.rules.within import within


def listed(sentence: Sentence, *, asked: bool) -> Iterator[Term]:
    """Yield the unknown names that stand in a list beside known ones: "Python, Qt, git".

    Where nothing but requirements stands (`asked`) a single known one proves the others. They
    need not be written as names: "response to inquiries, *complaints*".
    """
    exact = set(sentence.known)
    run: list[tuple[Segment, Span]] = []
    for segment in _between_signs(sentence):
        if segment is not None:
            run.append((segment, sentence.span(*segment)))
            continue
        proofs = sum(span in exact for _, span in run)
        if proofs >= (1 if asked else PROOF) and len(run) > min(proofs, PROOF):
            for (first, last), span in run:
                if not _is_member(sentence, first, last, asked=asked, alone=proofs < PROOF):
                    continue
                if within(sentence.known, *span) == ():
                    yield Term(*span, "term:listed")
        run = []


def _is_member(sentence: Sentence, first: int, last: int, *, asked: bool, alone: bool) -> bool:
    """Tell whether words can be a member of a list that known ones prove, or that one does."""
    kinds = sentence.kinds[first:last]
    if len(kinds) == 1 and _is_aside(sentence, first):
        return False  # "data science (DS)" says the same twice
    if sentence.is_generic(first, last) or (len(kinds) == 1 and kinds[0] & VAGUE):
        return False  # "research and analysis", "...; Methods and techniques of ..."
    opens = alone and len(kinds) == 1 and not kinds[0] & NAME_INSIDE
    if reduce(or_, kinds, 0) & NAME and not opens:
        return True  # but not "*Additional* plus - Rational ClearQuest"
    return asked and bool(kinds[-1] & NOUN) and sentence.names_something(first, last)


def _is_aside(sentence: Sentence, index: int) -> bool:
    """Tell whether a word stands alone in parentheses."""
    after = sentence.kinds[index + 1] if index + 1 < len(sentence.kinds) else 0
    return bool(index and sentence.kinds[index - 1] & OPENED and after & ASIDE_ENDS)


def _between_signs(sentence: Sentence) -> Iterator[Segment | None]:
    """Yield the stretches between signs and joining words that can be members of a list.

    None stands for one that cannot, such as the label before a colon, and for the end.
    """
    begin = 0
    for index, kinds in enumerate((*sentence.kinds, STOPS)):
        if kinds & PARTS:
            if begin == index and index and sentence.kinds[index - 1] & ASIDE_ENDS:
                begin = index + 1
                continue  # "Momentus (Ungerboeck), Canva"
            first, last = sentence.stripped(begin, index)
            begin = index + 1
            yield (
                None
                if kinds & COLON
                or not 0 < last - first <= MEMBER_WORDS
                or reduce(or_, sentence.kinds[first:last], 0) & NO_MEMBER
                else (first, last)
            )
    yield None
