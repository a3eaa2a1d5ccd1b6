"""Joining reports into studies and taking them apart. A report is a part of one study only.

A report that nobody joined stands for a study of its own without a row, until something is said of it."""

from collections.abc import Sequence
from typing import Final

from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.studies import LinkState, Part, Study, StudyLink

_FEWEST: Final = 2


def join(several: Sequence[Study], links: Sequence[StudyLink] = (), label: str = "") -> Edit:
    """Return the edit that makes one study of several: the first one's label, main report and note stay.

    Links between the reports are marked as joined. Raises `EvidenceError` for fewer than two studies."""
    if len(several) < _FEWEST:
        raise EvidenceError("Choose two studies or more to join; nothing was changed.")
    kept = next((each for each in several if each.id is not None), several[0])
    first = several[0]
    changes, row = _written(kept)
    if first is not kept or label:
        wanted = label or first.label
        changes += [] if kept.id is None else set_columns("study", kept.id, {"label": kept.label},
                                                          {"label": wanted})  # fmt: skip
    for study in several:
        if study is kept:
            continue
        changes += _moved(study, row)
        if study.id is not None:
            changes.append(remove("study", study.id))
    changes += _linked({reference for study in several for reference in study.references}, links)
    reports = sum(len(study.reports) for study in several)
    return Edit(f"Join {counted(reports, 'report')} into {label or first.label}", tuple(changes))


def _moved(study: Study, row: int | RowOf) -> list[Change]:
    """Return the changes that make companions of a study's reports; protocols stay protocols."""
    changes: list[Change] = []
    for report in study.reports:
        part = Part.PROTOCOL if report.part is Part.PROTOCOL else Part.COMPANION
        if report.id is not None:
            changes.append(remove("study_report", report.id))
        changes.append(insert("study_report", study=row, reference=report.reference, part=part.value))
    return changes


def _written(study: Study) -> tuple[list[Change], int | RowOf]:
    """Return what gives a study its row, and the row."""
    if study.id is not None:
        return [], study.id
    made = insert("study", label=study.label, note=study.note)
    row = RowOf("study", made.guid)
    reports = [
        insert("study_report", study=row, reference=each.reference, part=each.part.value)
        for each in study.reports
    ]
    return [made, *reports], row


def _linked(joined: set[int], links: Sequence[StudyLink]) -> list[Change]:
    changes: list[Change] = []
    for link in links:
        if link.pair <= joined:
            before, after = {"state": link.state.value}, {"state": LinkState.JOINED.value}
            changes += set_columns("study_link", link.id, before, after)
    return changes


def split(study: Study, away: Sequence[int], links: Sequence[StudyLink] = ()) -> Edit:
    """Return the edit that takes reports out of a study; each is a study of its own again.

    A study that keeps no report goes. Links across the cut are suggestions again."""
    leaving = set(away) & set(study.references)
    staying = [each for each in study.reports if each.reference not in leaving]
    changes: list[Change] = [
        remove("study_report", each.id) for each in study.reports
        if each.id is not None and each.reference in leaving
    ]  # fmt: skip
    if not staying and study.id is not None:
        changes.append(remove("study", study.id))
    elif changes and staying[0].part is Part.COMPANION and staying[0].id is not None:
        changes += set_columns("study_report", staying[0].id, {"part": "companion"}, {"part": "main"})
    for link in links:
        if link.state is LinkState.JOINED and link.pair & leaving:
            changes += set_columns("study_link", link.id, {"state": "joined"}, {"state": "suggested"})
    return Edit(f"Take {counted(len(leaving), 'report')} out of {study.label}", tuple(changes))


def rename(study: Study, label: str) -> Edit:
    """Return the edit that gives a study another label."""
    label = label.strip()
    if not label or label == study.label:
        return Edit(f"Rename {study.label}")
    if study.id is None:
        changes, _ = _written(Study(id=None, label=label, note=study.note, reports=study.reports))
        return Edit(f"Name a study {label}", tuple(changes))
    changes = set_columns("study", study.id, {"label": study.label}, {"label": label})
    return Edit(f"Rename {study.label}", tuple(changes))


def note(study: Study, text: str) -> Edit:
    """Return the edit that writes what is to be known of a study."""
    changes, row = _written(study)
    text = text.strip()
    if text == study.note:
        return Edit(f"Note on {study.label}")
    if isinstance(row, int):
        return Edit(f"Note on {study.label}", tuple(set_columns("study", row, {"note": study.note},
                                                                {"note": text})))  # fmt: skip
    changes, _ = _written(Study(id=None, label=study.label, note=text, reports=study.reports))
    return Edit(f"Note on {study.label}", tuple(changes))


def set_part(study: Study, reference: int, part: Part) -> Edit:
    """Return the edit that says what a report is in its study; a new main report makes the old a companion.

    Raises `EvidenceError` where the study would be left without a main report."""
    label = f"Make a report of {study.label} its {part.value}"
    held = {each.reference: each for each in study.reports}
    if reference not in held or held[reference].part is part:
        return Edit(label)
    mains = [each.reference for each in study.reports if each.part is Part.MAIN]
    if part is not Part.MAIN and mains == [reference]:
        raise EvidenceError("A study has a main report: make another one the main report first.")
    wanted = {reference: part}
    if part is Part.MAIN:
        wanted |= dict.fromkeys(mains, Part.COMPANION)
    changes: list[Change] = []
    for each, to in wanted.items():
        row = held[each].id
        if row is not None:
            changes += set_columns("study_report", row, {"part": held[each].part.value}, {"part": to.value})
    return Edit(label, tuple(changes))


def refuse(first: int, second: int, links: Sequence[StudyLink], reason: str = "") -> Edit:
    """Return the edit that says two reports do not tell of one study, so that it is not suggested again."""
    held = [link for link in links if link.pair == {first, second}]
    if not held:
        made = insert("study_link", reference_a=first, reference_b=second, reason=reason,
                      state=LinkState.REFUSED.value)  # fmt: skip
        return Edit("Keep two studies apart", (made,))
    changes: list[Change] = []
    for link in held:
        changes += set_columns("study_link", link.id, {"state": link.state.value}, {"state": "refused"})
    return Edit("Keep two studies apart", tuple(changes))
