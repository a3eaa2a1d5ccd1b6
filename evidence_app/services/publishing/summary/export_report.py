"""The last page of every summary: what is unchecked, what was waived and why, and the states of numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from evidence_app.domain.contents import ReviewContents, Waiver
from evidence_app.domain.manuscript import Mark, Text
from evidence_app.domain.review import NumberState
from evidence_app.services.checks.rules import rule_named, run_checks
from evidence_app.services.checks.scope import called, opening
from evidence_app.services.publishing.summary.model import (
    Bullets,
    Heading,
    Page,
    Paragraph,
    Part,
    Words,
    said,
)
from evidence_app.services.publishing.summary.notices import sentence
from evidence_app.services.publishing.summary.numbers import counted_noun, differences

_MOST = 12
"""Open checks of one rule that are printed one by one; the rest is counted."""


class OpenCheck(Protocol):
    """What the report needs of a check that found something."""

    @property
    def rule(self) -> str:
        """The rule's name."""

    @property
    def level(self) -> str:
        """error, doubt, style or information."""

    @property
    def message(self) -> str:
        """What was found, in a sentence."""


def report_page(
    contents: ReviewContents,
    open_checks: Sequence[OpenCheck] | None,
    waivers: Sequence[Waiver],
    style_title: str,
) -> Page:
    """Return the page that says what state the review was in when it was exported.

    `open_checks` is None where nobody looked: that is said, and is not the same as none."""
    parts: list[Part] = [Heading(1, said("Export report"), key="export-report")]
    parts.append(Paragraph(said(f"Citations follow the style {style_title}. {_states(contents)}")))
    if contents.updates:
        parts.append(Heading(2, said("Retractions, concerns and corrections")))
        parts.append(Bullets(tuple(said(sentence(update, contents)) for update in contents.updates)))
    if different := differences(contents):
        parts.append(Heading(2, said("Numbers that differ")))
        parts.append(Bullets(tuple(said(line) for line in different)))
    if contents.overruled:
        parts.append(Heading(2, said("Reports counted otherwise than cited, with reasons")))
        parts.append(Bullets(tuple(_overruled(contents))))
    parts.append(Heading(2, said("Open checks")))
    parts += _checks(open_checks)
    parts.append(Heading(2, said("Waived checks, with reasons")))
    if waivers:
        found = _messages(waivers, contents)
        parts.append(Bullets(tuple(_waived(waiver, contents, found) for waiver in waivers)))
    else:
        parts.append(Paragraph(said("None: no check has been waived.")))
    return Page(key="export-report", parts=tuple(parts))


def _overruled(contents: ReviewContents) -> Iterator[Words]:
    findings = {block.id: block for block in contents.findings}
    for each in contents.overruled:
        block, report = findings.get(each.block), contents.by_id.get(each.reference)
        if block is not None and report is not None:
            does = "counts for" if each.counts else "is left out of"
            yield said(f"{called(report)} {does} “{opening(block)}”: {each.reason}")


def _states(contents: ReviewContents) -> str:
    counts = Counter(number.state for number in contents.numbers)
    if not counts:
        return "The review states no numbers of its own; every count here was derived from its references."
    named = ", ".join(
        f"{counts[state]} {name}"
        for state, name in (
            (NumberState.TYPED, "taken from the source"), (NumberState.DERIVED, "derived (‡)"),
            (NumberState.INFERRED, "inferred (†)"), (NumberState.NOT_REPORTED, "not reported"),
        )
        if counts[state]
    )  # fmt: skip
    return f"Of the {counted_noun(sum(counts.values()), 'number')} the review states: {named}."


def _checks(open_checks: Sequence[OpenCheck] | None) -> list[Part]:
    if open_checks is None:
        return [Paragraph(said("The checks were not run for this export."))]
    if not open_checks:
        return [Paragraph(said("None: every check has passed or was waived."))]
    by_rule: dict[tuple[str, str], list[str]] = {}
    for check in open_checks:
        by_rule.setdefault((str(check.level), check.rule), []).append(check.message)
    lines: list[Words] = []
    for (level, rule), messages in by_rule.items():
        name = _title(rule)
        more = f" And {len(messages) - _MOST} more." if len(messages) > _MOST else ""
        shown = " ".join(f"{message.rstrip('.')}." for message in messages[:_MOST])
        lines.append((Text(f"{name} ({level}). ", (Mark.STRONG,)), Text(shown + more)))
    return [Bullets(tuple(lines))]


def _title(rule: str) -> str:
    known = rule_named(rule)
    return known.title if known else rule.replace("-", " ").replace("_", " ").capitalize()


def _messages(waivers: Sequence[Waiver], contents: ReviewContents) -> dict[tuple[str, str], str]:
    """Return what the checks say of each thing that was waived and is still found."""
    rules = [rule for name in dict.fromkeys(waiver.rule for waiver in waivers) if (rule := rule_named(name))]
    return {(found.rule, found.subject): found.message for found in run_checks(contents, rules)}


def _waived(waiver: Waiver, contents: ReviewContents, messages: Mapping[tuple[str, str], str]) -> Words:
    who = ", ".join(part for part in (waiver.by, waiver.at[:10]) if part)
    name = _title(waiver.rule)
    if reference := _reference(waiver.subject, contents):
        head, what = f"{name}, {reference}. ", ""
    else:
        message = messages.get((waiver.rule, waiver.subject), "It is no longer found.")
        head, what = f"{name}. ", f"{message.rstrip('.')}. Waived: "
    return (
        Text(head, (Mark.STRONG,)),
        Text(f"{what}{waiver.reason.rstrip('.')}.{f' ({who})' if who else ''}"),
    )


def _reference(subject: str, contents: ReviewContents) -> str:
    """Return the reference a waiver names, or nothing where it names something else, or more."""
    kind, _, key = subject.partition(":")
    if kind == "reference" and key.isdigit() and (found := contents.by_id.get(int(key))):
        return f"reference {found.number}" if found.number is not None else found.short_label
    return ""
