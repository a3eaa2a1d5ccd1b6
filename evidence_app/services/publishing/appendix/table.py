"""What an appendix is made of."""

from dataclasses import dataclass

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Appendix:
    """A table with its title; in a document each row is a small table of its own where it is `long`."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    long: bool = False
    widths: tuple[int, ...] = ()
