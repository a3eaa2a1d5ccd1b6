"""Works in a pasted text: identifiers to look up, and what the text itself says, field by field.

Read are a DOI or an address, lists of them, an entry of a bulletin, a record of a library catalogue, a page
of a database with its translation, and lists of references that carry DOIs."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import parse_date
from evidence_app.services.lookup.citation_lines import (
    authors_in,
    citation_in,
    grey_in,
    is_address,
    reference_in,
)
from evidence_app.services.lookup.identifiers import Identifier, identifiers_in

Lines = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PastedWork:
    """One work of a pasted text: its identifiers, the fields the text offers, and on which lines each was
    found."""

    identifiers: tuple[Identifier, ...]
    item: CslItem
    source_lines: dict[str, Lines] = field(default_factory=dict)
    """Line numbers from 1, by field."""

    @property
    def doi(self) -> str | None:
        """The DOI to look up, if there is one."""
        return next((one.value for one in self.identifiers if one.kind == "doi"), None)


_LABELS: Final = {
    "published in": "container", "publication": "container", "source": "container", "journal": "container",
    "is part of": "container", "main author": "author", "main authors": "author", "author": "author",
    "authors": "author", "by": "author", "other authors": "author", "creator": "author", "format": "type",
    "document type": "type", "type": "type", "language": "language", "summary": "abstract",
    "abstract": "abstract", "description": "abstract", "issn": "ISSN", "isbn": "ISBN", "doi": "DOI",
    "title": "title", "publisher": "publisher", "published": "issued", "publication date": "issued",
    "date": "issued", "subjects": "keyword", "keywords": "keyword", "edition": "edition",
    "series": "collection-title",
}  # fmt: skip
_LABEL: Final = re.compile(r"^\s*([A-Z][A-Za-z ]{1,24}?)\s*:\s*(.*)$")
_TYPES: Final = {
    "article": "article-journal", "journal article": "article-journal", "book": "book", "ebook": "book",
    "thesis": "thesis", "dissertation": "thesis", "report": "report", "book chapter": "chapter",
    "conference paper": "paper-conference", "web resource": "webpage",
}  # fmt: skip
_LANGUAGES: Final = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "chinese": "zh", "portuguese": "pt",
    "italian": "it", "dutch": "nl", "welsh": "cy", "irish": "ga", "polish": "pl",
}  # fmt: skip
_FURNITURE: Final = re.compile(
    r"^(?:loading\W*|saved in:?|full description|bibliographic details|description|no tags\b.*"
    r"|get full text|abstract:?"
    r"|tags:?.*|online access:?.*|citations:?.*|similar items|\[.*\])$",
    re.IGNORECASE,
)
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DATE_LINE: Final = re.compile(r"^(?:\d{1,2}\s+)?[A-Z][a-z]+\s+\d{4}$|^\d{4}(?:-\d\d){0,2}$")
_TAGGED: Final = re.compile(r"^[A-Z][A-Z0-9]{1,3} {0,2}- |^@\w+\{|^\s*\w+\s*=\s*[{\"]")
"""A line of an RIS, MEDLINE or BibTeX file: read as a file, not as a text; here only its identifiers
count."""

_BARE: Final = re.compile(r"https?://\S+|www\.\S+|\b(?:doi|pmid|pmcid|isbn|arxiv)\b|[\W\d_]+", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"^\s*(?:\[?\d{1,4}[\].)]\s+|[•*–-]\s+)")


class _Record:
    """A work while it is read."""

    def __init__(self, identifiers: list[Identifier]) -> None:
        self.identifiers = identifiers
        self.item: CslItem = {}
        self.lines: dict[str, Lines] = {}

    def take(self, field_name: str, value: object, *lines: int) -> None:
        """Keep the first value a field gets."""
        if value and field_name not in self.item:
            self.item[field_name] = value
            self.lines[field_name] = lines

    def finished(self) -> PastedWork:
        """Return the work; a journal's name makes it an article where nothing else says what it is."""
        if "container-title" in self.item:
            self.take("type", "article-journal", *self.lines["container-title"])
        return PastedWork(tuple(self.identifiers), self.item, self.lines)


def read_pasted(text: str) -> list[PastedWork]:
    """Return the works a pasted text is about, in its order; nothing is looked up and nothing is guessed.

    A text without an identifier or anything that looks like a record gives an empty list."""
    lines = _lines(text)
    found = identifiers_in("\n".join(lines))
    if all(_says_nothing_else(line) for line in lines):
        return _one_each(lines)
    if sum(bool(_TAGGED.match(line)) for line in lines) > 2:
        return _one_each([line if identifiers_in(line) else "" for line in lines])
    if _is_catalogue(lines):
        return [_record(lines, found, _from_labels)]
    if _is_reference_list(lines):
        return _one_each(_mended(lines))
    blocks = _blocks(lines)
    if any(_dois_in(block) > 3 for block in blocks):
        return _one_each(lines)
    works = [_record(block, identifiers_in("\n".join(block)), _from_page) for block in blocks]
    return [work for work in works if work.item]


def says_only_identifiers(text: str) -> bool:
    """Return whether a text holds identifiers and addresses, and no words beside them."""
    return all(_says_nothing_else(line) for line in _lines(text))


def _dois_in(lines: list[str]) -> int:
    return sum(identifier.kind == "doi" for identifier in identifiers_in("\n".join(lines)))


def _lines(text: str) -> list[str]:
    text = re.sub("[\u2010\u2011]", "-", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])", r"\1", text)
    return re.sub("[\u00a0\u2007\u202f\t]", " ", re.sub("[\u200b\ufeff\u00ad]", "", text)).split("\n")


def _blocks(lines: list[str]) -> list[list[str]]:
    """Return the lines of each entry, one for each line that cites a work; line numbers are kept by empty
    lines."""
    cited = [at for at in range(len(lines)) if citation_in(_with_journal(lines, at))]
    starts = [0]
    for before, at in itertools.pairwise(cited):
        blank = [place for place in range(before + 1, at) if not lines[place].strip()]
        starts.append(blank[-1] if blank else at)
    ends = [*starts[1:], len(lines)]
    return [[""] * start + lines[start:end] for start, end in zip(starts, ends, strict=True)]


def _says_nothing_else(line: str) -> bool:
    for identifier in identifiers_in(line):
        line = line.replace(line[identifier.start : identifier.end], " ")
    return len(_BARE.sub("", line)) < 12


def _is_reference_list(lines: list[str]) -> bool:
    if sum(len(line) for line in lines if reference_in(line) or _is_grey(line)) > sum(map(len, lines)) / 2:
        return True
    with_doi = [line for line in lines if any(one.kind == "doi" for one in identifiers_in(line))]
    return len(with_doi) > 1 and sum(len(line) for line in with_doi) > sum(map(len, lines)) / 2


def _mended(lines: list[str]) -> list[str]:
    """Return the lines of a list with each reference broken over two lines on the second of them."""
    mended = list(lines)
    written = [at for at, line in enumerate(lines) if line.strip()]
    for at, next_at in itertools.pairwise(written):
        following = re.sub(r"^\s*[•*–-]\s+(?=[a-z])", "", lines[next_at]).strip()
        whole = f"{lines[at].rstrip()} {following}"
        if _NUMBERED.match(following) or reference_in(lines[at]) or reference_in(lines[next_at]):
            continue
        if reference_in(whole):
            mended[at], mended[next_at] = "", whole
    return mended


def _is_grey(line: str) -> bool:
    before, found, _ = line.partition("http")
    return bool(found and grey_in(before))


def _one_each(lines: list[str]) -> list[PastedWork]:
    """Return the works of a list, one for each line; several DOIs on a line are several works."""
    works: list[PastedWork] = []
    seen: set[str] = set()
    for at, line in enumerate(lines, 1):
        for group in _grouped(identifiers_in(line)):
            names = {identifier.value.casefold() for identifier in group}
            if not names & seen:
                works.append(_on_line(line, at, group))
            seen |= names
        if not identifiers_in(line):
            works += [_on_line(line, at, [])] if reference_in(line) else _plain_address(line, at, seen)
    return works


def _grouped(found: list[Identifier]) -> list[list[Identifier]]:
    """Return the identifiers of a line by work: all are one work's if at most one is a DOI."""
    dois = [identifier for identifier in found if identifier.kind == "doi"]
    kinds = [identifier.kind for identifier in found]
    if len(set(kinds)) == len(kinds) and found:
        return [found]
    return [[identifier] for identifier in dois or found]


def _on_line(line: str, at: int, identifiers: list[Identifier]) -> PastedWork:
    record = _Record(identifiers)
    for identifier in identifiers:
        record.take(*_as_field(identifier), at)
    for name, value in reference_in(line).items():
        record.take(name, value, at)
    return record.finished()


def _plain_address(line: str, at: int, seen: set[str]) -> list[PastedWork]:
    found = re.search(r"https?://\S+", line)
    if not found or found[0] in seen:
        return []
    seen.add(found[0])
    address = {"type": "webpage", "URL": found[0].rstrip(".,;)>]"), **grey_in(line[: found.start()])}
    return [PastedWork((), address, dict.fromkeys(address, (at,)))]


def _record(
    lines: list[str], found: list[Identifier], read: Callable[[_Record, list[str]], None]
) -> PastedWork:
    record = _Record(found)
    read(record, lines)
    for at, line in enumerate(lines, 1):
        _take_identifiers(record, line, at)
    return record.finished()


def _take_identifiers(record: _Record, line: str, at: int) -> None:
    for identifier in identifiers_in(line):
        record.take(*_as_field(identifier), at)


def _as_field(identifier: Identifier) -> tuple[str, str]:
    if identifier.kind == "arxiv":
        return "URL", f"https://arxiv.org/abs/{identifier.value}"
    value = identifier.value.lower() if identifier.kind == "doi" else identifier.value
    return identifier.kind.upper(), value


# A record of a catalogue: labelled lines


def _labelled(line: str) -> tuple[str, str] | None:
    found = _LABEL.match(line)
    if not found or found[1].strip().lower() not in _LABELS:
        return None
    return _LABELS[found[1].strip().lower()], found[2].strip()


def _is_catalogue(lines: list[str]) -> bool:
    labels = {labelled[0] for line in lines if (labelled := _labelled(line))}
    return len(labels) >= 3 and bool(labels & {"container", "author", "title", "issued", "publisher"})


def _from_labels(record: _Record, lines: list[str]) -> None:
    first = next((at for at, line in enumerate(lines) if _labelled(line)), len(lines))
    for at, line in enumerate(lines, 1):
        labelled = _labelled(line)
        if labelled:
            _take_labelled(record, labelled[0], labelled[1] or _below(lines, at), at)
            if labelled[0] == "ISSN":
                record.item["ISSN"] = ", ".join(dict.fromkeys(_issns(lines, at)))
    titles = [(at, line.strip()) for at, line in enumerate(lines[:first], 1) if _may_be_title(line)]
    if titles:
        record.take("title", titles[0][1].rstrip("."), titles[0][0])


def _issns(lines: list[str], at: int) -> list[str]:
    """Return the ISSNs of a labelled line and of the lines under it that hold nothing else."""
    more = itertools.takewhile(lambda line: re.fullmatch(r"\s*\d{4}-\d{3}[\dXx]\s*", line), lines[at:])
    return re.findall(r"\d{4}-\d{3}[\dXx]", " ".join([lines[at - 1], *more]))


def _below(lines: list[str], at: int) -> str:
    return lines[at].strip() if at < len(lines) and not _LABEL.match(lines[at]) else ""


def _take_labelled(record: _Record, label: str, value: str, at: int) -> None:
    if label == "container":
        cited = citation_in(value) or {"container-title": value}
        for name, part in cited.items():
            record.take(name, part, at)
    elif label == "author":
        record.take("author", authors_in(value), at)
    elif label == "type":
        record.take("type", _TYPES.get(value.lower()), at)
    elif label == "language":
        record.take("language", _LANGUAGES.get(value.lower(), value), at)
    elif label == "issued":
        record.take("issued", parse_date(value) if _DATE_LINE.match(value) else None, at)
    elif label == "abstract":
        record.take("abstract", value if len(value) > 80 and not value.endswith("...") else "", at)
    elif label not in {"DOI", "ISBN"}:
        record.take(label, value, at)


def _may_be_title(line: str) -> bool:
    line = line.strip()
    return (
        len(line) > 10 and not _FURNITURE.match(line) and not _DATE_LINE.match(line) and not is_address(line)
    )


# A page of a database or an entry of a bulletin: a line that cites the work, and what stands around it


def _from_page(record: _Record, lines: list[str]) -> None:
    cited = next((at for at, line in enumerate(lines) if citation_in(_with_journal(lines, at))), None)
    begins = len(lines) if cited is None else cited
    if cited is not None:
        for name, value in citation_in(_with_journal(lines, cited)).items():
            record.take(name, value, cited + 1)
        if lines[cited].lstrip().startswith("."):
            begins = cited - 1
    _take_head(record, lines, range(begins))
    if cited is not None and "author" not in record.item and "title" not in record.item:
        _take_head(record, lines, range(cited + 1, min(cited + 6, len(lines))))
    _take_texts(record, lines, -1 if cited is None else cited)


def _with_journal(lines: list[str], at: int) -> str:
    """Return a line that cites the work; a database prints the journal on a line of its own above the
    rest."""
    line = lines[at].strip()
    return lines[at - 1].strip() + line if at and line.startswith(". ") else line


def _take_head(record: _Record, lines: list[str], places: range) -> None:
    in_chinese = any(_is_cjk(line) for line in lines)
    for at in places:
        line = lines[at].strip()
        if people := authors_in(line, family_first=in_chinese):
            record.take("author", people, at + 1)
        elif record.identifiers and _is_title(line):
            record.take("title", line.rstrip("."), at + 1)


def _is_title(line: str) -> bool:
    return _may_be_title(line) and len(line) < 300 and not _is_cjk(line) and not identifiers_in(line)


def _is_cjk(line: str) -> bool:
    return len(_CJK.findall(line)) > max(3, len(line) / 5)


def _take_texts(record: _Record, lines: list[str], cited: int) -> None:
    """Keep the paragraphs after the citation as abstract, those in another script as the original one."""
    headings = [at for at, line in enumerate(lines) if re.fullmatch(r"\s*abstract:?\s*", line, re.IGNORECASE)]
    start = headings[0] if headings else cited
    texts: dict[str, list[int]] = {"abstract": [], "original-abstract": [], "note": []}
    for at in range(cited + 1, len(lines)):
        line = lines[at].strip()
        if not line or _FURNITURE.match(line):
            continue
        if re.match(r"[•*·▪-]\s", line):
            if not _FURNITURE.match(_NUMBERED.sub("", line)):
                texts["note"].append(at)
        elif _is_cjk(line):
            texts["original-abstract"].append(at)
        elif at > start and len(line) > 60 and not is_address(line):
            texts["abstract"].append(at)
    for name, places in texts.items():
        paragraphs = [_paragraph(lines[at]) for at in places]
        record.take(name, "\n\n".join(filter(None, paragraphs)), *(at + 1 for at in places))


def _paragraph(line: str) -> str:
    line = _NUMBERED.sub("", line).strip()
    return re.sub(r"\s*\[Abstract\]\.?$", "", re.sub(r"\s+", " ", line))
