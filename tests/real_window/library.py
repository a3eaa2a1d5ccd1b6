"""The first chapter: starting for the first time, finding references, and repairing one by hand."""

from tests.real_window.desk import WINDOW, Desk
from tests.real_window.display import wait_until

AUTHORS = "Patterson S, Weaver T, van der Berg J, Orford J, de Souza ML"
OF_56 = """SELECT r.id FROM live_reference r JOIN live_bibliography_entry e ON e.reference = r.id
           WHERE e.number = 56"""


def first_start(desk: Desk) -> None:
    """Say who reviews, and see the sample review in the documents folder."""
    desk.start("Who is reviewing")
    desk.picture("first start")
    desk.write("Ada Lovelace")
    desk.press("Return")
    desk.display.focus(WINDOW)
    wait_until("the sample review", desk.project.exists)
    desk.written("110 references", "SELECT count(*) = 110 FROM live_bibliography_entry")
    desk.picture("library")


def sort_and_choose_columns(desk: Desk) -> None:
    """Sort by another column and show one more, by their menus."""
    desk.press("shift+Tab", "shift+Tab", "Return", "Down", "Down", "Return")
    _kept(desk, "library.sort", "author,up")
    desk.press("Return", "Down", "Return")
    _kept(desk, "library.sort", "number,up")
    desk.press("Tab", "Return", "End", "Up", "Up", "Up", "Up", "Up", "Return")
    wait_until(
        "the column Type",
        lambda: ["Type", True] in [each[:2] for each in desk.settings("columns")["library"]],
    )
    desk.picture("columns")
    desk.press("Tab")


def narrow_down(desk: Desk) -> None:
    """Filter, and search with the fields of a query."""
    desk.press("Home", "shift+Down", "shift+Down")
    desk.picture("several chosen")
    search(desk, 'theme:"collective voice" set:included')
    desk.picture("searched")


def search(desk: Desk, query: str) -> None:
    """Search the library and go to the first row."""
    desk.press("ctrl+f", "ctrl+a")
    desk.write(query)
    desk.settle(0.3)
    desk.press("Return", "Home")


def edit_in_place(desk: Desk) -> None:
    """Change title, names and date of reference 56, each in the place where it stands."""
    reference = desk.value(OF_56)
    search(desk, "author:patterson")
    desk.press("Return", "ctrl+a")
    desk.write("Nobody can solve it without us")
    desk.press("Return")
    desk.written("the new title", "SELECT title LIKE 'Nobody can%' FROM reference WHERE id = ?", reference)
    _paste_names(desk, reference)
    desk.press("Tab", "Tab", "ctrl+a")
    desk.write("2009-01")
    desk.press("Return")
    desk.written(
        "the date",
        "SELECT issued LIKE '%2009, 1%' OR issued LIKE '%2009,1%' FROM reference WHERE id = ?",
        reference,
    )
    desk.picture("edited in place")


def add_a_field(desk: Desk) -> None:
    """Give reference 56 a field that its form does not show, and a tag."""
    reference = desk.value(OF_56)
    desk.again("Tab", 7)
    desk.press("Return", "Down", "Return")
    desk.write("What users said about the services.")
    desk.press("Tab", "Tab", "Tab")
    desk.written("the abstract", "SELECT abstract LIKE 'What users%' FROM reference WHERE id = ?", reference)
    desk.write("to discuss")
    desk.press("Return")
    desk.written("the tag", "SELECT count(*) FROM live_reference_tag WHERE reference = ?", reference)
    desk.picture("field and tag added")


def use_the_tabs(desk: Desk) -> None:
    """The abstract in its own language, a file, a note, the tick, and the history of one reference."""
    reference = desk.value(OF_56)
    desk.press("Escape", "Return", "shift+Tab", "Right", "Tab", "Tab", "Tab")
    desk.write("Was die Nutzer sagen.")
    desk.press("Tab")
    desk.written(
        "the original abstract",
        "SELECT original_abstract LIKE 'Was die%' OR custom LIKE '%Was die%' FROM reference WHERE id = ?",
        reference,
    )
    desk.picture("abstract in two languages")
    _attach(desk, reference)
    desk.press("Escape", "Return", "Right", "Tab")
    desk.write("Ask the second author for the tables.")
    desk.press("Tab", "Return")
    desk.expect(
        "one note, and no tick by mistake", "SELECT checked_at IS NULL FROM reference WHERE id = ?", reference
    )
    desk.written("the note", "SELECT count(*) FROM live_note WHERE reference = ?", reference)
    desk.picture("note")
    desk.press("ctrl+d")
    desk.written("the tick", "SELECT checked_at IS NOT NULL FROM reference WHERE id = ?", reference)
    desk.press("Escape", "Return", "Right")
    desk.picture("history of the reference")
    desk.again("Left", 5)


def _attach(desk: Desk, reference: int) -> None:
    """Attach a file by its name."""
    paper = desk.home / "tables.txt"
    paper.write_text("Two tables.")
    desk.press("Escape", "Return", "Right", "Right", "Tab", "Return")
    desk.dialog("Attach files")
    desk.write(str(paper))
    desk.press("Return")
    desk.back("Attach files")
    desk.written("the file", "SELECT count(*) FROM live_attachment WHERE reference = ?", reference)
    desk.picture("file attached")


def _paste_names(desk: Desk, reference: int) -> None:
    """Cut a whole author string out of the search box, and paste it where a name can be added."""
    desk.press("ctrl+f", "ctrl+a")
    desk.write(AUTHORS)
    desk.press("ctrl+a", "ctrl+x")
    search(desk, "title:solve")
    desk.press("Return", "Tab")
    for left in (3, 2, 1, 0):
        desk.press("ctrl+a", "BackSpace", "Return")
        desk.written(
            f"{left} authors left",
            "SELECT coalesce(json_array_length(author), 0) = ? FROM reference WHERE id = ?",
            left,
            reference,
        )
    desk.picture("no author left")
    desk.press("ctrl+v", "Return")
    particle = '"family":"Berg","given":"J","non-dropping-particle":"van der"'
    desk.written(
        "five authors",
        "SELECT json_array_length(author) = 5 AND instr(author, ?) FROM reference WHERE id = ?",
        particle,
        reference,
    )
    desk.picture("names pasted")


def _kept(desk: Desk, name: str, value: str) -> None:
    wait_until(f"{name} = {value}", lambda: (desk.settings("kept") or {}).get(name) == value)
    desk.settle()
