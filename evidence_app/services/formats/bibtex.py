"""BibTeX and BibLaTeX: entries through bibtexparser, with what it gives up on taken back.

The library splits an entry into fields; decoding, @string, crossref, xdata and LaTeX are ours. Parents of
crossref and xdata are gathered in a first pass; a chain of them is followed once round at most."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from evidence_app.services.formats import limits
from evidence_app.services.formats.bibtex_blocks import NOT_ENTRIES, Block, blocks
from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.mappings.bibtex import item_of
from evidence_app.services.formats.records import RawRecord, ReadFile, ReadRecord, Unplaced

_PARENT: Final = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]?\s*([^}\",]+(?:,[^}\"=]+)*)", re.IGNORECASE)
_BIBLATEX: Final = re.compile(
    r"^[^\S\n]*(?:date|journaltitle|location|urldate|langid)\s*=", re.IGNORECASE | re.MULTILINE
)
_DAMAGED: Final = re.compile(r"^(?![^\S\n]*%)[^\S\n]*[A-Za-z][\w-]*\s*=\s*[{\"]", re.MULTILINE)
_BRACES: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_FIELD: Final = re.compile(r"([^\s={}\",#%][^={}\",#]{0,80}?)\s*=\s*", re.DOTALL)
_TIMES: Final = 20
"""How often a field of one entry is told apart; more of the same name stand together in the last."""
_LEAD: Final = re.compile(r"[ \n\t#]*")
_WORD: Final = re.compile(r'[^#{"]+')
_NEVER_INHERITED: Final = frozenset(
    ("crossref", "xdata", "xref", "ids", "label", "options", "keywords", "abstract", "annotation", "note",
     "file", "shorttitle", "related", "entryset", "execute", "presort", "sortkey", "gender", "addendum",
     "pages", "doi", "url"),
)  # fmt: skip
_PARTS: Final = frozenset(
    ("inbook", "incollection", "inproceedings", "conference", "inreference", "bookinbook", "suppbook")
)
_SIGNS: Final = (
    ("JabRef", re.compile(r"jabref-meta|JabRef|^% Encoding:", re.M)),
    ("Zotero", re.compile(r"files/\d+/|zotero", re.I)),
    ("Mendeley", re.compile(r"mendeley", re.I)),
    ("Scopus", re.compile(r"^source\s*=\s*\{Scopus\}", re.M)),
    ("Web of Science", re.compile(r"Unique-ID\s*=|@\w+\{ ?ISI:|@\w+\{ ?WOS:")),
    ("ProQuest", re.compile(r"proquest\.com", re.I)),
    ("Rayyan", re.compile(r"RAYYAN|@\w+\{rayyan-", re.I)),
)  # fmt: skip


def read(source: Source, file: ReadFile) -> Iterator[ReadRecord]:
    """Yield the entries of a BibTeX file; what is no entry stays with the next one, or is unplaced."""
    file.dialect = _dialect(source.sample)
    parents = _parents(source)
    strings: dict[str, str] = {}
    around = _Around(file)
    held: ReadRecord | None = None
    with source.text() as lines:
        for block in blocks(lines):
            around.take(block.before, block.line - block.before.count("\n"))
            if block.kind in NOT_ENTRIES or not block.kind:
                if block.kind == "string":
                    strings |= {name.lower(): value for name, value in _fields(block.body, strings).items()}
                around.keep(block.text)
                continue
            file.expected += 1
            record = _record(block, around.text, strings, parents)
            if record is None:
                file.unplaced.append(
                    Unplaced(block.line, block.text, "This entry has neither fields nor a key.")
                )
                continue
            around.text = ""
            if held:
                yield held
            held = record
    if held:
        raw = held.raw
        yield replace(held, raw=replace(raw, text=f"{raw.text}\n{around.text}".strip("\n")))
    elif around.text.strip():
        file.unplaced.append(Unplaced(1, around.text.strip(), "The file holds no entries."))


class _Around:
    """What stands around the entries: comments stay with the next entry, damaged entries are unplaced."""

    def __init__(self, file: ReadFile) -> None:
        self.text = ""
        self._file = file

    def take(self, text: str, line: int) -> None:
        """Take free text before a block; BibTeX ignores it, but it may be an entry whose start is damaged."""
        if _DAMAGED.search(text):
            reason = "This looks like an entry whose first line is damaged."
            blank = text[: len(text) - len(text.lstrip())].count("\n")
            self._file.unplaced.append(Unplaced(line + blank, text.strip(), reason))
        else:
            self.text += text

    def keep(self, text: str) -> None:
        """Keep a comment, preamble or macro."""
        self.text += text


def _dialect(sample: str) -> str:
    found = next((name for name, sign in _SIGNS if sign.search(sample)), "")
    return found or ("BibLaTeX" if _BIBLATEX.search(sample) else "BibTeX")


def _record(
    block: Block, before: str, strings: Mapping[str, str], parents: Mapping[str, dict[str, str]]
) -> ReadRecord | None:
    key, fields = entry(block, strings)
    if not key and not fields:
        return None
    full = _inherited(block.kind, fields, parents, {key.lower()})
    draft = item_of(block.kind, key, full)
    tags = (("@type", block.kind), ("@key", key), *fields.items())
    text = (before + block.text).strip("\n")
    return ReadRecord(RawRecord(tags, text, block.line), draft.close(), draft.source_id, draft.extras())


def entry(block: Block, strings: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the key and fields of an entry, its values without their delimiters."""
    key, fields = _parsed(block, strings)
    if fields is None:
        key, _, body = block.body.partition(",")
        if "=" in key:
            key, body = "", block.body
        fields = _fields(body, strings)
    return " ".join(key.split()), fields


def _parsed(block: Block, strings: Mapping[str, str]) -> tuple[str, dict[str, str] | None]:
    """Let bibtexparser split the entry; None where it fails or would lose a field."""
    from bibtexparser.model import DuplicateFieldKeyBlock

    if not block.closed:
        return "", None
    library = _library(f"@{block.kind}{{{block.body}}}")
    found: Any = library.entries[0] if library.entries else None
    if (
        found is None
        and library.failed_blocks
        and isinstance(library.failed_blocks[0], DuplicateFieldKeyBlock)
    ):
        found = library.failed_blocks[0].ignore_error_block
    if found is None or len(library.blocks) != 1:
        return "", None
    fields: dict[str, str] = {}
    for field in found.fields:
        _add(fields, str(field.key), value_of(str(field.value), strings))
    return str(found.key), fields


def _library(text: str) -> Any:
    """Return what bibtexparser makes of one entry, without its warnings: what fails is taken back here."""
    import bibtexparser

    logger = logging.getLogger("bibtexparser")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        return bibtexparser.parse_string(text, parse_stack=[])  # type: ignore[attr-defined]
    finally:
        logger.setLevel(level)


def _fields(body: str, strings: Mapping[str, str]) -> dict[str, str]:
    """Split the fields of an entry that bibtexparser gives up on, as far as they can be read."""
    fields: dict[str, str] = {}
    at = 0
    while found := _FIELD.search(body, at):
        end = _value_end(body, found.end())
        _add(fields, found[1].strip(), value_of(body[found.end() : end], strings))
        at = max(end, found.end())
    return fields


def _add(fields: dict[str, str], name: str, value: str) -> None:
    """A field that occurs twice keeps both values, the second under a number."""
    name = name.strip().lower()
    free = name
    number = 2
    while free in fields:
        if fields[free] == value:
            return
        if number > _TIMES:
            fields[free] += f"\n{value}"
            return
        free = f"{name} ({number})"
        number += 1
    fields[free] = value


def _value_end(text: str, at: int) -> int:
    """Return the end of a value: the first comma outside braces and quotes, or a new `field =` line."""
    depth, quoted = 0, False
    lead = _LEAD.match(text, at)
    first = lead.end() if lead else at
    while at < len(text):
        letter = text[at]
        if letter == "\\":
            at += 2
            continue
        if letter == '"' and depth == 0 and (quoted or at <= first):
            quoted = not quoted
        depth += (letter == "{") - (letter == "}")
        if letter == "," and depth <= 0 and not quoted:
            return at
        if (
            letter == "\n"
            and re.match(r"\n\s*[\w+-]+\s*=\s*[{\"]", text[at : at + 60])
            and depth <= 0
            and not quoted
        ):
            return at
        at += 1
    return len(text)


def value_of(raw: str, strings: Mapping[str, str]) -> str:
    """Return what a value expression stands for: braces, quotes, numbers, macros, joined by `#`."""
    raw = raw.strip().rstrip(",").strip()
    if raw[:1] in "{" and _closes(raw, 0) == len(raw):
        return raw[1:-1].strip()
    pieces, at, grown = [], 0, 0
    while at < len(raw):
        letter = raw[at]
        if letter == "{":
            end = _closes(raw, at)
            pieces.append(raw[at + 1 : end - 1])
        elif letter == '"':
            end = _quote(raw, at)
            pieces.append(
                raw[at + 1 : end - 1] if end <= len(raw) and raw[end - 1] == '"' else raw[at + 1 : end]
            )
        elif letter in "# \t\n":
            end = at + 1
        else:
            found = _WORD.match(raw, at)
            end = found.end() if found else at + 1
            word = raw[at:end].strip()
            meant = strings.get(word.lower(), word)
            grown += len(meant)
            pieces.append(meant if grown <= limits.MACROS else word)
        at = end
    return "".join(pieces).strip()


def _closes(text: str, at: int) -> int:
    """Return the place behind the brace that closes the one at a place, or behind the end of the text."""
    depth = 0
    for found in _BRACES.finditer(text, at):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
            if depth == 0:
                return found.end()
    return len(text) + 1


def _quote(text: str, at: int) -> int:
    depth, at = 0, at + 1
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        depth += (text[at] == "{") - (text[at] == "}")
        at += 1
        if text[at - 1] == '"' and depth <= 0:
            return at
    return len(text) + 1


def _parents(source: Source) -> dict[str, dict[str, str]]:
    """Gather the entries that others point to by crossref or xdata, wherever in the file they stand."""
    wanted: set[str] = set()
    with source.text() as lines:
        for line in lines:
            for found in _PARENT.findall(line):
                wanted |= {key.strip().lower() for key in found.split(",")}
    if not wanted:
        return {}
    parents: dict[str, dict[str, str]] = {}
    strings: dict[str, str] = {}
    with source.text() as lines:
        for block in blocks(lines):
            if block.kind == "string":
                strings |= {name.lower(): value for name, value in _fields(block.body, strings).items()}
            elif block.kind and block.kind not in NOT_ENTRIES:
                key, fields = entry(block, strings)
                if key.lower() in wanted:
                    parents.setdefault(key.lower(), fields | {"@type": block.kind})
    return parents


def _inherited(
    kind: str, fields: Mapping[str, str], parents: Mapping[str, dict[str, str]], seen: set[str]
) -> dict[str, str]:
    """Return the fields with those of the parents added; a parent met before, or too far up, adds nothing.

    `seen` gathers every parent met: an entry takes from each once, however they point to each other."""
    full = dict(fields)
    if len(seen) > limits.ANCESTORS:
        return full
    for name in ("xdata", "crossref"):
        for key in fields.get(name, "").split(","):
            parent = parents.get(key.strip().lower())
            if not parent or key.strip().lower() in seen or len(seen) > limits.ANCESTORS:
                continue
            seen.add(key.strip().lower())
            above = _inherited(parent.get("@type", ""), parent, parents, seen)
            for field, value in above.items():
                target = field if name == "xdata" else _heir(kind, field)
                if target and not field.startswith("@"):
                    full.setdefault(target, value)
    return full


def _heir(kind: str, field: str) -> str:
    """Return the child's field for a parent's: a book's title is its chapters' booktitle."""
    if field in _NEVER_INHERITED:
        return ""
    if kind in _PARTS:
        return {
            "title": "booktitle",
            "subtitle": "booksubtitle",
            "author": "bookauthor" if kind == "inbook" else "",
        }.get(field, field)
    if kind == "article":
        return {"title": "journaltitle", "subtitle": "journalsubtitle"}.get(field, field)
    return {"title": "maintitle", "subtitle": ""}.get(field, field)
