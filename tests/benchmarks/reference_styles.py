"""Sets known works again in other citation styles, each part with its label: more to learn from."""

import random
import re
from collections import Counter
from collections.abc import Iterator

Segments = list[tuple[str, str]]
BODIES = (
    "Department of Health", "World Health Organization", "National Audit Office", "NHS England",
    "Health Foundation", "Care Quality Commission", "Ministry of Justice", "European Commission",
    "The King's Fund", "SCIE", "Office for National Statistics", "Local Government Association",
    "Public Health Wales", "Mind", "Age UK", "National Institute for Health and Care Excellence",
    "Scottish Government", "Nesta", "OECD", "UNICEF", "Big Lottery Fund", "Social Care Wales",
    "House of Commons Health Committee", "Rethink Mental Illness", "Department of Health and Social Care",
    "NHS Confederation", "Monitor", "British Medical Association",
)  # fmt: skip
PLACES = (
    "Leeds",
    "Oslo",
    "Northern",
    "National",
    "Scottish",
    "European",
    "Manchester",
    "Ontario",
    "Irish",
    "Royal",
    "Kent",
)
KINDS = (
    "Centre",
    "Institute",
    "Trust",
    "Network",
    "Council",
    "Foundation",
    "Observatory",
    "Alliance",
    "Society",
)
TOPICS = (
    "Public Policy",
    "Fiscal Research",
    "Disability Research",
    "Mental Health",
    "Social Care",
    "Housing Studies",
    "Youth Justice",
    "Ageing",
    "Primary Care",
    "Local Government",
    "Rural Health",
)
SITES = (
    "https://www.example.org.uk/{a}/{b}/",
    "https://{a}.gov.uk/{b}.pdf",
    "http://www.{a}.org/{b}?id=12",
    "https://{a}.ac.uk/id/eprint/{b}/",
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def works(strings: list[Segments]) -> Iterator[dict[str, str]]:
    """Return works whose parts can be set again in another style."""
    for segments in strings:
        counts = Counter(label for label, _ in segments)
        parts = {label: text for label, text in segments if counts[label] == 1}
        if "title" not in parts or len(parts["title"]) < 12:
            continue
        title = re.sub(r"</?\w+>", "", parts["title"]).strip(" .,;\"“”‘’'")
        year = re.search(r"(?:1[5-9]|20)\d\d", parts.get("date", ""))
        pages = re.search(r"(\d+)\s*[-–]+\s*(\d+)", parts.get("pages", ""))
        volume = re.search(r"\d+", parts.get("volume", ""))
        issue = re.search(r"\((?:no\. )?(\d+)\)|no\.?\s*(\d+)", parts.get("volume", ""), re.IGNORECASE)
        where = parts.get("journal") or parts.get("container") or ""
        yield {
            "title": title, "year": year[0] if year else "",
            "pages": f"{pages[1]}-{pages[2]}" if pages else "", "volume": volume[0] if volume else "",
            "issue": (issue[1] or issue[2]) if issue else "",
            "where": re.sub(r"^In:?\s+|</?\w+>", "", where).strip(" .,;:\"“”"),
            "kind": "journal" if "journal" in parts else "container" if "container" in parts else "book",
            "authors": parts.get("author", ""), "publisher": parts.get("publisher", "").strip(" .,;:"),
            "location": parts.get("location", "").strip(" .,;:"),
        }  # fmt: skip


def people(text: str, chance: random.Random) -> list[tuple[str, str]]:
    """Return families and initials of an author string, or of made-up authors where it is unclear."""
    found = re.findall(
        r"([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?),? ((?:[A-Z]\.?[ -]?){1,3})(?=[,;.&]|and|$)", text
    )
    plain = [(family, re.sub(r"[^A-Z]", "", initials)) for family, initials in found]
    return plain[:6] or [
        (chance.choice(FAMILIES), chance.choice("ABCDEFGHJKLMNPRSTW")) for _ in range(chance.randint(1, 4))
    ]


FAMILIES = (
    "Smith",
    "Ahmed",
    "García",
    "van der Berg",
    "O'Neill",
    "Müller",
    "Chen",
    "Nakamura",
    "Brown-Lee",
    "Areskoug Hansen",
    "de Souza",
    "Øverland",
    "Baker",
    "McDonald",
    "Polley",
    "Drinkwater",
)


def made_body(chance: random.Random) -> str:
    """Return the name of a body: a known one, or one made of common parts."""
    place, kind, topic = chance.choice(PLACES), chance.choice(KINDS), chance.choice(TOPICS)
    return chance.choice((
        chance.choice(BODIES), f"{place} {kind} for {topic}", f"{kind} for {topic}", f"{topic} {kind}",
        f"University of {place} {kind} for {topic}", f"University of {place}", f"{place} {topic}",
        f"{chance.choice(FAMILIES)} {kind}",
        f"{place} {topic} {kind} in Partnership With {chance.choice(FAMILIES)} {kind}",
    ))  # fmt: skip


class Setter:
    """Sets a work in one of the common styles, each part with its label."""

    def __init__(self, work: dict[str, str], chance: random.Random) -> None:
        self.work = work
        self.chance = chance
        self.people = people(work["authors"], chance)
        self.body = chance.random() < 0.16
        self.name = made_body(chance)
        self.site_name = made_body(chance)
        self.year = work["year"] or str(chance.randint(1980, 2024))
        self.italic = chance.choice(("*", "*", "", ""))

    def it(self, text: str) -> str:
        """Return text emphasised, where this string is."""
        return f"{self.italic}{text}{self.italic}"

    def vancouver_names(self, last: str = ".") -> str:
        """Return `Smith JA, Lee B, et al.`"""
        if self.body:
            return (
                f"{self.name}, {made_body(self.chance)}" if self.chance.random() < 0.15 else self.name
            ) + last
        names = ", ".join(f"{family} {initials}" for family, initials in self.people)
        return names + (", et al." if self.chance.random() < 0.15 else last)

    def apa_names(self) -> str:
        """Return `Smith, J. A., & Lee, B.`"""
        if self.body:
            return f"{self.name}."
        names = [f"{family}, {'. '.join(initials)}." for family, initials in self.people]
        joint = self.chance.choice((" & ", " and ", ", & ", ", and "))
        return names[0] if len(names) == 1 else ", ".join(names[:-1]) + joint + names[-1]

    def link(self) -> Segments:
        """Return a DOI or a link with its date, or nothing."""
        chance = self.chance
        if chance.random() < 0.5:
            registrant, start = chance.randint(1000, 9999), chance.choice(("j.", "s", "hex.", "bmj"))
            doi = f"10.{registrant}/{start}{chance.randint(100, 99999)}"
            return [
                ("doi", chance.choice(("doi:{}", "https://doi.org/{}", "doi: {}.", "DOI {}")).format(doi))
            ]
        return []

    def site(self) -> Segments:
        """Return a link with the day it was seen."""
        chance = self.chance
        words = re.findall(r"[a-z]{3,}", self.work["title"].lower()) or ["page"]
        url = chance.choice(SITES).format(a=chance.choice(words), b="-".join(words[:5]))
        day = f"{chance.choice(MONTHS)} {chance.randint(1, 28)}, {chance.randint(2008, 2024)}"
        url = chance.choice(("{}", "<{}>", "{}.")).format(url)
        return chance.choice((
            [("note", f"Accessed {day}."), ("url", url)],
            [("note", "Available at:"), ("url", url), ("note", f"(accessed {day}).")],
            [("note", "Retrieved from"), ("url", url)],
            [("url", url)],
        ))  # fmt: skip

    def ama(self) -> Segments:
        """Return AMA and Vancouver."""
        work, chance = self.work, self.chance
        head: Segments = [("author", self.vancouver_names())]
        title = work["title"] + ("" if work["title"][-1:] in "?!" else ".")
        if work["kind"] == "journal":
            issue = f"({work['issue'] or chance.randint(1, 12)})" if chance.random() < 0.7 else ""
            volume = work["volume"] or str(chance.randint(1, 99))
            pages = work["pages"] or chance.choice(
                (f"e{chance.randint(1, 999)}", str(chance.randint(1, 999)), str(chance.randint(10**5, 10**6)))
            )
            if chance.random() < 0.08:
                pages = str(chance.choice((chance.randint(10**5, 10**6), chance.randint(10**15, 10**16))))
            date = f"{self.year};" if chance.random() < 0.8 else f"{self.year} {chance.choice(MONTHS)[:3]};"
            tail = f"{date}{volume}{issue}:{pages}."
            return [
                *head,
                ("title", title),
                ("journal", f"{self.it(work['where'])}."),
                ("glued", tail),
                *self.link(),
            ]
        publisher = work["publisher"] if work["publisher"] and chance.random() < 0.75 else self.site_name
        if chance.random() < 0.06:
            publisher = (
                f"{publisher}, {made_body(chance)}, {chance.choice(('NEF', 'SCIE', 'OECD', 'The Lab'))}"
            )
        if chance.random() < 0.45:
            site = [("publisher", f"{self.site_name}.")] if chance.random() < 0.4 else []
            if site and chance.random() < 0.3:
                title = f"{title[:-1].split(': ')[0]}?"
            dates = chance.choice(
                (
                    f"{self.year}.",
                    f"{self.year}.",
                    f"{chance.choice(MONTHS)} {chance.randint(1, 28)}, {self.year}.",
                    "",
                    f"{int(self.year) - 4}, {self.year}.",
                    f"{int(self.year) - 9}, {int(self.year) - 4}, {self.year}.",
                )
            )
            printed_date = [("date", dates)] if dates else []
            return [*head, ("title", title), *site, *printed_date, *self.site()]
        place = [("location", f"{work['location']}:")] if work["location"] and chance.random() < 0.5 else []
        if work["kind"] == "container" or chance.random() < 0.15:
            editors = (
                f"In: {chance.choice(FAMILIES)} {chance.choice('ABCDE')}, {chance.choice(FAMILIES)} "
                f"{chance.choice('FGH')}, eds."
            )
            book = work["where"] or work["title"][::-1].title()[::-1]
            pages = work["pages"] or f"{chance.randint(1, 90)}-{chance.randint(91, 300)}"
            chapter = [("note", f"ch {chance.randint(1, 20)}.")] if chance.random() < 0.2 else []
            book_part: Segments = [("editor", editors), ("container", f"{self.it(book)}."), *chapter, *place]
            ends: Segments = [("publisher", f"{publisher};"), ("tailpages", f"{self.year}:{pages}.")]
            return [*head, ("title", title), *book_part, *ends]
        printed = [("volume", f"Vol {chance.randint(1, 60)}.")] if chance.random() < 0.1 else []
        end: Segments = [("date", f"{self.year}.")]
        if chance.random() < 0.25:
            end = [("tailpages", f"{self.year}:{work['pages'] or chance.randint(5, 300)}.")]
        extra = self.site() if chance.random() < 0.3 else []
        return [
            *head,
            ("title", f"{self.it(work['title'])}."),
            *printed,
            *place,
            ("publisher", f"{publisher};"),
            *end,
            *extra,
        ]

    def apa(self) -> Segments:
        """Return APA and Harvard."""
        work, chance = self.work, self.chance
        date = chance.choice((f"({self.year}).", f"({self.year})", f"{self.year}.", f"({self.year}),"))
        quote = chance.choice((("", "."), ("‘", "’,"), ("'", "',"), ("“", ",”")))
        head: Segments = [("author", self.apa_names()), ("date", date)]
        if work["kind"] == "journal":
            title = f"{quote[0]}{work['title']}{quote[1]}"
            issue = f"({work['issue'] or chance.randint(1, 12)})"
            volume = (work["volume"] or str(chance.randint(1, 99))) + (issue if chance.random() < 0.6 else "")
            pages = work["pages"] or f"{chance.randint(1, 90)}–{chance.randint(91, 300)}"
            where = chance.choice(
                (f"{work['where']}, {{}}", f"{work['where']} {{}}", f"{work['where']}, Vol. {{}}")
            )
            name, _, _ = where.partition("{}")
            name, vol, _ = (name, "", "") if "Vol." not in name else (name.replace("Vol. ", ""), "Vol. ", "")
            page = chance.choice((f"{pages}.", f"pp. {pages}."))
            return [
                *head,
                ("title", title),
                ("journal", self.it(name.strip())),
                ("volume", f"{vol}{volume},"),
                ("pages", page),
                *self.link(),
            ]
        publisher = work["publisher"] or self.name
        place = [("location", f"{work['location']}:")] if work["location"] and chance.random() < 0.7 else []
        return [
            *head,
            ("title", f"{self.it(work['title'])}."),
            *place,
            ("publisher", f"{publisher}."),
            *(self.site() if chance.random() < 0.3 else []),
        ]

    def numbered(self) -> Segments:
        """Return IEEE."""
        work, chance = self.work, self.chance
        names = [f"{'. '.join(initials)}. {family}" for family, initials in self.people]
        authors = (
            self.name
            if self.body
            else names[0]
            if len(names) == 1
            else ", ".join(names[:-1]) + " and " + names[-1]
        )
        number: Segments = [("number", f"[{chance.randint(1, 99)}]")] if chance.random() < 0.5 else []
        where = self.it(work["where"] or "Proceedings of the Meeting")
        label = "journal" if work["kind"] == "journal" else "container"
        volume: Segments = (
            [("volume", f"vol. {work['volume'] or 3}, no. {work['issue'] or 2},")]
            if label == "journal"
            else []
        )
        pages = f"pp. {work['pages'] or '12-19'},"
        lead = "" if label == "journal" else "in "
        return [
            *number,
            ("author", f"{authors},"),
            ("title", f"“{work['title']},”"),
            (label, f"{lead}{where},"),
            *volume,
            ("pages", pages),
            ("date", f"{self.year}."),
        ]

    def made(self) -> Segments:
        """Return the work in a style drawn by lot."""
        style = self.chance.choices((self.ama, self.apa, self.numbered), (6, 3, 1))[0]
        if style == self.numbered and self.work["kind"] == "book":
            style = self.ama
        return style()
