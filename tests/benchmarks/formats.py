"""How reading fares on real exports: records, words kept, fields against gold, speed beside rispy.

Run with `python -m tests.benchmarks.formats [FORMAT…]`; needs the shared samples beside the checkout."""

import csv
import html
import json
import re
import sys
import tempfile
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.names import names_of
from evidence_app.domain.reference import folded, plain
from evidence_app.services.formats.decoding import source
from evidence_app.services.formats.records import ReadFile, ReadRecord
from evidence_app.services.formats.registry import read_file
from evidence_app.services.formats.values import doi_in

NAMES = {"csl_json": "csljson", "endnote_xml": "endnote-xml", "pubmed_xml": "pubmed-xml", "wos_tagged": "wos"}
FIELDS = ("title", "authors", "year", "container", "abstract", "DOI")
HOLDERS = {
    "ris": {
        "title": ("TI", "T1"), "authors": ("AU", "A1"), "year": ("PY", "Y1"), "abstract": ("AB", "N2"),
        "container": ("JF", "T2", "JO", "JA"), "DOI": ("DO",),
    },
    "nbib": {
        "title": ("TI",), "authors": ("FAU", "AU"), "year": ("DP",), "abstract": ("AB",),
        "container": ("JT", "TA"), "DOI": (),
    },
    "wos": {
        "title": ("TI",), "authors": ("AF", "AU"), "year": ("PY",), "abstract": ("AB",), "container": ("SO",),
        "DOI": ("DI",),
    },
    "enw": {
        "title": ("T",), "authors": ("A",), "year": ("D",), "abstract": ("X",), "container": ("J", "B"),
        "DOI": ("R",),
    },
    "bibtex": {
        "title": ("title",), "authors": ("author",), "year": ("year", "date"), "abstract": ("abstract",),
        "container": ("journal", "journaltitle", "booktitle"), "DOI": ("doi",),
    },
}  # fmt: skip
"""Which tags hold a field, however the mapping sees it: the first that has a value speaks."""


def shared_samples() -> Path | None:
    """Return the folder of sample exports, where there is one beside the checkout."""
    for above in Path(__file__).resolve().parents:
        if (found := above.parent / "shared" / "data" / "formats").is_dir():
            return found
    return None


def words(text: str) -> set[str]:
    """Return the distinct words of four letters and more."""
    return set(re.findall(r"[^\W\d_]{4,}", html.unescape(text).lower()))


def kept_words(file: ReadFile, records: Iterable[ReadRecord]) -> set[str]:
    """Return the words that survive anywhere in what was read."""
    kept: set[str] = set()
    for record in records:
        kept |= words(record.raw.text)
        for tag, value in record.raw.tags:
            kept |= words(f"{tag} {value}")
    for block in file.unplaced:
        kept |= words(block.text)
    return kept


def seen(item: dict[str, Any]) -> dict[str, str]:
    """Return the six fields of an item in a form that can be compared."""
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") or [[""]]
    year = (
        str(parts[0][0]) if parts[0][0] else (re.findall(r"\d{4}", str(issued.get("literal", ""))) or [""])[0]
    )
    families = " ".join(name.family_or_literal for name in names_of(item.get("author")))
    return {
        "title": str(item.get("title", "")), "authors": families, "year": year,
        "container": str(item.get("container-title", "")), "abstract": str(item.get("abstract", "")),
        "DOI": str(item.get("DOI", "")).lower(),
    }  # fmt: skip


def same(field: str, ours: str, theirs: str) -> bool:
    """Whether two values of a field agree, spelling of markup and punctuation aside."""
    first, second = (re.sub(r"[\W_]+", "", folded(plain(html.unescape(text)))) for text in (ours, theirs))
    if field == "authors":
        wanted = set(words(folded(theirs)))
        return len(wanted & set(words(folded(ours)))) >= 0.9 * len(wanted)
    return first == second or (bool(second) and (first.startswith(second) or second in first))


def held(record: ReadRecord, name: str) -> dict[str, str]:
    """Return what the raw tags say of each field, by tables that know no vendor."""
    values: dict[str, list[str]] = defaultdict(list)
    for tag, value in record.raw.tags:
        if value.strip():
            values[tag].append(value)
    said: dict[str, str] = {}
    for field, tags in HOLDERS[name].items():
        found = next((values[tag] for tag in tags if values[tag]), [])
        said[field] = " ".join(found) if field == "authors" else found[0] if found else ""
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", said["year"])
    said["year"] = years[0] if years else ""
    said["DOI"] = doi_in(said["DOI"]) or ""
    if name == "bibtex":
        said = {
            field: "" if re.search(r"[\\$]", value) else re.sub(r"[{}]", "", value)
            for field, value in said.items()
        }
    if name == "nbib":
        said["DOI"] = next((value[:-6].lower() for value in values["AID"] if value.endswith(" [doi]")), "")
    said["authors"] = " ".join(re.findall(r"([^\s,;]{4,}),", said["authors"]))
    said["abstract"] = re.sub(r"</?(?:p|i|b|em|sup|sub|h\d)>", " ", said["abstract"])
    return said


def gold_of(path: Path) -> list[dict[str, str]]:
    """Return the expected fields beside a sample file, in its order."""
    if path.suffix == ".json":
        items = json.loads(path.read_text(encoding="utf-8")).get("items", [])
        return [_zotero(item) for item in items]
    return [seen(record.item) for record in read_file(path, format="bibtex").records]


def _zotero(item: dict[str, Any]) -> dict[str, str]:
    families = " ".join(
        person.get("lastName") or person.get("name") or ""
        for person in item.get("creators", ())
        if person.get("creatorType") == "author"
    )
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", str(item.get("date", "")))
    container = item.get("publicationTitle") or item.get("bookTitle") or item.get("proceedingsTitle") or ""
    return {
        "title": item.get("title", ""), "authors": families, "year": years[0] if years else "",
        "container": container, "abstract": item.get("abstractNote", ""),
        "DOI": str(item.get("DOI", "")).lower(),
    }  # fmt: skip


class Score:
    """Counts per vendor: files right, records, words, fields that agree."""

    def __init__(self) -> None:
        self.files: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.held: Counter[tuple[str, str]] = Counter()
        self.agree: Counter[tuple[str, str]] = Counter()
        self.problems: list[str] = []

    def compare(self, group: str, where: str, ours: dict[str, str], theirs: dict[str, str]) -> None:
        """Count each field the other side holds, and whether ours agrees."""
        for field in FIELDS:
            if theirs[field].strip():
                self.held[group, field] += 1
                agrees = same(field, ours[field], theirs[field])
                self.agree[group, field] += agrees
                if not agrees:
                    self.problems.append(f"{where}: {field}: {ours[field][:70]!r} for {theirs[field][:70]!r}")


def measure(root: Path, only: set[str]) -> Score:
    """Read every sample file and count."""
    score = Score()
    with (root / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["format"] != "reflist"]
    for row in rows:
        if not only or row["format"] in only:
            _measure_file(root, row, score)
    return score


def _measure_file(root: Path, row: dict[str, str], score: Score) -> None:
    name, expected = row["format"], int(row["records_expected"])
    path = root / row["file"]
    score.files[name] += 1
    try:
        file = read_file(path)
        records = list(file.records)
    except EvidenceError as error:
        score.right[name] += expected == 0
        if expected:
            score.problems.append(f"{path.name}: refused: {error}")
        return
    right = file.format == NAMES.get(name, name) and expected <= len(records) + len(file.unplaced)
    score.right[name] += right
    if not right or len(records) != expected:
        score.problems.append(
            f"{path.name}: {len(records)} records and {len(file.unplaced)} unplaced for {expected}"
        )
    if file.format != "xlsx":
        with source(path).text() as text:
            there = words(text.read())
        score.words[name] += len(there)
        score.kept[name] += len(there & kept_words(file, records))
    known = NAMES.get(name, name)
    if known in HOLDERS:
        for record in records:
            score.compare(
                f"{name} {file.dialect}",
                f"{path.name}:{record.raw.line}",
                seen(record.item),
                held(record, known),
            )
    _compare_gold(root, path, row, records, score)


def _compare_gold(
    root: Path, path: Path, row: dict[str, str], records: list[ReadRecord], score: Score
) -> None:
    for suffix in (".gold.bib", ".gold.json"):
        beside = root / "_gold" / row["format"] / f"{path.name}{suffix}"
        if beside.exists():
            gold = gold_of(beside)
            pairs = _paired([seen(record.item) for record in records], gold)
            for ours, theirs in pairs:
                score.compare(f"gold {row['format']}", f"gold {path.name}", ours, theirs)


def _paired(
    ours: list[dict[str, str]], gold: list[dict[str, str]]
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Pair records with gold by title, else by place."""
    titled = {re.sub(r"\W+", "", folded(plain(item["title"]))): item for item in ours if item["title"]}
    for at, theirs in enumerate(gold):
        key = re.sub(r"\W+", "", folded(plain(theirs["title"])))
        found = titled.get(key) or (ours[at] if at < len(ours) else None)
        if found:
            yield found, theirs


def show(score: Score, every_problem: bool) -> None:
    """Print the tables."""
    print(f"{'format':14} {'files':>6} {'right':>6} {'words kept':>11}")
    for name in sorted(score.files):
        kept = score.kept[name] / score.words[name] if score.words[name] else 1.0
        print(f"{name:14} {score.files[name]:6} {score.right[name]:6} {kept:11.4f}")
    print(f"\n{'right of those that hold it':34}" + "".join(f"{field:>17}" for field in FIELDS))
    for group in sorted({group for group, _ in score.held}):
        cells = (
            f"{score.agree[group, field] / total:8.3f} of {total:5}"
            if (total := score.held[group, field])
            else ""
            for field in FIELDS
        )
        print(f"{group[:34]:34}" + "".join(f"{cell:>17}" for cell in cells))
    for problem in score.problems if every_problem else score.problems[:25]:
        print(" ", problem)


RECORD = """TY  - JOUR
ID  - {n}
T1  - A synthetic title number {n} on social prescribing in primary care
A1  - Author{n}, Ann B
A1  - Second, Cecil
Y1  - 2019/04//
N2  - {abstract}
KW  - primary care
KW  - link worker
JF  - Journal of Synthetic Records
VL  - 12
IS  - 3
SP  - 100
EP  - 110
SN  - 1234-5678
DO  - 10.1000/synthetic.{n}
UR  - https://example.org/{n}
ER  -

"""


def speed(count: int = 20_000) -> None:
    """Print how fast RIS is read, beside rispy's parse alone, and the memory both take."""
    import rispy

    abstract = " ".join(["Background and methods of a synthetic abstract with ordinary words"] * 15)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.ris"
        path.write_text(
            "".join(RECORD.format(n=n, abstract=abstract) for n in range(count)), encoding="utf-8"
        )
        begins = time.process_time()
        ours = sum(1 for _ in read_file(path).records)
        middle = time.process_time()
        with path.open(encoding="utf-8") as file:
            theirs = len(rispy.load(file))
        ends = time.process_time()
        tracemalloc.start()
        for _ in read_file(path).records:
            pass
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    print(
        f"\n{count:,} RIS records: ours {ours / (middle - begins):,.0f} a second of CPU, peak {peak:.1f} MB;"
    )
    print(f"rispy's parse alone {theirs / (ends - middle):,.0f} a second")


def main() -> None:
    """Measure and print, or say why not."""
    root = shared_samples()
    if root is None:
        print("The sample exports are not beside this checkout; nothing was measured but speed.")
    else:
        show(measure(root, {name for name in sys.argv[1:] if not name.startswith("-")}), "--all" in sys.argv)
    speed()


if __name__ == "__main__":
    main()
