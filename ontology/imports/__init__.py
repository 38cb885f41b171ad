"""Other people's vocabularies, made into files of our form: ESCO, O*NET, any SKOS, a plain CSV."""

from ontology.imports.entries import Imported, Source
from ontology.imports.forms import FORMS, import_file

__all__ = ["FORMS", "Imported", "Source", "import_file"]
