"""What a review reports of its duplicates: the methods sentences, the rules, what each of them did."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.deduplication.queue import Queue
from evidence_app.services.deduplication.rules import Rule, RuleSet
from evidence_app.services.deduplication.standard_rules import STANDARD
from evidence_app.services.formats import workbooks
from evidence_app.services.formats.cells import guarded
from evidence_app.storage import duplicates
from evidence_app.storage.connections import Reader

KINDS: Final = {
    "same": "Merged automatically",
    "apart": "Never merged automatically",
    "strangers": "Never in one group",
    "judged": "Left to a person",
}
"""What the rules of each kind do."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about duplicates so far: merges that stand by rule, and by whom."""

    automatic: Counter[str]
    by_person: Counter[str]
    different: int

    @property
    def merged(self) -> int:
        """How many references are merged into others."""
        return self.automatic.total() + self.by_person.total()


def done(reader: Reader) -> Done:
    """Return the merges that stand, by rule, and how many pairs were judged different."""
    automatic: Counter[str] = Counter()
    by_person: Counter[str] = Counter()
    for merge in duplicates.merges(reader):
        (by_person if merge.person else automatic)[merge.rule] += 1
    return Done(automatic, by_person, len(duplicates.judged_different(reader)))


def methods(queue: Queue, so_far: Done) -> str:
    """Return what the methods section says of duplicates, every number counted from the review."""
    totals, rules = queue.totals, queue.looked_by if queue.looked_at else queue.rules
    records = counted(totals.records, "record")
    sources = f" from {counted(totals.sources, 'source')}" if totals.sources else ""
    number = sum(len(each) for each in rules.by_kind.values())
    sentences = [
        f"Duplicates among {records}{sources} were looked for with Evidence Desk{_version()} by {number} "
        "named rules over title, authors, year, journal, volume, issue, pages, DOI, PubMed and "
        "registration number, written in one way before they are compared; records were compared where "
        "they share a DOI, a title, rare words of the title, or a page with a volume or an author.",
        f"{counted(so_far.automatic.total(), 'record')} {_was(so_far.automatic.total())} merged automatically"
        f"{_by_rule(so_far.automatic)}.",
        f"Of the pairs left to a person, {_left(queue, so_far)}.",
        f"{counted(totals.works, 'work')} remained; every merged record is kept and can be taken out again.",
    ]
    off = [rule.label for rule in _all(STANDARD) if rule not in _all(rules)]
    if off:
        sentences.insert(1, f"Switched off: {'; '.join(off)}.")
    return " ".join(sentences)


def _version() -> str:
    try:
        return f" {version('evidence-desk')}"
    except PackageNotFoundError:
        return ""


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _by_rule(found: Counter[str]) -> str:
    labels = {rule.name: rule.label for rule in STANDARD.same}
    named = [
        f"{labels[name][:1].lower()}{labels[name][1:]}, {count:,}"
        for name, count in found.most_common()
        if name in labels
    ]
    return f" ({'; '.join(named)})" if named else ""


def _left(queue: Queue, so_far: Done) -> str:
    told = [
        f"{so_far.by_person.total():,} {_was(so_far.by_person.total())} judged to be the same",
        f"{so_far.different:,} to be different",
    ]
    open_ = len(queue.waiting) + len(queue.later)
    return " and ".join(told) + (
        f"; {open_:,} {'is' if open_ == 1 else 'are'} still to be judged" if open_ else ""
    )


def _all(rules: RuleSet) -> list[Rule]:
    return [rule for kind in rules.by_kind.values() for rule in kind]


HEADS: Final = (
    "Rule", "What it does", "In words", "Why", "Condition", "In force", "Merged automatically",
    "Merged by a person",
)  # fmt: skip


def table(rules: RuleSet, so_far: Done) -> list[list[str | int | None]]:
    """Return every rule with its condition, whether it is in force, and how many merges stand by it."""
    in_force = set(_all(rules))
    made: list[list[str | int | None]] = [list(HEADS)]
    for kind, several in STANDARD.by_kind.items():
        for rule in several:
            made.append(
                [
                    rule.name, KINDS[kind], rule.label, rule.explanation, rule.condition,
                    "yes" if rule in in_force else "switched off",
                    so_far.automatic[rule.name], so_far.by_person[rule.name],
                ]
            )  # fmt: skip
    return made


def write_rules(project: Path, rules: RuleSet, out: Path) -> Path:
    """Write the rules and what they did as a table, .xlsx or .csv, whole or not at all.

    Raises `EvidenceError` where it cannot be written."""
    with Reader(project) as reader:
        rows = table(rules, done(reader))
    if out.suffix.lower() == ".csv":
        _write_csv(out, rows)
    else:
        workbooks.write_table(out, "Rules", rows)
    return out


def _write_csv(out: Path, rows: Sequence[Sequence[str | int | None]]) -> None:
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            for row in rows:
                writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
        beside.replace(out)
    except OSError as error:
        raise EvidenceError(
            f"{out.name} could not be written ({error.strerror}). Nothing was changed."
        ) from error
    finally:
        beside.unlink(missing_ok=True)
