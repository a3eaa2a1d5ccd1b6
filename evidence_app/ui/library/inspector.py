"""The inspector of the library: chips, title, one banner at most, tabs, and who checked the reference."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from evidence_app.domain.contents import Update
from evidence_app.domain.edit import counted
from evidence_app.domain.reference import Reference
from evidence_app.services.library.fields import label_of, type_label
from evidence_app.storage import library
from evidence_app.ui.library.abstract import AbstractPage
from evidence_app.ui.library.bulk import BulkPage
from evidence_app.ui.library.columns import STANDINGS, UPDATES
from evidence_app.ui.library.crossref_acts import Differing
from evidence_app.ui.library.details import DetailsPage, checked_words
from evidence_app.ui.library.evidence import EvidencePage
from evidence_app.ui.library.files import FilesPage
from evidence_app.ui.library.history import HistoryPage
from evidence_app.ui.library.marked import html_of
from evidence_app.ui.library.notes import NotesPage
from evidence_app.ui.library.pages import Page
from evidence_app.ui.moments import day_of
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.empty import Banner
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down, emptied

TABS: Final = ("Details", "Abstract", "Evidence", "Files", "Notes", "History")
NO_DIFFERENCE: Final = Differing()
GRAVE: Final = ("retraction", "concern", "correction")


class ReferenceInspector(Inspector):
    """What is known of the chosen reference, or what can be done with many."""

    left = Signal()
    """Esc was pressed where there was nothing to restore: back to the list."""
    compare_asked = Signal()
    check_asked = Signal()
    uncheck_asked = Signal()

    def __init__(self, context: ScreenContext, acts: Sequence[QAction]) -> None:
        head = down(gap=8, edge=(18, 12, 2, 0))
        form = down(gap=0)
        foot = across(gap=8, edge=(18, 8, 14, 8))
        super().__init__(context.look, head, form, foot)
        self._context, self._parts = context, context.parts
        self._reference: Reference | None = None
        self._banner: Banner | None = None
        self.details = DetailsPage(context)
        self.files, self.notes = FilesPage(context), NotesPage(context)
        self.bulk = BulkPage(context, acts)
        self.pages: tuple[Page, ...] = (
            self.details, AbstractPage(context), EvidencePage(context), self.files, self.notes,
            HistoryPage(context),
        )  # fmt: skip
        for page in (*self.pages, self.bulk):
            page.setVisible(False)
            form.addWidget(page)
        form.addStretch(1)
        self._fill_head(head, acts)
        self._fill_foot(foot)
        frame = self._check.parentWidget()
        self._foot = frame if frame is not None else self._check
        self.show_none()

    def _fill_head(self, head: QVBoxLayout, acts: Sequence[QAction]) -> None:
        holder = QWidget()
        self._chips = FlowLayout(holder, 5)
        self._more = self._parts.tool("ph.dots-three", "More acts")
        menu = QMenu(self._more)
        menu.addActions(list(acts))
        self._more.setMenu(menu)
        self._more.setPopupMode(self._more.ToolButtonPopupMode.InstantPopup)
        self._title = self._parts.rich("", "title", "text")
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._banner_place = down(gap=0)
        self._tabs = self._parts.tabs("Parts of the reference", TABS)
        self._tabs.currentChanged.connect(self._turn)
        top = across(gap=5, edge=(0, 0, 12, 0))
        top.addWidget(holder, 1)
        top.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        title = across(edge=(0, 0, 12, 0))
        title.addWidget(self._title, 1)
        self._banner_place.setContentsMargins(0, 0, 12, 0)
        for part in (top, title, self._banner_place):
            head.addLayout(part)
        head.addWidget(self._tabs)
        self._below = QWidget()
        self._below.setFixedHeight(self._parts.look.px(6))
        head.addWidget(self._below)

    def _fill_foot(self, foot: QHBoxLayout) -> None:
        self._check_icon = self._parts.icon("ph.circle-dashed", "text-3")
        self._check_words = self._parts.label("", "small", "text-2", wrap=True)
        self._check = self._parts.button("Mark checked", "plain", act=self._press_check)
        foot.addWidget(self._check_icon)
        foot.addWidget(self._check_words, 1)
        foot.addWidget(self._check)

    # -- what is shown

    @property
    def reference(self) -> Reference | None:
        """The reference that is shown, or None."""
        return self._reference

    def show_none(self) -> None:
        """Show that nothing is chosen."""
        self._reference = None
        self._title.setText("No reference is chosen")
        self._show_chips(())
        self._show_banner(None)
        self._show_parts(several=False, nothing=True)

    def show_many(self, ids: Sequence[int]) -> None:
        """Show what can be done with these references together."""
        self._leave_page()
        self._reference = None
        self._title.setText(counted(len(ids), "reference"))
        self._show_chips((("Chosen", "accent"),))
        self._show_banner(None)
        self._show_parts(several=True, nothing=False)
        self.bulk.show_ids(ids)

    def show_reference(
        self, reference: Reference, updates: Sequence[Update] = (), differing: Differing = NO_DIFFERENCE
    ) -> None:
        """Show this reference as the project holds it, what became of it, and where Crossref differs."""
        another = self._reference is None or self._reference.id != reference.id
        if another:
            self._leave_page()
            self.details.start_anew()
            self.form.verticalScrollBar().setValue(0)
        self._reference = reference
        self._title.setText(html_of(str(reference.item.get("title") or "")) or "No title")
        self._show_chips(self._chips_of(reference))
        self._show_banner(self._banner_of(reference, updates, differing))
        self._show_parts(several=False, nothing=False)
        self.details.show_differing(differing.fields)
        self._page.show_reference(reference)
        self._show_check(reference)
        order_focus(self)

    def go_to_tab(self, name: str) -> None:
        """Show the tab of this name."""
        self._tabs.setCurrentIndex(TABS.index(name))

    def write_note(self) -> None:
        """Go to where a note is written."""
        self.go_to_tab("Notes")
        self.notes.begin()

    def attach_files(self) -> None:
        """Ask for files and attach them."""
        self.go_to_tab("Files")
        self.files.choose_files()

    def enter(self) -> None:
        """Take the focus: the first field of the form, or the first act."""
        if self._reference is None:
            self.bulk.enter()
        elif self._page is self.details:
            self.details.enter()
        else:
            self._tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what is half typed."""
        self._leave_page()

    @property
    def _page(self) -> Page:
        return self.pages[max(0, self._tabs.currentIndex())]

    def _leave_page(self) -> None:
        focused = self.window().focusWidget()
        if focused is not None and self.form.isAncestorOf(focused):
            focused.clearFocus()

    def _show_parts(self, *, several: bool, nothing: bool) -> None:
        one = not several and not nothing
        self._tabs.setVisible(one)
        self._below.setVisible(not one)
        self._foot.setVisible(one)
        self._more.setVisible(not nothing)
        self.bulk.setVisible(several)
        for page in self.pages:
            page.setVisible(one and page is self._page)

    def _turn(self) -> None:
        if self._reference is not None:
            self._leave_page()
            self._show_parts(several=False, nothing=False)
            self._page.show_reference(self._reference)
            order_focus(self)
            self.form.verticalScrollBar().setValue(0)

    # -- head and foot

    def _chips_of(self, reference: Reference) -> Sequence[tuple[str, str]]:
        standing = {True: "included", False: "background", None: None}[reference.included]
        chips = [(type_label(str(reference.item.get("type", "document"))), "")]
        chips.append((STANDINGS[standing][0], "include" if standing == "included" else ""))
        found = library.characteristics_of(self._context.project.reader, reference.id)
        chips += [(each.value, "") for each in found if each.name == "service"]
        return chips

    def _show_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        emptied(self._chips)
        for words, tone in chips:
            self._chips.addWidget(self._parts.chip(words, tone))

    def _banner_of(
        self, reference: Reference, updates: Sequence[Update], differing: Differing
    ) -> Banner | None:
        known = {update.group: update for update in reversed(updates)}
        for group in GRAVE[:2]:
            if group in known:
                return self._update_banner(reference, known[group])
        if differing.fields:
            number = len(differing.fields | differing.fillable)
            words = f"Crossref differs in {counted(number, 'field')}"
            return self._parts.banner("ph.circle-half-fill", "maybe", words, "Compare", self._press_compare)
        if reference.changed_since_check:
            names = ", ".join(label_of(name).lower() for name in reference.changed_since_check[:3])
            return self._parts.banner("ph.warning", "maybe", f"Changed since it was checked: {names}")
        if "correction" in known:
            return self._update_banner(reference, known["correction"])
        if differing.fillable:
            words = f"Crossref can fill {counted(len(differing.fillable), 'empty field')}"
            return self._parts.banner("ph.link-simple", "accent", words, "Compare", self._press_compare)
        return None

    def _update_banner(self, reference: Reference, update: Update) -> Banner:
        word, icon, tone = UPDATES[update.group]
        when = f" on {day_of(update.date)}" if update.date else ""
        findings = library.support(self._context.project.reader).findings.get(reference.id, 0)
        cited = f" It supports {counted(findings, 'review finding')}." if findings else ""
        source = {"retraction-watch": "Retraction Watch"}.get(update.source, update.source)
        said = f" Source: {source}." if source else ""
        banner = self._parts.banner(
            icon, tone if tone != "text-3" else "maybe", f"{word}{when}.{cited}{said}",
            "Open notice" if update.doi else "", self._open_notice,
        )  # fmt: skip
        banner.setProperty("doi", update.doi)
        return banner

    def _show_banner(self, banner: Banner | None) -> None:
        emptied(self._banner_place)
        self._banner = banner
        if banner is not None:
            self._banner_place.addWidget(banner)

    def _show_check(self, reference: Reference) -> None:
        reader = self._context.project.reader
        checked = reference.checked_at is not None
        stale = bool(reference.changed_since_check)
        icon, tone = (
            ("ph.check-circle", "include") if checked and not stale else ("ph.circle-dashed", "text-3")
        )
        self._check_icon.show_icon(icon, tone)
        self._check_words.setText(checked_words(reference, library.person_name(reader, reference.checked_by)))
        self._check.rename("Take tick off" if checked and not stale else "Mark checked")

    # -- what is pressed

    def _press_compare(self) -> None:
        self.compare_asked.emit()

    def _open_notice(self) -> None:
        if self._banner is not None:
            from PySide6.QtCore import QUrl
            from PySide6.QtGui import QDesktopServices

            QDesktopServices.openUrl(QUrl(f"https://doi.org/{self._banner.property('doi')}"))

    def _press_check(self) -> None:
        if self._reference is None:
            return
        if self._reference.checked_at is None or self._reference.changed_since_check:
            self.check_asked.emit()
        else:
            self.uncheck_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on an Esc that restored nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
