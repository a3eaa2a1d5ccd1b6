"""Pandoc's inline elements: built from plain values, and read back as text, html or words for typst."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, Final

from evidence_app.services.publishing.items import cleaned

Inline = dict[str, Any]
"""One element of pandoc's JSON model: `{"t": kind, "c": content}`."""

SPACE: Final[Inline] = {"t": "Space"}
LINE_BREAK: Final[Inline] = {"t": "LineBreak"}
_NO_ATTRIBUTES: Final = ["", [], []]
_WRAPPERS: Final = {
    "Emph": "em", "Strong": "strong", "Superscript": "sup", "Subscript": "sub", "Strikeout": "s",
    "Underline": "u",
}  # fmt: skip


def text(plain: str) -> list[Inline]:
    """Return plain text as pandoc's words and spaces; it is never read as markup."""
    made: list[Inline] = []
    for at, word in enumerate(_spaced(plain)):
        if at:
            made.append(SPACE)
        if word:
            made.append({"t": "Str", "c": word})
    return made


def _spaced(plain: str) -> list[str]:
    """Split at ordinary spaces only, so that no-break spaces stay."""
    for space in "\t\n\r":
        plain = plain.replace(space, " ")
    words = cleaned(plain).split(" ")
    return [word for at, word in enumerate(words) if word or at in (0, len(words) - 1)]


def wrapped(kind: str, inner: Sequence[Inline]) -> Inline:
    """Return an element around others: Emph, Strong, Superscript, Subscript."""
    return {"t": kind, "c": list(inner)}


def link(inner: Sequence[Inline], target: str) -> Inline:
    """Return a link."""
    return {"t": "Link", "c": [_NO_ATTRIBUTES, list(inner), [target, ""]]}


def styled(inner: Sequence[Inline], style: str) -> Inline:
    """Return words in a character style of the document."""
    return {"t": "Span", "c": [["", [style], [["custom-style", style]]], list(inner)]}


def children(inline: Inline) -> list[Inline]:
    """Return the elements inside an element, the words of a note included."""
    kind, content = inline["t"], inline.get("c")
    if kind in _WRAPPERS or kind == "SmallCaps":
        return list(content or [])
    if kind in ("Link", "Span", "Quoted", "Cite", "Image"):
        return list((content or [[], []])[1])
    if kind == "Note":
        return [child for block in content or [] for child in block.get("c", [])]
    return []


def plain_text(inlines: Iterable[Inline]) -> str:
    """Return the words alone."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Inline) -> str:
    kind = inline["t"]
    if kind == "Str":
        return str(inline["c"])
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "LineBreak":
        return "\n"
    if kind in ("Code", "Math"):
        return str(inline["c"][1])
    if kind == "Quoted":
        return "“" + plain_text(children(inline)) + "”"
    return plain_text(children(inline))


def escaped(plain: str) -> str:
    """Return plain text as it stands in html and SVG."""
    return escape(cleaned(plain))


def to_html(inlines: Iterable[Inline], note: Callable[[Inline], str] | None = None) -> str:
    """Return the words as html; `note` says what stands for a footnote (left out without it)."""
    return "".join(_html(inline, note) for inline in inlines)


def _html(inline: Inline, note: Callable[[Inline], str] | None) -> str:
    kind = inline["t"]
    if kind == "Note":
        return note(inline) if note else ""
    if kind == "LineBreak":
        return "<br>"
    inner = to_html(children(inline), note)
    if kind in _WRAPPERS:
        return f"<{_WRAPPERS[kind]}>{inner}</{_WRAPPERS[kind]}>"
    if kind == "SmallCaps":
        return f'<span class="caps">{inner}</span>'
    if kind == "Link":
        return _html_link(str(inline["c"][2][0]), inner)
    if kind == "Quoted":
        return f"“{inner}”"
    return inner or escaped(_plain(inline))


def _html_link(target: str, inner: str) -> str:
    if not target.startswith(("#", "https://", "http://", "mailto:")):
        return inner
    return f'<a href="{escaped(target)}">{inner}</a>'
