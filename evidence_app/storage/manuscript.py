"""What the page of the manuscript reads: its text, the works cited there, the numbers given out."""

from collections.abc import Sequence

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.query import parse_query
from evidence_app.storage import contents, references, searching
from evidence_app.storage.connections import Reader
from evidence_app.storage.references import MAIN_BIBLIOGRAPHY


def written(reader: Reader) -> ReviewContents:
    """Return the manuscript with the works it cites and no others, quick in a library of any size."""
    blocks = contents.blocks(reader)
    cited = {work.reference for block in blocks for anchor in block.anchors for work in anchor.works}
    return ReviewContents(
        review=contents.review(reader), references=tuple(references.references(reader, sorted(cited))),
        themes=contents.themes(reader), sections=contents.sections(reader), blocks=blocks,
    )  # fmt: skip


def numbers_given(reader: Reader) -> tuple[int | None, dict[int, int]]:
    """Return the row of the review's own bibliography and the number of each work in it."""
    rows = reader.rows(
        f"SELECT reference, number FROM live_bibliography_entry WHERE bibliography = {MAIN_BIBLIOGRAPHY}"
    )
    row = reader.value(f"SELECT {MAIN_BIBLIOGRAPHY}")
    return (None if row is None else int(row)), {each["reference"]: each["number"] for each in rows}


def works_found(reader: Reader, words: str, limit: int = 200) -> Sequence[int]:
    """Return the ids of works that answer these words, by number; a bare number finds the work of it."""
    ids = list(searching.search(reader, parse_query(words))[:limit])
    if words.strip().isdigit():
        numbered = references.by_number(reader, int(words))
        if numbered is not None and numbered.id not in ids:
            ids.insert(0, numbered.id)
    return ids
