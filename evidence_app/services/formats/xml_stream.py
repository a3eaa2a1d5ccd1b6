"""XML read element by element: no entities, no network, no growth; damage is reported, not raised."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, TextIO

from lxml import etree

from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.records import RawRecord, ReadFile, Unplaced

_DECLARED: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CHUNK: Final = 1 << 16


@dataclass(slots=True)
class Elements:
    """The elements of given names in a file; what is damaged goes to the file's unplaced blocks."""

    source: Source
    file: ReadFile
    names: frozenset[str]
    """Local names of the elements that are records."""

    def __iter__(self) -> Iterator[tuple[RawRecord, Any]]:
        """Yield each record verbatim and as an element; the element is emptied afterwards."""
        parser = etree.XMLPullParser(
            events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
            dtd_validation=False, huge_tree=False, recover=True, encoding="utf-8",
        )  # fmt: skip
        depth = 0
        before = self._prologue()
        with self.source.text() as text:
            for chunk in _bytes(text):
                try:
                    parser.feed(chunk)
                    for event, element in parser.read_events():
                        depth, found = self._step(event, element, depth)
                        if found:
                            yield (
                                (replace(found[0], text=before + found[0].text), found[1])
                                if before
                                else found
                            )
                            before = ""
                except (etree.XMLSyntaxError, ValueError) as error:
                    self._damaged(str(error))
                    break
        yield from self._last(parser, depth)

    def _prologue(self) -> str:
        """Return what stands before the first record: it is kept with it."""
        names = "|".join(sorted(self.names))
        found = re.search(rf"<(?:[\w.-]+:)?(?:{names})[\s>/]", self.source.sample)
        return self.source.sample[: found.start()] if found else ""

    def _step(self, event: str, element: Any, depth: int) -> tuple[int, tuple[RawRecord, Any] | None]:
        if not isinstance(element.tag, str) or local(element) not in self.names:
            return depth, None
        if event == "start":
            self.file.expected += not depth
            return depth + 1, None
        if depth > 1:
            return depth - 1, None
        return 0, (raw(element), _then_emptied(element))

    def _last(self, parser: Any, depth: int) -> Iterator[tuple[RawRecord, Any]]:
        """Close the parser: a record cut off by the end of the file still comes out."""
        try:
            parser.close()
        except (etree.XMLSyntaxError, ValueError) as error:
            if depth or not self.file.expected:
                self._damaged(str(error))
            return
        for event, element in parser.read_events():
            depth, found = self._step(event, element, depth)
            if found:
                yield found
        if depth:
            self._damaged("the file ends inside a record")

    def _damaged(self, reason: str) -> None:
        self.file.unplaced.append(Unplaced(1, "", f"The file is damaged from here on ({reason})."))


def _then_emptied(element: Any) -> Any:
    """Free what stands before the element; its own content goes with the next one."""
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]
    return element


def _bytes(text: TextIO) -> Iterator[bytes]:
    """Yield the text in UTF-8 without its declaration, which may name another encoding."""
    first = True
    while chunk := text.read(_CHUNK):
        if first:
            chunk = _DECLARED.sub(lambda found: "\n" * found[0].count("\n"), chunk.lstrip("\ufeff \t\r\n"))
            first = False
        yield chunk.encode("utf-8", "replace")


def element_of(text: str) -> Any:
    """Return the element a text of our own making holds."""
    return etree.fromstring(text, etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True))


def local(element: Any) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def joined(element: Any) -> str:
    """Return all text of an element, in one line; formulas and emphasis keep their words."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def content(element: Any) -> str:
    """Return all text of an element with its line breaks."""
    if element is None:
        return ""
    return "".join(element.itertext()).replace("\r\n", "\n").replace("\r", "\n").strip()


_MARKS: Final = {
    "i": "i", "italic": "i", "b": "b", "bold": "b", "sup": "sup", "superscript": "sup", "sub": "sub",
    "subscript": "sub",
}  # fmt: skip


def marked(element: Any) -> str:
    """Return all text of an element in one line, with CSL's marks where it has emphasis."""
    return " ".join(_marked(element).split()) if element is not None else ""


def _marked(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        inner = _marked(child) if isinstance(child.tag, str) else ""
        mark = _MARKS.get(child.get("face", "")) if local(child) == "style" else _MARKS.get(local(child))
        pieces += [f"<{mark}>{inner}</{mark}>" if mark and inner.strip() else inner, child.tail or ""]
    return "".join(pieces)


def raw(element: Any) -> RawRecord:
    """Return an element verbatim, its texts and attributes by path."""
    tags: list[tuple[str, str]] = []
    _flatten(element, "", tags)
    return RawRecord(
        tuple(tags), etree.tostring(element, encoding="unicode", with_tail=False), element.sourceline or 1
    )


def _flatten(element: Any, path: str, tags: list[tuple[str, str]]) -> None:
    for name, value in element.attrib.items():
        tags.append((f"{path}@{name.rpartition('}')[2]}", value))
    own = (element.text or "").strip()
    if own:
        tags.append((path.rstrip("/") or ".", own))
    for child in element:
        if isinstance(child.tag, str):
            _flatten(child, f"{path}{local(child)}/", tags)
        tail = (child.tail or "").strip()
        if tail:
            tags.append((path.rstrip("/") or ".", tail))
