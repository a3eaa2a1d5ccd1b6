"""Codes and sets of a REFI-QDA file become codes and themes, known by identity, else by their path."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from evidence_app.domain.coding import code_tree
from evidence_app.domain.edit import Change, Insert, RowOf
from evidence_app.services.coding.documents import now
from evidence_app.services.coding.exchange.known import identity
from evidence_app.services.coding.exchange.model import QdaCode, QdaSet
from evidence_app.storage import coding
from evidence_app.storage.connections import Reader

_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\Z")


class CodeBook:
    """The code book of the review as an import finds and extends it."""

    def __init__(self, reader: Reader) -> None:
        codes = coding.codes(reader, merged=True)
        by_row = {code.id: code for code in codes}
        self._reader = reader
        self._guids = {code.guid.lower(): by_row[code.merged_into or code.id].guid for code in codes}
        self._paths = {placed.path: placed.code.guid for placed in code_tree(codes)}
        self._themes = {row["guid"].lower() for row in reader.rows("SELECT guid FROM theme")}
        self._position = max((code.position for code in codes), default=0.0)
        self.rows: dict[str, RowOf] = {}
        """The row of each code of the file, by its identity there."""
        self.made = self.themes = 0
        self.refused: list[tuple[str, str]] = []

    def take(self, codes: Sequence[QdaCode], sets: Sequence[QdaSet]) -> Iterator[Change]:
        """Yield the changes that take codes and sets in."""
        for code in codes:
            yield from self._code(code)
        for each in sets:
            yield from self._set(each)

    def _code(self, code: QdaCode) -> Iterator[Change]:
        if not code.guid or code.guid in self.rows:
            self.refused.append((" / ".join(code.path), "another code of the file has the same identity"))
            return
        held = self._guids.get(code.guid) or self._paths.get(code.path)
        if held is not None:
            self.rows[code.guid] = RowOf("code", held)
            self._paths.pop(code.path, None)  # a second code of this path is one of its own
            return
        guid = identity(code.guid)
        self.rows[code.guid] = RowOf("code", guid)
        self.made += 1
        self._position += 1
        yield Insert(
            "code", guid, {
                "name": code.name, "parent": self.rows.get(code.parent), "codable": int(code.codable),
                "colour": code.colour if _COLOUR.match(code.colour) else "", "definition": code.description,
                "position": self._position, "at": now(),
            },
        )  # fmt: skip

    def _set(self, each: QdaSet) -> Iterator[Change]:
        members = [self.rows[code] for code in each.codes if code in self.rows]
        if not members or each.guid in self._themes:
            return
        self.themes += 1
        theme = identity(each.guid)
        name = " ".join(each.name.split()) or "Unnamed set"
        yield Insert("theme", theme, {"name": name, "kind": "descriptive", "definition": each.description})
        for place, code in enumerate(members, 1):
            values = {"theme": RowOf("theme", theme), "code": code, "position": float(place)}
            yield Insert("theme_code", identity(""), values)
