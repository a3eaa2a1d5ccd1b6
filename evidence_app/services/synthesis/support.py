"""What a review finding rests on: quotations give it their words and pages; each act returns an edit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidence_app.domain.coding import Document, Quotation
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, new_guid, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Direction, Role, Run, Text
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.support import Contributing, Contribution, Support, SupportLevel
from evidence_app.services.synthesis import findings, manuscript
from evidence_app.storage.project import now

Documents = Mapping[int, Document]


def cited_pages(
    quotations: Sequence[Quotation], reports: dict[int, int], documents: Documents | None = None
) -> tuple[Cited, ...]:
    """Return the works of a citation that leads to these quotations, each with its pages in order.

    `reports` tells which reference a document belongs to; `documents` what is printed on their pages, which
    is what one cites."""
    pages: dict[int, dict[int, str]] = {}
    for each in quotations:
        found = pages.setdefault(reports[each.document], {})
        document = (documents or {}).get(each.document)
        if document is not None:
            found |= {page: document.printed_page(page) for page in document.pages_of(each.anchor)}
        elif each.anchor.page is not None:
            found[each.anchor.page] = str(each.anchor.page)
    return tuple(
        Cited(ReferenceId(reference), locator=", ".join(found[page] for page in sorted(found)))
        for reference, found in pages.items()
    )


def finding_from(
    contents: ReviewContents,
    theme: int,
    text: str,
    quotations: Sequence[Quotation],
    reports: dict[int, int],
    *,
    direction: Direction | None = None,
    guid: str = "",
    documents: Documents | None = None,
) -> Edit:
    """Return the edit that writes a finding from quotations: it cites their reports with the pages as
    evidence, and rests on each quotation. Raises `EvidenceError` without words or quotations."""
    text = " ".join(text.split())
    if not text or not quotations:
        raise EvidenceError(
            "A review finding needs a statement and at least one quotation. Nothing was written."
        )
    anchor = Anchor(new_guid(), Role.EVIDENCE, cited_pages(quotations, reports, documents))
    runs: tuple[Run, ...] = (Text(text), AnchorPlace(anchor.guid))
    if text[-1] in ".?!":
        runs = (Text(text[:-1]), AnchorPlace(anchor.guid), Text(text[-1]))
    guid = guid or new_guid()
    edit = findings.new_finding(contents, theme, runs, guid=guid, direction=direction, anchors=(anchor,))
    rests = [
        insert("support", block=RowOf("block", guid), quotation=each.id, position=float(place))
        for place, each in enumerate(quotations, 1)
    ]
    return Edit(f"Write a finding from {counted(len(quotations), 'quotation')}", (*edit.changes, *rests))


def rest_on(
    block: Block, quotations: Sequence[Quotation], reports: dict[int, int], held: Sequence[Support],
    *, disconfirms: bool = False, documents: Documents | None = None,
) -> Edit:  # fmt: skip
    """Return the edit by which a finding rests on more quotations, or they speak against it.

    Their reports are cited with the pages where the finding does not cite them yet: as evidence at the end of
    its last sentence, or as contrast."""
    if block.id is None:
        raise ValueError("the block is not in the project yet")
    known = {each.quotation for each in held}
    new = [each for each in quotations if each.id not in known]
    if not new:
        return Edit("Add no quotations")
    last = float(len(held))
    changes: list[Change] = [
        insert(
            "support", block=block.id, quotation=each.id, disconfirms=int(disconfirms), position=last + place
        )
        for place, each in enumerate(new, 1)
    ]
    role = Role.CONTRAST if disconfirms else Role.EVIDENCE
    cited = {work.reference for anchor in block.anchors if anchor.role is role for work in anchor.works}
    works = tuple(each for each in cited_pages(new, reports, documents) if each.reference not in cited)
    if works:
        anchor = Anchor(new_guid(), role, works)
        after = replace(block, runs=at_end(block.runs, anchor), anchors=(*block.anchors, anchor))
        changes += manuscript.write_block(block, after).changes
    told = counted(len(new), "quotation")
    label = f"Let {told} speak against a finding" if disconfirms else f"Rest a finding on {told}"
    return Edit(label, tuple(changes))


def at_end(runs: Sequence[Run], anchor: Anchor) -> tuple[Run, ...]:
    """Return runs with an anchor before the last full stop."""
    place = AnchorPlace(anchor.guid)
    last = runs[-1] if runs else None
    if isinstance(last, Text) and last.text[-1:] in (".", "?", "!"):
        return (*runs[:-1], Text(last.text[:-1], last.marks), place, Text(last.text[-1], last.marks))
    return (*runs, place)


def let_go(support: Support) -> Edit:
    """Return the edit by which a finding rests on something no more; what it cites stays."""
    return Edit(f"Take a {support.level.value} from a finding", (remove("support", support.id),))


def overrule(
    block: int, reference: int, *, counts: bool, reason: str, held: Sequence[Contribution],
    person: int | RowOf | None,
) -> Edit:  # fmt: skip
    """Return the edit that counts a report for a finding, or leaves it out, against what is derived.

    Raises `EvidenceError` without a reason."""
    reason = " ".join(reason.split())
    if not reason:
        raise EvidenceError("Say why: the reason is kept with the finding. Nothing was changed.")
    changes: list[Change] = [remove("contribution", each.id) for each in held if each.reference == reference]
    changes.append(
        insert(
            "contribution", block=block, reference=reference, counts=int(counts), reason=reason,
            person=person, at=now(),
        )
    )  # fmt: skip
    return Edit(
        "Count a report for a finding" if counts else "Leave a report out of a finding", tuple(changes)
    )


def as_derived(contribution: Contribution) -> Edit:
    """Return the edit that goes back to what is derived."""
    return Edit("Count a report as derived", (remove("contribution", contribution.id),))


def contributing(
    block: Block, supports: Sequence[Support], overruled: Sequence[Contribution]
) -> list[Contributing]:
    """Return the reports of a finding: cited as evidence or quoted for it, and those a person overruled."""
    found: dict[int, Contributing] = {}
    for anchor in block.anchors:
        for work in anchor.works if anchor.role is Role.EVIDENCE else ():
            found[int(work.reference)] = Contributing(int(work.reference), True, "cited as evidence")
    for each in sorted(supports, key=lambda each: _CLOSENESS[each.level], reverse=True):
        if not each.disconfirms:
            found[each.reference] = Contributing(each.reference, True, _WHY[each.level], level=each.level)
    for said in overruled:
        held = found.get(said.reference)
        level = held.level if held else SupportLevel.REPORT
        found[said.reference] = Contributing(
            said.reference, said.counts, said.reason, overruled=True, level=level
        )
    return list(found.values())


_CLOSENESS = {SupportLevel.QUOTATION: 0, SupportLevel.CODING: 1, SupportLevel.REPORT: 2}
_WHY = {
    SupportLevel.QUOTATION: "quoted", SupportLevel.CODING: "coded", SupportLevel.REPORT: "as a whole",
}  # fmt: skip


def counted_told(found: Sequence[Contributing], study_of: Mapping[int, int]) -> str:
    """Return which reports count for a finding, and how close to their words: the level is named.

    `study_of` are the studies of reports that were joined to one."""
    counts = [each for each in found if each.counts]
    if not found:
        return "No report counts for it yet."
    reports = counted(len(counts), "report")
    joined = {study_of.get(each.reference, -each.reference) for each in counts}
    studies = f" of {counted(len(joined), 'study', 'studies')}" if len(joined) < len(counts) else ""
    levels = [
        f"{number:,} {words}"
        for level, words in _LEVELS.items()
        if (number := sum(each.level is level for each in counts))
    ]
    gone = len(found) - len(counts)
    left = f". {gone:,} left out" if gone else ""
    verb = "counts" if len(counts) == 1 else "count"
    return f"{reports}{studies} {verb}: {', '.join(levels)}{left}." if counts else f"None counts{left}."


_LEVELS = {
    SupportLevel.QUOTATION: "by quotations", SupportLevel.CODING: "by codings",
    SupportLevel.REPORT: "as a whole",
}  # fmt: skip


def sources_told(supports: Sequence[Support]) -> str:
    """Return where quotations are from: "From 3 quotations in 2 reports: Evans 2013, pp. 3, 14; Ito 2019"."""
    quoted = [each for each in supports if each.quotation is not None]
    if not quoted:
        return ""
    pages: dict[int, dict[str, None]] = {}
    labels: dict[int, str] = {}
    for each in sorted(quoted, key=lambda each: each.page or 0):
        labels.setdefault(each.reference, each.report)
        found = pages.setdefault(each.reference, {})
        if each.printed:
            found[each.printed] = None
    places = []
    for reference in dict.fromkeys(each.reference for each in quoted):
        printed = list(pages[reference])
        mark = "pp." if len(printed) > 1 else "p."
        places.append(f"{labels[reference]}{f', {mark} ' + ', '.join(printed) if printed else ''}")
    told = f"{counted(len(quoted), 'quotation')} in {counted(len(pages), 'report')}"
    return f"From {told}: {'; '.join(places)}"
