"""The review's own numbers: a work cited for the first time gets the next free one, in the same edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evidence_app.domain.edit import Change, Edit, Insert, RowOf, insert


@dataclass(frozen=True, slots=True)
class Numbering:
    """The review's bibliography as it stands: its row, the number of each work, the highest number."""

    bibliography: int | None
    numbers: Mapping[int, int] = field(default_factory=dict)
    last: int = 0


def number_new_works(edit: Edit, numbering: Numbering) -> Edit:
    """Return the edit with an entry in the bibliography for each work it cites that has no number yet.

    A project without a bibliography gets one."""
    cited = [
        change.values["reference"]
        for change in edit.changes
        if isinstance(change, Insert) and change.table == "citation"
    ]
    return number_works(edit, cited, numbering)


def number_works(edit: Edit, cited: Sequence[int], numbering: Numbering) -> Edit:
    """Return the edit with an entry in the bibliography for each of these works that has no number yet."""
    new = [work for work in dict.fromkeys(cited) if work not in numbering.numbers]
    if not new:
        return edit
    changes: list[Change] = []
    bibliography: int | RowOf
    if numbering.bibliography is None:
        made = insert("bibliography", title="References")
        changes.append(made)
        bibliography = RowOf("bibliography", made.guid)
    else:
        bibliography = numbering.bibliography
    changes += [
        insert("bibliography_entry", bibliography=bibliography, reference=work, number=number)
        for number, work in enumerate(new, numbering.last + 1)
    ]
    return replace(edit, changes=(*edit.changes, *changes))


def number_line(numbers: Sequence[int]) -> str:
    """Return citation numbers as they stand in a sentence: `57,62,63`, and `55–86` where three follow on."""
    parts: list[str] = []
    at = 0
    while at < len(numbers):
        end = at
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        if end - at >= 2:
            parts.append(f"{numbers[at]}–{numbers[end]}")
        else:
            parts += [str(number) for number in numbers[at : end + 1]]
        at = end + 1
    return ",".join(parts)
