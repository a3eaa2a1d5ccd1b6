"""All rules, and running them over a review."""

from collections.abc import Iterable
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.services.checks import (
    citations,
    dates,
    fields,
    flow_diagram,
    identifiers,
    journals,
    names,
    numbers,
    quoted,
    retractions,
    structure,
    titles,
)
from evidence_app.services.checks.results import CheckResult, Level, Rule

_ORDER: Final = tuple(Level)
RULES: Final[tuple[Rule, ...]] = tuple(
    sorted(
        (
            *retractions.RULES, *citations.RULES, *quoted.RULES, *flow_diagram.RULES, *numbers.RULES,
            *structure.RULES,
            *identifiers.RULES, *journals.RULES, *dates.RULES, *fields.RULES, *names.RULES, *titles.RULES,
        ),
        key=lambda rule: _ORDER.index(rule.level),
    )
)  # fmt: skip
"""Every rule, errors first, within a level by topic: the order of screens, commands and reports."""

_BY_NAME: Final = {rule.name: rule for rule in RULES}


def rule_named(name: str) -> Rule | None:
    """Return the rule of this name."""
    return _BY_NAME.get(name)


def run_checks(contents: ReviewContents, rules: Iterable[Rule] = RULES) -> list[CheckResult]:
    """Look with every rule and return what was found, in the order of the rules and of the review.

    A result somebody waived comes with its waiver; it is for the reader to leave it out."""
    waivers = {(waiver.rule, waiver.subject): waiver for waiver in contents.waivers}
    return [
        CheckResult(
            rule=rule.name, level=rule.level, subject=found.subject, message=found.message,
            references=found.references, block=found.block, fix=found.fix,
            waived=waivers.get((rule.name, found.subject)),
        )
        for rule in rules
        for found in rule.look(contents)
    ]  # fmt: skip


def open_results(results: Iterable[CheckResult]) -> list[CheckResult]:
    """Return the results nobody waived."""
    return [result for result in results if result.waived is None]
