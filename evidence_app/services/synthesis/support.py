"""What a review finding rests on: quotations give it their words and pages; each act returns an edit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from evidence_app.domain.coding import Quotation
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, new_guid, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Direction, Role, Run, Text
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.support import Contributing, Contribution, Support, SupportLevel
from evidence_app.services.synthesis import findings, manuscript


def cited_pages(quotations: Sequence[Quotation], reports: dict[int, int]) -> tuple[Cited, ...]:
    """Return the works of a citation that leads to these quotations, each with its pages in order.

    `reports` tells which reference a document belongs to."""
    pages: dict[int, dict[int, None]] = {}
    for each in quotations:
        found = pages.setdefault(reports[each.document], {})
        if each.anchor.page is not None:
            found[each.anchor.page] = None
    return tuple(
        Cited(ReferenceId(reference), locator=", ".join(map(str, sorted(found))))
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
) -> Edit:
    """Return the edit that writes a finding from quotations: it cites their reports with the pages as
    evidence, and rests on each quotation. Raises `EvidenceError` without words or quotations."""
    text = " ".join(text.split())
    if not text or not quotations:
        raise EvidenceError(
            "A review finding needs a statement and at least one quotation. Nothing was written."
        )
    anchor = Anchor(new_guid(), Role.EVIDENCE, cited_pages(quotations, reports))
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
    *, disconfirms: bool = False,
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
    works = tuple(each for each in cited_pages(new, reports) if each.reference not in cited)
    if works:
        anchor = Anchor(new_guid(), role, works)
        after = replace(block, runs=_at_end(block.runs, anchor), anchors=(*block.anchors, anchor))
        changes += manuscript.write_block(block, after).changes
    what = "Speak against" if disconfirms else "Rest"
    return Edit(f"{what} a finding on {counted(len(new), 'quotation')}", tuple(changes))


def _at_end(runs: Sequence[Run], anchor: Anchor) -> tuple[Run, ...]:
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

    Raises `EvidenceError` without a reason: it is printed."""
    reason = " ".join(reason.split())
    if not reason:
        raise EvidenceError("Say why: the reason is kept with the finding and printed. Nothing was changed.")
    changes: list[Change] = [remove("contribution", each.id) for each in held if each.reference == reference]
    changes.append(
        insert(
            "contribution", block=block, reference=reference, counts=int(counts), reason=reason,
            person=person, at=datetime.now(UTC).isoformat(timespec="seconds"),
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
    why: dict[int, str] = {}
    for anchor in block.anchors:
        if anchor.role is Role.EVIDENCE:
            why |= {int(work.reference): "cited as evidence" for work in anchor.works}
    for each in supports:
        if not each.disconfirms and each.level is not SupportLevel.REPORT:
            why[each.reference] = "quoted"
    found = {reference: Contributing(reference, True, words) for reference, words in why.items()}
    for said in overruled:
        found[said.reference] = Contributing(said.reference, said.counts, said.reason, overruled=True)
    return list(found.values())


def level_told(supports: Sequence[Support], cited: int) -> str:
    """Return how close to the words a finding's support is, in words: "3 quotations of 2 reports"."""
    close = [each for each in supports if each.level is not SupportLevel.REPORT and not each.disconfirms]
    reports = {each.reference for each in close}
    parts = []
    if close:
        parts.append(f"{counted(len(close), 'quotation')} of {counted(len(reports), 'report')}")
    whole = max(cited - len(reports), 0)
    if whole:
        parts.append(f"{counted(whole, 'report')} as a whole")
    against = sum(each.disconfirms for each in supports)
    if against:
        parts.append(f"{counted(against, 'quotation')} against")
    return ", ".join(parts) or "nothing yet"
