"""Works made up by lot from real parts, to be set in many styles: more to learn from.

Titles, journals, names and years are those of recorded Crossref metadata, which is free of rights; publishers
and places those of the strings trained on. No work so made is a real one."""

import csv
import json
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.foreign_titles import foreign_work
from tests.benchmarks.reference_styles import Segments, made_body


@dataclass
class Parts:
    """What works are made of."""

    articles: list[tuple[str, str]] = field(default_factory=list)
    """Title and journal."""
    titles: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)
    families: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def parts_of(root: Path, strings: Sequence[Segments]) -> Parts:
    """Gather the parts from the Crossref recordings below a folder and the strings trained on."""
    parts = Parts()
    seen: set[str] = set()
    with (root / "index.csv").open(encoding="utf-8") as opened:
        files = [row["file"] for row in csv.DictReader(opened) if row["service"] == "crossref"]
    for name in files:
        body = json.loads((root / name).read_text(encoding="utf-8")).get("body")
        message = body.get("message") if isinstance(body, dict) else None
        for work in (message.get("items") or [message]) if isinstance(message, dict) else []:
            if isinstance(work, dict) and work.get("DOI") and work["DOI"] not in seen:
                seen.add(work["DOI"])
                _gather(parts, work)
    for segments in strings:
        for label, text in segments:
            kept = re.sub(r"</?\w+>", "", text).strip(" .,;:()[]")
            if label == "publisher" and 3 < len(kept) < 60:
                parts.publishers.append(kept)
            elif label == "location" and 3 < len(kept) < 40:
                parts.places.append(kept)
            elif label == "container":
                named = re.sub(r"^[Ii]n:?\s+", "", kept)
                (
                    parts.meetings if re.match(r"Proc|.*(?:Conference|Workshop)", named) else parts.books
                ).append(named)
    return parts


def _gather(parts: Parts, work: dict[str, Any]) -> None:
    title = _clean((work.get("title") or [""])[0])
    journal = _clean((work.get("container-title") or [""])[0])
    if title and journal and work.get("type") == "journal-article":
        parts.articles.append((title, journal))
        if short := _clean((work.get("short-container-title") or [""])[0]):
            parts.articles.append((title, short))
    for author in work.get("author") or []:
        if author.get("family") and author.get("given"):
            parts.families.append(_cased(author["family"]))
            parts.given.append(_cased(author["given"]))
    for cited in work.get("reference") or []:
        if (title := _clean(cited.get("article-title", ""))) and cited.get("journal-title"):
            parts.articles.append((title, _clean(cited["journal-title"])))
        elif title := _clean(cited.get("volume-title", "")):
            (parts.meetings if title.startswith("Proc") else parts.titles).append(title)
        if found := re.fullmatch(
            r"(?:[A-Z]{1,3}|(?:[A-Z]\.[ -]?){1,3}) ([^\W\d_][\w'’ -]{2,25})", cited.get("author", "")
        ):
            parts.families.append(found[1])


def letters_of(title: str) -> str:
    return re.sub(r"\W+", "", title).lower()


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(r"<[^>]+>|\$[^$]*\$|&\w+;", "", text or ""))
    text = " ".join(text.split()).strip(" .,;:")
    return text if 3 < len(text) < 220 and "{" not in text and not text.isupper() else ""


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 else name.strip()


PRESSES = ("ACM", "IEEE", "Springer", "ACM Press", "Morgan Kaufmann", "Elsevier")


class Maker:
    """Puts works together by lot."""

    def __init__(self, parts: Parts, chance: random.Random) -> None:
        self.parts = parts
        self.chance = chance

    def work(self, number: int) -> dict[str, Any]:
        """Return a made-up work as a CSL item."""
        chance, parts = self.chance, self.parts
        if chance.random() < 0.2:
            return foreign_work(chance, self._names, number)
        kind = chance.choices(
            ("article-journal", "book", "chapter", "paper-conference", "thesis", "report", "webpage"),
            (52, 15, 12, 9, 3, 5, 4),
        )[0]
        title, journal = chance.choice(parts.articles)
        item: dict[str, Any] = {"id": str(number), "type": kind, "title": title, "issued": self._date()}
        item["author"] = self._names() if chance.random() > 0.07 else [{"literal": made_body(chance)}]
        if kind in ("book", "report", "thesis", "chapter"):
            item["publisher"] = chance.choice(parts.publishers)
            if chance.random() < 0.75:
                item["publisher-place"] = chance.choice(parts.places)
        if kind == "article-journal":
            self._in_a_journal(item, journal)
        if kind in ("article-journal", "chapter", "paper-conference") and chance.random() < 0.93:
            item["page"] = self._pages()
        more = {
            "book": self._book, "chapter": self._chapter, "paper-conference": self._paper,
            "thesis": self._thesis, "report": self._report, "webpage": self._page_on_the_web,
        }  # fmt: skip
        if kind in more:
            more[kind](item)
        return item

    def _in_a_journal(self, item: dict[str, Any], journal: str) -> None:
        chance = self.chance
        item |= {"container-title": journal, "volume": str(chance.randint(1, 300))}
        if chance.random() < 0.55:
            item["issue"] = chance.choice((str(chance.randint(1, 24)), "Suppl 1", "3-4", "1/2"))
        if chance.random() < 0.35:
            start = chance.choice(("j.", "s", "hex.", ""))
            item["DOI"] = f"10.{chance.randint(1000, 9999)}/{start}{chance.randint(1000, 9999999)}"

    def _pages(self) -> str:
        chance = self.chance
        first = chance.randint(1, 3000)
        last = first + chance.randint(1, 40)
        number = str(chance.randint(10**5, 10**6))
        return chance.choice((f"{first}-{last}", f"{first}-{last}", str(first), f"e{first}", number))

    def _book(self, item: dict[str, Any]) -> None:
        item["title"] = self.chance.choice(self.parts.titles or [item["title"]])
        if self.chance.random() < 0.2:
            item["editor"] = item.pop("author")
        if self.chance.random() < 0.2:
            item["edition"] = str(self.chance.randint(2, 9))

    def _chapter(self, item: dict[str, Any]) -> None:
        item["container-title"] = self.chance.choice(self.parts.titles + self.parts.books)
        item["editor"] = self._names(4)

    def _paper(self, item: dict[str, Any]) -> None:
        item["container-title"] = self.chance.choice(self.parts.meetings)
        if self.chance.random() < 0.4:
            item["publisher-place"] = self.chance.choice(self.parts.places)
        if self.chance.random() < 0.3:
            item["publisher"] = self.chance.choice(PRESSES)

    def _thesis(self, item: dict[str, Any]) -> None:
        item["genre"] = self.chance.choice(("PhD thesis", "Doctoral dissertation", "Master’s thesis"))
        item["publisher"] = f"University of {self.chance.choice(self.parts.places).split(',')[0]}"

    def _report(self, item: dict[str, Any]) -> None:
        item["genre"] = self.chance.choice(("Technical report", "Report", "Working paper"))
        item["number"] = str(self.chance.randint(1, 400))

    def _page_on_the_web(self, item: dict[str, Any]) -> None:
        chance = self.chance
        item["container-title"] = made_body(chance)
        host = chance.choice(self.parts.families).lower().split()[0]
        item["URL"] = f"https://www.{host}.org/{chance.randint(1, 99999)}"
        day = [chance.randint(2005, 2024), chance.randint(1, 12), chance.randint(1, 28)]
        item["accessed"] = {"date-parts": [day]}

    def _date(self) -> dict[str, Any]:
        chance = self.chance
        date: list[int] = [chance.randint(1950, 2024)]
        if chance.random() < 0.15:
            date.append(chance.randint(1, 12))
        return {"date-parts": [date]}

    def _names(self, most: int = 9) -> list[dict[str, str]]:
        chance = self.chance
        count = min(most, chance.choices((1, 2, 3, 4, 5, 6, 9), (28, 24, 18, 12, 8, 6, 4))[0])
        initials_only = chance.random() < 0.35
        names = []
        for _ in range(count):
            given = chance.choice(self.parts.given)
            if initials_only:
                given = " ".join(f"{word[0]}." for word in re.findall(r"\w+", given)).title()
            elif chance.random() < 0.25:
                given = f"{given.split()[0]} {chance.choice('ABCDEFGHJKLMNPRST')}."
            names.append({"family": chance.choice(self.parts.families), "given": given})
        return names
