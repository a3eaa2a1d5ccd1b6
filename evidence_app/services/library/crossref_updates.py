"""Bringing references up to date from Crossref: asking, what is still open, and the edits that follow.

Nothing here opens a connection or writes: the client comes in, edits and rows of the cache go out. The window
and the commands use the same functions."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import Change, Edit, counted, insert, set_columns
from evidence_app.domain.reference import Reference
from evidence_app.services.library.references import set_fields
from evidence_app.services.lookup.comparing import Choice, FieldDifference, Typed
from evidence_app.services.lookup.updating import (
    FRESH,
    Answer,
    Asker,
    Outcome,
    look_up,
    outcome,
)
from evidence_app.services.progress import Report, silent
from evidence_app.storage.crossref_answers import KeptAnswer
from evidence_app.storage.project import now
from evidence_app.storage.references import Provenance

CROSSREF: Final = "crossref"
KEPT: Final = "Kept over Crossref’s value"
"""Begins the source of a field that the reviewer left as it is on comparing; a digest of what was offered
follows."""

Known = Mapping[int, Mapping[str, Provenance]]
"""Where the fields of references came from, by reference and variable."""


class KeptAnswers:
    """The answers kept so far, and those that arrive: `fresh` holds what is to be written.

    It outlives a cancelled run, so what arrived before is not asked for again."""

    def __init__(self, kept: Iterable[KeptAnswer] = ()) -> None:
        self._answers: dict[str, Answer] = {}
        self.fresh: dict[str, Answer] = {}
        self.know(kept)

    def know(self, kept: Iterable[KeptAnswer]) -> None:
        """Take what the project keeps."""
        self._answers |= {each.asked.lower(): answer_of(each) for each in kept}

    def get(self, doi: str) -> Answer | None:
        """Return the kept answer for a DOI."""
        return self._answers.get(doi.lower())

    def put(self, answer: Answer) -> None:
        """Keep an answer in place of an earlier one."""
        self._answers[answer.asked.lower()] = answer
        self.fresh[answer.asked.lower()] = answer

    def rows_for(self, references: Iterable[Reference], known: Known | None = None) -> list[KeptAnswer]:
        """Return what to keep of the answers that arrived, with what each means for its reference."""
        by_doi = {reference.doi.lower(): reference for reference in references if reference.doi}
        rows = []
        for doi, answer in self.fresh.items():
            mine = by_doi.get(doi)
            found = outcome(mine.item if mine else {}, answer)
            settled = (known or {}).get(mine.id, {}) if mine else {}
            rows.append(kept_answer(answer, state_of(found, settled), found.reason))
        return rows


def answer_of(kept: KeptAnswer) -> Answer:
    """Return a kept answer as looking up understands it."""
    state: Any = {"differs": "found"}.get(kept.state, kept.state)
    if kept.work is not None and state == "failed":
        state = "found"  # a record that is no reference is an answer all the same
    return Answer(kept.asked, kept.doi or kept.asked, kept.fetched_at, kept.work, state, kept.reason)


def kept_answer(answer: Answer, state: str, reason: str = "") -> KeptAnswer:
    """Return an answer as the project keeps it."""
    return KeptAnswer(
        asked=answer.asked.lower(), doi=answer.doi, state=state, reason=reason or answer.reason,
        fetched_at=answer.fetched_at, work=answer.work,
    )  # fmt: skip


# Asking


@dataclass(frozen=True, slots=True)
class Updated:
    """One reference after it was asked for."""

    reference: Reference
    outcome: Outcome

    def with_state(self, known: Mapping[str, Provenance]) -> str:
        """Return found, differs, not found or failed; what the reviewer settled differs no more."""
        return state_of(self.outcome, known)


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking came to. `stopped` says why a run ended before its end; `passed_over` have no DOI."""

    updated: tuple[Updated, ...] = ()
    passed_over: tuple[Reference, ...] = ()
    stopped: str = ""
    kept: tuple[KeptAnswer, ...] = field(default=(), repr=False)
    """What arrived, for `Project.keep("cache_crossref", crossref_answers.rows_of(…))`."""


def ask(
    references: Sequence[Reference],
    client: Asker | None,
    kept_answers: Iterable[KeptAnswer] | KeptAnswers = (),
    report: Report = silent,
    *,
    known: Known | None = None,
    fresh: timedelta = FRESH,
) -> Asked:
    """Ask Crossref for each reference that has a DOI; without a client only what is kept is used.

    One failure does not stop the rest. Raises what `report` raises (`Cancelled`); give a `KeptAnswers` to
    have what arrived until then."""
    cache = kept_answers if isinstance(kept_answers, KeptAnswers) else KeptAnswers(kept_answers)
    with_doi = [reference for reference in references if reference.doi]
    dois = [reference.doi.lower() for reference in with_doi if reference.doi]
    found = look_up(dois, client, cache, report, fresh=fresh)
    updated = tuple(
        Updated(reference, outcome(reference.item, found.answers[doi]))
        for reference, doi in zip(with_doi, dois, strict=True)
    )
    passed_over = tuple(reference for reference in references if not reference.doi)
    return Asked(updated, passed_over, found.stopped, tuple(cache.rows_for(with_doi, known)))


def outcome_of(reference: Reference, kept: KeptAnswer) -> Outcome:
    """Compare a reference with the answer kept for its DOI."""
    return outcome(reference.item, answer_of(kept))


# What is open


def is_settled(difference: FieldDifference, known: Mapping[str, Provenance]) -> bool:
    """Return whether the reviewer left the field as it is, knowing just this value of Crossref's."""
    provenance = known.get(difference.field)
    return provenance is not None and provenance.source == _kept_source(difference.theirs)


def open_differences(found: Outcome, known: Mapping[str, Provenance]) -> list[FieldDifference]:
    """Return the fields that differ and wait for a choice, empty ones of mine among them."""
    return [difference for difference in found.fields if not is_settled(difference, known)]


def state_of(found: Outcome, known: Mapping[str, Provenance]) -> str:
    """Return what lists say of a reference: found, differs, not found or failed.

    A field that is empty here and filled there is no difference: it can be filled."""
    if found.state not in ("found", "differs"):
        return found.state
    waiting = any(one.kind != "missing" for one in open_differences(found, known))
    return "differs" if waiting else "found"


def restated(
    references: Iterable[Reference], kept: Mapping[str, KeptAnswer], known: Known
) -> list[KeptAnswer]:
    """Return the kept answers whose state is another now that these references have changed."""
    rows = []
    for reference in references:
        answer = kept.get((reference.doi or "").lower())
        if answer is None or answer.work is None:
            continue
        state = state_of(outcome_of(reference, answer), known.get(reference.id, {}))
        if state != answer.state:
            rows.append(replace(answer, state=state))
    return rows


# The edits


def edit_for(
    reference: Reference,
    theirs: CslItem,
    choices: Mapping[str, Choice],
    known: Mapping[str, Provenance],
    *,
    doi: str = "",
) -> Edit:
    """Return the one edit that follows from the choices: `theirs`, `mine`, or a value typed instead.

    What is taken is noted as from Crossref, with the DOI it describes; what is left, as left knowingly."""
    source = doi or str(theirs.get("DOI") or reference.doi or "")
    taken = {
        name: theirs[name] for name, choice in choices.items() if choice == "theirs" and theirs.get(name)
    }
    typed = {name: choice.value or None for name, choice in choices.items() if isinstance(choice, Typed)}
    changes: list[Change] = []
    label = ""
    for fields, origin in ((taken, CROSSREF), (typed, "typed")):
        part = set_fields(reference, fields, known, origin=origin, source=source if fields is taken else "")
        changes += part.changes
    changes = _joined(changes, reference)
    changed = len(taken) + len(typed)
    left = [name for name, choice in choices.items() if choice == "mine" and theirs.get(name)]
    changes += [change for name in left for change in _leave(reference, name, theirs[name], known)]
    if not changes:
        return Edit("Change nothing")
    label = f"Change {counted(changed, 'field')} of {reference.short_label} from Crossref"
    if not changed:
        label = f"Keep {counted(len(left), 'field')} of {reference.short_label} as they are"
    return Edit(label, tuple(changes))


def _joined(changes: Sequence[Change], reference: Reference) -> list[Change]:
    """Join the flags that two groups of fields raise on the same row: both expect the state before."""
    flags: list[Any] = [change for change in changes if "changed_since_check" in getattr(change, "after", {})]
    if len(flags) < 2:
        return list(changes)
    names = sorted({name for flag in flags for name in json.loads(flag.after["changed_since_check"])})
    before = {"changed_since_check": json.dumps(list(reference.changed_since_check))}
    after = {"changed_since_check": json.dumps(names)}
    rest = [change for change in changes if not any(change is flag for flag in flags)]
    return [*rest, *set_columns("reference", reference.id, before, after)]


def _leave(reference: Reference, variable: str, theirs: Any, known: Mapping[str, Provenance]) -> list[Change]:
    old = known.get(variable)
    source = _kept_source(theirs)
    if old is None:
        return [
            insert(
                "provenance", reference=reference.id, variable=variable, origin="imported", at=now(),
                source=source,
            )
        ]  # fmt: skip
    before = {"origin": old.origin, "at": old.at, "source": old.source}
    return set_columns("provenance", old.id, before, {"origin": old.origin, "at": now(), "source": source})


def _kept_source(theirs: Any) -> str:
    text = json.dumps(theirs, ensure_ascii=False, sort_keys=True)
    return f"{KEPT} ({hashlib.sha256(text.encode()).hexdigest()[:8]})"


@dataclass(frozen=True, slots=True)
class Filling:
    """One empty field that Crossref can fill."""

    reference: Reference
    difference: FieldDifference
    doi: str


def fillings(updated: Iterable[Updated], known: Known) -> list[Filling]:
    """Return every empty field that the answers can fill, for a look before it is done."""
    return [
        Filling(each.reference, difference, each.outcome.answer.doi)
        for each in updated
        for difference in open_differences(each.outcome, known.get(each.reference.id, {}))
        if difference.kind == "missing"
    ]


def fill_empty(chosen: Sequence[Filling], known: Known) -> Edit:
    """Return the one edit that fills these empty fields; nothing that is there is touched."""
    by_reference: dict[int, list[Filling]] = {}
    for filling in chosen:
        by_reference.setdefault(filling.reference.id, []).append(filling)
    changes: list[Change] = []
    for at, group in by_reference.items():
        fields = {filling.difference.field: filling.difference.theirs for filling in group}
        changes += set_fields(
            group[0].reference, fields, known.get(at, {}), origin=CROSSREF, source=group[0].doi
        ).changes
    if not changes:
        return Edit("Change nothing")
    where = counted(len(by_reference), "reference")
    return Edit(f"Fill {counted(len(chosen), 'empty field')} of {where} from Crossref", tuple(changes))


def add_dois(chosen: Sequence[tuple[Reference, str]], known: Known) -> Edit:
    """Return the one edit that gives references the DOIs found for them."""
    changes: list[Change] = []
    for reference, doi in chosen:
        fields = {"DOI": doi}
        changes += set_fields(
            reference, fields, known.get(reference.id, {}), origin=CROSSREF, source=doi
        ).changes
    return Edit(f"Add {counted(len(chosen), 'DOI')} found at Crossref", tuple(changes))
