"""Under the text: the DOI and the address to open, and the databases the record came from."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_app.domain.reference import Reference
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.parts import Parts

MOST_SOURCES = 4
LONGEST = 46


class LinksRow(QWidget):
    """Links open in the browser by the act of pressing them, never by themselves."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._doi_address = self._address = ""
        self.doi = parts.button("", "filter", "ph.link-simple", self._open_doi)
        self.address = parts.button("", "filter", "ph.globe", self._open_address)
        self._chips = [parts.chip("") for _ in range(MOST_SOURCES + 1)]
        self._flow = FlowLayout(self, 6)
        self._flow.setContentsMargins(20, 6, 20, 8)
        for part in (self.doi, self.address, *self._chips):
            self._flow.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_record(self, reference: Reference | None, sources: Sequence[str]) -> None:
        """Show the links of a record and where it came from."""
        doi = (reference.doi or "") if reference is not None else ""
        address = str(reference.item.get("URL") or "") if reference is not None else ""
        self._doi_address = f"https://doi.org/{doi}" if doi else ""
        self._address = address if address.startswith(("https://", "http://")) and doi not in address else ""
        self._show(self.doi, f"doi {doi}" if doi else "", f"Open the DOI {doi} in the browser")
        bare = self._address.partition("://")[2]
        self._show(self.address, bare, f"Open {bare} in the browser")
        shown = list(sources[:MOST_SOURCES])
        shown += [f"{len(sources) - MOST_SOURCES} more"] if len(sources) > MOST_SOURCES else []
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(shown))
            if place < len(shown):
                chip.setText(shown[place])
        self._fit()

    def _show(self, button: QWidget, words: str, told: str) -> None:
        short = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
        button.rename(short)  # type: ignore[attr-defined]
        button.setAccessibleName(told)
        button.setToolTip(told)
        button.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the width asks for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(60, 0)

    def _fit(self) -> None:
        self._flow.invalidate()
        self.setFixedHeight(max(self._flow.heightForWidth(max(self.width(), 60)), 1))

    def _open_doi(self) -> None:
        QDesktopServices.openUrl(QUrl(self._doi_address))

    def _open_address(self) -> None:
        QDesktopServices.openUrl(QUrl(self._address))
