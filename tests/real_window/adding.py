"""The second chapter: a Crossref on this machine, adding by pasting, and repairing from Crossref."""

from functools import partial
from typing import Any

from tests.crossref_server import FIXTURES, CrossrefServer, works_in
from tests.real_window.desk import Desk
from tests.real_window.display import wait_until
from tests.real_window.library import search

BULLETIN = """12 March 2019

Reframing commissioning within the English national health service (NHS)
BMC Health Services Research, v19(1), 228, April 2019, https://doi.org/10.1186/s12913-019-4013-5
"""
CATALOGUE = """Full description

Quiet hours on the ward

Saved in:
Bibliographic Details
Published in:Ward health : a quarterly 2021-09, Vol.14 (2), p.e1205-n/a
Main Authors: Night, Ada B., Dawn, Carl
Format: Article
Language:English
"""
LIST = """1. Able A, Baker B. Planning rest in two wards. Ward Health. 2018;12(3):41-48.
2. Cole C. Handing over at dawn. Nursing Nights. 2020;4(1):7-19.
3. Dunn D, Ely E. Ten naps a week. Rota Studies. 2016;9(2):100-110.
"""


def set_crossref(desk: Desk) -> None:
    """Give the settings the address of a Crossref on this machine."""
    crossref = desk.crossref = CrossrefServer([*works_in(FIXTURES), *_of_sample(desk)])
    desk.press("ctrl+comma")
    desk.dialog("Settings")
    desk.press("Tab", "Tab", "Tab", "ctrl+a")
    desk.write(crossref.url)
    desk.press("Return")
    desk.back("Settings")
    wait_until("the address", lambda: desk.settings("crossref_url") == crossref.url)


def _of_sample(desk: Desk) -> list[dict[str, Any]]:
    """Return works for two references of the sample: the same, with a longer title and a page more."""
    rows = desk.rows(
        """SELECT r.doi, r.title FROM live_reference r JOIN live_bibliography_entry e ON e.reference = r.id
           WHERE e.number IN (57, 63, 85)"""
    )
    return [
        {"DOI": doi, "type": "journal-article", "title": [f"{title}: as Crossref has it"], "issue": "77",
         "publisher": "A publisher", "language": "en"}
        for doi, title in rows
    ]  # fmt: skip


def add_by_pasting(desk: Desk) -> None:
    """Add a DOI, a list, an entry of a bulletin and the record of a catalogue."""
    crossref = desk.crossref
    assert crossref is not None
    for name, text, count in (
        ("a DOI", "10.1108/JICA-11-2017-0044", 1),
        ("a list", LIST, 3),
        ("a bulletin", BULLETIN, 1),
        ("a catalogue record", CATALOGUE, 1),
    ):
        before = desk.value("SELECT count(*) FROM live_reference")
        desk.press("ctrl+n")
        desk.dialog("Add references")
        asked = len(crossref.asked)
        desk.write(text)
        if "10.1" in text:
            wait_until("that Crossref is asked", partial(_more, crossref.asked, asked))
        desk.settle(0.4)
        desk.picture(f"adding {name}")
        desk.press("ctrl+Return")
        desk.back("Add references")
        desk.written(name, "SELECT count(*) = ? FROM live_reference", before + count)
    desk.expect(
        "what Crossref said of the DOI",
        "SELECT count(*) FROM live_reference WHERE doi = '10.1108/jica-11-2017-0044' AND volume = '26'",
    )
    desk.expect("the catalogue record", "SELECT count(*) FROM live_reference WHERE title LIKE 'Quiet hours%'")
    desk.picture("added")


def compare_with_crossref(desk: Desk) -> None:
    """Ask Crossref about reference 85: keep my title, take their issue, and fill what is empty, by keys."""
    search(desk, "author:udayaraj")
    desk.press("ctrl+k")
    desk.dialog("compare with Crossref")
    desk.press("Left", "Down", "Right", "Down", "Right")
    desk.picture("compared by keys")
    desk.press("Return")
    desk.back("compare with Crossref")
    desk.written(
        "what was chosen",
        """SELECT issue = '77' AND publisher = 'A publisher' AND title NOT LIKE '%as Crossref has it'
           FROM live_reference WHERE doi = '10.1136/bmjopen-2018-000427'""",
    )
    desk.picture("repaired")


def fill_many(desk: Desk) -> None:
    """Ask Crossref about two references, and fill what is empty, seen before it is done."""
    search(desk, "set:included doi:10.")
    desk.press("Home", "shift+Down", "shift+Down")
    kept = desk.value("SELECT count(*) FROM cache_crossref")
    desk.press("ctrl+shift+k")
    desk.written("three answers", "SELECT count(*) >= ? FROM cache_crossref", kept + 3)
    desk.settle(0.4)
    desk.picture("asked about many")
    desk.press("F6", "Return")
    desk.dialog("Crossref on")
    desk.press("ctrl+Return")
    desk.dialog("Fill")
    desk.press("ctrl+Return")
    desk.back("Fill")
    desk.written("filled fields", "SELECT count(*) FROM edit WHERE label LIKE 'Fill%'")
    desk.picture("filled")


def _more(asked: list[str], than: int) -> bool:
    return len(asked) > than
