"""What the project holds of earlier imports, by what it is recognised by."""

from dataclasses import dataclass

from evidence_app.storage.connections import Reader


def contents(reader: Reader) -> dict[str, int]:
    """Return how many records each file content (its SHA-256) gave that is held already."""
    rows = reader.rows("SELECT sha256, coalesce(imported, 0) AS held FROM live_search_file")
    return {row["sha256"]: row["held"] for row in rows}


def sources(reader: Reader) -> dict[tuple[str, str], str]:
    """Return the identities of the sources by name and platform, case folded."""
    rows = reader.rows("SELECT name, platform, guid FROM live_source")
    return {(row["name"].casefold(), row["platform"].casefold()): row["guid"] for row in rows}


def tags(reader: Reader) -> dict[str, str]:
    """Return the identities of the tags by name."""
    return {row["name"]: row["guid"] for row in reader.rows("SELECT name, guid FROM live_tag")}


def people(reader: Reader) -> dict[str, str]:
    """Return the identities of the people by name."""
    return {row["name"]: row["guid"] for row in reader.rows("SELECT name, guid FROM live_person")}


def called(reader: Reader) -> dict[int, tuple[str, str]]:
    """Return for each reference, merged or not, its file and what that calls it: its ID, else its place."""
    rows = reader.rows(
        """
        SELECT c.reference, f.name, coalesce(nullif(c.source_id, ''),
               row_number() OVER (PARTITION BY c.search_file ORDER BY c.id)) AS called
        FROM record c JOIN live_search_file f ON f.id = c.search_file
        WHERE c.removed IS NULL ORDER BY c.id
        """
    )
    return {row["reference"]: (row["name"], str(row["called"])) for row in rows}


def missing_files(reader: Reader, search_file: int) -> list[str]:
    """Return the files that records of an import name and that lie nowhere beside the project."""
    rows = reader.rows(
        """
        SELECT DISTINCT a.name FROM live_attachment a JOIN record c ON c.reference = a.reference
        WHERE c.search_file = :file AND c.removed IS NULL AND a.kind = 'imported' AND a.sha256 = ''
        ORDER BY a.id
        """,
        file=search_file,
    )
    return [row["name"] for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """One record of a file as it was imported."""

    reference: int
    reference_guid: str
    line: int
    raw: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What a reference has beside its fields."""

    tags: frozenset[str]
    notes: frozenset[str]
    verdicts: frozenset[str]


def records_of_file(reader: Reader, search_file: int) -> list[KeptRecord]:
    """Return the records of a file that are in the review, in its order."""
    rows = reader.rows(
        """
        SELECT c.reference, r.guid, c.line, c.raw FROM live_record c JOIN reference r ON r.id = c.reference
        WHERE c.search_file = :file AND r.removed IS NULL ORDER BY c.id
        """,
        file=search_file,
    )
    return [
        KeptRecord(
            reference=row["reference"], reference_guid=row["guid"], line=row["line"] or 0, raw=row["raw"]
        )
        for row in rows
    ]  # fmt: skip


def first_raw(reader: Reader, search_file: int) -> str | None:
    """Return the first record of a file that is in the review, as it is kept."""
    raw: str | None = reader.value(
        "SELECT raw FROM live_record WHERE search_file = :file ORDER BY id LIMIT 1", file=search_file
    )
    return raw


def beside(reader: Reader, reference: int) -> Beside:
    """Return the tags, notes and verdicts of a reference."""

    def those(query: str) -> frozenset[str]:
        return frozenset(row["said"] for row in reader.rows(query, reference=reference))

    return Beside(
        those(
            "SELECT t.name AS said FROM live_reference_tag x JOIN live_tag t ON t.id = x.tag "
            "WHERE x.reference = :reference"
        ),
        those("SELECT text AS said FROM live_note WHERE reference = :reference"),
        those("SELECT verdict AS said FROM live_decision WHERE reference = :reference"),
    )
