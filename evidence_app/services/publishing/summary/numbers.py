"""The numbers a review states about itself, or counts, printed with their states."""

from collections.abc import Sequence
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.dates import MONTHS, parse_date
from evidence_app.domain.flow import FlowNumber
from evidence_app.domain.manuscript import Mark, Text
from evidence_app.domain.review import NumberState, Search, StatedNumber
from evidence_app.services.publishing.summary.model import DERIVED, INFERRED, Sign, Word, Words

NARROW: Final = "\u00a0"
SIGNS: Final = {NumberState.DERIVED: DERIVED, NumberState.INFERRED: INFERRED}


def stated(contents: ReviewContents, key: str) -> StatedNumber | None:
    """Return a stated number by its key."""
    return next((number for number in contents.numbers if number.key == key), None)


def value(contents: ReviewContents, key: str) -> int | None:
    """Return the value of a stated number, or None where the review does not report it."""
    found = stated(contents, key)
    return found.value if found else None


def printed(number: StatedNumber | None) -> Words:
    """Return a number with the mark of its state, or the words “not reported”."""
    if number is None or number.value is None or number.state is NumberState.NOT_REPORTED:
        return (Text("not reported"),)
    made: list[Word] = [Text(f"{number.value:,}")]
    if sign := SIGNS.get(number.state):
        made.append(Sign(sign, f"{number.state.value}: {number.basis}"))
    return tuple(made)


def counted_number(contents: ReviewContents, *keys: str) -> FlowNumber | None:
    """Return the first of these numbers of the flow diagram that the project counts from its records."""
    found = (contents.flow[key] for key in keys) if contents.flow is not None else ()
    return next((each for each in found if each.number is not None and each.from_records), None)


def in_words(number: int) -> str:
    """Return a small number as a word, others as figures."""
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return names[number] if 0 <= number < len(names) else f"{number:,}"


def counted_noun(number: int, noun: str) -> str:
    """Return a number with its noun: `1 report`, `47 reports`, `42 studies`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,}{NARROW}{noun if number == 1 else plural}"


def reports_and_studies(contents: ReviewContents) -> str:
    """Return what the review includes, reports and studies told apart."""
    reports = value(contents, "included_reports")
    reports = len(contents.included) if reports is None else reports
    studies = value(contents, "included_studies")
    if studies is None and (counted := counted_number(contents, "total_studies", "new_studies")):
        studies = counted.number
    if studies is None:
        return f"{counted_noun(reports, 'report')} (the number of studies is not reported)"
    return f"{counted_noun(reports, 'report')} of {counted_noun(studies, 'study')}"


def included_sentence(contents: ReviewContents) -> Words:
    """Return the sentence that says how much was included, with the difference where counts disagree."""
    listed, found = len(contents.included), stated(contents, "included_reports")
    if not listed and (found is None or not found.value):
        return (Text("No report has been marked as included yet."),)
    made: list[Word] = [Text(f"The review includes {reports_and_studies(contents)}.")]
    if found is not None and found.value is not None and found.value != listed:
        made.append(
            Text(
                f" The list of references marks {counted_noun(listed, 'report')} as included"
                f"; the review states {found.value:,}."
            )
        )
    return tuple(made)


def period(searches: Sequence[Search]) -> str:
    """Return when the searches were run, in words: `16–17 March 2023`."""
    dates = sorted({day for search in searches for day in (search.searched_from, search.searched_to) if day})
    if not dates:
        return ""
    first, last = (parse_date(dates[0]) or {}), (parse_date(dates[-1]) or {})
    return _between(_parts(first), _parts(last)) or (
        dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
    )


def _parts(date: dict[str, object]) -> list[int]:
    ends = date.get("date-parts")
    return list(ends[0]) if isinstance(ends, list) and ends else []


def _between(first: list[int], last: list[int]) -> str:
    if len(first) != 3 or len(last) != 3:
        return ""
    if first == last:
        return _day(first)
    if first[:2] == last[:2]:
        return f"{first[2]}–{last[2]}{NARROW}{MONTHS[last[1] - 1].capitalize()} {last[0]}"
    return f"{_day(first)} to {_day(last)}"


def _day(parts: list[int]) -> str:
    return f"{parts[2]}{NARROW}{MONTHS[parts[1] - 1].capitalize()} {parts[0]}"


def about_the_numbers(contents: ReviewContents) -> tuple[tuple[str, Words], ...]:
    """Return what each state of a number means here, with the sums and reasons behind the marks."""

    def reasons(state: NumberState) -> list[str]:
        return [
            f"{number.value:,} {_small(number.label)}: {number.basis.rstrip('.')}"
            for number in contents.numbers
            if number.state is state and number.value is not None and number.basis
        ]

    missing = [_small(number.label) for number in contents.numbers if number.value is None]
    inferred = reasons(NumberState.INFERRED) + _inferred_characteristics(contents)
    derived = reasons(NumberState.DERIVED)
    derived.append("reports behind a message, theme or topic: counted from the references printed there")
    rows: list[tuple[str, Words]] = [("No mark", (Text("taken from the review as it states it."),))]
    rows.append((f"{DERIVED} derived", (Text("worked out here. " + _sentences(derived)),)))
    rows.append((f"{INFERRED} inferred", (Text("likely, not stated. " + (_sentences(inferred) or _NONE)),)))
    rows.append(("Not reported", (Text("no number is made up. " + (_missing(missing) or _NONE)),)))
    rows += [("Differs", (Text(difference),)) for difference in differences(contents)]
    return tuple(rows)


_NONE: Final = "None in this summary."


def _small(label: str) -> str:
    """Begin a label in lower case, unless it begins with initials."""
    first = label.split(" ", 1)[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]


def _sentences(reasons: Sequence[str]) -> str:
    return " ".join(f"{reason[0].upper()}{reason[1:]}." for reason in reasons)


def _missing(labels: Sequence[str]) -> str:
    return f"The review does not give: {'; '.join(labels)}." if labels else ""


def _inferred_characteristics(contents: ReviewContents) -> list[str]:
    found = {
        (each.name, each.basis.rstrip("."))
        for each in contents.characteristics
        if each.state is NumberState.INFERRED and each.basis
    }
    return [f"{name} of each report: {basis[0].lower()}{basis[1:]}" for name, basis in sorted(found)]


def differences(contents: ReviewContents) -> tuple[str, ...]:
    """Return where a number as stated and the number as counted disagree."""
    return tuple(
        f"{number.label}: the review states {number.value:,}, the project counts {number.derived:,}."
        for number in contents.numbers
        if number.differs
    )


def emphasised(text: str) -> Text:
    """Return words in italics."""
    return Text(text, (Mark.EMPHASIS,))
