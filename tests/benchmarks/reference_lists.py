"""Trains and measures the model that labels printed references.

`python -m tests.benchmarks.reference_lists --train OUT` learns from the tagged strings beside the checkout
(anystyle's core and good sets, BSD licence) and from the same works set in other styles; without `--train` it
measures the model that comes with the program, on strings held out from training."""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from evidence_app.services.formats.reference_labels import model, write_model
from evidence_app.services.formats.reference_tokens import features_of, tokens_of
from tests.benchmarks.formats import shared_samples
from tests.benchmarks.reference_styles import Segments, Setter, works

HELD_OUT = 6
"""One string in so many is never trained on."""
LABELS = {
    "author": "author", "date": "date", "title": "title", "pages": "pages", "publisher": "publisher",
    "location": "location", "volume": "volume", "journal": "journal", "container-title": "container",
    "editor": "editor", "citation-number": "number", "note": "note", "genre": "genre", "url": "url",
    "edition": "edition", "translator": "editor", "collection-title": "series", "doi": "doi",
    "source": "note", "isbn": "isbn", "director": "author", "medium": "note", "producer": "publisher",
}  # fmt: skip


def gold(root: Path) -> list[Segments]:
    """Return the tagged strings of the two sets."""
    found: list[Segments] = []
    for name in ("core", "good"):
        path = root / "_gold" / "reflist" / f"inukshuk-anystyle__{name}.txt.gold.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            segments = json.loads(line)["segs"]
            found.append([(LABELS[label], text) for label, text in segments if text.strip()])
    return found


def split(strings: list[Segments]) -> tuple[list[Segments], list[Segments]]:
    """Return the strings to train on and those held out."""
    held = [segments for at, segments in enumerate(strings) if at % HELD_OUT == 0]
    texts = {" ".join(text for _, text in segments) for segments in held}
    kept = [
        s for at, s in enumerate(strings) if at % HELD_OUT and " ".join(text for _, text in s) not in texts
    ]
    return kept, held


def labelled(segments: Segments) -> tuple[list[list[str]], list[str]]:
    """Return features and labels of a string."""
    whole = " ".join(text for _, text in segments)
    tokens = tokens_of(whole)
    ends, at = [], 0
    for label, text in segments:
        at += len(text) + 1
        ends.append((at, label))
    labels = [next((label for end, label in ends if token.start < end), ends[-1][1]) for token in tokens]
    return features_of(tokens), labels


def glued(segments: Segments, chance: random.Random) -> Segments:
    """Return the string as some print it: `12(3):45-50` without blanks."""
    out: Segments = []
    for label, text in segments:
        if label == "volume" and chance.random() < 0.5:
            text = re.sub(r"\s+(?=\()|(?<=\))\s+(?=:)", "", text)  # noqa: PLW2901
        out.append((label, text))
    return out


def labelled_made(segments: Segments) -> tuple[list[list[str]], list[str]]:
    """Return features and labels of a set work; `2019;12(3):4-9` has three labels in one run of letters."""
    whole = " ".join(text for _, text in segments)
    tokens = tokens_of(whole)
    labels: list[str] = []
    ends, at = [], 0
    for label, text in segments:
        at += len(text) + 1
        ends.append((at, label))
    seen: dict[str, int] = Counter()
    for token in tokens:
        label = next((label for end, label in ends if token.start < end), ends[-1][1])
        if label == "glued":
            state = seen["state"]
            here = ("date", "volume", "pages")[state]
            if token.text.endswith(";") and state == 0:
                seen["state"] = 1
            elif token.text.endswith(":"):
                seen["state"] = 2
            label = here
        elif label == "tailpages":
            label = "pages" if seen["tail"] else "date"
            seen["tail"] += token.text.endswith(":")
        labels.append(label)
    return features_of(tokens), labels


def train(root: Path, out: Path, everything: bool) -> None:
    """Learn from the tagged strings, plain and set anew, and write the model."""
    import pycrfsuite

    chance = random.Random(7)
    strings = gold(root)
    kept, held = split(strings)
    if everything:
        kept += held
    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    for segments in kept:
        trainer.append(*labelled(glued(segments, chance)))
    count = 0
    for work in works(kept):
        trainer.append(*labelled_made(Setter(work, chance).made()))
        count += 1
    trainer.set_params(
        {
            "c1": 0.03,
            "c2": 0.04,
            "max_iterations": 180,
            "feature.possible_transitions": True,
            "feature.minfreq": 2,
        }
    )
    started = time.time()
    with tempfile.TemporaryDirectory() as folder:
        trained = str(Path(folder) / "model.crfsuite")
        trainer.train(trained)
        tagger = pycrfsuite.Tagger()
        tagger.open(trained)
        learnt = tagger.info()
        write_model(out, learnt.state_features, learnt.transitions)
    print(
        f"trained on {len(kept)} strings and {count} set anew in {time.time() - started:.0f} "
        f"s: {out.stat().st_size / 1e6:.1f} MB"
    )


def measure(root: Path) -> None:
    """Print how many of the held-out strings come out right, and how fast."""
    from rapidfuzz.fuzz import ratio

    labels = model()
    _, held = split(gold(root))
    right, total = Counter[str](), Counter[str]()
    started = time.process_time()
    for segments in held:
        tokens = tokens_of(" ".join(text for _, text in segments))
        found = list(zip(tokens, labels.label(tokens), strict=True))
        agrees: dict[str, bool] = {}
        for field, names in FIELDS.items():
            wanted = re.sub(r"</?\w+>", "", " ".join(text for label, text in segments if label in names))
            ours = " ".join(token.text for token, label in found if label in names)
            agrees[field] = field_agrees(field, ours, wanted, ratio)
            total[field] += bool(wanted)
            right[field] += bool(wanted) and agrees[field]
        right["all three"] += all(agrees[field] for field in ("authors", "title", "year"))
    spent = time.process_time() - started
    for field in FIELDS:
        print(f"{field:10} {right[field] / total[field]:.3f} of {total[field]}")
    print(f"authors, title and year all right: {right['all three'] / len(held):.3f} of {len(held)}")
    print(f"{len(held) / spent:,.0f} strings a second of CPU")


FIELDS = {
    "authors": ("author",),
    "title": ("title",),
    "year": ("date",),
    "container": ("journal", "container"),
}


def field_agrees(field: str, ours: str, wanted: str, ratio: Callable[[str, str], float]) -> bool:
    """Whether a field is right: names by nine words in ten both ways, texts by likeness, years exactly."""
    if field == "year":
        return re.findall(r"\d{4}", ours)[:1] == re.findall(r"\d{4}", wanted)[:1]
    if field == "authors":
        first, second = (set(re.findall(r"[^\W\d_]{2,}", text.lower())) for text in (ours, wanted))
        both = len(first & second)
        return both >= 0.9 * len(second) and both >= 0.9 * len(first)
    first_text, second_text = (re.sub(r"\W+", " ", text.lower()).strip() for text in (ours, wanted))
    return ratio(first_text, second_text) >= (90 if field == "title" else 85)


def main() -> None:
    """Train or measure."""
    arguments = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.reference_lists", description=__doc__
    )
    arguments.add_argument("--train", type=Path, help="write the model here")
    arguments.add_argument("--everything", action="store_true", help="train on the held-out strings too")
    chosen = arguments.parse_args()

    root = shared_samples()
    if root is None:
        print("The tagged strings are not beside this checkout; nothing was done.")
        sys.exit(0)
    if chosen.train:
        train(root, chosen.train, chosen.everything)
    else:
        measure(root)


if __name__ == "__main__":
    main()
