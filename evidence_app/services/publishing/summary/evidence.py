"""Count what stands behind a statement: included reports cited as evidence, by country."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import AnchorPlace, Block, Cited, Role, Text
from evidence_app.domain.passages import PassageRun
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.review import NumberState
from evidence_app.domain.synthesis import Theme, is_main, path_to
from evidence_app.services.publishing.summary.model import Citation, Strip, Word, Words

COUNTRY: Final = "country"
NOT_REPORTED: Final = "not reported"


def words_of(block: Block) -> Words:
    """Return a block's words with its citations; works that are gone are left out by the writer."""
    anchors = {anchor.guid: anchor for anchor in block.anchors}
    made: list[Word] = []
    for run in block.runs:
        if isinstance(run, Text):
            made.append(run)
        elif isinstance(run, AnchorPlace) and run.anchor in anchors:
            anchor = anchors[run.anchor]
            told = anchor.role is Role.CONTRAST and _stands_beside(made)
            made.append(Citation(_compared(anchor.works) if told else anchor.works))
    return tuple(made)


def _stands_beside(made: Sequence[Word]) -> bool:
    """Return whether the last that is no blank is a citation."""
    said = (word for word in reversed(made) if not isinstance(word, Text) or word.text.strip())
    return isinstance(next(said, None), Citation)


def _compared(works: Sequence[Cited]) -> tuple[Cited, ...]:
    """Return works that say otherwise so that a citation tells it beside those it rests on."""
    return (replace(works[0], prefix=works[0].prefix or "cf. "), *works[1:]) if works else ()


def words_of_runs(runs: Sequence[PassageRun]) -> Words:
    """Return a passage's words with its citations."""
    return tuple(
        run if isinstance(run, Text) else Citation(tuple(Cited(ReferenceId(work)) for work in run.references))
        for run in runs
    )


def joined(words: Iterable[Words]) -> Words:
    """Return several sentences as one run of words, a space between them."""
    made: list[Word] = []
    for sentence in words:
        if made and sentence:
            made.append(Text(" "))
        made += sentence
    return tuple(made)


def cited_in(words: Iterable[Word]) -> frozenset[ReferenceId]:
    """Return the works cited in words, whatever for."""
    return frozenset(work.reference for word in words if isinstance(word, Citation) for work in word.works)


def strip(contents: ReviewContents, cited: Iterable[int]) -> Strip:
    """Return how many included reports are among the works cited, and of which countries."""
    wanted = frozenset(cited)
    reports = [reference for reference in contents.included if reference.id in wanted]
    countries = Counter(country_of(contents, reference.id) for reference in reports)
    known = [(name, number) for name, number in _most_first(countries) if name != NOT_REPORTED]
    missing = countries.get(NOT_REPORTED, 0)
    if known and missing:
        known.append((f"country {NOT_REPORTED}", missing))
    return Strip(len(reports), len(contents.included), tuple(known))


def country_of(contents: ReviewContents, reference: int) -> str:
    """Return the country of a report, or the words that say it is not reported."""
    return value_of(contents, reference, COUNTRY)[0]


def value_of(contents: ReviewContents, reference: int, name: str) -> tuple[str, NumberState]:
    """Return one characteristic of a report with its state."""
    found = contents.characteristic(reference, name)
    if found is None or not found.value or found.state is NumberState.NOT_REPORTED:
        return NOT_REPORTED, NumberState.NOT_REPORTED
    return found.value, found.state


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def counted(contents: ReviewContents, name: str) -> tuple[tuple[str, int, NumberState], ...]:
    """Return how many included reports have each value of a characteristic, the most first.

    The numbers the review states are taken where it states any (keys `name:value`); else they are counted."""
    stated = [
        (number.key.partition(":")[2], number.value, number.state)
        for number in contents.numbers
        if number.key.startswith(f"{name}:") and number.value is not None
    ]
    if stated:
        return tuple(stated)
    found = [value_of(contents, reference.id, name) for reference in contents.included]
    counts = Counter(value for value, _ in found)
    states = dict(found)
    if set(counts) <= {NOT_REPORTED}:
        return ()
    return tuple(
        (
            value,
            number,
            NumberState.INFERRED if states[value] is NumberState.INFERRED else NumberState.DERIVED,
        )
        for value, number in _most_first(counts)
    )


def home_of(theme: int, contents: ReviewContents) -> Theme:
    """Return the main theme a theme belongs to: itself, or the nearest above that stands for itself."""
    path = path_to(theme, contents.theme_by_id)
    return next((each for each in reversed(path) if is_main(each, contents.theme_by_id)), path[0])


def findings_of(theme: Theme, contents: ReviewContents) -> tuple[Block, ...]:
    """Return the review findings of a main theme: its own and its topics', not its subthemes'."""
    return tuple(
        block
        for block in contents.findings
        if block.theme in contents.theme_by_id and home_of(block.theme or 0, contents).id == theme.id
    )


def topics_of(theme: Theme, contents: ReviewContents) -> tuple[Theme, ...]:
    """Return the topics of a main theme that have findings, in the order of the text."""
    order: dict[int, Theme] = {}
    for block in findings_of(theme, contents):
        if block.theme is not None:
            order.setdefault(block.theme, contents.theme_by_id[block.theme])
    return tuple(order.values())


def chosen_themes(contents: ReviewContents, themes: Sequence[int]) -> tuple[Theme, ...]:
    """Return the main themes to print: all that have a name, or those asked for with their subthemes."""
    every = contents.main_themes() or tuple(theme for theme in contents.themes if not theme.parents)
    if not themes:
        return every
    wanted = frozenset(themes)
    homes = {home_of(theme, contents).id for theme in wanted if theme in contents.theme_by_id}
    return tuple(
        theme
        for theme in every
        if theme.id in homes or any(above.id in wanted for above in path_to(theme.id, contents.theme_by_id))
    )
