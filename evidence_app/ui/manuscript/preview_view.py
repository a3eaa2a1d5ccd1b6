"""The preview: the exported html itself, or the pages of the PDF, built again in the background."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.publishing.styles import DEFAULT_STYLE
from evidence_app.services.publishing.summary.selection import contents_with_flow
from evidence_app.ui.manuscript import building
from evidence_app.ui.manuscript.building import Built
from evidence_app.ui.manuscript.export_report import ReportColumn
from evidence_app.ui.manuscript.page_pictures import A4_INCHES, POINTS, PageScroll
from evidence_app.ui.manuscript.preview_options import NARROW, WIDTH, PreviewOptions
from evidence_app.ui.manuscript.web_view import WebView
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.tasks import Task
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across, down, framed

BUILD_AFTER_MS = 400
ZOOMS = (50, 60, 70, 85, 100, 125, 150, 200)
WAYS = (("web", "Web page"), ("pages", "Pages"))
TOLD = {
    "web": "The exported html file itself. Nothing is loaded from elsewhere",
    "pages": "The pages of the PDF. Other formats hold the same text",
}


class PreviewView(QWidget):
    """Options, the summary as a web page or as pages, and report side by side."""

    told = Signal()
    """How many pages there are, or what the export would write, is another thing now."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        kept = context.settings.now.kept
        self.options = PreviewOptions(
            context.parts, context.lanes, kept.get("manuscript.profile", ""),
            kept.get("manuscript.format", ""), kept.get("manuscript.style", DEFAULT_STYLE),
        )  # fmt: skip
        self.report = ReportColumn(context.parts, self._open_checks)
        self.web = WebView(context)
        self.pages = PageScroll(context.look)
        self.way = context.parts.segments("Show as", WAYS, kept.get("manuscript.way", ""))
        self.built: Built | None = None
        self._zooms = {"web": 100, "pages": 70}
        self._task: Task | None = None
        self._stale = True
        self._made_for: tuple[str, str, int | None] | None = None
        self._later = QTimer(self, singleShot=True, interval=BUILD_AFTER_MS)
        self._later.timeout.connect(self.build)
        self._where = context.parts.note("")
        self._percent = context.parts.note("")
        for label, room in ((self._where, 58), (self._percent, 40)):
            label.setMinimumWidth(context.look.px(room))
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        parts = self.context.parts
        self._before = parts.tool("ph.caret-left", "Page before", self._turn_back)
        self._next = parts.tool("ph.caret-right", "Next page", self._turn_on)
        self._turner = self._group(self._before, self._where, self._next)
        zoomer = self._group(
            parts.tool("ph.magnifying-glass-minus", "Smaller", self._smaller), self._percent,
            parts.tool("ph.magnifying-glass-plus", "Larger", self._larger),
        )  # fmt: skip
        for key, words in TOLD.items():
            self.way.buttons[key].setToolTip(words)
            self.way.buttons[key].setAccessibleDescription(words)
        bar = FlowLayout(gap=self.context.look.px(12))
        for part in (self.way, zoomer, self._turner):
            bar.addWidget(part)
        room = max((self.context.look.size("bar") - self.way.sizeHint().height()) // 2, 2)
        bar.setContentsMargins(12, room, 12, room)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.web)
        self.stack.addWidget(self.pages)
        middle = down(framed(bar, "bar"), gap=0)
        middle.addWidget(self.stack, 1)
        body = across(self.options, gap=0)
        body.addLayout(middle, 1)
        body.addWidget(self.report.widget)
        self.setLayout(body)
        self._show_way()

    def _group(self, *parts: QWidget) -> QWidget:
        group = QWidget()
        group.setLayout(across(*parts, gap=5))
        group.setFixedHeight(self.way.sizeHint().height())
        return group

    def _connect(self) -> None:
        self.way.chosen.connect(self.turn)
        self.web.page.zoomed.connect(self._zoom_by)
        self.options.changed.connect(self._options_changed)
        self.options.format_changed.connect(self._options_changed)
        self.options.words_asked.connect(self._open_words)
        self.pages.turned.connect(self._show_where)
        self.pages.zoomed.connect(self._zoom_by)

    # -- web page or pages

    @property
    def paged(self) -> bool:
        """Whether the pages are shown."""
        return self.way.choice == "pages"

    def turn(self, way: str) -> None:
        """Show the summary as a web page ("web") or as the pages of the PDF ("pages")."""
        self.way.choose(way)
        self.context.settings.keep("manuscript.way", way)
        self._show_way()
        self._show_summary()
        self.told.emit()
        if self.built is None or self._differs():
            self.contents_changed()

    def _show_way(self) -> None:
        self.stack.setCurrentWidget(self.pages if self.paged else self.web)
        self._turner.setVisible(self.paged)
        self._show_where(self.pages.page)

    def take_focus(self) -> None:
        """Give the keyboard to what is read."""
        (self.pages.pages if self.paged else self.web.page).setFocus()

    # -- building

    def arrange(self, *, slim: bool) -> None:
        """Make room for the pages in a narrow window."""
        self.options.setFixedWidth(self.context.look.px(NARROW if slim else WIDTH))

    def contents_changed(self) -> None:
        """Build again a moment after the last change, if somebody looks."""
        self._stale = True
        if self.isVisible():
            self._later.start(BUILD_AFTER_MS)

    def showEvent(self, event: QShowEvent) -> None:
        """Build what is not up to date when the preview is opened."""
        super().showEvent(event)
        if self._stale:
            self._later.start(0)  # at once; each start names its own wait

    def hideEvent(self, event: QHideEvent) -> None:
        """Build nothing while nobody looks."""
        super().hideEvent(event)
        self._later.stop()

    def _options_changed(self) -> None:
        settings, options = self.context.settings, self.options
        settings.keep("manuscript.profile", options.profile)
        settings.keep("manuscript.format", options.kind)
        settings.keep("manuscript.style", options.style_id)
        self.told.emit()
        if self.sender() is options and (self.built is None or self._differs()):
            self.contents_changed()

    def _wanted(self) -> tuple[str, str, int | None]:
        return self.options.profile, self.options.style_id, self._zoom if self.paged else None

    def _differs(self) -> bool:
        """Tell whether what is shown was made for something else; pages bring their html along."""
        wanted, made = self._wanted(), self._made_for
        return made is None or made[: None if self.paged else 2] != wanted[: None if self.paged else 2]

    def build(self) -> None:
        """Read the review and build its pages."""
        self._later.stop()
        self._stale = False
        self.report.tell("Building the summary …")
        self.context.project.read(contents_with_flow, self._build_from, latest="manuscript.preview")

    def _build_from(self, contents: ReviewContents) -> None:
        if self._task is not None:
            self._task.cancel()
        self._made_for = self._wanted()
        profile, style, zoom = self._made_for
        ppi = zoom and POINTS * zoom / 100 * self.context.look.scale * self.devicePixelRatioF()
        self._task = Task(partial(building.build, contents, profile, style, ppi, self.web.page.room))
        self.context.lanes.pdf.start(self._task.then(self._show_built, self._failed))

    def _show_built(self, built: Built) -> None:
        self.built = built
        self._show_summary()
        self.report.show(built)
        self.report.tell(f"Rebuilt {datetime.now():%H:%M}, in {built.seconds:.1f} s")
        works = [built.contents.by_id[work] for work in built.preview.works if work in built.contents.by_id]
        self.options.styles.show_sample_of(works)
        self._show_where(self.pages.page)
        self.told.emit()

    def _show_summary(self) -> None:
        if self.built is None:
            return
        made = self.built.preview
        if not self.paged:
            self.web.show_page(self.built)
        elif made.pages:
            self.pages.show_pages(made.pages, 1 / self.devicePixelRatioF())

    def _failed(self, error: Exception) -> None:
        reason = str(error) if isinstance(error, EvidenceError) else f"The reason was: {error}"
        self.report.tell(f"The summary could not be built; the last one is shown. {reason}")

    # -- looking

    @property
    def _zoom(self) -> int:
        return self._zooms[self.way.choice]

    def _show_where(self, page: int) -> None:
        count = len(self.built.preview.pages) if self.built else 0
        self._where.setText(f"{page} of {count}" if count else "")
        self._percent.setText(f"{self._zoom} %")
        self._before.setEnabled(page > 1)
        self._next.setEnabled(page < count)

    def _turn_back(self) -> None:
        self.pages.go_to(self.pages.page - 1)

    def _turn_on(self) -> None:
        self.pages.go_to(self.pages.page + 1)

    def _larger(self) -> None:
        self._zoom_by(1)

    def _smaller(self) -> None:
        self._zoom_by(-1)

    def _zoom_by(self, step: int) -> None:
        at = min(max(ZOOMS.index(self._zoom) + step, 0), len(ZOOMS) - 1)
        if ZOOMS[at] != self._zoom:
            before, self._zooms[self.way.choice] = self._zoom, ZOOMS[at]
            self._show_where(self.pages.page)
            if self.paged:
                self.pages.pages.rescale(self._zoom / before)
                self.contents_changed()
            else:
                self.web.page.set_zoom(self._zoom)

    def fit_width(self, width: int) -> None:
        """Choose the largest zoom at which a page fits into this width."""
        wanted = (width - 60) / (A4_INCHES * POINTS * self.context.look.scale) * 100
        fitting = [zoom for zoom in ZOOMS if zoom <= wanted]
        self._zooms["pages"] = min(fitting[-1] if fitting else ZOOMS[0], 100)

    def detail(self) -> str:
        """Return what the header tells: the profile, and how many pages are shown."""
        name = self.options.profile.capitalize()
        pages = f", {self._count}" if self._count else ""
        return f"{name} summary{pages}"

    def act_name(self) -> str:
        """Return the name of the primary act: what is exported, and as what."""
        return f"Export {self._count or 'summary'} as {self.options.kind}"

    @property
    def _count(self) -> str:
        """How many pages there are, where they are shown."""
        pages = len(self.built.preview.pages) if self.built and self.paged else 0
        return counted(pages, "page") if pages else ""

    def _open_words(self) -> None:
        self.context.go_to("themes", Subject("summary", 0))

    def _open_checks(self) -> None:
        self.context.go_to("checks")
