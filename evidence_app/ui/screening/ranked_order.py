"""The order a ranking gives the records that are still to be judged."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject


class RankedOrder(QObject):
    """Knows the place of each record, and what is kept with a decision that was taken in this order."""

    key = ""
    """The queue that is gone through."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.order: Mapping[int, int] = {}
        """The place of each record in the ranking, where the queue is ranked."""
        self.ranking: int | None = None
        self.scores: Mapping[int, float] = {}
        self._shown_by = ""

    @property
    def is_ranked_queue(self) -> bool:
        """Whether the queue holds what is still to be judged, which a ranking puts in order."""
        return self.key in ("unscreened", "second")

    def ranked(self, ids: Sequence[int]) -> list[int]:
        """Return the records in the order of the ranking; those it does not know come last, as they were."""
        if not self.order or not self.is_ranked_queue:
            return list(ids)
        last = len(self.order)
        return sorted(ids, key=lambda record: self.order.get(record, last))

    def shown_by(self) -> str:
        """Return how the queue was ordered: by a ranking, or as the records came."""
        return self._shown_by if self.order and self.is_ranked_queue else ""

    def score_of(self, record: int) -> float | None:
        """Return how likely the ranking took a record to be relevant, while one runs."""
        return self.scores.get(record) if self.ranking is not None else None
