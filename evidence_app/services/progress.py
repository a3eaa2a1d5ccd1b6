"""How long work tells how far it is, and how it is stopped."""

from collections.abc import Callable

Report = Callable[[int, int], None]
"""Called with what is done and with all there is; it raises `Cancelled` where somebody stopped the work."""


def silent(_done: int, _total: int) -> None:
    """Report to nobody."""
