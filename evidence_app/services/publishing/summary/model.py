"""The summary as plain values: what both profiles build and every writer sets.

Words are user text and never markup. A page holds parts; parts hold words; words may cite works and carry
the mark of a number's state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from evidence_app.domain.flow import Flow as Diagram
from evidence_app.domain.manuscript import Cited, Mark, Text

DERIVED: Final = "‡"
INFERRED: Final = "†"


class Look(StrEnum):
    """What a paragraph is; every format has a style of this name."""

    BODY = "Body Text"
    KICKER = "Kicker"
    SUBTITLE = "Subtitle"
    AUTHOR = "Author"
    TITLE_PAGE = "Title Page"
    ABSTRACT = "Abstract"
    STRIP = "Evidence Strip"
    DEFINITION = "Definition"
    NOTE = "Small Print"
    TABLE_NOTE = "Table Note"
    WARNING = "Warning"
    LEAD = "Lead"
    TITLE = "Title"
    STRIP_END = "Strip End"


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation group in a sentence."""

    works: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """The mark of a number's state (‡ derived, † inferred), with what it says when one asks."""

    sign: str
    why: str = ""


Word = Text | Citation | Sign
Words = tuple[Word, ...]


def said(text: str, *marks: Mark) -> Words:
    """Return plain text as words."""
    return (Text(text, marks),)


def strong(text: str) -> Words:
    """Return words that stand out."""
    return (Text(text, (Mark.STRONG,)),)


def text_of(words: Words) -> str:
    """Return the plain text of words, without citations and marks of states."""
    return "".join(word.text for word in words if isinstance(word, Text))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page; level 1 is the page's own."""

    level: int
    words: Words
    key: str = ""

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield self.words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    words: Words
    look: Look = Look.BODY

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield self.words


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered or not."""

    lines: tuple[Words, ...]
    numbered: bool = False

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield from self.lines


@dataclass(frozen=True, slots=True)
class Strip:
    """How many included reports stand behind something, and of which countries."""

    reports: int
    of: int
    countries: tuple[tuple[str, int], ...] = ()
    reason: str = "derived: counted from the references cited"

    @property
    def words(self) -> Words:
        """The strip in words: `9 of 47 reports‡  England 6 · United Kingdom 3`."""
        unit = "report" if self.of == 1 else "reports"
        places = " · ".join(f"{country}\u00a0{number}" for country, number in self.countries)
        count = Text(f"{self.reports} of {self.of} {unit}", (Mark.STRONG,))
        return (count, Sign(DERIVED, self.reason), *((Text(f"\u2003{places}"),) if places else ()))

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield self.words


@dataclass(frozen=True, slots=True)
class Tinted:
    """A quiet box: the answer."""

    paragraphs: tuple[Words, ...]

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield from self.paragraphs


@dataclass(frozen=True, slots=True)
class Message:
    """One of the numbered messages, with the strip of its evidence."""

    number: int
    title: Words
    words: Words
    strip: Strip | None = None

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield self.title
        yield self.words
        if self.strip:
            yield self.strip.words


@dataclass(frozen=True, slots=True)
class Aside:
    """A list set apart by a rule: what disagrees, what is not known."""

    title: str
    lines: tuple[Words, ...]

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield said(self.title)
        yield from self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption above and a note below; widths are hundredths of the line."""

    caption: Words
    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...]
    note: Words = ()
    numeric: frozenset[int] = frozenset()
    """The columns that hold numbers, set to the right."""
    total: bool = False
    """Whether the last row is a sum."""
    headed: bool = False
    """Whether the first cell of a row is its heading."""
    key: str = ""

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield self.caption
        for row in self.rows:
            yield from row
        if self.note:
            yield self.note


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars with their numbers beside them."""

    caption: Words
    bars: tuple[tuple[str, int], ...]
    unit: str = "reports"
    key: str = ""

    @property
    def description(self) -> str:
        """The chart in words, for those who do not see it."""
        return (
            f"Bar chart of {self.unit}: " + ", ".join(f"{name} {number}" for name, number in self.bars) + "."
        )

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield self.caption


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The study selection figure."""

    caption: Words
    diagram: Diagram
    description: str
    key: str = ""

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        yield self.caption


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms and what they mean."""

    rows: tuple[tuple[str, Words], ...]

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        for term, words in self.rows:
            yield said(term)
            yield words


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns side by side where there is room."""

    left: "tuple[Part, ...]"
    right: "tuple[Part, ...]"

    def every(self) -> Iterator[Words]:
        """Yield all words in order."""
        for part in (*self.left, *self.right):
            yield from part.every()


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """Where the list of works stands."""

    def every(self) -> Iterator[Words]:
        """Yield nothing: the entries come from the citation engine."""
        yield from ()


Part = (
    Heading | Paragraph | Bullets | Strip | Tinted | Message | Aside | Table | Chart | Flow | Definitions
    | Columns | ReferenceList
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Parts that begin on a new page, or go on where the last page ended."""

    key: str
    parts: tuple[Part, ...]
    landscape: bool = False
    new: bool = True


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A whole summary, ready to be set by any writer."""

    profile: str
    title: str
    subtitle: str = ""
    kicker: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    listed: frozenset[int] = frozenset()
    """The works that belong in the list of works although no sentence cites them (ids)."""

    def every(self) -> Iterator[Words]:
        """Yield all words in the order of the document."""
        for page in self.pages:
            for part in page.parts:
                yield from part.every()


def every_cited(pages: Iterable[Page]) -> frozenset[int]:
    """Return the works cited on the pages (ids)."""
    return cited_by(part for page in pages for part in page.parts)


def cited_by(parts: Iterable[Part]) -> frozenset[int]:
    """Return the works cited in the parts (ids)."""
    return frozenset(
        work.reference
        for part in parts
        for words in part.every()
        for word in words
        if isinstance(word, Citation)
        for work in word.works
    )
