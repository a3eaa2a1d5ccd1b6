"""The evidence base and the references of the summary for commissioners."""

from collections.abc import Iterable
from typing import Final

from evidence_app.domain import wording
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Mark, Text
from evidence_app.domain.review import NumberState
from evidence_app.services.publishing.summary.evidence import COUNTRY, counted
from evidence_app.services.publishing.summary.model import (
    Chart,
    Columns,
    Definitions,
    Heading,
    Page,
    Paragraph,
    Part,
    ReferenceList,
    Sign,
    Word,
    Words,
    said,
)
from evidence_app.services.publishing.summary.numbers import (
    SIGNS,
    about_the_numbers,
    included_sentence,
)
from evidence_app.services.publishing.summary.selection import selection_figure
from evidence_app.services.publishing.summary.tables import services

_MIXES: Final = (
    ("kind", "Kind of report"),
    ("design", "Design"),
    ("approach", "Approach, in the report’s own words"),
)
_FLOW_CAPTION: Final = "How reports were selected. Dashed boxes: the review does not report the number."


def evidence_page(contents: ReviewContents) -> Page:
    """Return the page that shows what the summary rests on, with the states of its numbers."""
    parts: list[Part] = [Heading(1, said("The evidence base"), key="evidence")]
    if contents.included:
        parts += _charts(contents)
    else:
        parts.append(Paragraph(included_sentence(contents)))
    if contents.searches or contents.numbers:
        parts.append(selection_figure(contents, said(_FLOW_CAPTION)))
    parts.append(Heading(2, said("About the numbers")))
    parts.append(Definitions(about_the_numbers(contents)))
    return Page(key="evidence", parts=tuple(parts))


def _charts(contents: ReviewContents) -> list[Part]:
    types = sorted(services(contents), key=lambda row: (-row[1], row[0]))
    countries = counted(contents, COUNTRY)
    right: list[Part] = []
    if countries:
        right.append(_chart("Reports by country", countries, "chart-countries"))
    right += [Paragraph(words) for words in _mixes(contents)]
    if not types:
        return right or [Paragraph(included_sentence(contents))]
    return [Columns((_chart("Reports by type of service", types, "chart-services"),), tuple(right))]


def _chart(name: str, rows: Iterable[tuple[str, int, NumberState]], key: str) -> Chart:
    found = tuple(rows)
    states = {state for _, _, state in found}
    sign = "†" if NumberState.INFERRED in states else "‡" if NumberState.DERIVED in states else ""
    published = ", as published" if states == {NumberState.TYPED} else sign
    return Chart(caption=said(f"{name}{published}"), bars=tuple((n, count) for n, count, _ in found), key=key)


def _mixes(contents: ReviewContents) -> Iterable[Words]:
    for key, title in _MIXES:
        found = counted(contents, key)
        if not found:
            continue
        words: list[Word] = [Text(f"{title}. ", (Mark.STRONG,))]
        for at, (name, number, state) in enumerate(found):
            shown = name[:1].upper() + name[1:] if at == 0 else name
            words.append(Text(f"{', ' if at else ''}{shown}\u00a0{number:,}"))
            if sign := SIGNS.get(state):
                words.append(Sign(sign, state.value))
        yield (*words, Text("."))


def references_page(contents: ReviewContents, cited: frozenset[int], numbered: bool) -> Page:
    """Return the list of works, with what its numbers are and which included reports are not in it."""
    parts: list[Part] = [Heading(1, said("References"), key="references")]
    if not cited:
        parts.append(Paragraph(said("Nothing is cited yet.")))
    elif numbered:
        parts.append(Paragraph(said(_numbers_note(contents))))
    parts.append(ReferenceList())
    return Page(key="references", parts=tuple(parts))


def _numbers_note(contents: ReviewContents) -> str:
    text = "Numbers are those of the review; numbers not used here are left out."
    included = [reference.number for reference in contents.included if reference.number is not None]
    if included:
        text += f" Included reports are {collapsed(included)}."
    evidence = contents.counting_for(contents.findings)
    silent = [
        each.number for each in contents.included if each.id not in evidence and each.number is not None
    ]
    if silent:
        verb = "is" if len(silent) == 1 else "are"
        text += (
            f" {wording.in_words(str(number) for number in silent)} {verb} included, but no finding rests on "
        )
        text += "it." if len(silent) == 1 else "them."
    return text


def collapsed(numbers: Iterable[int]) -> str:
    """Return numbers as ranges: `55–86, 89, 91`."""
    ordered = sorted(set(numbers))
    parts: list[str] = []
    at = 0
    while at < len(ordered):
        end = at
        while end + 1 < len(ordered) and ordered[end + 1] == ordered[end] + 1:
            end += 1
        if end - at >= 2:
            parts.append(f"{ordered[at]}–{ordered[end]}")
        else:
            parts += [str(number) for number in ordered[at : end + 1]]
        at = end + 1
    return ", ".join(parts)
