"""Finding DOIs for references that have none: one question each, judged by the strict rule of `matching`."""

from collections.abc import Callable, Hashable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from evidence_app.domain.csl import CslItem
from evidence_app.services.lookup.failures import CrossrefError
from evidence_app.services.lookup.matching import Match, match, reference_query
from evidence_app.services.progress import Report, silent

Key = TypeVar("Key", bound=Hashable)


class Searcher(Protocol):
    """What is searched: `crossref.Crossref`."""

    def search(self, text: str, rows: int = 5) -> list[dict[str, Any]]:
        """Return the works closest to a text or raise a `CrossrefError`."""

    def watched(self, watch: Callable[[], None]) -> AbstractContextManager[None]:
        """Call `watch` while anything lasts."""


@dataclass(frozen=True, slots=True)
class FindResult(Generic[Key]):
    """The match of each reference, and why others failed. `stopped` says why a run ended early, if it did."""

    matches: dict[Key, Match] = field(default_factory=dict)
    failed: dict[Key, str] = field(default_factory=dict)
    stopped: str = ""


def find_dois(items: Mapping[Key, CslItem], client: Searcher, report: Report = silent) -> FindResult[Key]:
    """Search the work of each reference; one failure does not stop the rest, three in a row do.

    A reference with neither title nor journal is not asked for. Raises what `report` raises."""
    result: FindResult[Key] = FindResult()
    stopped = ""
    trouble = 0
    for done, (key, item) in enumerate(items.items()):
        report(done, len(items))
        if stopped:
            result.failed[key] = stopped
            continue
        try:
            result.matches[key] = _found(item, client, partial(report, done, len(items)))
            trouble = 0
        except CrossrefError as error:
            result.failed[key] = str(error)
            trouble += 1
            stopped = str(error) if error.stops_the_run or trouble >= 3 else ""
    report(len(items), len(items))
    return FindResult(result.matches, result.failed, stopped)


def _found(item: CslItem, client: Searcher, watch: Callable[[], None]) -> Match:
    if not item.get("title") and not item.get("container-title"):
        return Match("none", reason="There is neither a title nor a journal to search for.")
    with client.watched(watch):
        return match(item, client.search(reference_query(item)))
