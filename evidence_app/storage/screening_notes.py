"""Notes written while screening, of everybody: for those from whom nothing is hidden."""

from evidence_app.storage.connections import Reader


def screening_notes(reader: Reader, reference: int) -> dict[int | None, tuple[str, ...]]:
    """Return the notes on a record by who wrote them."""
    found: dict[int | None, tuple[str, ...]] = {}
    for row in reader.rows(
        "SELECT person, text FROM live_note WHERE reference = :row AND kind = 'screening' ORDER BY id",
        row=reference,
    ):
        found[row["person"]] = (*found.get(row["person"], ()), row["text"])
    return found
