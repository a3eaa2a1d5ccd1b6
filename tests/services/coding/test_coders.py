"""Two coders: blind until opened, compared on what was coded, settled without touching their work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.coding import MemoKind, QuotationKind
from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import coders, memos, quoting
from evidence_app.services.coding.coders import Comparison
from evidence_app.services.coding.coders_export import AGREEMENT, NEW_CODES, Compared, write_comparison
from evidence_app.services.coding.coding import Coder
from evidence_app.services.coding.exchange.files import send_out
from evidence_app.services.coding.quoting import Said
from evidence_app.services.formats.workbooks import opened_workbook
from evidence_app.storage import coding, coding_notes
from evidence_app.storage.coding_contents import CodingContents, coding_contents
from tests.services.coding.desk import Desk, opened_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path) as made:
        made.do(Edit("People", (insert("person", "ada", name="Ada"), insert("person", "ben", name="Ben"))))
        ada, ben = (Coder(row, None, row) for row in people(made))
        made.coded("money arrived late", "Money", coder=ada)
        made.coded("first year money arrived", "Money", coder=ben)
        made.coded("trust was lost", "Trust", coder=ada)
        made.coded("trust was lost", "Trust", "Money", coder=ben)
        made.coded("We felt unheard", "Trust", coder=ben)
        made.coded("Trust grew", "Trust", row=2, coder=ada)
        yield made


def people(desk: Desk) -> list[int]:
    found = [coding.person_of(desk.reader, guid) for guid in ("ada", "ben")]
    return [row for row in found if row is not None]


def compared(desk: Desk) -> tuple[CodingContents, Comparison]:
    contents = coding_contents(desk.reader)
    return contents, coders.compare(contents, *people(desk))


def test_a_report_one_of_them_never_opened_is_no_disagreement(desk: Desk) -> None:
    _, ben = people(desk)
    contents, found = compared(desk)
    assert {unit.document for unit in found.units} == {1}
    reports = {row: each.reference for row, each in contents.documents.items()}
    looked = insert("coding_status", reference=reports[2], person=ben, state="looked at, absent", at="")
    desk.do(Edit("Looked at", (looked,)))
    contents, found = compared(desk)
    assert {unit.document for unit in found.units} == {1, 2}
    trust = next(each for each in found.codes if contents.placed[each.code].code.name == "Trust")
    assert (trust.both, trust.first_only, trust.second_only, trust.neither) == (1, 1, 1, 1)


def test_a_unit_is_told_in_the_words_of_the_page(desk: Desk) -> None:
    first = desk.quotations()[0]
    desk.do(quoting.describe(first, Said(kind=QuotationKind.PARAPHRASE, text="It came too late")))
    unit = next(each for each in compared(desk)[1].units if len(each.quotations) == 2)
    assert coders.words_of(unit) == ["first year money arrived", "money arrived late"]


def test_both_may_give_one_passage_the_same_code(desk: Desk) -> None:
    assert desk.told().count(("trust was lost", "Trust")) == 2


def test_agreement_is_counted_on_units_that_somebody_coded(desk: Desk) -> None:
    contents, found = compared(desk)
    assert [(unit.document, unit.start, unit.end) for unit in found.units] == [
        (1, 7, 36), (1, 43, 57), (1, 69, 84)
    ]  # fmt: skip
    told = {contents.placed[each.code].code.name: each for each in found.codes}
    trust = told["Trust"]
    assert (trust.both, trust.first_only, trust.second_only, trust.neither) == (1, 0, 1, 1)
    money = told["Money"]
    assert (money.both, money.first_only, money.second_only, money.neither) == (1, 0, 1, 1)
    assert money.percent is not None
    assert money.percent.value == pytest.approx(2 / 3)
    assert money.kappa is not None
    assert money.kappa.value == pytest.approx(0.4)
    assert [contents.placed[each.code].code.name for each in found.codes] == ["Money", "Trust"]
    assert coders.coders_of(contents) == people(desk)


def test_nothing_is_compared_while_one_codes_blind(desk: Desk) -> None:
    _, ben = people(desk)
    own = [each for each in desk.codings() if each.person == ben]
    desk.do(coders.code_blind("Ben", ben, own, None))
    (layer,) = coding.layers(desk.reader)
    ada = people(desk)[0]
    assert not [each for each in coding.codings(desk.reader, viewer=ada) if each.person == ben]
    counts = {each.label: each.quotations for each in coding_notes.reports_to_code(desk.reader, ada)}
    assert counts == {"Author1 2020": 2, "Author2 2020": 1}
    hidden = next(each for each in desk.quotations() if each.anchor.exact == "We felt unheard")
    desk.do(memos.write_memo(MemoKind.MEMO, "Between us", "quotation", hidden.id))
    assert coding_notes.memos(desk.reader, viewer=ada) == []
    assert len(coding_notes.memos(desk.reader, viewer=ben)) == 1
    _, found = compared(desk)
    assert found.hidden
    assert found.codes == ()
    desk.do(coders.open_layer(layer))
    assert not compared(desk)[1].hidden
    (layer,) = coding.layers(desk.reader)
    desk.do(coders.code_blind("Ben", ben, own, layer))
    assert coding.layers(desk.reader)[0].blind
    for _ in range(4):
        desk.project.undo()
    assert {each.layer for each in desk.codings()} == {None}


def test_differences_are_settled_and_the_coders_work_stays(desk: Desk) -> None:
    ada = people(desk)[0]
    contents, found = compared(desk)
    before = len(desk.codings())
    left = coders.differences(contents, found, coding_notes.refusals(desk.reader))
    assert len(left) == 2
    desk.do(coders.settle(contents, left[0], take=True, person=ada))
    contents, found = compared(desk)
    desk.do(coders.settle(contents, left[1], take=False, person=ada, reason="Only in passing"))
    (memo,) = coding_notes.memos(desk.reader)
    assert (memo.title, memo.text, memo.subject) == ("Not agreed: Trust", "Only in passing", "quotation")
    contents, found = compared(desk)
    assert len(coders.differences(contents, found, coding_notes.refusals(desk.reader))) == 0
    assert len(desk.codings()) == before + 1
    assert [layer.name for layer in contents.layers] == [coders.AGREED]
    assert [(each.both, each.differing) for each in found.codes] == [(1, 1), (1, 1)]


def test_the_curve_tells_what_each_report_brought(desk: Desk) -> None:
    points = coders.new_code_curve(coding_contents(desk.reader))
    assert [(each.label, each.new, each.so_far) for each in points] == [
        ("Author1 2020", 2, 2), ("Author2 2020", 0, 2)
    ]  # fmt: skip


def test_a_refusal_written_by_an_older_version_counts(desk: Desk) -> None:
    contents, found = compared(desk)
    left = coders.differences(contents, found, frozenset())
    quotation = left[0].unit.quotations[0]
    desk.do(memos.write_memo(
        MemoKind.DECISION, "", "quotation", quotation.id, f"Not agreed: {left[0].code} on {quotation.guid}"
    ))  # fmt: skip
    desk.do(memos.write_memo(MemoKind.DECISION, "Not agreed: we ask again", "quotation", quotation.id))
    assert coding_notes.refusals(desk.reader) == {(quotation.id, left[0].code)}


def test_who_codes_blind_sees_nobody_elses_work_either(desk: Desk) -> None:
    ada, ben = people(desk)
    own = [each for each in desk.codings() if each.person == ben]
    desk.do(coders.code_blind("Ben", ben, own, None))
    assert {each.person for each in coding.codings(desk.reader, viewer=ben)} == {ben}
    seen = [each.anchor.exact for each in coding.all_quotations(desk.reader, ben)]
    assert "money arrived late" not in seen
    assert "trust was lost" in seen
    assert len(coding.codings(desk.reader)) == len(desk.codings())
    (layer,) = coding.layers(desk.reader)
    desk.do(coders.open_layer(layer))
    assert {each.person for each in coding.codings(desk.reader, viewer=ben)} == {ada, ben}


def test_what_others_code_blind_does_not_leave_with_a_viewers_export(desk: Desk, tmp_path: Path) -> None:
    ada, ben = people(desk)
    own = [each for each in desk.codings() if each.person == ben]
    desk.do(coders.code_blind("Ben", ben, own, None))
    sent = send_out(desk.reader, tmp_path / "ada.qdpx", viewer=ada)
    assert sent.codings == 3
    assert sent.not_written == {"Coding you do not see while somebody codes blind": len(own)}
    assert send_out(desk.reader, tmp_path / "all.qdpx").codings == 3 + len(own)


def test_layers_are_told_with_their_owners(desk: Desk) -> None:
    ada, ben = people(desk)
    contents, found = compared(desk)
    left = coders.differences(contents, found, frozenset())
    desk.do(coders.settle(contents, left[0], take=True, person=ada))
    own = [each for each in desk.codings() if each.person == ben]
    desk.do(coders.code_blind("Ben", ben, own, None))
    told = [
        (each.name, each.blind, each.codings, each.codes, each.reports)
        for each in coders.layers_of(coding_contents(desk.reader))
    ]
    assert told == [("Ada", False, 3, 2, 2), ("Ben", True, 4, 2, 1), ("Agreed", False, 1, 1, 1)]


def test_what_was_compared_is_written_as_tables(desk: Desk, tmp_path: Path) -> None:
    contents, found = compared(desk)
    left = coders.differences(contents, found, frozenset())
    seen = Compared(contents, found, ("Ada", "Ben"), left)
    write_comparison(seen, AGREEMENT, tmp_path / "coders.xlsx")
    with (tmp_path / "coders.xlsx").open("rb") as file:
        book = opened_workbook(file)
        sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    assert sheets["Agreement"][0][:4] == ("Code", "Both", "Only Ada", "Only Ben")
    assert sheets["Agreement"][1] == ("Money", 1, 0, 1, 1, 0.6667, 0.4, pytest.approx(0.3333, abs=1e-4))
    assert str(sheets["Agreement"][-1][0]).endswith("Text nobody coded is left out. There are 3.")
    assert len(sheets["To settle"]) == 3
    write_comparison(seen, NEW_CODES, tmp_path / "curve.csv")
    assert (tmp_path / "curve.csv").read_text("utf-8-sig").splitlines() == [
        "Report,New codes,Codes so far,Codings,Which are new",
        "Author1 2020,2,2,6,Money; Trust",
        "Author2 2020,0,2,1,",
    ]
    with pytest.raises(EvidenceError, match="not a format"):
        write_comparison(seen, AGREEMENT, tmp_path / "coders.odt")
