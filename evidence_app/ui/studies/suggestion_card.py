"""One suggestion: two reports that may tell of one study, with what speaks for it and against it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from evidence_app.services.studies.suggesting import Suggestion
from evidence_app.ui.studies.desk import Held
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across, down, emptied, framed
from evidence_app.ui.widgets.parts import Parts

MARGINS = 66
SHARE = 0.28


class SuggestionCard(QFrame):
    """Shows one suggestion at a time; the others come with the arrows."""

    joined = Signal(object)
    refused = Signal(object)
    why_asked = Signal(str)
    pointed = Signal(object)
    """The suggestion that is shown is another one."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts
        self.setAccessibleName("Reports that may tell of one study")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._found: Sequence[Suggestion] = ()
        self._held: Held | None = None
        self._at = 0
        self.title = parts.line("", "strong")
        self.reason = parts.label("", "small", "text-2", wrap=True)
        self.reason.setMinimumWidth(40)
        self.titles = parts.label("", "small", "text", wrap=True)
        self.titles.setMinimumWidth(40)
        self.place = parts.faint("")
        self.before = parts.tool("ph.caret-left", "The suggestion before", self._back)
        self.after = parts.tool("ph.caret-right", "The next suggestion", self._on)
        self.refuse = parts.button("Not the same", "filter", act=self._refuse)
        self.join = parts.button("Join 2 reports", "plain", "ph.git-merge", self._join)
        self.refuse.setToolTip("Key N")
        self.join.setToolTip("Key Y")
        self.chips = FlowLayout(gap=6)
        self.why = parts.button("Why?", "link")
        self.why.clicked.connect(self._ask_why)
        name = across(parts.icon("ph.link-simple", "accent"), gap=9)
        name.addWidget(self.title, 1)
        acts = across(None, self.place, self.before, self.after, self.why, self.refuse, self.join, gap=8)
        self._head: QBoxLayout = across(gap=9)
        self._head.addLayout(name, 1)
        self._head.addLayout(acts)
        self._told = QWidget()
        self._told.setLayout(down(self.titles, self.reason, self.chips, gap=6))
        body = down(self._head, self._told, gap=6, edge=(16, 9, 12, 11))
        self.setLayout(down(framed(body, "dashed"), gap=0, edge=(18, 8, 18, 8)))

    @property
    def shown(self) -> Suggestion | None:
        """The suggestion that is shown."""
        return self._found[self._at] if self._found else None

    def show_found(self, found: Sequence[Suggestion], held: Held) -> None:
        """Show the first of these, or the one that was shown if it is still among them."""
        pair = self.shown.pair if self.shown is not None else None
        self._found, self._held = found, held
        self._at = next((at for at, each in enumerate(found) if each.pair == pair), 0)
        self.setVisible(bool(found))
        self._fill()

    def fit(self, width: int, room: int) -> None:
        """Take no more than two fifths of the room: where it is narrow, the evidence comes when asked for."""
        layout = self._told.layout()
        needed = layout.heightForWidth(max(1, width - MARGINS)) if layout is not None else 0
        tight = needed > SHARE * room
        self._told.setVisible(not tight)
        self.why.setVisible(tight)
        self.join.rename("Join" if tight else "Join 2 reports")
        self.refuse.rename("Differ" if tight else "Not the same")
        directions = QBoxLayout.Direction
        self._head.setDirection(directions.TopToBottom if tight else directions.LeftToRight)

    def _ask_why(self) -> None:
        self.why_asked.emit(self.told())

    def told(self) -> str:
        """Return titles, reason and evidence of the suggestion in words."""
        each = self.shown
        if each is None:
            return ""
        lines = [self.titles.text(), self.reason.text()]
        lines += [one.words if one.speaks_for else f"Against: {one.words}" for one in each.evidence]
        return "\n".join(line for line in lines if line)

    def show_pair(self, reference: int) -> None:
        """Show the suggestion this report is part of, if there is one."""
        for at, each in enumerate(self._found):
            if reference in each.pair:
                self._at = at
                self._fill()
                return

    def _fill(self) -> None:
        emptied(self.chips)
        each, held = self.shown, self._held
        if each is None or held is None:
            return
        self.title.setText(f"{held.name(each.first)} and {held.name(each.second)} may tell of one study")
        self.titles.setText(f"{held.title(each.first)}\n{held.title(each.second)}")
        self.reason.setText(each.reason)
        self.reason.setVisible(bool(each.reason))
        many = len(self._found) > 1
        self.place.setText(f"{self._at + 1} of {len(self._found)}" if many else "")
        for tool in (self.before, self.after):
            tool.setVisible(many)
        for evidence in each.evidence:
            sign = "" if evidence.speaks_for else "Against: "
            self.chips.addWidget(
                self.parts.chip(f"{sign}{evidence.words}", "include" if evidence.speaks_for else "maybe")
            )
        if not each.evidence:
            self.chips.addWidget(self.parts.chip("No further evidence", "neither"))

    def _step(self, by: int) -> None:
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._fill()
            self.pointed.emit(self.shown)

    def _back(self) -> None:
        self._step(-1)

    def _on(self) -> None:
        self._step(1)

    def _join(self) -> None:
        self.joined.emit(self.shown)

    def _refuse(self) -> None:
        self.refused.emit(self.shown)
