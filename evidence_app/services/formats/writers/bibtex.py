"""BibTeX and BibLaTeX in UTF-8; what neither has a field for goes into fields `csl-variable`."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats import bibtex_names
from evidence_app.services.formats.latex import encoded
from evidence_app.services.formats.leftovers import differences, shown, written
from evidence_app.services.formats.mappings.bibtex import item_of

_TYPES: Final = {
    "article-journal": ("article", "article"), "article-magazine": ("article", "article"),
    "article-newspaper": ("article", "article"), "review": ("article", "review"),
    "review-book": ("article", "review"), "book": ("book", "book"), "classic": ("book", "book"),
    "collection": ("book", "collection"), "chapter": ("incollection", "incollection"),
    "entry": ("incollection", "inreference"), "entry-dictionary": ("incollection", "inreference"),
    "entry-encyclopedia": ("incollection", "inreference"), "dataset": ("misc", "dataset"),
    "legal_case": ("misc", "jurisdiction"), "legislation": ("misc", "legislation"),
    "manuscript": ("unpublished", "unpublished"), "motion_picture": ("misc", "video"),
    "song": ("misc", "audio"), "pamphlet": ("booklet", "booklet"),
    "paper-conference": ("inproceedings", "inproceedings"), "patent": ("misc", "patent"),
    "periodical": ("misc", "periodical"), "report": ("techreport", "report"),
    "software": ("misc", "software"), "standard": ("misc", "standard"), "thesis": ("phdthesis", "thesis"),
    "webpage": ("misc", "online"), "post": ("misc", "online"), "post-weblog": ("misc", "online"),
    "graphic": ("misc", "artwork"), "performance": ("misc", "performance"),
}  # fmt: skip
"""The entry type of each CSL type: BibTeX's, BibLaTeX's."""

_TEXTS: Final = (
    ("title", "title", "title"), ("title-short", "shorttitle", "shorttitle"),
    ("original-title", "", "origtitle"), ("container-title-short", "", "shortjournal"),
    ("collection-title", "series", "series"), ("volume", "volume", "volume"),
    ("edition", "edition", "edition"), ("chapter-number", "chapter", "chapter"),
    ("number-of-pages", "", "pagetotal"), ("number-of-volumes", "", "volumes"), ("version", "", "version"),
    ("part-number", "", "part"), ("publisher-place", "address", "location"),
    ("event-title", "", "eventtitle"), ("event-place", "", "venue"), ("article-number", "", "eid"),
    ("PMID", "pmid", "pmid"), ("PMCID", "pmcid", "pmcid"), ("language", "language", "langid"),
    ("genre", "type", "type"), ("archive", "", "library"), ("status", "", "pubstate"),
    ("original-publisher", "", "origpublisher"), ("original-publisher-place", "", "origlocation"),
    ("abstract", "abstract", "abstract"), ("annote", "annote", "annotation"), ("note", "note", "note"),
)  # fmt: skip
_NAMES: Final = (("author", "author"), ("editor", "editor"), ("translator", "translator"))
_DATES: Final = (("accessed", "urldate"), ("event-date", "eventdate"), ("original-date", "origdate"))
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS: Final = {1: 21, 2: 22, 3: 23, 4: 24}
_CAPITAL = re.compile(r"(?<![\w\\])(?=\w*[^\W\d_a-z])[\w-]+|(?<=[:?!.] )\w+|\A[^\W\d_A-Z]\w*")
_COMMAND = re.compile(r"(\\text\w+\{(?:[^{}\\]|\\.)*\}|\\[A-Za-z]+(?:\{\})?|\\.|\{[^{}]*\}|[{}])")


def record_text(key: str, item: CslItem, biblatex: bool = False) -> str:
    """Return one reference as a BibTeX (or BibLaTeX) entry, followed by a blank line."""
    item = written(item)
    kind, fields = _fields(shown(item), biblatex)
    back = item_of(kind, key, fields).close()
    for line in differences(item, back):
        name, _, rest = line.removeprefix("csl.").partition(":")
        name = rest.split()[0] if name == "breaks" else name
        fields[f"csl-{name}"] = _raw(item.get(name))
    body = ",\n".join(f"  {name} = {_value(name, value, biblatex)}" for name, value in fields.items())
    return f"@{kind}{{{key},\n{body}\n}}\n\n"


def _value(name: str, value: str, biblatex: bool) -> str:
    return value if name == "month" and not biblatex else "{" + value + "}"


def _raw(value: Any) -> str:
    """Return a value as it stands between braces, without braces of its own that could upset them."""
    if value is None:
        return ""
    if (
        isinstance(value, str)
        and re.fullmatch(r"[^\s\"\[{}\\@#][^{}\\\n@#\t]*", value)
        and value.strip() == value
    ):
        return value
    text = json.dumps(_marked(value), ensure_ascii=True)
    for mark, code in (("\\ufdd0", "\\u007b"), ("\\ufdd1", "\\u007d"), ("\\ufdd2", "\\u0040")):
        text = text.replace(mark, code)
    return text


def _marked(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("{", "\ufdd0").replace("}", "\ufdd1").replace("@", "\ufdd2")
    if isinstance(value, Mapping):
        return {_marked(name): _marked(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(part) for part in value]
    return value


def _fields(item: CslItem, biblatex: bool) -> tuple[str, dict[str, str]]:
    csl = str(item["type"])
    kind = _TYPES.get(csl, ("misc", "misc"))[biblatex]
    fields: dict[str, str] = {}
    for variable, name in _NAMES:
        if item.get(variable) and (biblatex or variable != "translator"):
            fields[name] = bibtex_names.typed(item[variable])
    for variable, plain, latex in _TEXTS:
        name = latex if biblatex else plain
        if name and item.get(variable):
            value = encoded(str(item[variable]))
            fields[name] = _protected(value) if variable in {"title", "title-short"} else value
    _add_container(item, kind, biblatex, fields)
    _add_numbers(item, csl, fields)
    _add_dates(item, biblatex, fields)
    for variable, name in (("DOI", "doi"), ("URL", "url"), ("ISBN", "isbn"), ("ISSN", "issn")):
        if item.get(variable) and not re.search(r"[{}\\\s]", str(item[variable]).strip()):
            fields[name] = str(item[variable]).strip()
    if item.get("keyword"):
        fields["keywords"] = encoded(str(item["keyword"]))
    if csl in {"article-magazine", "article-newspaper"} and biblatex:
        fields["entrysubtype"] = csl.removeprefix("article-")
    return kind, fields


def _protected(latex: str) -> str:
    """Styles change the case of titles: braces keep a word with a capital or after a colon, and italics."""
    pieces = _COMMAND.split(latex)
    for at, piece in enumerate(pieces):
        if (
            at % 2
            and piece.startswith("\\text")
            and piece.endswith("}")
            and len(piece) > 3
            and piece[-2] != "{"
        ):
            pieces[at] = "{{" + piece + "}}"
        elif at % 2 == 0:
            pieces[at] = _CAPITAL.sub(lambda found: "{" + found[0] + "}", piece)
    return "".join(pieces)


def _add_container(item: CslItem, kind: str, biblatex: bool, fields: dict[str, str]) -> None:
    container, publisher = item.get("container-title"), item.get("publisher")
    if container:
        journal = kind in {"article", "review", "periodical"} or item["type"] == "article"
        name = ("journaltitle" if biblatex else "journal") if journal else "booktitle"
        fields[name] = encoded(str(container)) if journal else _protected(encoded(str(container)))
    if publisher:
        school = {
            "phdthesis": "school",
            "thesis": "institution",
            "techreport": "institution",
            "report": "institution",
        }
        fields[school.get(kind, "publisher")] = "{" + encoded(str(publisher)) + "}"


def _add_numbers(item: CslItem, csl: str, fields: dict[str, str]) -> None:
    journal = csl in {"article-journal", "article-magazine", "article-newspaper", "periodical"}
    book = csl in {"book", "chapter", "paper-conference"}
    variable = "issue" if journal else "collection-number" if book else "number"
    if item.get(variable):
        fields["number"] = encoded(str(item[variable]))
    if item.get("page"):
        fields["pages"] = encoded(str(item["page"]).replace("-", "–")).replace("–", "--")


def _add_dates(item: CslItem, biblatex: bool, fields: dict[str, str]) -> None:
    if biblatex:
        for variable, name in (("issued", "date"), *_DATES):
            if item.get(variable) and (value := _edtf(item[variable])):
                fields[name] = value
        return
    ends = (item.get("issued") or {}).get("date-parts") or []
    if ends and ends[0]:
        fields["year"] = str(ends[0][0])
        if len(ends[0]) > 1 and 1 <= int(ends[0][1]) <= 12:
            fields["month"] = _MONTHS[int(ends[0][1]) - 1]
        if len(ends[0]) > 2:
            fields["day"] = str(ends[0][2])


def _edtf(date: Mapping[str, Any]) -> str:
    ends = [[int(part) for part in end] for end in date.get("date-parts") or [] if end]
    if ends and date.get("season") in _SEASONS and len(ends[0]) == 1:
        ends[0].append(_SEASONS[date["season"]])
    typed = [
        "-".join(f"{part:04d}" if not at else f"{part:02d}" for at, part in enumerate(end)) for end in ends
    ]
    return "/".join(end + ("~" if date.get("circa") else "") for end in typed)
