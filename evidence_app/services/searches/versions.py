"""The query as it stood before: every version the history still knows."""

from dataclasses import dataclass

from evidence_app.domain.edit import counted
from evidence_app.services.searches.strategy import read_strategy
from evidence_app.storage import history
from evidence_app.storage.connections import Reader


@dataclass(frozen=True, slots=True)
class QueryVersion:
    """The query from one moment on: who wrote it, when, and its text."""

    query: str
    person: str
    at: str

    @property
    def label(self) -> str:
        """The version in a line of a menu."""
        when = self.at.replace("T", " ")[:16] or "as first entered"
        lines = counted(len(read_strategy(self.query)), "line")
        return ", ".join(part for part in (when, self.person, lines) if part)


def versions(reader: Reader, search: int, query: str) -> list[QueryVersion]:
    """Return the versions of a query, the newest first; the present one is the first."""
    found: list[QueryVersion] = []
    present = query
    for edit, change in history.edits_of_row(reader, "search", search):
        if "query" not in change.after or change.after["query"] != present:
            continue
        found.append(QueryVersion(present, edit.person, edit.at))
        present = str(change.before.get("query") or "")
    if present or not found:
        found.append(QueryVersion(present, "", ""))
    return [each for each in found if each.query.strip()]
