"""Finding the record a person names: by its id as `list` gives it, its DOI, or what its file calls it."""

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import clean_doi
from evidence_app.domain.screening import ExclusionReason, Stage
from evidence_app.storage import imports, record_names, screening
from evidence_app.storage.connections import Reader


class RecordNames:
    """The names records of a project go by; each kind is read when it is first needed."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._called: dict[str, set[int]] | None = None

    def find(self, name: str) -> int:
        """Return the reference of this name, what it became if it was merged.

        Raises `EvidenceError` where there is none, or more than one."""
        name = name.strip()
        found = self._by_id(name) or self._by_doi(name) or self._by_file(name)
        if not found:
            raise EvidenceError(
                f"There is no record “{name}”. Name it by its id (see `list --json`), its DOI, or what its "
                "file calls it. Nothing was written."
            )
        if len(found) > 1:
            raise EvidenceError(
                f"“{name}” may be {len(found)} records. Nothing was written; name it by its id: "
                f"{', '.join(map(str, sorted(found)))}."
            )
        return found.pop()

    def _by_id(self, name: str) -> set[int]:
        if not name.isascii() or not name.isdigit() or len(name) > 15:
            return set()
        return record_names.standing_for(self._reader, [int(name)])

    def _by_doi(self, name: str) -> set[int]:
        doi = clean_doi(name)
        if doi is None:
            return set()
        return record_names.with_doi(self._reader, doi)

    def _by_file(self, name: str) -> set[int]:
        if self._called is None:
            self._called = {}
            for reference, (file, called) in imports.called(self._reader).items():
                for each in (called, f"{file}:{called}"):
                    self._called.setdefault(each, set()).add(reference)
        return record_names.standing_for(self._reader, self._called.get(name, ()))


def reason_named(reader: Reader, stage: Stage, name: str) -> ExclusionReason:
    """Return the reason of a stage by its name or its number in the list; raises `EvidenceError`."""
    listed = screening.reasons(reader, stage)
    found = [each for each in listed if each.name.casefold() == name.strip().casefold()]
    if not found and name.strip().isdigit() and 1 <= int(name) <= len(listed):
        found = [listed[int(name) - 1]]
    if not found:
        known = "; ".join(f"{at} {each.name}" for at, each in enumerate(listed, 1))
        raise EvidenceError(
            f"“{name}” is no reason of {stage}. Nothing was written. "
            + (
                f"The list: {known}."
                if known
                else "The list is empty; enter reasons on the screen Screening."
            )
        )
    return found[0]
