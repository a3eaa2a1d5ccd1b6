"""What is done about duplicates: worked out in the writer's lane, from the review as it is then."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.deduplication import deciding, reporting
from evidence_app.services.deduplication.finding import Match
from evidence_app.services.deduplication.merging import show_value
from evidence_app.services.deduplication.rules import RuleSet
from evidence_app.storage import found_duplicates, references
from evidence_app.storage.applied import Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.ui.acting import write
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report


def merge(context: ScreenContext, match: Match, master: int, choices: Mapping[str, int]) -> None:
    """Merge a pair as it was judged."""
    question = partial(
        deciding.merge_pair, match=match, master=master, choices=dict(choices), person=context.person
    )
    write(context, question)


def judge_different(context: ScreenContext, one: int, other: int, relation: str = "") -> None:
    """Remember for good that two references are two works, with a relation linked as related."""
    question = partial(
        deciding.judge_different, one=one, other=other, person=context.person, relation=relation
    )
    write(context, question)


def take_apart(context: ScreenContext, reference: int, *, are_different: bool) -> None:
    """Take a record out of its work."""
    question = partial(
        deciding.take_apart, reference=reference, person=context.person, are_different=are_different
    )
    write(context, question)


def show_instead(context: ScreenContext, kept: int, merged: int, variables: Sequence[str]) -> None:
    """Show the values of a merged record in the reference that is kept."""
    question = partial(_values, kept=kept, merged=merged, variables=tuple(variables))
    write(context, question)


def merge_batch(context: ScreenContext, edit: Edit, title: str) -> None:
    """Write a batch that was previewed."""
    context.project.write(partial(_apply_made, edit), title)


def export_rules(context: ScreenContext, rules: RuleSet) -> None:
    """Ask for a file, and write the rules and what they did into it."""
    suggestion = context.project.path.with_name(f"{context.project.path.stem} rules for duplicates.xlsx")
    path = context.messages.save_file("Export the rules", "Excel workbook (*.xlsx);;CSV (*.csv)", suggestion)
    if path is None:
        return
    write = partial(reporting.write_rules, context.project.path, rules, path)
    context.lanes.reading.submit(
        write, then=partial(_exported, context), failed=partial(_not_exported, context)
    )


def _exported(context: ScreenContext, path: Path) -> None:
    context.say(f"Wrote the rules to {path.name}")


def _not_exported(context: ScreenContext, error: Exception) -> None:
    if not isinstance(error, EvidenceError):
        raise error
    context.messages.inform("The rules could not be exported.", str(error))


def _values(reader: Reader, kept: int, merged: int, variables: Sequence[str]) -> Edit:
    shown = references.reference(reader, kept)
    item = found_duplicates.items_of(reader, (merged,)).get(merged)
    if shown is None or item is None:
        raise EvidenceError("The reference is not in the review any more; nothing was changed.")
    edits = [show_value(shown, name, item) for name in variables if item.get(name)]
    changes = tuple(change for edit in edits for change in edit.changes)
    return Edit(f"Show what another record says in {shown.short_label}", changes)


def _apply_made(edit: Edit, project: Project, _report: Report) -> Applied | None:
    return project.apply(edit) if edit else None
