"""Chapters on the flow diagram: it adds up, opens its records, and follows a duplicate found late."""

from evidence_app.services.flow.review_flow import review_flow
from evidence_app.storage.connections import Reader
from tests.real_window.desk import Desk
from tests.real_window.display import NotSeen, wait_until
from tests.real_window.manuscript import holds, save


def draw_the_diagram(desk: Desk) -> None:
    """Go from box to box, open the records of one, and write the diagram as three files."""
    desk.go("Flow diagram", "flow")
    _adds_up(desk)
    desk.press("Down", "Return")
    wait_until("the records", lambda: desk.settings("last_screen") == "library")
    desk.picture("the records of a box")
    desk.press("alt+Left")
    wait_until("the diagram", lambda: desk.settings("last_screen") == "flow")
    for ending, words in (
        (".svg", "Records screened"),
        (".csv", "dbr_assessed"),
        (".json", '"adds_up": true'),
    ):
        file = desk.home / f"flow{ending}"
        desk.press("ctrl+e")
        save(desk, "Export diagram", file)
        holds(file.read_text("utf-8"), words, file)


def explain_what_does_not_add_up(desk: Desk) -> None:
    """Type a number that contradicts the others: nothing is written until a note explains it."""
    file = desk.home / "explained.svg"
    desk.press("t")
    desk.write("999")
    desk.press("Return")
    desk.written("the number", "SELECT count(*) = 1 FROM live_stated_number WHERE value = 999")
    desk.settle()
    desk.picture("a red box")
    desk.press("ctrl+e")
    desk.settle()
    if desk.display.windows("Export diagram"):
        raise NotSeen("a diagram that does not add up should not be exported")
    desk.go("Checks", "checks")
    desk.press("Down")
    desk.press("ctrl+Return")
    wait_until("the diagram", lambda: desk.settings("last_screen") == "flow")
    desk.picture("the equation the checks found")
    while equations := _stopping(desk):
        desk.act("Explain what does not add up")
        desk.dialog("Explain")
        desk.write("Counted on paper.")
        desk.press("ctrl+Return")
        desk.back("Explain")
        desk.written("the note", "SELECT count(*) > ? FROM live_flow_note", equations[0])
    desk.press("ctrl+e")
    save(desk, "Export diagram", file)
    holds(file.read_text("utf-8"), "Counted on paper.", file)
    notes = desk.value("SELECT count(*) FROM live_flow_note")
    desk.again("ctrl+z", notes + 1)
    desk.written("the number taken back", "SELECT count(*) = 0 FROM live_stated_number WHERE value = 999")
    _adds_up(desk)


def merge_a_late_duplicate(desk: Desk) -> None:
    """Merge two records after all that: every box follows, and goes back and forth with undo and redo."""
    before = _numbers(desk)
    desk.go("Duplicates", "duplicates")
    desk.press("1")
    desk.written("the merge", "SELECT count(*) = 5 FROM live_merge")
    after = _numbers(desk)
    _one_less(before, after)
    desk.press("ctrl+z")
    desk.written("the merge taken back", "SELECT count(*) = 4 FROM live_merge")
    if _numbers(desk) != before:
        raise NotSeen("undo should bring back every number")
    desk.press("ctrl+y")
    desk.written("the merge again", "SELECT count(*) = 5 FROM live_merge")
    if _numbers(desk) != after:
        raise NotSeen("redo should bring back every number")
    desk.go("Flow diagram", "flow")
    _adds_up(desk)
    desk.quit()


def _one_less(before: dict[str, int | None], after: dict[str, int | None]) -> None:
    for key, more in (("duplicates", 1), ("records_screened", -1)):
        if after[key] != (before[key] or 0) + more:
            raise NotSeen(f"{key} should go from {before[key]} by {more}, not to {after[key]}")


def _numbers(desk: Desk) -> dict[str, int | None]:
    with Reader(desk.project) as reader:
        return {key: each.number for key, each in review_flow(reader).numbers.items()}


def _stopping(desk: Desk) -> list[int]:
    """Return how many notes there are, where an equation still stops the export; else nothing."""
    with Reader(desk.project) as reader:
        stopping = bool(review_flow(reader).stopping)
    return [desk.value("SELECT count(*) FROM live_flow_note")] if stopping else []


def _adds_up(desk: Desk) -> None:
    with Reader(desk.project) as reader:
        broken = review_flow(reader).stopping
    if broken:
        raise NotSeen(f"the diagram should add up: {broken[0].title}: {broken[0].words}")
