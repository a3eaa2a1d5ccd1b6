"""What of a report is to be coded, and how far it is: so that “looked at, absent” can be true."""

from collections.abc import Sequence

from evidence_app.domain.coding import CodingState, CodingStatus, Document, Region, RegionKind
from evidence_app.domain.edit import Edit, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.documents import Person, now


def mark_region(
    document: Document,
    kind: RegionKind,
    start: int,
    end: int,
    held: Sequence[Region] = (),
    person: Person = None,
) -> Edit:
    """Return the edit that marks a part of a document as to be coded; one it meets grows with it."""
    if not 0 <= start < end <= document.length:
        raise EvidenceError("Nothing is selected, so there is nothing to mark. Select the part first.")
    met = [each for each in held if each.kind is kind and each.start <= end and start <= each.end]
    start = min([start, *(each.start for each in met)])
    end = max([end, *(each.end for each in met)])
    made = insert(
        "region", document=document.id, kind=kind.value, start=start, end=end, person=person, at=now()
    )
    return Edit(f"Mark {kind.value} of {document.name}", (*(remove("region", each.id) for each in met), made))


def unmark_region(region: Region) -> Edit:
    """Return the edit that takes the mark off a part."""
    return Edit(f"Take off the mark “{region.kind.value}”", (remove("region", region.id),))


def set_coding_state(
    reference: int, state: CodingState, held: CodingStatus | None, person: Person = None
) -> Edit:
    """Return the edit that says how far this person has coded a report; `held` is what they said before."""
    label = f"Mark a report as {state.value}"
    if held is None:
        if state is CodingState.NOT_STARTED:
            return Edit("Change nothing")
        row = insert("coding_status", reference=reference, person=person, state=state.value, at=now())
        return Edit(label, (row,))
    if held.state is state:
        return Edit("Change nothing")
    before = {"state": held.state.value, "at": held.at}
    changes = set_columns("coding_status", held.id, before, {"state": state.value, "at": now()})
    return Edit(label, tuple(changes))


def uncoded_share(regions: Sequence[Region], coded: Sequence[tuple[int, int]]) -> float | None:
    """Return which share of the characters to be coded lies in no coded passage; None without regions."""
    wanted = _joined([(each.start, each.end) for each in regions])
    total = sum(end - start for start, end in wanted)
    if not total:
        return None
    there = _joined(coded)
    done = sum(max(0, min(end, last) - max(start, first)) for start, end in wanted for first, last in there)
    return 1 - done / total


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
