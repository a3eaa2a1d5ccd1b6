"""What is done about results: waived with a reason, taken back, mended after a preview, opened."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.checks import mending
from evidence_app.services.checks.overview import FoundLine, LookedAt, Place
from evidence_app.services.checks.results import CheckResult
from evidence_app.storage.applied import Applied
from evidence_app.storage.references import provenance
from evidence_app.ui.checks.fixing import FixDialog, fix_rows
from evidence_app.ui.screen import ScreenContext, Subject

SCREENS = {
    "reference": ("library", "the Library"),
    "block": ("manuscript", "the Manuscript"),
    "theme": ("themes", "Themes"),
    "flow": ("flow", "the Flow diagram"),
}
"""Which screen shows what a result is about, and what that screen is called."""


def waive(context: ScreenContext, lines: Sequence[FoundLine], reason: str) -> bool:
    """Let results stand for this reason; return whether that was asked of the writer."""
    results = [line.result for line in lines]
    person = context.person
    try:
        edit = mending.waive(results, reason, person)
    except EvidenceError as error:
        context.messages.inform(str(error))
        return False
    context.project.do(edit, partial(_say, context, f"Waived {counted(len(results), 'result')}"))
    return True


def take_back(context: ScreenContext, lines: Sequence[FoundLine]) -> None:
    """Open waived results again."""
    waivers = [line.result.waived for line in lines if line.result.waived is not None]
    if not waivers:
        context.say("Choose a waived result; then its waiver can be taken back")
        return
    words = f"Took back {counted(len(waivers), 'waiver')}"
    context.project.do(mending.take_back(waivers), partial(_say, context, words))


def fix(
    context: ScreenContext, looked: LookedAt | None, results: Sequence[CheckResult], parent: QWidget
) -> None:
    """Show what the safe fixes of these results would change, and make them when that is agreed to."""
    if not results or looked is None:
        context.say("There is nothing here that is safe to fix unasked")
        return
    fixes = mending.fixes_for(results, looked.contents)
    dialog = FixDialog(context.parts, fix_rows(fixes, looked.contents), parent)
    if context.messages.show(dialog):
        edit = mending.mend(fixes, looked.contents, partial(provenance, context.project.reader))
        context.project.do(edit, partial(_say, context, f"Fixed {counted(len(fixes), 'field')}"))


def go(context: ScreenContext, place: Place) -> None:
    """Open the screen on which a result is mended, at the place."""
    context.go_to(_screen(place)[0], Subject(place.kind, place.row))


def _screen(place: Place) -> tuple[str, str]:
    return SCREENS[place.kind.partition(":")[0]]


def open_menu(
    parent: QWidget,
    at: QPoint,
    line: FoundLine | None,
    acts: Sequence[QAction],
    open_: Callable[[Place], object],
) -> QMenu:
    """Open a menu of every place of a result and of the screen's acts."""
    menu = QMenu(parent)
    for place in line.places if line is not None else ():
        words = f"Open {place.name} in {_screen(place)[1]}".replace("&", "&&")
        menu.addAction(words).triggered.connect(partial(open_, place))
    menu.addSeparator()
    menu.addActions(list(acts))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu


def _say(context: ScreenContext, words: str, _applied: Applied) -> None:
    context.say(words, undo=True)
