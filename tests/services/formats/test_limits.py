"""No file can hold the program up: hostile values, entries that inherit from each other, and the clock."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.services.formats.limits import Clock, TookTooLong
from evidence_app.services.formats.records import UnknownFormat, UnreadableFile
from evidence_app.services.formats.registry import FORMATS, read_file
from evidence_app.services.formats.values import date_of, doi_in, issns_in, name_of, pages_of, without_markup

SIZE = 100_000
DENSE = ",".join(f"k{at}" for at in range(40))
PIECES = (
    " ", ",", "(", "{", "{}", "<", "<a ", "&", "&lt;", ".", "1", "10.1000/", ")", "A, ", "Ab ", "a and ", '"',
    "- ", "; ", "x", "\\", "@a{", "=", "\u00a0", '<a b="', "2019 ", "A-", "1234-5678 ", "\n\n", "[PMID] ",
)  # fmt: skip
OPENINGS = {
    "ris": ("TY  - JOUR\nTI  - Kept\n", ("TI", "AU", "PY", "DO", "U1", "SP", "N1"), "{tag}  - {value}\n",
            "ER  - \n"),
    "nbib": ("PMID- 1\nTI  - Kept\n", ("TI", "FAU", "AID", "DP", "PG"), "{tag:<4}- {value}\n", ""),
    "wos": ("FN x\nVR 1.0\nPT J\nTI Kept\n", ("AU", "AB", "DI", "PD"), "{tag} {value}\n", "ER\n\nEF\n"),
    "enw": ("%0 Journal Article\n%T Kept\n", ("%A", "%D", "%R", "%P"), "{tag} {value}\n", ""),
    "refworks": ("RT Journal Article\nT1 Kept\n", ("A1", "YR", "DO", "SP"), "{tag} {value}\n", ""),
    "ovid-tagged": ("UI  - 1\nTI  - Kept\n", ("AU", "SO", "YR"), "{tag:<4}- {value}\n", ""),
    "bibtex": ("@article{{k,\n title={{Kept}},\n", ("author", "doi", "pages", "crossref", "month"),
               " {tag} = {{{value}}},\n", "}\n"),
}  # fmt: skip


@pytest.mark.parametrize("format", OPENINGS)
@pytest.mark.parametrize("piece", PIECES)
def test_one_endless_value_holds_nobody_up(tmp_path: Path, format: str, piece: str) -> None:
    opening, tags, line, ending = OPENINGS[format]
    path = tmp_path / "hostile"
    for tag in tags:
        value = (piece * (SIZE // len(piece))).replace("\n", "\n ")
        path.write_text(
            opening.replace("{{", "{").replace("}}", "}") + line.format(tag=tag, value=value) + ending,
            "utf-8",
        )
        start = time.process_time()
        file = read_file(path, format=format)
        assert sum(1 for _ in file.records) + len(file.unplaced) >= 1
        assert time.process_time() - start < 5, (tag, piece)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"@book{{k{at}, title={{A}}, crossref={{k{(at + 1) % 2000}}}}}\n" for at in range(2000)),
        "".join(f"@book{{k{at}, title={{A}}, xdata={{{DENSE}}}}}\n" for at in range(40)),
        '@string{a0 = "xxxxxxxxxx"}\n'
        + "".join(f"@string{{a{at} = {' # '.join([f'a{at - 1}'] * 10)}}}\n" for at in range(1, 12))
        + "@book{k, title = a11}\n",
        "@book{k, title={A}, crossref={k}, xdata={k}}\n",
        "@book{k," + "".join(f"f={{x{at}}},\n" for at in range(20_000)) + "}\n",
        "@book{k,title={a}} " * 20_000,
        "w@book{k," * 30_000,
    ],
    ids=["ring", "dense", "macros", "itself", "one field", "one line", "in words"],
)
def test_entries_that_point_to_each_other_are_read_once(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hostile.bib"
    path.write_text(text, "utf-8")
    start = time.process_time()
    file = read_file(path, format="bibtex")
    longest = max((len(str(record.item)) for record in file.records), default=0)
    assert longest < 2_000_000
    assert time.process_time() - start < 20


def test_an_entry_inherits_over_several_steps_and_from_each_once(tmp_path: Path) -> None:
    path = tmp_path / "chain.bib"
    path.write_text(
        "@inbook{a, title={Chapter}, crossref={b}}\n@book{b, title={Book}, xdata={c, d}}\n"
        "@xdata{c, publisher={Press}, xdata={d}}\n@xdata{d, location={Town}, xdata={c}}\n",
        "utf-8",
    )
    first = next(read_file(path, format="biblatex").records)
    assert first.item["container-title"] == "Book"
    assert first.item["publisher"] == "Press"
    assert first.item["publisher-place"] == "Town"


def test_a_file_that_takes_too_long_keeps_what_was_read_and_lists_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "long.ris"
    path.write_text("".join(f"TY  - JOUR\nTI  - Work {at}\nER  - \n\n" for at in range(2000)), "utf-8")
    file = read_file(path, clock=Clock(0, 60))
    read = [record.item["title"] for record, _ in zip(file.records, range(3), strict=False)]
    assert read == ["Work 0", "Work 1", "Work 2"]
    stopped = read_file(path, clock=Clock(0, -1))
    assert list(stopped.records) == []
    (rest,) = stopped.unplaced
    assert rest.line == 1
    assert rest.text == path.read_text("utf-8")
    assert "no record came in" in rest.reason


def test_the_rest_begins_behind_the_last_record(tmp_path: Path) -> None:
    moments = iter(range(10_000))
    path = tmp_path / "long.bib"
    path.write_text("".join(f"@book{{k{at},\n title={{Work {at}}}\n}}\n" for at in range(50)), "utf-8")
    file = read_file(path, clock=Clock(0, 40, now=lambda: float(next(moments))))
    placed = sum(1 for _ in file.records)
    assert 0 < placed < 50
    (rest,) = [each for each in file.unplaced if each.text]
    assert rest.text.lstrip().startswith(f"@book{{k{placed},")
    assert f"{placed} record" in rest.reason


def test_a_clock_counts_reading_only() -> None:
    moments = iter((0.0, 1.0, 100.0, 101.5, 102.0))
    clock = Clock(0, 2.0, now=lambda: next(moments))
    with clock.running():
        pass
    with pytest.raises(TookTooLong), clock.running():
        clock.look()


@settings(max_examples=60, deadline=2000)
@given(st.sampled_from(PIECES), st.sampled_from(PIECES), st.integers(1, 60_000))
def test_no_value_takes_long_to_read(one: str, other: str, times: int) -> None:
    text = (one + other) * times
    for read in (name_of, date_of, doi_in, issns_in, pages_of, without_markup):
        read(text)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([known.name for known in FORMATS if known.reads and known.name != "xlsx"]),
    st.text(max_size=400),
)
def test_any_text_is_read_to_an_end_in_any_format(
    tmp_path_factory: pytest.TempPathFactory, format: str, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "any"
    path.write_text(text, "utf-8", errors="replace")
    try:
        file = read_file(path, format=format)
    except (UnreadableFile, UnknownFormat):
        return
    placed = sum(1 for _ in file.records)
    assert placed + len(file.unplaced) >= file.expected
