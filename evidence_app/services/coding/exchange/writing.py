"""The coding of a review as a REFI-QDA project (1.0): validates against Project.xsd, identities kept.

Report → Case with Variables; document → PDFSource or TextSource; quotation → PlainTextSelection, and in a PDF
PDFSelection with the same identity; code → Code, a folder is not codable; theme → Set; memo → Note."""

import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from evidence_app.domain.coding import (
    AnchorState,
    Code,
    Coding,
    Document,
    Quotation,
    code_tree,
)
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.names import names_of, shown
from evidence_app.domain.reference import Reference, plain
from evidence_app.services.coding.exchange.contents import CodedReview
from evidence_app.services.coding.exchange.describing import OUR_ORIGIN, described
from evidence_app.services.coding.exchange.model import CODEBOOK_NAMESPACE, PROJECT_NAMESPACE
from evidence_app.services.coding.exchange.package import write_package
from evidence_app.services.coding.exchange.profiles import PROFILES, Offsets, Profile
from evidence_app.services.coding.exchange.reports import SentOut
from evidence_app.services.whole_files import replacing

_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\Z")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMED: Final = 200
"""Longest words of a quotation in a selection's name."""


def write_project(review: CodedReview, out: Path, profile: Profile = PROFILES["standard"]) -> SentOut:
    """Write a .qdpx and return what it came to. Raises `NotWritten`."""
    writer = _Writing(review, profile)
    root = writer.project()
    told = writer.told
    told.file = out.name
    write_package(out, _bytes(root), writer.sources)
    return told


def write_codebook(review: CodedReview, out: Path) -> SentOut:
    """Write a .qdc: the code book alone, with the themes as sets."""
    root = Element("CodeBook", {"xmlns": CODEBOOK_NAMESPACE, "origin": OUR_ORIGIN})
    told = SentOut(file=out.name, profile="code book")
    codes = SubElement(root, "Codes")
    told.codes = _codes(codes, review.codes, {})
    if not len(codes):
        raise EvidenceError("There is no code in this review yet, so no code book was written.")
    sets = [each for each in review.themes if each[3]]
    if sets:
        _sets(SubElement(root, "Sets"), review, "guid")
    with replacing(out) as place:
        place.write_bytes(_bytes(root))
    return told


def _bytes(root: Element) -> bytes:
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _said(text: str) -> str:
    """Return text as XML can hold it."""
    return _NOT_XML.sub("\ufffd", text)


def _text(holder: Element, name: str, text: str) -> None:
    if text:
        SubElement(holder, name).text = _said(text)


def _codes(holder: Element, codes: tuple[Code, ...], memos: Mapping[tuple[str, int], list[str]]) -> int:
    """Write the tree of codes; every code once, under its parent, with its memos."""
    at: dict[int, Element] = {}
    placed = code_tree(codes)
    for each in placed:
        code = each.code
        above = at.get(code.parent) if code.parent is not None and each.depth else None
        made = SubElement(above if above is not None else holder, "Code", _code(code))
        said = "\n\n".join(
            text for text in (
                code.definition, f"Use it for: {code.inclusion}" if code.inclusion else "",
                f"Do not use it for: {code.exclusion}" if code.exclusion else "",
            ) if text
        )  # fmt: skip
        if said:
            described = Element("Description")
            described.text = _said(said)
            made.insert(0, described)
        for guid in memos.get(("code", code.id), ()):
            SubElement(made, "NoteRef", {"targetGUID": guid})
        at[code.id] = made
    return len(placed)


def _code(code: Code) -> dict[str, str]:
    values = {"guid": code.guid, "name": _said(code.name), "isCodable": "true" if code.codable else "false"}
    if _COLOUR.match(code.colour):
        values["color"] = code.colour
    return values


def _sets(holder: Element, review: CodedReview, attribute: str) -> None:
    guids = {code.id: code.guid for code in review.codes}
    for guid, name, definition, codes in review.themes:
        made = SubElement(holder, "Set", {"guid": guid, "name": _said(name)})
        _text(made, "Description", definition)
        for code in codes:
            if code in guids:
                SubElement(made, "MemberCode", {attribute: guids[code]})


class _Writing:
    def __init__(self, review: CodedReview, profile: Profile) -> None:
        self.review = review
        self.profile = profile
        self.sources: dict[str, bytes] = {}
        self.told = SentOut(file="", profile=profile.label)
        self._codes = {code.id: code.guid for code in review.codes}
        self._memos: dict[tuple[str, int], list[str]] = {}
        self._coding_notes: list[tuple[str, Coding]] = []
        self._left: dict[str, int] = {}
        for memo in review.memos:
            if memo.row is not None:
                self._memos.setdefault((memo.subject, memo.row), []).append(memo.guid)

    def project(self) -> Element:
        """Return the whole project; containers that would be empty are left out, as the schema asks."""
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        root = Element(
            "Project", {"xmlns": PROJECT_NAMESPACE, "name": _said(self.review.title) or "Review",
                        "origin": OUR_ORIGIN, "modifiedDateTime": moment},
        )  # fmt: skip
        self._users(root)
        if self.review.codes:
            holder = SubElement(SubElement(root, "CodeBook"), "Codes")
            self.told.codes = _codes(holder, self.review.codes, self._memos)
        variables = self._variables()
        if variables:
            holder = SubElement(root, "Variables")
            for name, guid in variables.items():
                SubElement(holder, "Variable", {"guid": guid, "name": _said(name), "typeOfVariable": "Text"})
        self._cases(root, variables)
        if self.review.documents:
            holder = SubElement(root, "Sources")
            for document in self.review.documents:
                self._source(holder, document)
        self._notes(root)
        self._links(root)
        if self.review.themes:
            _sets(SubElement(root, "Sets"), self.review, "targetGUID")
        for what, times in self.review.beside.items():
            self._leave(what, times)
        self.told.not_written = self._left
        return root

    def _links(self, root: Element) -> None:
        """Write the links between quotations; one that is lost in its document has no selection to link."""
        guids = {
            each.id: each.guid for held in self.review.quotations.values() for each in held
            if each.state is not AnchorState.LOST
        }  # fmt: skip
        written = [
            (each, guids[each.quotation_a], guids[each.quotation_b])
            for each in self.review.links
            if each.quotation_a in guids and each.quotation_b in guids
        ]
        holder = SubElement(root, "Links") if written else root
        for link, one, other in written:
            values = {"guid": link.guid, "direction": "Associative", "originGUID": one, "targetGUID": other}
            SubElement(holder, "Link", {**values, **({"name": _said(link.kind)} if link.kind else {})})
        self._leave("Link to a quotation that is lost", len(self.review.links) - len(written))

    def _users(self, root: Element) -> None:
        if self.review.people:
            holder = SubElement(root, "Users")
            for guid, name in self.review.people.values():
                SubElement(holder, "User", {"guid": guid, "name": _said(name)})

    # -- reports as cases

    def _variables(self) -> dict[str, str]:
        names = dict.fromkeys(
            name for reference in self.review.references.values() for name in self._said_of(reference)
        )
        return {name: str(uuid.uuid5(uuid.NAMESPACE_OID, f"evidence-desk:variable:{name}")) for name in names}

    def _said_of(self, reference: Reference) -> dict[str, str]:
        item = reference.item
        issued = (item.get("issued") or {}).get("date-parts") or [[]]
        said = {
            "Title": plain(str(item.get("title") or "")), "Authors": shown(names_of(item.get("author"))),
            "Year": str(issued[0][0]) if issued[0] else "", "DOI": str(item.get("DOI") or ""),
            "Container": plain(str(item.get("container-title") or "")), "Type": str(item.get("type") or ""),
        }  # fmt: skip
        for each in self.review.characteristics:
            if each.reference == int(reference.id) and each.value:
                said[each.name] = "; ".join(filter(None, (said.get(each.name, ""), each.value)))
        return {name: value for name, value in said.items() if value}

    def _cases(self, root: Element, variables: dict[str, str]) -> None:
        if not self.review.references:
            return
        holder = SubElement(root, "Cases")
        for row, reference in self.review.references.items():
            case = SubElement(holder, "Case", {"guid": reference.guid, "name": _said(reference.short_label)})
            for name, value in self._said_of(reference).items():
                given = SubElement(case, "VariableValue")
                SubElement(given, "VariableRef", {"targetGUID": variables[name]})
                SubElement(given, "TextValue").text = _said(value)
            for document in self.review.documents:
                if document.reference == row:
                    SubElement(case, "SourceRef", {"targetGUID": document.guid})

    # -- documents

    def _source(self, holder: Element, document: Document) -> None:
        self.told.documents += 1
        text = self.review.texts[document.id]
        name = f"{document.guid}.txt"
        self.sources[name] = self.profile.text(_said(text)).encode("utf-8")
        offsets = self.profile.offsets(text)
        suffix, content = self.review.files.get(document.id, ("", b""))
        values = {"guid": document.guid, "name": _said(document.name)}
        if document.is_pdf and content and suffix == ".pdf":
            self.sources[f"{document.guid}.pdf"] = content
            source = SubElement(holder, "PDFSource", {**values, "path": f"internal://{document.guid}.pdf"})
            self._quotations(source, document, "PDFSelection", offsets)
            if text:
                own = str(uuid.uuid5(uuid.UUID(document.guid), "representation"))
                texts = {"guid": own, "name": _said(document.name), "plainTextPath": f"internal://{name}"}
                shown_as = SubElement(source, "Representation", texts)
                self._quotations(shown_as, document, "PlainTextSelection", offsets)
        else:
            values["plainTextPath"] = f"internal://{name}"
            if suffix == ".docx":
                self.sources[f"{document.guid}.docx"] = content
                values["richTextPath"] = f"internal://{document.guid}.docx"
            source = SubElement(holder, "TextSource", values)
            self._quotations(source, document, "PlainTextSelection", offsets)
        for guid in self._memos.get(("document", document.id), ()):
            SubElement(source, "NoteRef", {"targetGUID": guid})

    def _quotations(self, holder: Element, document: Document, kind: str, offsets: Offsets) -> None:
        of_text = kind == "PlainTextSelection"
        for quotation in self.review.quotations[document.id]:
            anchor = quotation.anchor
            if quotation.state is AnchorState.LOST:
                if of_text:
                    self._leave("Quotation that is lost in its document")
                continue
            if (of_text and anchor.start is None) or (not of_text and not anchor.rectangles):
                continue
            values = self._selected(quotation)
            if of_text:
                start, end = anchor.start or 0, anchor.end or 0
                values |= {"startPosition": str(offsets.of(start)), "endPosition": str(offsets.of(end))}
            else:
                values |= _corners(quotation)
            made = SubElement(holder, kind, values)
            _text(made, "Description", described(quotation))
            first = of_text or anchor.start is None
            self.told.quotations += first
            self._codings(made, quotation, counted=first)
            for guid in self._memos.get(("quotation", quotation.id), ()):
                SubElement(made, "NoteRef", {"targetGUID": guid})

    def _selected(self, quotation: Quotation) -> dict[str, str]:
        words = " ".join(quotation.anchor.exact.split())[:_NAMED]
        values = {"guid": quotation.guid, "name": _said(words)}
        return values | self._made(quotation.person, quotation.at)

    def _made(self, person: int | None, at: str) -> dict[str, str]:
        known = self.review.people.get(person) if person is not None else None
        values = {"creatingUser": known[0]} if known else {}
        return values | ({"creationDateTime": at} if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", at) else {})

    def _codings(self, holder: Element, quotation: Quotation, *, counted: bool) -> None:
        for coding in self.review.codings.get(quotation.id, ()):
            if coding.code not in self._codes:
                continue
            self.told.codings += counted
            made = SubElement(holder, "Coding", {"guid": coding.guid, **self._made(coding.person, coding.at)})
            SubElement(made, "CodeRef", {"targetGUID": self._codes[coding.code]})
            if coding.memo:
                note = _note_of(coding)
                SubElement(made, "NoteRef", {"targetGUID": note})
                if counted:
                    self._coding_notes.append((note, coding))

    def _leave(self, what: str, times: int = 1) -> None:
        if times:
            self._left[what] = self._left.get(what, 0) + times

    # -- memos

    def _notes(self, root: Element) -> None:
        if not self.review.memos and not self._coding_notes:
            return
        holder = SubElement(root, "Notes")
        for memo in self.review.memos:
            self.told.memos += 1
            title = memo.title or memo.kind.value.capitalize()
            made = SubElement(holder, "Note", {"guid": memo.guid, "name": _said(title)})
            _text(made, "PlainTextContent", memo.text or memo.title)
        for guid, coding in self._coding_notes:
            values = {"guid": guid, "name": "Why this code", **self._made(coding.person, coding.at)}
            SubElement(SubElement(holder, "Note", values), "PlainTextContent").text = _said(coding.memo)


def _note_of(coding: Coding) -> str:
    return str(uuid.uuid5(uuid.UUID(coding.guid), "memo"))


def _corners(quotation: Quotation) -> dict[str, str]:
    """Return the area of a quotation on its first page, in whole points from the bottom left (10.3)."""
    page = quotation.anchor.rectangles[0].page
    boxes = [each for each in quotation.anchor.rectangles if each.page == page]
    sides: Iterator[Any] = iter(
        (min(each.x0 for each in boxes), min(each.y0 for each in boxes),
         max(each.x1 for each in boxes), max(each.y1 for each in boxes))
    )  # fmt: skip
    x0, y0, x1, y1 = (round(side) for side in sides)
    return {
        "page": str(page - 1),
        "firstX": str(x0),
        "firstY": str(y0),
        "secondX": str(x1),
        "secondY": str(y1),
    }
