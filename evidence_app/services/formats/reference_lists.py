"""A pasted reference list in any style: split into entries, each labelled and read as a reference."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.printed_names import printed_names
from evidence_app.services.formats.records import RawRecord, ReadFile, ReadRecord, Unplaced
from evidence_app.services.formats.reference_labels import model
from evidence_app.services.formats.reference_tokens import tokens_of
from evidence_app.services.formats.values import date_of, doi_in, pages_of

_HEADING: Final = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:References?|Bibliography|Literature(?: cited)?|Works cited|Reference list"
    r"|Literatur(?:verzeichnis)?)\W*$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"^\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)](?=\s)|(\d{1,4})\t|([-•*–·▪])\s)\s*"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_AUTHORLIKE: Final = re.compile(r"^[A-ZÀ-Þ“\"‘][\w'’.-]*,?\s+(?:[A-ZÀ-Þ][\w.]*|and|&|of|for)")
_PREFIX: Final = frozenset(
    (
        "co",
        "self",
        "non",
        "well",
        "post",
        "pre",
        "multi",
        "cross",
        "long",
        "short",
        "high",
        "low",
        "re",
        "semi",
        "user",
        "peer",
    )
)


@dataclass(frozen=True, slots=True)
class PrintedReference:
    """One reference of a list: as printed, its parts by label, the item read, and what is doubtful."""

    text: str
    line: int
    parts: tuple[tuple[str, str], ...]
    item: CslItem
    doubts: tuple[str, ...]


def split_references(text: str) -> list[tuple[int, str]]:
    """Return the entries of a list with the line each begins on; numbers and bullets are left out."""
    lines = [(at, line.rstrip()) for at, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)]
    lines = [(at, line) for at, line in lines if not _HEADING.match(line)]
    if not any(line.strip() for _, line in lines):
        return []
    begins = _beginnings(lines)
    entries: list[tuple[int, list[str]]] = []
    for (at, line), first in zip(lines, begins, strict=True):
        if not line.strip():
            continue
        if entries and first and _continues(entries[-1][1], line):
            entries[-1][1].append(_NUMBER.sub("", line, count=1).strip())
        elif first or not entries:
            entries.append(
                (at, [_NUMBER.sub("", line, count=1).strip() if _NUMBER.match(line) else line.strip()])
            )
        else:
            entries[-1][1].append(line.strip())
    return [(at, joined(pieces)) for at, pieces in entries]


def _continues(held: Sequence[str], line: str) -> bool:
    """Whether a bulleted line goes on with the entry before, which stopped in the middle of a sentence."""
    return bool(re.match(r"^\s*[-•*–·▪]\s+[a-z]", line)) and not re.search(r"[.>\d)\]]$", held[-1])


def _beginnings(lines: Sequence[tuple[int, str]]) -> list[bool]:
    """Return which lines begin an entry, by the sign this list uses."""
    full = [line for _, line in lines if line.strip()]
    numbered = [bool(_NUMBER.match(line)) for line in full]
    if sum(numbered) >= max(1, len(full) // 8) and (len(full) == 1 or sum(numbered) > 1 or numbered[0]):
        return [bool(_NUMBER.match(line)) for _, line in lines]
    indented = [line[:1] in " \t" for line in full]
    if any(indented) and not all(indented):
        hanging = not indented[0]
        return [bool(line.strip()) and ((line[:1] not in " \t") == hanging) for _, line in lines]
    blank_before = [at > 0 and not lines[at - 1][1].strip() for at in range(len(lines))]
    paragraphs = sum(blank_before[at] and bool(lines[at][1].strip()) for at in range(len(lines))) + 1
    with_year = sum(bool(_YEAR.search(line)) for line in full)
    if paragraphs > 1 and paragraphs * 1.2 < len(full) and with_year < len(full) * 0.8:
        return [at == 0 or blank_before[at] for at in range(len(lines))]
    if with_year >= len(full) * 0.8:
        return [True] * len(lines)
    return _wrapped(lines)


def _wrapped(lines: Sequence[tuple[int, str]]) -> list[bool]:
    """Lines broken without any sign: an entry begins like an author behind one that had its year and end."""
    begins: list[bool] = []
    held = ""
    for _, line in lines:
        ended = bool(re.search(r"[.>\d/]\W?$", held)) and bool(_YEAR.search(held))
        first = not held or (ended and bool(_AUTHORLIKE.match(line)))
        begins.append(first)
        held = line if first else f"{held} {line}"
    return begins


def joined(pieces: Sequence[str]) -> str:
    """Return wrapped lines as one text; a word broken at a hyphen is made whole."""
    text = pieces[0]
    for piece in pieces[1:]:
        broken = re.search(r"([^\W\d_]+)-$", text)
        if broken and piece[:1].islower():
            text = text + piece if _is_compound(broken[1], piece) else text[:-1] + piece
        elif re.search(r"(?:https?://|10\.\d{4,}/)\S*[-/_]$", text):
            text += piece
        else:
            text = f"{text} {piece}"
    return " ".join(text.split())


def _is_compound(left: str, right: str) -> bool:
    """Whether a hyphen at the end of a line belongs to the word: both halves are words, the whole is none."""
    first, second = left.lower(), re.split(r"[^\w]", right.lower(), maxsplit=1)[0]
    known = model().features
    if first in _PREFIX:
        return True
    return (
        f"w={first + second}" not in known
        and (f"w={first}" in known or len(first) > 7)
        and f"w={second}" in known
    )


def read_reference(text: str, line: int = 1) -> PrintedReference:
    """Label one printed reference and read its parts."""
    tokens = tokens_of(text)
    parts: list[tuple[str, list[str]]] = []
    for token, label in zip(tokens, model().label(tokens), strict=True):
        if parts and parts[-1][0] == label:
            parts[-1][1].append(token.text)
        else:
            parts.append((label, [token.text]))
    labelled = tuple(_mended([(label, " ".join(words)) for label, words in parts]))
    item = _item(_grouped(labelled), text)
    return PrintedReference(text, line, labelled, item, _doubts(labelled, item))


def _mended(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Mend what the labels alone get wrong: a year that ends a title, a lone name that is the title."""
    mended: list[tuple[str, str]] = []
    for label, text in parts:
        found = re.match(r"^(\d{4}\.)\s+(\D*\d{1,2}?,?\s*\d{4}\W*)$", text) if label == "date" else None
        if found and mended and mended[-1][0] == "title":
            mended[-1] = ("title", f"{mended[-1][1]} {found[1]}")
            text = found[2]  # noqa: PLW2901
        mended.append((label, text))
    labels = {label for label, _ in mended}
    if (
        "title" not in labels
        and not labels & {"container", "journal"}
        and mended
        and mended[0][0] == "author"
    ):
        mended[0] = ("title", mended[0][1])
    return mended


def _grouped(parts: Sequence[tuple[str, str]]) -> dict[str, str]:
    grouped: dict[str, str] = {}
    for label, text in parts:
        if label in {"title", "journal", "container"} and label in grouped:
            continue
        grouped[label] = f"{grouped[label]} {text}" if label in grouped else text
    return grouped


def _item(parts: Mapping[str, str], text: str) -> CslItem:
    item: CslItem = {}
    for label, variable in (("author", "author"), ("editor", "editor")):
        if names := printed_names(parts.get(label, "")):
            item[variable] = names
    for label, variable in (
        ("title", "title"), ("journal", "container-title"), ("container", "container-title"),
        ("publisher", "publisher"),
        ("location", "publisher-place"), ("series", "collection-title"), ("genre", "genre"),
    ):  # fmt: skip
        if value := _plain(parts.get(label, ""), label):
            item.setdefault(variable, value)
    if re.match(r"(?i)^version\b", item.get("container-title", "")):
        del item["container-title"]
    if found := re.search(r"\bVersion (\d[\w.]*\w)", text):
        item["version"] = found[1]
    if "title" not in item and "container-title" in item and "journal" not in parts:
        item["title"] = item.pop("container-title")
    _numbers(item, parts)
    _identifiers(item, parts, text)
    _dates(item, parts)
    if _is_site(item, parts):
        item["container-title"] = item.pop("publisher")
    item["type"] = _type(item, parts)
    return item


def _is_site(item: CslItem, parts: Mapping[str, str]) -> bool:
    """A page on the web names its site where a book names its publisher."""
    alone = not {"container-title", "publisher-place", "page", "volume"} & set(item)
    publisher = parts.get("publisher", "")
    taught = re.search(r"\b(?:Universit|College|Press)", publisher)
    return alone and "URL" in item and publisher.endswith(".") and not taught


def _plain(value: str, label: str) -> str:
    value = " ".join(value.split()).strip(" ,;:")
    value = re.sub(r"^[\"“‘'«„`]+(.*?)[.,;]?[\"”’'»]+[.,]?$", r"\1", value)
    if label in {"journal", "container"}:
        value = re.sub(r"^(?:In|in)[:\s]+(?=\S)", "", value)
    ended = value.rstrip(" ,;:")
    keep = re.search(r"\b(?:[A-Z]|Inc|Ltd|Co|Corp|vs|etc|Jr|St)\.$", ended) and label in {
        "publisher",
        "location",
    }
    return ended if keep or not ended.endswith(".") or ended.endswith("..") else ended[:-1].strip('"”’ ')


def _numbers(item: CslItem, parts: Mapping[str, str]) -> None:
    volume = re.sub(r"\s*\(\s*", "(", parts.get("volume", ""))
    if found := re.search(r"(\w[\w.–-]*)?\((?:no\.?\s*|issue\s*)?([^)]*)\)", volume, re.IGNORECASE):
        item["issue"] = found[2].strip()
        volume = volume[: found.start()] + (found[1] or "")
    elif found := re.search(r"[,;]?\s*(?:no|nr|issue|iss|number)\b\.?\s*([\w–-]+)", volume, re.IGNORECASE):
        item["issue"] = found[1]
        volume = volume[: found.start()]
    if "version" in item and item["version"] in volume:
        volume = ""
    if found := re.search(
        r"(?:vol(?:ume)?|v|bd)?\.?\s*([A-Z]?\d+[\w–/-]*|[IVXLC]+\b)", volume, re.IGNORECASE
    ):
        item["volume"] = found[1]
    if found := re.search(
        r"[A-Za-z]{0,3}\d+[A-Za-z]?(?:\s*[-–—‐]+\s*[A-Za-z]{0,3}\d+)?", parts.get("pages", "")
    ):
        total = (
            re.search(r"\d+\s*(?:pp?\b|pages|S\.)", parts["pages"])
            and "-" not in found[0]
            and "–" not in found[0]
        )
        item["number-of-pages" if total else "page"] = pages_of(found[0])
    if found := re.search(
        r"(\d+|\w+)(?:st|nd|rd|th)?\.?\s*(?:ed|edition|edn|Auflage)", parts.get("edition", ""), re.IGNORECASE
    ):
        item["edition"] = found[1]
    if found := re.search(r"\bch(?:apter|ap)?\.?\s*(\d+)", parts.get("note", ""), re.IGNORECASE):
        item["chapter-number"] = found[1]


def _identifiers(item: CslItem, parts: Mapping[str, str], text: str) -> None:
    doi = doi_in(re.sub(r"(10\.\d{4,}/\S*[-_/.])\s+(?=\S)", r"\1", parts.get("doi", ""))) or doi_in(text)
    if doi:
        item["DOI"] = doi
    if found := re.search(r"https?://[^\s<>]+|www\.[^\s<>]+", parts.get("url", "") or text):
        link = (
            found[0].rstrip(".,;)") if found[0].count("(") < found[0].count(")") else found[0].rstrip(".,;")
        )
        if "doi.org/" not in link:
            item["URL"] = link
    if found := re.search(r"[\dXx-]{10,17}", parts.get("isbn", "")):
        item["ISBN"] = found[0]
    if found := re.search(r"\bPMID:?\s*(\d{4,9})", text):
        item["PMID"] = found[1]


def _dates(item: CslItem, parts: Mapping[str, str]) -> None:
    printed = re.sub(r"(?<=\d{4})[a-z]\b", "", parts.get("date", "")).strip(" ().,;:[]")
    if printed and (date := date_of(printed)):
        item["issued"] = date
    seen = re.search(
        r"(?:accessed|retrieved|viewed|visited|abgerufen)\s*(?:on|am)?:?\s*([^.;<)]*\d{4})",
        parts.get("note", ""),
        re.IGNORECASE,
    )
    if seen and (date := date_of(re.sub(r"^(?:on)\s+", "", seen[1].strip()))):
        item["accessed"] = date


def _type(item: CslItem, parts: Mapping[str, str]) -> str:
    about = f"{parts.get('genre', '')} {parts.get('note', '')}".lower()
    if re.search(r"thesis|dissertation", about):
        return "thesis"
    if "journal" in parts:
        return "article-journal"
    if "URL" in item and not {"publisher", "page", "editor"} & set(item):
        return "webpage"
    if "container-title" in item:
        meeting = re.search(
            r"\b(?:proc|proceedings|conference|symposium|workshop|congress)\b",
            item["container-title"].lower(),
        )
        return "paper-conference" if meeting else "chapter"
    if "report" in about:
        return "report"
    return "book" if "publisher" in item else "document"


def _doubts(parts: Sequence[tuple[str, str]], item: CslItem) -> tuple[str, ...]:
    """Return what a person should look at, in words; the list is shown with the doubtful ones first."""
    labels = [label for label, _ in parts]
    doubts = [
        f"no {name}"
        for name, variable in (("author", "author"), ("title", "title"), ("year", "issued"))
        if variable not in item
    ]
    doubts += [
        f"{label} in two places" for label in ("author", "title", "journal") if labels.count(label) > 1
    ]
    if len(str(item.get("title", ""))) > 250:
        doubts.append("a very long title")
    return tuple(doubts)


def looks_like(sample: str) -> bool:
    """Whether a plain text is a list of references: most entries have a year or a link."""
    entries = split_references(sample[:20_000])
    if not entries:
        return False
    fits = sum(
        bool(_YEAR.search(text) or "http" in text or doi_in(text))
        and 25 < len(text) < 1500
        and text.count(".") + text.count(",") >= 3
        for _, text in entries
    )
    return fits >= max(1, len(entries) * 0.6)


def read(source: Source, file: ReadFile) -> Iterator[ReadRecord]:
    """Yield the references of a printed list; entries too short to be one are unplaced."""
    with source.text() as opened:
        entries = split_references(opened.read())
    for line, text in entries:
        file.expected += 1
        if len(text) < 12 or not re.search(r"[^\W\d_]{3}", text):
            file.unplaced.append(Unplaced(line, text, "This line is too short to be a reference."))
            continue
        read_one = read_reference(text, line)
        yield ReadRecord(RawRecord(read_one.parts, text, line), read_one.item)
