"""BibTeX as it is found: duplicate keys, missing keys, macros, LaTeX, loops, entries that are none."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.formats.bibtex_names import names_of, typed
from evidence_app.services.formats.latex import decoded, encoded
from evidence_app.services.formats.records import ReadFile, ReadRecord
from evidence_app.services.formats.registry import read_file


def read(tmp_path: Path, text: str) -> tuple[list[ReadRecord], ReadFile]:
    path = tmp_path / "library.bib"
    path.write_text(text, encoding="utf-8")
    file = read_file(path, format="bibtex")
    return list(file.records), file


def one(tmp_path: Path, text: str) -> ReadRecord:
    (record,), _ = read(tmp_path, text)
    return record


def test_duplicate_and_missing_keys_lose_no_entry(tmp_path: Path) -> None:
    text = (
        "@article{k, title={A}}\n@article{k, title={B}}\n@article{, title={C}}\n@article{Two words, "
        "title={D}}\n"
    )
    records, file = read(tmp_path, text)
    assert [record.item["title"] for record in records] == ["A", "B", "C", "D"]
    assert [record.source_id for record in records] == ["k", "k", None, "Two words"]
    assert (file.expected, file.unplaced) == (4, [])


def test_a_field_that_occurs_twice_keeps_both(tmp_path: Path) -> None:
    record = one(tmp_path, "@misc{k, note={one}, note={two}, title={T}}")
    assert ("note", "one") in record.raw.tags
    assert ("note (2)", "two") in record.raw.tags


def test_parentheses_and_odd_field_names(tmp_path: Path) -> None:
    item = one(tmp_path, '@article(k, title = "A", bdsk-url-1 = {x}, year = 2001)').item
    assert (item["title"], item["issued"]) == ("A", {"date-parts": [[2001]]})


def test_macros_months_and_joins(tmp_path: Path) -> None:
    text = (
        '@string{ieee = "IEEE"}\n@article{k, journal = ieee # " Letters", month = mar, year = 1999, '
        "publisher = undefined}\n"
    )
    item = one(tmp_path, text).item
    assert item["container-title"] == "IEEE Letters"
    assert item["issued"] == {"date-parts": [[1999, 3]]}
    assert item["publisher"] == "undefined"


def test_an_unclosed_entry_ends_where_the_next_begins(tmp_path: Path) -> None:
    records, file = read(tmp_path, "@article{a,\n title = {A\n}\n\n@article{b,\n title = {B}\n}\n")
    assert [record.source_id for record in records] == ["a", "b"]
    assert records[1].item["title"] == "B"
    assert file.expected == 2


def test_comments_are_no_entries_but_stay(tmp_path: Path) -> None:
    text = (
        '@comment{@article{no, title={No}}}\n% @article{neither, title={N}}\n@preamble{"\\def\\x{y}"}\n'
        "@article{k, title={Yes}}\n@comment{jabref-meta: groups;}\n"
    )
    records, file = read(tmp_path, text)
    assert [record.item["title"] for record in records] == ["Yes"]
    assert "jabref-meta" in records[0].raw.text
    assert (file.expected, file.unplaced) == (1, [])


def test_an_entry_without_its_first_line_is_listed(tmp_path: Path) -> None:
    records, file = read(
        tmp_path, "@misc{a, title={A}}\n\nauthor = {Lost, A},\n title = {Lost}\n}\n@misc{b, title={B}}\n"
    )
    assert len(records) == 2
    assert [block.line for block in file.unplaced] == [3]
    assert "Lost" in file.unplaced[0].text


def test_children_inherit_from_parents_that_stand_anywhere(tmp_path: Path) -> None:
    text = (
        "@inproceedings{c, crossref={p}, title={Child}, author={A, B}}\n@xdata{x, publisher={Press}}\n"
        "@proceedings{p, title={Proceedings}, year={2003}, xdata={x}}\n"
    )
    item = read(tmp_path, text)[0][0].item
    assert (item["container-title"], item["publisher"]) == ("Proceedings", "Press")
    assert item["issued"] == {"date-parts": [[2003]]}


def test_biblatex_dates_and_types(tmp_path: Path) -> None:
    item = one(
        tmp_path, "@online{k, title={T}, date={2019-04/2020~}, urldate={2021-01-02}, url={https://x.y/a_b}}"
    ).item
    assert item["type"] == "webpage"
    assert item["issued"] == {"date-parts": [[2019, 4], [2020]], "circa": True}
    assert item["accessed"] == {"date-parts": [[2021, 1, 2]]}
    assert item["URL"] == "https://x.y/a_b"


def test_decisions_in_a_note(tmp_path: Path) -> None:
    record = one(tmp_path, '@article{rayyan-1, title={T}, note={RAYYAN-INCLUSION: {"Ada"=>"Included"}}}')
    assert [(found.person, found.verdict) for found in record.extras.decisions] == [("Ada", "include")]


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        (":papers/a.pdf:PDF", ("papers/a.pdf",)),
        (
            "Full:C\\:\\\\files\\\\a.pdf:application/pdf;Other:b.pdf:application/pdf",
            ("C:\\files\\a.pdf", "b.pdf"),
        ),
        ("/home/me/a.pdf", ("/home/me/a.pdf",)),
    ],
)
def test_files_in_three_escapings(field: str, paths: tuple[str, ...], tmp_path: Path) -> None:
    assert one(tmp_path, f"@misc{{k, title={{T}}, file={{{field}}}}}").extras.attachments == paths


@pytest.mark.parametrize(
    ("typed_name", "parts"),
    [
        ("van der Berg, Jan", {"non-dropping-particle": "van der", "family": "Berg", "given": "Jan"}),
        ("Jan van der Berg", {"non-dropping-particle": "van der", "family": "Berg", "given": "Jan"}),
        ("King, Jr, Martin Luther", {"family": "King", "suffix": "Jr", "given": "Martin Luther"}),
        (
            "{World Health Organization, Geneva and others}",
            {"literal": "World Health Organization, Geneva and others"},
        ),
        ('{\\"O}vretveit, J.', {"family": "Övretveit", "given": "J."}),
        (
            "family=Simon, given=Herbert, prefix=de",
            {"non-dropping-particle": "de", "family": "Simon", "given": "Herbert"},
        ),
        ("others", {"literal": "et al."}),
    ],
)
def test_names(typed_name: str, parts: dict[str, str]) -> None:
    assert names_of(typed_name) == [parts]
    assert names_of(typed([parts])) == [parts]


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"M{\"u}ller \'{\i} \c{c} {\aa} \o{} \v{S}", "Müller í ç å ø Š"),
        (r"\textit{E. coli} {DNA} --- a -- b", "<i>E. coli</i> DNA — a – b"),
        (r"$\alpha$-synuclein H$_2$O 10$^{-3}$", "α-synuclein H<sub>2</sub>O 10<sup>-3</sup>"),
        (r"{\em foo} \& \% ``q'' \url{http://x}", "<i>foo</i> & % “q” http://x"),
        ("one\n\n two\n three", "one\ntwo three"),
        (r"\unknown{kept} \alone", r"kept \alone"),
    ],
)
def test_latex(latex: str, plain: str) -> None:
    assert decoded(latex) == plain


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_comes_back_from_latex(text: str) -> None:
    plain = " ".join(text.split())
    if "<" not in plain and "\u2029" not in plain:
        back = unicodedata.normalize("NFC", decoded(encoded(plain)))
        assert back.split() == unicodedata.normalize("NFC", plain).split()


@given(st.text("{}\\$^_~-`'\"abc %&#@,=\n", max_size=80))
def test_any_latex_is_decoded(text: str) -> None:
    assert isinstance(decoded(text), str)
