"""Labels the tokens of a printed reference: a linear-chain model, read once, run in plain Python.

The model was trained by `tests/benchmarks/reference_lists.py`; it holds weights of features and of label
pairs, and the best path through them is the labelling (Viterbi). Each part of a reference begins (B), goes on
(I) and ends (E), so that the model knows how parts begin and end; a part of one token begins only."""

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import add
from pathlib import Path
from typing import Final

from evidence_app.services.formats.reference_features import Look, rows_of, seen_from
from evidence_app.services.formats.reference_tokens import Token
from evidence_app.services.resources import resource_path

MODEL: Final = "reference_labels.json.gz"
STAGES: Final = ("B", "I", "E")
_NEVER: Final = -1e9
_STEPS: Final = (-2, -1, 0, 1, 2)
_BEAM: Final = 4.0
"""Paths that are so much worse than the best one at a token are given up."""
_MOST_LOOKS: Final = 50_000

Scores = list[float]


@dataclass(frozen=True, slots=True)
class LabelModel:
    """The weights of labels by feature, and of one label behind another."""

    labels: tuple[str, ...]
    features: Mapping[str, tuple[tuple[int, float], ...]]
    """Places and weights; a place is the number of the stage times that of the labels, plus the label."""
    inner: tuple[Scores, Scores, Scores, Scores]
    """For each label the weights of B-I, I-I, B-E and I-E: how a part goes on and ends."""
    begins: tuple[tuple[Scores, ...], tuple[Scores, ...]]
    """For each label, behind its B and behind its E, the weight of each label that may begin there."""
    _seen: dict[tuple[object, ...], Scores] = field(default_factory=dict, repr=False, compare=False)

    def label(self, tokens: Sequence[Token]) -> list[str]:
        """Return the label of each token."""
        if not tokens:
            return []
        return [self.labels[at] for at in self._best_path(self._rows(tokens))]

    def knows(self, word: str) -> bool:
        """Whether the word occurred where the model was trained."""
        return f"w={word}" in self.features

    def _rows(self, tokens: Sequence[Token]) -> list[Scores]:
        rows = rows_of(tokens)
        shared: dict[int, Scores] = {}
        nothing = [0.0] * (len(STAGES) * len(self.labels))
        ends = [nothing, nothing]
        far, near, here, next_one, next_but_one = (
            [
                *ends[: max(0, -step)],
                *(self._of_look(step, look) for look in rows.looks),
                *ends[: max(0, step)],
            ]
            for step in _STEPS
        )
        made = []
        for at, around in enumerate(rows.around):
            if id(around) not in shared:
                shared[id(around)] = list(map(sum, zip(*map(self._of_told, around), strict=True)))
            place, state = map(self._of_told, rows.recurring[at])
            scores = zip(
                shared[id(around)], place, state, here[at], far[at], near[at], next_one[at + 1],
                next_but_one[at + 2], strict=True,
            )  # fmt: skip
            whole = [a + b + c + d + e + f + g + h for a, b, c, d, e, f, g, h in scores]
            made.append(self._added(whole, rows.own[at]))
        return made

    def _of_look(self, step: int, look: Look) -> Scores:
        """Return what a token, here or so many places away, speaks for: kept, as words and kinds recur."""
        key = (step, look.features) if not step else (step, look.kind, look.end, look.group, look.first)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) > _MOST_LOOKS:
                self._seen.clear()
            names = look.features if not step else seen_from(step, look)
            found = self._added([0.0] * (len(STAGES) * len(self.labels)), names)
            self._seen[key] = found
        return found

    def _of_told(self, told: tuple[str, ...]) -> Scores:
        """Return what words that recur speak for: kept, as there are few of them."""
        found = self._seen.get(told)
        if found is None:
            found = self._seen[told] = self._added([0.0] * (len(STAGES) * len(self.labels)), told)
        return found

    def _added(self, start: Iterable[float], names: Sequence[str]) -> Scores:
        scores = list(start)
        known = self.features
        for name in names:
            for at, weight in known.get(name, ()):
                scores[at] += weight
        return scores

    def _best_path(self, rows: Sequence[Scores]) -> list[int]:
        """Return the best labelling: a part begins behind one that ended, goes on, and ends.

        Only the scores are kept on the way; the path is found by asking again where each came from."""
        count = len(self.labels)
        on, on_on, last, on_last = self.inner
        begun, inside, ended = rows[0][:count], [_NEVER] * count, [_NEVER] * count
        passed = [(begun, inside, ended)]
        for row in rows[1:]:
            begins = list(map(add, self._beginnings(begun, ended), row))
            goes = list(map(add, map(max, map(add, begun, on), map(add, inside, on_on)), row[count:]))
            best_last = map(max, map(add, begun, last), map(add, inside, on_last))
            ends = list(map(add, best_last, row[2 * count :]))
            begun, inside, ended = begins, goes, ends
            passed.append((begun, inside, ended))
        return self._led_back(passed)

    def _beginnings(self, begun: Scores, ended: Scores) -> Scores:
        """Return for each label what it may begin on: the best of the parts that ended."""
        floor = max(*begun, *ended) - _BEAM
        best: Scores = [_NEVER] * len(begun)
        for scores, behind in ((begun, self.begins[0]), (ended, self.begins[1])):
            for score, weights in zip(scores, behind, strict=True):
                if score >= floor:
                    best = list(map(max, best, [score + weight for weight in weights]))
        return best

    def _led_back(self, passed: Sequence[tuple[Scores, Scores, Scores]]) -> list[int]:
        begun, _, ended = passed[-1]
        at = max(range(len(begun)), key=lambda place: max(begun[place], ended[place]))
        stage = 0 if begun[at] >= ended[at] else 2
        path = [at]
        on, on_on, last, on_last = self.inner
        for begun, inside, ended in reversed(passed[:-1]):
            if stage == 0:
                at, stage = self._ended_before(at, begun, ended)
            else:
                first, more = (on, on_on) if stage == 1 else (last, on_last)
                stage = 0 if begun[at] + first[at] >= inside[at] + more[at] else 1
            path.append(at)
        return path[::-1]

    def _ended_before(self, at: int, begun: Scores, ended: Scores) -> tuple[int, int]:
        """Return the label, and its stage, behind which one best begins."""
        found = [
            (score + behind[place][at], place, stage)
            for scores, behind, stage in ((begun, self.begins[0], 0), (ended, self.begins[1], 2))
            for place, score in enumerate(scores)
        ]
        _, place, stage = max(found)
        return place, stage


def staged(labels: Sequence[str]) -> list[str]:
    """Return labels with their stages, as the model is trained on them: `B author`, `I author`."""
    made = []
    for at, label in enumerate(labels):
        first = at == 0 or labels[at - 1] != label
        last = at == len(labels) - 1 or labels[at + 1] != label
        made.append(f"{'B' if first else 'E' if last else 'I'} {label}")
    return made


@cache
def model() -> LabelModel:
    """Return the model that comes with the program."""
    return read_model(resource_path(MODEL))


def read_model(path: Path) -> LabelModel:
    """Return the model in a file written by `write_model`."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        stored = json.load(file)
    features = {
        name: tuple(zip(map(int, told[::2]), told[1::2], strict=True))
        for name, told in stored["features"].items()
    }
    return LabelModel(tuple(stored["labels"]), features, tuple(stored["inner"]), tuple(stored["begins"]))


def write_model(
    path: Path, states: Mapping[tuple[str, str], float], transitions: Mapping[tuple[str, str], float]
) -> None:
    """Write weights as a model file; what hardly weighs is left out."""
    labels = sorted({label.partition(" ")[2] for _, label in states})
    place = {
        f"{stage} {label}": number * len(labels) + at
        for number, stage in enumerate(STAGES)
        for at, label in enumerate(labels)
    }
    features: dict[str, list[float]] = {}
    for (feature, label), weight in sorted(states.items()):
        if abs(weight) >= 0.02:
            features.setdefault(feature, []).extend((place[label], round(weight, 2)))

    def between(one: str, other: str) -> float:
        return round(transitions.get((one, other), 0.0), 2)

    pairs = (("B", "I"), ("I", "I"), ("B", "E"), ("I", "E"))
    inner = [[between(f"{one} {label}", f"{other} {label}") for label in labels] for one, other in pairs]
    begins = [
        [[between(f"{stage} {label}", f"B {other}") for other in labels] for label in labels]
        for stage in ("B", "E")
    ]
    stored = {"labels": labels, "features": features, "inner": inner, "begins": begins}
    with path.open("wb") as opened, gzip.GzipFile(filename="", mode="wb", fileobj=opened, mtime=0) as file:
        file.write(json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode())
