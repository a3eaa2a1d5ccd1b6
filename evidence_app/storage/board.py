"""The theme board in the project file, read at once."""

import json
from dataclasses import replace

from evidence_app.domain.board import (
    Board,
    BoardTheme,
    Place,
    Relation,
    RelationKind,
    Touch,
    Trace,
    Version,
)
from evidence_app.domain.contents import ReviewContents
from evidence_app.storage import coding, contents, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.support import contributions


def board(reader: Reader, viewer: int | None = None) -> Board:
    """Return themes, groups, codes with their counts, links, places and versions.

    Counts of codes leave out what the viewer must not see; None sees everything."""
    written = _written(reader)
    held, positions = _held(reader)
    return Board(
        themes=_themes(reader, written), codes=tuple(coding.codes(reader, merged=True)),
        counts=coding.code_counts(reader, viewer), held=held, positions=positions,
        links=contents.theme_links(reader),
        relations=_relations(reader), places=_places(reader), versions=_versions(reader),
        questions=contents.questions(reader), touched=_touched(reader),
    )  # fmt: skip


OF_CARDS = frozenset(("theme_code", "theme_relation", "board_place"))
"""Tables that say only where cards stand: after a change of these the rest need not be read again."""


def renewed(reader: Reader, before: Board) -> Board:
    """Return a board as it is after only tables `OF_CARDS` were changed: quicker than reading all of it."""
    held, positions = _held(reader)
    return replace(
        before, held=held, positions=positions, relations=_relations(reader), places=_places(reader),
        touched=_touched(reader),
    )  # fmt: skip


def _written(reader: Reader) -> ReviewContents:
    """Return the findings with what they cite: what the counts of a theme are made of."""
    ids = references.ids_in_order(reader, "number", where="r.standing = 'included'")
    return ReviewContents(
        review=contents.review(reader), references=tuple(references.references(reader, ids)),
        themes=contents.themes(reader), blocks=contents.blocks(reader),
        overruled=tuple(contributions(reader)),
    )  # fmt: skip


def _themes(reader: Reader, held: ReviewContents) -> tuple[BoardTheme, ...]:
    words = {
        row["id"]: (row["proposition"], row["rationale"])
        for row in reader.rows("SELECT id, proposition, rationale FROM live_theme")
    }
    return tuple(
        BoardTheme(
            theme, *words[theme.id],
            anchors=sum(len(block.anchors) for block in held.findings_under(theme.id)),
            reports=len(held.supporting(theme.id)),
        )
        for theme in held.themes
    )  # fmt: skip


def _held(reader: Reader) -> tuple[dict[tuple[int, int], tuple[int, ...]], dict[int, float]]:
    """Return the rows of codes under themes in the order of each, and what they are put in order by."""
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    positions: dict[int, float] = {}
    for row in reader.rows(
        f"""SELECT t.id, t.theme, t.position, {coding.BECAME} AS code FROM live_theme_code t
            JOIN live_code c ON c.id = t.code JOIN live_theme h ON h.id = t.theme
            ORDER BY t.position, t.id"""
    ):
        pair = (row["theme"], row["code"])
        found[pair] = (*found.get(pair, ()), row["id"])
        positions[row["id"]] = row["position"]
    return found, positions


def _relations(reader: Reader) -> tuple[Relation, ...]:
    rows = reader.rows(
        """SELECT r.id, r.theme_a, r.theme_b, r.kind, r.note FROM live_theme_relation r
           JOIN live_theme a ON a.id = r.theme_a JOIN live_theme b ON b.id = r.theme_b ORDER BY r.id"""
    )
    return tuple(
        Relation(row["id"], row["theme_a"], row["theme_b"], RelationKind(row["kind"]), row["note"])
        for row in rows
    )


def _places(reader: Reader) -> dict[tuple[str, int], Place]:
    found = {}
    for row in reader.rows("SELECT id, theme, code, x, y FROM live_board_place ORDER BY id"):
        key = ("theme", row["theme"]) if row["theme"] is not None else ("code", row["code"])
        found[key] = Place(row["id"], row["x"], row["y"])
    return found


def _versions(reader: Reader) -> tuple[Version, ...]:
    rows = reader.rows(
        """SELECT v.id, v.name, v.at, coalesce(p.name, '') AS person, v.board FROM live_theme_version v
           LEFT JOIN person p ON p.id = v.person ORDER BY v.at DESC, v.id DESC"""
    )
    return tuple(
        Version(row["id"], row["name"], row["at"], row["person"], _kept(row["board"])) for row in rows
    )


def _kept(stored: str) -> dict[str, object]:
    """Return a kept board; one another program has spoiled is empty."""
    try:
        found = json.loads(stored)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


# -- what the history tells of the board

_ENDS = {
    "theme": ("theme", "SELECT id, guid, '' FROM theme"), "code": ("code", "SELECT id, guid, '' FROM code"),
    "theme_parent": ("link", """SELECT l.id, t.guid, p.guid FROM theme_parent l
        JOIN theme t ON t.id = l.theme JOIN theme p ON p.id = l.parent"""),
    "theme_code": ("held", """SELECT l.id, t.guid, c.guid FROM theme_code l
        JOIN theme t ON t.id = l.theme JOIN code c ON c.id = l.code"""),
    "theme_relation": ("relation", """SELECT l.id, a.guid, b.guid FROM theme_relation l
        JOIN theme a ON a.id = l.theme_a JOIN theme b ON b.id = l.theme_b"""),
}  # fmt: skip
"""The tables of the board: what a trace of them is called, and between which identities a row stands."""


def _touched(reader: Reader) -> dict[Trace, Touch]:
    """Return what was changed since the oldest version that is kept, with the last time it was."""
    first = reader.value(
        """SELECT min(c.edit) FROM edit_change c JOIN live_theme_version v ON v.id = c."row"
           WHERE c.tbl = 'theme_version'"""
    )
    if first is None:
        return {}
    rows = reader.rows(
        """SELECT c.tbl, c."row", c.last_row, c."after", e.at, coalesce(p.name, '') AS person
           FROM edit_change c JOIN edit e ON e.id = c.edit LEFT JOIN person p ON p.id = e.person
           WHERE c.edit > :first AND e.finished = 1 AND c."row" IS NOT NULL
           AND c.tbl IN (SELECT value FROM json_each(:tables)) ORDER BY c.edit, c.id""",
        first=first, tables=json.dumps(list(_ENDS)),
    )  # fmt: skip
    ends = {table: _ends(reader, table) for table in {row["tbl"] for row in rows}}
    found: dict[Trace, Touch] = {}
    for row in rows:
        touch = Touch(row["at"], row["person"])
        for at in range(row["row"], (row["last_row"] or row["row"]) + 1):
            for trace in _traces(row["tbl"], ends[row["tbl"]].get(at), row["after"]):
                found[trace] = touch
    return found


def _ends(reader: Reader, table: str) -> dict[int, tuple[str, ...]]:
    return {row[0]: (row[1], row[2]) for row in reader.rows(_ENDS[table][1])}


def _traces(table: str, ends: tuple[str, ...] | None, after: str | None) -> list[Trace]:
    if ends is None:
        return []
    kind = _ENDS[table][0]
    if kind not in ("theme", "code"):
        return [(kind, *ends)]
    columns = json.loads(after or "{}")
    made = not columns or "name" in columns
    return [(kind, ends[0], column) for column in (*columns, *(("made",) if made else ()))]
