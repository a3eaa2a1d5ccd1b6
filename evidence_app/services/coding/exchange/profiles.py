"""How a program wants texts and offsets: the standard's way, and those of programs that count otherwise."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Profile:
    """A program's way."""

    name: str
    label: str
    line_end: str = "\n"
    utf16: bool = False

    def text(self, text: str) -> str:
        """Return a frozen text as it is written for this program."""
        return text.replace("\n", self.line_end) if self.line_end != "\n" else text

    def offsets(self, text: str) -> "Offsets":
        """Return what leads from positions to this program's offsets."""
        return Offsets(text, self)


class Offsets:
    """The offsets of the positions of one text."""

    def __init__(self, text: str, profile: Profile) -> None:
        plain = profile.line_end == "\n" and (not profile.utf16 or text.isascii())
        self._at: list[int] = []
        if plain:
            return
        at = 0
        for letter in text:
            self._at.append(at)
            if letter == "\n":
                at += len(profile.line_end)
            else:
                at += 2 if profile.utf16 and ord(letter) > 0xFFFF else 1
        self._at.append(at)

    def of(self, position: int) -> int:
        """Return the offset of a position."""
        return self._at[position] if self._at else position


PROFILES: Final = {
    each.name: each
    for each in (
        Profile("standard", "REFI-QDA, as the standard says (ATLAS.ti, QualCoder, NVivo for Mac, Taguette)"),
        Profile("nvivo", "NVivo for Windows", "\r\n", utf16=True),
        Profile("maxqda", "MAXQDA", "\r\n"),
    )
}
"""The profiles by the name a command calls them."""
