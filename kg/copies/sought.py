"""What a posting is sought by, taken from its graph while that is made.

The store would have to be asked for all of it again, and by one process: here each process that
makes graphs does its part. What a role and a level are called is the store's to say, so the job
is known only there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.copies.adverts import Advert
from kg.copies.shelf import Kept
from kg.copies.sketches import Sketch, make_sketches
from kg.copies.store_adverts import PLACES
from kg.copies.wording import Stretches, read_wording
from nlp.readers.card import card_end
from ontology import terms
from ontology.terms import OA, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.iris import Iris
    from kg.written import Values
    from nlp.types import Facts


class Sought(NamedTuple):
    """What `Kept` has of a posting, but for the job; and what its title and its graph say of that.

    Role and level are IRIs.
    """

    posting_id: str
    digest: bytes
    is_headed: bool
    sketches: tuple[Sketch, ...]
    stretches: Stretches
    title: str | None
    role: str | None
    level: str | None
    places: tuple[str, ...]

    @classmethod
    def of(cls, facts: Facts, iris: Iris, values: Values) -> Sought:
        """Read it out of what the posting's graph says of its nodes."""
        posting_id, text = facts.posting.id, facts.posting.text
        posting = values[iris.posting(posting_id).value]
        title, role, level = (
            next(iter(posting.get(path, ())), None)
            for path in (SCHEMA + "title", terms.ROLE, terms.LEVEL)
        )
        proofs = [values[node] for node in posting.get(terms.EVIDENCE, ())]
        places = {
            words
            for said in proofs
            if said.get(terms.FOR_PROPERTY, [""])[0] in PLACES
            for words in said[OA + "exact"]
        }
        employers = [
            name
            for node in posting.get(SCHEMA + "hiringOrganization", ())
            for name in values.get(node, {}).get(SCHEMA + "name", ())
        ]
        advert = Advert(
            id=posting_id,
            text=text,
            title=title,
            places=tuple(sorted(places)),
            employers=tuple(employers),
        )
        # Whoever asks the store sees the card in the text alone: where it shows, both know it.
        shows = card_end(text) == facts.posting.card
        wording = read_wording(text, facts.sections if shows and facts.sections else None)
        sketches = make_sketches(wording)
        return cls(
            *(posting_id, wording.digest, advert.is_headed, sketches, wording.stretches),
            *(title, role, level, advert.places),
        )

    def kept(self, labels: Callable[[str], frozenset[str]]) -> Kept:
        """Return it with the job; `labels` are those of a concept's IRI."""
        names = {name for one in (self.role, self.level) if one for name in labels(one)}
        advert = Advert(
            id=self.posting_id,
            text="",
            title=self.title,
            role=self.role,
            level=self.level,
            labels=tuple(sorted(names)),
            places=self.places,
        )
        job = advert.job.to_text() if advert.job else None
        return Kept(self.digest, job, self.is_headed, self.sketches, self.stretches)
