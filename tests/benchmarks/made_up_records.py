"""Made-up results of several searches, with DOIs: duplicates as databases make them, and what only looks so.

Every duplicate is a copy with the faults exports have; every trap is a work of its own. Nothing is taken from
anywhere, and one seed always gives the same set."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from evidence_app.domain.csl import CslItem

_SYLLABLES = [
    a + b
    for a in ("co", "pro", "mi", "se", "vi", "ta", "he", "al", "lo", "du")
    for b in ("n", "r", "d", "st", "l")
]
_JOURNAL_WORDS = ("Annals", "Archives", "Journal", "Review", "Letters")
_FIELDS = ("Clinical", "Experimental", "Social", "Applied", "Community", "Public")
_OF = (
    "Medicine",
    "Nursing",
    "Rehabilitation",
    "Psychology",
    "Neurology",
    "Epidemiology",
    "Surgery",
    "Genetics",
)


@dataclass(slots=True)
class MadeUp:
    """Records by their place, and the work each of them describes."""

    items: list[CslItem] = field(default_factory=list)
    works: list[int] = field(default_factory=list)

    @property
    def groups(self) -> list[list[int]]:
        """The places of the records of each work that has several."""
        found: dict[int, list[int]] = {}
        for at, work in enumerate(self.works):
            found.setdefault(work, []).append(at)
        return [places for places in found.values() if len(places) > 1]


def made_up(size: int, seed: int = 1) -> MadeUp:
    """Return a set of about this many records, one in five of them redundant."""
    maker = _Maker(random.Random(seed))
    while len(maker.made.items) < size:
        maker.work()
    return maker.made


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.made = MadeUp()
        self._words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(6000)]
        self._families = [
            "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))).capitalize() for _ in range(3000)
        ]
        self._journals = [f"{a} of {b} {c}" for a in _JOURNAL_WORDS for b in _FIELDS for c in _OF]
        self._number = 0
        self._traps: list[Callable[[CslItem], None]] = [
            self._abstract_of,
            self._parts,
            self._erratum,
            self._editorials,
            self._supplement,
            self._joint,
            self._preprint,
            self._wrong_doi,
        ]

    def work(self) -> None:
        """Make one work: alone, with copies of other databases, or with a trap beside it."""
        item = self._article()
        self._add(item, new=True)
        roll = self._chance.random()
        if roll < 0.2:
            for _ in range(self._chance.choice((1, 1, 1, 2, 3))):
                self._add(self._copy(item))
        elif roll < 0.28:
            self._chance.choice(self._traps)(item)

    def _add(self, item: CslItem, *, new: bool = False) -> None:
        self._number += new
        self.made.items.append(item)
        self.made.works.append(self._number)

    def _article(self) -> CslItem:
        chance = self._chance
        first = chance.randint(1, 2400)
        year = chance.randint(1985, 2024)
        journal = chance.choice(self._journals)
        item: CslItem = {
            "type": "article-journal",
            "title": self._title(),
            "author": self._authors(),
            "container-title": journal,
            "issued": {"date-parts": [[year]]},
            "volume": str(year - 1960 + self._journals.index(journal) % 9),
            "issue": str(chance.randint(1, 12)),
            "page": f"{first}-{first + chance.randint(3, 14)}",
            "abstract": " ".join(chance.choices(self._words, k=60)),
        }
        if chance.random() < 0.8:
            item["DOI"] = f"10.{chance.randint(1000, 1100)}/{chance.randint(10**6, 10**9)}"
        return item

    def _title(self) -> str:
        words = self._chance.choices(self._words, k=self._chance.randint(6, 13))
        if self._chance.random() < 0.3:
            words[4] += ":"
        return " ".join(words).capitalize()

    def _authors(self) -> list[dict[str, str]]:
        chance = self._chance
        return [
            {
                "family": chance.choice(self._families),
                "given": f"{chance.choice('ABCDEJKLMRST')}{chance.choice('aeiou')}lan {chance.choice('AB')}.",
            }
            for _ in range(chance.choice((1, 2, 3, 4, 4, 5, 6, 9, 12)))
        ]

    def _copy(self, item: CslItem) -> CslItem:
        """Return the record another database has of a work: two or three faults of exports."""
        copy: dict[str, Any] = {**item}
        for fault in self._chance.sample(_FAULTS, self._chance.randint(1, 3)):
            fault(copy, self._chance)
        return copy

    def _abstract_of(self, item: CslItem) -> None:
        year = item["issued"]["date-parts"][0][0]
        self._add(
            {
                **item,
                "issued": {"date-parts": [[year - self._chance.randint(0, 2)]]},
                "container-title": self._chance.choice(self._journals),
                "volume": f"{self._chance.randint(1, 90)} Suppl 1",
                "page": f"S{self._chance.randint(1, 400)}",
                "DOI": "",
                "issue": "",
            },
            new=True,
        )

    def _parts(self, item: CslItem) -> None:
        first = int(item["page"].split("-")[0])
        item["title"] += " Part 1"
        self._add(
            {
                **item,
                "title": item["title"][:-1] + "2",
                "page": f"{first + 20}-{first + 31}",
                "DOI": "",
                "abstract": " ".join(self._chance.choices(self._words, k=60)),
            },
            new=True,
        )

    def _erratum(self, item: CslItem) -> None:
        form = self._chance.choice(
            ("Erratum: {}", "Correction to: {}", "{}: Correction", "Corrigendum to “{}”")
        )
        page = str(self._chance.randint(1, 2000))
        self._add({**item, "title": form.format(item["title"]), "page": page, "DOI": ""}, new=True)

    def _editorials(self, item: CslItem) -> None:
        title = self._chance.choice(("Editorial", "Editor’s comments", "Letter to the editor", "Reply"))
        for issue in range(1, 5):
            page = self._chance.choice((f"{issue * 90}-{issue * 90 + 2}", "iii-vi", ""))
            self._add(
                {**item, "title": title, "issue": str(issue), "page": page, "DOI": "", "abstract": ""},
                new=True,
            )

    def _supplement(self, item: CslItem) -> None:
        """Make abstracts of one supplement under its DOI, pages and sometimes authors."""
        doi = f"10.{self._chance.randint(1000, 1100)}/suppl.{self._chance.randint(10**5, 10**7)}"
        pages = self._chance.choice(("S1-S120", ""))
        for at in range(self._chance.randint(5, 30)):
            author = item["author"] if at % 3 == 0 else self._authors()
            self._add(
                {
                    **item,
                    "title": self._title(),
                    "author": author,
                    "DOI": doi,
                    "page": pages or f"S{at + 1}",
                    "abstract": " ".join(self._chance.choices(self._words, k=60)),
                },
                new=True,
            )

    def _joint(self, item: CslItem) -> None:
        first = self._chance.randint(1, 900)
        self._add(
            {
                **item,
                "container-title": self._chance.choice(self._journals),
                "volume": str(self._chance.randint(1, 99)),
                "page": f"{first}-{first + 7}",
                "DOI": f"10.{self._chance.randint(1000, 1100)}/joint.{first}",
            },
            new=True,
        )

    def _preprint(self, item: CslItem) -> None:
        year = item["issued"]["date-parts"][0][0]
        self._add(
            {
                **item,
                "type": "article",
                "container-title": "medRxiv",
                "volume": "",
                "issue": "",
                "page": "",
                "issued": {"date-parts": [[year - 1]]},
                "DOI": f"10.1101/{year}.{self._chance.randint(10**6, 10**7)}",
            },
            new=True,
        )

    def _wrong_doi(self, item: CslItem) -> None:
        self._add({**self._article(), "DOI": item.get("DOI", "")}, new=True)


def _initials_only(item: CslItem, _: random.Random) -> None:
    item["author"] = [
        {**name, "given": "".join(part[0] for part in name["given"].split())} if "given" in name else name
        for name in item["author"]
    ]


def _cut_authors(item: CslItem, chance: random.Random) -> None:
    kept = chance.choice((1, 3, 6, 10))
    if len(item["author"]) > kept:
        item["author"] = [*item["author"][:kept], {"literal": "et al."}]


def _short_pages(item: CslItem, _: random.Random) -> None:
    first, _dash, last = item["page"].partition("-")
    same = 0
    while len(first) == len(last) and same < len(first) - 1 and first[same] == last[same]:
        same += 1
    item["page"] = f"{first}-{last[same:]}"


def _short_journal(item: CslItem, _: random.Random) -> None:
    words = item["container-title"].split()
    item["container-title"] = " ".join(
        f"{word[:4]}." if len(word) > 5 else word for word in words if word != "of"
    )


def _no_doi(item: CslItem, _: random.Random) -> None:
    item["DOI"] = ""


def _capital_doi(item: CslItem, _: random.Random) -> None:
    item["DOI"] = f"https://doi.org/{item['DOI'].upper()}" if item.get("DOI") else ""


def _loud_title(item: CslItem, _: random.Random) -> None:
    item["title"] = item["title"].upper() + "."


def _bracketed_title(item: CslItem, _: random.Random) -> None:
    item["title"] = f"[{item['title']}]. [Chinese]"


def _dropped_subtitle(item: CslItem, _: random.Random) -> None:
    item["title"] = item["title"].partition(":")[0]


def _no_abstract(item: CslItem, _: random.Random) -> None:
    item["abstract"] = ""


def _no_pages(item: CslItem, _: random.Random) -> None:
    item["page"] = ""


def _no_issue(item: CslItem, _: random.Random) -> None:
    item["volume"], item["issue"] = f"{item['volume']}({item['issue']})", ""


def _slip(item: CslItem, chance: random.Random) -> None:
    at = chance.randint(5, len(item["title"]) - 2)
    item["title"] = item["title"][:at] + item["title"][at + 1 :]


def _next_year(item: CslItem, _: random.Random) -> None:
    item["issued"] = {"date-parts": [[item["issued"]["date-parts"][0][0] - 1]]}


_FAULTS = (
    _initials_only,
    _cut_authors,
    _short_pages,
    _short_journal,
    _no_doi,
    _capital_doi,
    _loud_title,
    _bracketed_title,
    _dropped_subtitle,
    _no_abstract,
    _no_pages,
    _no_issue,
    _slip,
    _next_year,
)
