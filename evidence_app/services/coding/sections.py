"""The sections of a document: by its own outline, else by headings that are numbered or bear a usual name."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from evidence_app.domain.coding import Document
from evidence_app.services.coding.letters import letters_of
from evidence_app.services.coding.pdf import OutlineEntry
from evidence_app.services.coding.sentences import is_ended

_NUMBERED: Final = re.compile(
    r"^[ \t]*(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?[ \t]*(?:\|[ \t]*|[ \t])(?P<title>[^\W\d].{1,90})$",
    re.MULTILINE,
)
_NAMED: Final = re.compile(
    r"^[ \t]*(?:abstract|summary|keywords|(?:introduction|background|aims?|methods?(?: and materials)?|"
    r"methodology|(?:key )?findings|results?|(?:findings|results) and discussion|discussion|limitations|"
    r"conclusions?|recommendations|implications(?: for \w+)?|acknowledge?ments|funding(?: information)?|"
    r"references|bibliography|appendi(?:x|ces)))(?:[ \t]+\w{1,3})?[ \t]*:?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)

_ITEM: Final = 400
"""Letters an item of a list has at most."""


class Section(NamedTuple):
    """A heading with all that stands under it, deeper headings too."""

    title: str
    depth: int
    start: int
    end: int


def sections(document: Document, text: str, outline: Sequence[OutlineEntry] = ()) -> list[Section]:
    """Return the sections in their order; each ends where the next of its depth or a higher one begins."""
    found = _by_outline(document, text, outline) or _by_headings(text)
    heads = sorted(dict.fromkeys(found), key=lambda each: each.start)
    made = []
    for at, head in enumerate(heads):
        end = next((each.start for each in heads[at + 1 :] if each.depth <= head.depth), len(text))
        made.append(head._replace(end=end))
    return made


def section_at(found: Sequence[Section], position: int) -> Section | None:
    """Return the innermost section a position lies in."""
    around = [each for each in found if each.start <= position < each.end]
    return max(around, key=lambda each: (each.depth, each.start), default=None)


def _by_outline(document: Document, text: str, outline: Sequence[OutlineEntry]) -> list[Section]:
    made = []
    for entry in outline:
        if not 1 <= entry.page <= len(document.pages):
            continue
        start, end = document.span_of(entry.page)
        page, title = letters_of(text[start:end]), letters_of(entry.title).text
        at = page.text.casefold().find(title.casefold()) if title else -1
        if at >= 0 and len(page.text.casefold()) == len(page.text):
            begin = start + page.span(at, len(title))[0]
            made.append(Section(entry.title, entry.depth, begin, begin))
    return made


def _by_headings(text: str) -> list[Section]:
    named = [Section(" ".join(hit[0].split()), 0, hit.start(), hit.end()) for hit in _NAMED.finditer(text)]
    return [*_numbered(text), *named]


def _numbered(text: str) -> list[Section]:
    """Return the numbered headings that count up; the items of a list begin anew, or are sentences."""
    made: list[Section] = []
    main = 0
    item: re.Match[str] | None = None
    for hit in _NUMBERED.finditer(text):
        first, depth = int(hit["number"].split(".")[0]), hit["number"].count(".")
        counts_up = first == main + 1 or (first == main and depth) or (first == main + 2 and not depth)
        goes_on = item is not None and _goes_on(item, hit)
        sentence = is_ended(hit[0]) or hit[0].rstrip()[-1] in ",;-" or not hit["title"][0].isupper()
        if sentence or goes_on or not counts_up:
            item = hit
            continue
        main, item = first, None
        made.append(Section(" ".join(hit[0].split()), depth, hit.start(), hit.end()))
    return made


def _goes_on(item: "re.Match[str]", hit: "re.Match[str]") -> bool:
    """Whether a line is the next item of a list: it is numbered alike and stands near."""
    marks = {each[0][each.end("number") - each.start() :][:1] for each in (item, hit)}
    near = hit.start() - item.end() < _ITEM
    return near and len(marks) == 1 and hit["number"] == str(int(item["number"].split(".")[0]) + 1)
