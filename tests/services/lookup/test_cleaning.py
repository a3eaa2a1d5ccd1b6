"""One test for each quirk of Crossref's records, on records of our own."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.csl import ALL_DATES
from evidence_app.services.lookup.cleaning import NotAReference, csl_from_crossref, refusal
from evidence_app.services.lookup.markup import paragraphs, rich_line
from evidence_app.services.lookup.updating import updates_of

Work = dict[str, Any]


def a_work(**more: Any) -> Work:
    work: Work = {"DOI": "10.5555/ward", "type": "journal-article", "title": ["Sleep on the ward"]}
    return {name: value for name, value in (work | more).items() if value is not None}


def title_of(title: str, **more: Any) -> str:
    return str(csl_from_crossref(a_work(title=[title], **more)).get("title", ""))


def date(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


# Titles


def test_marks_a_bibliography_can_show_stay_and_others_go() -> None:
    assert title_of("Fear of <i>E. coli</i> in <scp>UK</scp> wards") == "Fear of <i>E. coli</i> in UK wards"
    assert title_of("H<jats:sub>2</jats:sub>O and <em>care</em>") == "H<sub>2</sub>O and <i>care</i>"


def test_marks_without_a_partner_go() -> None:
    assert title_of("Care <i>at home") == "Care at home"
    assert title_of("Care</b> at home") == "Care at home"


def test_signs_that_look_like_tags_stay() -> None:
    assert title_of("Costs when p < 0.05 and q > 3") == "Costs when p < 0.05 and q > 3"
    assert title_of("When x<y and z>w") == "When x<y and z>w"


def test_a_formula_is_taken_once_and_kept_apart_from_words() -> None:
    formula = '<mml:math xmlns:mml="urn:x" alttext="$n$"><mml:mrow><mml:mi>n</mml:mi></mml:mrow></mml:math>'
    assert title_of(f"Trials with{formula}-arms") == "Trials with n-arms"
    power = "<math><msup><mi>L</mi><mn>2</mn></msup><annotation>L^2</annotation></math>"
    assert title_of(f"Bounds in {power}: a note") == "Bounds in L<sup>2</sup>: a note"


@pytest.mark.parametrize("text", ["Health &amp; care", "Health &amp;amp; care", "Health & care"])
def test_entities_are_resolved_however_often_escaped(text: str) -> None:
    assert title_of(text) == "Health & care"


def test_a_subtitle_escaped_into_the_title_is_set_off() -> None:
    assert title_of("Sleep&lt;subtitle&gt;A survey&lt;/subtitle&gt;") == "Sleep: A survey"


def test_line_breaks_and_runs_of_blanks_become_one_blank() -> None:
    assert title_of("Sleep\n      on  the <i> \n night</i>\tward") == "Sleep on the <i>night</i> ward"


def test_titles_in_capitals_are_left_alone() -> None:
    assert title_of("SLEEP ON THE WARD") == "SLEEP ON THE WARD"


def test_a_missing_title_stays_missing() -> None:
    assert "title" not in csl_from_crossref(a_work(title=[]))
    assert "title" not in csl_from_crossref(a_work(title=None))


def test_of_several_titles_the_first_counts() -> None:
    assert csl_from_crossref(a_work(title=["One", "Two"]))["title"] == "One"


def test_a_subtitle_is_appended_unless_the_title_has_it() -> None:
    assert title_of("Sleep", subtitle=["A survey"]) == "Sleep: A survey"
    assert title_of("Who sleeps?", subtitle=["A survey"]) == "Who sleeps? A survey"
    assert title_of("Sleep: a survey", subtitle=["A Survey"]) == "Sleep: a survey"
    assert title_of("Sleep", subtitle=["Sleep"]) == "Sleep"


def test_the_original_title_is_kept_beside_the_translation() -> None:
    item = csl_from_crossref(a_work(**{"original-title": ["夜间病房的睡眠"]}))
    assert item["title"] == "Sleep on the ward"
    assert item["original-title"] == "夜间病房的睡眠"
    assert "original-title" not in csl_from_crossref(a_work(**{"original-title": ["Sleep on the ward"]}))
    assert (
        csl_from_crossref(a_work(title=[], **{"original-title": ["夜间病房的睡眠"]}))["title"]
        == "夜间病房的睡眠"
    )


def test_letters_read_in_the_wrong_encoding_are_repaired() -> None:
    assert title_of("Dâ\x80\x99Arcy and TschÃ¤pe, itâ€™s CecÃ\xadlia") == "D’Arcy and Tschäpe, it’s Cecília"
    assert title_of("«CAFÉ» and São João") == "«CAFÉ» and São João"


def test_control_letters_go() -> None:
    assert title_of("Sleep\x00 on\u200b the\x9f ward") == "Sleep on the ward"


# People


def test_a_body_keeps_its_literal_name_alone_and_among_people() -> None:
    people = [{"given": "Ann", "family": "Lee"}, {"name": "Sleep, Care &amp; Ward Group"}]
    assert csl_from_crossref(a_work(author=people))["author"] == [
        {"family": "Lee", "given": "Ann"},
        {"literal": "Sleep, Care & Ward Group"},
    ]


def test_names_without_a_given_or_a_family_name() -> None:
    people = [{"family": "Madonna"}, {"given": "Suharto"}]
    assert csl_from_crossref(a_work(author=people))["author"] == [
        {"family": "Madonna"},
        {"literal": "Suharto"},
    ]


def test_a_suffix_is_kept_apart() -> None:
    people = [{"given": "Al", "family": "Day", "suffix": "Jr."}, {"given": "Bo", "family": "Ray III"}]
    assert [name["suffix"] for name in csl_from_crossref(a_work(author=people))["author"]] == ["Jr.", "III"]


def test_a_particle_is_kept_apart_from_the_family_name() -> None:
    item = csl_from_crossref(a_work(author=[{"given": "Jan", "family": "van der Berg"}]))
    assert item["author"] == [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}]


@pytest.mark.parametrize(
    ("family", "given", "shown"),
    [
        ("MEYER", "JOHN F.", ("Meyer", "John F.")),
        ("MCDONALD", "AB", ("McDonald", "AB")),
        ("MACLEOD", "I. J.", ("MacLeod", "I. J.")),
        ("O'BRIEN-SMITH", "Kim", ("O'Brien-Smith", "Kim")),
        ("NG", "WAI", ("NG", "WAI")),
        ("deSouza", "ANA", ("deSouza", "ANA")),
    ],
)
def test_only_surnames_wholly_in_capitals_are_recased(
    family: str, given: str, shown: tuple[str, str]
) -> None:
    name = csl_from_crossref(a_work(author=[{"family": family, "given": given}]))["author"][0]
    assert (name["family"], name["given"]) == shown


def test_a_surname_in_capitals_keeps_its_particle_small() -> None:
    name = csl_from_crossref(a_work(author=[{"family": "VAN DEN BERG", "given": "J."}]))["author"][0]
    assert name == {"family": "Berg", "given": "J.", "non-dropping-particle": "van den"}


def test_several_people_in_one_field_are_parted() -> None:
    people = [{"family": "Ann B. Lee, Cy Dee"}, {"family": "BROWN, CARO S."}]
    assert csl_from_crossref(a_work(author=people))["author"] == [
        {"family": "Lee", "given": "Ann B."},
        {"family": "Dee", "given": "Cy"},
        {"family": "Brown", "given": "Caro S."},
    ]


def test_a_work_without_authors_names_nobody_but_its_editors() -> None:
    assert "author" not in csl_from_crossref(a_work())
    book = csl_from_crossref(a_work(type="edited-book", editor=[{"family": "Lee"}, {"name": "et al."}]))
    assert book["editor"] == [{"family": "Lee"}, {"literal": "et al."}]
    assert "author" not in book


# Dates


def test_a_null_date_is_no_date_and_never_the_deposit() -> None:
    item = csl_from_crossref(a_work(issued={"date-parts": [[None]]}, created=date(2020, 1, 1)))
    assert not any(name in item for name in ALL_DATES)


def test_both_dates_of_publication_are_kept_and_the_one_of_the_issue_is_cited() -> None:
    dates = {
        "issued": date(2016, 6, 10),
        "published-print": date(2017, 4),
        "published-online": date(2016, 6, 10),
    }
    in_issue = csl_from_crossref(a_work(volume="21", **dates))
    assert in_issue["issued"] == date(2017, 4)
    assert in_issue["published-online"] == date(2016, 6, 10)
    assert in_issue["published-print"] == date(2017, 4)
    assert csl_from_crossref(a_work(**dates))["issued"] == date(2016, 6, 10)


def test_an_online_only_article_keeps_its_year() -> None:
    item = csl_from_crossref(a_work(volume="3", issued=date(2023, 1), **{"published-online": date(2023, 1)}))
    assert item["issued"] == date(2023, 1)


def test_impossible_parts_of_a_date_are_left_out() -> None:
    assert csl_from_crossref(a_work(issued=date(2019, 13, 1)))["issued"] == date(2019)
    assert "issued" not in csl_from_crossref(a_work(issued=date(0)))


# Where it appeared


def test_the_article_number_stands_in_for_missing_pages() -> None:
    item = csl_from_crossref(a_work(**{"article-number": "e14"}))
    assert (item["page"], item["article-number"]) == ("e14", "e14")
    item = csl_from_crossref(a_work(page="10-19", **{"article-number": "e14"}))
    assert (item["page"], item["article-number"]) == ("10-19", "e14")


@pytest.mark.parametrize(
    ("page", "kept"), [("n/a-n/a", None), ("no-no", None), ("7-7", "7"), ("S1-S9", "S1-S9")]
)
def test_pages_that_say_nothing_are_left_out(page: str, kept: str | None) -> None:
    assert csl_from_crossref(a_work(page=page)).get("page") == kept


@pytest.mark.parametrize(
    "titles", [["Lecture Notes in Care", "Night Work"], ["Night Work", "Lecture Notes in Care"]]
)
def test_a_chapter_is_in_its_book_and_the_book_in_its_series(titles: list[str]) -> None:
    item = csl_from_crossref(a_work(type="book-chapter", **{"container-title": titles}))
    assert (item["container-title"], item["collection-title"]) == ("Night Work", "Lecture Notes in Care")


def test_journal_names_lose_their_entities() -> None:
    item = csl_from_crossref(a_work(**{"container-title": ["Sleep &amp;amp; Care"]}))
    assert item["container-title"] == "Sleep & Care"


def test_two_issns_keep_their_media() -> None:
    typed = [{"value": "1111-2222", "type": "electronic"}, {"value": "1111-1119", "type": "print"}]
    item = csl_from_crossref(a_work(ISSN=["1111-2222", "1111-1119"], **{"issn-type": typed}))
    assert item["ISSN"] == "1111-1119, 1111-2222"
    assert item["custom"] == {"ISSN-electronic": "1111-2222", "ISSN-print": "1111-1119"}


def test_the_address_that_repeats_the_doi_is_left_out() -> None:
    assert "URL" not in csl_from_crossref(a_work(URL="http://dx.doi.org/10.5555/ward"))


# Abstracts


def test_a_structured_abstract_becomes_labelled_paragraphs() -> None:
    jats = (
        "<jats:title>Abstract</jats:title>\n <jats:sec>\n<jats:title>Aims.</jats:title>\n<jats:p>To sleep\n"
        " better."
        "</jats:p></jats:sec><jats:sec><jats:title>Results</jats:title><jats:p>CO<jats:sub>2</jats:sub> fell"
        " (<jats:italic>p</jats:italic> &lt; 0.05).</jats:p><jats:p>More.</jats:p></jats:sec>"
    )
    abstract = csl_from_crossref(a_work(abstract=jats))["abstract"]
    assert abstract == "Aims: To sleep better.\n\nResults: CO₂ fell (p < 0.05).\n\nMore."


def test_an_abstract_that_is_not_jats_is_read_as_well() -> None:
    assert paragraphs("<p>One &amp; two</p><p>Three</p>") == "One & two\n\nThree"
    assert paragraphs("ABSTRACT: Plain text.") == "Plain text."
    assert paragraphs("Abstract reasoning declines at night.") == "Abstract reasoning declines at night."


def test_lists_and_lettered_indices_in_an_abstract() -> None:
    assert paragraphs("<ul><li>One</li><li>Two</li></ul>") == "• One\n\n• Two"
    assert paragraphs("x<sup>th</sup> and 10<sup>−3</sup>") == "xth and 10⁻³"


# Kinds of record


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("journal-article", "article-journal"), ("monograph", "book"), ("edited-book", "book"),
        ("book-chapter", "chapter"), ("reference-entry", "entry-encyclopedia"),
        ("proceedings-article", "paper-conference"), ("report", "report"),
        ("dissertation", "thesis"), ("posted-content", "article"), ("dataset", "dataset"),
        ("standard", "standard"), ("peer-review", "review"),
    ],
)  # fmt: skip
def test_kinds_of_work(kind: str, csl: str) -> None:
    assert csl_from_crossref(a_work(type=kind))["type"] == csl


def test_a_preprint_says_so_and_where() -> None:
    item = csl_from_crossref(
        a_work(type="posted-content", subtype="preprint", institution=[{"name": "bioRxiv"}])
    )
    assert (item["genre"], item["publisher"]) == ("Preprint", "bioRxiv")


def test_a_thesis_names_its_degree_and_university() -> None:
    item = csl_from_crossref(
        a_work(
            type="dissertation",
            degree=["PhD Thesis"],
            institution=[{"name": "Hill University"}],
            publisher="Lib",
        )
    )
    assert (item["genre"], item["publisher"]) == ("PhD Thesis", "Hill University")


def test_an_unnamed_kind_inside_a_book_is_a_chapter() -> None:
    work = a_work(type="other", ISBN=["9780306406157"], **{"container-title": ["Night Work"]})
    assert csl_from_crossref(work)["type"] == "chapter"
    with pytest.raises(NotAReference, match="kind of work"):
        csl_from_crossref(a_work(type="other"))


@pytest.mark.parametrize("kind", ["journal", "journal-issue", "component", "book-series", "grant"])
def test_what_is_no_work_is_refused_with_the_reason(kind: str) -> None:
    with pytest.raises(NotAReference, match=r"10\.5555/ward is .*not taken|not a work"):
        csl_from_crossref(a_work(type=kind))


def test_a_notice_is_refused_and_names_the_work_it_is_about() -> None:
    notice = {"update-to": [{"DOI": "10.5555/Paper", "type": "retraction", "label": "Retraction"}]}
    with pytest.raises(NotAReference, match=r"notice \(retraction\) about 10\.5555/paper"):
        csl_from_crossref(a_work(**notice))


def test_a_new_version_or_a_correction_of_itself_is_no_notice() -> None:
    version = [
        {"DOI": "10.5555/ward.v1", "type": "new_version"},
        {"DOI": "10.5555/WARD", "type": "correction"},
    ]
    assert refusal(a_work(**{"update-to": version})) is None


def test_a_retracted_paper_that_also_carries_the_notice_stays_a_work() -> None:
    both = {
        "title": ["RETRACTED: Sleep on the ward"],
        "update-to": [{"DOI": "10.5555/notice", "type": "retraction"}],
        "updated-by": [{"DOI": "10.5555/notice", "type": "retraction", "source": "publisher"}],
    }
    assert csl_from_crossref(a_work(**both))["title"].startswith("RETRACTED")


# Any text


@given(st.text(alphabet=st.sampled_from("ab <>/i&;ampltgsubÃ¤â€™\x80\n"), max_size=60))
def test_any_text_is_read_and_its_marks_are_paired(text: str) -> None:
    once = rich_line(text)
    assert "\n" not in once
    for mark in ("i", "sub"):
        assert once.count(f"<{mark}>") == once.count(f"</{mark}>")
    assert isinstance(paragraphs(text), str)


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "family", "type"]), inner)
    ),
    max_leaves=6,
)
FIELDS = (
    "title", "subtitle", "author", "editor", "issued", "published-print", "journal-issue", "event",
    "institution", "container-title", "ISSN", "issn-type", "isbn-type", "update-to", "updated-by", "abstract",
    "page", "degree",
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), JUNK))
def test_a_record_of_any_shape_is_cleaned_or_refused(junk: Work) -> None:
    work = a_work() | junk
    updates_of(work)
    if refusal(work) is None:
        assert csl_from_crossref(work)["type"] == "article-journal"
