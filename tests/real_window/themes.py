"""The third chapter: what supports each theme, and changing it."""

from tests.real_window.desk import Desk


def read_the_outline(desk: Desk) -> None:
    """Walk through the outline, and into the findings of a theme."""
    desk.go("Themes", "themes")
    desk.press("Down", "Right", "Down", "Down")
    desk.picture("a topic")
    desk.press("Tab")
    desk.picture("tab to findings")
    desk.press("Down", "Right")
    desk.picture("a chip")


def change_themes(desk: Desk) -> None:
    """Make a theme, name it anew, and put it under another too."""
    desk.press("ctrl+t")
    desk.dialog("heme")
    desk.write("Trust takes time")
    desk.picture("new theme")
    desk.press("Return")
    desk.back("New")
    desk.written("the theme", "SELECT count(*) FROM live_theme WHERE name = 'Trust takes time'")
    desk.picture("theme made")
    desk.act("Rename theme")
    desk.picture("renaming")
    desk.press("ctrl+a")
    desk.write("Trust needs time")
    desk.press("Return")
    desk.written("its other name", "SELECT count(*) FROM live_theme WHERE name = 'Trust needs time'")


def change_findings(desk: Desk) -> None:
    """Write a finding, give it a direction and evidence, take one off, reword, split, merge and move it."""
    desk.press("ctrl+shift+f")
    desk.write("People come when meetings are paid. They stay when they are heard.")
    desk.press("Return")
    block = "(SELECT max(id) FROM live_block)"
    desk.written("the finding", f"SELECT text LIKE 'People come%' FROM block WHERE id = {block}")
    desk.picture("finding written")
    desk.press("Escape")
    desk.picture("after escape")
    desk.press("2")
    desk.written("its direction", f"SELECT direction = 'enabler' FROM block WHERE id = {block}")
    desk.press("ctrl+r")
    desk.settle(0.4)
    desk.picture("picker")
    desk.write("patterson")
    desk.settle(0.4)
    desk.picture("picker found")
    desk.press("Return")
    cited = f"""SELECT count(*) = ? FROM live_citation c JOIN live_anchor a ON a.id = c.anchor
                WHERE a.block = {block}"""
    desk.written("its evidence", cited, 1)
    desk.write("loeffler")
    desk.settle(0.4)
    desk.press("Return")
    desk.written("more evidence", cited, 2)
    desk.press("Escape", "Escape")
    desk.picture("evidence added")
    desk.press("Right", "Delete")
    desk.written("one work taken off", cited, 1)
    desk.press("Escape", "F2", "ctrl+Home", *["ctrl+Right"] * 7, "ctrl+shift+j")
    desk.picture("split")
    findings = """SELECT count(*) = ? FROM live_block
                  WHERE theme = (SELECT id FROM live_theme WHERE name = 'Trust needs time')"""
    desk.written("two findings", findings, 2)
    desk.press("Escape")
    desk.picture("split and left")
    desk.press("Home", "shift+Down", "ctrl+j")
    desk.picture("merged")
    desk.written("one finding again", findings, 1)
    desk.press("ctrl+m")
    desk.dialog("Move")
    desk.write("payment")
    desk.press("Return")
    desk.back("Move")
    desk.written("the finding elsewhere", findings, 0)
    desk.picture("moved")
    desk.press("ctrl+z")
    desk.written("the finding back", findings, 1)


def put_a_theme_under_two(desk: Desk) -> None:
    """Let a theme stand under another one too."""
    desk.press("shift+Tab")
    desk.act("Put under another theme too")
    desk.dialog("under")
    desk.write("navigating")
    desk.press("Return")
    desk.back("Put")
    desk.written(
        "two places in the outline",
        """SELECT count(*) = 2 FROM live_theme_parent
           WHERE theme = (SELECT id FROM live_theme WHERE name = 'Payment and recognition')""",
    )
    desk.picture("under two themes")
