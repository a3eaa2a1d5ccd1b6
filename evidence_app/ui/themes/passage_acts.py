"""What is done with the passages of the summary: each act is one edit and one undo."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from evidence_app.domain.edit import Edit, Insert
from evidence_app.domain.passages import Passage, PassageCitation, PassageRun
from evidence_app.services.synthesis import passages
from evidence_app.services.synthesis.numbering import number_works
from evidence_app.storage import references
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.themes.doing import Doing
from evidence_app.ui.themes.passage_cell import CellPlace
from evidence_app.ui.themes.shown import Shown


class PassageActs(QObject):
    """The acts on passages, each on the passage as the act before it left it."""

    def __init__(self, context: ScreenContext, shown: Shown, doing: Doing) -> None:
        super().__init__(doing)
        self._context, self._shown, self._doing = context, shown, doing
        self.made = ""
        """The identity of the passage added last, until it is shown."""

    def _passage(self, guid: str) -> Passage | None:
        return next((each for each in self._shown.contents.passages if each.guid == guid), None)

    def _on(self, guid: str, make: Callable[[Passage], Edit], said: str = "") -> None:
        self._doing.add(partial(self._do, guid, make, said))

    def _do(self, guid: str, make: Callable[[Passage], Edit], said: str) -> None:
        passage = self._passage(guid)
        if passage is not None:
            self._doing.do(make(passage), said)

    # -- words

    def write(self, place: CellPlace, runs: Sequence[PassageRun]) -> None:
        """Put other words and citations into a cell; works cited for the first time get a number."""
        self._on(place.passage, partial(self._written, place.cell, tuple(runs)))

    def _written(self, cell: str, runs: tuple[PassageRun, ...], passage: Passage) -> Edit:
        works = [work for run in runs if isinstance(run, PassageCitation) for work in run.references]
        known = {int(each.id): each.guid for each in self._shown.contents.references}
        missing = [work for work in works if work not in known]
        read = references.references(self._context.project.reader, missing) if missing else ()
        guids = {**known, **{int(each.id): each.guid for each in read}}
        edit = passages.reword(passage, cell, runs, guids)
        return number_works(edit, works, self._shown.numbering()) if edit else edit

    def retitle(self, guid: str, title: str) -> None:
        """Give a passage another heading."""
        self._on(guid, partial(_retitled, title))

    # -- whole passages

    def add(self, kind: str, theme: int | None) -> None:
        """Add a passage of this kind behind the others."""
        self._doing.run(partial(self._add, kind, theme))

    def _add(self, kind: str, theme: int | None) -> None:
        edit = passages.add(self._shown.contents.passages, kind, theme=theme)
        made = edit.changes[0]
        self.made = made.guid if isinstance(made, Insert) else ""
        self._doing.do(edit)

    def move(self, guid: str, step: int) -> None:
        """Move a passage past its neighbour in the group it is shown in."""
        self._doing.run(partial(self._move, guid, step))

    def _move(self, guid: str, step: int) -> None:
        passage = self._passage(guid)
        if passage is not None:
            group = [each for each in self._shown.contents.passages if together(each, passage)]
            self._doing.do(passages.move(group, passage, step))

    def drop(self, guid: str) -> None:
        """Delete a passage."""
        self._doing.run(partial(self._do, guid, passages.drop, "Deleted from the summary."))

    # -- who can act

    def add_actor(self, guid: str) -> None:
        """Make room for one more who can act."""
        self._doing.run(partial(self._do, guid, passages.add_actor, ""))

    def take_actor(self, place: CellPlace) -> None:
        """Take out one of those who can act."""
        self._doing.run(partial(self._do, place.passage, partial(_without, place.cell), ""))

    def infer(self, place: CellPlace, inferred: bool) -> None:
        """Say whether it is inferred who can act."""
        self._doing.run(partial(self._do, place.passage, partial(_inferred, place.cell, inferred), ""))


OF_THEME = ("definition", "disagreement", "unknown")
"""Kinds that are printed theme by theme; the others stand once in the summary."""


def together(one: Passage, other: Passage) -> bool:
    """Return whether two passages are printed in one group."""
    return one.kind == other.kind and (one.kind not in OF_THEME or one.theme == other.theme)


def _retitled(title: str, passage: Passage) -> Edit:
    return passages.retitle(passage, title)


def _without(cell: str, passage: Passage) -> Edit:
    return passages.remove_actor(passage, cell)


def _inferred(cell: str, inferred: bool, passage: Passage) -> Edit:
    return passages.infer(passage, cell, inferred=inferred)
