"""What reading a file yields: records kept verbatim, what they mean, and what found no place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evidence_app.domain.csl import CslItem
from evidence_app.domain.errors import EvidenceError


class UnknownFormat(EvidenceError):
    """The content is none of the formats we read; nothing was imported."""


class UnreadableFile(EvidenceError):
    """The file could not be opened or is not what it claims to be; nothing was imported."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record exactly as the file holds it: its tags in order, its text, the line it begins on."""

    tags: tuple[tuple[str, str], ...]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class FoundDecision:
    """A screening decision another program hid in a note field."""

    verdict: str
    """`include`, `exclude` or `maybe`."""
    person: str = ""
    reason: str = ""
    stage: str = ""
    """`title-abstract`, `full text`, or empty where the file does not say."""
    program: str = ""


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note that travelled with the record, with its author where the file names one."""

    text: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Extras:
    """What came with a record and is no part of the description of the work."""

    decisions: tuple[FoundDecision, ...] = ()
    labels: tuple[str, ...] = ()
    notes: tuple[FoundNote, ...] = ()
    collections: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """One record as read: verbatim, and as a CSL item."""

    raw: RawRecord
    item: CslItem
    source_id: str | None = None
    """What the file calls the record: its key, accession number or identifier."""
    extras: Extras = Extras()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A block of the file that became no record, and why; it can be repaired by hand."""

    line: int
    text: str
    reason: str


@dataclass(slots=True)
class ReadFile:
    """A file being read: `records` streams once, the counts are complete when it is exhausted.

    Then `expected <= placed + len(unplaced)`: every record the file begins is accounted for."""

    format: str
    dialect: str
    records: Iterator[ReadRecord]
    expected: int = 0
    """Records begun in the file by its own marks, so far."""
    placed: int = 0
    unplaced: list[Unplaced] = field(default_factory=list)
    mapping: Mapping[str, str] | None = None
    """What a person said the columns of a table hold, by header."""
