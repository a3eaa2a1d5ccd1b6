"""Acts on the code book: new, rename, define, move, merge, split, colour, remove, and memos on codes."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from evidence_app.domain.coding import Code, Memo, PlacedCode
from evidence_app.domain.edit import SetColumns
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook, memos
from evidence_app.services.coding.similar_codes import similar_code
from evidence_app.storage import coding as stored
from evidence_app.ui.coding.code_tree import MovedCodes
from evidence_app.ui.coding.codes_page import CodesPage
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.memos_page import MemoDialog
from evidence_app.ui.coding.quotations_page import QuotationsPage


class BookActs(QObject):
    """What menus, keys and drags do to the code book."""

    quotations_asked = Signal(str)

    def __init__(self, desk: Desk, page: CodesPage, found: QuotationsPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._page, self._found = desk, page, found
        page.new_asked.connect(self.new)
        page.defined.connect(self.define)
        page.acted.connect(self.act)
        page.tree.renamed.connect(self.rename)
        page.tree.removed.connect(self.remove)
        page.tree.moved.connect(self.move)

    def _code(self, row: int | None) -> Code | None:
        return next((each for each in self._desk.book.codes if each.id == row), None)

    def new(self) -> None:
        """Make a code under the chosen folder, or beside what is chosen."""
        name = self._desk.context.messages.ask("New code", "Name of the new code")
        if name is None or not name.strip():
            return
        book = self._desk.book
        chosen = self._code(self._page.tree.current_id())
        parent = (
            chosen
            if chosen is not None and not chosen.codable
            else self._code(chosen.parent if chosen else None)
        )
        like = similar_code(book.tree, name, parent.id if parent else None)
        if like is not None and not self._desk.context.messages.confirm(
            f"Make the new code “{name.strip()}”?",
            f"“{like.full_name}” is nearly the same.",
            "Make the new code",
        ):
            return
        position = codebook.last_position(book.codes, parent.id if parent else None)
        self._desk.do(codebook.new_code(name, parent, position, "", self._desk.person))

    def define(self, code: Code, column: str, text: str) -> None:
        """Say what a code means."""
        self._desk.do(codebook.define(code, **{column: text}))

    def rename(self, row: int, name: str) -> None:
        """Rename a code."""
        code = self._code(row)
        if code is not None:
            self._desk.do(codebook.rename(code, name))

    def move(self, moved: MovedCodes) -> None:
        """Put codes elsewhere in the tree."""
        codes = [code for row in moved.codes if (code := self._code(row)) is not None]
        try:
            edit = codebook.move(
                codes, self._code(moved.parent), self._code(moved.before), self._desk.book.codes
            )
        except EvidenceError as error:
            self._desk.tell(error)
            return
        self._desk.do(edit)

    def act(self, name: str) -> None:
        """Do what was chosen from the menu."""
        chosen = self._page.chosen()
        if not chosen:
            return
        if name.startswith("colour "):
            self._desk.do(codebook.recolour(chosen, name.partition(" ")[2]))
        elif name == "rename":
            self._page.tree.edit(self._page.tree.currentIndex())
        elif name == "quotations":
            placed = self._desk.book.placed(chosen[0].id)
            self.quotations_asked.emit(f'code:"{placed.full_name if placed else chosen[0].name}"')
        elif name == "merge":
            self.merge(chosen)
        elif name == "split":
            self.split(chosen[0])
        elif name == "folder":
            self._desk.do(codebook.make_folder(chosen[0], folder=chosen[0].codable))
        elif name == "unmerge":
            self.unmerge(chosen[0])
        elif name == "memo":
            self.memo("code", chosen[0].id, f"On the code “{chosen[0].name}”")
        elif name == "remove":
            self.remove()

    def merge(self, chosen: Sequence[Code]) -> None:
        """Merge the chosen codes into the current one; a single one into one that is named."""
        into = self._code(self._page.tree.current_id()) if len(chosen) > 1 else self._asked_code("Merge into")
        if into is None:
            return
        messages = self._desk.context.messages
        gone = [code for code in chosen if code.id != into.id]
        names = ", ".join(f"“{code.name}”" for code in gone)
        if not gone or not messages.confirm(
            f"Merge {names} into “{into.name}”?",
            "Their quotations stay where they are and count for it. It can be taken apart again.",
            f"Merge into “{into.name}”",
        ):
            return
        try:
            codings = stored.codings(self._desk.project.reader)
            self._desk.do(codebook.merge(gone, into, self._desk.book.codes, codings))
        except EvidenceError as error:
            self._desk.tell(error)

    def _asked_code(self, title: str) -> Code | None:
        name = self._desk.context.messages.ask(title, "Name of the code")
        if not name:
            return None
        found: PlacedCode | None = similar_code(self._desk.book.tree, name)
        if found is None:
            self._desk.context.say(f"There is no code like “{name}”. Nothing was changed.")
        return found.code if found else None

    def unmerge(self, code: Code) -> None:
        """Make the codes merged into one stand for themselves again."""
        merged = [each for each in self._desk.book.codes if each.merged_into == code.id]
        if not merged:
            self._desk.context.say(f"Nothing was merged into “{code.name}”.")
            return
        self._desk.do(codebook.unmerge(merged[-1]))

    def split(self, code: Code) -> None:
        """Give the quotations chosen in the tab a new code."""
        rows = {each.quotation.id for each in self._found.chosen()}
        codings = [
            each for each in stored.codings(self._desk.project.reader, code=code.id) if each.quotation in rows
        ]
        if not codings:
            self._desk.context.say(
                f"Show the quotations of “{code.name}”, choose those to split off, and try again."
            )
            self.quotations_asked.emit(f'code:"{code.name}"')
            return
        name = self._desk.context.messages.ask("Split a code", f"Name of the new code beside “{code.name}”")
        if name and name.strip():
            self._desk.do(codebook.split(code, name, codings, self._desk.book.codes, self._desk.person))

    def remove(self) -> None:
        """Remove the chosen codes with their codings."""
        chosen = self._page.chosen()
        if not chosen:
            return
        codings = stored.codings(self._desk.project.reader)
        edit = codebook.remove_codes(chosen, self._desk.book.codes, codings)
        viewer = self._desk.book.viewer
        seen = {each.id for each in stored.codings(self._desk.project.reader, viewer=viewer or -1)}
        used = sum(
            change.table == "coding" and isinstance(change, SetColumns) and change.row in seen
            for change in edit.changes
        )
        if used and not self._desk.context.messages.confirm(
            f"{edit.label}?",
            f"It is used {used} times; the quotations stay. Undo brings all of it back.",
            edit.label,
        ):
            return
        self._desk.do(edit)

    # -- memos

    def memo(self, subject: str = "", row: int | None = None, fact: str = "On the review") -> None:
        """Write a memo on a code, or on the review."""
        dialog = MemoDialog(self._desk.context.parts, fact)
        if self._desk.context.messages.show(dialog):
            try:
                edit = memos.write_memo(
                    dialog.chosen_kind, dialog.words.toPlainText(), subject, row, "", self._desk.person
                )
            except EvidenceError as error:
                self._desk.tell(error)
                return
            self._desk.do(edit)

    def new_memo(self) -> None:
        """Write a memo on the review."""
        self.memo()

    def change_memo(self, memo: Memo) -> None:
        """Change a memo; one left empty is removed."""
        dialog = MemoDialog(self._desk.context.parts, "", memo)
        if self._desk.context.messages.show(dialog):
            text = dialog.words.toPlainText()
            self._desk.do(
                memos.change_memo(memo, dialog.chosen_kind, memo.title if text.strip() else "", text)
            )
