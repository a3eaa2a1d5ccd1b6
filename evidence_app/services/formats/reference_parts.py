"""The labelled parts of a printed reference as a CSL item."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import CslDate
from evidence_app.services.formats.printed_names import printed_names
from evidence_app.services.formats.reference_types import type_of
from evidence_app.services.formats.values import date_of, doi_in, pages_of

_REPRINT: Final = re.compile(
    r"\[((?:1[4-9]|20)\d\d)\]\s*((?:1[4-9]|20)\d\d)|((?:1[4-9]|20)\d\d)\s*\[((?:1[4-9]|20)\d\d)\]"
)
_YEARS: Final = re.compile(r"((?:1[4-9]|20)\d\d)\s*[-–—]\s*((?:1[4-9]|20)\d\d)")
_SEEN: Final = re.compile(r"accessed|retrieved|viewed|visited|abgerufen|zugriff|abruf|consult", re.IGNORECASE)


def _grouped(parts: Sequence[tuple[str, str]]) -> dict[str, str]:
    grouped: dict[str, str] = {}
    for label, text in parts:
        if label in {"title", "journal", "container"} and label in grouped:
            continue
        grouped[label] = f"{grouped[label]} {text}" if label in grouped else text
    return grouped


def item_of(labelled: Sequence[tuple[str, str]], text: str) -> CslItem:
    """Return what the parts of a printed reference, label and text in turn, say of the work."""
    parts = _grouped(labelled)
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
    _dates(item, parts, [part for label, part in labelled if label == "date"], labelled)
    if _is_site(item, parts):
        item["container-title"] = item.pop("publisher")
    item["type"] = type_of(item, parts, text)
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
    if "pages" not in parts and (found := re.search(r"\d\)?:\s*([A-Za-z]?\d+)\W*$", parts.get("volume", ""))):
        item["page"] = found[1]
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


def _dates(
    item: CslItem, parts: Mapping[str, str], printed: Sequence[str], labelled: Sequence[tuple[str, str]]
) -> None:
    """The first part that is a date is that of the work; a later one is of a meeting or a reprint."""
    for text in sorted(printed, key=lambda text: not re.search(r"\d{4}", text)):
        if date := _year_of(item, text):
            item["issued"] = date
            break
    if "issued" not in item and (date := _stray_year(labelled)):
        item["issued"] = date
    seen = re.search(
        r"(?:accessed|retrieved|viewed|visited|abgerufen|zugriff|consulté|consultado)\s*(?:on|am|le|el)?:?\s*([^.;<)]*\d{4})",
        parts.get("note", ""),
        re.IGNORECASE,
    )
    if seen and (date := date_of(re.sub(r"^(?:on)\s+", "", seen[1].strip()))):
        item["accessed"] = date


def _year_of(item: CslItem, printed: str) -> CslDate | None:
    """Read a printed date; of `2003 [1910]` the bracket is the first edition."""
    text = " ".join(re.sub(r"(?<=\d{4})[a-z]\b", "", printed).split())
    if found := _REPRINT.search(text):
        item["original-date"] = {"date-parts": [[int(found[1] or found[4])]]}
        return {"date-parts": [[int(found[2] or found[3])]]}
    if found := _YEARS.fullmatch(text.strip(" ().,;:[]")):
        return {"date-parts": [[int(found[1])], [int(found[2])]]}
    text = text.strip(" ().,;:[]")
    date = date_of(text) if text else None
    if date and "literal" in date and (years := re.findall(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)", text)):
        several = re.fullmatch(r"(?:\d{4}\s*[,/&]\s*)+\d{4}", text)
        return date if several else {"date-parts": [[int(years[0])]]}
    return date if date and ("date-parts" in date or re.search(r"[^\W\d]", text)) else None


def _stray_year(labelled: Sequence[tuple[str, str]]) -> CslDate | None:
    """A year that was taken for something else: in brackets, before `;`, or alone at the end of a part."""
    for label, text in labelled:
        if label in {"title", "url", "doi", "author", "isbn"} or (label == "note" and _SEEN.search(text)):
            continue
        if found := re.search(
            r"\((?:[^()\d]*)((?:1[5-9]|20)\d\d)[a-z]?\)|\b((?:19|20)\d\d)(?:;|[.,)]*$)", text
        ):
            return {"date-parts": [[int(found[1] or found[2])]]}
    return None
