"""Chapters on a second reviewer: a packet is given out, judged in another window, merged, and settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.real_window.desk import WINDOW, Desk

SEED = "7"


@contextmanager
def somebody_else(desk: Desk, name: str, project: Path) -> Iterator[Desk]:
    """Yield the desk of another person, with a home of their own, on this file; then the first one again."""
    home = desk.home / name.partition(" ")[0]
    home.mkdir(exist_ok=True)
    held = dict(desk.display.environment)
    other = Desk(desk.display, home, desk.pictures)
    other._seen = desk._seen
    try:
        other.start("Who is reviewing")
        other.write(name)
        other.press("Return")
        other.display.focus(WINDOW)
        other.project = project
        other.press("ctrl+o")
        other.dialog("Open")
        other.write(str(project))
        other.press("Return")
        other.display.gone("^Open")
        other.display.focus(f"^{project.stem} ")
        other.written("the open file", "SELECT value = '1' FROM cache_setting WHERE key = 'open'")
        other.go("Screening", "screening")
        yield other
        other.quit()
    finally:
        other.abandon()
        desk._seen = other._seen
        desk.display.environment.clear()
        desk.display.environment.update(held)


def give_out_a_packet(desk: Desk) -> None:
    """Draw a share for a second person and write it to a file."""
    desk.go("Screening", "screening")
    desk.act("Check 10")
    desk.dialog("Check a random share")
    desk.write("Ben Okri")
    desk.press("shift+Tab", "ctrl+a")
    desk.write(SEED)
    desk.press("shift+Tab", "ctrl+a")
    desk.write("15")
    desk.picture("a share")
    desk.press("ctrl+Return")
    desk.back("Check a random share")
    desk.written(
        "the sample", "SELECT count(*) = 1 FROM live_sample WHERE seed = ? AND share = 0.15", int(SEED)
    )
    desk.act("Give out a packet")
    desk.dialog("Give out a packet")
    desk.picture("a packet")
    desk.press("ctrl+Return")
    packet = desk.home / "for Ben.evidence"
    desk.dialog("Write the packet")
    desk.press("ctrl+a")
    desk.write(str(packet))
    desk.press("Return")
    desk.back("Write the packet")
    desk.written("the packet", "SELECT count(*) = 1 FROM live_packet")


def judge_the_packet(desk: Desk) -> None:
    """Judge the packet as somebody else, in a window of their own: all but one is included."""
    desk.quit()
    packet = desk.home / "for Ben.evidence"
    with somebody_else(desk, "Ben Okri", packet) as ben:
        number = ben.value("SELECT count(*) FROM live_record")
        ben.expect("nothing of anybody else", "SELECT count(*) = 0 FROM live_decision")
        ben.picture("in the packet")
        for done in range(number):
            ben.press("i" if done else "e")
            ben.written("a decision", "SELECT count(*) = ? FROM live_decision", done + 1)
        ben.picture("the packet is judged")
    come_back(desk)


def come_back(desk: Desk) -> None:
    """Start the program again, and wait until the review is open."""
    desk.start()
    desk.display.focus(f"^{desk.project.stem} ")
    desk.written("the open review", "SELECT value = '1' FROM cache_setting WHERE key = 'open'")
    desk.settle(0.45)


def merge_the_answer(desk: Desk) -> None:
    """Merge what came back, twice; the second time changes nothing."""
    desk.go("Screening", "screening")
    theirs = """SELECT count(*) FROM live_decision d JOIN person p ON p.id = d.person
                WHERE p.name = 'Ben Okri'"""
    for said in ("decisions of Ben", "Nothing new"):
        desk.act("Merge an answer")
        desk.dialog("Merge an answer")
        desk.write(str(desk.home / "for Ben.evidence"))
        desk.press("Return")
        desk.display.gone("^Merge an answer")
        desk.dialog("^Evidence Desk$")
        desk.picture(said)
        desk.press("Return")
        desk.back("^Evidence Desk$")
        desk.expect("their decisions", f"SELECT ({theirs}) = count(*) FROM live_sample_member")
    desk.expect("one answer", "SELECT count(*) = 1 FROM live_packet_answer")


def give_the_second_votes(desk: Desk) -> None:
    """Judge what needs a second vote, excluding all of it, and read how far two people agree."""
    second = "needs a second vote"
    desk.press("shift+Tab", "Return", "Down", "Down", "Return")
    desk.settle()
    desk.picture(second)
    twice = """SELECT count(*) FROM (SELECT reference FROM live_decision WHERE made_as = 'reviewer'
               GROUP BY reference HAVING count(DISTINCT person) = 2)"""
    members = desk.value("SELECT count(*) FROM live_sample_member")
    while (done := desk.value(twice)) < members:
        desk.press("e")
        desk.written("a second vote", f"SELECT ({twice}) = ?", done + 1)
    desk.press("ctrl+shift+a")
    desk.dialog("Agreement")
    desk.picture("agreement")
    desk.press("Escape")
    desk.back("Agreement")


def settle_conflicts(desk: Desk) -> None:
    """Settle every conflict as the named adjudicator, who sees both votes; the votes stay."""
    votes = desk.value("SELECT count(*) FROM live_decision")
    desk.quit()
    with somebody_else(desk, "Cy Young", desk.project) as adjudicator:
        adjudicator.press("shift+Tab", "Return", *["Down"] * 5, "Return")
        adjudicator.settle()
        adjudicator.picture("both votes side by side")
        settled = "SELECT count(*) FROM live_decision WHERE made_as = 'adjudicator'"
        conflicts = adjudicator.value(
            """SELECT count(*) FROM (SELECT reference FROM live_decision WHERE made_as = 'reviewer'
               GROUP BY reference HAVING count(DISTINCT replace(verdict, 'maybe', 'include')) = 2)"""
        )
        for done in range(conflicts):
            adjudicator.press("i" if done % 2 else "e")
            adjudicator.written("a conflict settled", f"SELECT ({settled}) = ?", done + 1)
        adjudicator.expect(
            "the votes as they were", f"SELECT count(*) = ? + ({settled}) FROM live_decision", votes
        )
        adjudicator.picture("settled")
    come_back(desk)
