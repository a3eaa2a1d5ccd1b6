"""EndNote XML; what it has no element for goes into research notes."""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import MONTHS
from evidence_app.services.formats.leftovers import differences, shown, written
from evidence_app.services.formats.mappings import endnote_xml as mapping
from evidence_app.services.formats.values import typed_name
from evidence_app.services.formats.xml_stream import element_of

OPENING: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
CLOSING: Final = "</records></xml>\n"
_BEFORE: Final = (
    ("title", "titles/title"), ("short", "titles/short-title"), ("title-short", "titles/short-title"),
    ("original-title", "titles/translated-title"), ("container-title-short", "periodical/abbr-1"),
    ("page", "pages"), ("volume", "volume"),
)  # fmt: skip
_AFTER: Final = (
    ("edition", "edition"), ("section", "section"), ("number-of-volumes", "num-vols"),
    ("publisher-place", "pub-location"), ("publisher", "publisher"), ("ISSN", "isbn"), ("ISBN", "isbn"),
    ("PMID", "accession-num"), ("DOI", "electronic-resource-num"), ("call-number", "call-num"),
    ("abstract", "abstract"), ("genre", "work-type"), ("reviewed-title", "reviewed-item"),
    ("source", "remote-database-name"), ("language", "language"), ("URL", "urls/related-urls/url"),
    ("PMCID", "custom2"), ("article-number", "custom7"), ("original-publisher", "orig-pub"),
)  # fmt: skip
_NAMES: Final = (
    ("author", "contributors/authors"), ("editor", "contributors/secondary-authors"),
    ("collection-editor", "contributors/tertiary-authors"),
    ("contributor", "contributors/subsidiary-authors"), ("translator", "contributors/translated-authors"),
)  # fmt: skip


def record_text(key: str, item: CslItem) -> str:
    """Return one reference as a `<record>` element."""
    item = written(item)
    fields = _fields(key, shown(item))
    text = _xml(fields)
    rest = differences(item, mapping.item_of(mapping.fields_of(element_of(text))))
    return _xml([*fields, ("research-notes", "\n".join(rest))]) if rest else text


def _fields(key: str, item: CslItem) -> list[tuple[str, str]]:
    csl = str(item["type"])
    fields = [("ref-type", mapping.TO_XML.get(csl, "13"))]
    fields += [(path, typed_name(name)) for variable, path in _NAMES for name in item.get(variable, ())]
    fields += [(path, str(item[variable])) for variable, path in _BEFORE if item.get(variable)]
    series = csl in mapping.SERIES
    above, second = ("collection-title", "secondary") if series else ("container-title", "secondary")
    if item.get(above):
        fields.append((f"titles/{second}-title", str(item[above])))
    if item.get("container-title"):
        fields.append(("periodical/full-title", str(item["container-title"])))
    if not series and item.get("collection-title"):
        fields.append(("titles/tertiary-title", str(item["collection-title"])))
    number = item.get("number" if csl in mapping.NUMBERED else "issue")
    if number:
        fields.append(("number", str(number)))
    for word in str(item.get("keyword", "")).split(";"):
        if word.strip():
            fields.append(("keywords/keyword", word.strip()))
    ends = (item.get("issued") or {}).get("date-parts") or []
    if ends and ends[0]:
        fields += _dates([int(part) for part in ends[0]])
    fields += [(path, str(item[variable])) for variable, path in _AFTER if item.get(variable)]
    fields += [("notes", str(item["note"]))] if item.get("note") else []
    return [*fields, ("remote-database-provider", mapping.OWN), ("label", key)]


def _dates(parts: Sequence[int]) -> list[tuple[str, str]]:
    dates = [("dates/year", f"{parts[0]:04d}")]
    if len(parts) > 1 and 1 <= parts[1] <= 12:
        day = f" {parts[2]}" if len(parts) > 2 else ""
        dates.append(("dates/pub-dates/date", f"{MONTHS[parts[1] - 1].title()}{day}"))
    return dates


def _xml(fields: Sequence[tuple[str, str]]) -> str:
    """Return the fields as nested elements, values of one parent together."""
    kind = fields[0][1]
    tree: dict[str, object] = {}
    for path, value in fields[1:]:
        *parents, name = path.split("/")
        if path.startswith("contributors/"):
            parents, name = path.split("/"), "author"
        branch = tree
        for parent in parents:
            branch = branch.setdefault(parent, {})  # type: ignore[assignment]
        branch.setdefault(name, []).append(value)  # type: ignore[attr-defined]
    name = mapping.NAMES.get(kind, "Generic")
    return f"<record><ref-type name={quoteattr(name)}>{kind}</ref-type>{_elements(tree)}</record>\n"


def _elements(tree: object) -> str:
    if isinstance(tree, dict):
        return "".join(
            f"<{name}>{_elements(branch)}</{name}>" if isinstance(branch, dict) else _values(name, branch)
            for name, branch in tree.items()
        )
    return ""


def _values(name: str, values: Sequence[str]) -> str:
    style = '<style face="normal" font="default" size="100%">'
    return "".join(f"<{name}>{style}{escape(value)}</style></{name}>" for value in values)
