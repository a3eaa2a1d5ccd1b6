"""The chosen theme: name, kind, definition, question, where it stands, and what supports it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.passages import Passage, PassageCitation
from evidence_app.domain.synthesis import Theme, ThemeKind
from evidence_app.services.synthesis.numbering import number_line
from evidence_app.services.synthesis.overview import countries_of
from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.widgets.choices import QuietChoice
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

KINDS = {
    ThemeKind.OVERARCHING: "Overarching", ThemeKind.ANALYTIC: "Analytic",
    ThemeKind.DESCRIPTIVE: "Descriptive", ThemeKind.TOPIC: "Topic",
}  # fmt: skip
LARGE, MOST_NAME = 1.6, 150
"""From which text size the kinds stand one below the other; and the most a country's name takes."""
PASSAGES = (("disagreement", "What disagrees"), ("unknown", "What is not known"))


class ParentRow(QWidget):
    """One parent of a theme, and what takes the theme from under it."""

    taken = Signal(object)

    def __init__(self, parts: Parts, parent: Theme, place: int | None) -> None:
        super().__init__()
        self._theme = parent
        row = across(gap=8, edge=(6, 2, 0, 2))
        if place is not None:
            row.addWidget(parts.swatch(place))
        row.addWidget(parts.label(parent.name, wrap=True), 1)
        row.addWidget(parts.tool("ph.x", f"Take it from under {parent.name}", self._tell))
        self.setLayout(row)

    def _tell(self) -> None:
        self.taken.emit(self._theme)


class ThemeForm(QWidget):
    """Edits one theme in place; every act leaves as a signal."""

    changed = Signal(object, object)
    """The row of the theme, and the values to change by name."""
    renamed = Signal(str)
    parent_taken = Signal(object)
    parent_added = Signal()
    words_asked = Signal()
    """The words of the summary are to be edited."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._theme: Theme | None = None
        self._shown: ReviewContents | None = None
        self._shown_theme = 0
        self._questions: list[int | None] = [None]
        self.name = parts.field("Name")
        self.name.edited.connect(self.renamed)
        columns = 1 if parts.look.scale > LARGE else 2
        kinds = [(kind.value, word) for kind, word in KINDS.items()]
        self._kind = parts.segments("Kind", kinds, columns=columns)
        self._kind.chosen.connect(self._set_kind)
        self._definition = parts.long_field("Definition", hint="What belongs here, in a sentence")
        self._definition.edited.connect(self._set_definition)
        self._question = QuietChoice()
        self._question.setAccessibleName("Research question")
        self._question.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._question.setMinimumContentsLength(8)
        self._question.activated.connect(self._set_question)
        question = parts.caption("Question it answers")
        question.setBuddy(self._question)
        self._parents = down(gap=0)
        self._no_parents = parts.note("", wrap=True)
        self._support = down(gap=4)
        add = parts.button("Add", "filter", "ph.plus", self._tell_added)
        add.setAccessibleName("Put it under another theme too")
        add.setToolTip("Put it under another theme too")
        self.setLayout(
            down(
                self.name, self._definition,
                down(parts.caption("Kind"), self._kind, gap=4, edge=(6, 0, 0, 0)),
                down(question, self._question, gap=4, edge=(6, 0, 0, 0)),
                down(
                    across(parts.caption("Stands under"), None, add), self._no_parents, self._parents,
                    gap=2, edge=(6, 0, 0, 0),
                ),
                down(self._support, edge=(6, 4, 0, 0)), None, gap=12,
            )
        )  # fmt: skip

    def show_theme(self, contents: ReviewContents, theme: Theme, places: dict[int, int]) -> None:
        """Show a theme of the project."""
        self._theme = theme
        self.name.show_value(theme.name)
        self._definition.show_value(theme.definition)
        self._kind.choose(theme.kind.value)
        self._offer_questions(contents, theme)
        parents = [contents.theme_by_id[each] for each in theme.parents if each in contents.theme_by_id]
        if self._shown is contents and self._shown_theme == theme.id:
            return
        self._shown, self._shown_theme = contents, theme.id
        self._show_parents(parents, places)
        emptied(self._support)
        self._show_support(contents, theme)
        self._show_passages(contents, theme)

    def _offer_questions(self, contents: ReviewContents, theme: Theme) -> None:
        self._questions = [None, *(question.id for question in contents.questions)]
        texts = ["No question", *(f"{at}. {q.text}" for at, q in enumerate(contents.questions, 1))]
        if [self._question.itemText(at) for at in range(self._question.count())] != texts:
            self._question.clear()
            self._question.addItems(texts)
        held = theme.question if theme.question in self._questions else None
        self._question.setCurrentIndex(self._questions.index(held))
        self._question.setToolTip(self._question.currentText())

    def _show_parents(self, parents: Sequence[Theme], places: dict[int, int]) -> None:
        emptied(self._parents)
        for parent in parents:
            row = ParentRow(self._parts, parent, places.get(parent.id))
            row.taken.connect(self.parent_taken)
            self._parents.addWidget(row)
        self._no_parents.setText("Nothing: it stands at the top of the outline.")
        self._no_parents.setVisible(not parents)

    def _show_support(self, contents: ReviewContents, theme: Theme) -> None:
        parts = self._parts
        reports = contents.supporting(theme.id)
        findings = contents.findings_under(theme.id)
        total = len(contents.included)
        said = f"Supported by {len(reports)} of {counted(total, 'included report')}"
        said = said if total else "No report is included yet"
        self._support.addWidget(parts.label(said, "caption", "text-3", wrap=True))
        for country, count in countries_of(contents, reports):
            name = parts.line(country, "small", "text-2")
            name.setFixedWidth(min(parts.look.px(118), MOST_NAME))
            bar = parts.bar(f"{country}: {counted(count, 'report')}", count, max(len(reports), 1))
            bar.setMinimumWidth(parts.look.px(24))
            number = parts.faint(str(count))
            row = across(name, gap=8)
            row.addWidget(bar, 1)
            row.addWidget(number)
            self._support.addLayout(row)
        if findings:
            ways = [
                f"{DIRECTIONS[direction].word.lower()} {count}"
                for direction in DIRECTIONS
                if (count := sum(1 for block in findings if block.direction == direction))
            ]
            line = f"{counted(len(findings), 'review finding')}: {', '.join(ways)}"
            self._support.addWidget(parts.note(line if ways else line.rstrip(": "), wrap=True))

    def _show_passages(self, contents: ReviewContents, theme: Theme) -> None:
        edit = self._parts.button("Edit", "filter", "ph.pencil-simple", self._tell_words)
        edit.setAccessibleName("Edit what the summary says of it")
        self._support.addSpacing(8)
        self._support.addLayout(across(self._parts.caption("In the summary"), None, edit))
        for kind, heading in PASSAGES:
            found = [each for each in contents.passages if each.theme == theme.id and each.kind == kind]
            if not found:
                continue
            self._support.addSpacing(8)
            self._support.addWidget(self._parts.caption(heading))
            for passage in found:
                self._support.addWidget(
                    self._parts.label(_passage_words(contents, passage), "small", "text-2", wrap=True)
                )

    # -- what is entered

    def _set_kind(self, key: str) -> None:
        self._change(kind=ThemeKind(key))

    def _set_definition(self, text: str) -> None:
        self._change(definition=text)

    def _set_question(self, at: int) -> None:
        self._change(question=self._questions[at])

    def _change(self, **values: object) -> None:
        if self._theme is not None:
            self.changed.emit(self._theme.id, values)

    def _tell_words(self) -> None:
        self.words_asked.emit()

    def _tell_added(self) -> None:
        self.parent_added.emit()


def _passage_words(contents: ReviewContents, passage: Passage) -> str:
    words = ""
    for run in passage.runs:
        if isinstance(run, PassageCitation):
            known = [contents.by_id[each].number for each in run.references if each in contents.by_id]
            numbers = number_line(sorted(number for number in known if number is not None))
            words += f" [{numbers}]" if numbers else ""
        else:
            words += run.text
    return words
