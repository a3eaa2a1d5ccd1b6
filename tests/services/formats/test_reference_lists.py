"""A pasted list in any layout and style: split into its entries, each read part by part."""

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.names import names_of
from evidence_app.domain.reference import plain
from evidence_app.services.formats.printed_names import printed_names
from evidence_app.services.formats.reference_labels import read_model, staged, write_model
from evidence_app.services.formats.reference_lists import looks_like, read_reference
from evidence_app.services.formats.reference_splitting import split_references
from evidence_app.services.formats.reference_tokens import tokens_of
from evidence_app.services.formats.registry import read_file

FIRST = (
    "Baker AB, van der Berg C, Lee D, "
    "et al. Walking groups and loneliness: a systematic review. Health Expect. "
    "2022;25(3):902-913. doi:10.1000/hex.13470"
)
SECOND = (
    "Moreno, P., & Ash, Q. R. (2014). The long road: evidence in practice. Journal of Walks, 12(2), 41–57. "
    "https://doi.org/10.1000/walk.2"
)
THIRD = "Department of Health. Care guidance for local services. London: Department of Health; 2014."
LIST = (FIRST, SECOND, THIRD)


def wrapped(text: str, indent: str = "") -> str:
    words, rows, row = text.split(" "), [], ""
    for word in words:
        if len(row) + len(word) > 60:
            rows.append(row)
            row = indent
        row = f"{row}{' ' if row.strip() else ''}{word}"
    return "\n".join([*rows, row])


@pytest.mark.parametrize(
    "layout",
    [
        "\n".join(LIST),
        "References\n\n" + "\n\n".join(LIST),
        "\n".join(f"{number}. {text}" for number, text in enumerate(LIST, 1)),
        "\n".join(f"[{number}] {wrapped(text, '    ')}" for number, text in enumerate(LIST, 1)),
        "\r\n".join(f"{number}.\t{text}" for number, text in enumerate(LIST, 1)),
        "\n".join(f"- {text}" for text in LIST),
        "\n".join(wrapped(text, "     ") for text in LIST),
        "\n\n".join(wrapped(text) for text in LIST),
        "\n".join(wrapped(text) for text in LIST),
    ],
    ids=[
        "lines",
        "apart",
        "numbered",
        "wrapped",
        "tabs",
        "bullets",
        "hanging",
        "paragraphs",
        "plain wrapped",
    ],
)
def test_lists_are_split_however_they_are_set(layout: str) -> None:
    assert [text for _, text in split_references(layout)] == list(LIST)


def test_a_word_broken_at_the_end_of_a_line_is_made_whole() -> None:
    assert split_references("[1] Evidence for implemen-\n    tation and co-\n    production.")[0][1] == (
        "Evidence for implementation and co-production."
    )


def test_a_vancouver_reference() -> None:
    read = read_reference(FIRST)
    item = read.item
    assert item["type"] == "article-journal"
    assert [name.get("family", name.get("literal")) for name in item["author"]] == [
        "Baker",
        "Berg",
        "Lee",
        "et al.",
    ]
    assert item["author"][1]["non-dropping-particle"] == "van der"
    assert item["title"] == "Walking groups and loneliness: a systematic review"
    assert (item["container-title"], item["volume"], item["issue"], item["page"]) == (
        "Health Expect",
        "25",
        "3",
        "902-913",
    )
    assert (item["issued"], item["DOI"]) == ({"date-parts": [[2022]]}, "10.1000/hex.13470")
    assert read.doubts == ()


def test_an_apa_reference() -> None:
    item = read_reference(SECOND).item
    assert item["author"] == [{"family": "Moreno", "given": "P."}, {"family": "Ash", "given": "Q. R."}]
    assert item["title"] == "The long road: evidence in practice"
    assert (item["container-title"], item["volume"], item["issue"], item["page"]) == (
        "Journal of Walks",
        "12",
        "2",
        "41-57",
    )
    assert item["DOI"] == "10.1000/walk.2"


def test_a_page_on_the_web() -> None:
    text = (
        "NHS England. Working with communities. 2021. Accessed July 21, 2023. <https://www.example.org/a_b/>"
    )
    item = read_reference(text).item
    assert item["author"] == [{"literal": "NHS England"}]
    assert item["issued"] == {"date-parts": [[2021]]}
    assert item["accessed"] == {"date-parts": [[2023, 7, 21]]}
    assert item["URL"] == "https://www.example.org/a_b/"


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Smith JA, Lee B, et al.", ["Smith", "Lee", "et al."]),
        ("Smith, J. A., Lee, B., & de Souza, C.", ["Smith", "Lee", "Souza"]),
        ("J. A. Smith, B. Lee and C. van der Berg,", ["Smith", "Lee", "Berg"]),
        ("Sera, W. E., and C. N. Early.", ["Sera", "Early"]),
        ("Alloway, Lawrence,", ["Alloway"]),
        ("In: Bonner A, Ash Q, eds.", ["Bonner", "Ash"]),
        ("Munoz S-A, O'Shea A, Areskoug Josefsson K.", ["Munoz", "O'Shea", "Areskoug Josefsson"]),
        ("Thomas Eicken, David E. Culler, and Karl Erik Schauser.", ["Eicken", "Culler", "Schauser"]),
        (
            "National Institute for Health and Care Excellence.",
            ["National Institute for Health and Care Excellence"],
        ),
        ("NHS England, NHS Improvement.", ["NHS England", "NHS Improvement"]),
        ("King ML Jr.", ["King"]),
        ("Marsh ED, Hill M.", ["Marsh", "Hill"]),
        ("Ash, D., Lee, B., … Botros, N.", ["Ash", "Lee", "Botros", "et al."]),
        ("Ash, D., Lee, B., ... & Botros, N.", ["Ash", "Lee", "Botros", "et al."]),
        ("Moore, M. (Writer/Director).", ["Moore"]),
        ("{\\sc Arrow, K. J., Hurwicz, L. and H. Uzawa}.", ["Arrow", "Hurwicz", "Uzawa"]),
    ],
)
def test_names_in_every_style(text: str, families: list[str]) -> None:
    assert [name.get("family", name.get("literal")) for name in printed_names(text)] == families


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (FIRST, "article-journal"),
        (THIRD, "report"),
        ("Smith J. Walking for health. PhD thesis. Leeds: University of Leeds; 2012.", "thesis"),
        ("Hill A, Ash B. *Ways of Walking*. Oxford University Press; 2011.", "book"),
        ("Hill A. A short walk. In: Ash B, ed. *Ways of Walking*. Policy Press; 2020:105-120.", "chapter"),
        (
            "Hill, A. (1999). Walking robots. In Proceedings of the Ninth Conference on Robots, pp. 12-19.",
            "paper-conference",
        ),
        (
            "Ash B, Hill C. Walking groups: evaluation report. 2019. Accessed May 2, 2023. "
            "<https://www.example.org/documents/walking.pdf>",
            "report",
        ),
        (
            "Ash B. What is walking? Walk Trust. 2019. Accessed May 2, 2023. <https://www.example.org/news/what-is-walking>",
            "webpage",
        ),
        (
            "Ash B. walker: an R package for walks. Version 1.2. 2021. <https://github.com/example/walker>",
            "software",
        ),
    ],
)
def test_the_kind_of_work_is_told_from_its_parts(text: str, kind: str) -> None:
    assert read_reference(text).item["type"] == kind


@pytest.mark.parametrize(
    ("printed", "issued"),
    [
        ("Forster, E. M. Howards End. New York: Walker Books, 2003 [1910].", [[2003]]),
        ("Herder, J. G. Works of walking. Leipzig: Walker Books, 1985–2000.", [[1985], [2000]]),
        ("Ash, B. Walking north. Leeds: Walker Books, 1984. Reprint, London: Walker Books, 1990.", [[1984]]),
    ],
)
def test_the_first_year_is_that_of_the_work(printed: str, issued: list[list[int]]) -> None:
    assert read_reference(printed).item["issued"]["date-parts"] == issued


def test_what_follows_a_quoted_title_is_where_it_stands() -> None:
    item = read_reference(
        'Ash B. "Walking alone at night," in Forbidden Walks of the North (New York: Norton, 1995), 181–97'
    ).item
    assert item["title"] == "Walking alone at night"
    assert item["container-title"].startswith("Forbidden Walks")


def test_what_is_doubtful_says_why() -> None:
    assert "no year" in read_reference("Smith J. A paper that never appeared. Journal of Nothing.").doubts


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Two labels: a part begins, goes on and ends; a part of one token only begins."""
    states = {("w=ash", "B author"): 4.0, ("w=b", "I author"): 3.0, ("w=c", "E author"): 3.0,
              ("w=walks", "B title"): 5.0, ("w=rare", "B title"): 0.001}  # fmt: skip
    transitions = {("B author", "I author"): 1.0, ("I author", "E author"): 1.0, ("E author", "B title"): 1.0}
    path = tmp_path / "model.json.gz"
    write_model(path, states, transitions)
    read = read_model(path)
    assert read.label(tokens_of("Ash B C Walks")) == ["author", "author", "author", "title"]
    assert read.knows("walks")
    assert not read.knows("rare")
    assert staged(["author", "author", "title"]) == ["B author", "E author", "B title"]


def test_a_list_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "References\n\n" + "\n".join(f"{at}. {text}" for at, text in enumerate(LIST, 1)), encoding="utf-8"
    )
    file = read_file(path)
    assert (file.format, len(list(file.records)), file.expected) == ("references", 3, 3)


def test_prose_is_no_list() -> None:
    assert not looks_like(
        "Dear all,\n\nthank you for the meeting. See you in 2024, as agreed.\n\nBest wishes\nAda\n"
    )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_split_and_read(text: str) -> None:
    for line, entry in split_references(text):
        assert read_reference(entry, line).item["type"]


def shared(*parts: str) -> Path:
    for above in Path(__file__).resolve().parents:
        found = above.parent.joinpath("shared", *parts)
        if found.exists():
            return found
    pytest.skip("the shared samples are not beside this checkout")


@pytest.mark.parametrize("layout", ["brackets_wrapped", "hanging_unnumbered", "tab_numbered_crlf"])
def test_the_sample_layouts_are_split(layout: str) -> None:
    text = shared("data", "formats", "reflist", f"derived-anystyle-core__{layout}.txt").read_bytes().decode()
    folder = shared("data", "formats", "_gold", "reflist")
    lines = (
        (folder / f"derived-anystyle-core__{layout}.txt.gold.jsonl").read_text(encoding="utf-8").splitlines()
    )
    wanted = [re.sub(r"^[\W\d]+|\W+", "", json.loads(line)["text"]) for line in lines]
    found = [re.sub(r"^[\W\d]+|\W+", "", entry) for _, entry in split_references(text)]
    assert sum(entry in found for entry in wanted) >= 0.95 * len(wanted)
    assert len(found) == len(wanted)


def test_the_printed_references_of_the_sample_review_come_out_right() -> None:
    """The 110 references of the published review, pasted as printed, against the sample's own."""
    text = sorted(shared("seeds").glob("001*.txt"))[0].read_text(encoding="utf-8")
    listed = text[text.index("\nREFERENCES") : text.index("SUPPORTING INFORMATION")]
    stored = json.loads(
        (Path(__file__).resolve().parents[3] / "resources/sample_review/references.json").read_text("utf-8")
    )
    truth = {entry["number"]: entry["item"] for entry in stored if entry.get("number")}
    entries = split_references(listed)
    assert len(entries) == 110
    read = [read_reference(entry).item for _, entry in entries]
    assert sum(agrees(item, truth[number]) for number, item in enumerate(read, 1)) >= 105
    assert sum(item["type"] == truth[number]["type"] for number, item in enumerate(read, 1)) >= 100


def agrees(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    def folded(value: Any) -> str:
        return re.sub(r"\W+", "", plain(str(value or "")).lower())

    texts = ("title", "container-title", "volume", "issue", "page", "DOI", "publisher", "URL")
    if any(folded(ours.get(name)) != folded(theirs.get(name)) for name in texts):
        return False
    if any((ours.get(name) or {}) != (theirs.get(name) or {}) for name in ("issued", "accessed")):
        return False
    return all(
        [folded(f"{name.family_or_literal} {name.given}") for name in names_of(ours.get(role))]
        == [folded(f"{name.family_or_literal} {name.given}") for name in names_of(theirs.get(role))]
        for role in ("author", "editor")
    )


ENTRIES = (
    "Okafor, A. B., & van der Meer, J. (2003). Trust, time and money in commissioning. Age and Ageing, "
    "12(3), 45-67.",
    "van der Meer, J. (2012). What makes peer support last in rural towns? Health Expectations, 7(1), "
    "100-109.",
    "Lind, K. (2019). Nurse-led discharge from small hospitals: what it takes. Public Money & Management, "
    "31(2), 8-15.",
)


@pytest.mark.parametrize("width", range(40, 80, 3))
def test_a_year_at_the_head_of_a_broken_line_is_no_number(width: int) -> None:
    text = "\n".join(textwrap.fill(f"{at}. {entry}", width) for at, entry in enumerate(ENTRIES, 1))
    assert [entry for _, entry in split_references(text)] == list(ENTRIES)


def test_numbers_may_start_anywhere_and_lack_one() -> None:
    numbered = zip((7, 8, 11), ENTRIES, strict=True)
    text = "\n".join(f"[{at}] {entry}" for at, entry in numbered)
    assert [entry for _, entry in split_references(text)] == list(ENTRIES)


@pytest.mark.parametrize("heading", ["", "References\n\n"])
def test_broken_lines_without_any_sign_are_parted_at_their_authors(heading: str) -> None:
    text = heading + "\n".join(textwrap.fill(entry, 60) for entry in ENTRIES)
    assert [entry for _, entry in split_references(text)] == list(ENTRIES)


def test_a_chinese_standard_reference() -> None:
    printed = (
        "SMITH A, MÜLLER B L. Trust, time and money in commissioning[J]. Age and Ageing, 2011, 12(3): 45-67."
    )
    item = read_reference(printed).item
    assert item["title"] == "Trust, time and money in commissioning"
    assert item["author"][1] == {"family": "MÜLLER", "given": "B L"}


def test_names_parted_by_strokes() -> None:
    names = printed_names("Zhao, R. / Lind, S. / Smith, K.")
    assert [name["family"] for name in names] == ["Zhao", "Lind", "Smith"]


def test_entries_with_mistyped_numbers_stay_entries() -> None:
    numbers = (1, 2, 3, 4, 5, 7, 6, 8, 20, 4)
    lines = [f"{at}. Ray AB, Dell C. Rest in ward {at}. Ward Q. 2019;{at}(2):1-9." for at in numbers]
    assert [text for _, text in split_references("\n".join(lines))] == [
        line.split(". ", 1)[1] for line in lines
    ]
