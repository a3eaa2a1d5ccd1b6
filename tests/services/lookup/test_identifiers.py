from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.lookup.identifiers import identifiers_in, is_isbn

SICI = "10.1002/(SICI)1099-0001(199808)17:15<1661::AID-ABC968>3.0.CO;2-2"


def values(text: str, kind: str = "doi") -> list[str]:
    return [one.value for one in identifiers_in(text) if one.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "10.5555/Ward.12", "doi:10.5555/Ward.12.", "DOI: 10.5555/Ward.12, read today", "(10.5555/Ward.12)",
        "https://doi.org/10.5555/Ward.12", "http://dx.doi.org/10.5555%2FWard.12;", "<10.5555/Ward.12>",
        "https://pages.example.org/doi/full/10.5555/Ward.12?journal=x#results",
        "https://pages.example.org/doi/pdf/10.5555/Ward.12", "“10.5555/Ward.12”。", "10.5555/Ward.12，夜间",
        'href="https://doi.org/10.5555/Ward.12">link</a>', "https://doi.org/10.5555/ Ward.12",
        "10.5555/Ward.12Published: 3 May",
    ],
)  # fmt: skip
def test_a_doi_is_found_without_what_surrounds_it(text: str) -> None:
    assert values(text) == ["10.5555/Ward.12"]


@pytest.mark.parametrize(
    "text", [SICI, f"({SICI}).", f"https://doi.org/{SICI.replace('<', '%3C').replace('>', '%3E')}"]
)
def test_old_dois_with_brackets_stay_whole(text: str) -> None:
    assert values(text) == [SICI]


def test_dois_that_touch_each_other_are_parted() -> None:
    text = "10.5555/a,10.5555/b;10.5555/chttps://doi.org/10.5555/d\n10.5555/A"
    assert values(text) == ["10.5555/a", "10.5555/b", "10.5555/c", "10.5555/d"]


def test_versions_of_numbers_are_no_dois() -> None:
    assert values("Version 2.10.1234/5 and 10.12/x and 10.5555") == []


def test_a_date_that_ran_into_a_doi_leaves_both_readings() -> None:
    [doi] = identifiers_in("DOI:10.5555/ward.123431 January 2018")
    assert doi.value == "10.5555/ward.1234"
    assert "10.5555/ward.123431" in doi.alternatives
    [doi] = identifiers_in("10.5555/ward.12347 January 2018")
    assert doi.value == "10.5555/ward.12347"
    assert doi.alternatives == ("10.5555/ward.1234",)
    [doi] = identifiers_in("10.5555/ward.123431, January 2018")
    assert doi.value == "10.5555/ward.123431"


def test_other_identifiers() -> None:
    text = "PMID: 1234567 PMC7654321 https://pubmed.ncbi.nlm.nih.gov/7654321/ arXiv:2101.00001v2"
    assert values(text, "pmid") == ["1234567", "7654321"]
    assert values(text, "pmcid") == ["PMC7654321"]
    assert values(text, "arxiv") == ["2101.00001v2"]
    assert values("https://arxiv.org/abs/hep-th/9901001", "arxiv") == ["hep-th/9901001"]


def test_isbns_need_their_check_digit() -> None:
    assert values("ISBN 0-306-40615-2 and 978-0-306-40615-7", "isbn") == ["0306406152", "9780306406157"]
    assert values("ISBN-10: 080442957X", "isbn") == ["080442957X"]
    assert values("ISBN 0-306-40615-3, 9780306406158", "isbn") == []


@given(st.integers(0, 10**9 - 1))
def test_every_ten_digit_number_has_one_check_digit(number: int) -> None:
    assert sum(is_isbn(f"{number:09d}{digit}") for digit in "0123456789X") == 1


@given(st.text(max_size=80))
def test_places_point_into_any_text(text: str) -> None:
    for one in identifiers_in(text + " 10.5555/x " + text):
        assert 0 <= one.start < one.end <= 2 * len(text) + 11
        assert one.value


def test_the_seeds_give_their_dois() -> None:
    folder = next(
        (parent.parent / "shared" / "seeds" for parent in Path(__file__).resolve().parents
         if (parent.parent / "shared" / "seeds").is_dir()), None,
    )  # fmt: skip
    if folder is None:
        pytest.skip("the seed texts are not beside this checkout")
    texts = {file.name[:3]: file.read_text(encoding="utf-8") for file in folder.glob("*.txt")}
    assert values(texts["000"]) == ["10.1111/hex.14053"]
    assert values(texts["002"]) == ["10.1108/JICA-11-2017-0044"]
    assert values(texts["003"]) == ["10.1186/s12913-019-4013-5"]
    assert values(texts["000"] + texts["002"]) == ["10.1111/hex.14053", "10.1108/JICA-11-2017-0044"]
    assert values(texts["002"] + texts["000"]) == ["10.1108/JICA-11-2017-0044", "10.1111/hex.14053"]
