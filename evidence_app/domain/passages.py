"""Editorial passages: what the short summary for decision makers says beside the review's own text.

A passage is a question, an answer, a message, a row of the table “what blocks, what helps, who can act”, a
disagreement, something not known, or a theme's definition in one sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from evidence_app.domain.manuscript import Text, text_run
from evidence_app.domain.reference import ReferenceId

PASSAGE_KINDS: Final = ("question", "answer", "message", "row", "disagreement", "unknown", "definition")
"""The kinds of passage, in the order the summary prints them."""


@dataclass(frozen=True, slots=True)
class PassageCitation:
    """The works cited together at one place of a passage, in the order printed."""

    references: tuple[ReferenceId, ...]


PassageRun = Text | PassageCitation


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One editorial passage; `details` hold what its kind needs beside the words.

    A `row` has `blocks` and `helps` (runs) and `who` (a list of `{"runs": …, "inferred": bool}`); a `message`
    may name its topics in `topics`. Runs inside details are in the form `passage_runs` reads."""

    id: int
    guid: str
    kind: str
    theme: int | None = None
    position: float = 0.0
    title: str = ""
    runs: tuple[PassageRun, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    stored: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The columns `runs` and `details` as the project holds them: what an edit expects to find."""

    @property
    def text(self) -> str:
        """The words alone, citations left out."""
        return "".join(run.text for run in self.runs if isinstance(run, Text))

    def cited(self) -> Iterator[ReferenceId]:
        """Yield the references the passage cites, in its details too, in order and once for each place."""
        yield from _cited(self.runs)
        for name in ("blocks", "helps"):
            yield from _cited(passage_runs(self.details.get(name, ())))
        for actor in self.details.get("who", ()):
            yield from _cited(passage_runs(actor.get("runs", ())))


def passage_runs_to_json(runs: Sequence[PassageRun], guids: Mapping[int, str]) -> list[Any]:
    """Return runs as the project holds them, works by their guid; empty citations are left out."""
    plain: list[Any] = []
    for run in runs:
        if isinstance(run, PassageCitation):
            works = [guids.get(work, work) for work in run.references]
            if works:
                plain.append({"cite": works})
        elif run.text and run.marks:
            plain.append([run.text, *(mark.value for mark in run.marks)])
        elif run.text:
            plain.append(run.text)
    return plain


def _cited(runs: Sequence[PassageRun]) -> Iterator[ReferenceId]:
    for run in runs:
        if isinstance(run, PassageCitation):
            yield from run.references


def passage_runs(plain: Sequence[Any], ids: Mapping[str, int] | None = None) -> tuple[PassageRun, ...]:
    """Return the runs held as plain values: text, [text, mark…], {"cite": [reference ids or guids]}.

    Guids are looked up in `ids`; a work that is not in the review is left out of its citation."""
    runs: list[PassageRun] = []
    for value in plain:
        if isinstance(value, dict) and isinstance(value.get("cite"), list):
            works = [work if isinstance(work, int) else (ids or {}).get(str(work)) for work in value["cite"]]
            runs.append(PassageCitation(tuple(ReferenceId(work) for work in works if work is not None)))
        elif text := text_run(value):
            runs.append(text)
    return tuple(runs)
