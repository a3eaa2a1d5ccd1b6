"""An abstract that came from somewhere else than the import: pasted, or from Crossref."""

from contextlib import closing

from evidence_app.domain.edit import Edit
from evidence_app.services.library.references import set_fields
from evidence_app.storage import references
from evidence_app.storage.connections import Reader
from evidence_app.ui.tasks import Report


def abstract_edit(reader: Reader, row: int, text: str, origin: str = "typed") -> Edit:
    """Return the edit that gives a record its abstract."""
    reference = references.reference(reader, row)
    if reference is None:
        return Edit("Keep no abstract")
    return set_fields(reference, {"abstract": text}, references.provenance(reader, row), origin=origin)


def fetch_abstract(url: str, mailto: str | None, doi: str, _report: Report) -> str:
    """Return the abstract Crossref has of a DOI, or nothing; called in the network lane."""
    from evidence_app.services.lookup.cleaning import csl_from_crossref
    from evidence_app.services.lookup.crossref import Crossref

    with closing(Crossref(url, mailto)) as client:
        return str(csl_from_crossref(client.work(doi)).get("abstract") or "")
