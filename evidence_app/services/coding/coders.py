"""Several coders: layers, blind or open; how far two agree, code by code; settling where they differ.

Units are the passages that at least one of the two coded, in documents that both worked on, overlapping ones
taken as one; text that nobody coded is no unit, so that the figures do not swell with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.coding import Coding, Layer, MemoKind, Quotation
from evidence_app.domain.edit import Change, Edit, RowOf, SetWhere, insert, set_columns
from evidence_app.services.coding.coding import Coder, coding_row
from evidence_app.services.coding.documents import Person, now
from evidence_app.services.screening.coefficients import (
    Estimate,
    cohens_kappa,
    gwets_ac1,
    percent_agreement,
)
from evidence_app.storage.coding_contents import CodingContents

AGREED: Final = "Agreed"
"""The layer of what was settled between coders."""
UNIT_WORDS: Final = (
    "Units: passages that at least one of the two coded, in documents that both worked on, overlapping ones "
    "taken as one. Text nobody coded is left out."
)


# -- layers


def code_blind(name: str, person: Person, own: Sequence[Coding], held: Layer | None) -> Edit:
    """Return the edit by which a person's codings are seen by nobody else until the layer is opened."""
    if held is not None:
        changes = set_columns("layer", held.id, {"blind": int(held.blind)}, {"blind": 1})
        return Edit("Code blind", tuple(changes))
    layer = insert("layer", name=name, person=person, blind=1)
    rows = [each.id for each in own if each.layer is None]
    moved: list[Change] = [SetWhere("coding", "layer", RowOf("layer", layer.guid), rows)] if rows else []
    return Edit("Code blind", (layer, *moved))


def open_layer(layer: Layer) -> Edit:
    """Return the edit that lets everybody see a coder's codings."""
    changes = set_columns("layer", layer.id, {"blind": int(layer.blind)}, {"blind": 0})
    return Edit(f"Open the codings of {layer.name}", tuple(changes))


@dataclass(frozen=True, slots=True)
class CoderLine:
    """Whose layer it is, and how much is in it; without a person it is what was agreed."""

    person: int | None
    name: str
    blind: bool
    codings: int
    codes: int
    reports: int


def layers_of(contents: CodingContents) -> list[CoderLine]:
    """Return the layers that may be seen: one of each coder, and last what was agreed."""
    own: dict[int | None, list[Coding]] = {person: [] for person in coders_of(contents)}
    for each in contents.codings:
        if is_agreed(contents, each):
            own.setdefault(None, []).append(each)
        elif each.person is not None:
            own[each.person].append(each)
    blind = {layer.person for layer in contents.layers if layer.blind}
    lines = [_line(contents, person, given, person in blind) for person, given in own.items()]
    return sorted(lines, key=lambda line: (line.person is None, line.person or 0))


def _line(contents: CodingContents, person: int | None, given: Sequence[Coding], blind: bool) -> CoderLine:
    quoted = [contents.quotation[each.quotation] for each in given if each.quotation in contents.quotation]
    reports = {report.id for each in quoted if (report := contents.report_of(each)) is not None}
    name = AGREED if person is None else contents.people.get(person, "")
    return CoderLine(person, name, blind, len(given), len({each.code for each in given}), len(reports))


# -- comparing


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that at least one of two coders coded, with the codes each gave in it."""

    document: int
    start: int
    end: int
    quotations: tuple[Quotation, ...]
    first: frozenset[int]
    second: frozenset[int]


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far two coders agree on one code."""

    code: int
    both: int
    first_only: int
    second_only: int
    neither: int
    percent: Estimate | None
    kappa: Estimate | None
    ac1: Estimate | None

    @property
    def differing(self) -> int:
        """In how many units one gave the code and the other did not."""
        return self.first_only + self.second_only


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two coders side by side."""

    units: tuple[Unit, ...]
    codes: tuple[CodeAgreement, ...]
    hidden: bool = False
    """One of them codes blind, so that nothing may be compared yet."""


def coders_of(contents: CodingContents) -> list[int]:
    """Return the people whose codings may be seen, in the order in which they came to the review."""
    return sorted({
        each.person for each in contents.codings
        if each.person is not None and not is_agreed(contents, each)
    })  # fmt: skip


def compare(contents: CodingContents, first: int, second: int) -> Comparison:
    """Return how far two coders agree, the codes they differ in most first.

    While one of them codes blind nothing is compared, not even for the other one."""
    blind = {layer.person for layer in contents.layers if layer.blind}
    if blind & {first, second}:
        return Comparison((), (), hidden=True)
    units = tuple(_units(contents, first, second))
    used = sorted({code for unit in units for code in unit.first | unit.second})
    codes = [_agreement(code, units) for code in used if code in contents.placed]
    codes.sort(key=lambda each: (-each.differing, contents.placed[each.code].path))
    return Comparison(units, tuple(codes))


def _units(contents: CodingContents, first: int, second: int) -> list[Unit]:
    given: dict[int, tuple[set[int], set[int]]] = {}
    for coding in contents.codings:
        seen = coding.quotation in contents.quotation and not is_agreed(contents, coding)
        if seen and coding.person in (first, second):
            sides = given.setdefault(coding.quotation, (set(), set()))
            sides[0 if coding.person == first else 1].add(coding.code)
    both = _worked_on(contents, first) & _worked_on(contents, second)
    given = {row: sides for row, sides in given.items() if contents.quotation[row].document in both}
    placed = [each for each in contents.quotations if each.id in given and each.anchor.start is not None]
    placed.sort(key=lambda each: (each.document, each.anchor.start or 0))
    units = [_area(each, *given[each.id]) for each in contents.quotations if each.id in given and each.area]
    group: list[Quotation] = []
    for each in placed:
        if group and (each.document != group[0].document or (each.anchor.start or 0) >= _end(group)):
            units.append(_joined(group, given))
            group = []
        group.append(each)
    if group:
        units.append(_joined(group, given))
    return sorted(units, key=lambda unit: (unit.document, unit.start))


def _worked_on(contents: CodingContents, person: int) -> set[int]:
    """Return the documents somebody coded something in, or said that nothing is there to be coded."""
    coded = {
        contents.quotation[each.quotation].document
        for each in contents.codings
        if each.person == person and each.quotation in contents.quotation and not is_agreed(contents, each)
    }
    done = (row for row, each in contents.documents.items() if (each.reference, person) in contents.done)
    return coded.union(done)


def _end(group: Sequence[Quotation]) -> int:
    return max(each.anchor.end or 0 for each in group)


def _area(quotation: Quotation, first: set[int], second: set[int]) -> Unit:
    return Unit(quotation.document, -1, -1, (quotation,), frozenset(first), frozenset(second))


def _joined(group: Sequence[Quotation], given: Mapping[int, tuple[set[int], set[int]]]) -> Unit:
    first = frozenset(code for each in group for code in given[each.id][0])
    second = frozenset(code for each in group for code in given[each.id][1])
    start = min(each.anchor.start or 0 for each in group)
    return Unit(group[0].document, start, _end(group), tuple(group), first, second)


def _agreement(code: int, units: Sequence[Unit]) -> CodeAgreement:
    both = sum(code in unit.first and code in unit.second for unit in units)
    one = sum(code in unit.first and code not in unit.second for unit in units)
    other = sum(code not in unit.first and code in unit.second for unit in units)
    neither = len(units) - both - one - other
    table = [[both, one], [other, neither]]
    return CodeAgreement(
        code, both, one, other, neither, percent_agreement(table), cohens_kappa(table), gwets_ac1(table)
    )


def is_agreed(contents: CodingContents, coding: Coding) -> bool:
    """Return whether a coding is what was settled, and no coder's own."""
    return any(layer.id == coding.layer and layer.name == AGREED for layer in contents.layers)


# -- settling


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit to which one coder gave a code and the other did not."""

    unit: Unit
    code: int
    by_first: bool


def differences(
    contents: CodingContents, found: Comparison, refused: frozenset[tuple[int, int]]
) -> list[Difference]:
    """Return where two coders differ and nothing was settled; what was refused are quotations with codes."""
    agreed = {(coding.quotation, coding.code) for coding in contents.codings if is_agreed(contents, coding)}
    open_ones = []
    for unit in found.units:
        for code in sorted(unit.first ^ unit.second):
            done = any((each.id, code) in agreed for each in unit.quotations)
            left_out = any((each.id, code) in refused for each in unit.quotations)
            if not done and not left_out and code in contents.placed:
                open_ones.append(Difference(unit, code, code in unit.first))
    return open_ones


def words_of(unit: Unit) -> list[str]:
    """Return the words of a unit as they stand on the page, once where both quoted the same."""
    exact = (" ".join(each.anchor.exact.split()) or each.words for each in unit.quotations)
    return list(dict.fromkeys(exact))


def settle(
    contents: CodingContents, difference: Difference, *, take: bool, person: Person, reason: str = ""
) -> Edit:
    """Return the edit that settles a difference; the coders' own codings stay as they are.

    What is taken goes into the layer “Agreed”; what is not is noted as a decision, with its reason."""
    quotation = next(
        (each for each in difference.unit.quotations if _gave(contents, each, difference.code)),
        difference.unit.quotations[0],
    )
    name = contents.placed[difference.code].code.name
    if not take:
        memo = insert(
            "note", kind=MemoKind.DECISION.value, title=f"Not agreed: {name}", text=reason.strip(),
            quotation=quotation.id, code=difference.code, person=person, at=now(),
        )  # fmt: skip
        return Edit(f"Leave “{name}” out of what is agreed", (memo,))
    changes: list[Change] = []
    held = next((layer for layer in contents.layers if layer.name == AGREED), None)
    layer: int | RowOf
    if held is None:
        made = insert("layer", name=AGREED, blind=0)
        changes.append(made)
        layer = RowOf("layer", made.guid)
    else:
        layer = held.id
    changes.append(coding_row(quotation.id, difference.code, Coder(person, layer), reason.strip()))
    return Edit(f"Agree on “{name}”", tuple(changes))


def _gave(contents: CodingContents, quotation: Quotation, code: int) -> bool:
    return any(coding.code == code for coding in contents.codings_of.get(quotation.id, ()))


# -- new codes per report


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A report in the order of coding: how many codes came up in it for the first time, and all so far."""

    reference: int
    label: str
    new: int
    so_far: int
    codings: int = 0
    names: tuple[str, ...] = field(default=())


def new_code_curve(contents: CodingContents) -> list[CurvePoint]:
    """Return how many new codes each report brought, in the order in which the reports were coded."""
    order: dict[int, list[Coding]] = {}
    for coding in sorted(contents.codings, key=lambda coding: (coding.at, coding.id)):
        quotation = contents.quotation.get(coding.quotation)
        report = contents.report_of(quotation) if quotation else None
        if report is not None and not is_agreed(contents, coding):
            order.setdefault(report.id, []).append(coding)
    seen: set[int] = set()
    points = []
    for reference, codings in order.items():
        new = {coding.code for coding in codings} - seen
        seen |= new
        names = tuple(contents.placed[code].code.name for code in sorted(new) if code in contents.placed)
        label = contents.references[reference].short_label
        points.append(CurvePoint(reference, label, len(new), len(seen), len(codings), names))
    return points
