"""What screens with a zooming canvas share: the commands of size, and the sizes in their bar."""

from PySide6.QtWidgets import QWidget

from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.screen import Screen
from evidence_app.ui.widgets.sizes import FIT, LARGER, SMALLER, Sizes
from evidence_app.ui.widgets.zooming import ZoomingCanvas


def size_commands(what: str) -> tuple[ActionSpec, ...]:
    """Return the commands that show something larger and smaller, and fit it: “board”, “diagram”."""
    return (
        ActionSpec("zoom_in", f"{what.capitalize()} larger", "Screen", "+ =", "ph.magnifying-glass-plus"),
        ActionSpec("zoom_out", f"{what.capitalize()} smaller", "Screen", "-", "ph.magnifying-glass-minus"),
        ActionSpec("fit", f"Fit the {what}", "Screen", "0", "ph.arrows-in"),
    )


class ZoomedScreen(Screen):
    """A screen whose main part is a zooming canvas."""

    canvas: ZoomingCanvas

    def sized(self, canvas: ZoomingCanvas, what: str) -> QWidget:
        """Take a canvas as the one that is zoomed, and return the sizes that stand in the bar."""
        self.canvas = canvas
        self._sizes = Sizes(self.parts, what.capitalize(), f"Fit the {what} (0)")
        self._sizes.asked.connect(self._size)
        canvas.zoomed.connect(self.show_size)
        return self._sizes

    def show_size(self) -> None:
        """Say how large it is."""
        self._sizes.show_size(self.canvas.percent)

    def zoom_in(self) -> None:
        """Show it larger."""
        self.canvas.zoom_in()

    def zoom_out(self) -> None:
        """Show it smaller."""
        self.canvas.zoom_out()

    def fit(self) -> None:
        """Fit it to the room, now and when the room changes."""
        self.canvas.fit()

    def _size(self, asked: str) -> None:
        {SMALLER: self.zoom_out, LARGER: self.zoom_in, FIT: self.fit}[asked]()
