"""The line above the findings: which theme, what counts for it, and which of its findings are shown."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QToolButton

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Direction
from evidence_app.domain.synthesis import Theme
from evidence_app.services.synthesis.overview import Wanted, countries_of, theme_fact
from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts

GAPS = 44
"""What stands between and beside the parts of the bar."""


class FindingsBar(QFrame):
    """Swatch, name and counts of the theme shown; the filter with what it is set to."""

    filtered = Signal(object)
    turned = Signal(bool)
    """Whether the words of the summary are to be shown, not the findings."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._wanted, self._both = Wanted(), True
        self._countries: tuple[tuple[str, int], ...] = ()
        self._swatch = parts.swatch(0)
        self._name = parts.line("", "strong")
        self._name.setMinimumWidth(1)
        self._fact = parts.line("", "small", "text-3")
        self._fact.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._set = parts.button("", "filter", "ph.x", self._clear, on=None)
        self._set.setCheckable(True)
        self._set.hide()
        self._filter = parts.tool("ph.funnel-simple", "Filter review findings")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._filter.setMenu(self._menu)
        self._filter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._way = parts.segments("Show", (("findings", "Findings"), ("words", "Summary")))
        self._way.chosen.connect(self._tell_turned)
        self._other = parts.button("Summary", "filter", "ph.swap", self._tell_other)
        self._other.setToolTip("Findings or the words of the summary")
        self._other.hide()
        row = across(self._swatch, self._name, gap=8, edge=(10, 0, 0, 0))
        row.addWidget(self._fact, 1)
        row.addWidget(self._set)
        row.addWidget(self._filter)
        row.addWidget(self._way)
        row.addWidget(self._other)
        self.setLayout(row)

    def show_theme(self, contents: ReviewContents, theme: Theme | None, place: int | None) -> None:
        """Show the theme whose findings are listed."""
        self._swatch.setVisible(theme is not None and place is not None)
        self._filter.setEnabled(theme is not None)
        if theme is None:
            self._name.setText("")
            self._fact.setText("")
            return
        self._swatch.show_theme(place or 0)
        self._name.setText(theme.name)
        self._fact.setText(theme_fact(contents, theme.id))
        self._countries = countries_of(contents, contents.supporting(theme.id))

    def minimumSizeHint(self) -> QSize:
        """Return that it may become narrow: one button then turns to the other way."""
        hint = super().minimumSizeHint()
        return QSize(self._other.sizeHint().width() + self._filter.sizeHint().width(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both ways where there is room for them, else the other one only."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self._swatch.sizeHint().width() + self._filter.sizeHint().width() + GAPS
        self._both = self._way.sizeHint().width() + beside <= self.width()
        self._way.setVisible(self._both)
        self._other.setVisible(not self._both)  # the room may have changed by hiding the others

    def show_way(self, *, words: bool) -> None:
        """Show whether the words of the summary are listed, or the findings."""
        self._way.choose("words" if words else "findings")
        self._other.rename("Findings" if words else "Summary")
        self._filter.setVisible(not words)
        self._set.setVisible(bool(self._wanted) and not words)

    def _tell_other(self) -> None:
        self.turned.emit(self._way.choice == "findings")

    def _tell_turned(self, way: str) -> None:
        self.turned.emit(way == "words")

    def show_wanted(self, wanted: Wanted) -> None:
        """Show what the filter is set to."""
        self._wanted = wanted
        self._set.setVisible(bool(wanted) and self._way.choice == "findings")
        self._set.setChecked(bool(wanted))
        self._set.rename(wanted.words())
        self._set.setToolTip("Show all review findings again")
        self._set.setAccessibleName(f"Filter: {wanted.words()}. Press to show all")

    def _clear(self) -> None:
        self.filtered.emit(Wanted())

    def _fill(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        self._offer(
            "Every direction",
            Wanted(country=self._wanted.country, unsupported=self._wanted.unsupported),
            group,
        )
        for direction in Direction:
            self._offer(DIRECTIONS[direction].word, self._with(direction=direction, undirected=False), group)
        self._offer("Without a direction", self._with(direction=None, undirected=True), group)
        self._menu.addSeparator()
        countries = self._menu.addMenu("Supported from")
        among = QActionGroup(countries)
        for country, count in (("", 0), *self._countries):
            action = countries.addAction(f"{country}  {count}" if country else "Every country")
            action.setCheckable(True)
            action.setChecked(self._wanted.country == country)
            action.setActionGroup(among)
            action.triggered.connect(partial(_tell, self.filtered, self._with(country=country)))
        only = self._menu.addAction("Only findings without evidence")
        only.setCheckable(True)
        only.setChecked(self._wanted.unsupported)
        only.triggered.connect(
            partial(_tell, self.filtered, self._with(unsupported=not self._wanted.unsupported))
        )

    def _offer(self, words: str, wanted: Wanted, group: QActionGroup) -> None:
        action = self._menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(wanted == self._wanted)
        action.setActionGroup(group)
        action.triggered.connect(partial(_tell, self.filtered, wanted))

    def _with(self, **values: object) -> Wanted:
        return replace(self._wanted, **values)  # type: ignore[arg-type]


def _tell(signal: SignalInstance, wanted: Wanted, _checked: bool = False) -> None:
    signal.emit(wanted)
