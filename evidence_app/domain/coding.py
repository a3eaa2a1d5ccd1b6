"""Full texts, passages of them, and the codes those are given. Positions are code points, ends exclusive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

CONTEXT: Final = 32
"""How many characters before and after a passage its anchor keeps."""


class QuotationKind(StrEnum):
    """What a quotation is: the words themselves, or what a reviewer made of them."""

    DIRECT = "direct"
    PARAPHRASE = "paraphrase"
    SUMMARY = "summary"
    COMMENT = "comment"


class Voice(StrEnum):
    """Who speaks: a participant of the study, or its author interpreting."""

    UNSAID = ""
    PARTICIPANT = "participant"
    AUTHOR = "author"


class AnchorState(StrEnum):
    """Whether a quotation stands in its document, or could not be found there again."""

    PLACED = "placed"
    LOST = "lost"


class RegionKind(StrEnum):
    """What part of a report is to be coded."""

    FINDINGS = "findings"
    RESULTS = "results"
    RECOMMENDATIONS = "recommendations"


class CodingState(StrEnum):
    """How far a report is coded. Absent is a finding of its own: somebody looked."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    CODED = "coded"
    ABSENT = "looked at, absent"


class MemoKind(StrEnum):
    """What a memo is about."""

    MEMO = "memo"
    REFLEXIVE = "reflexive"
    METHOD = "method"
    THEORY = "theory"
    DECISION = "decision"
    DEFINITION = "definition"


class Rectangle(NamedTuple):
    """A box on a page (from 1), in PDF points of the page's own space, from the bottom left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a PDF: where its text starts, and its size as it is shown.

    `rotation` is clockwise in degrees; `left` and `bottom` are where its box begins in its own space."""

    start: int
    width: float
    height: float
    rotation: int = 0
    left: float = 0.0
    bottom: float = 0.0
    label: str = ""
    """The number printed on it, where the file says that it is another one than its place."""

    @property
    def own_size(self) -> tuple[float, float]:
        """Width and height in the page's own space, before it is turned."""
        return (self.height, self.width) if self.rotation % 180 else (self.width, self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A full text of a report, frozen when it came in; `storage.coding.text_of` reads the text itself."""

    id: int
    guid: str
    reference: int
    name: str
    kind: str
    sha256: str = ""
    text_sha256: str = ""
    length: int = 0
    pages: tuple[Page, ...] = ()
    attachment: int | None = None
    replaces: int | None = None
    person: int | None = None
    at: str = ""

    @property
    def is_pdf(self) -> bool:
        """Whether it is shown as pages."""
        return bool(self.pages)

    @property
    def has_text(self) -> bool:
        """Whether there is anything to select; a scan has none."""
        return self.length > 0

    def page_at(self, position: int) -> int | None:
        """Return the page (from 1) a position of the text lies on; None where there are no pages."""
        found = None
        for number, page in enumerate(self.pages, 1):
            if page.start > position:
                break
            found = number
        return found

    def printed_page(self, page: int) -> str:
        """Return the number of a page (from 1) as one cites it."""
        label = self.pages[page - 1].label if 1 <= page <= len(self.pages) else ""
        return label or str(page)

    def pages_of(self, anchor: "Anchor") -> tuple[int, ...]:
        """Return the pages (from 1) a passage stands on; none where the document has no pages."""
        if anchor.page is None:
            return ()
        last = self.page_at(anchor.end - 1) if anchor.end else None
        return tuple(range(anchor.page, max(last or anchor.page, anchor.page) + 1))

    def cited_pages(self, anchor: "Anchor") -> str:
        """Return the pages of a passage as one cites them: `14` or `14–15`."""
        pages = self.pages_of(anchor)
        ends = dict.fromkeys(self.printed_page(page) for page in (*pages[:1], *pages[-1:]))
        return "–".join(ends)

    def span_of(self, page: int) -> tuple[int, int]:
        """Return where the text of a page (from 1) starts and ends."""
        end = self.pages[page].start if page < len(self.pages) else self.length
        return self.pages[page - 1].start, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a passage stands: by position, by its words with what is around them, and on the page."""

    document_sha256: str = ""
    """Of the text in which the positions are right."""
    page: int | None = None
    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    rectangles: tuple[Rectangle, ...] = ()

    @property
    def is_area(self) -> bool:
        """Whether it is a part of the page without text."""
        return self.start is None and bool(self.rectangles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An anchored passage of a document, and what a reviewer says of it."""

    id: int
    guid: str
    document: int
    anchor: Anchor
    area: bool = False
    kind: QuotationKind = QuotationKind.DIRECT
    voice: Voice = Voice.UNSAID
    speaker: str = ""
    core: str = ""
    text: str = ""
    important: bool = False
    state: AnchorState = AnchorState.PLACED
    origin: str = ""
    colour: str = ""
    person: int | None = None
    at: str = ""

    @property
    def words(self) -> str:
        """What it says in a list: the passage, or the reviewer's own words where it has any."""
        if self.kind is not QuotationKind.DIRECT and self.text:
            return self.text
        return " ".join(self.anchor.exact.split()) or self.core or self.text or "Area of the page"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationLink:
    """Two quotations that belong together, and how."""

    id: int
    guid: str
    quotation_a: int
    quotation_b: int
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A label for meaning in the code book. `merged_into` is set where it lives on in another one."""

    id: int
    guid: str
    name: str
    parent: int | None = None
    colour: str = ""
    definition: str = ""
    inclusion: str = ""
    exclusion: str = ""
    codable: bool = True
    made_from: int | None = None
    merged_into: int | None = None
    position: float = 0.0
    person: int | None = None
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One use of a code on a quotation by one person; `code` is what the one used became by merging."""

    id: int
    guid: str
    quotation: int
    code: int
    used: int
    """The code as it was given."""
    layer: int | None = None
    memo: str = ""
    person: int | None = None
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The codings of one coder. A blind one is seen by its coder only, until it is opened."""

    id: int
    guid: str
    name: str
    person: int | None = None
    blind: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of a document that is to be coded."""

    id: int
    guid: str
    document: int
    kind: RegionKind
    start: int
    end: int
    person: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingStatus:
    """How far one person has coded a report."""

    id: int
    reference: int
    state: CodingState
    person: int | None = None
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A typed note on a code, quotation, document, theme, review finding or reference, or on the review."""

    id: int
    guid: str
    kind: MemoKind
    title: str = ""
    text: str = ""
    subject: str = ""
    """The table of what it is on; empty for the review."""
    row: int | None = None
    person: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How much a code is used, itself and not what is below it."""

    quotations: int = 0
    reports: int = 0
    studies: int = 0


@dataclass(frozen=True, slots=True)
class PlacedCode:
    """A code at its place in the tree."""

    code: Code
    depth: int
    path: tuple[str, ...] = field(default=())
    """The names from the root to the code."""

    @property
    def full_name(self) -> str:
        """The code with the branch it stands in: the same name may occur in two."""
        return " / ".join(self.path)


def code_tree(codes: Sequence[Code]) -> list[PlacedCode]:
    """Return the living codes as a tree, each under its parent in the order of positions.

    Codes whose parent is gone stand at the root; those that go round in a circle too, so none is lost."""
    living = [code for code in codes if code.merged_into is None]
    known = {code.id for code in living}
    children: dict[int | None, list[Code]] = {}
    for code in sorted(living, key=lambda code: (code.position, code.id)):
        children.setdefault(code.parent if code.parent in known else None, []).append(code)
    placed: list[PlacedCode] = []
    shown: set[int] = set()

    def put(code: Code, depth: int, above: tuple[str, ...]) -> None:
        if code.id in shown:
            return
        shown.add(code.id)
        path = (*above, code.name)
        placed.append(PlacedCode(code, depth, path))
        for child in children.get(code.id, ()):
            put(child, depth + 1, path)

    for code in (*children.get(None, ()), *living):
        put(code, 0, ())
    return placed


def code_with_descendants(code: int, codes: Iterable[Code]) -> frozenset[int]:
    """Return the code and everything below it in the tree."""
    below: dict[int, list[int]] = {}
    for each in codes:
        if each.parent is not None and each.merged_into is None:
            below.setdefault(each.parent, []).append(each.id)
    found, waiting = {code}, [code]
    while waiting:
        for child in below.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return frozenset(found)


def in_order(quotations: Iterable[Quotation]) -> list[Quotation]:
    """Return quotations as they follow in the document: areas by their place on the page, lost ones last."""
    return sorted(quotations, key=_place)


def _place(quotation: Quotation) -> tuple[bool, int, float, float, int]:
    anchor = quotation.anchor
    lost = quotation.state is AnchorState.LOST
    start = float(anchor.start) if anchor.start is not None else 0.0
    top = -anchor.rectangles[0].y1 if anchor.start is None and anchor.rectangles else 0.0
    return lost, anchor.page or 0, start, top, quotation.id
