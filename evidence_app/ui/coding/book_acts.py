"""Acts on the code book: new, rename, define, move, merge, split, colour, remove, and memos on codes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from evidence_app.domain.coding import Code, Memo
from evidence_app.domain.edit import SetColumns
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook, memos
from evidence_app.services.coding.code_steps import Step, step
from evidence_app.services.coding.similar_codes import similar_code
from evidence_app.storage import coding as stored
from evidence_app.ui.coding.code_delegate import REPORTS
from evidence_app.ui.coding.code_dialogs import TOP, SplitDialog, merge_dialog, move_dialog
from evidence_app.ui.coding.code_tree import MovedCodes
from evidence_app.ui.coding.codes_page import CodesPage
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.memos_page import MemoDialog
from evidence_app.ui.coding.quotations_page import QuotationsPage
from evidence_app.ui.widgets.pick_dialog import Offer, PickDialog

STEPS = {"up": Step.UP, "down": Step.DOWN, "out": Step.OUT, "into": Step.INTO}
NOWHERE = {
    Step.UP: "It is the first one there.", Step.DOWN: "It is the last one there.",
    Step.OUT: "It is at the top level already.", Step.INTO: "No code stands above it on its level.",
}  # fmt: skip
PER = "coding.counted_per"


class BookActs(QObject):
    """What menus, keys and drags do to the code book."""

    quotations_asked = Signal(str)

    def __init__(self, desk: Desk, page: CodesPage, found: QuotationsPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._page, self._found = desk, page, found
        page.new_asked.connect(self.new)
        page.defined.connect(self.define)
        page.acted.connect(self.act)
        page.counted_per.connect(partial(desk.context.settings.keep, PER))
        page.count_per(desk.context.settings.now.kept.get(PER, REPORTS))
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
        """Do what was chosen from the menu, or asked by a key."""
        chosen = self._page.chosen()
        if not chosen:
            return
        if name.startswith("colour "):
            self._desk.do(codebook.recolour(chosen, name.partition(" ")[2]))
        elif name in STEPS:
            self.step(chosen, STEPS[name])
        elif name in ("move", "merge"):
            {"move": self.move_to, "merge": self.merge}[name](chosen)
        elif name == "remove":
            self.remove()
        elif len(chosen) == 1:
            self._act_on_one(name, chosen[0])

    def _act_on_one(self, name: str, code: Code) -> None:
        if name == "rename":
            self._page.tree.edit(self._page.tree.currentIndex())
        elif name == "quotations":
            placed = self._desk.book.placed(code.id)
            self.quotations_asked.emit(f'code:"{placed.full_name if placed else code.name}"')
        elif name == "split":
            self.split(code)
        elif name == "folder":
            self._desk.do(codebook.make_folder(code, folder=code.codable))
        elif name == "unmerge":
            self.unmerge(code)
        elif name == "memo":
            self.memo("code", code.id, f"On the code “{code.name}”")

    # -- moving

    def step(self, chosen: Sequence[Code], way: Step) -> None:
        """Take codes a step through the tree."""
        edit = step(chosen, way, self._desk.book.codes)
        if not edit:
            self._desk.context.say(NOWHERE[way])
            return
        for change in edit.changes:
            if isinstance(change, SetColumns):
                self._page.tree.unfold(change.after.get("parent"))
        self._desk.do(edit)

    def move_to(self, chosen: Sequence[Code]) -> None:
        """Ask under which code others go."""
        dialog = move_dialog(self._desk.context.parts, chosen, self._desk.book.tree)
        if self._desk.context.messages.show(dialog) and dialog.taken is not None:
            parent = None if dialog.taken.row == TOP else dialog.taken.row
            self._page.tree.unfold(parent)
            self.move(MovedCodes(tuple(code.id for code in chosen), parent, None))

    # -- merging and splitting

    def merge(self, chosen: Sequence[Code]) -> None:
        """Merge the chosen codes into the current one; a single one into one that is picked."""
        many = len(chosen) > 1
        into = self._code(self._page.tree.current_id()) if many else self._picked(chosen[0])
        if into is None:
            return
        gone = [code for code in chosen if code.id != into.id]
        names = ", ".join(f"“{code.name}”" for code in gone)
        if not gone or (many and not self._desk.context.messages.confirm(
            f"Merge {names} into “{into.name}”?",
            "Their quotations stay where they are and count for it. It can be taken apart again.",
            f"Merge into “{into.name}”",
        )):  # fmt: skip
            return
        try:
            codings = stored.codings(self._desk.project.reader)
            self._desk.do(codebook.merge(gone, into, self._desk.book.codes, codings))
        except EvidenceError as error:
            self._desk.tell(error)

    def _picked(self, merged: Code) -> Code | None:
        dialog = merge_dialog(self._desk.context.parts, merged, self._desk.book.tree)
        taken = dialog.taken if self._desk.context.messages.show(dialog) else None
        return self._code(taken.row) if taken is not None else None

    def unmerge(self, code: Code) -> None:
        """Make a code that was merged into this one stand for itself again; of several, ask which."""
        merged = [each for each in self._desk.book.codes if each.merged_into == code.id]
        if not merged:
            self._desk.context.say(f"Nothing was merged into “{code.name}”.")
            return
        one = merged[0]
        if len(merged) > 1:
            offers = [Offer(each.id, each.name) for each in merged]
            title = f"Take apart of “{code.name}”"
            dialog = PickDialog(self._desk.context.parts, title, "Take apart", offers, "Codes")
            if not self._desk.context.messages.show(dialog) or dialog.taken is None:
                return
            one = next(each for each in merged if each.id == dialog.taken.row)
        self._desk.do(codebook.unmerge(one))

    def split(self, code: Code) -> None:
        """Ask which quotations of a code get a new one; those chosen in the tab are ticked."""
        reader, viewer = self._desk.project.reader, self._desk.book.viewer
        codings = stored.codings(reader, code=code.id, viewer=-1 if viewer is None else viewer)
        used = {each.quotation for each in codings}
        quoted = [(each.id, each.words) for each in stored.all_quotations(reader) if each.id in used]
        if not quoted:
            self._desk.context.say(f"“{code.name}” has no quotations, so there is nothing to split.")
            return
        chosen = {each.quotation.id for each in self._found.chosen()} & used
        if chosen == used:
            chosen = set()
        dialog = SplitDialog(self._desk.context.parts, code, quoted, chosen)
        if self._desk.context.messages.show(dialog):
            ticked = set(dialog.ticked())
            own = [each for each in codings if each.quotation in ticked]
            name, codes = dialog.name.text(), self._desk.book.codes
            try:
                self._desk.do(codebook.split(code, name, own, codes, self._desk.person))
            except EvidenceError as error:
                self._desk.tell(error)

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
