"""What a reader must know before relying on a work: retractions, concerns and corrections."""

from collections.abc import Iterable, Mapping
from typing import Final

from evidence_app.domain.contents import ReviewContents, Update
from evidence_app.domain.manuscript import Mark, Text
from evidence_app.services.publishing.summary.model import Look, Paragraph, Part

_SAID: Final = {
    "retraction": "has been retracted", "partial_retraction": "has been retracted in part",
    "withdrawal": "has been withdrawn", "removal": "has been removed by its publisher",
    "expression_of_concern": "is under an expression of concern", "correction": "has been corrected",
    "corrigendum": "has been corrected", "erratum": "has been corrected", "addendum": "has an addendum",
    "clarification": "has been clarified",
}  # fmt: skip
_GRAVE: Final = ("retraction", "partial_retraction", "withdrawal", "removal", "expression_of_concern")


def key_of(update: Update) -> str:
    """Return the kind of update as one word, however it is spelled."""
    return update.kind.strip().lower().replace(" ", "_").replace("-", "_")


def is_grave(update: Update) -> bool:
    """Whether the update says that the work should not be relied on as it stands."""
    return key_of(update) in _GRAVE


def sentence(update: Update, contents: ReviewContents) -> str:
    """Return what happened to a work, when and who says so."""
    work = contents.by_id.get(update.reference)
    name = work.short_label if work else "A cited work"
    number = f"Reference {work.number} ({name})" if work and work.number is not None else name
    where = [update.date, f"https://doi.org/{update.doi}" if update.doi else "", _source(update)]
    details = "; ".join(part for part in where if part)
    return f"{number} {_SAID.get(key_of(update), 'has been updated')}{f' ({details})' if details else ''}."


def _source(update: Update) -> str:
    return f"source: {update.source}" if update.source else ""


def notices(contents: ReviewContents, cited: Iterable[int]) -> tuple[Part, ...]:
    """Return the warning that stands before everything that cites an updated work, the gravest first."""
    wanted = frozenset(cited)
    found = [update for update in contents.updates if update.reference in wanted]
    found.sort(key=lambda update: (not is_grave(update), update.reference))
    if not found:
        return ()
    head = "Before you rely on this: " if any(map(is_grave, found)) else "Corrected since it was published: "
    text = " ".join(sentence(update, contents) for update in found)
    return (Paragraph((Text(head, (Mark.STRONG,)), Text(text)), Look.WARNING),)


def entry_marks(contents: ReviewContents) -> Mapping[int, str]:
    """Return what is printed behind the entry of each work that was updated."""
    names = {"expression_of_concern": "Expression of concern"}
    return {
        update.reference: f"[{names.get(key_of(update), key_of(update).replace('_', ' ').capitalize())}"
        f"{f', {update.date}' if update.date else ''}]"
        for update in sorted(contents.updates, key=is_grave)
    }
