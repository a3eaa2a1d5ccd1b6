"""The paragraph of the methods that the searches themselves write.

A number is what the project counts from its records, where it holds them; else what the review states, else
what the sources claimed. What nothing says is called not reported."""

from collections.abc import Sequence

from evidence_app.domain import wording
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.flow import OTHER_METHODS, FlowLine
from evidence_app.domain.manuscript import Text
from evidence_app.domain.review import NumberState, Search
from evidence_app.services.publishing.summary.model import DERIVED, Sign, Word, Words
from evidence_app.services.publishing.summary.numbers import (
    NARROW,
    counted_number,
    in_words,
    period,
    printed,
    stated,
    value,
)

_DATABASES = ("database_results", "register_results")
_IN_FILES = "derived: the records in the files of its searches"


def search_sentences(contents: ReviewContents) -> Words:
    """Return the paragraph of the methods that the searches themselves write."""
    databases = [search for search in contents.searches if search.kind in ("database", "search platform")]
    others = [search for search in contents.searches if search not in databases]
    if not contents.searches:
        return (Text("The review reports no search."),)
    made: list[Word] = []
    if databases:
        made += _database_sentence(contents, databases)
        made += _flow_sentence(contents, databases)
    if others:
        made += _other_sentence(contents, others, bool(databases))
    return tuple(made)


def _database_sentence(contents: ReviewContents, databases: Sequence[Search]) -> list[Word]:
    when, covers = period(databases), {search.covers for search in databases if search.covers}
    sources = list(dict.fromkeys(search.source for search in databases))
    number = "One source was" if len(sources) == 1 else f"{in_words(len(sources)).capitalize()} sources were"
    made: list[Word] = [Text(f"{number} searched")]
    if when:
        made.append(Text(f" on {when}"))
    if len(covers) == 1:
        made.append(Text(f" for {covers.pop()}"))
    made.append(Text(": "))
    lines = _counted_lines(contents, _DATABASES)
    for at, source in enumerate(sources):
        if at:
            made.append(Text(" and " if at == len(sources) - 1 else ", "))
        runs = [search for search in databases if search.source == source]
        made += [Text(f"{source} ("), *_yield_of(runs, lines.get(source)), Text(")")]
    return [*made, Text(".")]


def _counted_lines(contents: ReviewContents, keys: Sequence[str]) -> dict[str, FlowLine]:
    """Return what each source gave, where its records are counted in the project."""
    numbers = (contents.flow[key] for key in keys) if contents.flow is not None else ()
    return {
        line.label: line for number in numbers for line in number.lines
        if line.number is not None and line.state is NumberState.DERIVED
    }  # fmt: skip


def _yield_of(runs: Sequence[Search], counted: FlowLine | None) -> list[Word]:
    platforms = dict.fromkeys(run.platform for run in runs if run.platform and run.platform != run.source)
    made: list[Word] = [Text(f"{platform}, ") for platform in platforms]
    if len(runs) > 1:
        made.append(Text(f"{in_words(len(runs))} searches, "))
    if counted is not None:
        return [*made, Text(f"n{NARROW}={NARROW}{counted.number:,}"), Sign(DERIVED, _IN_FILES)]
    claimed = [run.claimed for run in runs if run.claimed is not None]
    if len(claimed) < len(runs):
        return [*made, Text("number not reported")]
    made.append(Text(f"n{NARROW}={NARROW}{sum(claimed):,}"))
    if len(runs) > 1:
        made.append(Sign(DERIVED, "derived: " + " + ".join(f"{count:,}" for count in claimed)))
    return made


def _flow_sentence(contents: ReviewContents, databases: Sequence[Search]) -> list[Word]:
    found = _identified(contents, databases)
    if not found:
        return [Text(" How many records these gave is not reported.")]
    duplicates = _said(contents, "duplicates_removed", "duplicates")
    screened = _said(contents, "records_screened", "records_screened")
    made: list[Word] = [Text(" These gave "), *found, Text(" records")]
    if duplicates:
        made += [Text("; "), *duplicates, Text(" duplicates were removed")]
    if screened:
        made += [Text(" and ") if duplicates else Text("; "), *screened]
        made.append(Text(" were screened on title and abstract"))
        made += _second_reviewer(contents)
    return [*made, Text(".")]


def _identified(contents: ReviewContents, databases: Sequence[Search]) -> Words:
    total, claimed = stated(contents, "records_identified"), [search.claimed for search in databases]
    if total is not None and total.value is not None:
        return printed(total)
    counted = [each for key in _DATABASES if (each := counted_number(contents, key)) and each.number]
    if counted:
        found = sum(each.number or 0 for each in counted)
        return (Text(f"{found:,}"), Sign(DERIVED, f"derived: {_reason(counted[0].basis)}"))
    known = [count for count in claimed if count is not None]
    if len(known) < len(claimed):
        return ()
    why = "derived: " + " + ".join(f"{count:,}" for count in known)
    return (Text(f"{sum(known):,}"), Sign(DERIVED, why))


def _said(contents: ReviewContents, typed_as: str, key: str) -> Words:
    """Return a number as the review states it, else as the project counts it; nothing where neither does."""
    number, counted = stated(contents, typed_as), counted_number(contents, key)
    if number is not None and number.value is not None:
        return printed(number)
    if counted is None:
        return ()
    return (Text(f"{counted.number:,}"), Sign(DERIVED, f"derived: {_reason(counted.basis)}"))


def _reason(basis: str) -> str:
    return basis.removeprefix("Counted: ").rstrip(".")


def _second_reviewer(contents: ReviewContents) -> list[Word]:
    share = value(contents, "second_reviewer_share")
    records = stated(contents, "second_reviewer_records")
    if share is None and (records is None or records.value is None):
        return []
    made: list[Word] = [Text(", of which a second reviewer checked ")]
    if share is not None:
        made.append(Text(f"{share}{NARROW}%"))
    if records is not None and records.value is not None:
        made += [Text(" ("), *printed(records), Text(")")] if share is not None else [*printed(records)]
    return made


def _other_sentence(contents: ReviewContents, others: Sequence[Search], after: bool) -> list[Word]:
    lines = _counted_lines(contents, OTHER_METHODS)
    sources = [name for name in dict.fromkeys(search.source for search in others) if name]
    names = wording.in_words(
        f"{name} (n{NARROW}={NARROW}{lines[name].number:,})" if name in lines else name for name in sources
    )
    lacking = any(search.claimed is None and search.source not in lines for search in others)
    verb = "was" if len(sources) == 1 else "were"
    tail = "; how many records this gave is not reported" if lacking else ""
    return [Text(f"{' ' if after else ''}{names} {verb} {'also ' if after else ''}used{tail}.")]
