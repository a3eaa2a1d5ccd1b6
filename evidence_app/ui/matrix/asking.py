"""What the matrix is made of: themes, codes or characteristics across, reports or studies down."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy

from evidence_app.domain.matrix import By, Per
from evidence_app.services.synthesis.matrix import Matrix
from evidence_app.services.synthesis.matrix_counting import Asked
from evidence_app.services.synthesis.matrix_rows import characteristics, head_of
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts

BY, NAMES, PER = "matrix.by", "matrix.by.names", "matrix.per"
WORDS = {By.THEMES: "Themes", By.CODES: "Codes"}
ROWS = {Per.REPORT: "Reports", Per.STUDY: "Studies"}

SHORT = 12
"""How many letters the names of characteristics may have in a narrow window."""


class DimensionChoice(QObject):
    """The button in the header with its menu; what is chosen is remembered."""

    chosen = Signal(object)

    def __init__(self, parts: Parts, settings: Preferences) -> None:
        self.button = parts.button("Themes", "plain", "ph.grid-four")
        super().__init__(self.button)
        self._settings = settings
        self._known: tuple[str, ...] = ()
        self.asked = remembered(settings)
        self._slim = False
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self._menu)
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._name()

    def show_matrix(self, matrix: Matrix) -> None:
        """Offer the characteristics there are."""
        self._known = characteristics(matrix)

    def fit(self, *, slim: bool) -> None:
        """Name long choices in one word where the window is narrow."""
        self._slim = slim
        self._name()

    def ask(self, asked: Asked) -> None:
        """Show another matrix from now on."""
        if asked == self.asked:
            return
        self.asked = asked
        self._settings.keep(BY, asked.by.value)
        self._settings.keep(NAMES, "\n".join(asked.names))
        self._settings.keep(PER, asked.per.value)
        self._name()
        self.chosen.emit(asked)

    def _name(self) -> None:
        asked = self.asked
        names = ", ".join(head_of(name) for name in asked.names)
        if self._slim and len(names) > SHORT:
            names = "values"
        across = WORDS.get(asked.by) or (
            names if len(asked.names) < 3 else f"{len(asked.names)} characteristics"
        )
        self.button.rename(f"{ROWS[asked.per]} × {across.lower() if asked.by in WORDS else across}")
        self.button.setToolTip("What stands in the rows and columns of the matrix")

    def _fill(self) -> None:
        menu, asked = self._menu, self.asked
        menu.clear()
        rows, columns = QActionGroup(menu), QActionGroup(menu)
        for per, words in ROWS.items():
            action = menu.addAction(f"{words} as rows", partial(self._per, per))
            action.setActionGroup(rows)
            _check(action, on=asked.per is per)
        menu.addSeparator()
        for by, words in WORDS.items():
            action = menu.addAction(f"{words} as columns", partial(self._turn, by))
            action.setActionGroup(columns)
            _check(action, on=asked.by is by)
        values = menu.addMenu("Values of characteristics as columns")
        for name in self._known:
            action = values.addAction(head_of(name).replace("&", "&&"), partial(self._toggle, name))
            _check(action, on=name in asked.names)
        if not self._known:
            values.addAction("No characteristics yet. They are described in Studies.").setEnabled(False)

    def _per(self, per: Per, _checked: bool = False) -> None:
        self.ask(Asked(self.asked.by, self.asked.names, per))

    def _turn(self, by: By, _checked: bool = False) -> None:
        self.ask(Asked(by, (), self.asked.per))

    def _toggle(self, name: str, _checked: bool = False) -> None:
        held = self.asked.names
        names = tuple(each for each in self._known if (each in held) != (each == name))
        self.ask(Asked(By.CHARACTERISTICS if names else By.THEMES, names, self.asked.per))


def _check(action: QAction, *, on: bool) -> None:
    action.setCheckable(True)
    action.setChecked(on)


def remembered(settings: Preferences) -> Asked:
    """Return the matrix that was last looked at."""
    kept = settings.now.kept
    by = By(kept.get(BY, "")) if kept.get(BY) in tuple(By) else By.THEMES
    names = tuple(filter(None, kept.get(NAMES, "").split("\n")))
    per = Per(kept.get(PER, "")) if kept.get(PER) in tuple(Per) else Per.REPORT
    if by is By.CHARACTERISTICS and not names:
        by = By.THEMES
    return Asked(by, names if by is By.CHARACTERISTICS else (), per)
