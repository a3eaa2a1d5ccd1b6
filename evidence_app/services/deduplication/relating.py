"""Two works that belong together and are not one: linked as related, never merged."""

from typing import Final

from evidence_app.domain.edit import Edit, insert
from evidence_app.services.deduplication.comparing import Comparison
from evidence_app.services.deduplication.merging import Person, not_duplicates
from evidence_app.services.deduplication.records import DedupeRecord

_BY_KIND: Final = {
    "erratum": "erratum and original", "retraction": "retraction notice and original",
    "reply": "reply and the work it answers",
    "protocol": "protocol and report", "summary": "summary and original",
    "registry": "register entry and report", "preprint": "preprint and article",
}  # fmt: skip
_ALIKE: Final = frozenset(("same", "near", "cut", "close"))


def relation_between(one: DedupeRecord, other: DedupeRecord, found: Comparison) -> str:
    """Return how two works that are not one belong together, in words; nothing where nothing shows it."""
    if found["authors"] == "differs" and found["title"] not in ("same", "near", "cut"):
        return ""
    for kind, words in _BY_KIND.items():
        if kind in one.kinds ^ other.kinds:
            return words
    if found["version"] == "differs":
        return "versions of one work"
    if found["title"] not in _ALIKE:
        return "translation" if found["translation"] == "yes" and found["authors"] == "same" else ""
    if _is_abstract(one) != _is_abstract(other):
        return "conference abstract and article"
    return "reports of one work" if found["authors"] in ("same", "some") else ""


def _is_abstract(record: DedupeRecord) -> bool:
    """Whether a record is a conference abstract: said so, in a supplement, or on one page with a letter."""
    if "conference" in record.kinds or record.volume.supplement:
        return True
    pages = record.pages
    return bool(pages.prefix) and not pages.is_range and not pages.is_article_number


def relate(one: int, other: int, relation: str, person: Person = None) -> Edit:
    """Return the edit that links two works as related and remembers that they are not duplicates."""
    first, second = sorted((one, other))
    link = insert("study_link", reference_a=first, reference_b=second, reason=relation, state="joined")
    changes = (*not_duplicates(first, second, person).changes, link)
    return Edit(f"Link two works: {relation}", changes)
