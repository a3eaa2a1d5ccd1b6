"""What the Coding screen reads, in its reading lane: the code book, a document, what is marked in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evidence_app.domain.coding import (
    Code,
    CodeCount,
    Coding,
    CodingState,
    CodingStatus,
    Document,
    Layer,
    PlacedCode,
    Quotation,
    Region,
    code_tree,
    in_order,
)
from evidence_app.domain.synthesis import colour_places
from evidence_app.services.coding.coders import AGREED
from evidence_app.storage import coding, coding_notes, contents
from evidence_app.storage.coding_changes import changes_since
from evidence_app.storage.coding_notes import ReportToCode
from evidence_app.storage.connections import Reader

OF_BOOK = frozenset(
    ("code", "coding", "quotation", "layer", "theme", "theme_code", "theme_parent", "document")
)
OF_LIST = frozenset(("document", "coding_status", "quotation", "reference"))
OF_PAGE = frozenset(("quotation", "coding", "region", "code", "layer", "document"))
"""Tables whose changes reach the code book, the list of documents, and the page."""


OWN_HUES = 9
"""Colours given to codes in turn while there are no themes; the tenth is that of codes without one."""


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The codes as a tree, how much each is used, and the colour each takes.

    A hue is the place of a theme, or a colour chosen for the code, as #RRGGBB."""

    tree: tuple[PlacedCode, ...] = ()
    codes: tuple[Code, ...] = ()
    counts: Mapping[int, CodeCount] = field(default_factory=dict)
    hues: Mapping[int, int | str] = field(default_factory=dict)
    layer: Layer | None = None
    viewer: int | None = None
    recent: tuple[int, ...] = ()
    """The codes this person gave last, the latest first."""
    coders: Mapping[int, str] = field(default_factory=dict)
    """The initials of everybody who may have coded."""
    agreed: frozenset[int] = frozenset()
    """The layers of what was settled between coders."""

    def placed(self, row: int) -> PlacedCode | None:
        """Return a code at its place."""
        return next((each for each in self.tree if each.code.id == row), None)


def code_book(reader: Reader, guid: str) -> CodeBook:
    """Return the code book as the person with this identity may see it."""
    viewer = coding.person_of(reader, guid)
    codes = tuple(coding.codes(reader, merged=True))
    tree = tuple(code_tree(codes))
    places = colour_places(contents.themes(reader))
    themes = coding.colours_of_codes(reader)
    hues: dict[int, int | str] = {}
    for each in tree:
        code = each.code
        theme = themes.get(code.id)
        if code.colour:
            hues[code.id] = code.colour
        elif theme in places:
            hues[code.id] = places[theme]
        elif code.parent in hues:
            hues[code.id] = hues[code.parent]
    if not themes:
        hues = _each_its_own(tree, hues)
    layers = coding.layers(reader)
    layer = next((each for each in layers if viewer and each.person == viewer), None)
    agreed = frozenset(each.id for each in layers if each.name == AGREED)
    counts = coding.code_counts(reader, _seen_by(viewer))
    recent = tuple(coding.recent_codes(reader, viewer)) if viewer is not None else ()
    coders = coding.initials(reader)
    return CodeBook(tree, codes, counts, hues, layer, viewer, recent, coders, agreed)


def _each_its_own(tree: Sequence[PlacedCode], hues: Mapping[int, int | str]) -> dict[int, int | str]:
    """Return a colour for every branch of the code book, while no code stands under a theme yet."""
    found: dict[int, int | str] = dict(hues)
    for each in tree:
        code = each.code
        if code.id not in found:
            above = found.get(code.parent) if code.parent is not None else None
            found[code.id] = above if above is not None else (code.id - 1) % OWN_HUES
    return found


def _seen_by(viewer: int | None) -> int:
    """Return who looks: one who never acted yet is nobody, and sees no blind layer."""
    return -1 if viewer is None else viewer


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked in a document, as it was after an edit."""

    document: int
    quotations: tuple[Quotation, ...] = ()
    codings: Mapping[int, tuple[Coding, ...]] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()
    edit: int = 0


def marked(reader: Reader, document: int, guid: str, known: Marked | None = None) -> Marked:
    """Return the quotations of a document with their codings, as this person may see them.

    Of a document that is `known` already, only what changed since is read."""
    viewer = _seen_by(coding.person_of(reader, guid))
    changed = changes_since(reader, known.edit if known else 0)
    held: dict[int, tuple[Coding, ...]] = {}
    kept: list[Quotation] = []
    only = None
    if known is not None and known.document == document and not changed.is_far:
        only = changed.quotations
        kept = [each for each in known.quotations if each.id not in only]
        held = {row: codings for row, codings in known.codings.items() if row not in only}
    for each in coding.codings(reader, document, viewer, only=only):
        held[each.quotation] = (*held.get(each.quotation, ()), each)
    found = coding.quotations(reader, document, viewer, only)
    quotations = in_order((*kept, *found)) if kept else found
    return Marked(
        document, tuple(quotations), held, tuple(coding_notes.regions(reader, document)), changed.edit
    )


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of the list beside the pages: a report, with its document where it has one."""

    report: ReportToCode
    document: Document | None
    state: CodingState
    status: CodingStatus | None = None

    @property
    def key(self) -> tuple[int, int]:
        """What the line is known by."""
        return self.report.reference, self.document.id if self.document else 0


def document_lines(reader: Reader, guid: str) -> list[DocumentLine]:
    """Return the reports to be coded, each with its documents and how far this person has coded it."""
    viewer = coding.person_of(reader, guid)
    by_reference: dict[int, list[Document]] = {}
    for document in coding.documents(reader):
        by_reference.setdefault(document.reference, []).append(document)
    statuses = coding_notes.coding_statuses(reader)
    lines = []
    for report in coding_notes.reports_to_code(reader, _seen_by(viewer)):
        status = statuses.get((report.reference, viewer)) if viewer is not None else None
        begun = CodingState.IN_PROGRESS if report.quotations else CodingState.NOT_STARTED
        state = status.state if status else begun
        held: Sequence[Document | None] = by_reference.get(report.reference) or (None,)
        lines += [DocumentLine(report, each, state, status) for each in held]
    return lines
