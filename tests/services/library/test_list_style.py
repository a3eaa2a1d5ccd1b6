"""What only a whole list tells of its references: bodies among people, where titles end, what to doubt."""

from evidence_app.services.formats.reference_lists import PrintedReference
from evidence_app.services.library import pasted_text
from evidence_app.services.library.list_style import agreed

NAMES = "Ray A, Dell C, Ito K", "Lowe J, Berg AB, Hall E", "Moss L-M, Cole C, Dunn D"
STYLED = [
    f"{at}. {NAMES[at % 3]}. Rest and rounds in ward {at}. *Ward Quarterly*. 2019;{at}(2):1-9."
    for at in range(1, 7)
]
BODY = "7. Better Nights. Rest for everybody: a programme of five years. 2018. Accessed May 16, 2023. https://example.org/nights"
TWO = "8. Ray A, Dell C. Whose night is it? Three answers. *Ward Quarterly*. 2022;14:102-9."
BOOK = "9. Ray A. *The Long Night*. Lamp Press; 2012."


def read(*more: str) -> dict[int, pasted_text.PastedEntry]:
    found = pasted_text.read("\n".join([*STYLED, *more])).entries
    return dict(enumerate(found, 1))


def test_whoever_has_no_initials_in_a_list_of_initials_is_a_body_and_shown_first() -> None:
    entries = read(BODY)
    body = entries[7]
    assert body.candidate.item["author"] == [{"literal": "Better Nights"}]
    assert body.doubts == ("Better Nights: a body or a person",)
    assert pasted_text.doubtful_first(list(entries.values()))[0] == 6


def test_in_a_list_of_full_names_everybody_is_a_person() -> None:
    names = "Anna Ray, Carl Dell and Ken Ito"
    full = [
        f"{at}. {names}. Rest and rounds in ward {at}. Ward Quarterly. 2019;{at}(2):1-9."
        for at in range(1, 7)
    ]
    found = pasted_text.read("\n".join(full)).entries
    assert not [each for each in found for name in each.candidate.item["author"] if "literal" in name]


def test_a_title_goes_on_to_the_emphasised_journal() -> None:
    item = read(TWO)[7].candidate.item
    assert (item["title"], item["container-title"]) == (
        "Whose night is it? Three answers",
        "Ward Quarterly",
    )


def test_a_journal_that_holds_a_sentence_is_doubted() -> None:
    read_so = PrintedReference(TWO, 8, (), {"container-title": "Three answers. Ward Quarterly"}, ())
    short = PrintedReference(TWO, 8, (), {"container-title": "Proc. Natl. Acad. Sci."}, ("no year",))
    assert [each.doubts for each in agreed([read_so, short])] == [("where the title ends",), ("no year",)]


def test_the_kind_of_what_only_names_its_publisher_is_doubted_where_that_is_seldom() -> None:
    more = [text.replace("1.", f"{at}.") for at, text in enumerate(STYLED, 10)]
    assert read(*more, BOOK)[13].doubts == ("a book or a report",)
    books = "\n".join(
        f"{at}. {NAMES[at % 3]}. *The Long Night {at}*. Lamp Press; 2012." for at in range(1, 9)
    )
    assert not [each for each in pasted_text.read(books).entries if "a book or a report" in each.doubts]
