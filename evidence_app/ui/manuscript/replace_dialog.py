"""The look at every place before words are replaced: each can be left out, all of it is one undo."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QListWidget, QListWidgetItem, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Block
from evidence_app.services.synthesis.finding import Occurrence, around
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts


class ReplaceDialog(QDialog):
    """Lists the places with what stands there now and what will."""

    def __init__(
        self,
        parts: Parts,
        blocks: Mapping[str, Block],
        places: Sequence[Occurrence],
        by: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._places = places
        words = around(blocks[places[0].block], places[0])[1]
        self.setWindowTitle("Replace words")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.list.setAccessibleName("Places")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        for place in places:
            before, there, after = around(blocks[place.block], place)
            line = QListWidgetItem(f"… {before}{there}{after} …\n… {before}{by}{after} …")
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Checked)
            line.setSizeHint(QSize(0, parts.look.px(46)))
            self.list.addItem(line)
        self.list.setFont(parts.look.font("body"))
        self.list.itemChanged.connect(self._count)
        self._act = parts.button("", "primary", act=self.accept)
        cancel = parts.button("Cancel", "plain", act=self.reject)
        shown = f"“{by}”" if by else "nothing"
        head = down(
            parts.label(f"Replace “{words}” by {shown}", "heading", wrap=True),
            parts.note("Untick what is to stay. All of it is one step to take back.", wrap=True),
            gap=3, edge=(24, 18, 24, 12),
        )  # fmt: skip
        column = down(head, parts.rule(), gap=0)
        column.addWidget(self.list, 1)
        column.addWidget(parts.rule())
        column.addLayout(across(None, cancel, self._act, edge=(24, 12, 20, 14)))
        self.setLayout(column)
        self.resize(parts.look.px(680), parts.look.px(520))
        self._count()

    @property
    def chosen(self) -> list[Occurrence]:
        """The places that are ticked."""
        return [
            place
            for at, place in enumerate(self._places)
            if self.list.item(at).checkState() is Qt.CheckState.Checked
        ]

    def _count(self) -> None:
        number = len(self.chosen)
        self._act.rename(f"Replace {counted(number, 'place')}")
        self._act.setEnabled(bool(number))
