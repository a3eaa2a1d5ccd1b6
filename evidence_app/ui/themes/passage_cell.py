"""One cell of words of the summary, edited in place with its citations as chips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role, Run, Text, tidy
from evidence_app.domain.passages import PassageCitation, PassageRun
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.synthesis.flat import length, place_of, spliced
from evidence_app.services.synthesis.numbering import number_line
from evidence_app.ui.themes.statement import StatementEdit
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts

Works = tuple[ReferenceId, ...]


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Which cell of which passage (by its identity)."""

    passage: str
    cell: str


class PassageCell(QWidget):
    """A statement whose citations know their works: what is typed leaves as words with references."""

    written = Signal(object, object)
    """The place and the runs (`PassageRun`) as they are now."""
    picking = Signal(object)
    """References are to be picked for this cell."""
    opened = Signal(object)
    """A reference is to be opened in the library."""
    left = Signal()

    def __init__(self, parts: Parts, place: CellPlace, name: str) -> None:
        super().__init__()
        self.place = place
        self._works: dict[str, Works] = {}
        self._names: Mapping[int, str] = {}
        self.statement = StatementEdit(parts.look, least=30)
        self.statement.setAccessibleName(name)
        self.statement.edited.connect(self._tell)
        self.statement.cited_at.connect(self.cite_at)
        self.statement.left.connect(self.left)
        self.quotes = parts.tool("ph.quotes", f"Citations of: {name}", self._show_menu)
        self._parts = parts
        self._row = across(gap=2)
        self._row.addWidget(self.statement, 1)
        self._row.addWidget(self.quotes)
        self.setLayout(self._row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tool below the words where there is little room."""
        super().resizeEvent(event)
        self._row.setDirection(stacked(self._parts, self.width()))

    def show_runs(self, contents: ReviewContents, runs: Sequence[PassageRun]) -> None:
        """Show words and citations of the project; what is being typed is left alone."""
        made: list[Run] = []
        labels: dict[str, str] = {}
        for run in runs:
            if isinstance(run, Text):
                made.append(run)
                continue
            anchor = self._named(run.references, len(labels))
            labels[anchor] = _label(contents, run.references)
            made.append(AnchorPlace(anchor))
        self._names = {work: _name(contents, work) for works in self._works.values() for work in works}
        anchors = tuple(
            Anchor(guid, Role.EVIDENCE, tuple(Cited(work) for work in self._works[guid])) for guid in labels
        )
        guid = f"{self.place.passage}/{self.place.cell}"
        self.statement.show_block(Block(guid=guid, section=0, runs=tuple(made), anchors=anchors), labels)

    def _named(self, works: Works, at: int) -> str:
        """Return the name of a citation: it says where it stands, so that none is taken for another one."""
        name = f"{self.place.passage}/{self.place.cell}/{at}/{'-'.join(map(str, works))}"
        self._works[name] = works
        return name

    # -- what is typed

    def runs(self) -> tuple[PassageRun, ...]:
        """Return the words with their works as they stand in the editor."""
        return self._meant(self.statement.runs())

    def _meant(self, runs: Sequence[Run]) -> tuple[PassageRun, ...]:
        return tuple(
            run if isinstance(run, Text) else PassageCitation(self._works[run.anchor])
            for run in tidy(tuple(runs))
            if isinstance(run, Text) or run.anchor in self._works
        )

    def _tell(self, runs: tuple[Run, ...]) -> None:
        self.written.emit(self.place, self._meant(runs))

    def keep(self) -> None:
        """Keep what is half typed."""
        self.statement.keep()

    # -- citations

    @property
    def held(self) -> frozenset[int]:
        """The works cited in this cell."""
        return frozenset(
            work for run in self.runs() if isinstance(run, PassageCitation) for work in run.references
        )

    def cite(self, references: Sequence[int], *, alone: bool = False) -> None:
        """Cite works at the caret: in the citation that stands before it, or as one of their own."""
        place = self.statement.place
        before = self._anchor_before(place)
        if before is None or alone:
            self.cite_at(place, references)
            return
        works = self._works[before]
        more = tuple(ReferenceId(each) for each in references if each not in works)
        self._put(before, (*works, *more))

    def cite_at(self, place: int, references: Sequence[int]) -> None:
        """Cite works at a place of the words."""
        works = tuple(ReferenceId(each) for each in references)
        anchor = self._named(works, -1)
        runs = self.statement.runs()
        self._tell(spliced(runs, min(place, length(runs)), min(place, length(runs)), (AnchorPlace(anchor),)))

    def _anchor_before(self, place: int) -> str | None:
        runs = self.statement.runs()
        return next(
            (
                run.anchor
                for run in runs
                if isinstance(run, AnchorPlace) and place_of(runs, run.anchor) == place - 1
            ),
            None,
        )

    def _put(self, anchor: str, works: Works) -> None:
        new = (AnchorPlace(self._named(works, -1)),) if works else ()
        runs = self.statement.runs()
        at = place_of(runs, anchor)
        if at is not None:
            self._tell(spliced(runs, at, at + 1, new))

    # -- the menu of citations

    def menu(self) -> QMenu:
        """Return the menu: add works; open one that is cited, or take it out."""
        menu = QMenu(self)
        menu.addAction("Add references…", partial(self.picking.emit, self))
        for run in self.statement.runs():
            if isinstance(run, AnchorPlace) and run.anchor in self._works:
                menu.addSeparator()
                for work in self._works[run.anchor]:
                    self._offer(menu, run.anchor, work)
        return menu

    def _offer(self, menu: QMenu, anchor: str, work: ReferenceId) -> None:
        rest = tuple(each for each in self._works[anchor] if each != work)
        name = self._names.get(work, "")
        of_work = menu.addMenu(name.replace("&", "&&"))
        of_work.addAction("Open reference", partial(self.opened.emit, work))
        of_work.addAction("Take out of the citation", partial(self._put, anchor, rest))

    def _show_menu(self) -> None:
        self.keep()
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.quotes.mapToGlobal(QPoint(0, self.quotes.height())))


def stacked(parts: Parts, width: int) -> QBoxLayout.Direction:
    """Return how words and their tools stand: beside each other, or below where there is little room."""
    narrow = width < parts.look.px(230)
    return QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight


def _label(contents: ReviewContents, works: Works) -> str:
    known = [contents.by_id[work] for work in works if work in contents.by_id]
    numbers = number_line(sorted(each.number for each in known if each.number is not None))
    return numbers or ", ".join(each.short_label for each in known)


def _name(contents: ReviewContents, work: int) -> str:
    reference = contents.by_id.get(work)
    if reference is None:
        return "A work that is gone"
    number = f"{reference.number}  " if reference.number is not None else ""
    return f"{number}{reference.short_label}"
