"""The window: rail, header, one screen at a time, status line; commands, palette and toasts."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.storage.packets import given_out
from evidence_app.ui import greeting
from evidence_app.ui.lanes import Lanes
from evidence_app.ui.look import SLIM_BELOW, Look
from evidence_app.ui.messages import Messages
from evidence_app.ui.online import Network
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.registry import BESIDE, ScreenSpec, built
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.shell.commands import Commands
from evidence_app.ui.shell.dropping import Dropping
from evidence_app.ui.shell.handlers import Handlers
from evidence_app.ui.shell.header import Header
from evidence_app.ui.shell.menu_key import MenuKey
from evidence_app.ui.shell.palette import Entry, Palette
from evidence_app.ui.shell.questions import Found, Questions, asked
from evidence_app.ui.shell.rail import Rail
from evidence_app.ui.shell.status_line import StatusLine
from evidence_app.ui.shell.surroundings import Surroundings
from evidence_app.ui.shell.toasts import ToastHolder
from evidence_app.ui.tasks import Task
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

log = logging.getLogger(__name__)

SMALLEST = (800, 560)
USUAL = (1440, 900)


class MainWindow(QMainWindow):
    """One window, one project. Opening and making projects is asked of whoever made the window."""

    open_asked = Signal(object)
    """A path of a project to open instead."""
    new_asked = Signal(object)
    """A path where a new project is to be made."""
    sample_asked = Signal()
    closing = Signal()

    def __init__(
        self,
        look: Look,
        lanes: Lanes,
        preferences: Preferences,
        *,
        messages: Messages | None = None,
        questions: Questions | None = None,
        screens: Sequence[ScreenSpec] | None = None,
    ) -> None:
        super().__init__()
        self.look, self.lanes, self.preferences = look, lanes, preferences
        self.parts = Parts(look)
        self.messages = messages or Messages(self.window, self.parts)
        self.project: OpenProject | None = None
        self._questions = questions or Questions()
        self.specs = {spec.name: spec for spec in (built() if screens is None else screens)}
        self._screens: dict[str, Screen] = {}
        self._stale: dict[str, set[str]] = {}
        self._places: list[tuple[str, Subject | None]] = []
        self._scale = look.scale
        self.network = Network(self)
        self.network.changed.connect(self._show_network)
        self._saved_at: datetime | None = None
        self.handlers = Handlers(self)
        self.commands = Commands(self, self.handlers, look, tuple(self.specs.values()))
        self.menu_key = MenuKey(self.menuBar())
        self.dropping = Dropping(self)
        self.setWindowTitle("Evidence Desk")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.surroundings = Surroundings(self, self._questions)
        self._build()
        self._remembered()
        lanes.started.connect(self._watch)
        lanes.failed.connect(self._task_failed)
        look.changed.connect(self._look_changed)
        self.commands.show_history(None, None)
        self.commands.show_screen((), (), ())

    # -- the frame

    def _build(self) -> None:
        self.rail = Rail(self.look, tuple(self.specs.values()))
        self.rail.chosen.connect(self.go_to)
        self.rail.settings.clicked.connect(self.handlers.settings)
        self.rail.person.clicked.connect(self.handlers.work_as)
        self.rail.review.clicked.connect(self.handlers.offer_projects)
        self.header = Header(self.look, self.rail.settings)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self._nothing())
        self.status = StatusLine(self.look)
        self._show_network()
        self.status.show_saved(self._saved_at)
        column = down(self.header, gap=0)
        column.addWidget(self.stack, 1)
        above = across(self.rail, gap=0)
        above.addLayout(column, 1)
        whole = down(gap=0)
        whole.addLayout(above, 1)
        whole.addWidget(self.status)
        self.ground = ToastHolder(self.look)
        self.ground.setObjectName("window")
        self.ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.ground.setLayout(whole)
        self.ground.room_below = self.status.height()
        self.setCentralWidget(self.ground)
        self.palette_panel = Palette(self.look, self.ground)
        self.palette_panel.asked.connect(self._find)
        self._arrange()

    def _remembered(self) -> None:
        geometry = QByteArray.fromBase64(self.preferences.now.window_geometry.encode())
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(*USUAL)
        self.resize(self.size().boundedTo(self.screen().availableSize()))  # it was on a larger screen

    def _nothing(self) -> QWidget:
        open_it, hint = self.handlers.open_project, "or open the sample review from the menu of the rail"
        return self.parts.empty("ph.folder-open", "No project is open.", "Open project…", open_it, hint)

    # -- the project

    def show_nothing(self) -> None:
        """Say that no project is open, and how to open one."""
        self.stack.setCurrentIndex(1)

    def show_project(self, project: OpenProject, at: str = "") -> None:
        """Show this project in place of what was there, at a screen or where one was last."""
        self.forget_project()
        self.project = project
        project.changed.connect(self._changed)
        project.refused.connect(self._refused)
        project.saved.connect(self._saved)
        project.history_changed.connect(self._history_changed)
        self.setWindowTitle(f"{project.path.stem} – Evidence Desk")
        self._history_changed()
        self._saved(greeting.saved_at(project))
        self.surroundings.begin()
        wanted = "screening" if given_out(project.reader) else self.preferences.now.last_screen
        first = next((name for name, spec in self.specs.items() if spec.group != BESIDE), "")
        self.go_to(next((name for name in (at, wanted) if name in self.specs), first))
        if last_time := greeting.of_last_time(project):
            self.ground.toast(last_time, failure=bool(project.cut_off))  # what has to be done again stays

    def forget_project(self) -> None:
        """Let go of the project and of every screen that showed it."""
        self._drop_screens()
        self.project = None
        self._places.clear()
        self.surroundings.end()
        self._saved(None)
        self.commands.show_history(None, None)

    def _changed(self, tables: frozenset[str]) -> None:
        for name, screen in list(self._screens.items()):
            if screen is self.stack.currentWidget() or not tables:
                screen.reload(tables)
            else:
                self._stale.setdefault(name, set()).update(tables)
        self._head()
        self.surroundings.ask(changed=True)

    def _watch(self, task: Task) -> None:
        self.status.watch(task)

    def _show_network(self) -> None:
        self.status.show_network(self.network.online, self.network.unreachable)

    def _saved(self, when: datetime | None) -> None:
        self._saved_at = when
        self.status.show_saved(when)

    def _refused(self, reason: str) -> None:
        self.ground.toast(reason, failure=True)
        current = self.current
        if current is not None:
            current.reload(frozenset())

    def _task_failed(self, task: Task, error: Exception) -> None:
        what = task.title or "Something"
        unexpected = f"{what} could not be done; nothing was changed. The reason was: {error}"
        self.ground.toast(str(error) if isinstance(error, EvidenceError) else unexpected, failure=True)

    def _history_changed(self) -> None:
        if self.project is not None:
            self.commands.show_history(self.project.undo_label, self.project.redo_label)

    # -- the screens

    @property
    def current(self) -> Screen | None:
        """The screen that is shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def go_to(self, screen: str, subject: Subject | None = None) -> None:
        """Show a screen, made the first time it is asked for, and on it the subject."""
        if self.project is None or screen not in self.specs:
            return
        self.leave()
        shown = self._screens.get(screen) or self._made(screen)
        self._places = [*self._places[-50:], (screen, subject)]
        self.stack.setCurrentWidget(shown)
        self.rail.show_chosen(screen)
        stale = self._stale.pop(screen, None)
        if stale:
            shown.reload(frozenset(stale))
        shown.arrange(slim=self._is_slim())
        self._fit(shown)
        self.commands.show_screen(shown.commands, shown.ACTIONS, shown.handlers())
        self._head()
        shown.take_focus()
        if subject is not None:
            shown.show_place(subject)
        self.preferences.change(last_screen=screen)

    def _made(self, name: str) -> Screen:
        assert self.project is not None
        context = ScreenContext(
            look=self.look,
            parts=self.parts,
            lanes=self.lanes,
            project=self.project,
            settings=self.preferences,
            messages=self.messages,
            go_to=self.go_to,
            say=self.say,
            open_project=self.open_asked.emit,
            crossref_told=self.network.crossref_told,
        )
        screen = self.specs[name].make(context)
        self._screens[name] = screen
        self.stack.addWidget(screen)
        self.header.take_in(screen)
        screen.headed.connect(self._head)
        screen.reload(frozenset())
        return screen

    def _head(self) -> None:
        if self.current is not None:
            self.header.show_screen(self.current)

    def leave(self) -> None:
        """Keep what is half typed on the screen that is shown."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        if self.current is not None:
            self.current.leave()

    def _drop_screens(self) -> None:
        self.leave()
        self.header.forget()
        self.commands.show_screen((), (), ())
        for screen in self._screens.values():
            screen.leave()
            self.stack.removeWidget(screen)
            screen.hide()
            screen.deleteLater()
        self._screens.clear()
        self._stale.clear()

    # -- saying

    def say(
        self, text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Show a toast; with Undo, and with an act of its own."""
        acts = [act] if act is not None else []
        if undo and self.project is not None:
            acts.append(("Undo", self.project.undo))
        self.ground.toast(text, tuple(acts))

    # -- what the handlers of the commands need

    def ask_screen(self, name: str) -> None:
        """Let the screen that is shown do one of the window's commands."""
        handler = self.current.handlers().get(name) if self.current is not None else None
        if handler is not None:
            handler()

    def leave_field(self) -> None:
        """Keep what is being typed, as leaving the field does."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
            focused.setFocus()

    def go_back(self) -> None:
        """Show the place before this one."""
        if len(self._places) > 1:
            self._places.pop()
            self.go_to(*self._places.pop())

    def _find(self, words: str) -> None:
        if self.project is not None and (len(words.strip()) > 1 or words.strip().isdigit()):
            find = partial(asked, self._questions.find, words)
            self.project.read(find, partial(self._show_found, words), latest="palette")

    def _show_found(self, words: str, found: Sequence[Found]) -> None:
        entries = [
            Entry(one.text, partial(self.go_to, one.screen, one.subject), one.icon, one.context)
            for one in found
        ]
        self.palette_panel.show_found(words, entries)

    # -- the window itself

    def _is_slim(self) -> bool:
        return self.width() < self.look.px(SLIM_BELOW)

    def _arrange(self) -> None:
        slim = self._is_slim()
        self.rail.set_slim(slim)
        if self.current is not None:
            self.current.arrange(slim=slim)
            self._fit(self.current)

    def _fit(self, screen: Screen) -> None:
        if isinstance(screen.inspector, Inspector):
            screen.inspector.fit(self.width() - self.rail.width())

    def _look_changed(self) -> None:
        if self.look.scale == self._scale:
            return
        self._scale = self.look.scale
        self.show_anew()

    def show_anew(self) -> None:
        """Make everything anew at the same place: the text has another size, or somebody else works here."""
        shown, running = self._places[-1] if self._places else None, self.status.tasks
        self._drop_screens()
        self._build()
        for task in running:
            self.status.watch(task)
        if self.project is not None:
            self.surroundings.ask()
            if shown is not None:
                self.go_to(*shown)

    def changeEvent(self, event: QEvent) -> None:
        """Coming back from another window, see whether that one wrote into the project."""
        super().changeEvent(event)
        if (
            event.type() == QEvent.Type.ActivationChange
            and self.isActiveWindow()
            and self.project is not None
        ):
            self.project.look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room, or use it."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt may be the beginning of a chord."""
        self.menu_key.pressed(event)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show or hide the menu bar on Alt alone."""
        self.menu_key.released(event)
        super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a project, what can be imported, and what the screen takes."""
        self.dropping.over(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open, import, or give the screen what was dropped."""
        self.dropping.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is half typed and where the window was."""
        self.leave()
        for screen in self._screens.values():
            screen.leave()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.preferences.change(window_geometry=geometry)
        self.closing.emit()
        super().closeEvent(event)
