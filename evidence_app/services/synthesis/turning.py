"""Turning a quotation round: what speaks for a finding speaks against it, and its citation goes with it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from evidence_app.domain.edit import Change, Edit, new_guid, set_columns
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.support import Support
from evidence_app.services.synthesis import findings, manuscript
from evidence_app.services.synthesis.support import at_end


def turned(block: Block, chosen: Support, held: Sequence[Support]) -> Edit:
    """Return the edit by which what a finding rests on speaks against it, or the other way round.

    What the finding cites of the report goes to the other side too. Where something else of the report stays
    on this side (`held` is all it rests on), the report is cited on both, each with its own pages."""
    against = not chosen.disconfirms
    label = "Let a quotation speak against a finding" if against else "Rest a finding on a quotation"
    before, after = {"disconfirms": int(not against)}, {"disconfirms": int(against)}
    changes: list[Change] = list(set_columns("support", chosen.id, before, after))
    agreeing = _agreeing(block, chosen, held)
    if agreeing != block:
        changes += manuscript.write_block(block, agreeing).changes
    return Edit(label, tuple(changes))


def _agreeing(block: Block, chosen: Support, held: Sequence[Support]) -> Block:
    """Return the finding with its citations of the report on the sides its quotations are on."""
    side, other = (Role.EVIDENCE, Role.CONTRAST)
    if chosen.disconfirms:
        side, other = other, side
    here, there = _citing(block, chosen.reference, side), _citing(block, chosen.reference, other)
    stay = [
        each for each in held
        if each.id != chosen.id and each.reference == chosen.reference
        and each.disconfirms is chosen.disconfirms
    ]  # fmt: skip
    if not here:
        return block  # nothing was cited on this side, so nothing disagrees
    if stay:
        return _on_both(block, chosen, {each.printed for each in stay}, here, there, other)
    if there:
        pages = [page for anchor in here for page in _pages(_work(anchor, chosen.reference).locator)]
        block = _with_pages(block, there[0], chosen.reference, added=pages)
        for anchor in here:
            block = _without(block, anchor, chosen.reference)
        return block
    for anchor in here:
        block = findings.with_work_role(block, anchor.guid, chosen.reference, other)
    return block


def _on_both(
    block: Block, chosen: Support, stay: set[str], here: Sequence[Anchor], there: Sequence[Anchor],
    other: Role,
) -> Block:  # fmt: skip
    page = [chosen.printed] if chosen.printed else []
    if chosen.printed not in stay:
        for anchor in here:
            block = _with_pages(block, anchor, chosen.reference, taken=page)
    if there:
        return _with_pages(block, there[0], chosen.reference, added=page)
    made = Anchor(new_guid(), other, (Cited(ReferenceId(chosen.reference), locator=", ".join(page)),))
    return replace(block, runs=at_end(block.runs, made), anchors=(*block.anchors, made))


def _citing(block: Block, reference: int, role: Role) -> list[Anchor]:
    return [
        anchor for anchor in block.anchors_in_order()
        if anchor.role is role and any(work.reference == reference for work in anchor.works)
    ]  # fmt: skip


def _work(anchor: Anchor, reference: int) -> Cited:
    return next(each for each in anchor.works if each.reference == reference)


def _without(block: Block, anchor: Anchor, reference: int) -> Block:
    """Return the finding without a work at an anchor; the last work takes the anchor with it."""
    works = tuple(each for each in anchor.works if each.reference != reference)
    if not works:
        runs = tuple(run for run in block.runs if run != AnchorPlace(anchor.guid))
        return replace(block, runs=runs, anchors=tuple(a for a in block.anchors if a.guid != anchor.guid))
    return _replaced(block, replace(anchor, works=works))


def _with_pages(
    block: Block, anchor: Anchor, reference: int, added: Iterable[str] = (), taken: Sequence[str] = ()
) -> Block:
    """Return the finding with pages added to what is cited of a work, or taken off it."""
    held = _pages(_work(anchor, reference).locator)
    kept = [page for page in held if page not in taken]
    kept += [page for page in added if page not in kept]
    locator = ", ".join(sorted(kept, key=_order)) if kept != held else _work(anchor, reference).locator
    works = tuple(
        replace(each, locator=locator) if each.reference == reference else each for each in anchor.works
    )
    return _replaced(block, replace(anchor, works=works))


def _replaced(block: Block, anchor: Anchor) -> Block:
    anchors = tuple(anchor if each.guid == anchor.guid else each for each in block.anchors)
    return replace(block, anchors=anchors)


def _pages(locator: str) -> list[str]:
    return [page for each in locator.split(",") if (page := each.strip())]


def _order(page: str) -> tuple[int, str]:
    """Return by what pages are put in order: numbers as numbers, ranges by their first; the others last."""
    first = page.replace("–", "-").partition("-")[0].strip()
    return (int(first), page) if first.isdecimal() else (10**9, page)
