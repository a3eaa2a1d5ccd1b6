"""Below the list: the query of the chosen search, its problems in words, and what it kept."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.searches.kinds import Group
from evidence_app.services.searches.query_problem import QueryProblem
from evidence_app.services.searches.strategy import StrategyLine
from evidence_app.services.searches.worth import Worth
from evidence_app.ui.searches.query_view import QueryEditor, QueryView
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

MOST_PROBLEMS: Final = 40
HINT: Final = "Paste the query as it was run, with its line numbers and hits"


class QueryPanel(QWidget):
    """The query as run. It is shown, or edited in place; nothing of it is ever corrected."""

    edited = Signal(str)
    version_chosen = Signal(object)
    """The place of an earlier version among those offered."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._lines: Sequence[StrategyLine] = ()
        self._query, self._row = "", 0
        self.heading = parts.label("Query as run", "strong")
        self._fact = parts.line("", "small", "text-3")
        self._versions = parts.button("Versions", "filter", act=self._open_versions)
        self._menu = QMenu(self._versions)
        self._menu.triggered.connect(self._choose_version)
        self._copy = parts.button("Copy", "filter", act=self.copy)
        self._edit = parts.button("Edit", "filter", act=self.edit)
        head = across(self.heading, gap=8)
        head.addWidget(self._fact, 1)
        for button in (self._versions, self._copy, self._edit):
            head.addWidget(button)
        self.view = QueryView(parts.look)
        self.view.edit_asked.connect(self.edit)
        self.editor = QueryEditor(parts.look, "Query as run, word for word", hint=HINT, lines=3)
        self.editor.edited.connect(self.edited)
        self.editor.left.connect(self._read)
        self._problems: QVBoxLayout = down(gap=4)
        self._nothing = parts.button("Paste the query as it was run", "plain", "ph.clipboard-text", self.edit)
        empty = across(self._nothing, None)
        self.setLayout(down(head, self.view, self.editor, empty, self._problems, gap=9))
        self.editor.hide()

    def show_search(
        self,
        row: Worth,
        lines: Sequence[StrategyLine],
        problems: Sequence[QueryProblem],
        versions: Sequence[str],
    ) -> None:
        """Show the query of this search, with what is wrong with it."""
        search = row.search
        same = search.row == self._row
        self._row, self._query, self._lines = search.row, search.text("query"), lines
        self.heading.setText("Query as run" if row.group is Group.DATABASES else "Terms as typed")
        where = f"{search.name} ({search.platform})" if search.platform else search.name
        count = f"{counted(len(lines), 'line')}, kept word for word" if lines else "not reported"
        self._fact.setText(f"{where}, {count}")
        self.view.show_lines(lines, problems)
        self._show_versions(versions)
        self._show_problems(problems)
        self.editor.show_value(self._query)
        if not (same and self.editor.isVisible()):
            self._read()

    def _show_versions(self, versions: Sequence[str]) -> None:
        self._versions.setVisible(len(versions) > 1)
        self._versions.rename(f"Versions  {len(versions)}")
        self._menu.clear()
        for place, label in enumerate(versions):
            self._menu.addAction(label).setData(place)

    def _choose_version(self, action: QAction) -> None:
        self.version_chosen.emit(action.data())

    def _open_versions(self) -> None:
        self._menu.popup(self._versions.mapToGlobal(QPoint(0, self._versions.height())))

    def _show_problems(self, problems: Sequence[QueryProblem]) -> None:
        emptied(self._problems)
        for problem in problems[:MOST_PROBLEMS]:
            tone = "exclude" if problem.grave else "maybe"
            icon = "ph.warning-circle-fill" if problem.grave else "ph.question-fill"
            line = across(
                self._parts.icon(icon, tone, 14),
                self._parts.label(f"Line {problem.line}", "small-strong", tone), gap=7,
            )  # fmt: skip
            line.addWidget(self._parts.label(problem.words, "small", wrap=True), 1)
            self._problems.addLayout(line)
        if len(problems) > MOST_PROBLEMS:
            more = f"{len(problems) - MOST_PROBLEMS} more problems are underlined above."
            self._problems.addWidget(self._parts.note(more))

    def copy(self) -> None:
        """Put the query on the clipboard, word for word."""
        QGuiApplication.clipboard().setText(self._query)

    def edit(self) -> None:
        """Let the query be edited in place."""
        self.view.hide()
        self._nothing.hide()
        self.editor.show()
        self.editor.setFocus()

    def leave(self) -> None:
        """Keep what is half typed."""
        self.editor.keep()

    def _read(self) -> None:
        had_focus = self.editor.hasFocus()
        self.editor.hide()
        self.view.setVisible(bool(self._lines))
        self._nothing.setVisible(not self._lines)
        self._copy.setVisible(bool(self._lines))
        self._edit.setVisible(bool(self._lines))
        if had_focus:
            (self.view if self._lines else self._nothing).setFocus()
