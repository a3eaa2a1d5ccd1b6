"""Trains and measures the model that labels printed references.

`python -m tests.benchmarks.reference_lists --train OUT` learns from the tagged strings beside the checkout
(anystyle's core and good sets, BSD licence), from the same works set in other styles, and from made-up works
that pandoc sets; without it, the model that comes with the program is measured on strings held out from
training. `--across` trains on each of the two sets and measures on the other, which takes ten minutes."""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evidence_app.domain.names import ET_AL
from evidence_app.services.formats import reference_lists
from evidence_app.services.formats.reference_features import features_of
from evidence_app.services.formats.reference_labels import LabelModel, model, read_model, staged, write_model
from evidence_app.services.formats.reference_tokens import tokens_of
from tests.benchmarks.formats import shared_samples
from tests.benchmarks.reference_styles import Segments, Setter, works
from tests.benchmarks.rendered_references import Labelled, rendered

HELD_OUT = 6
"""One string in so many is never trained on."""
RENDERED = 3_000
LABELS = {
    "author": "author", "date": "date", "title": "title", "pages": "pages", "publisher": "publisher",
    "location": "location", "volume": "volume", "journal": "journal", "container-title": "container",
    "editor": "editor", "citation-number": "number", "note": "note", "genre": "genre", "url": "url",
    "edition": "edition", "translator": "editor", "collection-title": "series", "doi": "doi",
    "source": "note", "isbn": "isbn", "director": "author", "medium": "note", "producer": "publisher",
}  # fmt: skip
FIELDS = {
    "authors": ("author",),
    "title": ("title",),
    "year": ("date",),
    "container": ("journal", "container"),
}
MAIN = ("authors", "title", "year")


def gold(root: Path, name: str) -> list[Segments]:
    """Return the tagged strings of one of the two sets."""
    path = root / "_gold" / "reflist" / f"inukshuk-anystyle__{name}.txt.gold.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        [(LABELS[label], text) for label, text in json.loads(line)["segs"] if text.strip()] for line in lines
    ]


def whole(segments: Segments) -> str:
    """Return a tagged string as it is printed."""
    return " ".join(text for _, text in segments)


def letters(segments: Segments) -> str:
    """Return the letters and digits of a string: what makes two strings one."""
    return re.sub(r"</?\w+>|\W+", "", whole(segments)).lower()


def split(strings: Sequence[Segments]) -> tuple[list[Segments], list[Segments]]:
    """Return the strings to train on and those held out; no string stands in both."""
    held = [segments for at, segments in enumerate(strings) if at % HELD_OUT == 0]
    known = {letters(segments) for segments in held}
    return [segments for segments in strings if letters(segments) not in known], held


def mended(segments: Segments) -> Segments:
    """Return a string whose year was tagged as part of the volume (`2007;92(9):`) with a year of its own."""
    out: Segments = []
    for label, text in segments:
        found = re.match(r"^((?:\d{1,2}\s+)?(?:19|20)\d\d;)\s*(\S.*)$", text) if label == "volume" else None
        out += [("date", found[1]), ("volume", found[2])] if found else [(label, text)]
    return out


def labelled(segments: Segments) -> Labelled:
    """Return tokens and labels of a string."""
    tokens = tokens_of(whole(segments))
    ends, at = [], 0
    for label, text in segments:
        at += len(text) + 1
        ends.append((at, label))
    return tokens, [
        next((label for end, label in ends if token.start < end), ends[-1][1]) for token in tokens
    ]


def glued(segments: Segments, chance: random.Random) -> Segments:
    """Return the string as some print it: `12(3):45-50` without blanks."""
    out: Segments = []
    for label, text in segments:
        if label == "volume" and chance.random() < 0.5:
            text = re.sub(r"\s+(?=\()|(?<=\))\s+(?=:)", "", text)  # noqa: PLW2901
        out.append((label, text))
    return out


def labelled_made(segments: Segments) -> Labelled:
    """Return tokens and labels of a set work; `2019;12(3):4-9` has three labels in one run of letters."""
    tokens, plain = labelled(segments)
    labels: list[str] = []
    seen: dict[str, int] = Counter()
    for token, told in zip(tokens, plain, strict=True):
        label = told
        if label == "glued":
            state = seen["state"]
            label = ("date", "volume", "pages")[state]
            if token.text.endswith(";") and state == 0:
                seen["state"] = 1
            elif token.text.endswith(":"):
                seen["state"] = 2
        elif label == "tailpages":
            label = "pages" if seen["tail"] else "date"
            seen["tail"] += token.text.endswith(":")
        labels.append(label)
    return tokens, labels


def lessons(root: Path, kept: Sequence[Segments], held: Sequence[Segments]) -> Iterator[Labelled]:
    """Yield all that is trained on; made-up works take no title of a string held out."""
    chance = random.Random(7)
    for segments in kept:
        yield labelled(glued(mended(segments), chance))
    for work in works(list(kept)):
        yield labelled_made(Setter(work, chance).made())
    avoided = {letters([part]) for segments in held for part in segments if part[0] == "title"}
    yield from rendered(root.parent / "crossref", kept, avoided, RENDERED, chance)


def train(root: Path, kept: Sequence[Segments], held: Sequence[Segments], out: Path) -> None:
    """Learn, and write the model."""
    import pycrfsuite

    started = time.time()
    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    count = 0
    for tokens, labels in lessons(root, kept, held):
        trainer.append(features_of(tokens), staged(labels))
        count += 1
    trainer.set_params(
        {
            "c1": 0.1,
            "c2": 0.1,
            "max_iterations": 150,
            "feature.possible_transitions": True,
            "feature.minfreq": 2,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        trained = str(Path(folder) / "model.crfsuite")
        trainer.train(trained)
        tagger = pycrfsuite.Tagger()
        tagger.open(trained)
        learnt = tagger.info()
        write_model(out, learnt.state_features, learnt.transitions)
    size = out.stat().st_size / 1e6
    print(f"trained on {count} strings in {time.time() - started:.0f} s: {size:.2f} MB")


def measure(labels: LabelModel, held: Sequence[Segments], name: str) -> None:
    """Print how many strings come out right, part by part and as references, and how fast."""
    right, total = Counter[str](), Counter[str]()
    started = time.process_time()
    read = [(segments, *_read(labels, whole(segments))) for segments in held]
    spent = time.process_time() - started
    for segments, parts, item in read:
        wanted = {field: _tagged(segments, field) for field in FIELDS}
        parts_right = {
            field: agree(
                field, " ".join(text for label, text in parts if label in FIELDS[field]), wanted[field]
            )
            for field in FIELDS
        }
        fields_right = {field: agree(field, _of_item(item, field), wanted[field]) for field in FIELDS}
        for field in FIELDS:
            total[field] += bool(wanted[field])
            right[field] += bool(wanted[field]) and fields_right[field]
        right["parts"] += all(parts_right[field] for field in MAIN)
        right["all three"] += all(fields_right[field] for field in MAIN if wanted[field])
    told = "  ".join(f"{field} {right[field] / max(total[field], 1):.3f}" for field in FIELDS)
    print(f"{name} ({len(held)} strings)\n  {told}")
    print(
        f"  authors, title and year all right: {right['all three'] / len(held):.3f} read as references, "
        f"{right['parts'] / len(held):.3f} as labelled parts; {len(held) / spent:,.0f} a second of CPU"
    )


def _read(labels: LabelModel, text: str) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    tokens = tokens_of(text)
    found = labels.label(tokens)
    parts = list(zip(found, [token.text for token in tokens], strict=True))
    return parts, reference_lists.read_labelled(text, tokens, found).item


def _tagged(segments: Segments, field: str) -> str:
    return re.sub(r"</?\w+>", "", " ".join(text for label, text in segments if label in FIELDS[field]))


def _of_item(item: dict[str, Any], field: str) -> str:
    if field == "authors":
        names = item.get("author") or item.get("editor") or []
        return " ".join(str(part) for name in names for part in name.values() if part != ET_AL)
    if field == "year":
        return json.dumps(item.get("issued", {}).get("date-parts") or item.get("issued", {}).get("literal"))
    return str(item.get("title" if field == "title" else "container-title", ""))


def agree(field: str, ours: str, wanted: str) -> bool:
    """Whether a field is right: names by nine words in ten both ways, texts by likeness, years exactly."""
    from rapidfuzz.fuzz import ratio

    if field == "year":
        return re.findall(r"\d{4}", ours)[:1] == re.findall(r"\d{4}", wanted)[:1]
    if field == "authors":
        first, second = (
            set(re.findall(r"[^\W\d_]{2,}", text.lower())) - {"and", "et", "al", "und", "dir"}
            for text in (ours, wanted)
        )
        both = len(first & second)
        return both >= 0.9 * len(second) and both >= 0.9 * len(first)
    first_text, second_text = (re.sub(r"\W+", " ", text.lower()).strip() for text in (ours, wanted))
    return ratio(first_text, second_text) >= (90 if field == "title" else 85)


def across(root: Path, core: Sequence[Segments], good: Sequence[Segments]) -> None:
    """Train on each set, without what the other holds too, and measure on the other."""
    for name, taught, asked in (("core, trained on good", good, core), ("good, trained on core", core, good)):
        known = {letters(segments) for segments in asked}
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "model.json.gz"
            train(root, [segments for segments in taught if letters(segments) not in known], asked, out)
            measure(read_model(out), asked, name)


def main() -> None:
    """Train or measure."""
    arguments = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.reference_lists", description=__doc__
    )
    arguments.add_argument("--train", type=Path, help="write the model here")
    arguments.add_argument("--across", action="store_true", help="train on one set, measure on the other")
    chosen = arguments.parse_args()

    root = shared_samples()
    if root is None:
        print("The tagged strings are not beside this checkout; nothing was done.")
        sys.exit(0)
    core, good = gold(root, "core"), gold(root, "good")
    kept, held = split(core + good)
    if chosen.across:
        across(root, core, good)
        return
    if chosen.train:
        train(root, kept, held, chosen.train)
    measure(read_model(chosen.train) if chosen.train else model(), held, "one string in six of core and good")


if __name__ == "__main__":
    main()
