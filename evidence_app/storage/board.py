"""The theme board in the project file, read at once."""

import json

from evidence_app.domain.board import Board, BoardTheme, Place, Relation, RelationKind, Version
from evidence_app.domain.contents import ReviewContents
from evidence_app.storage import coding, contents, references
from evidence_app.storage.connections import Reader


def board(reader: Reader, viewer: int | None = None) -> Board:
    """Return themes, groups, codes with their counts, links, places and versions.

    Counts of codes leave out what the viewer must not see; None sees everything."""
    held = _written(reader)
    return Board(
        themes=_themes(reader, held), codes=tuple(coding.codes(reader, merged=True)),
        counts=coding.code_counts(reader, viewer), held=_held(reader), links=contents.theme_links(reader),
        relations=_relations(reader), places=_places(reader), versions=_versions(reader),
        questions=contents.questions(reader),
    )  # fmt: skip


def _written(reader: Reader) -> ReviewContents:
    """Return the findings with what they cite: what the counts of a theme are made of."""
    ids = references.ids_in_order(reader, "number", where="r.standing = 'included'")
    return ReviewContents(
        review=contents.review(reader), references=tuple(references.references(reader, ids)),
        themes=contents.themes(reader), blocks=contents.blocks(reader),
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


def _held(reader: Reader) -> dict[tuple[int, int], tuple[int, ...]]:
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for row in reader.rows(
        f"""SELECT t.id, t.theme, {coding.BECAME} AS code FROM live_theme_code t
            JOIN live_code c ON c.id = t.code JOIN live_theme h ON h.id = t.theme
            ORDER BY t.position, t.id"""
    ):
        pair = (row["theme"], row["code"])
        found[pair] = (*found.get(pair, ()), row["id"])
    return found


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
