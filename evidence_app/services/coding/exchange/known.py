"""What the review holds already of a coding file: by identity, by place, and reports by what they are."""

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import Change, Insert, RowOf, insert, new_guid
from evidence_app.domain.names import parse_names
from evidence_app.domain.reference import folded
from evidence_app.services.coding.exchange.model import QdaCase, QdaProject, QdaSource
from evidence_app.services.coding.full_texts import FullText
from evidence_app.storage import coding
from evidence_app.storage.connections import Reader
from evidence_app.storage.references import columns_of

_VARIABLES: Final = {
    "title": "title", "year": "issued", "authors": "author", "author": "author", "doi": "DOI",
    "container": "container-title", "journal": "container-title", "type": "type", "publisher": "publisher",
}  # fmt: skip
"""Variables of a case by which a report is described, as our own export names them."""

Place = tuple[str, int | None, int | None, Any]


def identity(guid: str) -> str:
    """Return an identity of the file as ours: a UUID as it is, any other name by a UUID made of it."""
    if not guid:
        return new_guid()
    try:
        return str(uuid.UUID(guid))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"refi-qda:{guid}"))


class Known:
    """The review as an import finds it."""

    def __init__(self, reader: Reader, project: QdaProject) -> None:
        self._reader = reader
        self._people: dict[str, RowOf] = {}
        self._places: dict[Place, RowOf] = {}
        self._origin = project.origin
        self._cases: dict[str, RowOf] = {}
        for quotation in coding.all_quotations(reader):
            document = reader.value("SELECT guid FROM document WHERE id = :row", row=quotation.document)
            anchor = quotation.anchor
            boxes: Any = () if anchor.start is not None else anchor.rectangles
            self._places[(str(document), anchor.start, anchor.end, boxes)] = RowOf(
                "quotation", quotation.guid
            )

    def has(self, table: str, guid: str) -> bool:
        """Return whether a row of this identity is there, removed or not: nothing is made twice."""
        found = self._reader.value(f'SELECT 1 FROM "{table}" WHERE guid = :guid', guid=identity(guid))
        return bool(guid) and found is not None

    def has_coding(self, guid: str) -> bool:
        """Return whether a coding is in the review."""
        return self.has("coding", guid)

    # -- people

    def people(self, users: Mapping[str, str]) -> Iterator[Change]:
        """Yield the people to enter: those unknown by identity and by name."""
        names = {
            row["name"].casefold(): row["guid"] for row in self._reader.rows("SELECT guid, name FROM person")
        }
        for guid, name in users.items():
            known = guid and self.has("person", guid)
            own = identity(guid) if known else names.get(name.casefold(), identity(guid))
            self._people[guid] = RowOf("person", own)
            if not known and name.casefold() not in names:
                names[name.casefold()] = own
                yield Insert("person", own, {"name": name or "Unnamed coder"})

    def person(self, guid: str) -> RowOf | None:
        """Return who did something in the file; None where it does not say."""
        return self._people.get(guid)

    # -- documents and reports

    def document(self, guid: str) -> FullText | None:
        """Return a document the review holds already."""
        row = self._reader.value("SELECT id FROM live_document WHERE guid = :guid", guid=identity(guid))
        found = coding.document(self._reader, row) if guid and row is not None else None
        if found is None:
            return None
        text = coding.text_of(self._reader, found.id)
        return FullText(found.name, found.kind, text, found.pages, found.sha256)

    def reference_for(
        self, source: QdaSource, cases: Sequence[QdaCase], origin: str
    ) -> tuple[list[Change], int | RowOf]:
        """Return the report a document belongs to, and the rows that make it where there is none yet.

        Known by the identity of its case, by DOI, or by a title that one report alone has."""
        case = next((each for each in cases if source.guid in each.sources), None)
        if case is not None and case.guid in self._cases:
            return [], self._cases[case.guid]
        values = {**(case.values if case else {}), **source.values}
        item = _item(values, case.name if case else "", source.name)
        held = self._held(case, item)
        if held is not None:
            return [], held
        guid = identity(case.guid) if case and not self.has("reference", case.guid) else new_guid()
        row = RowOf("reference", guid)
        if case is not None:
            self._cases[case.guid] = row  # several documents may belong to one report
        changes: list[Change] = [Insert("reference", guid, columns_of(item))]
        for name, value in values.items():
            if name.casefold() not in _VARIABLES:
                changes.append(
                    insert(
                        "characteristic", reference=row, name=name, value=value, state="typed",
                        basis=f"Imported from {origin or 'a coding file'}",
                    )
                )  # fmt: skip
        return changes, row

    def _held(self, case: QdaCase | None, item: CslItem) -> int | None:
        if case is not None:
            row = self._reader.value(
                "SELECT id FROM live_reference WHERE guid = :guid", guid=identity(case.guid)
            )
            if row is not None:
                return int(row)
        if item.get("DOI"):
            row = self._reader.value("SELECT id FROM live_reference WHERE doi = :doi", doi=item["DOI"])
            if row is not None:
                return int(row)
        wanted = folded(str(item["title"]))
        same = [
            row["id"]
            for row in self._reader.rows("SELECT id, title FROM live_reference WHERE title IS NOT NULL")
            if folded(row["title"]) == wanted
        ]
        return int(same[0]) if len(same) == 1 else None

    # -- quotations

    def quotation_at(self, place: Place, guid: str) -> RowOf | None:
        """Return the quotation that stands exactly there, or has this identity."""
        held = self._places.get(place)
        if held is None and guid and self.has("quotation", guid):
            return RowOf("quotation", identity(guid))
        return held

    def made(self, place: Place, guid: str) -> RowOf:
        """Note that a quotation stands there now."""
        self._places[place] = RowOf("quotation", guid)
        return self._places[place]


def _item(values: Mapping[str, str], case: str, source: str) -> CslItem:
    said = {
        _VARIABLES[name.casefold()]: value for name, value in values.items() if name.casefold() in _VARIABLES
    }
    item: CslItem = {
        "type": said.get("type") or "document",
        "title": said.get("title") or case or _stem(source),
    }
    if names := parse_names(said.get("author", "")):
        item["author"] = [name.to_csl() for name in names]
    if year := re.search(r"\b(1[5-9]|20)\d\d\b", said.get("issued", "")):
        item["issued"] = {"date-parts": [[int(year[0])]]}
    for variable in ("DOI", "container-title", "publisher"):
        if said.get(variable):
            item[variable] = said[variable]
    return item


def _stem(name: str) -> str:
    return re.sub(r"\.(pdf|docx?|odt|txt|html?|rtf|md)\Z", "", name, flags=re.IGNORECASE) or name
