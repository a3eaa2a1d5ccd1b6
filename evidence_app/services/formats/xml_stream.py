"""XML read element by element: no entities, no network, no growth; damage is reported, not raised."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, TextIO

from lxml import etree

from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.records import RawRecord, ReadFile, Unplaced

_DECLARED: Final = re.compile(
    r"<\?xml\s[^<>]{0,2000}\?>|<!DOCTYPE\s[^<>\[\]]{0,2000}(?:\[[^\[\]]{0,4000}\]\s{0,9})?>"
)
_LONGEST_DECLARATION: Final = 7_000
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_SHOWN: Final = 1_000_000
"""How much is listed of a file that is damaged, in characters."""
_CHUNK: Final = 1 << 16


@dataclass(slots=True)
class Elements:
    """The elements of given names in a file; what is damaged goes to the file's unplaced blocks."""

    source: Source
    file: ReadFile
    names: frozenset[str]
    """Local names of the elements that are records."""
    listing: bool = True
    """Whether what is no record is listed as unplaced."""
    last_line: int = 0
    """Where the last record read so far ends."""

    def __iter__(self) -> Iterator[tuple[RawRecord, Any]]:
        """Yield each record verbatim and as an element; the element is emptied afterwards."""
        parser = etree.XMLPullParser(
            events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
            dtd_validation=False, huge_tree=False, recover=True, encoding="utf-8",
        )  # fmt: skip
        before = self._prologue()
        for raw_record, element in self._found(parser):
            yield (replace(raw_record, text=before + raw_record.text) if before else raw_record), element
            before = ""
        if (before or not self.file.expected) and not self.file.unplaced:
            text = before or self.source.sample
            self.file.unplaced.append(Unplaced(1, text, "No record could be found in this."))

    def _found(self, parser: Any) -> Iterator[tuple[RawRecord, Any]]:
        depth = level = seen = 0
        with self.source.text() as text:
            for chunk in _bytes(text):
                try:
                    parser.feed(chunk)
                    for event, element in parser.read_events():
                        depth, found = self._step(event, element, depth)
                        level += 1 if event == "start" else -1
                        if level == 1 and event == "end":
                            self._whole(element, seen)
                            seen = self.file.expected
                        if found:
                            yield found
                except (etree.XMLSyntaxError, ValueError) as error:
                    self._damaged(str(error), chunk.decode("utf-8", "replace") + text.read(_SHOWN))
                    break
        if not depth:
            parser.feed(b"</all>")
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
        found = raw(element)
        self.last_line = found.line + found.text.count("\n")
        return 0, (found, _then_emptied(element))

    def _last(self, parser: Any, depth: int) -> Iterator[tuple[RawRecord, Any]]:
        """Close the parser: a record cut off by the end of the file still comes out."""
        try:
            self._strays(parser.close())
        except (etree.XMLSyntaxError, ValueError) as error:
            if depth or not self.file.expected:
                self._damaged(str(error))
            elif self.listing:
                self._behind(parser)
            return
        for event, element in parser.read_events():
            depth, found = self._step(event, element, depth)
            if found:
                yield found
        if depth:
            self._damaged("the file ends inside a record")
        elif self.listing:
            self._behind(parser)

    def _behind(self, parser: Any) -> None:
        """List what follows the last record and is no XML: nothing behind it was read."""
        line = next((error.line for error in parser.feed_error_log if error.line > self.last_line), 0)
        if not line:
            return
        with self.source.text() as lines:
            rest = "".join(islice(lines, line - 1, None))[:_SHOWN]
        if _TAG.sub("", rest).strip("\ufeff \t\r\n\x1a"):
            said = "The file is no XML from here on, and was not read. Import the rest as a file of its own."
            self.file.unplaced.append(Unplaced(line, rest, said))

    def _whole(self, document: Any, seen: int) -> None:
        """List a document without any record, as it stands behind others in files put together."""
        if self.file.expected == seen and isinstance(document.tag, str) and self.listing:
            text = etree.tostring(document, encoding="unicode", with_tail=False)[:_SHOWN]
            said = "This document holds no record of the format read. Import it as a file of its own."
            self.file.unplaced.append(Unplaced(document.sourceline or 1, text, said))

    def _strays(self, everything: Any) -> None:
        if everything is None or not self.listing:
            return
        for document in everything:
            if (text := (document.tail or "").strip("\ufeff \t\r\n")) and isinstance(text, str):
                said = "This text stands outside any record."
                self.file.unplaced.append(Unplaced(document.sourceline or 1, text, said))

    def _damaged(self, reason: str, rest: str = "") -> None:
        self.file.unplaced.append(Unplaced(1, rest, f"The file is damaged from here on ({reason})."))


def _then_emptied(element: Any) -> Any:
    """Free what stands before the element; its own content goes with the next one."""
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]
    return element


def _bytes(text: TextIO) -> Iterator[bytes]:
    """Yield the text in UTF-8 in one element of our own, without declarations.

    A declaration may name another encoding, and files put one behind the other have several documents."""
    yield b"<all>"
    held = ""
    while chunk := text.read(_CHUNK):
        chunk = held + chunk
        opens = max(chunk.rfind("<?"), chunk.rfind("<!D"))
        whole = opens < 0 or len(chunk) - opens > _LONGEST_DECLARATION or ">" in chunk[opens:]
        if chunk.endswith("<") or not whole:
            opens = len(chunk) - 1 if chunk.endswith("<") else opens
            chunk, held = chunk[:opens], chunk[opens:]
        else:
            held = ""
        yield _declared_no_more(chunk)
    if held:
        yield _declared_no_more(held)


def _declared_no_more(text: str) -> bytes:
    if "<?xml" in text or "<!DOCTYPE" in text:
        text = _DECLARED.sub(lambda found: "\n" * found[0].count("\n"), text)
    return text.encode("utf-8", "replace")


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
