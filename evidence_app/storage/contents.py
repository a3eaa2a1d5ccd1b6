"""Reading a whole review at one moment."""

from typing import Any

from evidence_app.domain.contents import ReviewContents, Waiver
from evidence_app.domain.manuscript import (
    Anchor,
    Block,
    BlockKind,
    Cited,
    Direction,
    Role,
    Section,
    Text,
    runs_from_json,
)
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.review import (
    Characteristic,
    Criterion,
    NumberState,
    Question,
    Review,
    Search,
    StatedNumber,
)
from evidence_app.domain.synthesis import Theme, ThemeKind
from evidence_app.storage import references
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import dict_in, list_in, member, texts_in


def review_contents(reader: Reader, *, leaving: bool = False) -> ReviewContents:
    """Return everything the review holds; `leaving` only the references that leave it, if there are any.

    Reading every record that searches brought in takes a third of a millisecond each."""
    from evidence_app.storage import crossref_answers, passages
    from evidence_app.storage.support import contributions

    sections_read = sections(reader)
    known = references.leaving(reader) if leaving else []
    known = known or references.all_references(reader)
    return ReviewContents(
        review=review(reader), references=tuple(known), questions=questions(reader),
        criteria=criteria(reader), searches=searches(reader), numbers=stated_numbers(reader),
        themes=themes(reader), sections=sections_read, blocks=blocks(reader),
        characteristics=characteristics(reader), waivers=waivers(reader),
        updates=crossref_answers.updates(reader), checked_at=crossref_answers.checked_at(reader),
        crossref_states=crossref_answers.states(reader),
        passages=passages.passages(reader), overruled=tuple(contributions(reader)),
    )  # fmt: skip


def review(reader: Reader) -> Review:
    """Return what the title page states."""
    row = reader.row("SELECT * FROM live_review ORDER BY id LIMIT 1")
    if row is None:
        return Review(title="Untitled review")
    return Review(
        title=row["title"], short_title=row["short_title"], subtitle=row["subtitle"],
        authors=tuple(texts_in(each) for each in list_in(row["authors"]) if isinstance(each, dict)),
        keywords=tuple(each for each in list_in(row["keywords"]) if isinstance(each, str)),
        facts={name: _text_of(said) for name, said in dict_in(row["facts"]).items() if said is not None},
    )  # fmt: skip


def _text_of(said: Any) -> Any:
    return str(said) if isinstance(said, int | float) else said


def questions(reader: Reader) -> tuple[Question, ...]:
    """Return the research questions in order."""
    rows = reader.rows("SELECT id, guid, text, position FROM live_question ORDER BY position, id")
    return tuple(Question(**dict(row)) for row in rows)


def criteria(reader: Reader) -> tuple[Criterion, ...]:
    """Return the inclusion and exclusion criteria in order."""
    rows = reader.rows(
        "SELECT id, guid, text, includes, position FROM live_criterion ORDER BY includes DESC, position, id"
    )
    return tuple(Criterion(**{**dict(row), "includes": bool(row["includes"])}) for row in rows)


def searches(reader: Reader) -> tuple[Search, ...]:
    """Return the searches in order, each with its source."""
    rows = reader.rows(
        """
        SELECT h.id, h.guid, s.name AS source, s.kind, s.platform, h.searched_from, h.searched_to, h.covers,
               h.query, h.limits, h.note, h.claimed, h.seen, h.kept
        FROM live_search h JOIN source s ON s.id = h.source ORDER BY h.position, h.id
        """
    )
    return tuple(Search(**dict(row)) for row in rows)


def stated_numbers(reader: Reader) -> tuple[StatedNumber, ...]:
    """Return the numbers the review states, each beside what the file itself counts."""
    rows = reader.rows("SELECT * FROM live_stated_number ORDER BY position, id")
    return tuple(
        StatedNumber(
            key=row["key"], label=row["label"], value=row["value"], state=number_state(row["state"]),
            unit=row["unit"], basis=row["basis"], derived=_counted(reader, row["key"]),
        )
        for row in rows
    )  # fmt: skip


def number_state(said: str) -> NumberState:
    """Return where a number comes from; what another program calls by a word of its own was typed there."""
    return member(NumberState, said, NumberState.TYPED)


def _counted(reader: Reader, key: str) -> int | None:
    """Return what the file counts for a number, or None where it cannot be counted."""
    kind, _, name = key.partition(":")
    if key in ("reports_included", "included_reports"):
        found = reader.value("SELECT count(*) FROM live_reference WHERE standing = 'included'")
        return int(found) or None
    if key == "records_identified":
        return _int(reader.value("SELECT sum(claimed) FROM live_search WHERE claimed IS NOT NULL"))
    if kind in ("country", "service", "kind"):
        return _int(
            reader.value(
                """
                SELECT count(DISTINCT reference) FROM live_characteristic
                WHERE name = :kind AND draft = 0 AND value = :name COLLATE NOCASE
                """,
                kind=kind,
                name=name,
            )
        )
    return None


def _int(value: Any) -> int | None:
    return int(value) if value else None


def themes(reader: Reader) -> tuple[Theme, ...]:
    """Return the themes, each with its parents in order."""
    parents: dict[int, list[int]] = {}
    for row in reader.rows("SELECT theme, parent FROM live_theme_parent ORDER BY position, id"):
        parents.setdefault(row["theme"], []).append(row["parent"])
    rows = reader.rows(
        "SELECT id, guid, name, kind, definition, question, position FROM live_theme ORDER BY position, id"
    )
    return tuple(
        Theme(
            id=row["id"], guid=row["guid"], name=row["name"],
            kind=member(ThemeKind, row["kind"], ThemeKind.TOPIC),
            parents=tuple(parents.get(row["id"], ())), question=row["question"],
            definition=row["definition"], position=row["position"],
        )
        for row in rows
    )  # fmt: skip


def sections(reader: Reader) -> tuple[Section, ...]:
    """Return the sections in the order of the document: each before its own parts."""
    rows = reader.rows(
        "SELECT id, guid, title, kind, parent, theme, position FROM live_section ORDER BY position, id"
    )
    below: dict[int | None, list[Section]] = {}
    known = {row["id"] for row in rows}
    for row in rows:
        parent = row["parent"] if row["parent"] in known else None
        below.setdefault(parent, []).append(Section(**dict(row)))
    ordered: list[Section] = []
    placed: set[int] = set()

    def place(parent: int | None) -> None:
        for section in below.get(parent, ()):
            if section.id not in placed:
                placed.add(section.id)
                ordered.append(section)
                place(section.id)

    place(None)
    for row in rows:  # sections that another program put into each other in a circle follow at the end
        if row["id"] not in placed:
            placed.add(row["id"])
            ordered.append(Section(**dict(row)))
            place(row["id"])
    return tuple(ordered)


def blocks(reader: Reader) -> tuple[Block, ...]:
    """Return all blocks in the order of the document, with their anchors."""
    order = {section.id: at for at, section in enumerate(sections(reader))}
    anchors = _anchors(reader)
    rows = reader.rows("SELECT * FROM live_block")
    found = [_block(row, anchors.get(row["id"], ())) for row in rows if row["section"] in order]
    found.sort(key=lambda block: (order[block.section], block.position, block.id or 0))
    return tuple(found)


def block(reader: Reader, row: int) -> Block | None:
    """Return one block with its anchors, or None if it is not in the manuscript."""
    found = reader.row("SELECT * FROM live_block WHERE id = :row", row=row)
    return _block(found, _anchors(reader, row).get(row, ())) if found else None


def _block(row: Any, anchors: tuple[Anchor, ...]) -> Block:
    return Block(
        id=row["id"], guid=row["guid"], section=row["section"], theme=row["theme"],
        kind=member(BlockKind, row["kind"], BlockKind.PARAGRAPH),
        direction=member(Direction, row["direction"], Direction.NEITHER) if row["direction"] else None,
        runs=runs_from_json(list_in(row["runs"])) or _only_text(row), anchors=anchors,
        position=row["position"],
    )  # fmt: skip


def _only_text(row: Any) -> tuple[Text, ...]:
    """Return the text of a block whose runs another program wrote in a way of its own."""
    return (Text(row["text"]),) if row["text"] and row["runs"] != "[]" else ()


def _anchors(reader: Reader, block: int | None = None) -> dict[int, tuple[Anchor, ...]]:
    rows = reader.rows(
        """
        SELECT a.id, a.guid, a.block, a.role, c.id AS citation, c.reference, c.locator, c.label, c.prefix,
               c.suffix, c.position AS place
        FROM live_anchor a LEFT JOIN live_citation c ON c.anchor = a.id
        WHERE :block IS NULL OR a.block = :block
        ORDER BY a.block, a.position, a.id, c.position, c.id
        """,
        block=block,
    )
    works: dict[int, list[Cited]] = {}
    heads: dict[int, Any] = {}
    for row in rows:
        heads.setdefault(row["id"], row)
        cited = works.setdefault(row["id"], [])
        if row["reference"] is not None:
            reference = ReferenceId(row["reference"])
            cited.append(
                Cited(
                    reference, row["locator"], row["label"], row["prefix"], row["suffix"], row["citation"],
                    row["place"],
                )
            )  # fmt: skip
    found: dict[int, list[Anchor]] = {}
    for at, row in heads.items():
        anchor = Anchor(row["guid"], member(Role, row["role"], Role.CONTEXT), tuple(works[at]), at)
        found.setdefault(row["block"], []).append(anchor)
    return {at: tuple(anchors) for at, anchors in found.items()}


def characteristics(reader: Reader) -> tuple[Characteristic, ...]:
    """Return the extracted attributes of all reports, as far as they are agreed."""
    rows = reader.rows(
        "SELECT reference, name, value, state, basis FROM live_characteristic WHERE draft = 0 ORDER BY id"
    )
    return tuple(Characteristic(**{**dict(row), "state": number_state(row["state"])}) for row in rows)


def waivers(reader: Reader) -> tuple[Waiver, ...]:
    """Return what was looked at and let stand."""
    rows = reader.rows(
        """SELECT w.id, w.rule, w.subject, w.reason, coalesce(p.name, '') AS by, w.at
           FROM live_waiver w LEFT JOIN person p ON p.id = w.person ORDER BY w.id"""
    )
    return tuple(Waiver(**dict(row)) for row in rows)


def theme_links(reader: Reader) -> dict[tuple[int, int], int]:
    """Return the rows of `theme_parent` by theme and parent: what taking a link out needs."""
    rows = reader.rows("SELECT id, theme, parent FROM live_theme_parent")
    return {(row["theme"], row["parent"]): row["id"] for row in rows}
