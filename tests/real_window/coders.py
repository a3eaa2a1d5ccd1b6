"""Two people code the same lines in one window: blind, opened, compared, and settled."""

from openpyxl import load_workbook

from tests.real_window.desk import WINDOW, Desk
from tests.real_window.display import NotSeen, wait_until
from tests.services.coding.pdfs import made_pdf

TEXT = """= Results
Nobody had been asked before the rota came. The money ended in March. Trust went with the sister.
A second rota came by post.
"""
DOCUMENT = "(SELECT max(id) FROM live_document)"
OF = "SELECT count(*) = ? FROM live_coding g JOIN person p ON p.id = g.person WHERE p.name = ?"
ADA_CODES = (("Rota first", True), ("Short money", True), ("Sister gone", True))
BEN_CODES = (("rota fi", False), ("sister", False), ("sister", False), ("rota fi", False))


def code_blind(desk: Desk) -> None:
    """Attach a text, code blind, and code it."""
    file = made_pdf(desk.home / "rest.pdf", TEXT)
    documents = desk.value("SELECT count(*) FROM live_document")
    desk.go("Coding", "coding")
    desk.press("ctrl+shift+a")
    desk.dialog("Attach to")
    desk.write(str(file))
    desk.press("Return")
    desk.back("Attach to")
    desk.written("the document", "SELECT count(*) = ? FROM live_document", documents + 1)
    desk.act("Compare coders")
    desk.dialog("^Coders$")
    desk.picture("no coders yet")
    desk.press("Tab", "space")
    desk.display.gone("^Coders$")
    desk.display.focus(WINDOW)
    desk.written("a blind layer", "SELECT count(*) = 1 FROM live_layer WHERE blind = 1")
    _to_the_results(desk)
    before = _codings(desk)
    for name, new in ADA_CODES:
        _code(desk, name, new=new)
    desk.written("three codings", "SELECT count(*) = ? FROM live_coding", before + len(ADA_CODES))
    desk.picture("coded blind")


def code_as_somebody_else(desk: Desk) -> None:
    """Let another person work in the same window; what the first one codes blind is not shown."""
    me = desk.settings("person_name")
    _work_as(desk, "Ben Okri")
    desk.expect("Ben has not acted yet", "SELECT count(*) = 0 FROM person WHERE name = 'Ben Okri'")
    desk.picture("nothing of the other coder")
    _to_the_results(desk)
    for name, new in BEN_CODES:
        _code(desk, name, new=new)
    desk.written("four codings", OF, len(BEN_CODES), "Ben Okri")
    desk.press("ctrl+z")
    desk.written("one taken back", OF, len(BEN_CODES) - 1, "Ben Okri")
    desk.press("ctrl+shift+z")
    desk.written("done again", OF, len(BEN_CODES), "Ben Okri")
    _work_as(desk, me)
    desk.press("ctrl+z")
    desk.written("undo is of who works", "SELECT kind = 'undo' FROM edit ORDER BY id DESC LIMIT 1")
    desk.expect("Ben's codings as they were", OF, len(BEN_CODES), "Ben Okri")
    desk.press("ctrl+shift+z")
    desk.written("done again", "SELECT kind = 'redo' FROM edit ORDER BY id DESC LIMIT 1")


def settle_the_differences(desk: Desk) -> None:
    """Open the layer, compare, settle each difference by a key, take one back, and export it all."""
    codings = _codings(desk)
    desk.act("Compare coders")
    desk.dialog("^Coders$")
    desk.press("Tab", "space")
    desk.dialog("^Evidence Desk$")
    desk.press("Tab", "Return")
    desk.display.gone("^Evidence Desk$")
    desk.display.gone("^Coders$")
    desk.display.focus(WINDOW)
    desk.written("an open layer", "SELECT count(*) = 1 FROM live_layer WHERE blind = 0")
    desk.picture("who gave which code")
    desk.act("Compare coders")
    desk.dialog("^Coders$")
    desk.press("a")
    desk.written("a code agreed on", _agreed(1))
    desk.press("ctrl+z")
    desk.written("taken back", _agreed(0))
    desk.press("a")
    desk.written("agreed on again", _agreed(1))
    desk.press("l")
    refused = "SELECT count(*) = ? FROM live_note WHERE kind = 'decision' AND title LIKE 'Not agreed: %'"
    desk.written("a code left out", refused, 1)
    desk.press("l")
    desk.written("the last one left out", refused, 2)
    desk.picture("settled")
    _export(desk)
    desk.press("ctrl+Return")
    desk.back("^Coders$")
    desk.expect("the coders' own work", "SELECT count(*) = ? FROM live_coding", codings + 1)


def _export(desk: Desk) -> None:
    out = desk.home / "coders.xlsx"
    desk.press("ctrl+e")
    desk.dialog("Export the comparison")
    desk.press("ctrl+a")
    desk.write(str(out))
    desk.press("Return")
    desk.display.gone("^Export the comparison")
    desk.display.focus("^Coders$")
    wait_until("the comparison", out.exists)
    book = load_workbook(out)
    rows = {row[0]: row[1:5] for row in book["Agreement"].iter_rows(min_row=2, values_only=True)}
    curve = list(book["New codes"].iter_rows(min_row=2, values_only=True))
    book.close()
    wanted = {"Rota first": (1, 0, 1, 2), "Short money": (0, 1, 0, 3), "Sister gone": (1, 0, 1, 2)}
    if {name: tuple(counts) for name, counts in rows.items() if counts[0] is not None} != wanted:
        raise NotSeen(f"agreement should be counted on the units that were coded: {rows}")
    if not curve:
        raise NotSeen("the curve of new codes should have a line for the report")


def _work_as(desk: Desk, name: str) -> None:
    desk.act("Somebody else works here")
    desk.dialog("Who works here")
    desk.write(name)
    desk.picture(f"work as {name}")
    desk.press("Return")
    desk.back("Who works here")
    wait_until(f"that {name} works here", lambda: desk.settings("person_name") == name)
    desk.settle()


def _to_the_results(desk: Desk) -> None:
    desk.press("s", "ctrl+a")
    desk.write("Results")
    desk.press("Return", "Escape", "Down", "Home")


def _code(desk: Desk, name: str, *, new: bool) -> None:
    desk.press("space", "Return")
    desk.write(name)
    desk.press("ctrl+Return" if new else "Return")


def _codings(desk: Desk) -> int:
    return int(desk.value("SELECT count(*) FROM live_coding"))


def _agreed(number: int) -> str:
    return f"""SELECT count(*) = {number} FROM live_coding g JOIN live_layer l ON l.id = g.layer
        WHERE l.name = 'Agreed'"""
