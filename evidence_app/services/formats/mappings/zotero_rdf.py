"""Zotero RDF: items with their notes, attachments and collections.

Source: Zotero's RDF export, in the vocabularies Bibliontology, Dublin Core, FOAF and its own."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.draft import Draft
from evidence_app.services.formats.hidden import take_note
from evidence_app.services.formats.records import FoundNote, RawRecord, ReadFile, ReadRecord, Unplaced
from evidence_app.services.formats.values import date_of, doi_in, pages_of, without_markup
from evidence_app.services.formats.xml_stream import Elements, content, joined, local

_TYPES: Final = {
    "journalArticle": "article-journal", "book": "book", "bookSection": "chapter",
    "conferencePaper": "paper-conference", "report": "report", "thesis": "thesis", "webpage": "webpage",
    "magazineArticle": "article-magazine", "newspaperArticle": "article-newspaper",
    "manuscript": "manuscript", "preprint": "article", "dataset": "dataset", "blogPost": "post-weblog",
    "computerProgram": "software", "document": "document", "film": "motion_picture",
    "presentation": "speech", "patent": "patent", "case": "legal_case", "statute": "legislation",
    "bill": "bill", "hearing": "hearing", "interview": "interview", "letter": "personal_communication",
    "map": "map", "artwork": "graphic", "podcast": "song", "videoRecording": "motion_picture",
    "audioRecording": "song", "encyclopediaArticle": "entry-encyclopedia",
    "dictionaryEntry": "entry-dictionary", "standard": "standard", "forumPost": "post",
    "email": "personal_communication", "radioBroadcast": "broadcast", "tvBroadcast": "broadcast",
}  # fmt: skip
_CLASSES: Final = frozenset(
    ("Article", "Book", "BookSection", "Description", "Document", "Report", "Thesis", "Patent",
     "Manuscript", "Legislation", "Letter", "Recording", "MotionPicture", "Image", "Interview", "Data",
     "Illustration", "ConferenceProceedings", "Memo", "Attachment", "Collection", "Journal", "Series"),
)  # fmt: skip
_PEOPLE: Final = {
    "authors": "author", "editors": "editor", "seriesEditors": "collection-editor",
    "translators": "translator", "contributors": "contributor", "directors": "director",
    "interviewers": "interviewer", "recipients": "recipient", "reviewedAuthors": "reviewed-author",
    "presenters": "author", "programmers": "author", "inventors": "author", "artists": "author",
    "podcasters": "author", "bookAuthor": "container-author", "bookAuthors": "container-author",
}  # fmt: skip
_TEXTS: Final = {
    "title": "title", "shortTitle": "title-short", "volume": "volume", "issue": "issue", "number": "number",
    "pages": "page", "edition": "edition", "language": "language", "rights": "license",
    "archive": "archive", "libraryCatalog": "source", "callNumber": "call-number",
    "numPages": "number-of-pages", "type": "genre", "numberOfVolumes": "number-of-volumes",
    "meetingName": "event-title", "publicationTitle": "container-title",
}  # fmt: skip


class _Around:
    """What stands beside the items of a file: journals, notes, attachments, collections."""

    def __init__(self) -> None:
        self.nodes: dict[str, Draft] = {}
        self.notes: dict[str, str] = {}
        self.attachments: dict[str, str] = {}
        self.collections: dict[str, list[str]] = {}
        self.texts: dict[str, RawRecord] = {}
        """What stands beside the items, word for word: it is kept with the items that point to it."""
        self.common: list[str] = []
        """Collections, and what no item points to by its address; kept with the first item."""
        self.used: set[str] = set()

    def beside(self, element: Any) -> list[str]:
        """Return word for word what an item points to."""
        texts, self.common = self.common, []
        for address in (_attribute(child, "resource") for child in element):
            if address in self.texts:
                self.used.add(address)
                texts.append(self.texts[address].text)
        return texts

    def orphans(self) -> Iterator[Unplaced]:
        """Yield the notes and files that belong to no item."""
        for address, raw in self.texts.items():
            if address not in self.used:
                yield Unplaced(raw.line, raw.text, "This note or file stands in the library without a work.")

    def files_at(self, address: str) -> list[str]:
        """Return the file at an address; one that was exported without its file is none."""
        found = self.attachments.get(address, "")
        return [] if not found or found.startswith("#") else [found]

    def take(self, raw: RawRecord, element: Any) -> None:
        """Keep a node that is no item, under its address."""
        about, kind = _attribute(element, "about"), local(element)
        if kind == "Collection" or not about:
            self.common.append(raw.text)
        else:
            self.texts[about] = raw
        if kind == "Memo":
            self.notes[about] = _memo(element)
        elif kind == "Attachment":
            self.attachments[about] = _path(element)
        elif kind == "Collection":
            title = next((joined(child) for child in element if local(child) == "title"), "")
            for child in element:
                if local(child) == "hasPart":
                    self.collections.setdefault(_attribute(child, "resource"), []).append(title)
        elif not _item_type(element):
            draft = Draft()
            _fields(draft, element, self, container=True)
            self.nodes[about] = draft


def read(source: Source, file: ReadFile) -> Iterator[ReadRecord]:
    """Yield the items of a file; what they point to is gathered in a first pass."""
    file.dialect = "Zotero"
    around = _Around()
    aside = ReadFile(file.format, "", iter(()))
    for raw, element in Elements(source, aside, _CLASSES, listing=False):
        if not _is_item(element):
            around.take(raw, element)
    aside = ReadFile(file.format, "", iter(()))
    for raw, element in Elements(source, aside, _CLASSES):
        if _is_item(element):
            file.expected += 1
            whole = replace(raw, text="\n".join((raw.text, *around.beside(element))))
            yield _record(whole, element, around)
    file.unplaced += [*aside.unplaced, *around.orphans()]


def _is_item(element: Any) -> bool:
    kind = _item_type(element)
    known = kind not in {"attachment", "note", ""} and local(element) not in {
        "Memo",
        "Attachment",
        "Collection",
    }
    return known or (not kind and local(element) in {"Article", "Book", "BookSection", "Thesis", "Report"})


def _item_type(element: Any) -> str:
    return next((joined(child) for child in element if local(child) == "itemType"), "")


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _memo(element: Any) -> str:
    value = next((content(child) for child in element.iter() if local(child) == "value"), "") or content(
        element
    )
    return without_markup(value).strip()


def _path(element: Any) -> str:
    for child in element:
        if local(child) in {"resource", "path"} and _attribute(child, "resource"):
            return _attribute(child, "resource")
    found = next((joined(child) for child in element.iter() if local(child) in {"value", "identifier"}), "")
    return found or _attribute(element, "about")


def _record(raw: RawRecord, element: Any, around: _Around) -> ReadRecord:
    draft = Draft(source_id=_attribute(element, "about") or None)
    kind = _item_type(element)
    draft.put(
        "type",
        _TYPES.get(
            kind,
            "book"
            if local(element) == "Book"
            else "article-journal"
            if local(element) == "Article"
            else "document",
        ),
    )
    _fields(draft, element, around, container=False)
    draft.collections += around.collections.get(draft.source_id or "", [])
    if "page" in draft.item:
        draft.item["page"] = pages_of(draft.item["page"])
    if draft.item.get("type") == "article-journal" and "number" in draft.item:
        draft.put("issue", draft.item.pop("number"))
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


def _fields(draft: Draft, element: Any, around: _Around, container: bool) -> None:
    for child in element:
        name = local(child)
        if name in _PEOPLE:
            draft.put(_PEOPLE[name], _people(child))
        elif name in _TEXTS and joined(child):
            draft.put("container-title" if container and name == "title" else _TEXTS[name], joined(child))
        elif name == "isPartOf":
            _part_of(draft, child, around)
        elif name == "isReferencedBy":
            note = around.notes.get(_attribute(child, "resource")) or _memo(child)
            if note:
                draft.memos.append(FoundNote(note))
        elif name == "link":
            draft.attachments += around.files_at(_attribute(child, "resource"))
        else:
            _field(draft, child, name)


def _field(draft: Draft, child: Any, name: str) -> None:
    if name == "abstract":
        draft.put("abstract", without_markup(content(child)))
    elif name == "date":
        draft.put("issued", date_of(joined(child)))
    elif name == "dateSubmitted":
        draft.put("accessed", date_of(joined(child).split(" ")[0]))
    elif name == "subject" and joined(child):
        draft.keywords.append(joined(child))
    elif name == "identifier":
        _identifier(draft, child)
    elif name == "publisher":
        names = [joined(found) for found in child.iter() if local(found) == "name"]
        draft.put("publisher", names[0] if names else joined(child))
        places = [joined(found) for found in child.iter() if local(found) in {"locality", "address"}]
        draft.put("publisher-place", places[0] if places else "")
    elif name == "description":
        take_note(draft, content(child))
    elif name == "alternative":
        draft.put("container-title-short", joined(child))


def _identifier(draft: Draft, child: Any) -> None:
    value = joined(child)
    if value.upper().startswith("DOI"):
        draft.put("DOI", doi_in(value))
    elif value.upper().startswith(("ISSN", "ISBN")):
        to.serial_number(draft, value[4:].strip())
    elif value.startswith("http"):
        draft.put("URL", value)


def _part_of(draft: Draft, child: Any, around: _Around) -> None:
    node = around.nodes.get(_attribute(child, "resource"))
    if node is None:
        node = Draft()
        for inner in child:
            _fields(node, inner, around, container=True)
            if local(inner) == "Series" and "container-title" in node.item:
                node.item["collection-title"] = node.item.pop("container-title")
    for variable, value in node.item.items():
        draft.put(variable, value, 3)


def _people(element: Any) -> list[dict[str, str]]:
    names = []
    for person in element.iter():
        if local(person) != "Person":
            continue
        parts = {local(part): joined(part) for part in person}
        family = parts.get("surname", "")
        given = parts.get("givenName", "") or parts.get("givenname", "")
        if family and given:
            names.append({"family": family, "given": given})
        elif family or given:
            names.append({"literal": family or given})
    return names
