"""The status line: what is safe, what runs, and whether we are online."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame

from evidence_app.ui.look import Look
from evidence_app.ui.tasks import SHARES, Task
from evidence_app.ui.widgets.buttons import Button
from evidence_app.ui.widgets.labels import IconLabel, Label
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts

SHOWN_AFTER_MS = 600
"""Work that is done sooner is not shown at all."""


class StatusLine(QFrame):
    """Says what is saved, shows the running task with Cancel, and whether the network is there."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        parts = Parts(look)
        self.setObjectName("status")
        self.setFixedHeight(look.size("status"))
        self._saved_icon = IconLabel(look, "ph.check-circle", "include", 14)
        self._saved = Label(look, "", "caption", "text-2")
        self._snapshot = Label(look, "", "caption", "text-3")
        self._task_name = Label(look, "", "caption", "text-2")
        self._bar = parts.bar("Progress", width=120)
        self._cancel = Button(look, "Cancel", "link")
        self._cancel.clicked.connect(self.stop)
        self._online_icon = IconLabel(look, "ph.wifi-slash", "text-3", 14)
        self._online = Label(look, "Offline", "caption", "text-3")
        self._tasks: list[Task] = []
        self._shown: Task | None = None
        self._pause = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._pause.timeout.connect(self._show_task)
        running = across(self._task_name, self._bar, self._cancel, gap=8, edge=(0, 0, 6, 0))
        row = across(self._saved_icon, self._saved, self._snapshot, None, edge=(14, 0, 14, 0))
        row.addLayout(running)
        row.addLayout(across(self._online_icon, self._online, gap=6))
        self.setLayout(row)
        self.show_saved(None)
        self.show_snapshot("")
        self.show_network(None)
        self._show_task()

    def show_saved(self, when: datetime | None) -> None:
        """Say when the last edit reached the disk: the time, or the day where that is another one."""
        self._saved_icon.setVisible(when is not None)
        today = when is not None and when.date() == datetime.now().date()
        words = f"{when:%H:%M}" if today and when else f"{when.day} {when:%B}" if when else ""
        self._saved.setText(f"Saved {words}" if words else "")

    def show_snapshot(self, words: str) -> None:
        """Say which copy was verified last: "Snapshot 14:00, verified 110 references"."""
        self._snapshot.setText(words)

    def show_network(self, online: bool | None, unreachable: datetime | None = None) -> None:
        """Say whether there is a network, or when Crossref was out of reach; nothing if unknown."""
        away = unreachable is not None and online is not False
        for part in (self._online_icon, self._online):
            part.setVisible(online is not None or away)
            part.setToolTip("Crossref did not answer when it was last asked. Everything else works." * away)
        there = bool(online) and not away
        self._online_icon.show_icon(
            "ph.wifi-high" if there else "ph.wifi-slash", "maybe" if away else "text-3"
        )
        self._online.set_tone("text-2" if away else "text-3")
        words = "Online" if online else "Offline"
        self._online.setText(f"Crossref unreachable {unreachable:%H:%M}" if away else words)

    def watch(self, task: Task) -> None:
        """Show a task that has a title, once it takes longer than 0.6 s."""
        if task.title:
            self._tasks.append(task)
            task.finished.connect(self._finished)
            if not self._pause.isActive() and self._shown is None:
                self._pause.start()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What runs, for the line that is made in this one's place when the text has another size."""
        return tuple(self._tasks)

    @property
    def running(self) -> str:
        """What is said of the running task; empty where none is shown."""
        return self._task_name.text() if self._shown is not None else ""

    def _finished(self) -> None:
        task = self.sender()
        if isinstance(task, Task) and task in self._tasks:
            self._tasks.remove(task)
        if task is self._shown or not self._tasks:
            self._shown = None
            self._show_task()

    def _show_task(self) -> None:
        self._shown = self._tasks[0] if self._tasks else None
        for part in (self._task_name, self._bar, self._cancel):
            part.setVisible(self._shown is not None)
        if self._shown is None:
            self._pause.stop()
            return
        self._name(self._shown.title)
        self._bar.setRange(0, 0)
        self._shown.progressed.connect(self._progress)

    def _name(self, words: str) -> None:
        more = len(self._tasks) - 1
        self._task_name.setText(f"{words} (and {more} more)" if more else words)

    def _progress(self, done: int, total: int) -> None:
        if self._shown is None or self.sender() is not self._shown:
            return
        told = f"{done} %" if total == SHARES else f"{done:,} of {total:,}"
        self._name(f"{self._shown.title}: {told}")
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * done / total))

    def stop(self) -> bool:
        """Cancel the task that is shown or will be soon; return whether there is one."""
        if not self._tasks:
            return False
        if self._shown is None:
            self._show_task()
        self._name(f"{self._tasks[0].title}: stopping")
        self._tasks[0].cancel()
        return True
