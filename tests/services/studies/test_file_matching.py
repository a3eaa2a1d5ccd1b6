"""Files of a folder find their references, and say why and how sure it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.services.studies.file_matching import (
    Proposal,
    Sureness,
    files_in,
    propose,
    reads_like,
)

TITLE = "Community participation in primary care in Ireland: the need for implementation research"
OTHER = "Commissioning for recovery in mental health services"


def reference(row: int, title: str, family: str, year: int, doi: str = "") -> Reference:
    item = {
        "type": "article-journal", "title": title, "author": [{"family": family, "given": "R."}],
        "issued": {"date-parts": [[year]]}, "DOI": doi,
    }  # fmt: skip
    return Reference(id=ReferenceId(row), guid=str(row), item=item)


WORKS = (
    reference(1, TITLE, "McEvoy", 2013, "10.1017/S1463423613000236"),
    reference(2, OTHER, "Shaw", 2016),
    reference(3, "Boxes", "Evans", 2011, "10.1111/hex.14053"),
)


def proposed(folder: Path, name: str, text: str = "Nothing of use.") -> Proposal:
    (folder / name).write_text(text, encoding="utf-8")
    return propose([folder / name], WORKS, lambda _done, _total: None)[0]


@pytest.mark.parametrize(
    ("name", "text", "row", "sureness", "why"),
    [
        ("10.1111_hex.14053.txt", "", 3, "certain",
             "DOI in the file's name: 10.1111/hex.14053"),
        ("download (3).txt", "Health Expectations\nhttps://doi.org/10.1111/hex.14053\n", 3, "certain",
         "DOI in the text: 10.1111/hex.14053"),
        ("download.txt", f"Research paper\n{TITLE.upper()}\nAbstract", 1, "certain", "Title in the text"),
        ("Community participation in primary care in Ireland the need for implementation research.txt", "", 1,
         "certain", "Title like the file's name (100%)"),
        ("Community participation primary care.txt", "", 1, "doubtful", None),
        ("Shaw 2016.txt", "", 2, "doubtful", "Author and year in the file's name"),
        ("minutes of the meeting.txt", "", None, "none", "Nothing in it fits a reference"),
    ],
)  # fmt: skip
def test_a_file_finds_its_reference(
    tmp_path: Path, name: str, text: str, row: int | None, sureness: str, why: str | None
) -> None:
    found = proposed(tmp_path, name, text or "Nothing of use.")
    assert (found.reference, found.sureness) == (row, Sureness(sureness))
    assert why is None or found.why == why


def test_the_second_file_for_a_reference_is_doubtful(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("doi:10.1111/hex.14053", encoding="utf-8")
    found = propose(files_in([tmp_path]), WORKS, lambda _done, _total: None)
    assert [each.sureness for each in found] == [Sureness.CERTAIN, Sureness.DOUBTFUL]
    assert "another file fits too" in found[1].why


def test_a_damaged_file_is_no_match_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    found = propose([tmp_path / "broken.pdf"], WORKS, lambda _done, _total: None)
    assert found[0].sureness is Sureness.NONE


def test_only_files_that_can_be_full_texts_are_taken_from_folders(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("in/one.pdf", "two.txt", "picture.png", ".hidden.pdf"):
        (tmp_path / name).write_bytes(b"x")
    assert {each.name for each in files_in([tmp_path])} == {"one.pdf", "two.txt"}


@given(st.text(max_size=40).filter(lambda name: "/" not in name and "\0" not in name))
def test_any_name_of_a_file_comes_to_some_proposal(name: str) -> None:
    found = propose([Path(f"x{name}.pdf")], WORKS, lambda _done, _total: None, look_inside=False)
    assert [each.sureness in Sureness for each in found] == [True]


def test_a_text_that_names_another_report_is_noticed() -> None:
    own, _, boxes = WORKS
    assert reads_like("Health Expectations doi 10.1111/hex.14053 Boxes", own, WORKS) is boxes
    assert reads_like(f"{TITLE}. See also doi 10.1111/hex.14053", own, WORKS) is None
    assert reads_like("Nothing of use", own, WORKS) is None
