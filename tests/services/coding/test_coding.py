"""Coding passages: one quotation to a place, one coding to a code, all of it undone in one step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.coding import QuotationKind, Voice
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import quoting
from evidence_app.services.coding.coding import code_with_new, in_vivo_name, set_memo, uncode
from evidence_app.services.coding.quoting import Said
from evidence_app.storage import coding
from tests.services.coding.desk import Desk, opened_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path) as made:
        yield made


def test_coding_a_passage_twice_makes_one_quotation_and_no_coding_twice(desk: Desk) -> None:
    desk.coded("money arrived late", "Money")
    desk.coded("money arrived late", "Money", "Late")
    assert desk.told() == [("money arrived late", "Money"), ("money arrived late", "Late")]
    assert len(desk.quotations()) == 1


def test_a_new_code_comes_with_its_first_coding_in_one_undo(desk: Desk) -> None:
    passage = desk.passage("trust was lost for good")
    desk.do(code_with_new(passage, in_vivo_name(passage.anchor.exact)))
    (code,) = desk.codes()
    (quotation,) = desk.quotations()
    assert (code.name, code.made_from) == ("trust was lost for good", quotation.id)
    desk.project.undo()
    assert (desk.codes(), desk.quotations(), desk.codings()) == ([], [], [])
    desk.project.redo()
    assert desk.told() == [("trust was lost for good", "trust was lost for good")]


def test_words_of_a_passage_make_a_name() -> None:
    assert in_vivo_name(" “We felt\nunheard,” ") == "We felt unheard"
    assert in_vivo_name("word " * 30) == "word word word word word word word word word word word word…"
    assert in_vivo_name("委" * 70) == "委" * 60 + "…"


def test_uncoding_leaves_the_quotation(desk: Desk) -> None:
    desk.coded("money arrived late", "Money")
    desk.do(uncode(desk.codings(), "Money"))
    assert (desk.codings(), len(desk.quotations())) == ([], 1)
    desk.project.undo()
    assert len(desk.codings()) == 1


def test_what_is_said_of_a_quotation_is_changed_and_undone(desk: Desk) -> None:
    desk.coded("We felt unheard", "Voice")
    (quotation,) = desk.quotations()
    said = Said(kind=QuotationKind.PARAPHRASE, voice=Voice.PARTICIPANT, speaker="Carer", text="Not heard")
    desk.do(quoting.describe(quotation, said))
    (changed,) = desk.quotations()
    assert quoting.said_of(changed) == said
    assert changed.words == "Not heard"
    desk.do(quoting.mark_important([changed]))
    assert desk.quotations()[0].important
    desk.project.undo()
    desk.project.undo()
    assert desk.quotations() == [quotation]


def test_an_end_is_moved_and_the_codings_stay(desk: Desk) -> None:
    desk.coded("money arrived", "Money")
    desk.do(quoting.adjust(desk.quotations()[0], desk.anchor("first year money arrived late")))
    assert desk.told() == [("first year money arrived late", "Money")]


def test_quotations_are_linked_and_removed(desk: Desk) -> None:
    desk.coded("money arrived late", "Money")
    desk.coded("money came on time", "Money")
    one, other = desk.quotations()
    desk.do(quoting.link(one, other, "contradicts"))
    (link,) = coding.quotation_links(desk.reader, other.id)
    assert link.kind == "contradicts"
    with pytest.raises(EvidenceError, match="itself"):
        quoting.link(one, one)
    desk.do(quoting.unlink(link))
    desk.do(
        quoting.remove_quotations([one], [each.id for each in desk.codings() if each.quotation == one.id])
    )
    assert desk.told() == [("money came on time", "Money")]
    desk.project.undo()
    assert len(desk.told()) == 2


def test_why_a_code_was_given_is_kept_with_the_coding(desk: Desk) -> None:
    desk.coded("money arrived late", "Money")
    desk.do(set_memo(desk.codings()[0], " Because "))
    assert desk.codings()[0].memo == "Because"
