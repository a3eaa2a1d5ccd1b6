"""Chapters on gathering: exports are dropped, an import is cancelled, duplicates judged, all of it undone."""

import sqlite3
from functools import partial
from typing import Any

from tests.real_window.desk import WINDOW, Desk
from tests.real_window.display import NotSeen, wait_until
from tests.real_window.dropping import drop
from tests.real_window.exports import UNREADABLE, write_folder, write_large

ROWS = {
    "references": "SELECT id, title, author, volume, page, doi FROM live_reference ORDER BY id",
    "records": "SELECT id, reference, search_file, raw FROM live_record ORDER BY id",
    "files": "SELECT id, name, expected, imported, unplaced FROM live_search_file ORDER BY id",
    "searches": "SELECT s.id, o.name FROM live_search s JOIN live_source o ON o.id = s.source ORDER BY s.id",
    "merges": "SELECT id, reference, kept, person IS NULL FROM live_merge ORDER BY id",
    "different": "SELECT id, reference_a, reference_b FROM live_not_duplicate ORDER BY id",
}
MERGED = "SELECT count(*) = ? FROM live_merge"
DIFFERENT = "SELECT count(*) = ? FROM live_not_duplicate"
LATER = "SELECT json_array_length(value) = ? FROM cache_setting WHERE key = 'duplicates.later'"
LARGE = 20_000
MOST_EDITS = 20
Rows = dict[str, list[tuple[Any, ...]]]


def drop_a_folder(desk: Desk) -> None:
    """Make a new project, drop a folder of mixed exports on it, and account for every record."""
    if not desk.display.windows(WINDOW):
        desk.start()
    folder = desk.home / "exports"
    records = write_folder(folder)
    desk.project = desk.project.with_name("Gathering.evidence")
    desk.press("ctrl+shift+n")
    desk.dialog("New project")
    desk.press("ctrl+a")
    desk.write(str(desk.project))
    desk.press("Return")
    desk.back("New project")
    desk.display.focus("^Gathering")
    files = sum(each.is_file() for each in folder.rglob("*"))
    drop(desk, folder)
    desk.dialog(f"Import {files} files")
    desk.press("ctrl+Return")
    desk.dialog(f"Import of {files} files")
    desk.expect("every record", "SELECT count(*) = ? FROM live_record", records)
    desk.expect("one edit", "SELECT count(*) = 1 FROM edit WHERE label LIKE 'Import%' AND finished = 1")
    desk.expect(
        "numbers that add up",
        """SELECT sum(imported) = ? AND sum(json_array_length(unplaced)) = 1 AND count(*) = ?
           AND min(imported + json_array_length(unplaced) - expected) >= 0 FROM live_search_file""",
        records, files - UNREADABLE,
    )  # fmt: skip
    desk.expect(
        "searches called after their databases",
        """SELECT count(*) = 3 FROM live_source WHERE name IN ('Scopus', 'PubMed', 'Web of Science')""",
    )
    desk.press("ctrl+Return")
    desk.back("Import of")
    desk.picture("every record accounted for")


def cancel_an_import(desk: Desk) -> None:
    """Import a large file by the dialog, and cancel by key while it runs: nothing of it is kept."""
    file = desk.home / "large.ris"
    write_large(file, LARGE)
    held = desk.value("SELECT count(*) FROM record")
    desk.press("ctrl+shift+i")
    desk.dialog("Import files")
    desk.write(str(file))
    desk.press("Return")
    desk.dialog("Import large.ris")
    display = desk.display
    display.xdotool("key", "ctrl+Return")  # while it runs the screen is not still, so nothing waits for that
    display.gone("Import large.ris")
    display.xdotool("windowfocus", "--sync", display.windows(WINDOW)[-1])
    wait_until("the first records", lambda: _holds(desk, "SELECT count(*) > ? FROM record", held))
    display.xdotool("key", "ctrl+period")
    wait_until("that all of it is gone", lambda: _holds(desk, "SELECT count(*) = ? FROM record", held))
    desk.expect("no file of it", "SELECT count(*) = 0 FROM live_search_file WHERE name = 'large.ris'")
    desk.settle()
    desk.picture("cancelled")


def judge_duplicates(desk: Desk) -> None:
    """Merge what is beyond doubt after a look at it, then judge pairs by 1, 2 and 3, and take back by Z."""
    desk.go("Duplicates", "duplicates")
    desk.press("Return")
    desk.written("what was found", "SELECT count(*) = 1 FROM cache_setting WHERE key = 'duplicates.found'")
    pairs = desk.value("SELECT json_array_length(value) FROM cache_setting WHERE key = 'duplicates.pairs'")
    if pairs != 1:
        raise NotSeen(f"one pair should be left to a person; there are {pairs}")
    desk.picture("found")
    desk.press("1")
    desk.dialog("Merge")
    desk.press("Escape")
    desk.back("Merge")
    desk.expect("nothing merged by a look", MERGED, 0)
    desk.press("ctrl+shift+a")
    desk.dialog("Merge 4 records")
    desk.press("ctrl+Return")
    desk.back("Merge")
    desk.written("four merges", MERGED, 4)
    desk.picture("the pair that is left")
    desk.press("3")
    desk.written("put off", LATER, 1)
    desk.press("z")
    desk.written("waiting again", LATER, 0)
    desk.press("2")
    desk.written("two works", DIFFERENT, 1)
    desk.press("z")
    desk.written("nothing judged", DIFFERENT, 0)
    desk.press("1")
    desk.written("one work", MERGED, 5)
    desk.expect("who judged it", "SELECT count(*) = 1 FROM live_merge WHERE person IS NOT NULL")
    desk.picture("all settled")


def undo_all_and_redo_all(desk: Desk) -> None:
    """Take back everything that was gathered, one key for each edit, and do it again: the same rows."""
    before = _rows(desk)
    _press_until("ctrl+z", desk, {name: [] for name in ROWS})
    desk.picture("all undone")
    _press_until("ctrl+shift+z", desk, before)
    desk.picture("all done again")


def _press_until(key: str, desk: Desk, wanted: Rows) -> None:
    """Press a key until these are the rows; each time something of them changes."""
    for _ in range(MOST_EDITS):
        now = _rows(desk)
        if now == wanted:
            return
        desk.press(key)
        wait_until(f"what {key} changes", partial(_are_others, desk, now))
    raise NotSeen(f"{key} should have led to the rows that were expected")


def _are_others(desk: Desk, than: Rows) -> bool:
    try:
        return _rows(desk) != than
    except sqlite3.OperationalError:
        return False


def _holds(desk: Desk, question: str, *values: object) -> bool:
    """Return whether the file answers so; one that is being written may not answer."""
    try:
        return bool(desk.value(question, *values))
    except sqlite3.OperationalError:
        return False


def _rows(desk: Desk) -> Rows:
    return {name: desk.rows(question) for name, question in ROWS.items()}
