"""The keys of screening: single letters and numbers, all under one hand."""

from typing import ClassVar

from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.screen import Screen

KEYS = (
    ActionSpec("include", "Include", "Screen", "I", "ph.check"),
    ActionSpec("exclude", "Exclude", "Screen", "E", "ph.x"),
    ActionSpec("maybe", "Maybe", "Screen", "U", "ph.question"),
    ActionSpec("take_back", "Take the last decision back", "Screen", "Z", "ph.arrow-u-up-left"),
    ActionSpec("flag", "Flag", "Screen", "F", "ph.flag"),
    ActionSpec("write_note", "Write a note", "Screen", "N", "ph.note-pencil"),
    *(ActionSpec(f"reason_{number}", f"Reason {number}", "Screen", str(number)) for number in range(1, 10)),
)


class ReasonKeys(Screen):
    """A screen whose keys 1 to 9 give reasons."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = KEYS

    def give_reason(self, place: int) -> None:
        """Give the reason at this place of the list, or take it back."""
        raise NotImplementedError

    def reason_1(self) -> None:
        """Give the first reason, or take it back."""
        self.give_reason(1)

    def reason_2(self) -> None:
        """Give the second reason, or take it back."""
        self.give_reason(2)

    def reason_3(self) -> None:
        """Give the third reason, or take it back."""
        self.give_reason(3)

    def reason_4(self) -> None:
        """Give the fourth reason, or take it back."""
        self.give_reason(4)

    def reason_5(self) -> None:
        """Give the fifth reason, or take it back."""
        self.give_reason(5)

    def reason_6(self) -> None:
        """Give the sixth reason, or take it back."""
        self.give_reason(6)

    def reason_7(self) -> None:
        """Give the seventh reason, or take it back."""
        self.give_reason(7)

    def reason_8(self) -> None:
        """Give the eighth reason, or take it back."""
        self.give_reason(8)

    def reason_9(self) -> None:
        """Give the ninth reason, or take it back."""
        self.give_reason(9)
