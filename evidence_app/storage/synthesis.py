"""What the synthesis needs of a project: themes, findings, the works they cite, memos and history."""

from dataclasses import dataclass, field

from evidence_app.domain.contents import ReviewContents
from evidence_app.storage import contents, passages, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.history import PastEdit, edits_of_row
from evidence_app.storage.support import contributions

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
        overruled=tuple(contributions(reader)),
    )  # fmt: skip
    bibliography = reader.value(f"SELECT {references.MAIN_BIBLIOGRAPHY}")
    last = reader.value(
        "SELECT max(number) FROM live_bibliography_entry WHERE bibliography = :row", row=bibliography
    )
    return Synthesis(held, contents.theme_links(reader), bibliography, last or 0)


_SPEAK_OF = {
    "theme": (("theme_parent", ("theme",)), ("theme_code", ("theme",)),
              ("theme_relation", ("theme_a", "theme_b"))),
    "code": (("theme_code", ("code",)),),
    "block": (("anchor", ("block",)),),
}  # fmt: skip
"""The tables whose rows belong to one row's history, with the columns that name it."""


def history_of(reader: Reader, kind: str, row: int) -> list[PastEdit]:
    """Return the edits that touched a theme, a code or a block, or what links it, newest first.

    To a theme belong its places in the outline, its codes and relations, to a code its groups, to a block its
    citations."""
    rows = [(kind, row)]
    for table, columns in _SPEAK_OF[kind]:
        where = " OR ".join(f'"{column}" = :row' for column in columns)
        rows += [
            (table, found[0]) for found in reader.rows(f'SELECT id FROM "{table}" WHERE {where}', row=row)
        ]
    if kind == "block":
        rows += [
            ("citation", found[0])
            for found in reader.rows(
                "SELECT c.id FROM citation c JOIN anchor a ON a.id = c.anchor WHERE a.block = :row", row=row
            )
        ]
    found = {
        edit.id: edit for table, at in dict.fromkeys(rows) for edit, _ in edits_of_row(reader, table, at)
    }
    return [found[number] for number in sorted(found, reverse=True)]
