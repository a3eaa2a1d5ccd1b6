"""The tables of a summary: types of service, and the included reports."""

from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Text
from evidence_app.domain.reference import Reference, authors_line
from evidence_app.domain.review import NumberState
from evidence_app.services.publishing.summary.evidence import COUNTRY, counted, value_of
from evidence_app.services.publishing.summary.model import DERIVED, INFERRED, Sign, Table, Words, said
from evidence_app.services.publishing.summary.numbers import reports_and_studies

SERVICE: Final = "service"
"""The characteristic of each report, and the keys of stated counts (`service:Mental health`)."""
KIND: Final = "kind"


def services(contents: ReviewContents) -> tuple[tuple[str, int, NumberState], ...]:
    """Return the types of service with their counts, as published where the review states them."""
    return counted(contents, SERVICE)


def services_table(contents: ReviewContents) -> Table | None:
    """Return the table of types of service, or None where nothing is known of them."""
    found = sorted(services(contents), key=lambda row: (-row[1], row[0]))
    if not found or not contents.included:
        return None
    rows = [(said(name), _count(number, state)) for name, number, state in found]
    total = sum(number for _, number, _ in found)
    published = any(state is NumberState.TYPED for _, _, state in found)
    source = "Counts as published." if published else f"{DERIVED} derived: counted from the reports."
    differs = "" if total == len(contents.included) else (
        f" They add up to {total:,}; {len(contents.included):,} reports are marked as included."
    )  # fmt: skip
    return Table(
        caption=said("Included reports by type of service"),
        header=("Type of service", "Reports, n"),
        rows=(*rows, (said("Total"), said(f"{total:,}"))),
        widths=(60, 20),
        note=said(f"Unit: reports ({reports_and_studies(contents)}). {source}{differs}"),
        numeric=frozenset((1,)),
        total=True,
        key="table-services",
    )


def _count(number: int, state: NumberState) -> Words:
    if state is NumberState.TYPED:
        return said(f"{number:,}")
    sign = INFERRED if state is NumberState.INFERRED else DERIVED
    return (Text(f"{number:,}"), Sign(sign, f"{state.value}: counted from the reports"))


def reports_table(contents: ReviewContents, numbered: bool) -> Table | None:
    """Return the table of included reports by country and type, or None where there are none."""
    if not contents.included:
        return None
    columns: tuple[str, ...] = (
        "No.",
        "Authors, year",
        "Title",
        "Country",
        "Kind of report",
        "Type of service",
    )
    widths: tuple[int, ...] = (5, 21, 36, 12, 12, 14)
    rows = [_report(contents, reference) for reference in _by_country_and_type(contents)]
    if not numbered:
        columns, widths = columns[1:], (22, 39, 13, 12, 14)
        rows = [row[1:] for row in rows]
    return Table(
        caption=said("Included reports by country and type of service"),
        header=columns,
        rows=tuple(rows),
        widths=widths,
        note=said(_note(contents, numbered)),
        numeric=frozenset((0,)) if numbered else frozenset(),
        key="table-reports",
    )


def _by_country_and_type(contents: ReviewContents) -> list[Reference]:
    """Return the included reports by country (the largest first), type from A to Z, number."""
    order = [name for name, _, _ in counted(contents, COUNTRY)]

    def place(reference: Reference) -> tuple[int, str, int]:
        country, _ = value_of(contents, reference.id, COUNTRY)
        at = order.index(country) if country in order else len(order)
        return at, value_of(contents, reference.id, SERVICE)[0], reference.number or 10**9

    return sorted(contents.included, key=place)


def _report(contents: ReviewContents, reference: Reference) -> tuple[Words, ...]:
    year = str(reference.year) if reference.year else "no date"
    people = authors_line(reference.authors)
    return (
        said(str(reference.number) if reference.number is not None else "–"),
        said(f"{people}, {year}" if people else year),
        said(reference.title or "Untitled"),
        *(_cell(contents, reference.id, name) for name in (COUNTRY, KIND, SERVICE)),
    )


def _cell(contents: ReviewContents, reference: int, name: str) -> Words:
    value, state = value_of(contents, reference, name)
    shown = f"{value[:1].upper()}{value[1:]}" if state is not NumberState.NOT_REPORTED else value
    if state is NumberState.INFERRED:
        found = contents.characteristic(reference, name)
        return (Text(shown), Sign(INFERRED, f"inferred: {found.basis}" if found else "inferred"))
    return said(shown)


def _note(contents: ReviewContents, numbered: bool) -> str:
    bases = {
        each.basis.rstrip(".")
        for each in contents.characteristics
        if each.state is NumberState.INFERRED and each.basis and each.name in (COUNTRY, KIND, SERVICE)
    }
    parts = [f"Unit: reports ({reports_and_studies(contents)})."]
    if numbered:
        parts.append("No., number in the reference list.")
    if bases:
        parts.append(f"{INFERRED} inferred: {'; '.join(sorted(bases))}.")
    return " ".join(parts)
