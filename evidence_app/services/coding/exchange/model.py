"""What a REFI-QDA file holds, as plain values in the words of the standard (REFI-QDA 1.5, Project.xsd)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.errors import EvidenceError

PROJECT_NAMESPACE: Final = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE: Final = "urn:QDA-XML:codebook:1.0"


class BadExchangeFile(EvidenceError):
    """The file is damaged, hostile, or no REFI-QDA file."""


@dataclass(slots=True, kw_only=True)
class QdaCode:
    """A code; one that is not codable is a folder. `path` names it from the root."""

    guid: str
    name: str
    codable: bool = True
    colour: str = ""
    description: str = ""
    parent: str = ""
    path: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class QdaCoding:
    """One use of a code."""

    guid: str
    code: str
    user: str = ""
    at: str = ""
    notes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class QdaSelection:
    """A passage of a text (start and end as the program counts), or an area of a page, or both."""

    guid: str
    name: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    """From 0, with the corners `box` in PDF points from the bottom left."""
    box: tuple[int, int, int, int] | None = None
    words: str = ""
    """The words of an area, where the program wrote them beside it."""
    description: str = ""
    codings: tuple[QdaCoding, ...] = ()
    user: str = ""
    at: str = ""
    notes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class QdaSource:
    """A document: its raw text as it stands in the file, its own file, and what is selected in it."""

    guid: str
    name: str
    text: str | None = None
    """With its byte order mark and line ends: offsets may count them."""
    file: str = ""
    """The file of the document itself in the package, by its name there."""
    selections: list[QdaSelection] = field(default_factory=list)
    codings: tuple[QdaCoding, ...] = ()
    description: str = ""
    notes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class QdaCase:
    """A unit of analysis: for us a report, with its characteristics."""

    guid: str
    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class QdaNote:
    """A memo."""

    guid: str
    name: str = ""
    text: str = ""
    user: str = ""
    at: str = ""


@dataclass(slots=True, kw_only=True)
class QdaSet:
    """A group of codes: for us a theme."""

    guid: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class QdaLink:
    """A link between two objects; NVivo writes annotations as links from a note to a selection."""

    origin: str
    target: str
    guid: str = ""
    name: str = ""


@dataclass(slots=True, kw_only=True)
class QdaProject:
    """A whole project, and what of the file has no place in it."""

    name: str
    origin: str = ""
    users: dict[str, str] = field(default_factory=dict)
    codes: list[QdaCode] = field(default_factory=list)
    cases: list[QdaCase] = field(default_factory=list)
    sources: list[QdaSource] = field(default_factory=list)
    notes: list[QdaNote] = field(default_factory=list)
    sets: list[QdaSet] = field(default_factory=list)
    links: list[QdaLink] = field(default_factory=list)
    not_kept: dict[str, int] = field(default_factory=dict)
    """What was found and cannot be held, with how often: Picture source, Graph …"""

    def leave(self, what: str, times: int = 1) -> None:
        """Note something that is not kept."""
        if times:
            self.not_kept[what] = self.not_kept.get(what, 0) + times
