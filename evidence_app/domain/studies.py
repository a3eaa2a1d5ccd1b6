"""Full texts, studies and what is extracted from them: a study is an investigation, a report tells of it."""

from dataclasses import dataclass
from enum import StrEnum


class Retrieval(StrEnum):
    """How far a full text is got hold of."""

    SOUGHT = "sought"
    REQUESTED = "requested"
    RECEIVED = "received"
    NOT_AVAILABLE = "not available"


class Part(StrEnum):
    """What a report is among the reports of its study."""

    MAIN = "main"
    COMPANION = "companion"
    PROTOCOL = "protocol"


class LinkState(StrEnum):
    """What became of the thought that two reports tell of one study."""

    SUGGESTED = "suggested"
    JOINED = "joined"
    REFUSED = "refused"


class FieldKind(StrEnum):
    """What a field of the extraction form takes."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes or no"
    DATE = "date"


class ValueState(StrEnum):
    """Where the value of a characteristic comes from; it is shown beside it."""

    QUOTED = "quoted"
    TYPED = "typed"
    INFERRED = "inferred"
    DERIVED = "derived"
    NOT_REPORTED = "not reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to get a full text."""

    id: int
    reference: int
    state: Retrieval
    how: str = ""
    note: str = ""
    person: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyReport:
    """A report as a part of its study; `id` is the row that joins them, None while none is written."""

    id: int | None
    reference: int
    part: Part = Part.MAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """An investigation with its reports. One without a row is a report nobody joined to another."""

    id: int | None
    label: str
    note: str = ""
    reports: tuple[StudyReport, ...] = ()

    @property
    def references(self) -> tuple[int, ...]:
        """The references that tell of it, the main report first."""
        return tuple(each.reference for each in self.reports)

    @property
    def main(self) -> int:
        """The reference under which its characteristics are asked first."""
        return self.reports[0].reference if self.reports else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyLink:
    """Two reports that may tell of one study, with the reason a person or an import gave."""

    id: int
    first: int
    second: int
    reason: str = ""
    state: LinkState = LinkState.SUGGESTED

    @property
    def pair(self) -> frozenset[int]:
        """Both reports, whichever stands first."""
        return frozenset((self.first, self.second))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionField:
    """A field of the form by which the team describes studies; `id` is None where only values name it."""

    id: int | None
    name: str
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[str, ...] = ()
    several: bool = False
    explanation: str = ""
    position: float = 0.0

    @property
    def title(self) -> str:
        """Its name as heads and captions show it."""
        return self.name[:1].upper() + self.name[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of one field in one report; a draft is one extractor's own and counts nowhere."""

    id: int
    reference: int
    name: str
    value: str
    state: ValueState = ValueState.TYPED
    basis: str = ""
    place: str = ""
    person: int | None = None
    by: str = ""
    at: str = ""
    draft: bool = False

    @property
    def is_reported(self) -> bool:
        """Whether the report says it."""
        return self.state is not ValueState.NOT_REPORTED and bool(self.value.strip())
