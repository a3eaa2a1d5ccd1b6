"""Makes the small widgets that all screens are made of, in one look."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QProgressBar, QSizePolicy

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.buttons import ACT, Button, Tool
from evidence_app.ui.widgets.choices import Choice, Choices, Filters, Segments
from evidence_app.ui.widgets.empty import Banner, EmptyState
from evidence_app.ui.widgets.fields import Field, LongField, SearchBox
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.labels import DirectionChip, ElidedLabel, IconLabel, Label, Rule, Swatch
from evidence_app.ui.widgets.tabs import Tabs


class Parts:
    """Makes labels, chips, buttons and fields; a screen holds one and never styles by itself."""

    def __init__(self, look: Look) -> None:
        self.look = look

    # -- texts

    def label(self, text: str, role: str = "body", tone: str = "text", *, wrap: bool = False) -> Label:
        """Return a text; role and tone are names of tokens."""
        return Label(self.look, text, role, tone, wrap=wrap)

    def line(self, text: str, role: str = "body", tone: str = "text") -> ElidedLabel:
        """Return one line that is elided where there is no room for it."""
        return ElidedLabel(self.look, text, role, tone)

    def rich(self, html: str, role: str = "body", tone: str = "text", *, wrap: bool = True) -> Label:
        """Return a text with few marks; what comes from a record must be escaped before."""
        label = Label(self.look, "", role, tone, wrap=wrap)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setText(html)
        return label

    def caption(self, text: str) -> Label:
        """Return the heading of a group, above what it names."""
        return self.label(text, "caption", "text-3")

    def note(self, text: str, *, wrap: bool = False) -> Label:
        """Return a second line."""
        return self.label(text, "small", "text-2", wrap=wrap)

    def faint(self, text: str) -> Label:
        """Return a count or a place, least in weight."""
        return self.label(text, "small", "text-3")

    def chip(self, text: str, tone: str = "") -> Label:
        """Return a chip: a soft ground and a short word in the same hue."""
        chip = self.label(text, "caption", tone)
        chip.setObjectName("chip")
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return chip

    def key(self, text: str) -> Label:
        """Return a key cap."""
        key = self.label(text, "micro")
        key.setObjectName("key")
        key.setFixedHeight(self.look.px(18))
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return key

    # -- pictures

    def icon(self, name: str, tone: str = "text-2", size: int = 16) -> IconLabel:
        """Return an icon that is not a button."""
        return IconLabel(self.look, name, tone, size)

    def direction(self, direction: str) -> DirectionChip:
        """Return the chip of a review finding's direction."""
        return DirectionChip(self.look, direction)

    def swatch(self, theme: int, size: int = 10) -> Swatch:
        """Return the small square of a theme's colour; theme is its place in the outline."""
        return Swatch(self.look, theme, size)

    def rule(self) -> Rule:
        """Return a hairline."""
        return Rule()

    def bar(self, name: str, done: int = 0, total: int = 100, width: int = 0) -> QProgressBar:
        """Return a thin bar that shows how much is done."""
        bar = QProgressBar()
        bar.setAccessibleName(name)
        bar.setTextVisible(False)
        bar.setRange(0, total)
        bar.setValue(done)
        if width:
            bar.setFixedWidth(self.look.px(width))
        return bar

    # -- what is pressed

    def button(
        self,
        text: str,
        kind: str = "",
        icon: str = "",
        act: Callable[[], object] | None = None,
        *,
        on: bool | None = None,
    ) -> Button:
        """Return a button named by its act; kind is primary, plain, filter, segment or nothing.

        `act` must be a bound method without parameters."""
        button = Button(self.look, text, kind, icon, on=on)
        if act is not None:
            button.clicked.connect(act)
            button.setProperty(ACT, getattr(act, "__name__", ""))
        return button

    def tool(self, icon: str, name: str, act: Callable[[], object] | None = None) -> Tool:
        """Return an icon button; its name is the tool tip and what a screen reader says."""
        tool = Tool(self.look, icon, name)
        if act is not None:
            tool.clicked.connect(act)
            tool.setProperty(ACT, getattr(act, "__name__", ""))
        return tool

    def segments(self, name: str, choices: Choices, chosen: str = "", columns: int = 9) -> Choice:
        """Return a choice of one among a few (key, text); `chosen` is emitted with the key."""
        return Segments(self.look, name, choices, chosen, columns)

    def filters(self, name: str, choices: Choices, chosen: str = "") -> Choice:
        """Return filters as words with counts, for a bar; `chosen` is emitted with the key."""
        return Filters(self.look, name, choices, chosen)

    def tabs(self, name: str, tabs: Sequence[str]) -> Tabs:
        """Return the tabs of an inspector; listen to `currentChanged`."""
        return Tabs(self.look, name, tabs)

    # -- what is typed in

    def field(self, name: str, value: str = "", origin: str = "", hint: str = "") -> Field:
        """Return one field: its name above, one line edited in place, and where it came from."""
        return Field(self.look, name, value, origin, hint)

    def long_field(self, name: str, value: str = "", origin: str = "", hint: str = "") -> LongField:
        """Return a field whose text wraps and grows; it is kept a second after the last key."""
        return LongField(self.look, name, value, origin, hint)

    def search(self, hint: str, name: str = "Search", width: int = 320) -> SearchBox:
        """Return the search box; `searched` comes 150 ms after the last key."""
        return SearchBox(self.look, hint, name, width)

    # -- what stands round them

    def inspector(self, head: QLayout, form: QLayout, foot: QLayout | None = None) -> Inspector:
        """Return the right column: a head that stays, a form that scrolls, a foot."""
        return Inspector(self.look, head, form, foot)

    def banner(
        self, icon: str, tone: str, text: str, act: str = "", call: Callable[[], object] | None = None
    ) -> Banner:
        """Return a banner: what is so, and what to do about it."""
        return Banner(self.look, icon, tone, text, act=act, call=call)

    def empty(
        self,
        icon: str,
        sentence: str,
        act: str = "",
        call: Callable[[], object] | None = None,
        hint: str = "",
    ) -> EmptyState:
        """Return what an empty list says: what will be here, the button that starts it, one more way."""
        return EmptyState(self.look, icon, sentence, act=act, call=call, hint=hint)

    def card(self, layout: QLayout) -> QFrame:
        """Return a framed card."""
        card = QFrame()
        card.setObjectName("card")
        card.setLayout(layout)
        return card
