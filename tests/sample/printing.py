"""Prints a CSL item the way the published review prints its references, to compare the two."""

from typing import Any

from evidence_app.domain.dates import MONTHS
from evidence_app.domain.reference import plain

PUBLISHED = ("report", "book")


def printed(item: dict[str, Any]) -> str:
    """Return the reference as the review prints it, without italics and angle brackets."""
    parts = [_names(item["author"]) + "."] if "author" in item else []
    parts += [_sentence(plain(item["title"])), *_middle(item)]
    if "DOI" in item:
        parts.append(f"doi:{item['DOI']}")
    if "accessed" in item:
        parts.append(f"Accessed {_date(item['accessed'])}.")
    if "URL" in item:
        parts.append(item["URL"])
    return " ".join(parts)


def _middle(item: dict[str, Any]) -> list[str]:
    if item["type"] == "article-journal":
        issue = f"({item['issue']})" if "issue" in item else ""
        page = f":{item['page']}" if "page" in item else ""
        return [f"{item['container-title']}. {_date(item['issued'])};{item['volume']}{issue}{page}."]
    if item["type"] == "chapter":
        return [_in_book(item)]
    if item["type"] in PUBLISHED and "publisher" in item:
        volume = f"Vol {item['volume']}. " if "volume" in item else ""
        return [f"{volume}{_published(item)}"]
    version = f"Version {item['version']}" if "version" in item else ""
    where = item.get("container-title") or item.get("publisher") or version
    return [f"{part}." for part in (where, _date(item["issued"]) if "issued" in item else "") if part]


def _in_book(item: dict[str, Any]) -> str:
    editors = _names(item["editor"]) + (", eds." if len(item["editor"]) > 1 else ", ed.")
    chapter = f"ch {item['chapter-number']}. " if "chapter-number" in item else ""
    return f"In: {editors} {item['container-title']}. {chapter}{_published(item)}"


def _published(item: dict[str, Any]) -> str:
    page = f":{item['page']}" if "page" in item else ""
    return f"{item['publisher']}; {_date(item['issued'])}{page}."


def _names(names: list[dict[str, str]]) -> str:
    return ", ".join(
        name["literal"].removesuffix(".") if "literal" in name else f"{name['family']} {name['given']}"
        for name in names
    )


def _sentence(title: str) -> str:
    return title if title.endswith("?") else f"{title}."


def _date(date: dict[str, Any]) -> str:
    if "literal" in date:
        return str(date["literal"])
    year, *rest = date["date-parts"][0]
    return f"{MONTHS[rest[0] - 1].capitalize()} {rest[1]}, {year}" if rest else str(year)
