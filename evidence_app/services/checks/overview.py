"""What the checks found, as a screen lists it: each rule with its results, each result with its places."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block
from evidence_app.domain.reference import Reference, folded
from evidence_app.services.checks.results import CheckResult, Level, Rule
from evidence_app.services.checks.rules import RULES, run_checks
from evidence_app.services.checks.scope import called, listed, opening
from evidence_app.services.flow.review_flow import review_flow
from evidence_app.storage.connections import Reader
from evidence_app.storage.contents import review_contents
from evidence_app.storage.overview import how_many
from evidence_app.storage.references import leaving
from evidence_app.storage.support import supports

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_EXAMPLE: Final = re.compile(r"`([^`]+)`")
_WAITING: Final = (Level.ERROR, Level.DOUBT)
_MOST_PLACES: Final = 12
_UNSCREENED: Final = 2000
"""More references than this, none of them in the review yet, are not looked at unasked."""


class Place(NamedTuple):
    """Where a result can be looked at: what it is (reference, block, theme), its row, how it is called.

    `flow:` and a key is an equation of the flow diagram, which has no row."""

    kind: str
    row: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """One result in a list: its citation number, what it is about, what is said of it, where it is mended."""

    result: CheckResult
    number: str
    label: str
    said: str
    places: tuple[Place, ...] = ()

    @property
    def is_waived(self) -> bool:
        """Whether somebody let it stand."""
        return self.result.waived is not None

    @property
    def waived_words(self) -> str:
        """Who let it stand, and why; empty while it is open."""
        waiver = self.result.waived
        if waiver is None:
            return ""
        return f"Waived by {waiver.by}: {waiver.reason}" if waiver.by else f"Waived: {waiver.reason}"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with all it found, what is open first."""

    rule: Rule
    found: tuple[FoundLine, ...] = ()

    @property
    def open(self) -> tuple[FoundLine, ...]:
        """The results nobody waived."""
        return tuple(line for line in self.found if not line.is_waived)

    @property
    def waived(self) -> tuple[FoundLine, ...]:
        """The results somebody let stand."""
        return tuple(line for line in self.found if line.is_waived)

    @property
    def fixes(self) -> tuple[CheckResult, ...]:
        """The open results that can be mended unasked."""
        return tuple(line.result for line in self.open if line.result.fix is not None)

    @property
    def why(self) -> str:
        """One line: the result itself where there is one, else the works and what is wrong with them."""
        explained = in_prose(_SENTENCE.split(self.rule.explanation)[0])
        if not self.open:
            return self.waived[0].waived_words if self.waived else explained
        if len(self.open) == 1:
            return self.open[0].result.message
        numbers = [line.number for line in self.open if line.number]
        return f"{_some(numbers)}. {explained}" if numbers else explained


@dataclass(frozen=True, slots=True)
class Overview:
    """All rules in order, those that found nothing too."""

    rules: tuple[RuleLine, ...] = ()

    def counts(self) -> dict[Level, int]:
        """Return how many results of each level are open."""
        counts = dict.fromkeys(Level, 0)
        for line in self.rules:
            counts[line.rule.level] += len(line.open)
        return counts

    @property
    def waiting(self) -> int:
        """How many errors and doubts are open: what a person has to look at."""
        counts = self.counts()
        return sum(counts[level] for level in _WAITING)

    @property
    def waived(self) -> int:
        """How many results are waived."""
        return sum(len(line.waived) for line in self.rules)

    @property
    def silent(self) -> tuple[RuleLine, ...]:
        """The rules that found nothing."""
        return tuple(line for line in self.rules if not line.found)

    def rule(self, name: str) -> RuleLine | None:
        """Return the line of a rule by its name."""
        return next((line for line in self.rules if line.rule.name == name), None)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A review at one moment and what the checks say of it."""

    contents: ReviewContents
    overview: Overview


def look_at(reader: Reader) -> LookedAt:
    """Read the review and run every check over it."""
    contents = contents_to_check(reader)
    return LookedAt(contents, overview(contents))


def contents_to_check(reader: Reader) -> ReviewContents:
    """Return the review as the checks look at it: what leaves it, what findings rest on, the flow counted."""
    found = review_contents(reader, leaving=True)
    return replace(found, flow=review_flow(reader), support=tuple(supports(reader)))


def waiting(reader: Reader) -> int:
    """Return how many errors and doubts are open; 0 while all there is are records still to be screened."""
    if how_many(reader).get("library", 0) > _UNSCREENED and not leaving(reader):
        return 0
    contents = contents_to_check(reader)
    found = run_checks(contents, (rule for rule in RULES if rule.level in _WAITING))
    return sum(result.waived is None for result in found)


def overview(contents: ReviewContents, rules: Iterable[Rule] = RULES) -> Overview:
    """Return every rule with what it finds in a review."""
    asked = tuple(rules)
    lines: dict[str, list[FoundLine]] = {rule.name: [] for rule in asked}
    blocks = {block.guid: block for block in contents.blocks}
    for result in run_checks(contents, asked):
        lines[result.rule].append(found_line(result, contents, blocks))
    ordered = {name: sorted(found, key=lambda line: line.is_waived) for name, found in lines.items()}
    return Overview(tuple(RuleLine(rule, tuple(ordered[rule.name])) for rule in asked))


def found_line(
    result: CheckResult, contents: ReviewContents, blocks: Mapping[str, Block] | None = None
) -> FoundLine:
    """Return one result as a line: named by its works, else by the passage, theme or section it is about."""
    known = {block.guid: block for block in contents.blocks} if blocks is None else blocks
    works = [contents.by_id[each] for each in result.references if each in contents.by_id]
    block = known.get(result.block or "")
    number, label = _called(result, works, block, contents)
    return FoundLine(
        result=result, number=number, label=label, said=_said(result, works),
        places=tuple(_places(result, works, block, contents)),
    )  # fmt: skip


def _called(
    result: CheckResult, works: list[Reference], block: Block | None, contents: ReviewContents
) -> tuple[str, str]:
    if len(works) == 1:
        number = works[0].number
        return ("" if number is None else str(number)), works[0].short_label
    if works:
        return listed(works), ", ".join(each.short_label for each in works[:2]) + (
            f" and {len(works) - 2} more" if len(works) > 2 else ""
        )
    kind, _, key = result.subject.partition(":")
    if kind == "flow":
        return "", "The flow diagram"
    if block is not None:
        return "", f"“{opening(block)}”" if block.text.strip() else "A block without words"
    if kind == "theme":
        return "", next((each.name for each in contents.themes if str(each.id) == key), "A theme")
    if kind == "section":
        return "", next((each.title for each in contents.sections if str(each.id) == key), "A section")
    if kind == "number":
        return "", next((each.label for each in contents.numbers if each.key == key), "A stated number")
    return "", "The review"


def _said(result: CheckResult, works: list[Reference]) -> str:
    """Return the message without the name it begins with, which stands above it already."""
    name = called(works[0]) if len(works) == 1 else ""
    rest = result.message
    if name and rest.startswith(name):
        rest = rest[len(name) :].lstrip(": ")
    return rest[:1].upper() + rest[1:]


def _places(
    result: CheckResult, works: list[Reference], block: Block | None, contents: ReviewContents
) -> Iterable[Place]:
    kind, _, key = result.subject.partition(":")
    if block is not None and block.id is not None:
        yield Place("block", block.id, f"“{opening(block)}”")
    if kind == "flow":
        yield Place(result.subject, 0, "the numbers that do not agree")
    if kind == "theme" and key.isdigit():
        yield from (Place("theme", each.id, each.name) for each in contents.themes if each.id == int(key))
    if kind == "section" and key.isdigit():
        inside = (each for each in contents.blocks if each.section == int(key) and each.id is not None)
        yield from (Place("block", each.id or 0, f"“{opening(each)}”") for each in list(inside)[:1])
    yield from (Place("reference", each.id, called(each)) for each in works[:_MOST_PLACES])


def in_prose(text: str) -> str:
    """Return an explanation, whose examples stand in backticks, as a screen shows it: in quotation marks."""
    return _EXAMPLE.sub(r"“\1”", text)


def matching(line: RuleLine, words: str) -> RuleLine | None:
    """Return the rule with the results that hold every word, or None; all of them if it holds them itself."""
    asked = folded(words).split()
    if not asked or _holds(f"{line.rule.title} {line.rule.name}", asked):
        return line
    found = tuple(each for each in line.found if _holds(f"{each.number} {each.label} {each.said}", asked))
    return RuleLine(line.rule, found) if found else None


def _holds(text: str, asked: list[str]) -> bool:
    held = folded(text)
    return all(word in held for word in asked)


def _some(numbers: list[str], most: int = 5) -> str:
    if len(numbers) <= most:
        return ", ".join(numbers)
    return f"{', '.join(numbers[: most - 1])} and {len(numbers) - most + 1} more"
