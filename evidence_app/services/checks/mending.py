"""What a reviewer does about results: waive them with a reason, or let the safe fixes be made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from evidence_app.domain.contents import ReviewContents, Waiver
from evidence_app.domain.csl import without_empty
from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.services.checks.results import CheckResult, Fix
from evidence_app.services.checks.rules import rule_named, run_checks
from evidence_app.services.library.references import set_fields
from evidence_app.storage.project import now
from evidence_app.storage.references import Provenance

_ROUNDS = 10


def waive(results: Sequence[CheckResult], reason: str, person: int | RowOf | None) -> Edit:
    """Return the edit that lets results stand, with the reason that is printed on export.

    Raises `EvidenceError` without a reason. Results that are waived already are passed over."""
    if not reason.strip():
        raise EvidenceError(
            "A waiver needs a reason, because it is printed with the export. Nothing was waived."
        )
    at = now()
    still_open = [result for result in results if result.waived is None]
    changes = tuple(
        insert("waiver", rule=each.rule, subject=each.subject, reason=reason.strip(), person=person, at=at)
        for each in still_open
    )
    return Edit(f"Waive {counted(len(changes), 'result')}", changes)


def take_back(waivers: Sequence[Waiver]) -> Edit:
    """Return the edit that takes waivers back, so that their results are open again."""
    return Edit(
        f"Take back {counted(len(waivers), 'waiver')}",
        tuple(remove("waiver", waiver.id) for waiver in waivers),
    )


def fixes_for(results: Iterable[CheckResult], contents: ReviewContents) -> tuple[Fix, ...]:
    """Return the fixes of these results as a preview shows them: one for each field, from now to the end.

    Where several rules mend one field their fixes are made one after the other."""
    asked = tuple(results)
    names = dict.fromkeys(result.rule for result in asked if result.fix)
    rules = [rule for name in names if (rule := rule_named(name))]
    concerned = {result.fix.reference for result in asked if result.fix}
    made: dict[tuple[int, str], Fix] = {}
    for _ in range(_ROUNDS):
        fixes = [found.fix for found in run_checks(contents, rules) if found.fix and found.waived is None]
        first = {(fix.reference, fix.variable): fix for fix in reversed(fixes) if fix.reference in concerned}
        if not first:
            break
        for place, fix in first.items():
            made[place] = _after(made.get(place), fix)
        contents = _mended(contents, first.values())
    return tuple(made.values())


def _after(earlier: Fix | None, later: Fix) -> Fix:
    if earlier is None:
        return later
    label = earlier.label if later.label in earlier.label else f"{earlier.label}; {later.label.lower()}"
    return replace(later, label=label, before=earlier.before)


def _mended(contents: ReviewContents, fixes: Iterable[Fix]) -> ReviewContents:
    values: dict[int, dict[str, object]] = {}
    for fix in fixes:
        values.setdefault(fix.reference, {})[fix.variable] = fix.after
    references = tuple(
        replace(each, item=without_empty({**each.item, **values[each.id]})) if each.id in values else each
        for each in contents.references
    )
    return replace(contents, references=references)


def mend(
    fixes: Iterable[Fix], contents: ReviewContents, known: Callable[[int], Mapping[str, Provenance]]
) -> Edit:
    """Return the one edit that makes fixes; `known` tells where the fields of a reference came from."""
    fields: dict[int, dict[str, object]] = {}
    for fix in fixes:
        fields.setdefault(fix.reference, {})[fix.variable] = fix.after
    changes: list[Change] = []
    for identity, values in fields.items():
        reference: Reference = contents.by_id[identity]
        changes += set_fields(reference, values, known(identity), origin="typed", source="fix").changes
    return Edit(f"Fix {counted(sum(map(len, fields.values())), 'field')}", tuple(changes))
