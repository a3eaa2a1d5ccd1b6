"""Text as publishers deposit it, made readable: entities, tags, formulas, damaged letters.

Crossref passes on what publishers send: JATS and HTML tags, MathML, entities escaped once or twice, line
breaks from pretty-printed XML, UTF-8 read as Latin-1."""

import html
import re
from typing import Final

_KEPT: Final = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "bold": "b", "strong": "b",
    "sub": "sub", "inf": "sub", "sup": "sup",
}  # fmt: skip
_DROPPED: Final = frozenset(
    ("scp", "sc", "small", "u", "underline", "overline", "strike", "s", "tt", "monospace", "roman", "span",
     "font", "a", "p", "br", "break", "div", "title", "subtitle", "sec", "list", "list-item", "label", "ul",
     "ol", "li", "inline-formula", "disp-formula", "alternatives", "xref", "ext-link", "uri", "email",
     "named-content", "styled-content", "fn", "sans-serif", "serif", "big", "center", "h1", "h2", "h3", "h4",
     "table-wrap", "table", "thead", "tbody", "tr", "td", "th", "col", "colgroup", "abstract", "abs",
     "bullet", "disp-quote", "def-list", "def-item", "term", "def", "math", "mrow", "mi", "mo", "mn",
     "mtext", "msub", "msup", "msubsup", "mover", "munder", "mfrac", "msqrt", "mroot", "mfenced", "mstyle",
     "mspace", "mtable", "mtr", "mtd", "semantics", "annotation", "tex-math", "graphic", "inline-graphic",
     "img", "related-article", "kwd", "body", "html", "text", "hr", "caption"),
)  # fmt: skip
_TAG: Final = re.compile(r"<(/?)((?:[A-Za-z][\w.-]*:)?[A-Za-z][\w.-]*)((?:\s[^<>]*)?)/?>")
_MATH: Final = re.compile(r"<(?:\w+:)?math\b[^>]*>(.*?)</(?:\w+:)?math\s*>", re.DOTALL | re.IGNORECASE)
_TWICE: Final = re.compile(
    r"<(?:\w+:)?(annotation(?:-xml)?|tex-math)\b[^>]*>.*?</(?:\w+:)?\1\s*>", re.DOTALL | re.IGNORECASE
)
_SCRIPT: Final = re.compile(
    r"<(?:\w+:)?m(sub|sup)\b[^>]*>\s*(<(?:\w+:)?(\w+)[^>]*>.*?</(?:\w+:)?\3>)\s*"
    r"((?:(?!<(?:\w+:)?m(?:sub|sup)\b).)*?)</(?:\w+:)?m\1>",
    re.DOTALL | re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>|<\?.*?\?>", re.DOTALL)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
_DAMAGED: Final = re.compile(
    "[\xc2-\xdf][\x80-\x9f]|\xc3[\xa0-\xaa\xac-\xba\xbc-\xbf]|\xc3[\xab\xbb](?=[a-z])|\xc2[\xa1-\xba\xbc-\xbf]"
    "|[\xe0-\xef](?:[\x80-\x9f][\x80-\xbf]|[\x80-\xbf][\x80-\x9f])|[\xf0-\xf4][\x80-\x9f][\x80-\xbf]{2}"
)
_DAMAGED_WINDOWS: Final = re.compile("\u00e2\u20ac[\u2122\u02dc\u0153\u201d\u201c\u00a6\u00a2\u00b2]")
_BREAK, _LABEL, _EDGE = "\ue000", "\ue001", "\ue002"
_SUPERSCRIPT: Final = str.maketrans("0123456789+-=()nia", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃ")
_SUBSCRIPT: Final = str.maketrans("0123456789+-=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ")


def unescaped(text: str) -> str:
    """Return text with its entities resolved, also those escaped twice (at most three times over)."""
    for _ in range(3):
        if (plainer := html.unescape(text)) == text:
            break
        text = plainer
    return text


def repaired(text: str) -> str:
    """Return text whose UTF-8 letters had been read as Latin-1 or Windows-1252, and without control letters.

    Only runs that decode are changed, and only those no language writes: `Ã¤` becomes `ä`, `â€™` becomes
    `’`."""
    if _DAMAGED.search(text):
        text = _DAMAGED.sub(lambda run: _decoded(run[0], "latin-1"), text)
    if _DAMAGED_WINDOWS.search(text):
        text = _DAMAGED_WINDOWS.sub(lambda run: _decoded(run[0], "cp1252"), text)
    return _CONTROL.sub("", text)


def _decoded(run: str, encoding: str) -> str:
    try:
        return run.encode(encoding).decode("utf-8")
    except UnicodeError:
        return run


def collapsed(text: str) -> str:
    """Return text on one line: every run of blanks and line breaks becomes one blank."""
    return re.sub(r"\s+", " ", text).strip()


def rich_line(text: str) -> str:
    """Return a title on one line with only the marks `<i> <b> <sub> <sup>`, all of them paired."""
    text = _one_formula(repaired(unescaped(text)))
    return _tidied(_paired(_TAG.sub(_known_mark, text)))


def plain_line(text: str) -> str:
    """Return text on one line without any marks, for names of people, journals and publishers."""
    return collapsed(re.sub(r"</?(?:i|b|sub|sup)>", "", rich_line(text)))


def paragraphs(text: str) -> str:
    """Return an abstract as plain paragraphs, parted by an empty line; section titles become `Label: `.

    A leading `Abstract` is dropped; raised and lowered letters become Unicode ones where they all exist."""
    text = re.sub(f"[{_BREAK}{_LABEL}{_EDGE}]", "", _COMMENT.sub("", text))
    text = _one_formula(repaired(text))
    text = _TAG.sub(_block, text)
    text = _TAG.sub(_known_mark, repaired(unescaped(text)))
    text = re.sub(r"<(sub|sup)>(.*?)</\1>", _script_letters, text, flags=re.DOTALL)
    text = re.sub(r"</?(?:i|b|sub|sup)>", _EDGE, text)
    pieces = [piece for piece in map(_piece, text.split(_BREAK)) if piece]
    return "\n\n".join(_labelled(pieces))


def _piece(text: str) -> str:
    label = _LABEL in text
    text = _without_gaps(collapsed(text.replace(_LABEL, "")))
    return _LABEL + text if label and text else text


def _without_gaps(text: str) -> str:
    """Close the blank that pretty-printed XML leaves between a closing tag and a comma."""
    return re.sub(f"{_EDGE} +(?=[,.;)])|{_EDGE}", "", re.sub(f"(?<=[(]) +{_EDGE}", "", text))


def _labelled(pieces: list[str]) -> list[str]:
    whole: list[str] = []
    label = ""
    for piece in pieces:
        if piece.startswith(_LABEL):
            if label:
                whole.append(label.rstrip(": ") + ":")
            label = "" if _is_heading(piece[1:], whole) else piece[1:].rstrip(":. ") + ": "
        else:
            whole.append(label + piece)
            label = ""
    if label:
        whole.append(label.strip())
    if whole:
        whole[0] = re.sub(r"^(?:abstract|ABSTRACT|Abstract)(?:\s*[:.–—-]\s*|\s+(?=[A-Z]))", "", whole[0])
    return [piece for piece in whole if piece]


def _is_heading(text: str, before: list[str]) -> bool:
    return not before and text.strip(" :.").casefold() in {"abstract", "summary", "abstract:", "resumo"}


_BLOCKS: Final = frozenset(("p", "sec", "list", "list-item", "li", "ul", "ol", "div", "br", "break", "tr",
                            "table-wrap", "disp-quote", "abstract", "def-item", "disp-formula"))  # fmt: skip


def _block(tag: re.Match[str]) -> str:
    name = tag[2].rpartition(":")[2].lower()
    if name in {"title", "h1", "h2", "h3", "h4"}:
        return _BREAK if tag[1] else _BREAK + _LABEL
    if name in {"list-item", "li"} and not tag[1]:
        return _BREAK + "• "
    if name in {"td", "th"}:
        return " "
    return _BREAK if name in _BLOCKS else tag[0]


def _script_letters(found: re.Match[str]) -> str:
    table = _SUBSCRIPT if found[1] == "sub" else _SUPERSCRIPT
    letters = re.sub(r"<[^<>]*>", "", found[2]).strip().replace("−", "-").replace("–", "-")
    if letters and all(ord(letter) in table for letter in letters):
        return _EDGE + letters.translate(table)
    return _EDGE + letters


def _known_mark(tag: re.Match[str]) -> str:
    prefix, _, name = tag[2].rpartition(":")
    name = name.lower()
    if name in _KEPT:
        return f"<{tag[1]}{_KEPT[name]}>"
    if name == "subtitle" and not tag[1]:
        return ": "
    if name in {"br", "break", "p"}:
        return " "
    return "" if prefix or name in _DROPPED else tag[0]


def _one_formula(text: str) -> str:
    """Return text whose formulas are written once, with a blank where they touched a word."""
    if "<" not in text:
        return text
    text = _TWICE.sub("", text) if _MATH.search(text) else text
    return _MATH.sub(_formula, text)


def _formula(found: re.Match[str]) -> str:
    body = found[1]
    while (simpler := _SCRIPT.sub(r"\2<\1>\4</\1>", body)) != body:
        body = simpler
    body = re.sub(r"</?(?:\w+:)?m\w*\b[^>]*>", "", body)
    body = re.sub(r"\s+", "", re.sub(r"</?(?:\w+:)?semantics[^>]*>", "", body))
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    return (" " if before.isalnum() else "") + body + (" " if after.isalnum() else "")


def _paired(text: str) -> str:
    """Return text without marks that are never closed or never opened."""
    open_marks: list[tuple[str, int]] = []
    pieces: list[str] = []
    for piece in re.split(r"(</?(?:i|b|sub|sup)>)", text):
        name = piece.strip("</>")
        if not re.fullmatch(r"</?(?:i|b|sub|sup)>", piece):
            pieces.append(piece)
        elif not piece.startswith("</"):
            open_marks.append((name, len(pieces)))
            pieces.append(piece)
        elif open_marks and open_marks[-1][0] == name:
            open_marks.pop()
            pieces.append(piece)
    for _, at in open_marks:
        pieces[at] = ""
    return "".join(pieces)


def _tidied(text: str) -> str:
    text = collapsed(text)
    text = re.sub(r"<(i|b|sub|sup)>\s*</\1>", " ", text)
    text = re.sub(r"(<(?:i|b|sub|sup)>) +", r" \1", text)
    text = re.sub(r" +(</(?:i|b|sub|sup)>)", r"\1 ", text)
    text = re.sub(r"(</(?:i|b)>) +(?=[,.;)])", r"\1", text)
    return collapsed(re.sub(r" +(?=: )", "", text))
