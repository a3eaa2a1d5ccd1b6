"""The import report: a row per file, the sum, and every block without a place, to be repaired on the spot."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.searches import repairing
from evidence_app.services.searches.import_report import FileLine, adds_up, sentence, sum_of, text_of
from evidence_app.storage.connections import Reader
from evidence_app.storage.searches import SearchFile, Unplaced
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.searches.block_card import BlockCard
from evidence_app.ui.searches.files_page import LABELS
from evidence_app.ui.tasks import Report, Task
from evidence_app.ui.widgets.laying import across, down, emptied, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog

RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
HEADS: Final = ("File", "Recognised as", "Dialect", "Expected", "Imported", "Held already", "Unplaced")
HIGHEST: Final = 780
CARD_HEIGHT: Final = 190
FRAME: Final = 210
"""What heading, foot and the line above the blocks take."""
LEAST: Final = 150
"""The least height of the list of files."""
CARDS: Final = 30
"""Blocks shown at once; the rest follows on demand."""
Lines = Callable[[Reader], Sequence[FileLine]]


class ReportDialog(PanelDialog):
    """What became of every file. It reads the project again after each repair."""

    keeps_words = True

    def __init__(
        self,
        context: ScreenContext,
        title: str,
        lines: Lines,
        *,
        can_undo: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context.parts, title, " ", size=(1120, HIGHEST), parent=parent)
        self._context, self._lines = context, lines
        self.wants_undo = False
        self.cards: list[BlockCard] = []
        self._mended: dict[tuple[int, int], str] = {}
        """What was typed into blocks that are still open, by file and block: cards are made anew."""
        self._most = CARDS
        self.sum = context.parts.chip("", "include")
        self.top.addWidget(self.sum)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        holder = QWidget()
        holder.setLayout(self._grid)
        self._files = scrolled(down(holder, None, gap=0))
        self.put(self._files)
        self._count = context.parts.faint("")
        self.states = context.parts.segments(
            "Blocks", (("open", "Open"), ("repaired", "Repaired"), ("left", "Left out"))
        )
        self.states.chosen.connect(self._show_blocks)
        heading = context.parts.label("Blocks without a place", "strong")
        self._head = QWidget()
        self._head.setLayout(across(heading, self._count, None, self.states))
        self._blocks: QVBoxLayout = down(gap=10, edge=(0, 0, 8, 0))
        self._area = scrolled(self._blocks)
        self.put(self._head)
        self.put(self._area, share=1)
        self._undo = context.parts.button("Undo this import", act=self._ask_undo)
        self._undo.setVisible(can_undo)
        self._save = context.parts.button("Save report", "plain", act=self.save)
        self.done_button = context.parts.button("Done", "primary", act=self.accept)
        self.offer(self._undo, self._save, self.done_button)
        context.project.changed.connect(self._changed)
        self._read()

    # -- what is shown

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"search_file", "record", "reference"}:
            self._read()

    def _read(self) -> None:
        lines = self._lines(self._context.project.reader)
        self.lines = sorted(lines, key=lambda line: not line.failed)
        self.tell(sentence(self.lines))
        self.sum.setText(sum_of(self.lines))
        self.sum.set_tone("include" if adds_up(self.lines) else "exclude")
        self._show_files()
        self._show_blocks()

    def _show_files(self) -> None:
        emptied(self._grid)
        for column, head in enumerate(HEADS):
            side = RIGHT if column > 2 else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(self.parts.caption(head), 0, column, side)
        for at, line in enumerate(self.lines):
            self._grid.addWidget(self.parts.rule(), 2 * at + 1, 0, 1, len(HEADS))
            self._show_file(2 * at + 2, line)
        if len(self.lines) > 1:
            at = 2 * len(self.lines) + 1
            self._grid.addWidget(self.parts.rule(), at, 0, 1, len(HEADS))
            self._grid.addWidget(self.parts.label("All files", "strong"), at + 1, 0)
            names = ("expected", "imported", "held", "unplaced")
            self._numbers(
                at + 1, [sum(getattr(line, name) for line in self.lines) for name in names], "strong"
            )
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(2, 3)

    def _room_for_files(self) -> None:
        """Give the files the height that two blocks leave over."""
        px = self.parts.look.px
        blocks = sum(not block.repaired for line in self.lines if line.file for block in line.file.unplaced)
        left = self.height() - px(FRAME) - px(CARD_HEIGHT) * min(blocks, 2)
        self._files.setFixedHeight(min(self._grid.sizeHint().height() + px(8), max(left, px(LEAST))))

    def _show_file(self, at: int, line: FileLine) -> None:
        self._grid.addWidget(self.parts.line(line.name), at, 0)
        if line.failed:
            why = self.parts.label(line.failed, "small", "exclude", wrap=True)
            self._grid.addWidget(why, at, 1, 1, len(HEADS) - 1)
            return
        self._grid.addWidget(self.parts.note(LABELS.get(line.format, line.format)), at, 1)
        self._grid.addWidget(self.parts.line(line.dialect or "–", "small", "text-2"), at, 2)
        self._numbers(at, [line.expected, line.imported, line.held, line.unplaced], "body")

    def _numbers(self, at: int, numbers: Sequence[int], role: str) -> None:
        for column, number in enumerate(numbers, 3):
            is_open = column == 6 and number
            tone = "maybe" if is_open else "text" if number else "text-3"
            label = self.parts.label(f"{number:,}", "strong" if is_open else role, tone)
            label.setAccessibleName(f"{HEADS[column]}: {number:,}")
            self._grid.addWidget(label, at, column, RIGHT)

    def _all_blocks(self, state: str) -> list[tuple[SearchFile, Unplaced]]:
        held = [(line.file, block) for line in self.lines if line.file for block in line.file.unplaced]
        tests: dict[str, Callable[[Unplaced], bool]] = {
            "open": lambda block: block.is_open,
            "repaired": lambda block: bool(block.repaired),
            "left": lambda block: bool(block.left_out) and not block.repaired,
        }
        return [(file, block) for file, block in held if tests[state](block)]

    def _show_blocks(self) -> None:
        counts = {state: len(self._all_blocks(state)) for state in ("open", "repaired", "left")}
        words = {"open": "Open", "repaired": "Repaired", "left": "Left out"}
        self.states.offer([(state, f"{words[state]}  {counts[state]:,}") for state in counts])
        total = sum(counts.values())
        for part in (self._head, self._area):
            part.setVisible(bool(total))
        files = {file.id for state in counts for file, _ in self._all_blocks(state)}
        self._count.setText(f"{total:,}, in {counted(len(files), 'file')}")
        open_ones = counts["open"]
        self.done_button.rename(f"Done, keep {open_ones:,} open" if open_ones else "Done")
        self._fill(self._all_blocks(self.states.choice))
        wanted = FRAME + 36 + 34 * (len(self.lines) + (len(self.lines) > 1)) + CARD_HEIGHT * min(total, 3)
        self.want(height=min(HIGHEST, wanted))
        self._room_for_files()
        if not total:
            return
        if not self.hints.count():
            self.hint(
                (
                    ("↑ ↓", "block"),
                    ("Enter", "edit"),
                    ("Ctrl+Enter", "import"),
                    ("Del", "leave out, with a reason"),
                )
            )

    def _fill(self, blocks: Sequence[tuple[SearchFile, Unplaced]]) -> None:
        had = next((at for at, card in enumerate(self.cards) if card.holds_focus()), None)
        self._mended.update({card.key: card.text.toPlainText() for card in self.cards if card.is_mended})
        emptied(self._blocks)
        self.cards = []
        for file, block in blocks[: self._most]:
            card = BlockCard(self._context, file, block)
            card.mend(self._mended.get(card.key))
            card.import_asked.connect(partial(self._import, file, block))
            card.leave_asked.connect(partial(self._leave_out, file, block))
            card.open_asked.connect(partial(self._open_again, file, block))
            card.stepped.connect(self._step)
            self.cards.append(card)
            self._blocks.addWidget(card)
        if len(blocks) > self._most:
            more = self.parts.button(
                f"Show {min(CARDS, len(blocks) - self._most)} more", "plain", act=self._more
            )
            self._blocks.addLayout(across(more, None))
        self._blocks.addStretch(1)
        if had is not None and self.cards:
            self.cards[min(had, len(self.cards) - 1)].setFocus()

    def _more(self) -> None:
        self._most += CARDS
        self._show_blocks()

    def _step(self, way: int) -> None:
        at = next((at for at, card in enumerate(self.cards) if card.holds_focus()), 0) + way
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus()
            self._area.ensureWidgetVisible(self.cards[at])

    # -- what is done with a block

    def _import(self, file: SearchFile, block: Unplaced, text: str) -> None:
        self._do(partial(repairing.repair, self._context.project.reader, file, block, text))

    def _leave_out(self, file: SearchFile, block: Unplaced) -> None:
        reason = self._context.messages.ask("Leave this block out", "Why is it left out?")
        if reason is not None:
            self._do(partial(repairing.leave_out, file, block, reason))

    def _open_again(self, file: SearchFile, block: Unplaced) -> None:
        self._do(partial(repairing.take_in_again, file, block))

    def _do(self, make: Callable[[], Edit]) -> None:
        try:
            self._context.project.do(make())
        except EvidenceError as error:
            self._context.messages.inform(str(error))

    def has_typed(self) -> bool:
        """Return whether a block was mended that is not imported yet."""
        is_open = {(file.id, block.at) for file, block in self._all_blocks("open")}
        mended = {card.key for card in self.cards if card.is_mended}
        return bool(is_open & (mended | self._mended.keys()))

    # -- the foot

    def _ask_undo(self) -> None:
        self.wants_undo = True
        self.reject()

    def save(self) -> None:
        """Write the report with every block as text."""
        suggestion = self._context.project.path.with_name("import report.txt")
        path = self._context.messages.save_file("Save the import report", "Text (*.txt)", suggestion)
        if path is not None:
            work = partial(_write, path, text_of(self.lines, self.heading.text()))
            self._context.lanes.reading.start(
                Task(work, f"Writing {path.name}").then(self._saved, self._not_saved)
            )

    def _saved(self, path: Path) -> None:
        self._context.say(f"Saved {path.name}")

    def _not_saved(self, error: Exception) -> None:
        self._context.messages.inform("The report could not be written.", str(error))


def _write(path: Path, text: str, _report: Report) -> Path:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise EvidenceError(f"{path.name} could not be written ({error.strerror}).") from error
    return path
