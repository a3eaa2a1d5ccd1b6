"""Quick copy: a citation or a bibliography entry in the chosen style, formatted and plain."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from evidence_app.domain.reference import Reference
from evidence_app.storage import references
from evidence_app.storage.connections import Reader

Form = Literal["citation", "entry"]
MOST = 500
LONGEST_TOLD = 60


@dataclass(frozen=True, slots=True)
class Copied:
    """What goes to the clipboard, in both forms, and how many works it is of."""

    html: str
    text: str
    works: int
    form: Form = "citation"

    def told(self) -> str:
        """Say what was copied, and how it begins."""
        begins = self.text if len(self.text) <= LONGEST_TOLD else f"{self.text[:LONGEST_TOLD].rstrip()}…"
        what = "the citation" if self.form == "citation" else "the bibliography entry"
        if self.form == "entry" and self.works > 1:
            what = f"{self.works:,} bibliography entries"
        return f"Copied {what}: {begins}"


def copied(reader: Reader, ids: Sequence[int], style: str, form: Form) -> Copied:
    """Write out the citation, or the entries, of these works in a style. Raises `PublishingError`."""
    from evidence_app.services.publishing import citing

    works: list[Reference] = references.references(reader, list(ids)[:MOST])
    if form == "citation":
        made = citing.formatted_citation(works, style)
        return Copied(made.html, made.text, len(works))
    listed = citing.entries(works, style)
    html = "".join(f"<p>{entry.html}</p>" for entry in listed)
    return Copied(html, "\n".join(entry.text for entry in listed), len(works), form)


def to_clipboard(copy: Copied) -> None:
    """Put both forms on the clipboard; a program takes the one it understands."""
    mime = QMimeData()
    mime.setHtml(copy.html)
    mime.setText(copy.text)
    QGuiApplication.clipboard().setMimeData(mime)


def question(ids: Sequence[int], style: str, form: Form) -> "partial[Copied]":
    """Return what to ask in a reading lane."""
    return partial(copied, ids=tuple(ids), style=style, form=form)
