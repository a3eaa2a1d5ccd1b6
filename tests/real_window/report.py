"""The last chapter: what leaves the library, the checks, the history, the matrix, and the end."""

from tests.real_window.desk import Desk
from tests.real_window.display import NotSeen
from tests.real_window.library import OF_56, search
from tests.real_window.manuscript import holds, save


def export_a_bibliography(desk: Desk) -> None:
    """Write the bibliography of what is listed, in another style, and copy one citation."""
    desk.go("Library", "library")
    search(desk, "author:loeffler")
    file = desk.home / "loeffler.txt"
    desk.press("ctrl+e")
    desk.dialog("Export")
    desk.picture("exporting a bibliography")
    desk.press("ctrl+Return")
    save(desk, "Export", file)
    holds(file.read_text("utf-8"), "95. ", file)
    holds(file.read_text("utf-8"), "Loeffler", file)


def copy_an_entry(desk: Desk) -> None:
    """Copy a citation and a bibliography entry, and paste the entry into a note."""
    reference = desk.value(OF_56)
    search(desk, "author:patterson")
    desk.press("ctrl+shift+c", "ctrl+alt+c")
    desk.settle(0.4)
    desk.press("Return", "shift+Tab", "Right", "Right", "Right", "Right", "Tab")
    notes = desk.value("SELECT count(*) FROM live_note WHERE reference = ?", reference)
    desk.again("Tab", notes)
    desk.press("ctrl+v", "Tab", "Return")
    desk.written(
        "the entry",
        "SELECT count(*) FROM live_note WHERE reference = ? AND text LIKE '%Health Soc Care Community%'",
        reference,
    )
    desk.picture("entry pasted")
    desk.press("Escape", "Return", "Left", "Left", "Left", "Left")


def waive_a_check(desk: Desk) -> None:
    """Read the checks, open what one found, come back, and let another stand with a reason."""
    desk.go("Checks", "checks")
    desk.settle(0.45)
    desk.press("Down", "Return")
    desk.picture("what a rule found")
    desk.press("ctrl+shift+w")
    desk.write("It was looked at with the second author.")
    desk.picture("a reason")
    desk.press("ctrl+Return")
    desk.written("the waiver", "SELECT count(*) FROM live_waiver WHERE reason LIKE 'It was looked%'")
    desk.picture("waived")
    desk.press("ctrl+Return")
    desk.settle(0.45)
    desk.picture("opened")
    desk.press("alt+Left")


def read_the_matrix(desk: Desk) -> None:
    """Walk through the matrix and say that a report was looked at and holds nothing."""
    desk.go("Matrix", "matrix")
    desk.press("Down", "Right")
    desk.picture("a cell")
    absent = desk.value("SELECT count(*) FROM live_absence")
    desk.press("a")
    desk.settle()
    desk.picture("absent")
    desk.written("the mark", "SELECT count(*) = ? FROM live_absence", absent + 1)


def take_back_and_do_again(desk: Desk) -> None:
    """Find an edit in the history, take back the last one and the one before it, and do both again."""
    absent = "SELECT count(*) = ? FROM live_absence"
    waived = "SELECT count(*) = ? FROM live_waiver WHERE reason LIKE 'It was looked%'"
    desk.go("History", "history")
    desk.press("ctrl+f")
    desk.write("waive")
    desk.settle(0.4)
    desk.press("Return", "Return")
    desk.picture("found in the history")
    desk.press("ctrl+z")
    desk.written("the mark taken back", absent, 0)
    desk.press("ctrl+z")
    desk.written("the waiver taken back", waived, 0)
    desk.press("ctrl+shift+z")
    desk.written("the waiver again", waived, 1)
    desk.press("ctrl+y")
    desk.written("the mark again", absent, 1)
    desk.picture("done again")


def survive_a_kill(desk: Desk) -> None:
    """Die in the middle of typing; what was kept is there, and what was typed is not half there."""
    desk.go("Library", "library")
    search(desk, "author:udayaraj")
    desk.press("Return", "ctrl+a")
    desk.write("Kept before the end")
    desk.press("Return")
    desk.written("the title", "SELECT count(*) FROM live_reference WHERE title = 'Kept before the end'")
    desk.press("Tab")
    desk.write("Half")
    desk.kill()
    desk.start()
    desk.expect("the title", "SELECT count(*) FROM live_reference WHERE title = 'Kept before the end'")
    desk.picture("after the kill")


def close_and_reopen(desk: Desk) -> None:
    """Undo across a restart, and quit."""
    desk.quit()
    if list(desk.project.parent.glob("*-wal")):
        raise NotSeen("the project should be one file after an orderly end")
    desk.start()
    desk.press("ctrl+z")
    desk.written(
        "the title taken back", "SELECT count(*) = 0 FROM live_reference WHERE title = 'Kept before the end'"
    )
    desk.quit()
