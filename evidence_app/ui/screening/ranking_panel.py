"""Ranked screening beside the text: the rule first, then order, counters, curve, and the way out."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.ui.screening.recall_curve import RecallCurve
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

ORDERS: Final = (("relevance", "Likely"), ("uncertainty", "Uncertain"), ("random", "Random"))
MISSING: Final = (
    'Ranking needs scikit-learn, which is not installed. Add it with: pip install "evidence-desk[ranking]", '
    "then start Evidence Desk again. Nothing leaves this computer."
)
ABOUT: Final = (
    "Records that are likely relevant come first. It is learnt on this computer from your decisions, "
    "anew after each. The rule by which you stop is written down before you start."
)


class RankingPanel(QWidget):
    """Asks for the acts of ranked screening, and shows how far it is."""

    start_asked = Signal()
    order_chosen = Signal(str)
    leave_asked = Signal()
    audit_asked = Signal()
    rest_asked = Signal()
    """What nobody judged is to be excluded, by the rule that is met."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.head = parts.label("Ranked screening", "caption", "text-3")
        self.about = parts.label(ABOUT, "small", "text-2", wrap=True)
        self.about.setMinimumWidth(40)
        self.start = parts.button("Rank the rest…", "plain", "ph.sort-ascending", self.start_asked.emit)
        self.order = parts.segments("Order of the rest", ORDERS, "relevance")
        self.order.chosen.connect(self._tell_order)
        self.rule = parts.label("", "small", "text", wrap=True)
        self.rule.setMinimumWidth(40)
        self.far = parts.bar("Towards the stopping rule")
        self.state = parts.label("", "caption", "text-2", wrap=True)
        self.learnt = parts.label("", "caption", "text-3", wrap=True)
        for label in (self.state, self.learnt):
            label.setMinimumWidth(40)
        self.curve = RecallCurve(parts.look)
        self.met = parts.banner("ph.flag-fill", "include", "", "", None)
        self.met.label.setMinimumWidth(40)
        self.met.hide()
        self.audit = parts.button("Audit the rest…", "plain", act=self.audit_asked.emit)
        self.leave = parts.button("Leave the ranking…", act=self.leave_asked.emit)
        self.exclude = parts.button("Exclude the rest…", "plain", act=self.rest_asked.emit)
        self.exclude.hide()
        self._running = down(
            self.met, across(self.exclude, None), self.order, self.learnt, self.rule, self.far, self.state,
            self.curve, across(self.audit, self.leave, None, gap=6), gap=7,
        )  # fmt: skip
        self._box = QWidget()
        self._box.setLayout(self._running)
        self.setLayout(down(self.head, self.about, across(self.start, None), self._box, gap=7))
        self.show_idle()

    def _tell_order(self, order: object) -> None:
        self.order_chosen.emit(str(order))

    def show_missing(self) -> None:
        """Say how ranking is added."""
        self._show(running=False, about=MISSING)
        self.start.hide()

    def show_idle(self, words: str = "") -> None:
        """Offer to start; `words` say what came of the last time."""
        self._show(running=False, about=words or ABOUT)

    def show_running(self, order: str, rule: str) -> None:
        """Show that records come in the order of the ranking, until the rule is met."""
        self._show(running=True, about="")
        self.order.choose(order)
        self.rule.setText(f"Stop when {rule}")

    def _show(self, *, running: bool, about: str) -> None:
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.start.setVisible(not running)
        self._box.setVisible(running)

    def show_state(self, included: Sequence[bool], total: int, share: float, words: str) -> None:
        """Show decisions in their order, how near the rule is (0 to 1), and that in words."""
        self.curve.show_curve(included, total)
        self.far.setRange(0, 1000)
        self.far.setValue(round(1000 * min(share, 1)))
        self.far.setAccessibleName(f"Towards the stopping rule: {words}")
        self.state.setText(words)

    def say_met(self, words: str) -> None:
        """Say that the rule is met, and what an audit found; nothing hides it."""
        self.met.label.setText(words)
        self.met.setVisible(bool(words))

    def offer_end(self, *, met: bool) -> None:
        """Offer to exclude what nobody judged, once the rule is met."""
        self.exclude.setVisible(met)

    def say_learnt(self, relevant: int, irrelevant: int) -> None:
        """Say from how much it learns; before there is one of each there is no order."""
        if relevant and irrelevant:
            words = f"Learnt from {relevant:,} relevant and {irrelevant:,} irrelevant"
        else:
            words = "It learns once one record is included and one excluded"
        self.learnt.setText(words)

    @property
    def is_idle(self) -> bool:
        """Whether no ranking is shown."""
        return self._box.isHidden()
