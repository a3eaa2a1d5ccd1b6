"""Where a citation stands in its sentence, in styles that raise it and in styles that do not."""

from dataclasses import replace

import pytest

from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role, Text
from evidence_app.services.publishing.inlines import plain_text
from evidence_app.services.publishing.styles import style_source
from evidence_app.services.publishing.summary.evidence import words_of
from evidence_app.services.publishing.summary.model import Citation, Page, Paragraph, Summary, Word
from evidence_app.services.publishing.summary.rendering import render
from tests.doubles import a_reference

ONE = a_reference(1, type="book", title="One", author=[{"family": "Ames", "given": "A"}], year=2001)
TWO = a_reference(2, type="book", title="Two", author=[{"family": "Bell", "given": "B"}], year=2002)


def _set(style: str, *words: Word) -> str:
    paragraph = Paragraph(tuple(words))
    summary = Summary(profile="journal", title="T", pages=(Page(key="a", parts=(paragraph,)),))
    return plain_text(render(summary, (ONE, TWO), style_source(style)).inlines(paragraph.words))


CITED = Citation((Cited(ONE.id),))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("american-medical-association", "It grows.1 Then; it stops1; so,1 then."),
        ("apa", "It grows (Ames, 2001). Then; it stops (Ames, 2001); so (Ames, 2001), then."),
        ("vancouver", "It grows (1). Then; it stops (1); so (1), then."),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_citations_stand_where_the_style_wants_them(style: str, expected: str, before: bool) -> None:
    stop, comma = (
        (
            "",
            ".",
        ),
        ("", ","),
    )
    first = (Text("It grows" if before else "It grows."), CITED, Text(f"{stop[before]} Then; it stops"))
    second = (CITED, Text("; so" if before else "; so,"), CITED, Text(f"{comma[before]} then."))
    assert _set(style, *first, *second) == expected


def test_an_abbreviation_keeps_its_stop() -> None:
    made = _set("apa", Text("As shown by Ames et al."), CITED, Text(" and others."))
    assert made == "As shown by Ames et al. (Ames, 2001) and others."


def test_neighbouring_citations_do_not_run_together() -> None:
    other = Citation((Cited(TWO.id),))
    assert _set("apa", Text("So."), CITED, other) == "So (Ames, 2001) (Bell, 2002)."


@pytest.mark.parametrize("blank", ["", " "])
def test_neighbouring_raised_citations_stand_behind_the_stop_together(blank: str) -> None:
    other = Citation((Cited(TWO.id, prefix="cf. "),))
    words: list[Word] = [Text("It grows"), CITED, *([Text(blank)] if blank else []), other, Text(".")]
    assert _set("american-medical-association", *words) == "It grows.1;cf. 2"


def test_what_says_otherwise_is_told_where_it_stands_beside_the_evidence() -> None:
    evidence, against = Anchor("a", Role.EVIDENCE, CITED.works), Anchor("b", Role.CONTRAST, CITED.works)
    runs = (Text("It grows"), AnchorPlace("a"), Text(" "), AnchorPlace("b"), Text("."))
    block = Block(guid="one", section=1, runs=runs, anchors=(evidence, against))
    first, second = [word for word in words_of(block) if isinstance(word, Citation)]
    assert (first.works[0].prefix, second.works[0].prefix) == ("", "cf. ")
    alone = replace(block, runs=(Text("But not there"), AnchorPlace("b"), Text(".")))
    (only,) = [word for word in words_of(alone) if isinstance(word, Citation)]
    assert only.works[0].prefix == ""


def test_a_citation_of_nothing_known_leaves_the_sentence_whole() -> None:
    gone = Citation((Cited(a_reference(77).id),))
    assert _set("apa", Text("It grows"), gone, Text(".")) == "It grows."
    assert _set("american-medical-association", Text("It grows"), gone, Text(".")) == "It grows."
