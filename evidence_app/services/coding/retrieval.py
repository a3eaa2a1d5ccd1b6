"""Finding quotations by any combination of code, theme, study, characteristic, coder, kind and text.

    code:"trust lost" country:england (voice:participant OR important:yes) -kind:comment "leaflets"

Parts are joined by AND, OR stands between two parts, a minus turns one round, quotation marks hold words
together. A name of a characteristic is a field: `country:`, `design:`."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from evidence_app.domain.coding import (
    AnchorState,
    Coding,
    Document,
    PlacedCode,
    Quotation,
    code_with_descendants,
)
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference, folded
from evidence_app.domain.synthesis import with_descendants
from evidence_app.domain.wrapped import one_line
from evidence_app.storage.coding_contents import CodingContents

_PART: Final = re.compile(
    r'(?P<no>-)?(?:(?P<field>[A-Za-z][\w-]*):)?(?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s"()]+))'
)
_TOKEN: Final = re.compile(r'\(|\)|-?(?:[A-Za-z][\w-]*:)?(?:"[^"]*"?|[^\s"()]+)')
_YES: Final = frozenset(("yes", "true", "1", "any"))
_NO: Final = frozenset(("no", "false", "0", "none", "missing"))


class UnknownQuery(EvidenceError):
    """A query that names a field, a code or a theme there is not."""


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A quotation with what it belongs to."""

    quotation: Quotation
    report: Reference | None
    document: str
    codes: tuple[PlacedCode, ...]
    codings: tuple[Coding, ...]
    page: str = ""
    """The page as one cites it; empty where the document has none."""

    @property
    def citation(self) -> str:
        """The quotation's source with the page: `Evans 2013, p. 14`."""
        label = self.report.short_label if self.report else self.document
        several = "pp." if "–" in self.page else "p."
        return f"{label}, {several} {self.page}" if self.page else label

    @property
    def as_citation(self) -> str:
        """The words with their source, as they are pasted into a text."""
        words = one_line(self.quotation.anchor.exact)
        own = self.quotation.text.strip()
        if self.quotation.kind.value != "direct" and own:
            return f"{own} ({self.citation})"
        return f"“{words}” ({self.citation})" if words else f"({self.citation})"


Test = Callable[[Quotation], bool]
Held = Mapping[int, Sequence[Coding]]
"""The codings of each quotation."""


@dataclass(frozen=True, slots=True)
class _Coded:
    """Whether a quotation has one of these codes, from one of these people where they are named."""

    held: Held
    codes: frozenset[int]
    people: frozenset[int] | None = None

    def __call__(self, quotation: Quotation) -> bool:
        return any(
            each.code in self.codes and (self.people is None or each.person in self.people)
            for each in self.held.get(quotation.id, ())
        )


@dataclass(frozen=True, slots=True)
class _Coder:
    """Whether one of these people coded a quotation, or quoted it where it is not coded."""

    held: Held
    people: frozenset[int]

    def __call__(self, quotation: Quotation) -> bool:
        codings = self.held.get(quotation.id, ())
        if not codings:
            return quotation.person in self.people
        return any(coding.person in self.people for coding in codings)


@dataclass(frozen=True, slots=True)
class _Any:
    """Whether one of several tests holds."""

    tests: tuple[Test, ...]

    def __call__(self, quotation: Quotation) -> bool:
        return any(test(quotation) for test in self.tests)


def _given_by(test: Test, people: frozenset[int]) -> Test:
    """Return a test of codes that asks who gave them: `code:x coder:y` is one coding, not two."""
    if isinstance(test, _Coded):
        return replace(test, people=people)
    if isinstance(test, _Any):
        return _Any(tuple(_given_by(each, people) for each in test.tests))
    return test


def find(contents: CodingContents, query: str) -> list[FoundQuotation]:
    """Return the quotations a query finds, by report and as they follow there. Raises `UnknownQuery`."""
    test = _Query(contents, query).read()
    found = [found_quotation(contents, each) for each in contents.quotations if test(each)]
    found.sort(key=_order)
    return found


def _order(found: FoundQuotation) -> tuple[bool, int, str, int]:
    report = found.report
    number = report.number if report and report.number is not None else 0
    return not number, number, report.short_label if report else "", found.quotation.document


def found_quotation(contents: CodingContents, quotation: Quotation) -> FoundQuotation:
    """Return a quotation with its report, document and codes."""
    codings = contents.codings_of.get(quotation.id, ())
    rows = dict.fromkeys(coding.code for coding in codings)
    document = contents.documents.get(quotation.document)
    placed = document is not None and quotation.state is not AnchorState.LOST  # what is lost is on no page
    return FoundQuotation(
        quotation, contents.report_of(quotation), document.name if document else "",
        tuple(contents.placed[row] for row in rows if row in contents.placed), codings,
        document.cited_pages(quotation.anchor) if document and placed else "",
    )  # fmt: skip


class _Query:
    """Reads one query into a test of quotations."""

    def __init__(self, contents: CodingContents, text: str) -> None:
        self._contents = contents
        self._tokens = _TOKEN.findall(text)
        self._at = 0
        self._fields: Mapping[str, Callable[[str], Test]] = {
            "code": self._code, "theme": self._theme, "study": self._study, "report": self._report,
            "coder": self._coder, "kind": self._plain("kind"), "voice": self._plain("voice"),
            "speaker": self._plain("speaker"), "document": self._document, "page": self._page,
            "important": self._important, "state": self._plain("state"), "text": self._words,
            "origin": self._plain("origin"), "colour": self._plain("colour"), "memo": self._memo,
        }  # fmt: skip

    def read(self) -> Test:
        """Return the test of the whole query."""
        tests = []
        while self._at < len(self._tokens):
            if self._tokens[self._at] == ")":
                self._at += 1
                continue
            tests.append(self._all())
        return _every(tests)

    def _all(self) -> Test:
        tests: list[Test] = []
        while self._at < len(self._tokens) and self._tokens[self._at] != ")":
            if self._tokens[self._at] == "AND":
                self._at += 1
                continue
            one = [self._one()]
            while self._at < len(self._tokens) - 1 and self._tokens[self._at] == "OR":
                self._at += 1
                one.append(self._one())
            tests.append(_Any(tuple(one)) if len(one) > 1 else one[0])
        coders = [each.people for each in tests if isinstance(each, _Coder)]
        if len(coders) == 1:
            tests = [_given_by(each, coders[0]) for each in tests]
        return tests[0] if len(tests) == 1 else _every(tests)

    def _one(self) -> Test:
        token = self._tokens[self._at]
        self._at += 1
        if token == "-" and self._at < len(self._tokens) and self._tokens[self._at] == "(":
            return _not(self._one())
        if token == "(":
            inside = self._all()
            self._at += 1
            return inside
        found = _PART.fullmatch(token)
        if found is None or token in ("OR", "AND"):
            return _every(())
        value = found["quoted"] if found["quoted"] is not None else found["word"]
        test = self._field(found["field"], value) if found["field"] else self._words(value)
        return _not(test) if found["no"] else test

    def _field(self, name: str, value: str) -> Test:
        if name.lower() in self._fields:
            return self._fields[name.lower()](value)
        known = sorted({each for pairs in self._contents.characteristics.values() for each, _ in pairs})
        asked = _name(name)
        for each in known:
            if _name(each) == asked:
                return self._characteristic(each, value)
        near = get_close_matches(asked, [*self._fields, *map(_name, known)], n=1)
        meant = f"Did you mean “{near[0]}:”?" if near else f"There are {', '.join(self._fields)}."
        raise UnknownQuery(f"There is no field “{name}:”. {meant} Nothing was searched.")

    # -- fields

    def _words(self, value: str) -> Test:
        wanted = " ".join(folded(value).split())
        return lambda each: wanted in _text_of(each)

    def _code(self, value: str) -> Test:
        if value.lower() in _YES | _NO:
            coded = self._contents.codings_of
            return (
                _not(lambda each: each.id in coded) if value.lower() in _NO else lambda each: each.id in coded
            )
        chosen = self._codes_named(value)
        return self._coded(frozenset(chosen))

    def _codes_named(self, value: str) -> set[int]:
        asked = folded(value)
        tree = self._contents.tree
        same = [each for each in tree if asked in (folded(each.code.name), folded(each.full_name))]
        found = same or [each for each in tree if asked in folded(each.full_name)]
        if not found:
            near = get_close_matches(asked, [folded(each.code.name) for each in tree], n=1)
            meant = f" Did you mean “{near[0]}”?" if near else ""
            raise UnknownQuery(f"There is no code “{value}”.{meant} Nothing was searched.")
        codes = self._contents.codes
        return {row for each in found for row in code_with_descendants(each.code.id, codes)}

    def _coded(self, codes: frozenset[int]) -> Test:
        return _Coded(self._contents.codings_of, codes)

    def _theme(self, value: str) -> Test:
        asked = folded(value)
        themes = self._contents.themes
        same = [each for each in themes if folded(each.name) == asked]
        found = same or [each for each in themes if asked in folded(each.name)]
        if not found:
            raise UnknownQuery(f"There is no theme “{value}”. Nothing was searched.")
        rows = {row for each in found for row in with_descendants(each.id, themes)}
        codes = {code for row in rows for code in self._contents.theme_codes.get(row, ())}
        below = {row for code in codes for row in code_with_descendants(code, self._contents.codes)}
        return self._coded(frozenset(below))

    def _study(self, value: str) -> Test:
        asked = folded(value)
        labels, studies = self._contents.study_labels, self._contents.studies
        rows = {row for row, label in labels.items() if asked in folded(label) or value == str(row)}

        def test(each: Quotation) -> bool:
            report = self._contents.report_of(each)
            return report is not None and bool(rows.intersection(studies.get(report.id, ())))

        return test

    def _report(self, value: str) -> Test:
        asked = folded(value)

        def test(each: Quotation) -> bool:
            report = self._contents.report_of(each)
            if report is None:
                return False
            return asked in folded(f"{report.short_label} {report.title}") or value == str(report.number)

        return test

    def _document(self, value: str) -> Test:
        asked = folded(value)
        rows = {row for row, each in self._contents.documents.items() if asked in folded(each.name)}
        return lambda each: each.document in rows

    def _page(self, value: str) -> Test:
        """Pages count as they are printed and cited; `iv` is a page too, where one is called so."""
        first, dots, last = value.partition("..")
        if not dots and any(value in (page.label for page in each.pages) for each in self._documents()):
            return lambda each: value in self._printed(each)
        if not first.isdecimal() or (last and not last.isdecimal()):
            raise UnknownQuery(f"“{value}” is no page or range of pages such as 3..7. Nothing was searched.")
        wanted = range(int(first), int(last or first) + 1)
        return lambda each: any(page.isdecimal() and int(page) in wanted for page in self._printed(each))

    def _documents(self) -> Iterable[Document]:
        return self._contents.documents.values()

    def _printed(self, quotation: Quotation) -> list[str]:
        document = self._contents.documents.get(quotation.document)
        pages = document.pages_of(quotation.anchor) if document else ()
        return [document.printed_page(page) for page in pages] if document else []

    def _coder(self, value: str) -> Test:
        asked = folded(value)
        people = (row for row, name in self._contents.people.items() if asked in folded(name))
        return _Coder(self._contents.codings_of, frozenset(people))

    def _important(self, value: str) -> Test:
        wanted = value.lower() not in _NO
        return lambda each: each.important is wanted

    def _memo(self, value: str) -> Test:
        asked = "" if value.lower() in _YES else folded(value)
        held = self._contents.codings_of
        return lambda each: any(
            coding.memo and asked in folded(coding.memo) for coding in held.get(each.id, ())
        )

    def _plain(self, name: str) -> Callable[[str], Test]:
        def field(value: str) -> Test:
            asked = folded(value)
            if asked in _NO:
                return lambda each: not getattr(each, name)
            return lambda each: bool(getattr(each, name)) and asked in folded(str(getattr(each, name)))

        return field

    def _characteristic(self, name: str, value: str) -> Test:
        asked = folded(value)
        rows = {
            row
            for row, pairs in self._contents.characteristics.items()
            for known, said in pairs
            if known == name and asked in folded(said)
        }
        references = {row for row, each in self._contents.documents.items() if each.reference in rows}
        return lambda each: each.document in references


def _text_of(quotation: Quotation) -> str:
    said = (one_line(quotation.anchor.exact), quotation.text, quotation.core, quotation.speaker)
    return " ".join(folded(" ".join(said)).split())


def _name(name: str) -> str:
    return folded(name).replace(" ", "-").replace("_", "-")


def _every(tests: Sequence[Test]) -> Test:
    return lambda each: all(test(each) for test in tests)


def _not(test: Test) -> Test:
    return lambda each: not test(each)


def lost(contents: CodingContents) -> list[FoundQuotation]:
    """Return the quotations that could not be placed in the present text of their documents."""
    return [found_quotation(contents, each) for each in contents.quotations if each.state is AnchorState.LOST]
