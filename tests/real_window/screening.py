"""Chapters on screening: a review is imported, its protocol written, its records judged and ranked."""

from evidence_app.domain.screening import Outcome, Stage
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.storage.connections import Reader
from tests.real_window.desk import Desk
from tests.real_window.display import NotSeen, wait_until
from tests.real_window.records import write_exports

DECIDED = "SELECT count(*) = ? FROM live_decision WHERE stage = 'title-abstract' AND made_as = 'reviewer'"


def begin_a_review(desk: Desk) -> None:
    """Make a new project, import two files, and merge what is beyond doubt."""
    medline, embase = write_exports(desk.home)
    if not desk.is_running:
        desk.start()
    desk.project = desk.project.with_name("Reading.evidence")
    desk.press("ctrl+shift+n")
    desk.dialog("New project")
    desk.press("ctrl+a")
    desk.write(str(desk.project))
    desk.press("Return")
    desk.back("New project")
    desk.display.focus("^Reading")
    desk.go("Searches", "searches")
    desk.press("Return")
    desk.dialog("Import files")
    desk.write(f'"{medline}" "{embase}"')
    desk.press("Return")
    desk.dialog("Import 2 files")
    desk.press("ctrl+Return")
    desk.dialog("Import of 2 files")
    desk.expect("every record", "SELECT count(*) = 44 FROM live_record")
    desk.press("Return")
    desk.back("Import of 2 files")
    desk.go("Duplicates", "duplicates")
    desk.press("Return")
    desk.written("pairs", "SELECT count(*) = 1 FROM cache_setting WHERE key = 'duplicates.found'")
    desk.press("ctrl+shift+a")
    desk.dialog("Merge")
    desk.press("ctrl+Return")
    desk.back("Merge")
    desk.written("four merges", "SELECT count(*) = 4 FROM live_merge")
    desk.picture("merged")


def write_a_protocol(desk: Desk) -> None:
    """Write questions, criteria and who settles conflicts, and the reasons from the criteria."""
    desk.go("Screening", "screening")
    desk.press("ctrl+shift+o")
    desk.dialog("Protocol")
    desk.write("Scoping review")
    desk.press("Tab", "Tab", "space")
    desk.write("What do libraries do for people with dementia?")
    desk.press("ctrl+Next", "Tab", "space", "Tab", "Tab")
    desk.write("People with dementia in a library")
    desk.press("Tab", "Tab", "space", "Down", "Tab", "Tab")
    desk.write("Not about people")
    desk.picture("criteria")
    desk.press("ctrl+Next", "ctrl+Next", "Tab", "space", "ctrl+a")
    desk.write("Cy Young")
    desk.press("Tab", "ctrl+a")
    desk.write("adjudicator")
    desk.picture("roles")
    desk.press("ctrl+Return")
    desk.back("Protocol")
    desk.written("two criteria", "SELECT count(*) = 2 FROM live_criterion")
    desk.expect("the adjudicator", "SELECT count(*) = 1 FROM live_role WHERE role = 'adjudicator'")
    desk.act("Reasons")
    desk.dialog("Reasons at")
    desk.write("Wrong place")
    desk.press("Return", "Tab", "Tab", "space")
    desk.picture("reasons")
    desk.press("ctrl+Return")
    desk.back("Reasons at")
    desk.written(
        "two reasons", "SELECT count(*) = 2 FROM live_exclusion_reason WHERE stage = 'title-abstract'"
    )


def judge_records(desk: Desk) -> None:
    """Judge six records by keys, take one back, flag one and write a note."""
    desk.press("i", "u", "e", "e")
    desk.written("four decisions", DECIDED, 4)
    desk.press("z")
    desk.written("one taken back", DECIDED, 3)
    desk.press("2", "1", "e")
    desk.written(
        "a main reason and another",
        """SELECT count(*) = 1 FROM live_decision d JOIN live_exclusion_reason r ON r.id = d.exclusion_reason
           JOIN live_decision_reason f ON f.decision = d.id WHERE r.name = 'Not about people'""",
    )
    desk.press("n")
    desk.write("Ask Ben about this one")
    desk.press("ctrl+Return", "f")
    desk.written("the flag", "SELECT count(*) = 1 FROM live_flag")
    desk.expect("the note", "SELECT count(*) = 1 FROM live_note WHERE text = 'Ask Ben about this one'")
    desk.press("i", "e")
    desk.written("six decisions", DECIDED, 6)
    desk.picture("judged")


def rank_the_rest(desk: Desk) -> None:
    """Write down a rule, judge until it is met, and exclude the rest by it; undo and redo that."""
    desk.go("Screening", "screening")
    _go_on(desk, "screening.queue", "unscreened")
    desk.act("Rank the rest")
    desk.dialog("When do you stop")
    desk.press("space", "Tab", "ctrl+a")
    desk.write("10")
    desk.press("Tab")
    desk.write("Planned")
    desk.picture("a stopping rule")
    desk.press("ctrl+Return")
    desk.back("When do you stop")
    desk.written(
        "the rule", "SELECT count(*) = 1 FROM live_ranking WHERE threshold = 10 AND note = 'Planned'"
    )
    desk.settle()  # the first order has come: only what was judged in it counts for the rule
    judged = desk.value("SELECT count(*) FROM live_decision WHERE made_as = 'reviewer'")
    desk.again("e", 10)
    desk.written(
        "ten decisions", "SELECT count(*) = ? FROM live_decision WHERE made_as = 'reviewer'", judged + 10
    )
    desk.settle()
    desk.act("Exclude the rest by the rule")
    desk.dialog("^Evidence Desk$")
    desk.press("shift+Tab", "Return")
    desk.back("^Evidence Desk$")
    rest = "SELECT count(*) > 5 FROM live_decision WHERE made_as = 'automation' AND verdict = 'exclude'"
    desk.written("the rest", rest)
    desk.expect("the end of the ranking", "SELECT count(*) = 1 FROM live_ranking WHERE ended_at IS NOT NULL")
    desk.press("ctrl+z")
    desk.written("the rest taken back", rest.replace("> 5", "= 0"))
    desk.press("ctrl+y")
    desk.written("the rest again", rest)
    with Reader(desk.project) as reader:
        if Outcome.UNSCREENED in outcomes(reader, Stage.TITLE_ABSTRACT).values():
            raise NotSeen("no record should be left")
    desk.picture("the rest excluded")


def read_full_texts(desk: Desk) -> None:
    """Settle the maybe that is left; include what went on to full text but one, excluded for its reason."""
    desk.go("Screening", "screening")
    _go_on(desk, "screening.queue", "maybe")
    desk.press("i")
    desk.written("no maybe", "SELECT count(*) = 0 FROM live_decision WHERE verdict = 'maybe'")
    _go_on(desk, "screening.stage", "full text")
    with Reader(desk.project) as reader:
        left = len(outcomes(reader, Stage.FULL_TEXT))
    desk.act("Reasons")
    desk.dialog("Reasons at")
    desk.press("Tab", "Tab", "space", "ctrl+Return")
    desk.back("Reasons at")
    desk.press("e", "1")
    read = "SELECT count(*) = ? FROM live_decision WHERE stage = 'full text'"
    desk.written("an exclusion", f"{read} AND exclusion_reason IS NOT NULL", 1)
    for number in range(1, left):
        desk.press("i")
        desk.written("an inclusion", read, number + 1)
    desk.expect(
        "what is included", "SELECT count(*) = ? FROM live_reference WHERE standing = 'included'", left - 1
    )
    desk.picture("full texts read")


def _go_on(desk: Desk, setting: str, value: str) -> None:
    """Press the act that goes on from an empty queue, as soon as it is shown."""

    def gone_on() -> bool:
        return bool((desk.settings("kept") or {}).get(setting) == value)

    for _ in range(8):
        if gone_on():
            break
        desk.press("Return")
        desk.settle(0.45)
    wait_until(f"the queue “{value}”", gone_on)
    desk.settle(0.45)
