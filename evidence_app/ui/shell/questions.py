"""What the window itself asks the project: the review's name, the counts, what the palette finds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evidence_app.storage.connections import Reader
from evidence_app.ui.screen import Subject
from evidence_app.ui.shell.rail import Count


@dataclass(frozen=True, slots=True)
class Found:
    """A reference, theme or block that the palette found: its words, what it is, and where it opens."""

    text: str
    context: str
    screen: str
    subject: Subject
    icon: str = "ph.article"


def _none_found(_reader: Reader, _words: str) -> Sequence[Found]:
    return ()


def _no_counts(_reader: Reader) -> Mapping[str, Count]:
    return {}


def _untitled(_reader: Reader) -> tuple[str, str]:
    return ("Evidence Desk", "")


def _no_snapshot(_reader: Reader) -> str:
    return ""


def asked(find: Callable[[Reader, str], Sequence[Found]], words: str, reader: Reader) -> Sequence[Found]:
    """Ask what the palette finds."""
    return find(reader, words)


@dataclass(frozen=True, slots=True)
class Questions:
    """What the window itself asks the project, in a reading lane: given by the composition root."""

    find: Callable[[Reader, str], Sequence[Found]] = _none_found
    counts: Callable[[Reader], Mapping[str, Count]] = _no_counts
    name: Callable[[Reader], tuple[str, str]] = _untitled
    slow: Callable[[Reader], Mapping[str, Count]] | None = None
    """Counts that take a look at the whole review; asked once nobody edits."""
    snapshot: Callable[[Reader], str] = _no_snapshot
    """What the status line says of the last verified copy."""
