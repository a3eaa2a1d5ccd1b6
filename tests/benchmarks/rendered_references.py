"""Made-up works set by pandoc in the citation styles that come with the program, each word with its label."""

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Any

from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.services.formats.reference_tokens import Token, tokens_of
from evidence_app.services.publishing.citing import format_citations, works
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.styles import all_styles, style_source
from tests.benchmarks.made_up_works import Maker, letters_of, parts_of
from tests.benchmarks.reference_styles import MONTHS, Segments

Labelled = tuple[list[Token], list[str]]
COMMON = (
    "apa", "american-medical-association", "ieee", "chicago-author-date", "chicago-notes-bibliography",
    "modern-language-association", "nature", "nlm-citation-sequence", "elsevier-harvard",
    "springer-basic-author-date",
    "springer-lecture-notes-in-computer-science", "harvard-cite-them-right", "american-chemical-society",
    "american-sociological-association", "zeitschrift-fur-soziologie", "din-1505-2",
    "iso690-author-date-fr",
    "acm-sig-proceedings", "association-for-computing-machinery", "the-lancet", "biomed-central",
    "plos-one",
    "kolner-zeitschrift-fur-soziologie-und-sozialpsychologie", "american-political-science-association",
    "cell",
    "leviathan", "berliner-journal-fur-soziologie", "unified-style-sheet-for-linguistics", "bmj",
    "sage-harvard",
)  # fmt: skip
_JOINS = {
    "vol": "volume", "volume": "volume", "no": "volume", "issue": "volume", "bd": "volume", "jg": "volume",
    "heft": "volume", "nr": "volume", "n": "volume", "nº": "volume", "num": "volume", "iss": "volume",
    "h": "volume",
    "pp": "pages", "p": "pages", "pages": "pages", "page": "pages", "s": "pages", "seiten": "pages",
    "págs": "pages",
    "ed": "edition", "edn": "edition", "edition": "edition", "auflage": "edition", "aufl": "edition",
    "éd": "edition",
    "accessed": "note", "retrieved": "note", "available": "note", "from": "note", "at": "note",
    "online": "note",
    "internet": "note", "zugriff": "note", "verfügbar": "note", "unter": "note", "am": "note", "url": "url",
    "doi": "doi", "phd": "genre", "thesis": "genre", "dissertation": "genre", "report": "genre",
    "rep": "genre",
}  # fmt: skip
_ROLES = frozenset(
    ("ed", "eds", "editor", "editors", "hg", "hrsg", "herausgeber", "éd", "éds", "dir", "edited", "edits",
     "edit",
     "by", "eds.", "(eds.)", "von"),
)  # fmt: skip
_NAMES_JOIN = frozenset(
    ("and", "&", "und", "et", "y", "e", "al", "others", "u", "a", "in", "con", "der", "van", "de", "von",
     "la", "le"),
)  # fmt: skip
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", " ": " ", "‑": "-"}
)


class Printer:
    """Has made-up works set, and labels what comes out."""

    def __init__(self, maker: Maker, chance: random.Random) -> None:
        self.maker = maker
        self.chance = chance

    def set_in(self, style: str, count: int) -> Iterator[Labelled]:
        """Yield made-up works as a style prints them, without those whose parts cannot be found again."""
        items = [self.maker.work(number) for number in range(1, count + 1)]
        listed = [
            Reference(id=ReferenceId(at), guid=str(at), item=item, number=at)
            for at, item in enumerate(items, 1)
        ]
        try:
            made = format_citations((), works(listed), style_source(style), list_all=True)
        except PublishingError:
            return
        for entry in made.entries:
            text = " ".join(entry.text.split())
            if self.chance.random() < 0.7:
                text = re.sub(r"^(?:\[\d+\]|\(?\d+[.)])\s*", "", text)
            yield from self.labelled(self._worn(text), items[int(entry.reference) - 1])

    def _worn(self, text: str) -> str:
        """Return a string as files hold it: without its last stop, with a broken word, without accents."""
        chance = self.chance
        if chance.random() < 0.2:
            text = text.rstrip(".")
        if chance.random() < 0.05:
            text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        if chance.random() < 0.15:
            text = text.translate(_PLAIN)
        return text

    def labelled(self, text: str, item: dict[str, Any]) -> Iterator[Labelled]:
        """Yield the tokens of a set work with their labels, if each of its main parts is found in it."""
        tokens = tokens_of(text)
        labels: list[str] = [""] * len(tokens)
        folded = _folded(text)
        kind = "journal" if item["type"] == "article-journal" else "container"
        for variable, label in (
            ("title", "title"), ("container-title", kind), ("DOI", "doi"), ("URL", "url"), ("publisher",
            "publisher"),
            ("publisher-place", "location"), ("genre", "genre"),
        ):  # fmt: skip
            span = _found(folded, item.get(variable))
            if span is None and variable in ("title", "container-title") and item.get(variable):
                bare = variable == "title" and item["type"] == "article-journal" and len(text) < 160
                if not (bare and self.chance.random() < 0.6) and item["type"] == "article-journal":
                    return
                if variable == "title" and not bare:
                    return
            if span:
                _lay(tokens, labels, span, label)
        _lay_names(tokens, labels, item)
        _lay_numbers(tokens, labels, item)
        _lay_rest(tokens, labels)
        if "author" in item and "author" not in labels:
            return
        yield tokens, labels


def _folded(text: str) -> str:
    stripped = "".join(unicodedata.normalize("NFKD", letter)[0] for letter in text)
    return stripped.translate(_PLAIN).lower()


def _found(folded: str, value: object) -> tuple[int, int] | None:
    if not value:
        return None
    words = [re.escape(word) for word in re.split(r"[\s.,;:]+", _folded(str(value))) if word]
    found = re.search(r"(?<!\w)" + r"[\s.,;:\"']+".join(words) + r"(?!\w)", folded) if words else None
    return found.span() if found else None


def _lay(tokens: Sequence[Token], labels: list[str], span: tuple[int, int], label: str) -> None:
    for at, token in enumerate(tokens):
        if not labels[at] and token.start < span[1] and token.end > span[0]:
            labels[at] = label


def _bare(token: Token) -> str:
    return _folded(token.text).strip("()[]{}.,;:'\"`<>")


def _lay_names(tokens: Sequence[Token], labels: list[str], item: dict[str, Any]) -> None:
    """Label the free runs that hold a family name of the authors or editors."""
    for role in ("author", "editor"):
        words = {
            word
            for name in item.get(role) or []
            for word in re.split(r"[\s.]+", _folded(str(name.get("family") or name.get("literal"))))
            if word
        }
        own = words | {
            word
            for name in item.get(role) or []
            for word in re.split(r"[\s.]+", _folded(str(name.get("given", ""))))
        }
        hits = [at for at, token in enumerate(tokens) if not labels[at] and _bare(token) in words]
        if not hits:
            continue
        first, last = hits[0], hits[-1]
        while first > 0 and not labels[first - 1] and _is_name(tokens[first - 1], own, role):
            first -= 1
        while last + 1 < len(tokens) and not labels[last + 1] and _is_name(tokens[last + 1], own, role):
            last += 1
        if last - first > 80:
            continue
        for at in range(first, last + 1):
            if not labels[at] and not re.search(r"\d{4}", tokens[at].text):
                labels[at] = role


def _is_name(token: Token, own: set[str], role: str) -> bool:
    bare = _bare(token)
    initials = re.fullmatch(r"(?:[A-Z][.-]*){1,4}[,;:.)]*", token.text)
    joins = bare in _NAMES_JOIN and (role == "editor" or bare != "in")
    return bare in own or bool(initials) or joins or bare in _ROLES


def _lay_numbers(tokens: Sequence[Token], labels: list[str], item: dict[str, Any]) -> None:
    year = str(item["issued"]["date-parts"][0][0])
    page = re.split(r"\D+", str(item.get("page", "")).lstrip("e"))[0]
    numbers = {str(item.get(name)) for name in ("volume", "issue", "number") if item.get(name)}
    months = {month.lower()[:3] for month in MONTHS}
    seen_accessed = False
    for at, token in enumerate(tokens):
        bare = _bare(token)
        seen_accessed = seen_accessed or bare in ("accessed", "retrieved", "zugriff", "accessed:", "consulte")
        if labels[at]:
            continue
        if at == 0 and re.fullmatch(r"\[?\(?\d+[.)\]]*", token.text) and bare != year:
            labels[at] = "number"
        elif seen_accessed and (re.search(r"\d", bare) or bare[:3] in months) and "accessed" in item:
            labels[at] = "note"
        elif year in token.text or (bare[:3] in months and "accessed" not in item):
            labels[at] = "date"
        elif page and re.match(rf"(?:e|pp?\.?|s\.?)?{page}(?!\d)", bare):
            labels[at] = "pages"
        elif bare in numbers or (
            numbers and re.sub(r"\D+", "", bare) in "".join(sorted(numbers)) and re.search(r"\d", bare)
        ):
            labels[at] = (
                "volume" if item["type"] in ("article-journal", "chapter", "paper-conference") else "genre"
            )
        elif item.get("edition") and re.match(str(item["edition"]), bare):
            labels[at] = "edition"


def _lay_rest(tokens: Sequence[Token], labels: list[str]) -> None:
    """Words that only join the parts go with what they introduce, as `In:`, or follow, as `(Eds.)`."""
    for at in range(len(tokens) - 1, -1, -1):
        if labels[at]:
            continue
        bare = _bare(tokens[at])
        after = labels[at + 1] if at + 1 < len(tokens) else ""
        before = next((labels[near] for near in range(at - 1, -1, -1) if labels[near]), "")
        if bare in _ROLES and before in ("editor", "author"):
            labels[at] = before
        elif bare in ("in", "edited", "by", "dans", "en") and after:
            labels[at] = after
        elif bare in _JOINS:
            labels[at] = _JOINS[bare]
        elif re.fullmatch(r"\W+", tokens[at].text):
            labels[at] = (after if tokens[at].text[0] in "«„“‘([" else before) or before or after
        else:
            labels[at] = "note" if after in ("note", "url", "") else before or after


def rendered(
    root: Path, strings: Sequence[Segments], avoided: Set[str], count: int, chance: random.Random
) -> Iterator[Labelled]:
    """Yield about so many set works: half in common styles, half in styles drawn from all.

    No title is taken whose letters are among those to avoid."""
    parts = parts_of(root, strings)
    parts.articles = [pair for pair in parts.articles if letters_of(pair[0]) not in avoided]
    parts.titles = [title for title in parts.titles if letters_of(title) not in avoided]
    printer = Printer(Maker(parts, chance), chance)
    every = [style.id for style in all_styles() if not style.dependent and style.kind != "author"]
    each = 24
    styles = [
        chance.choice(COMMON) if number % 2 else chance.choice(every) for number in range(count // each + 1)
    ]
    for style in styles:
        yield from printer.set_in(style, each)
