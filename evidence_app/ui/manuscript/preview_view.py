"""The preview: the summary as its pages look, built again in the background, and its export."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.publishing.styles import DEFAULT_STYLE
from evidence_app.storage.contents import review_contents
from evidence_app.ui.manuscript import building
from evidence_app.ui.manuscript.building import Built
from evidence_app.ui.manuscript.export_report import ReportColumn
from evidence_app.ui.manuscript.page_pictures import A4_INCHES, POINTS, PageScroll
from evidence_app.ui.manuscript.preview_options import NARROW, WIDTH, PreviewOptions
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Task
from evidence_app.ui.widgets.laying import across, down, framed

BUILD_AFTER_MS = 400
ZOOMS = (50, 60, 70, 85, 100, 125, 150, 200)


class PreviewView(QWidget):
    """Options, pages and report side by side."""

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
        self.pages = PageScroll(context.look)
        self.built: Built | None = None
        self._zoom = 70
        self._task: Task | None = None
        self._stale = True
        self._made_for: tuple[str, str, int] | None = None
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
        bar = across(
            self._before, self._where, self._next, 8,
            parts.tool("ph.magnifying-glass-minus", "Smaller", self._smaller), self._percent,
            parts.tool("ph.magnifying-glass-plus", "Larger", self._larger), 12, gap=5, edge=(12, 0, 12, 0),
        )  # fmt: skip
        bar.addWidget(
            parts.line("The pages of the PDF; other formats hold the same text.", "small", "text-3"), 1
        )
        middle = down(framed(bar, "bar", height=self.context.look.size("bar")), gap=0)
        middle.addWidget(self.pages, 1)
        body = across(self.options, gap=0)
        body.addLayout(middle, 1)
        body.addWidget(self.report.widget)
        self.setLayout(body)

    def _connect(self) -> None:
        self.options.changed.connect(self._options_changed)
        self.options.format_changed.connect(self._options_changed)
        self.pages.turned.connect(self._show_where)
        self.pages.zoomed.connect(self._zoom_by)

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

    def _wanted(self) -> tuple[str, str, int]:
        return self.options.profile, self.options.style_id, self._zoom

    def _differs(self) -> bool:
        return self._made_for != self._wanted()

    def build(self) -> None:
        """Read the review and build its pages."""
        self._later.stop()
        self._stale = False
        self.report.tell("Building the pages …")
        self.context.project.read(review_contents, self._build_from, latest="manuscript.preview")

    def _build_from(self, contents: ReviewContents) -> None:
        if self._task is not None:
            self._task.cancel()
        self._made_for = self._wanted()
        profile, style, zoom = self._made_for
        ppi = POINTS * zoom / 100 * self.context.look.scale * self.devicePixelRatioF()
        self._task = Task(partial(building.build, contents, profile, style, ppi))
        self.context.lanes.pdf.start(self._task.then(self._show_built, self._failed))

    def _show_built(self, built: Built) -> None:
        self.built = built
        self.pages.show_pages(built.preview.pages, 1 / self.devicePixelRatioF())
        self.report.show(built)
        self.report.tell(f"Rebuilt {datetime.now():%H:%M}, in {built.seconds:.1f} s")
        works = [built.contents.by_id[work] for work in built.preview.works if work in built.contents.by_id]
        self.options.styles.show_sample_of(works)
        self._show_where(self.pages.page)
        self.told.emit()

    def _failed(self, error: Exception) -> None:
        reason = str(error) if isinstance(error, EvidenceError) else f"The reason was: {error}"
        self.report.tell(f"The pages could not be built; the last ones are shown. {reason}")

    # -- looking

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
            self.pages.pages.rescale(ZOOMS[at] / self._zoom)
            self._zoom = ZOOMS[at]
            self._show_where(self.pages.page)
            self.contents_changed()

    def fit_width(self, width: int) -> None:
        """Choose the largest zoom at which a page fits into this width."""
        wanted = (width - 60) / (A4_INCHES * POINTS * self.context.look.scale) * 100
        fitting = [zoom for zoom in ZOOMS if zoom <= wanted]
        self._zoom = min(fitting[-1] if fitting else ZOOMS[0], 100)

    def detail(self) -> str:
        """Return what the header tells: profile and pages."""
        name = self.options.profile.capitalize()
        pages = f", {counted(len(self.built.preview.pages), 'page')}" if self.built else ""
        return f"{name} summary{pages}"

    def act_name(self) -> str:
        """Return the name of the primary act: what is exported, and as what."""
        pages = f"{counted(len(self.built.preview.pages), 'page')}" if self.built else "summary"
        return f"Export {pages} as {self.options.kind}"

    def _open_checks(self) -> None:
        self.context.go_to("checks")
