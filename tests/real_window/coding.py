"""Reading and coding a full text line by line, and what comes of it: finding, exchange, newer version."""

import json
import subprocess

from tests.real_window.desk import PROGRAM, Desk
from tests.real_window.display import NotSeen, wait_until
from tests.services.coding.pdfs import made_pdf

PAGE = """#set page(width: 420pt, height: 300pt, margin: 40pt, numbering: "1",
  header: [REST ON THE WARDS #context counter(page).display()])
#set text(size: 11pt)
#counter(page).update(41)
"""
METHODS = "= Methods\nTwelve wards were asked twice a year.\n"
RESULTS = """= Results
Nobody had been asked before the rota came. It was the sister who asked, and she left in spring.¹²
#pagebreak()
Trust went with her within a month. A second rota came by post. #pagebreak()
Nurses wrote their own list, and it was kept for a year. Rest was no longer a favour.
"""
DISCUSSION = "#pagebreak()\n= Discussion\nA list that is kept is worth more than a rota.\n"
DOCUMENT = "(SELECT max(id) FROM live_document)"
QUOTED = f"SELECT count(*) = ? FROM live_quotation WHERE document = {DOCUMENT}"


def attach_and_mark(desk: Desk) -> None:
    """Attach a PDF, go to its results by searching, and mark that section as to be coded."""
    file = made_pdf(desk.home / "wards.pdf", METHODS + RESULTS + DISCUSSION, PAGE)
    documents = desk.value("SELECT count(*) FROM live_document")
    desk.go("Coding", "coding")
    desk.press("ctrl+shift+a")
    desk.dialog("Attach to")
    desk.write(str(file))
    desk.press("Return")
    desk.back("Attach to")
    desk.written("the document", "SELECT count(*) = ? FROM live_document", documents + 1)
    desk.expect(
        "a text without running heads",
        f"SELECT text NOT LIKE '%ON THE WARDS%' FROM document WHERE id = {DOCUMENT}",
    )
    desk.press("s")
    desk.write("Results")
    desk.press("Return", "Escape")
    desk.act("Mark as results")
    desk.written(
        "the part to be coded",
        f"""SELECT substr(d.text, r.start + 1, 7) = 'Results' AND d.text LIKE '%favour.%'
            AND instr(substr(d.text, r.start + 1, r.end - r.start), 'Discussion') = 0
            FROM live_region r JOIN document d ON d.id = r.document WHERE d.id = {DOCUMENT}""",
    )
    desk.picture("to be coded")


def code_line_by_line(desk: Desk) -> None:
    """Code every sentence of the results: with a new code, the last one again, and by a few letters."""
    _code(desk, "Being asked", new=True, sentences=2)
    _code(desk, "Who leaves", new=True, sentences=2)
    _code(desk, "ask", new=False)
    _code(desk, "Own lists", new=True)
    desk.written(
        "six codings",
        f"""SELECT count(*) = 6 FROM live_coding c
        JOIN live_quotation q ON q.id = c.quotation WHERE q.document = {DOCUMENT}""",
    )
    desk.expect(
        "a sentence with its numbers, on the printed page",
        f"""SELECT count(*) = 1 FROM live_quotation
        WHERE document = {DOCUMENT} AND exact LIKE 'It was the sister%spring.¹²' AND page = 1""",
    )
    desk.picture("coded line by line")


def _code(desk: Desk, name: str, *, new: bool, sentences: int = 1) -> None:
    for sentence in range(sentences):
        desk.press("space")
        if sentence:
            desk.press("q")
        else:
            desk.press("Return")
            desk.write(name)
            desk.press("ctrl+Return" if new else "Return")


def adjust_and_frame(desk: Desk) -> None:
    """Move the end of a passage and quote an area of the page, by keys; take both back."""
    desk.press("F2", "ctrl+shift+Left", "ctrl+shift+Left", "Return")
    desk.written(
        "the shorter passage",
        f"""SELECT count(*) = 1 FROM live_quotation
        WHERE document = {DOCUMENT} AND exact = 'Rest was no longer'""",
    )
    desk.press("ctrl+z")
    desk.written(
        "the whole passage",
        f"""SELECT count(*) = 1 FROM live_quotation
        WHERE document = {DOCUMENT} AND exact LIKE 'Rest was no longer%favour.'""",
    )
    desk.press("F4", "Right", "shift+Down")
    desk.picture("an area framed")
    desk.press("Return")
    desk.written(
        "the area", f"SELECT count(*) = 1 FROM live_quotation WHERE document = {DOCUMENT} AND area = 1"
    )
    desk.press("ctrl+z")
    desk.written(
        "no area", f"SELECT count(*) = 0 FROM live_quotation WHERE document = {DOCUMENT} AND area = 1"
    )


def write_a_finding(desk: Desk) -> None:
    """Find three quotations and write a review finding from them, which cites their pages."""
    desk.press("ctrl+shift+q")
    desk.write('code:"being asked"')
    desk.press("Return", "Home", "shift+Down", "shift+Down")
    desk.picture("three quotations")
    desk.press("ctrl+shift+f")
    desk.dialog("Write a review finding")
    desk.write("Wards rest when they are asked.")
    desk.press("ctrl+Return")
    desk.back("Write a review finding")
    block = "(SELECT max(id) FROM live_block WHERE text LIKE 'Wards rest when%')"
    desk.written("what it rests on", f"SELECT count(*) = 3 FROM live_support WHERE block = {block}")
    desk.expect(
        "the printed pages",
        f"""SELECT group_concat(c.locator) = '41, 43' FROM live_citation c
        JOIN live_anchor a ON a.id = c.anchor WHERE a.block = {block}""",
    )


def send_coding_out_and_back(desk: Desk) -> None:
    """Write the coding for other programs, and bring it into an empty review: on the same words."""
    out = desk.home / "coding.qdpx"
    desk.go("Coding", "coding")
    desk.act("Export coding (.qdpx)")
    desk.dialog("Export for")
    desk.press("ctrl+a")
    desk.write(str(out))
    desk.press("Return")
    wait_until("the package", lambda: out.exists() and out.with_name("coding.qdpx.report.json").exists())
    desk.dialog("^Evidence Desk$")
    desk.press("Return")
    desk.back("^Evidence Desk$")
    empty = desk.home / "empty.evidence"
    _command(desk, "new", str(empty))
    told = json.loads(_command(desk, "import", str(empty), str(out), "--json"))
    if any(each["lost"] for each in told["files"]) or _words(desk, str(empty)) != _words(
        desk, str(desk.project)
    ):
        raise NotSeen(f"the coding should come back on the same words: {told}")


def _words(desk: Desk, project: str) -> list[tuple[str, str]]:
    found = json.loads(_command(desk, "codings", project, "--json"))
    rows = found["codings"] if isinstance(found, dict) else found
    return sorted((each["exact"], each["code"]) for each in rows)


def _command(desk: Desk, *words: str) -> str:
    ended = subprocess.run(
        [*PROGRAM, *words], env=desk.display.environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise NotSeen(f"{words[0]} ended with {ended.returncode}: {ended.stderr}")
    return ended.stdout


def take_a_newer_version(desk: Desk) -> None:
    """Put a version with other lines and one other sentence in its place; take it back, and do it again."""
    newer = made_pdf(
        desk.home / "wards 2.pdf",
        METHODS * 2 + RESULTS.replace("by post", "by letter") + DISCUSSION, PAGE.replace("420pt", "360pt"),
    )  # fmt: skip
    desk.act("Replace by a newer version")
    desk.dialog("A newer version of")
    desk.write(str(newer))
    desk.press("Return")
    desk.back("A newer version of")
    moved = f"""SELECT sum(state = 'placed') = 5 AND sum(state = 'lost') = 1 AND
        sum(state = 'placed' AND rectangles = '[]') = 0 FROM live_quotation WHERE document = {DOCUMENT}"""
    named = "SELECT name = ? FROM live_document ORDER BY id DESC LIMIT 1"
    desk.written("five passages placed, one lost", moved)
    desk.expect("the part to be coded", f"SELECT count(*) = 1 FROM live_region WHERE document = {DOCUMENT}")
    desk.picture("a newer version")
    desk.press("ctrl+z")
    desk.written("the version before", named, "wards.pdf")
    desk.expect("all passages", QUOTED + " AND state = 'placed'", 6)
    desk.press("ctrl+shift+z")
    desk.written("the newer version again", named, "wards 2.pdf")
    desk.written("five passages placed, one lost", moved)
