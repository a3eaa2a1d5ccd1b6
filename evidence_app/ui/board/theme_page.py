"""The chosen theme or group: what it says, which question it answers, what it is built from, and why."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from evidence_app.domain.board import KIND_WORDS, Board, BoardTheme, Relation
from evidence_app.domain.coding import Code, CodeCount
from evidence_app.domain.edit import counted
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.ui.board.placing import Key, key_of
from evidence_app.ui.widgets.choices import QuietChoice
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

LARGE = 1.6
"""From which text size the kinds stand one below the other."""


class ThemePage(QWidget):
    """Edits one theme in place; every act leaves as a signal."""

    described = Signal(object, object)
    """The theme, and the values to change by name."""
    kind_set = Signal(object, object)
    """The theme, and the kind it is to be of."""
    link_asked = Signal()
    pointed = Signal(object)
    unlinked = Signal(object, object)
    """A theme, and the one it is no longer part of."""
    unrelated = Signal(object)
    code_taken = Signal(object, object)
    """A code, and the group it is taken out of."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._board = Board()
        self._theme: BoardTheme | None = None
        self._questions: list[int | None] = [None]
        columns = 1 if parts.look.scale > LARGE else 2
        kinds = [(kind.value, word) for kind, word in KIND_WORDS.items()]
        self.kind = parts.segments("Kind", kinds, columns=columns)
        self.kind.chosen.connect(self._set_kind)
        self._subtheme = parts.note("", wrap=True)
        self.proposition = parts.long_field("Proposition", hint="What it says, in a sentence")
        self.proposition.edited.connect(partial(self._describe, "proposition"))
        self.question = QuietChoice()
        self.question.setAccessibleName("Question it answers")
        self.question.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.question.setMinimumContentsLength(8)
        self.question.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.question.activated.connect(self._set_question)
        answers = parts.caption("Answers")
        answers.setBuddy(self.question)
        self._asked = parts.note("", wrap=True)
        self._built = parts.caption("Built from")
        add = parts.button("Link", "filter", "ph.plus", self._ask_link)
        add.setAccessibleName("Link it to another card")
        self._rows = down(gap=2)
        self._nothing = parts.note("", wrap=True)
        self.rationale = parts.long_field("Why", hint="What you decided, and for which reasons")
        self.rationale.edited.connect(partial(self._describe, "rationale"))
        self.setLayout(
            down(
                down(parts.caption("Kind"), self.kind, self._subtheme, gap=4, edge=(6, 0, 0, 0)),
                self.proposition,
                down(answers, self.question, self._asked, gap=4, edge=(6, 0, 0, 0)), parts.rule(),
                down(across(self._built, None, add), self._rows, self._nothing, gap=4, edge=(6, 0, 0, 0)),
                parts.rule(), self.rationale, gap=10,
            )
        )  # fmt: skip

    def show_theme(self, board: Board, theme: BoardTheme) -> None:
        """Show a theme or a group of the board."""
        self._board, self._theme = board, theme
        self.kind.choose(theme.theme.kind.value)
        self._subtheme.setText(_of_overarching(board, theme))
        self._subtheme.setVisible(bool(self._subtheme.text()))
        self.proposition.show_value(theme.proposition)
        self.rationale.show_value(theme.rationale)
        self._offer_questions(board, theme)
        emptied(self._rows)
        children, codes = board.children_of(theme.id), board.codes_of(theme.id)
        relations, parents = board.relations_of(theme.id), board.parents_of(theme.id)
        for child in children:
            self._add(child.name, _count(board, child), key_of(child), self.unlinked, (child, theme))
        for code in codes:
            quotes = counted(board.counts.get(code.id, CodeCount()).quotations, "quote")
            self._add(code.name, quotes, Key("code", code.id, theme.id), self.code_taken, (code, theme))
        for relation in relations:
            self._relate(board, theme, relation)
        for parent in parents:
            self._add(f"Part of {parent.name}", "", key_of(parent), self.unlinked, (theme, parent))
        self._nothing.setText("Nothing yet: drag a group or a code here, or press L.")
        self._nothing.setVisible(not (children or codes or relations))

    def _relate(self, board: Board, theme: BoardTheme, relation: Relation) -> None:
        other = board.other(relation, theme.id)
        if other is None:
            return
        words = relation.words if relation.theme_a == theme.id else f"it {relation.words} this"
        self._add(other.name, words, key_of(other), self.unrelated, (relation,))
        if relation.note:
            self._rows.addWidget(self._parts.note(relation.note, wrap=True))

    def _add(self, name: str, fact: str, key: Key, taken: object, values: tuple[object, ...]) -> None:
        row: QHBoxLayout = across(gap=6)
        label = self._parts.label(name, wrap=True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(label, 1)
        if fact:
            row.addWidget(self._parts.faint(fact))
        go = self._parts.tool("ph.crosshair-simple", f"Show {name} on the board")
        go.clicked.connect(partial(self._point, key))
        take = self._parts.tool("ph.x", f"Take the link to {name} away")
        take.clicked.connect(partial(self._take, taken, values))
        row.addWidget(go)
        row.addWidget(take)
        self._rows.addLayout(row)

    def _point(self, key: Key, _checked: bool = False) -> None:
        self.pointed.emit(key)

    def _take(self, taken: object, values: tuple[object, ...], _checked: bool = False) -> None:
        taken.emit(*values)  # type: ignore[attr-defined]

    def _offer_questions(self, board: Board, theme: BoardTheme) -> None:
        self._questions = [None, *(question.id for question in board.questions)]
        texts = ["No question", *(f"Question {at}" for at in range(1, len(board.questions) + 1))]
        if [self.question.itemText(at) for at in range(self.question.count())] != texts:
            self.question.clear()
            self.question.addItems(texts)
        held = theme.theme.question if theme.theme.question in self._questions else None
        self.question.setCurrentIndex(self._questions.index(held))
        words = board.question_words(held).partition(": ")[2]
        self._asked.setText(words)
        self._asked.setVisible(bool(words))

    def _set_kind(self, key: str) -> None:
        if self._theme is not None:
            self.kind_set.emit(self._theme, ThemeKind(key))

    def _set_question(self, at: int) -> None:
        self._tell(question=self._questions[at])

    def _describe(self, column: str, text: str) -> None:
        self._tell(**{column: text})

    def _tell(self, **values: object) -> None:
        if self._theme is not None:
            self.described.emit(self._theme, values)

    def _ask_link(self) -> None:
        self.link_asked.emit()


class CodePage(QWidget):
    """The chosen code: its definition, how it is used, and the groups it stands under."""

    code_taken = Signal(object, object)
    link_asked = Signal()
    opened = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._code: Code | None = None
        self._definition = parts.label("", wrap=True)
        self._groups = down(gap=2)
        add = parts.button("Put under", "filter", "ph.plus", self._ask_link)
        add.setAccessibleName("Put it under a group")
        self.open = parts.button("Open in Coding", "plain", "ph.book-open", self._open)
        self.setLayout(
            down(
                self._definition, parts.rule(), across(parts.caption("Stands under"), None, add),
                self._groups, parts.rule(), across(self.open, None), gap=10, edge=(6, 0, 0, 0),
            )
        )  # fmt: skip

    def show_code(self, board: Board, code: Code) -> None:
        """Show a code of the board."""
        self._code = code
        self._definition.setText(code.definition or "No definition yet: it is written in the code book.")
        self._definition.set_tone("text" if code.definition else "text-2")
        emptied(self._groups)
        groups = board.groups_of(code.id)
        for group in groups:
            take = self._parts.tool("ph.x", f"Take it out of {group.name}")
            take.clicked.connect(partial(self._take, group))
            row = across(gap=6)
            row.addWidget(self._parts.label(group.name, wrap=True), 1)
            row.addWidget(take)
            self._groups.addLayout(row)
        if not groups:
            self._groups.addWidget(self._parts.note("No group yet."))

    def _take(self, group: BoardTheme, _checked: bool = False) -> None:
        self.code_taken.emit(self._code, group)

    def _ask_link(self) -> None:
        self.link_asked.emit()

    def _open(self) -> None:
        self.opened.emit(self._code)


def _of_overarching(board: Board, theme: BoardTheme) -> str:
    """Return how an analytic theme becomes a subtheme, where there is an overarching one it is no part of."""
    spanning = [each for each in board.above if each.theme.kind is ThemeKind.OVERARCHING]
    if theme.theme.kind is not ThemeKind.ANALYTIC or not spanning:
        return ""
    if any(each in spanning for each in board.parents_of(theme.id)):
        return ""
    return f"No subtheme yet: drag it onto {spanning[0].name}, or press L."


def _count(board: Board, theme: BoardTheme) -> str:
    codes = board.codes_of(theme.id)
    if codes and not theme.anchors:
        total = sum(board.counts.get(code.id, CodeCount()).quotations for code in codes)
        return counted(total, "quote")
    return counted(theme.anchors, "anchor")
