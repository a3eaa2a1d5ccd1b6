"""Lays the exported html out for Qt's text document: the same words and links in the elements it can draw.

It knows no grid, no columns, no positioned number, no bar and no inline SVG. What the export sets with those
is put into tables and pictures here; no word is added, left out or moved. Widths are pixels."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final, NamedTuple

_MAY_BREAK: Final = "\u200b"
_STAYS: Final = "\u2060"
_VOID: Final = frozenset({"br", "wbr", "meta", "link", "col", "hr", "img"})
_KEPT: Final = ("class", "href", "title", "src", "alt", "width", "height")
_UNSEEN: Final = frozenset({"head", "style", "script", "title"})


@dataclass(slots=True)
class Node:
    """An element of the page and what is in it: elements and plain words."""

    tag: str
    given: dict[str, str] = field(default_factory=dict)
    inner: "list[Node | str]" = field(default_factory=list)
    source: str = ""
    """The tag as it is written, which SVG needs: its names tell capitals from small letters."""

    @property
    def classes(self) -> list[str]:
        """The classes of the element."""
        return self.given.get("class", "").split()

    def all(self, tag: str) -> "Iterator[Node]":
        """Return the elements of this name inside, in order."""
        for each in self.inner:
            if isinstance(each, Node):
                if each.tag == tag:
                    yield each
                yield from each.all(tag)

    @property
    def text(self) -> str:
        """The words inside."""
        return "".join(each if isinstance(each, str) else each.text for each in self.inner)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        node = Node(tag, given, source=self.get_starttag_text() or "")
        self._open[-1].inner.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].inner.append(data)


def parsed(html: str) -> Node:
    """Return the page as a tree."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def seen(html: str) -> str:
    """Return the words a reader of the page sees in order, with single spaces."""
    return " ".join("".join(_seen(parsed(html))).split())


def _seen(node: Node) -> Iterator[str]:
    for each in node.inner:
        if isinstance(each, str):
            yield each
        elif each.tag not in _UNSEEN and each.tag != "svg" and "hidden" not in each.classes:
            room = "" if each.tag in _INLINE and "number" not in each.classes else " "
            yield room
            yield from _seen(each)
            yield room


_INLINE: Final = frozenset({"a", "b", "em", "i", "s", "span", "strong", "sub", "sup", "u", "wbr"})


class Room(NamedTuple):
    """What the page is laid out for: the size of its plain letters, and the width of its column."""

    rem: float
    width: int


@dataclass(slots=True)
class Laid:
    """The page for the text document, and the drawings its pictures `figure:0`, `figure:1` … show."""

    room: Room
    markup: str
    figures: list[str]


def laid_out(html: str, room: Room) -> Laid:
    """Return the exported page for a column of this width."""
    layout = _Layout(*room)
    body = next(parsed(html).all("body"), None)
    markup = layout.page(body) if body is not None else ""
    return Laid(room, markup, layout.figures)


class _Layout:
    def __init__(self, rem: float, width: int) -> None:
        self._rem, self._width = rem, width
        self._narrow = self._wide = self._journal = False
        self.figures: list[str] = []
        self._by_tag: dict[str, Callable[[Node], str]] = {
            "nav": self._contents, "aside": self._aside, "figcaption": self._below, "dl": self._terms,
            "svg": self._figure, "table": self._table, "li": self._line, "wbr": _may_break,
            "caption": _nothing, "colgroup": _nothing,
        }  # fmt: skip
        self._by_class: dict[str, Callable[[Node], str]] = {
            "message": self._message, "answer": self._answer, "charts": self._beside, "bar": self._bar,
            "references": self.inside, "warning": self._aside, "hidden": _nothing, "flow": self._flow,
            "narrow": self._slim, "nb": _unbroken,
        }  # fmt: skip

    def page(self, body: Node) -> str:
        """Return the page."""
        self._journal = "journal" in body.classes
        return self.inside(body)

    def inside(self, node: Node) -> str:
        """Return what is in an element."""
        return "".join(escape(each) if isinstance(each, str) else self._set(each) for each in node.inner)

    def _set(self, node: Node) -> str:
        special = next((self._by_class[name] for name in node.classes if name in self._by_class), None)
        special = special or self._by_tag.get(node.tag)
        return _place(node) + (special(node) if special else self._plain(node))

    def _plain(self, node: Node, more: str = "") -> str:
        if node.tag in _UNSEEN:
            return ""
        if node.tag == "section":
            self._mark_first(node)
            self._wide = "wide" in node.classes
        if node.tag in ("section", "main", "header", "div", "figure"):
            return self.inside(node)
        kept = "".join(f' {name}="{escape(node.given[name])}"' for name in _KEPT if name in node.given)
        opened = f"<{node.tag}{kept}{more}>"
        return opened if node.tag in _VOID else f"{opened}{self.inside(node)}</{node.tag}>"

    def _mark_first(self, section: Node) -> None:
        """Tell the style which paragraph or heading begins a section: the room above it is the section's."""
        elements = [each for each in section.inner if isinstance(each, Node)]
        for at, each in enumerate(elements):
            if at == 0 or (each.tag == "h2" and self._journal):
                each.given["class"] = (
                    f"{'first' if at == 0 else 'next'} {each.given.get('class', '')}".strip()
                )

    # -- what becomes a table

    def _boxed(self, name: str, *cells: tuple[str, str, str]) -> str:
        """Return cells side by side, each of a class, a width and its markup."""
        row = "".join(f'<td class="{kind}"{width}>{inner}</td>' for kind, width, inner in cells)
        return f'<table class="{name}" width="100%" cellspacing="0" cellpadding="0"><tr>{row}</tr></table>'

    def _contents(self, node: Node) -> str:
        lines = list(node.all("li"))
        half = (len(lines) + 1) // 2 if self._width > 30 * self._rem else len(lines)
        columns = [(lines[:half], 1), (lines[half:], half + 1)]
        made = [
            f'<ol start="{first}">{"".join(self._plain(line) for line in part)}</ol>'
            for part, first in columns
            if part
        ]
        width = f' width="{100 // max(len(made), 1)}%"'
        return self._boxed("contents", *(("contents", width, each) for each in made)) + "<p></p>"

    def _message(self, node: Node) -> str:
        number, *rest = [each for each in node.inner if isinstance(each, Node)]
        words = "".join(self._set(each) for each in rest)
        return self._boxed(
            "message",
            ("messagenumber", f' width="{self._px(2.4)}"', escape(number.text)),
            ("messagewords", "", words),
        )

    def _answer(self, node: Node) -> str:
        return self._boxed("answer", ("answer", "", self.inside(node)))

    def _aside(self, node: Node) -> str:
        kind = "warned" if "warning" in node.classes else "aside"
        return self._boxed(kind, (kind, "", self.inside(node)))

    def _beside(self, node: Node) -> str:
        parts = [self.inside(each) for each in node.inner if isinstance(each, Node)]
        if self._width < 36 * self._rem:
            return "".join(parts)
        return self._boxed("charts", *(("charts", ' width="50%"', part) for part in parts))

    def _terms(self, node: Node) -> str:
        named = [each for each in node.inner if isinstance(each, Node)]
        term = f'<td class="term" width="{self._px(8)}">'
        rows = "".join(
            f'<tr>{term}<b>{self.inside(name)}</b></td><td class="term">{self.inside(told)}</td></tr>'
            for name, told in zip(named[::2], named[1::2], strict=False)
        )
        return f'<table width="100%" cellspacing="0" cellpadding="0">{rows}</table>'

    def _table(self, node: Node) -> str:
        caption = "".join(f'<p class="caption">{self.inside(each)}</p>' for each in node.all("caption"))
        widths = [each.given.get("style", "").removeprefix("width:") for each in node.all("col")]
        rows = [self._row(row, widths, head=at == 0 and bool(widths)) for at, row in enumerate(_rows(node))]
        kind = "chart" if "chart" in node.classes else "rows"
        wide = "" if kind == "chart" else f' width="{self._px(30)}"' if self._narrow else ' width="100%"'
        return f'{caption}<table class="{kind}"{wide} cellspacing="0" cellpadding="0">{"".join(rows)}</table>'

    def _slim(self, node: Node) -> str:
        self._narrow = True
        made = self.inside(node)
        self._narrow = False
        return made

    def _row(self, row: Node, widths: Sequence[str], *, head: bool) -> str:
        cells = []
        chart = not widths
        for at, cell in enumerate(each for each in row.inner if isinstance(each, Node)):
            width = f' width="{widths[at]}"' if at < len(widths) else ""
            place = "bar" if chart else "head" if head else "total" if "total" in row.classes else "cell"
            kind = place + " slim" * self._narrow + " wide" * self._wide
            right = "number" in cell.classes or (chart and cell.tag == "th")
            side = f' align="{"right" if right else "left"}"'
            words = self.inside(cell)
            strong = place in ("head", "total") or (cell.tag == "th" and not chart and not self._narrow)
            words = f"<b>{words}</b>" if strong else words
            cells.append(f'<td class="{kind}"{width}{side} valign="top">{words}</td>')
        return f"<tr>{''.join(cells)}</tr>"

    # -- lines and pictures

    def _line(self, node: Node) -> str:
        if not node.given.get("id", "").startswith("ref-"):
            return self._plain(node)
        first = node.inner[0] if node.inner else ""
        if not isinstance(first, Node) or first.tag != "b":
            return f'<p class="plainentry">{self.inside(node)}</p>'
        rest = "".join(escape(each) if isinstance(each, str) else self._set(each) for each in node.inner[1:])
        return f'<p class="entry"><span class="margin">{escape(first.text)}\t</span>{rest.lstrip()}</p>'

    def _bar(self, node: Node) -> str:
        rem = float(node.given["style"].removeprefix("width:").removesuffix("rem"))
        return f'<img src="bar:" width="{max(self._px(rem), 1)}" height="{self._px(0.72)}">'

    def _flow(self, node: Node) -> str:
        return "".join(
            f'<p class="drawing">{self._set(each)}</p>' if each.tag == "svg" else self._set(each)
            for each in node.inner
            if isinstance(each, Node)
        )

    def _below(self, node: Node) -> str:
        return f'<p class="below">{self.inside(node)}</p>'

    def _figure(self, node: Node) -> str:
        self.figures.append(_written(node))
        _, _, wide, high = (float(each) for each in node.given["viewbox"].split())
        told = escape(node.given.get("aria-label", ""))
        height = round(self._width * high / wide)
        return (
            f'<img src="figure:{len(self.figures) - 1}" alt="{told}" width="{self._width}" height="{height}">'
        )

    def _px(self, rem: float) -> int:
        return round(rem * self._rem)


def _nothing(_node: Node) -> str:
    return ""


def _may_break(_node: Node) -> str:
    return _MAY_BREAK


def _unbroken(node: Node) -> str:
    """Hold hyphenated words together."""
    return escape(node.text).replace("-", f"{_STAYS}-{_STAYS}")


def copied(words: str) -> str:
    """Return words of the laid out page without the marks that only say where a line may end."""
    return words.replace(_MAY_BREAK, "").replace(_STAYS, "")


def _place(node: Node) -> str:
    """Return the place a link to this element leads to."""
    key = node.given.get("id")
    return f'<a name="{escape(key)}"></a>' if key and node.tag != "section" else ""


def _rows(table: Node) -> list[Node]:
    hidden = [row for head in table.all("thead") if "hidden" in head.classes for row in head.all("tr")]
    return [row for row in table.all("tr") if not any(row is each for each in hidden)]


def _written(node: Node) -> str:
    inner = "".join(escape(each) if isinstance(each, str) else _written(each) for each in node.inner)
    opened = node.source.rstrip(">").rstrip("/")
    return f"{opened}>{inner}</{node.tag}>"
