"""Labels the tokens of a printed reference: a linear-chain model, read once, run in plain Python.

The model was trained by `tests/benchmarks/reference_lists.py`; it holds weights of features and of label
pairs, and the best path through them is the labelling (Viterbi)."""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from evidence_app.services.formats.reference_tokens import Token, features_of
from evidence_app.services.resources import resource_path

MODEL: Final = "reference_labels.json.gz"
_NEVER: Final = -1e9


@dataclass(frozen=True, slots=True)
class LabelModel:
    """The weights: per feature the labels it speaks for, per label the labels that may come before it."""

    labels: tuple[str, ...]
    features: Mapping[str, Sequence[float]]
    """Label number and weight in turn."""
    before: tuple[tuple[tuple[int, float], ...], ...]

    def label(self, tokens: Sequence[Token]) -> list[str]:
        """Return the label of each token."""
        if not tokens:
            return []
        rows = [self._scores(row) for row in features_of(tokens)]
        return [self.labels[at] for at in self._best_path(rows)]

    def _scores(self, row: Sequence[str]) -> list[float]:
        scores = [0.0] * len(self.labels)
        known = self.features
        for feature in row:
            weights = known.get(feature)
            if weights:
                for at in range(0, len(weights), 2):
                    scores[int(weights[at])] += weights[at + 1]
        return scores

    def _best_path(self, rows: Sequence[Sequence[float]]) -> list[int]:
        best = list(rows[0])
        back: list[list[int]] = []
        for row in rows[1:]:
            came: list[int] = []
            scores: list[float] = []
            for at, own in enumerate(row):
                top, source = _NEVER, 0
                for earlier, weight in self.before[at]:
                    score = best[earlier] + weight
                    if score > top:
                        top, source = score, earlier
                scores.append(top + own)
                came.append(source)
            back.append(came)
            best = scores
        path = [max(range(len(best)), key=best.__getitem__)]
        for came in reversed(back):
            path.append(came[path[-1]])
        return path[::-1]


@cache
def model() -> LabelModel:
    """Return the model that comes with the program."""
    return read_model(resource_path(MODEL))


def read_model(path: Path) -> LabelModel:
    """Return the model in a file written by `write_model`."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        stored = json.load(file)
    before = tuple(tuple((int(at), float(weight)) for at, weight in row) for row in stored["before"])
    return LabelModel(tuple(stored["labels"]), stored["features"], before)


def write_model(
    path: Path, states: Mapping[tuple[str, str], float], transitions: Mapping[tuple[str, str], float]
) -> None:
    """Write weights as a model file; what hardly weighs is left out."""
    labels = sorted({label for _, label in states} | {label for pair in transitions for label in pair})
    number = {label: at for at, label in enumerate(labels)}
    features: dict[str, list[float]] = {}
    for (feature, label), weight in sorted(states.items()):
        if abs(weight) >= 0.01:
            features.setdefault(feature, []).extend((number[label], round(weight, 3)))
    before = [
        [
            (number[first], round(weight, 3))
            for (first, second), weight in sorted(transitions.items())
            if second == label
        ]
        for label in labels
    ]
    stored = {"labels": labels, "features": features, "before": before}
    with path.open("wb") as opened, gzip.GzipFile(filename="", mode="wb", fileobj=opened, mtime=0) as file:
        file.write(json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode())
