"""From the XML of a REFI-QDA project or code book to plain values, whoever wrote it."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree.ElementTree import Element

from evidence_app.services.coding.exchange.model import (
    BadExchangeFile,
    QdaCase,
    QdaCode,
    QdaCoding,
    QdaLink,
    QdaNote,
    QdaProject,
    QdaSelection,
    QdaSet,
    QdaSource,
)
from evidence_app.services.coding.exchange.package import Package, root_of

_FOREIGN: Final = {
    "PictureSource": "Picture source", "AudioSource": "Audio source", "VideoSource": "Video source",
}  # fmt: skip
_DEEPEST: Final = 200


def read_project(path: Path) -> QdaProject:
    """Read a .qdpx with the texts of its sources. Raises `BadExchangeFile`; nothing is changed."""
    with Package(path) as package:
        root = root_of(package.project_xml(), path.name)
        if _local(root) != "Project":
            raise BadExchangeFile(f"“{path.name}” holds no REFI-QDA project. Nothing was imported.")
        project = QdaProject(name=root.get("name") or path.stem, origin=root.get("origin") or "")
        project.users = {
            _guid(user.get("guid")): user.get("name") or user.get("id") or ""
            for user in _at(root, "Users", "User")
        }
        for codes in _at(root, "CodeBook", "Codes"):
            project.codes += _codes(codes)
        variables = {
            _guid(each.get("guid")): each.get("name") or "" for each in _at(root, "Variables", "Variable")
        }
        project.cases = [_case(case, variables) for case in _at(root, "Cases", "Case")]
        for what, name in (("Code of a case", "CodeRef"), ("Passage of a case", "SelectionRef")):
            project.leave(what, sum(len(_children(case, name)) for case in _at(root, "Cases", "Case")))
        project.notes = [_note(note, package) for note in _at(root, "Notes", "Note")]
        project.sets = [_set(each) for each in _at(root, "Sets", "Set")]
        project.links = [_link(each) for each in _at(root, "Links", "Link")]
        _sources(root, package, variables, project)
        project.leave("Graph", sum(1 for _ in _at(root, "Graphs", "Graph")))
        return project


def read_codebook(path: Path) -> QdaProject:
    """Read a .qdc: codes and sets; the reference attribute of a set's codes is `guid` there."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadExchangeFile(
            f"“{path.name}” cannot be read: {error.strerror}. Nothing was imported."
        ) from error
    root = root_of(content, path.name)
    if _local(root) != "CodeBook":
        raise BadExchangeFile(f"“{path.name}” is no REFI-QDA code book. Nothing was imported.")
    project = QdaProject(name=path.stem, origin=root.get("origin") or "")
    for codes in _children(root, "Codes"):
        project.codes += _codes(codes)
    project.sets = [_set(each) for each in _at(root, "Sets", "Set")]
    return project


def _codes(holder: Element, parent: str = "", path: tuple[str, ...] = ()) -> Iterator[QdaCode]:
    if len(path) > _DEEPEST:
        raise BadExchangeFile("The codes are nested more than 200 deep. Nothing was imported.")
    for each in _children(holder, "Code"):
        name = " ".join((each.get("name") or "Unnamed code").split())
        code = QdaCode(
            guid=_guid(each.get("guid")), name=name, colour=each.get("color") or "",
            codable=(each.get("isCodable") or "true").lower() in ("true", "1"),
            description=_text(each, "Description"), parent=parent, path=(*path, name), notes=_notes(each),
        )  # fmt: skip
        yield code
        yield from _codes(each, code.guid, code.path)


def _case(case: Element, variables: dict[str, str]) -> QdaCase:
    return QdaCase(
        guid=_guid(case.get("guid")), name=case.get("name") or "", values=_values(case, variables),
        sources=tuple(_guid(each.get("targetGUID")) for each in _children(case, "SourceRef")),
    )  # fmt: skip


def _values(holder: Element, variables: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in _children(holder, "VariableValue"):
        name = next(
            (variables.get(_guid(ref.get("targetGUID")), "") for ref in _children(each, "VariableRef")), ""
        )
        value = next((child.text or "" for child in each if _local(child).endswith("Value")), "")
        if name and value.strip():
            found[name] = value.strip()
    return found


def _note(note: Element, package: Package) -> QdaNote:
    text = _text(note, "PlainTextContent")
    if not text and (path := note.get("plainTextPath")):
        text = decoded(package.source(PurePosixPath(path.split("//")[-1]).name) or b"").lstrip("\ufeff")
    return QdaNote(
        guid=_guid(note.get("guid")), name=note.get("name") or "", text=text or _text(note, "Description"),
        user=_guid(note.get("creatingUser")), at=note.get("creationDateTime") or "",
    )  # fmt: skip


def _set(each: Element) -> QdaSet:
    members = tuple(
        _guid(code.get("targetGUID") or code.get("guid")) for code in _children(each, "MemberCode")
    )
    return QdaSet(
        guid=_guid(each.get("guid")),
        name=each.get("name") or "",
        description=_text(each, "Description"),
        codes=members,
    )


def _link(each: Element) -> QdaLink:
    return QdaLink(
        origin=_guid(each.get("originGUID")), target=_guid(each.get("targetGUID")),
        guid=_guid(each.get("guid")), name=each.get("name") or "",
    )  # fmt: skip


def _sources(root: Element, package: Package, variables: dict[str, str], project: QdaProject) -> None:
    for holder in _children(root, "Sources"):
        for each in holder:
            kind = _local(each)
            if kind in _FOREIGN:
                project.leave(_FOREIGN[kind])
                codings = sum(_local(part) == "Coding" for part in each.iter())
                project.leave("Coding of a picture, sound or film", codings)
                continue
            if kind not in ("TextSource", "PDFSource"):
                continue
            source = _source(each, package, variables)
            project.sources.append(source)


def _source(each: Element, package: Package, variables: dict[str, str]) -> QdaSource:
    source = QdaSource(
        guid=_guid(each.get("guid")), name=each.get("name") or "Unnamed document",
        description=_text(each, "Description"), codings=_codings(each), notes=_notes(each),
        values=_values(each, variables),
    )  # fmt: skip
    holder = each
    if _local(each) == "PDFSource":
        source.file = _file_name(each.get("path"))
        holder = next(iter(_children(each, "Representation")), each)
        source.selections = [_area(area) for area in _children(each, "PDFSelection")]
    else:
        source.file = _file_name(each.get("richTextPath"))
    source.text = _plain_text(holder, package) if holder is not each or _local(each) == "TextSource" else None
    passages = [_passage(passage) for passage in _children(holder, "PlainTextSelection")]
    source.selections = _paired(source.selections, passages)
    return source


def _plain_text(holder: Element, package: Package) -> str | None:
    for child in _children(holder, "PlainTextContent"):
        return child.text or ""
    content = package.source(_file_name(holder.get("plainTextPath")))
    return None if content is None else decoded(content)


def decoded(content: bytes) -> str:
    """Return a text file with its byte order mark, if any, as its first character."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "\ufeff" + content.decode("utf-16", "replace")
    return content.decode("utf-8", "replace")


def _file_name(path: str | None) -> str:
    """Return the name of an internal file; others lie on somebody's disk and are not in the package."""
    if not path or not path.lower().startswith("internal://"):
        return ""
    return PurePosixPath(path[len("internal://") :]).name


def _area(each: Element) -> QdaSelection:
    box = tuple(_whole(each.get(name)) or 0 for name in ("firstX", "firstY", "secondX", "secondY"))
    selection = _selection(each)
    selection.page, selection.box = _whole(each.get("page")) or 0, (box[0], box[1], box[2], box[3])
    selection.words = next((_text(own, "PlainTextContent") for own in _children(each, "Representation")), "")
    return selection


def _passage(each: Element) -> QdaSelection:
    selection = _selection(each)
    selection.start, selection.end = _whole(each.get("startPosition")), _whole(each.get("endPosition"))
    return selection


def _selection(each: Element) -> QdaSelection:
    return QdaSelection(
        guid=_guid(each.get("guid")), name=each.get("name") or "", description=_text(each, "Description"),
        codings=_codings(each), user=_guid(each.get("creatingUser")), at=each.get("creationDateTime") or "",
        notes=_notes(each),
    )  # fmt: skip


def _paired(areas: list[QdaSelection], passages: list[QdaSelection]) -> list[QdaSelection]:
    """Join an area and a passage with one identity: ATLAS.ti writes a quotation of a PDF twice."""
    by_guid = {each.guid: each for each in passages if each.guid}
    alone: list[QdaSelection] = []
    for area in areas:
        passage = by_guid.get(area.guid)
        if passage is None:
            alone.append(area)
            continue
        passage.page, passage.box = area.page, area.box
        known = {coding.code for coding in passage.codings}
        passage.codings += tuple(coding for coding in area.codings if coding.code not in known)
        passage.notes = tuple(dict.fromkeys((*passage.notes, *area.notes)))
    return [*passages, *alone]


def _codings(holder: Element) -> tuple[QdaCoding, ...]:
    found = []
    for each in _children(holder, "Coding"):
        code = next((_guid(ref.get("targetGUID")) for ref in _children(each, "CodeRef")), "")
        found.append(
            QdaCoding(
                guid=_guid(each.get("guid")), code=code, user=_guid(each.get("creatingUser")),
                at=each.get("creationDateTime") or "", notes=_notes(each),
            )
        )  # fmt: skip
    return tuple(found)


def _notes(holder: Element) -> tuple[str, ...]:
    return tuple(_guid(each.get("targetGUID")) for each in _children(holder, "NoteRef"))


def _guid(text: str | None) -> str:
    """Return an identity as we compare it: without braces, in lower case."""
    return (text or "").strip().strip("{}").lower()


def _whole(text: str | None) -> int | None:
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return None


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(holder: Element, name: str) -> list[Element]:
    return [child for child in holder if _local(child) == name]


def _at(root: Element, holder: str, name: str) -> Iterator[Element]:
    for each in _children(root, holder):
        yield from _children(each, name)


def _text(holder: Element, name: str) -> str:
    return next((child.text or "" for child in _children(holder, name)), "").strip()
