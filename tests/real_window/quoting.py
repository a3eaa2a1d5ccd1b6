"""From the sentence of a finding, and from its citation, back to the lines on the page and back again."""

from tests.real_window.desk import Desk
from tests.real_window.display import wait_until

FINDING = "(SELECT max(id) FROM live_block WHERE text LIKE 'Wards rest when%')"
FIRST = f"""(SELECT q.id FROM live_support s JOIN live_quotation q ON q.id = s.quotation
            WHERE s.block = {FINDING} AND s.disconfirms = 0 ORDER BY s.position LIMIT 1)"""
THERE = f"""SELECT d.guid = ? AND q.start <= ? AND ? <= q.end
            FROM live_quotation q JOIN live_document d ON d.id = q.document WHERE q.id = {FIRST}"""


def lead_back_to_the_lines(desk: Desk) -> None:
    """Open the first quotation of a finding from its sentence, then its citation; come back each time."""
    _read_elsewhere(desk)
    desk.act("Wards rest when")
    wait_until("the sentence in the manuscript", lambda: desk.settings("last_screen") == "manuscript")
    desk.settle()
    desk.picture("the sentence")
    _there_and_back(desk)
    _read_elsewhere(desk)
    desk.act("Wards rest when")
    wait_until("the sentence in the manuscript", lambda: desk.settings("last_screen") == "manuscript")
    desk.press("Return", "End", "Left", "Left")
    desk.picture("the citation")
    _there_and_back(desk)


def _read_elsewhere(desk: Desk) -> None:
    """Read at the beginning of the document, so that being at the quotation says something."""
    desk.go("Coding", "coding")
    desk.press("ctrl+Home")


def _there_and_back(desk: Desk) -> None:
    desk.press("ctrl+shift+g")
    wait_until("the report in Coding", lambda: desk.settings("last_screen") == "coding")
    desk.settle()
    desk.picture("the line")
    desk.press("alt+Left")
    wait_until("the manuscript again", lambda: desk.settings("last_screen") == "manuscript")
    wait_until("where one read: the quotation", lambda: _was_at_the_quotation(desk))


def _was_at_the_quotation(desk: Desk) -> bool:
    kept = (desk.settings("kept") or {}).get("coding.place", "").split()
    return len(kept) == 2 and bool(desk.value(THERE, kept[0], int(kept[1]), int(kept[1])))
