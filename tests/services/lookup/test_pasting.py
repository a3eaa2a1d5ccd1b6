from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.lookup.pasting import PastedWork, read_pasted

BULLETIN = """14 May 2021

Night nurses and rest: a practical model

Night nurses and rest: a practical model
Journal of Ward Care, v12(3), pp.45-58, March 2021, https://doi.org/10.5555/JWC-03-2021-0007
  • Sets out how wards can plan rest for those who work at night and what stood in the way.
  • [Login required, embargo for 6 months]
Abstract

PURPOSE: This paper sets out how wards can plan rest for nurses at night, and for whom it works.
FINDINGS: Rest was planned where managers shared rotas and where somebody had the task of asking. [Abstract].
"""

CATALOGUE = """Loading…

Rest and co‐planning on night wards in Wales: A survey

Introduction This survey asks how wards plan rest at night, and what gets in the way of...

Full description

Saved in:
Bibliographic Details
Published in:Ward health : a quarterly 2021-09, Vol.14 (2), p.e1205-n/a
Main Authors: Ray, Anna B., van der Dell, Carl, Lowe, Di
Format: Article
Language:English
Subjects:
Citations: Items that this one cites
Tags: Add Tag
Description
Summary:Introduction This survey asks how wards plan rest, and what gets in the way. Results Few wards do.
ISSN:1111-1119
2222-222X
2222-222X
DOI:10.5555/wh.1205
"""

DATABASE = """Ray Anna, Dell Carl, Lowe Judith
Centre for Nights, University of Hill, 1 Hill Street, Hill, AB1 2CD, UK.
Night Work Res. 2019 Apr 15;19(1):228. doi: 10.5555/s1-019-1-5.
Rest is a word used on wards for the time between two rounds; we asked what it means to those who work there.
We spoke with forty nurses in five wards, and sorted what they told us into themes of their own making.
“休息”是病房里使用的一个词,指两次查房之间的时间;我们询问了在那里工作的人对它的理解。
我们与五个病房的四十名护士进行了交谈,并将她们告诉我们的内容归纳为主题。
"""


def one(text: str) -> PastedWork:
    [work] = read_pasted(text)
    return work


def test_a_doi_and_a_list_of_dois() -> None:
    assert one(" doi:10.5555/X1. ").item == {"DOI": "10.5555/x1"}
    works = read_pasted("1. 10.5555/a\n2. https://doi.org/10.5555/b\n\nPMID: 123456\n10.5555/A")
    assert [work.item for work in works] == [{"DOI": "10.5555/a"}, {"DOI": "10.5555/b"}, {"PMID": "123456"}]
    assert works[1].source_lines == {"DOI": (2,)}


def test_several_identifiers_on_one_line() -> None:
    assert [work.item for work in read_pasted("10.5555/a, 10.5555/b")] == [
        {"DOI": "10.5555/a"},
        {"DOI": "10.5555/b"},
    ]
    assert one("doi:10.5555/a PMID: 123 PMC4567").item == {
        "DOI": "10.5555/a",
        "PMID": "123",
        "PMCID": "PMC4567",
    }


def test_an_address_without_an_identifier() -> None:
    assert one("https://www.example.org/report-on-rest/").item == {
        "type": "webpage", "URL": "https://www.example.org/report-on-rest/",
    }  # fmt: skip


def test_a_bulletin_entry() -> None:
    work = one(BULLETIN)
    assert work.doi == "10.5555/JWC-03-2021-0007"
    assert work.item["title"] == "Night nurses and rest: a practical model"
    assert work.item["container-title"] == "Journal of Ward Care"
    assert (work.item["volume"], work.item["issue"], work.item["page"]) == ("12", "3", "45-58")
    assert work.item["issued"] == {"date-parts": [[2021, 3]]}
    assert work.item["abstract"].startswith("PURPOSE: This paper")
    assert work.item["abstract"].endswith("of asking.")
    assert work.item["note"].startswith("Sets out how")
    assert "Login" not in work.item["note"]
    assert work.source_lines["volume"] == (6,)
    assert work.source_lines["abstract"] == (11, 12)


def test_a_catalogue_record() -> None:
    work = one(CATALOGUE)
    assert work.item["title"] == "Rest and co-planning on night wards in Wales: A survey"
    assert work.item["author"] == [
        {"family": "Ray", "given": "Anna B."},
        {"family": "Dell", "given": "Carl", "non-dropping-particle": "van der"},
        {"family": "Lowe", "given": "Di"},
    ]
    assert work.item["container-title"] == "Ward health : a quarterly"
    assert work.item["issued"] == {"date-parts": [[2021, 9]]}
    assert (work.item["volume"], work.item["issue"], work.item["page"]) == ("14", "2", "e1205")
    assert work.item["language"] == "en"
    assert work.item["ISSN"] == "1111-1119, 2222-222X"
    assert work.item["abstract"].endswith("Few wards do.")
    assert "keyword" not in work.item
    assert work.doi == "10.5555/wh.1205"


def test_a_database_page_with_its_translation() -> None:
    work = one(DATABASE)
    assert [(name["family"], name["given"]) for name in work.item["author"]] == [
        ("Ray", "Anna"), ("Dell", "Carl"), ("Lowe", "Judith"),
    ]  # fmt: skip
    assert work.item["container-title"] == "Night Work Res"
    assert work.item["issued"] == {"date-parts": [[2019, 4, 15]]}
    assert (work.item["volume"], work.item["issue"], work.item["page"]) == ("19", "1", "228")
    assert work.item["abstract"].startswith("Rest is a word")
    assert work.item["abstract"].count("\n\n") == 1
    assert work.item["original-abstract"].startswith("“休息”")
    assert "title" not in work.item
    assert work.source_lines["original-abstract"] == (6, 7)


def test_a_database_page_with_numbered_authors_and_a_title() -> None:
    work = one(
        "Night Work Res\n. 2020 May;20(2):31-40.\n doi: 10.5555/nwr.9.\nRest between rounds\n"
        "Judith Lowe 1 2, Carl Dell 3\n"
    )
    assert work.item["author"] == [{"family": "Lowe", "given": "Judith"}, {"family": "Dell", "given": "Carl"}]
    assert work.item["title"] == "Rest between rounds"
    assert work.item["container-title"] == "Night Work Res"
    assert work.doi == "10.5555/nwr.9"


def test_a_list_of_references_gives_one_work_each() -> None:
    text = (
        "1. Ray A, Dell C. Rest at night. Night Work Res. 2019;19(1):228-31. doi:10.5555/a\n"
        "2. Lowe J. Rounds and rest in five wards of one hospital. Ward Q 2020;3(2):1-9. https://doi.org/10.5555/b\n"
    )
    works = read_pasted(text)
    assert [work.doi for work in works] == ["10.5555/a", "10.5555/b"]
    assert works[0].item["volume"] == "19"
    assert works[0].item["title"] == "Rest at night"
    assert works[0].item["author"] == [{"family": "Ray", "given": "A"}, {"family": "Dell", "given": "C"}]
    assert works[1].source_lines["DOI"] == (2,)


def test_one_reference_without_a_doi_is_offered_field_by_field() -> None:
    work = one("12. Ray A, Dell C, et al. Who rests? A survey. Night Work Res. 2019 May;19(1):228-31.")
    assert work.identifiers == ()
    assert work.item["title"] == "Who rests? A survey"
    assert work.item["author"][-1] == {"literal": "et al."}
    assert (work.item["container-title"], work.item["page"]) == ("Night Work Res", "228-31")


def test_a_reference_to_a_report_and_to_a_page() -> None:
    report = one(
        "- Ray A, Dell C. *Rest at Night: A Briefing*. Night Trust; 2009:1-24. <https://example.org/b/31/>"
    )
    assert report.item["title"] == "Rest at Night: A Briefing"
    assert report.item["author"][1] == {"family": "Dell", "given": "C"}
    assert (report.item["publisher"], report.item["issued"]) == ("Night Trust", {"date-parts": [[2009]]})
    assert report.item["URL"] == "https://example.org/b/31/"
    page = one(
        "Night Collective. What is rest to us? 2021. Accessed February 12, 2024. https://example.org/rest"
    )
    assert page.item["author"] == [{"literal": "Night Collective"}]
    assert page.item["title"] == "What is rest to us?"
    assert page.item["accessed"] == {"date-parts": [[2024, 2, 12]]}


def test_questions_abbreviations_and_broken_lines_in_a_list() -> None:
    text = (
        "- Ray A. Who rests? Three answers. Futures. 2022;142:102999. doi:10.5555/a\n"
        "- Dell C, Roe B. Rest and nylon. Polym. Eng. Sci. 1997;37:1127-30.\n"
        "- Lowe J, Poe E, et al. 'They can't sleep without us': a study of\n"
        "\n- nurses at night. Health Soc Care. 2009;17(1):54-62. doi:10.5555/c\n"
    )
    works = read_pasted(text)
    assert [work.item["title"] for work in works] == [
        "Who rests? Three answers", "Rest and nylon",
        "'They can't sleep without us': a study of nurses at night",
    ]  # fmt: skip
    assert [work.item["container-title"] for work in works] == [
        "Futures",
        "Polym. Eng. Sci",
        "Health Soc Care",
    ]
    assert works[2].doi == "10.5555/c"


def test_two_bulletin_entries_are_two_works() -> None:
    second = BULLETIN.replace("v12(3)", "v13(1)").replace("0007", "0009").split("\n", 2)[2]
    works = read_pasted(BULLETIN + "\n" + second)
    assert [work.item["volume"] for work in works] == ["12", "13"]
    assert [work.doi for work in works] == ["10.5555/JWC-03-2021-0007", "10.5555/JWC-03-2021-0009"]
    assert all(work.item["title"] == "Night nurses and rest: a practical model" for work in works)
    assert works[1].source_lines["volume"][0] > 12


def test_a_file_pasted_as_text_gives_its_identifiers_only() -> None:
    work = one("TY  - JOUR\nTI  - Rest at night\nAU  - Ray, Anna\nDO  - 10.5555/x\nER  - \n")
    assert work.item == {"DOI": "10.5555/x"}


@pytest.mark.parametrize("text", ["", "  \n ", "hello", "What do we know about rest at night?"])
def test_a_text_that_is_no_work_gives_nothing(text: str) -> None:
    assert read_pasted(text) == []


@given(st.text(alphabet=st.sampled_from("aB1 .,:;()/\n-v10中“•"), max_size=200))
def test_any_text_is_read(text: str) -> None:
    for work in read_pasted(text):
        assert set(work.source_lines) <= set(work.item)
        assert all(
            1 <= line <= text.count("\n") + 1 for lines in work.source_lines.values() for line in lines
        )


def test_no_identifier_of_a_long_text_is_lost() -> None:
    text = "\n".join(
        f"Some words about rest and then a source.{n} See https://doi.org/10.5555/{n}." for n in range(9)
    )
    assert len({work.doi for work in read_pasted("A heading\n\n" + text)}) == 9


def seed(number: str) -> str:
    for parent in Path(__file__).resolve().parents:
        for file in (parent.parent / "shared" / "seeds").glob(f"{number}_*.txt"):
            return file.read_text(encoding="utf-8")
    pytest.skip("the seed texts are not beside this checkout")


def test_the_catalogue_seed() -> None:
    work = one(seed("000"))
    assert work.doi == "10.1111/hex.14053"
    assert [name["family"] for name in work.item["author"]] == [
        "Scott",
        "Mathie",
        "Newman",
        "Almack",
        "Brady",
    ]
    assert work.item["title"].startswith("Commissioning and co-production in health")
    assert (work.item["volume"], work.item["issue"], work.item["page"]) == ("27", "3", "e14053")
    assert work.item["issued"] == {"date-parts": [[2024, 6]]}
    assert work.item["abstract"].endswith("public involvement.")


def test_the_bulletin_seed() -> None:
    work = one(seed("002"))
    assert work.doi == "10.1108/JICA-11-2017-0044"
    assert work.item["container-title"] == "Journal of Integrated Care"
    assert (work.item["volume"], work.item["issue"], work.item["page"]) == ("26", "1", "87-96")
    assert work.item["abstract"].count("\n\n") == 4
    assert "author" not in work.item


def test_the_database_seed_has_both_languages() -> None:
    work = one(seed("003"))
    assert work.doi == "10.1186/s12913-019-4013-5"
    assert [(name["family"], name["given"]) for name in work.item["author"]] == [
        ("Smith", "Judith"), ("Wistow", "Gerald"), ("Holder", "Holly"), ("Gaskins", "Matthew"),
    ]  # fmt: skip
    assert work.item["abstract"].count("\n\n") == 3
    assert work.item["original-abstract"].count("\n\n") == 3
    assert "委托" in work.item["original-abstract"]
    assert "Øvretveit" in work.item["abstract"]
