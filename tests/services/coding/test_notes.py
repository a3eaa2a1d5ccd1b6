"""What is to be coded, how far it is, memos, and coding by a phrase."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.coding import CodingState, MemoKind, RegionKind
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import auto_coding, marking, memos
from evidence_app.services.coding.coding import NOBODY
from evidence_app.storage import coding, coding_notes
from tests.services.coding.desk import Desk, opened_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path) as made:
        yield made


def test_regions_that_meet_become_one(desk: Desk) -> None:
    document = desk.document()
    desk.do(marking.mark_region(document, RegionKind.FINDINGS, 0, 20))
    held = coding_notes.regions(desk.reader, 1)
    desk.do(marking.mark_region(document, RegionKind.FINDINGS, 20, 40, held))
    desk.do(marking.mark_region(document, RegionKind.RESULTS, 10, 30, held))
    found = coding_notes.regions(desk.reader, 1)
    assert [(each.kind, each.start, each.end) for each in found] == [
        (RegionKind.FINDINGS, 0, 40), (RegionKind.RESULTS, 10, 30)
    ]  # fmt: skip
    assert marking.uncoded_share(found, [(0, 10), (5, 20)]) == 0.5
    assert marking.uncoded_share([], []) is None
    desk.do(marking.unmark_region(found[1]))
    assert len(coding_notes.regions(desk.reader, 1)) == 1
    with pytest.raises(EvidenceError):
        marking.mark_region(document, RegionKind.FINDINGS, 5, 5)


def test_a_report_is_looked_at_and_absent_until_that_is_taken_back(desk: Desk) -> None:
    desk.do(marking.set_coding_state(1, CodingState.IN_PROGRESS, None))
    (held,) = coding_notes.coding_statuses(desk.reader).values()
    desk.do(marking.set_coding_state(1, CodingState.ABSENT, held))
    assert coding_notes.coding_statuses(desk.reader)[1, None].state is CodingState.ABSENT
    assert not marking.set_coding_state(2, CodingState.NOT_STARTED, None)
    desk.project.undo()
    desk.project.undo()
    assert coding_notes.coding_statuses(desk.reader) == {}


def test_memos_are_written_typed_and_listed_in_one_place(desk: Desk) -> None:
    code = desk.code("Money")
    desk.do(memos.write_memo(MemoKind.THEORY, "Why money matters", "code", code.id, "On money"))
    desk.do(memos.write_memo(MemoKind.REFLEXIVE, "I was a commissioner once"))
    first, second = coding_notes.memos(desk.reader)
    assert (first.kind, first.subject) == (MemoKind.REFLEXIVE, "")
    assert (second.subject, second.row, second.title) == ("code", code.id, "On money")
    assert coding_notes.memos(desk.reader, "code", code.id) == [second]
    desk.do(memos.change_memo(second, MemoKind.DECISION, "", "Decided"))
    assert coding_notes.memos(desk.reader, "code", code.id)[0].kind is MemoKind.DECISION
    desk.do(memos.change_memo(first, MemoKind.MEMO, "", " "))
    assert len(coding_notes.memos(desk.reader)) == 1
    with pytest.raises(EvidenceError, match="empty"):
        memos.write_memo(MemoKind.MEMO, " ")


def test_a_phrase_is_coded_where_it_stands_and_once(desk: Desk) -> None:
    texts = [(each, coding.text_of(desk.reader, each.id)) for each in coding.documents(desk.reader)]
    found = auto_coding.places(texts, "money")
    assert [each.words for each in found] == [
        "In the first year money arrived late.", "The leaders listened, and money came on time.",
        "Money was short.",
    ]  # fmt: skip
    assert [each.words for each in auto_coding.places(texts, "“we felt", sentences=False)] == ["“We felt"]
    assert len(auto_coding.places(texts, "协同")) == 1
    assert auto_coding.places(texts, "one") != []
    assert [each.words for each in auto_coding.places(texts, "mon* was")] == ["Money was short."]
    (star, *_) = auto_coding.places(texts, "lead*")
    assert star.words[slice(*star.said)] == "leaders"
    assert auto_coding.places(texts, "*") == []
    assert auto_coding.places(texts, "ney") == auto_coding.places(texts, " ") == []
    code, by_id = desk.code("Money"), {document.id: text for document, text in texts}
    for coded in (3, 0):
        edit = auto_coding.auto_code(
            found, code, by_id, coding.all_quotations(desk.reader), desk.codings(), NOBODY
        )
        assert len([change for change in edit.changes if change.table == "coding"]) == coded
        if edit:
            desk.do(edit)
    desk.project.undo()
    assert desk.codings() == []
