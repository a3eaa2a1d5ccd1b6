"""The export report beside the pages: open checks, waivers, retractions, fonts, the states of the numbers."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.review import NumberState
from evidence_app.services.checks.results import CheckResult, Level
from evidence_app.services.publishing.summary.notices import sentence
from evidence_app.ui.manuscript.building import Built, grave_updates
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

LEVELS = (
    (Level.ERROR, "ph.x-circle-fill", "exclude", "error"),
    (Level.DOUBT, "ph.question-fill", "maybe", "doubt"),
    (Level.STYLE, "ph.paint-brush", "text-2", "matter of style"),
    (Level.INFORMATION, "ph.info", "text-2", "piece of information"),
)
PLURALS = {"matter of style": "matters of style", "piece of information": "pieces of information"}
STATES = (
    (NumberState.DERIVED, "ph.circle-fill", "accent", "counted from the file, marked ‡"),
    (NumberState.TYPED, "ph.pencil-simple", "text-2", "typed from the source"),
    (NumberState.INFERRED, "ph.math-operations", "text-2", "inferred, marked †"),
    (NumberState.NOT_REPORTED, "ph.selection", "text-2", "not reported"),
)
MOST = 2
"""Results of a level that are told in the report; the checks screen has them all."""


class ReportColumn:
    """Builds the right column and fills it for the pages that were built."""

    def __init__(self, parts: Parts, open_checks: Callable[[], object]) -> None:
        self._parts, self._open_checks = parts, open_checks
        head = down(
            parts.label("Export report", "title"),
            parts.label("Goes out as the last page. Nothing here stops the export.", "small", "text-2",
                        wrap=True),
            gap=4, edge=(18, 14, 18, 12),
        )  # fmt: skip
        self._rows: QVBoxLayout = down(gap=0)
        self.foot = parts.note("Not built yet", wrap=True)
        foot = across(parts.icon("ph.check-circle", "include", 14), gap=8, edge=(18, 10, 14, 10))
        foot.addWidget(self.foot, 1)
        form = down(gap=0)
        form.addLayout(self._rows)
        form.addStretch(1)
        self.widget = parts.inspector(head, form, foot)

    def show(self, built: Built) -> None:
        """Tell of the review these pages were made from."""
        emptied(self._rows)
        open_now = [result for result in built.results if result.waived is None]
        for level, icon, tone, word in LEVELS:
            found = [result for result in open_now if result.level is level]
            if found:
                self._checks(icon, tone, word, found)
        if not open_now:
            self._row(
                "ph.check-circle-fill", "include", "No open checks", "Every check has passed or was waived."
            )
        self._waived(built.contents)
        self._retractions(built.contents, built.preview.works)
        self._fonts(built.preview.warnings)
        self._numbers(built.contents)

    def _row(self, icon: str, tone: str, name: str, words: str, act: str = "") -> None:
        parts = self._parts
        text = down(
            parts.label(name, "strong", wrap=True), parts.label(words, "small", "text-2", wrap=True), gap=2
        )
        row = across(down(2, parts.icon(icon, tone), None, gap=0), gap=10, edge=(18, 9, 10, 9))
        row.addLayout(text, 1)
        if act:
            row.addWidget(parts.button(act, "filter", act=self._open_checks))
        self._rows.addLayout(row)
        self._rows.addWidget(parts.rule())

    def _checks(self, icon: str, tone: str, word: str, found: Sequence[CheckResult]) -> None:
        told = " ".join(result.message for result in found[:MOST])
        more = f" And {len(found) - MOST} more." if len(found) > MOST else ""
        self._row(icon, tone, f"{counted(len(found), word, PLURALS.get(word, ''))} open", told + more, "Open")

    def _waived(self, contents: ReviewContents) -> None:
        if contents.waivers:
            told = " ".join(f"{waiver.reason.rstrip('.')}." for waiver in contents.waivers[:MOST])
            self._row("ph.note-pencil", "text-2", f"{len(contents.waivers)} waived", told, "Show")

    def _retractions(self, contents: ReviewContents, works: Sequence[int]) -> None:
        grave = grave_updates(contents, works)
        if grave:
            told = " ".join(sentence(update, contents) for update in grave)
            name = counted(
                len(grave), "cited work is retracted or doubted", "cited works are retracted or doubted"
            )
            self._row("ph.warning-octagon-fill", "retracted", name, told, "Open")
            return
        cited = [contents.by_id[work] for work in works if work in contents.by_id]
        asked = sum(reference.id in contents.checked_at for reference in cited)
        with_doi = sum(reference.doi is not None for reference in cited)
        if asked:
            without = counted(len(cited) - with_doi, "work has none", "works have none")
            told = f"{asked} of {counted(with_doi, 'DOI')} asked at Crossref; {without}."
            self._row("ph.check-circle-fill", "include", "No retraction known", told)
        elif not with_doi:
            told = "No work cited here has a DOI, by which Crossref could be asked."
            self._row("ph.question-fill", "maybe", "Retractions not looked for", told)
        else:
            cited_with = counted(with_doi, "work cited here has", "works cited here have")
            told = f"{cited_with} a DOI, and Crossref was not asked about any. Update them in the Library."
            self._row("ph.question-fill", "maybe", "Retractions not looked for", told)

    def _fonts(self, warnings: Sequence[str]) -> None:
        if warnings:
            self._row("ph.warning-circle-fill", "maybe", "Characters without a font", " ".join(warnings))
        else:
            self._row(
                "ph.check-circle-fill",
                "include",
                "All characters have a font",
                "Nothing is left out of the PDF.",
            )

    def _numbers(self, contents: ReviewContents) -> None:
        counts = Counter(number.state for number in contents.numbers)
        if not counts:
            return
        parts = self._parts
        caption = parts.caption(f"{counted(sum(counts.values()), 'number')} the review states")
        column = down(caption, gap=6, edge=(18, 10, 18, 10))
        for state, icon, tone, words in STATES:
            line = across(
                parts.icon(icon, tone, 14),
                parts.label(words, "small"),
                None,
                parts.label(str(counts[state]), "small-strong"),
            )
            column.addLayout(line)
        self._rows.addLayout(column)

    def tell(self, words: str) -> None:
        """Say when the pages were built, or why they were not."""
        self.foot.setText(words)
