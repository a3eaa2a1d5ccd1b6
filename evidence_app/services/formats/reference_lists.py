"""A pasted reference list in any style: split into entries, each labelled and read as a reference."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats import limits
from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.records import RawRecord, ReadFile, ReadRecord, Unplaced
from evidence_app.services.formats.reference_labels import model
from evidence_app.services.formats.reference_parts import item_of
from evidence_app.services.formats.reference_splitting import YEAR, split_references
from evidence_app.services.formats.reference_tokens import Token, tokens_of
from evidence_app.services.formats.values import doi_in

_NAMES: Final = re.compile(
    r"\b[A-Z]\.(?:[ ,;-]|$).*\b[A-Z]\.|(?:\b[A-Z]{1,2}, .*)\b[A-Z]{1,2}\W*$|, and \w+ \w+\W*$"
)
"""Two names with initials, or names joined: no title."""
_FIELD: Final = re.compile(r"^(?:--)?[A-Z]{2}(?:--|- |: )", re.MULTILINE)
"""A line of a tagged format nobody reads any more: such a file is refused, not taken for a list."""
_QUOTED: Final = re.compile(
    r"^((?:“[^”]{8,}(?:”[.,]?|[.,]”)|\"[^\"]{8,}\"[.,]?|``.{8,}?''[.,]?|‘[^’]{20,}’[.,]) )"
    r"((?:[Ii]n:? )?[A-Z]\w+ .{8,})$"
)


_CARRIER: Final = re.compile(
    r"(?<=[^\W\d_])\s?\[(?:[JMCDRSPNGZA]|(?:J|M|C|D|R|S|P|N|EB|DB|CP)/(?:OL|CD|DK|MT))\](?=[.,:]|\s|$)"
)
"""What GB/T 7714 prints behind a title: the kind of work and what carries it, `[J]`, `[EB/OL]`."""


@dataclass(frozen=True, slots=True)
class PrintedReference:
    """One reference of a list: as printed, its parts by label, the item read, and what is doubtful."""

    text: str
    line: int
    parts: tuple[tuple[str, str], ...]
    item: CslItem
    doubts: tuple[str, ...]


def read_reference(text: str, line: int = 1) -> PrintedReference:
    """Label one printed reference and read its parts."""
    tokens = tokens_of(_CARRIER.sub("", text))
    return read_labelled(text, tokens, model().label(tokens), line)


def read_labelled(
    text: str, tokens: Sequence[Token], labels: Sequence[str], line: int = 1
) -> PrintedReference:
    """Read a printed reference whose tokens are labelled."""
    parts: list[tuple[str, list[str]]] = []
    for token, label in zip(tokens, _to_the_emphasis(tokens, labels), strict=True):
        if parts and parts[-1][0] == label:
            parts[-1][1].append(token.text)
        else:
            parts.append((label, [token.text]))
    labelled = tuple(_mended([(label, " ".join(words)) for label, words in parts]))
    item = item_of(labelled, text)
    return PrintedReference(text, line, labelled, item, _doubts(labelled, item))


def _to_the_emphasis(tokens: Sequence[Token], labels: Sequence[str]) -> list[str]:
    """Leave to the title what stands between it and an emphasised journal: `Three answers. *Futures*`."""
    mended = list(labels)
    begins = next((at for at, label in enumerate(labels) if label in ("journal", "container")), 0)
    marked = begins
    while marked < len(tokens) and labels[marked] == labels[begins] and not tokens[marked].marked:
        marked += 1
    is_named = marked < len(tokens) and labels[marked] == labels[begins] and tokens[marked].marked
    after_title = begins > 0 and labels[begins - 1] == "title" and not tokens[begins - 1].marked
    if is_named and after_title and marked > begins and re.search(r"[.?!]$", tokens[marked - 1].text):
        mended[begins:marked] = ["title"] * (marked - begins)
    return mended


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
        and not _NAMES.search(mended[0][1])
    ):
        mended[0] = ("title", mended[0][1])
    return _unquoted(mended)


def _unquoted(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A title in quotation marks ends with them; what follows names where it stands."""
    labels = {label for label, _ in parts}
    mended: list[tuple[str, str]] = []
    for label, text in parts:
        found = _QUOTED.match(text) if label == "title" and not labels & {"journal", "container"} else None
        if found:
            mended += [("title", found[1].strip()), ("container", found[2])]
        else:
            mended.append((label, text))
    return mended


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
    if not entries or len(_FIELD.findall(sample[:20_000])) > 4:
        return False
    fits = sum(
        bool(YEAR.search(text) or "http" in text or doi_in(text))
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
        if len(text) > limits.REFERENCE:
            file.unplaced.append(Unplaced(line, text, "This text is too long to be a reference."))
            continue
        if len(text) < 12 or not re.search(r"[^\W\d_]{3}", text):
            file.unplaced.append(Unplaced(line, text, "This line is too short to be a reference."))
            continue
        read_one = read_reference(text, line)
        yield ReadRecord(RawRecord(read_one.parts, text, line), read_one.item)
