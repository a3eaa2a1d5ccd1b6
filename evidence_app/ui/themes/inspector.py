"""The right column: the chosen finding or theme, its memos and history, and the picker of references."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.coding import Memo
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block
from evidence_app.domain.synthesis import Theme
from evidence_app.services.synthesis.overview import FindingLine
from evidence_app.storage.history import PastEdit
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.themes.finding_form import FindingForm
from evidence_app.ui.themes.picker import Picker
from evidence_app.ui.themes.quotation_picker import QuotationPicker
from evidence_app.ui.themes.theme_form import KINDS, ThemeForm
from evidence_app.ui.widgets.beside import HistoryPage, MemoPage
from evidence_app.ui.widgets.inspector import NARROWEST, Inspector
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

FORM, MEMO, HISTORY = range(3)
BESIDE = 343
"""What outline and findings need beside it at 100 %."""


class ThemesInspector(Inspector):
    """Shows one thing at a time; what is asked beyond the form, memos and history, is asked when shown."""

    beside_asked = Signal()
    """A tab that needs more than the form is shown now."""

    def __init__(self, parts: Parts, project: OpenProject, more: Callable[[], object]) -> None:
        self._title = parts.label("", "title", wrap=True)
        self._note = parts.note("", wrap=True)
        self.more = parts.tool("ph.dots-three", "More acts", more)
        self.tabs = parts.tabs("Inspector", ("Theme", "Memo", "History"))
        self.finding = FindingForm(parts)
        self.theme = ThemeForm(parts)
        self.memos = MemoPage(parts)
        self.history = HistoryPage(parts)
        self.picker = Picker(parts, project)
        self.quotation_picker = QuotationPicker(parts, project)
        self._nothing = parts.note("Choose a theme or a review finding to see what it rests on.", wrap=True)
        self._pages = (self.finding, self.theme, self.memos, self.history, self.picker,
                       self.quotation_picker, self._nothing)  # fmt: skip
        title = across(gap=4)
        title.addWidget(self._title, 1)
        title.addWidget(self.more)
        self._gap = QWidget()
        self._gap.setFixedHeight(parts.look.px(7))
        head = down(title, self._note, self.tabs, self._gap, gap=5, edge=(18, 12, 14, 0))
        form = down(gap=0, edge=(18, 12, 18, 12))
        for page in self._pages:
            form.addWidget(page, 1)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        super().__init__(parts.look, head, form)
        self._beside = parts.look.px(BESIDE)
        self._kind = ""
        self.tabs.currentChanged.connect(self._turn)
        self._show_page(self._nothing)

    def fit(self, room: int) -> None:
        """Take less where text is large: the outline and the findings stand beside it."""
        super().fit(room)
        left = max(room - self._beside, NARROWEST)
        self.setFixedWidth(min(self.maximumWidth(), left))

    @property
    def is_picking(self) -> bool:
        """Whether references are being picked."""
        return not self.picker.isHidden()

    @property
    def is_quoting(self) -> bool:
        """Whether quotations are being picked."""
        return not self.quotation_picker.isHidden()

    @property
    def tab(self) -> int:
        """Which tab is shown: FORM, MEMO or HISTORY."""
        return self.tabs.currentIndex()

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        self._headed("Nothing chosen", "", "")
        self._show_page(self._nothing)

    def show_finding(self, line: FindingLine) -> None:
        """Show a review finding."""
        self.finding.show_finding(line)
        if self.is_picking:
            self.picker.show_held(frozenset(work.reference for work in line.works))
            self._note.setText(line.block.text)
            return
        if self.is_quoting:
            self._note.setText(line.block.text)
            return
        self._headed(f"Review finding {line.ordinal}", line.topic, "finding")

    def show_draft(self, block: Block, topic: str) -> None:
        """Show a finding that is to be written."""
        self.stop_picking()
        self.tabs.setCurrentIndex(FORM)
        self.finding.show_draft(block)
        self._headed("New review finding", topic, "draft")

    def show_theme(self, contents: ReviewContents, theme: Theme, places: dict[int, int]) -> None:
        """Show a theme."""
        self.stop_picking()
        self.theme.show_theme(contents, theme, places)
        self._headed(theme.name, f"{KINDS[theme.kind]} theme" if theme.kind != "topic" else "Topic", "theme")

    def pick(self, held: frozenset[int], title: str, note: str) -> None:
        """Let references be picked for the finding that is shown."""
        self._headed(title, note, "")
        self._kind = "finding"
        self._show_page(self.picker)
        self.picker.open(held)

    def pick_quotations(self, held: frozenset[int], guid: str, note: str, *, against: bool) -> None:
        """Let quotations be picked for the finding that is shown."""
        self.picker.hide()
        self._headed("Add quotations", note, "")
        self._kind = "finding"
        self._show_page(self.quotation_picker)
        self.quotation_picker.open(held, guid, against=against)

    def stop_picking(self) -> None:
        """Go back from picking references or quotations."""
        self.picker.hide()
        self.quotation_picker.hide()

    def show_beside(self, memos: list[Memo], edits: list[PastEdit]) -> None:
        """Show memos and history of the chosen thing."""
        self.memos.show_memos(memos)
        self.history.show_edits(edits)

    def _headed(self, title: str, note: str, kind: str) -> None:
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.tabs.setVisible(kind in ("finding", "theme"))
        self._gap.setVisible(kind not in ("finding", "theme"))
        self.more.setVisible(kind in ("finding", "theme"))
        self.tabs.setTabText(FORM, "Review finding" if kind == "finding" else "Theme")
        self._kind = kind
        if kind:
            self._turn(self.tab)

    def _turn(self, tab: int) -> None:
        form = self.theme if self._kind == "theme" else self.finding
        self._show_page((form, self.memos, self.history)[tab] if self._kind != "draft" else form)
        if tab != FORM:
            self.beside_asked.emit()

    def _show_page(self, page: QWidget) -> None:
        for each in self._pages:
            each.setVisible(each is page)
