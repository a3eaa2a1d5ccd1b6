"""What the synthesis needs of a project: themes, findings, the works they cite, memos and history."""

from dataclasses import dataclass, field

from evidence_app.domain.contents import ReviewContents
from evidence_app.storage import contents, passages, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.history import PastEdit, edits_of_row

_CITED_OR_INCLUDED = "r.standing = 'included' OR r.id IN (SELECT reference FROM live_citation)"


@dataclass(frozen=True, slots=True)
class Synthesis:
    """The review as far as its themes go: `contents` hold the references that are cited or included only."""

    contents: ReviewContents
    links: dict[tuple[int, int], int] = field(default_factory=dict)
    """The rows of `theme_parent` by theme and parent."""
    bibliography: int | None = None
    last_number: int = 0


def synthesis(reader: Reader) -> Synthesis:
    """Return themes, findings and what they rest on, without the rest of a large library."""
    written = passages.passages(reader)
    also = ",".join(sorted({str(int(work)) for passage in written for work in passage.cited()}))
    ids = references.ids_in_order(reader, "number", where=f"({_CITED_OR_INCLUDED} OR r.id IN ({also}))")
    known = references.references(reader, ids)
    held = ReviewContents(
        review=contents.review(reader), references=tuple(known), questions=contents.questions(reader),
        themes=contents.themes(reader), sections=contents.sections(reader), blocks=contents.blocks(reader),
        characteristics=contents.characteristics(reader), passages=written,
    )  # fmt: skip
    bibliography = reader.value(f"SELECT {references.MAIN_BIBLIOGRAPHY}")
    last = reader.value(
        "SELECT max(number) FROM live_bibliography_entry WHERE bibliography = :row", row=bibliography
    )
    return Synthesis(held, contents.theme_links(reader), bibliography, last or 0)


@dataclass(frozen=True, slots=True)
class Memo:
    """What somebody noted on a theme or a review finding."""

    id: int
    text: str
    person: str
    at: str


def memos(reader: Reader, kind: str, row: int) -> list[Memo]:
    """Return the memos on a theme or a block (`kind`), the newest first."""
    column = {"theme": "theme", "block": "block"}[kind]
    rows = reader.rows(
        f"""SELECT n.id, n.text, coalesce(p.name, '') AS person, n.at FROM live_note n
            LEFT JOIN person p ON p.id = n.person WHERE n."{column}" = :row ORDER BY n.id DESC""",
        row=row,
    )
    return [Memo(found["id"], found["text"], found["person"], found["at"]) for found in rows]


def history_of(reader: Reader, kind: str, row: int) -> list[PastEdit]:
    """Return the edits that touched a theme with its places, or a block with its citations, newest first."""
    rows = [(kind, row)]
    if kind == "theme":
        rows += [
            ("theme_parent", link)
            for (link,) in reader.rows("SELECT id FROM theme_parent WHERE theme = :row", row=row)
        ]
    else:
        for anchor, citation in reader.rows(
            """SELECT a.id, c.id FROM anchor a LEFT JOIN citation c ON c.anchor = a.id
               WHERE a.block = :row""",
            row=row,
        ):
            rows.append(("anchor", anchor))
            if citation is not None:
                rows.append(("citation", citation))
    found = {
        edit.id: edit for table, at in dict.fromkeys(rows) for edit, _ in edits_of_row(reader, table, at)
    }
    return [found[number] for number in sorted(found, reverse=True)]
