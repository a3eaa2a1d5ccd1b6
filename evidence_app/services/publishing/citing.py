"""Format every citation of a text and its list of works in one run of pandoc's citation engine.

What comes back are pandoc's inline elements, so that each writer (docx, odt, html, pdf, text) sets the same
words. The review's own numbers stay: see `styles.with_own_numbers`."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.manuscript import Cited
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import inlines as words
from evidence_app.services.publishing import pandoc, styles
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.inlines import Inline
from evidence_app.services.publishing.items import publishable
from evidence_app.services.publishing.styles import StyleSource

API_VERSION: Final = [1, 23, 1]
_GAP: Final = "gap-"
_MOST_GAPS: Final = 5000
"""Numbers further apart than this are no numbering; the list is then numbered through."""
_LABELS: Final = {
    "page": "page", "chapter": "chapter", "section": "section", "figure": "figure", "paragraph": "paragraph",
    "volume": "volume", "part": "part", "line": "line", "note": "note", "verse": "verse", "book": "book",
    "column": "column", "folio": "folio", "issue": "issue", "opus": "opus", "sub-verbo": "sub verbo",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a list of works: its mark in the margin (`57.`) apart, its words as html and as text."""

    reference: ReferenceId
    key: str
    """What links to it point at, without `ref-`: the review's number, or the reference's id behind an r."""
    margin: str
    inlines: tuple[Inline, ...]

    @property
    def html(self) -> str:
        """The entry as html, its number included."""
        number = f"{self.margin} " if self.margin else ""
        return number + words.to_html(self.inlines)

    @property
    def text(self) -> str:
        """The entry as plain text, its number included."""
        number = f"{self.margin} " if self.margin else ""
        return number + words.plain_text(self.inlines).strip()


@dataclass(frozen=True, slots=True)
class Formatted:
    """Passages with their citations written out, and the list of works."""

    passages: tuple[tuple[Inline, ...], ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Works:
    """The references a text may cite, with the keys its citations and entries go by."""

    references: tuple[Reference, ...]
    keys: dict[ReferenceId, str]

    def citation(self, group: Iterable[Cited]) -> Inline | None:
        """Return a citation group as pandoc's element, or None when none of its works is known."""
        once = dict.fromkeys(work for work in group if work.reference in self.keys)
        cited = [_citation(work, self.keys[work.reference]) for work in once]
        return {"t": "Cite", "c": [cited, [{"t": "Str", "c": "?"}]]} if cited else None


def works(references: Iterable[Reference], own_numbers: bool = True) -> Works:
    """Return the references with a key each: the review's number, the first one where two share it."""
    listed = tuple({reference.id: reference for reference in references}.values())
    keys: dict[ReferenceId, str] = {}
    used: set[int] = set()
    for reference in listed:
        if own_numbers and reference.number is not None and reference.number not in used:
            used.add(reference.number)
            keys[reference.id] = str(reference.number)
        else:
            keys[reference.id] = f"r{reference.id}"
    return Works(listed, keys)


def _citation(work: Cited, key: str) -> dict[str, Any]:
    suffix = work.suffix
    if work.locator:
        suffix = f"{{{_LABELS.get(work.label, 'page')} {work.locator.replace('}', '')}}} {suffix}".rstrip()
    return {
        "citationId": key, "citationPrefix": words.text(work.prefix) if work.prefix else [],
        "citationSuffix": words.text(suffix) if suffix else [], "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0, "citationHash": 0,
    }  # fmt: skip


def format_citations(
    passages: Sequence[Sequence[Inline]],
    cited: Works,
    style: StyleSource,
    *,
    list_all: bool = False,
    also: frozenset[int] = frozenset(),
    own_numbers: bool = True,
    report: Report = silent,
) -> Formatted:
    """Write out the citations of the passages, in their order, and the list of works they cite.

    Works in `also` are listed though nothing cites them, with `list_all` every one.
    Raises `PublishingError`."""
    in_text = {key for passage in passages for key in _keys_cited(passage)}
    wanted = in_text | {key for reference, key in cited.keys.items() if reference in also or list_all}
    numbered = style.is_numeric and own_numbers
    listed = [each for each in cited.references if numbered or cited.keys[each.id] in wanted]
    if not listed:
        return Formatted(tuple(tuple(passage) for passage in passages), ())
    csl, collected = _for_engine(listed, cited, style, numbered)
    made = pandoc.run(
        ["--from=json", "--to=json", "--citeproc", "--csl=style.csl", "--bibliography=works.json"],
        json.dumps(_document(passages, collected, style.has_bibliography)),
        {
            "style.csl": csl if in_text else styles.for_bibliography_only(csl),
            "works.json": json.dumps(collected),
        },
        report,
    )
    blocks = json.loads(made)["blocks"]
    entries = _entries(blocks, {key: reference for reference, key in cited.keys.items()})
    return Formatted(
        tuple(tuple(block["c"]) for block in blocks[: len(passages)]),
        tuple(entry for entry in entries if entry.key in wanted),
    )


def _document(
    passages: Sequence[Sequence[Inline]], collected: Sequence[CslItem], has_list: bool
) -> dict[str, Any]:
    """Return the document for the engine; citations lead into the list of works where there is one."""
    every = [_citation(Cited(ReferenceId(0)), str(item["id"])) for item in collected]
    return {
        "pandoc-api-version": API_VERSION,
        "meta": {
            "link-citations": {"t": "MetaBool", "c": has_list},
            "nocite": {"t": "MetaInlines", "c": [{"t": "Cite", "c": [every, []]}]},
        },
        "blocks": [{"t": "Para", "c": list(passage) or words.text("-")} for passage in passages],
    }


def _for_engine(
    listed: Sequence[Reference], cited: Works, style: StyleSource, numbered: bool
) -> tuple[str, list[CslItem]]:
    if not (style.has_bibliography and style.is_numeric):
        return style.csl_text, [publishable(each.item, cited.keys[each.id]) for each in listed]
    csl, variable = styles.with_own_numbers(style.csl_text)
    places = _places(listed, numbered)
    items = [
        publishable(each.item, cited.keys[each.id], (variable, f"{place:08d}"))
        for each, place in zip(listed, places, strict=True)
    ]
    if numbered:
        items += _gaps(places, variable)
    return csl, items


def _places(listed: Sequence[Reference], numbered: bool) -> list[int]:
    """Return each work's place: its number, or behind all numbers for works without one of their own."""
    if not numbered:
        return list(range(1, len(listed) + 1))
    taken: set[int] = set()
    places: list[int] = []
    last = max((each.number or 0 for each in listed), default=0)
    for each in listed:
        if each.number is not None and each.number > 0 and each.number not in taken:
            place = each.number
        else:
            last += 1
            place = last
        taken.add(place)
        places.append(place)
    return places


def _gaps(places: Sequence[int], variable: str) -> list[CslItem]:
    """Stand in for numbers nobody has: the engine numbers through, so 1, 2, 4 would become 1, 2, 3."""
    missing = max(places) - len(places)
    if missing > _MOST_GAPS:
        return []
    empty = set(range(1, max(places) + 1)) - set(places)
    return [
        {"id": f"{_GAP}{place}", "type": "document", "title": "-", variable: f"{place:08d}"}
        for place in sorted(empty)
    ]


def _keys_cited(passage: Iterable[Inline]) -> Iterable[str]:
    for inline in passage:
        if inline["t"] == "Cite":
            yield from (str(work["citationId"]) for work in inline["c"][0])
        else:
            yield from _keys_cited(words.children(inline))


def _entries(blocks: Sequence[dict[str, Any]], by_key: dict[str, ReferenceId]) -> list[Entry]:
    lists = [block["c"][1] for block in blocks if block["t"] == "Div" and block["c"][0][0] == "refs"]
    made: list[Entry] = []
    for entry in lists[0] if lists else []:
        key = str(entry["c"][0][0]).removeprefix("ref-")
        if key in by_key:
            made.append(_entry(entry, key, by_key[key]))
    return made


def _entry(block: dict[str, Any], key: str, reference: ReferenceId) -> Entry:
    margin = ""
    kept: list[Inline] = []
    for paragraph in block["c"][1]:
        for inline in paragraph.get("c", []):
            classes = inline["c"][0][1] if inline["t"] == "Span" else []
            if "csl-left-margin" in classes:
                margin = words.plain_text([inline]).strip()
            elif "csl-right-inline" in classes:
                kept += inline["c"][1]
            else:
                kept.append(inline)
    if not margin and kept and re.fullmatch(rf"[\[(]?{key}[\])]?\.?", words.plain_text(kept[:1])):
        # a style that does not set its numbers apart; the list does, in every format alike
        margin, kept = words.plain_text(kept[:1]), kept[2:] if kept[1:2] == [words.SPACE] else kept[1:]
    return Entry(reference=reference, key=key, margin=margin, inlines=tuple(kept))


def entries(
    references: Sequence[Reference],
    style: str = styles.DEFAULT_STYLE,
    own_numbers: bool = True,
    report: Report = silent,
) -> tuple[Entry, ...]:
    """Return the list of works in a style: by the review's own numbers where the style numbers.

    Raises `PublishingError` when there is no such style, or when it makes no list of works."""
    source = styles.style_source(style)
    if not source.has_bibliography:
        raise PublishingError(
            f"The style “{source.title}” cites in notes and makes no list of works. Nothing was written. "
            "Choose another style."
        )
    return format_citations(
        (), works(references, own_numbers), source, list_all=True, own_numbers=own_numbers, report=report
    ).entries


def formatted_citation(
    references: Sequence[Reference],
    style: str = styles.DEFAULT_STYLE,
    own_numbers: bool = True,
    report: Report = silent,
) -> Entry:
    """Return one citation of these works, as it stands in a text of this style; a note as its words."""
    source = styles.style_source(style)
    known = works(references, own_numbers)
    group = known.citation(Cited(reference.id) for reference in references)
    if group is None:
        return Entry(reference=ReferenceId(0), key="", margin="", inlines=())
    made = format_citations(([group],), known, source, own_numbers=own_numbers, report=report)
    inlines = tuple(_unlinked(made.passages[0]))
    return Entry(reference=references[0].id, key="", margin="", inlines=inlines)


def _unlinked(passage: Iterable[Inline]) -> Iterable[Inline]:
    """Leave out links into a list that is not there, and take a note's words out of the note."""
    for inline in passage:
        kind = inline["t"]
        if kind in ("Cite", "Note") or (kind == "Link" and inline["c"][2][0].startswith("#")):
            yield from _unlinked(words.children(inline))
        elif isinstance(inline.get("c"), list) and kind in ("Emph", "Strong", "Superscript", "Subscript"):
            yield {"t": kind, "c": list(_unlinked(inline["c"]))}
        else:
            yield inline
