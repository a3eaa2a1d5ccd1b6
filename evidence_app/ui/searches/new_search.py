"""A search without a file: website, search engine, hand searching, contact, catalogue, citation searching."""

from PySide6.QtWidgets import QComboBox, QWidget

from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.searches import log
from evidence_app.services.searches.days import read_days
from evidence_app.services.searches.kinds import KINDS, WITHOUT_A_FILE
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts


class NewSearchDialog(PanelDialog):
    """Asks where was searched, when, with which terms, how many were seen and kept."""

    keeps_words = True

    def __init__(self, parts: Parts, position: float, parent: QWidget | None = None) -> None:
        super().__init__(parts, "Search without a file", size=(560, 450), parent=parent)
        self.tell("What is left empty counts as not reported; everything can be typed later, too.")
        self._position = position
        self.edit: Edit | None = None
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind of source")
        self.kind.setFont(parts.look.font("body"))
        self._kinds = (*WITHOUT_A_FILE, *(kind for kind in KINDS if kind not in WITHOUT_A_FILE))
        self.kind.addItems([kind.word.capitalize() for kind in self._kinds])
        self.name = parts.field("Where or how", hint="for example Google Scholar")
        self.days = parts.field("Run on", hint="day, or first–last day")
        self.searcher = parts.field("Searched by", hint="name")
        self.seen = parts.field("Seen", hint="how many were looked at")
        self.kept = parts.field("Kept", hint="how many were taken over")
        self.terms = parts.long_field("Terms as typed", hint="word for word")
        self.problem = parts.label("", "small", "exclude", wrap=True)
        self.problem.hide()
        self.put(down(parts.caption("Kind"), self.kind, gap=3, edge=(6, 0, 6, 0)))
        self.put(self.name)
        for pair in ((self.days, self.searcher), (self.seen, self.kept)):
            line = across(gap=8)
            for field in pair:
                line.addWidget(field, 1)
            self.put(line)
        self.put(self.terms, self.problem)
        self.body.addStretch(1)
        self.offer(
            parts.button("Cancel", "plain", act=self.reject),
            parts.button("Add the search", "primary", act=self.check),
        )
        self.name.editor.setFocus()

    def check(self) -> None:
        """Accept when what was typed can be read; else say what cannot."""
        try:
            self.edit = self._made()
        except EvidenceError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.accept()

    def _made(self) -> Edit:
        name = self.name.text().strip()
        if not name:
            raise EvidenceError("Say where or how was searched.")
        first, last = read_days(self.days.text())
        return log.new_search(
            name, self._kinds[self.kind.currentIndex()].word, self._position,
            searched_from=first, searched_to=last,
            searcher=self.searcher.text().strip(),
            seen=log.read_number(self.seen.text()),
            kept=log.read_number(self.kept.text()),
            query=self.terms.text(),
        )  # fmt: skip
