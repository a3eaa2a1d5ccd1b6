"""A large theme board, for tests that look at many cards."""

from evidence_app.domain.edit import Edit, RowOf, insert


def large_board(themes: int = 6, groups: int = 24, codes: int = 200) -> Edit:
    """Return the edit that makes a large board: each group part of two themes, each code in a group."""
    above = [insert("theme", name=f"Theme {at}", kind="analytic", position=float(at)) for at in range(themes)]
    below = [
        insert("theme", name=f"Group {at}", kind="descriptive", position=10.0 + at) for at in range(groups)
    ]
    given = [insert("code", name=f"Code number {at}", position=float(at)) for at in range(codes)]
    links = [
        insert(
            "theme_parent", theme=RowOf("theme", group.guid), parent=RowOf("theme", above[n % themes].guid)
        )
        for at, group in enumerate(below)
        for n in (at, at + 1)
    ]
    held = [
        insert("theme_code", theme=RowOf("theme", below[at % groups].guid), code=RowOf("code", code.guid))
        for at, code in enumerate(given)
    ]
    return Edit("Fill the board", (*above, *below, *given, *links, *held))
