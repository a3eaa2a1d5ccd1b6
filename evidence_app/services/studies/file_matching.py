"""A folder of full texts matched to references: by DOI in the name or the text, and by title.

Nothing is attached here: each file comes back as a proposal that says why, and how sure it is."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference, folded, plain
from evidence_app.services.alike import ratio_of_shared
from evidence_app.services.coding.full_texts import KINDS, kind_of, read_document
from evidence_app.services.coding.pdf import first_text
from evidence_app.services.progress import Report

_HEAD: Final = 6000
"""So many characters of a text are looked at for its DOI and title; further on, others are cited."""
_PAGES: Final = 3
_TITLE_HEAD: Final = 1500
_WORDS: Final = re.compile(r"[^\W_]+")
_DOI_SIGNS: Final = re.compile(r"[^a-z0-9]+")
_LONG: Final = 4
"""A title of fewer words may stand anywhere by chance."""
_SURE: Final = 0.93
_LIKELY: Final = 0.75


class Sureness(StrEnum):
    """How sure a proposal is; only the certain ones are ticked."""

    CERTAIN = "certain"
    DOUBTFUL = "doubtful"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file, the reference it may be the full text of, and why."""

    file: Path
    reference: int | None
    sureness: Sureness
    why: str


def files_in(places: Iterable[Path]) -> list[Path]:
    """Return the files of these places that can be full texts, folders with all that is in them."""
    found: dict[Path, None] = {}
    for place in places:
        inside = sorted(place.rglob("*")) if place.is_dir() else [place]
        found |= {
            each: None for each in inside
            if each.suffix.lower() in KINDS and not each.name.startswith(".") and each.is_file()
        }  # fmt: skip
    return list(found)


def propose(
    files: Sequence[Path], works: Sequence[Reference], report: Report, *, look_inside: bool = True
) -> list[Proposal]:
    """Return a proposal for each file. Two files for one reference make the later one doubtful."""
    index = _Index(works)
    proposals = []
    for done, file in enumerate(files):
        report(done, len(files))
        found = index.by_name(file)
        if found.sureness is not Sureness.CERTAIN and look_inside:
            inside = index.by_text(file, _head_of(file))
            found = max(found, inside, key=lambda each: _RANK[each.sureness])
        proposals.append(found)
    return _once(proposals)


def reads_like(text: str, own: Reference, works: Sequence[Reference]) -> Reference | None:
    """Return the other work whose DOI or title stands at the beginning of a text, where its own does not.

    It tells of a file that was attached to the wrong report."""
    head = text[:_HEAD]
    if _Index([own]).by_text(Path(), head).sureness is not Sureness.NONE:
        return None
    found = _Index([each for each in works if each.id != own.id]).by_text(Path(), head)
    if found.sureness is not Sureness.CERTAIN:
        return None
    return next((each for each in works if each.id == found.reference), None)


_RANK: Final = {Sureness.NONE: 0, Sureness.DOUBTFUL: 1, Sureness.CERTAIN: 2}


def _head_of(file: Path) -> str:
    try:
        if kind_of(file) == "pdf":
            return first_text(file, _PAGES)[:_HEAD]
        return read_document(file).text[:_HEAD]
    except EvidenceError:
        return ""


def _once(proposals: Sequence[Proposal]) -> list[Proposal]:
    taken: set[int] = set()
    found = []
    for proposal in proposals:
        each = proposal
        if each.reference in taken and each.sureness is Sureness.CERTAIN:
            why = f"{each.why}; another file fits too"
            each = Proposal(each.file, each.reference, Sureness.DOUBTFUL, why)
        if each.sureness is Sureness.CERTAIN and each.reference is not None:
            taken.add(each.reference)
        found.append(each)
    return found


class _Index:
    """The references by what a file may say of them."""

    def __init__(self, works: Sequence[Reference]) -> None:
        self._works = works
        self._dois = {_DOI_SIGNS.sub("", each.doi.lower()): each for each in works if each.doi}
        self._titles = [(each, _words(plain(each.title))) for each in works if each.title]
        self._labels: dict[tuple[str, str], list[Reference]] = defaultdict(list)
        for each in works:
            if each.authors and each.year:
                key = (_words(each.authors[0].family_or_literal), str(each.year))
                self._labels[key].append(each)

    def by_name(self, file: Path) -> Proposal:
        """Return what the name of a file says."""
        name = file.stem
        if (work := self._with_doi(name)) is not None:
            return Proposal(file, work.id, Sureness.CERTAIN, f"DOI in the file's name: {work.doi}")
        best = self._titled(file, _words(name), "the file's name")
        if best.sureness is not Sureness.NONE:
            return best
        words = _words(name)
        fitting = [
            works[0] for (family, year), works in self._labels.items()
            if family and f" {family} " in f" {words} " and year in words and len(works) == 1
        ]  # fmt: skip
        if len(fitting) == 1:
            return Proposal(file, fitting[0].id, Sureness.DOUBTFUL, "Author and year in the file's name")
        return best

    def by_text(self, file: Path, text: str) -> Proposal:
        """Return what the beginning of a text says."""
        if (work := self._with_doi(text)) is not None:
            return Proposal(file, work.id, Sureness.CERTAIN, f"DOI in the text: {work.doi}")
        words = f" {_words(text)} "
        for each, title in self._titles:
            if title.count(" ") >= _LONG and f" {title} " in words:
                return Proposal(file, each.id, Sureness.CERTAIN, "Title in the text")
        return self._titled(file, _words(text[:_TITLE_HEAD]), "the text", enough=_SURE)

    def _with_doi(self, text: str) -> Reference | None:
        """Return the reference whose DOI stands in a text, whatever stands for its stops and strokes."""
        signs = _DOI_SIGNS.sub("", text.lower())
        if "10" not in signs:
            return None
        fitting = [doi for doi in self._dois if doi in signs]
        return self._dois[max(fitting, key=len)] if fitting else None

    def _titled(self, file: Path, words: str, where: str, enough: float = _LIKELY) -> Proposal:
        if words.count(" ") < 1:
            return Proposal(file, None, Sureness.NONE, "Nothing in it fits a reference")
        scored = sorted(
            ((ratio_of_shared(words, title) if title.count(" ") >= 1 else 0.0, each.id)
             for each, title in self._titles), reverse=True,
        )[:2]  # fmt: skip
        if not scored or scored[0][0] < enough:
            return Proposal(file, None, Sureness.NONE, "Nothing in it fits a reference")
        score, best = scored[0]
        alone = len(scored) < 2 or scored[1][0] < score - 0.05
        long = words.count(" ") >= _LONG
        sure = score >= _SURE and alone and long and where != "the text"
        why = f"Title like {where} ({score:.0%})"
        return Proposal(file, best, Sureness.CERTAIN if sure else Sureness.DOUBTFUL, why)


def _words(text: str) -> str:
    return " ".join(_WORDS.findall(folded(text)))
