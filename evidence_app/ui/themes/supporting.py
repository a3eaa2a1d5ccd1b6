"""What a finding rests on, beside its form: quotations for and against it, and which reports count."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Block
from evidence_app.domain.support import Contributing, Contribution, Support, SupportLevel
from evidence_app.services.synthesis import support
from evidence_app.services.synthesis.overview import FindingLine
from evidence_app.services.synthesis.turning import turned
from evidence_app.storage import coding, references
from evidence_app.storage.studies import stored_studies
from evidence_app.storage.support import contributions, supports
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.themes.contribution_dialog import ContributionDialog, Offered
from evidence_app.ui.themes.doing import Doing
from evidence_app.ui.themes.inspector import ThemesInspector
from evidence_app.ui.themes.shown import FINDING, Shown
from evidence_app.ui.widgets.focus_order import order_focus

NO_FINDING = "Choose a review finding first, in the list or with Enter on a theme."


class Supporting(QObject):
    """Stands between the inspector and what findings rest on; every act is one undo."""

    left = Signal()
    """Picking has ended."""

    def __init__(
        self, context: ScreenContext, shown: Shown, doing: Doing, inspector: ThemesInspector,
        line: Callable[[], FindingLine | None],
    ) -> None:  # fmt: skip
        super().__init__(inspector)
        self._context, self._shown, self._doing = context, shown, doing
        self._inspector, self._line = inspector, line
        form = inspector.finding
        for rows in (form.quotations, form.against):
            rows.opened.connect(self._open)
            rows.let_go.connect(self._let_go)
            rows.turned.connect(self._turn)
        form.quotations.added.connect(self.pick)
        form.against.added.connect(self.pick_against)
        form.counted.changed.connect(self.overrule)
        form.counted.taken_back.connect(self._take_back)
        inspector.quotation_picker.picked.connect(self._picked)
        inspector.quotation_picker.closed.connect(self.stop)

    # -- shown

    def show(self, line: FindingLine) -> None:
        """Show what a finding rests on."""
        reader, form = self._context.project.reader, self._inspector.finding
        found = supports(reader, line.block.id)
        for rows, against in ((form.quotations, False), (form.against, True)):
            side = [each for each in found if each.disconfirms is against]
            rows.show_supports(side, support.sources_told(side))
        said = contributions(reader, line.block.id or 0)
        counts = support.contributing(line.block, found, said)
        labels = self._labels([each.reference for each in said])
        overruled = [(each, labels.get(each.reference, "")) for each in said]
        form.counted.show_counted(support.counted_told(counts, self._studies()), overruled)
        form.tell_levels({each.reference: _level(each) for each in counts})
        order_focus(form)  # what was made now stands in its place for Tab too
        if self._inspector.is_quoting:
            held = frozenset(each.quotation for each in found if each.quotation is not None)
            self._inspector.quotation_picker.show_held(held)

    def _studies(self) -> dict[int, int]:
        made = stored_studies(self._context.project.reader)
        return {reference: study.id for study in made if study.id for reference in study.references}

    def _labels(self, rows: Sequence[int]) -> dict[int, str]:
        found = references.references(self._context.project.reader, rows)
        return {int(each.id): each.short_label for each in found}

    # -- quotations

    def pick(self) -> None:
        """Let quotations be picked that the chosen finding rests on."""
        self._pick(against=False)

    def pick_against(self) -> None:
        """Let quotations be picked that speak against the chosen finding."""
        self._pick(against=True)

    def show_line(self) -> None:
        """Show the first quotation of the chosen finding where it stands."""
        line = self._line()
        if self._shown.what != FINDING or line is None:
            self._context.say(NO_FINDING)
            return
        found = supports(self._context.project.reader, line.block.id)
        quoted = next((each for each in found if each.quotation is not None), None)
        if quoted is None:
            self._context.say("This finding rests on no quotation yet. Ctrl+L adds the lines it rests on.")
        else:
            self._open(quoted)

    def _pick(self, *, against: bool) -> None:
        line = self._line()
        if self._shown.what != FINDING or line is None:
            self._context.say(NO_FINDING)
            return
        self._inspector.finding.statement.keep()
        found = supports(self._context.project.reader, line.block.id)
        held = frozenset(each.quotation for each in found if each.quotation is not None)
        self._inspector.pick_quotations(held, self._context.person_guid, line.block.text, against=against)

    def stop(self) -> None:
        """Go back from picking quotations."""
        if self._inspector.is_quoting:
            self._inspector.stop_picking()
            self.left.emit()

    def _picked(self, rows: Sequence[int], against: bool) -> None:
        if self._shown.block is not None:
            self._doing.run(partial(self._rest, self._shown.block, rows, against))

    def _rest(self, row: int, rows: Sequence[int], against: bool) -> None:
        block, reader = self._shown.block_of(row), self._context.project.reader
        if block is None:
            return
        known = coding.quotations_by_id(reader, rows)
        chosen = [known[each] for each in rows if each in known]
        documents = {each.id: each for each in coding.documents(reader)}
        for each in chosen:
            if each.document not in documents and (held := coding.document(reader, each.document)):
                documents[held.id] = held
        reports = {each.id: each.reference for each in documents.values()}
        edit = support.rest_on(
            block, chosen, reports, supports(reader, row), disconfirms=against, documents=documents
        )
        if not edit:
            self._context.say("The finding has it already. It can be turned round in the list.")
            return
        told = counted(len(edit_quotations(edit.changes)), "quotation")
        self._doing.do(edit, f"Added {told}{' against it' if against else ''}")

    def _open(self, chosen: Support) -> None:
        if chosen.quotation is None:
            self._context.go_to("library", Subject("reference", chosen.reference))
        else:
            self._context.go_to("coding", Subject("quotation", chosen.quotation))

    def _let_go(self, chosen: Support) -> None:
        self._doing.run(partial(self._doing.do, support.let_go(chosen)))

    def _turn(self, chosen: Support) -> None:
        self._doing.run(partial(self._turned, chosen))

    def _turned(self, chosen: Support) -> None:
        block = self._shown.block_of(chosen.block)
        if block is None:
            return
        edit = turned(block, chosen, supports(self._context.project.reader, chosen.block))
        cited = "cited as evidence" if chosen.disconfirms else "cited as speaking against it"
        self._doing.do(edit, f"{chosen.report} is {cited} now" if len(edit.changes) > 1 else "")

    # -- which reports count

    def overrule(self, reference: int | None = None) -> None:
        """Ask which report is left out or counted, and why; then do it."""
        line = self._line()
        if self._shown.what != FINDING or line is None or line.block.id is None:
            self._context.say(NO_FINDING)
            return
        dialog = ContributionDialog(self._context.parts, self._offered(line.block), self._inspector.window())
        if reference is not None:
            dialog.choose(reference)
        agreed, chosen = self._context.messages.show(dialog), dialog.chosen
        if agreed and chosen is not None:
            reason = dialog.reason.toPlainText()
            self._doing.run(partial(self._overrule, line.block.id, chosen, reason))

    def _offered(self, block: Block) -> list[Offered]:
        reader = self._context.project.reader
        found = support.contributing(block, supports(reader, block.id), contributions(reader, block.id or 0))
        known = {int(each.id): each for each in self._shown.contents.references}
        told = [_offer(each, known) for each in found if each.reference in known]
        others = [
            Offered(int(each.id), each.short_label, each.title, False, "neither cited nor quoted")
            for each in self._shown.contents.included
            if int(each.id) not in {one.reference for one in found}
        ]
        return [*told, *others]

    def _overrule(self, block: int, chosen: Offered, reason: str) -> None:
        held = contributions(self._context.project.reader, block)
        person = self._context.person
        self._doing.attempt(
            partial(
                support.overrule, block, chosen.reference, counts=not chosen.counts, reason=reason,
                held=held, person=person,
            )
        )  # fmt: skip

    def _take_back(self, said: Contribution) -> None:
        self._doing.run(partial(self._doing.do, support.as_derived(said)))


def _level(each: Contributing) -> str:
    near = "" if each.level is SupportLevel.REPORT else f"by a {each.level.value}"
    return ", ".join(filter(None, (near, "" if each.counts else "left out")))


def _offer(each: Contributing, known: object) -> Offered:
    work = known[each.reference]  # type: ignore[index]
    return Offered(each.reference, work.short_label, work.title, each.counts, each.why)


def edit_quotations(changes: Sequence[object]) -> list[object]:
    """Return the rows of support that an edit makes."""
    return [each for each in changes if getattr(each, "table", "") == "support"]
