"""Finding words in the manuscript and putting others in their place."""

import re

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.manuscript import AnchorPlace, Block, Mark, Text
from evidence_app.services.synthesis.finding import Sought, around, occurrences, replace_all
from evidence_app.storage import contents
from evidence_app.storage.project import Project


def a_block(*runs: Text | AnchorPlace, guid: str = "b") -> Block:
    return Block(guid=guid, section=1, runs=runs, id=1)


def test_words_are_found_whatever_their_capitals_unless_they_must_agree() -> None:
    block = a_block(Text("Trust grows. Distrust too, and trust again."))
    assert len(occurrences([block], Sought("trust"))) == 3
    assert len(occurrences([block], Sought("trust", case=True))) == 2
    assert len(occurrences([block], Sought("trust", whole=True))) == 2
    assert not occurrences([block], Sought(""))


def test_a_citation_parts_words() -> None:
    block = a_block(Text("co-pro"), AnchorPlace("a"), Text("duction"))
    assert not occurrences([block], Sought("co-production"))


def test_marks_stay_where_words_are_replaced() -> None:
    block = a_block(Text("It is "), Text("trust", (Mark.STRONG,)), Text(" that counts"))
    act = replace_all([block], occurrences([block], Sought("trust")), "confidence")
    assert act.blocks[0].runs == (
        Text("It is "), Text("confidence", (Mark.STRONG,)), Text(" that counts")
    )  # fmt: skip


def test_what_stands_round_a_place_is_shown() -> None:
    block = a_block(Text("Money that may stop at any time"))
    found = occurrences([block], Sought("may"))[0]
    assert around(block, found, 6) == ("… that ", "may", " stop …")


def test_a_capital_stays_a_capital_where_capitals_need_not_agree() -> None:
    block = a_block(Text("Funders wait. Then funders act."))
    found = occurrences([block], Sought("funders"))
    assert (
        replace_all([block], found, "buyers", capitals=True).blocks[0].text == "Buyers wait. Then buyers act."
    )
    assert replace_all([block], found, "buyers").blocks[0].text == "buyers wait. Then buyers act."


def test_replacing_many_is_one_edit_and_one_undo(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        before = contents.blocks(reader)
    found = occurrences(before, Sought("co-production"))
    assert len(found) > 10
    sample_project.apply(replace_all(before, found, "working together").edit)
    with sample_project.reader() as reader:
        assert not occurrences(contents.blocks(reader), Sought("co-production"))
    sample_project.undo()
    with sample_project.reader() as reader:
        assert contents.blocks(reader) == before


TEXT = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Nd", "Zs", "Po")), max_size=30)


@given(TEXT, st.text("ab ", min_size=1, max_size=2), TEXT)
def test_replacing_everywhere_is_what_it_is_for_plain_text(text: str, words: str, by: str) -> None:
    block = a_block(Text(text))
    act = replace_all([block], occurrences([block], Sought(words, case=True)), by)
    expected = re.sub(re.escape(words), lambda _: by, text)
    assert "".join(run.text for run in act.blocks[0].runs if isinstance(run, Text)) == expected
