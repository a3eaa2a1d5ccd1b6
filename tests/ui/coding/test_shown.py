"""What changed is read alone, and gives the same as reading everything; lanes of stripes never collide."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook, quoting
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.coding import Coder, code_with_new, passage_at, uncode
from evidence_app.storage import coding
from evidence_app.storage.coding_changes import MOST, changes_since
from evidence_app.ui.coding.marks import drawn
from evidence_app.ui.coding.shown import Marked, code_book, marked
from evidence_app.ui.pages.marks import Marks
from tests.services.coding.desk import TEXT, Desk, opened_desk


@pytest.mark.parametrize("seed", range(6))
def test_reading_what_changed_is_as_good_as_reading_all(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with opened_desk(tmp_path, (TEXT * 3, TEXT)) as desk:
        known: Marked | None = None
        for _ in range(25):
            one_act(desk, chance)
            known = marked(desk.reader, 1, "nobody", known)
            anew = marked(desk.reader, 1, "nobody")
            assert replace(known, codings=sorted(known.codings.items())) == replace(  # type: ignore[arg-type]
                anew,
                codings=sorted(anew.codings.items()),  # type: ignore[arg-type]
            )


def one_act(desk: Desk, chance: random.Random) -> None:
    quotations, codings = desk.quotations(), desk.codings()
    act = chance.randrange(7)
    try:
        if act <= 2 or not quotations:
            document, text = desk.document(), coding.text_of(desk.reader, 1)
            start = chance.randrange(len(text) - 20)
            anchor = anchor_of(document, text, start, start + chance.randrange(5, 60))
            passage = passage_at(document, anchor, quotations)
            desk.do(code_with_new(passage, f"Code {chance.randrange(10**6)}", None, 0.0, Coder()))
        elif act == 3 and codings:
            desk.do(uncode([chance.choice(codings)]))
        elif act == 4:
            chosen = chance.choice(quotations)
            held = [each.id for each in codings if each.quotation == chosen.id]
            desk.do(quoting.remove_quotations([chosen], held))
        elif act == 5:
            desk.project.undo()
        elif len(desk.tree()) > 1:
            one, other = (each.code for each in chance.sample(desk.tree(), 2))
            desk.do(codebook.merge([one], other, desk.codes(), codings))
    except EvidenceError:
        return


def test_merged_codes_reach_marks_that_are_known(tmp_path: Path) -> None:
    with opened_desk(tmp_path) as desk:
        desk.coded("money arrived late", "Late")
        desk.coded("trust was lost", "Trust")
        before = drawn(desk.reader, desk.document(), "nobody", None, code_book(desk.reader, "nobody"))
        desk.do(codebook.merge([desk.code("Late")], desk.code("Trust"), desk.codes(), desk.codings()))
        book = code_book(desk.reader, "nobody")
        after = drawn(desk.reader, desk.document(), "nobody", before.marked, book)
        assert [stripe.name for mark in after.marks.all for stripe in mark.stripes] == ["Trust", "Trust"]


def test_overlapping_passages_have_lanes_of_their_own(tmp_path: Path) -> None:
    with opened_desk(tmp_path) as desk:
        desk.coded("In the first year money arrived late.", "Year")
        desk.coded("money arrived late", "Late", "Money")
        desk.coded("trust was lost", "Trust")
        found = drawn(desk.reader, desk.document(), "nobody", None, code_book(desk.reader, "nobody")).marks
        lanes = {stripe.name: stripe.lane for mark in found.all for stripe in mark.stripes}
        assert len({lanes["Year"], lanes["Late"], lanes["Money"]}) == 3
        assert lanes["Trust"] == 0
        at = TEXT.index("arrived")
        assert next(mark.quotation.anchor.exact for mark in found.at(at)) == "money arrived late"
        assert isinstance(found.with_one(found.all[0]), Marks)
        assert len(found.with_one(found.all[0]).all) == len(found.all)


def test_what_a_job_shows_at_its_end_is_not_missed(tmp_path: Path) -> None:
    with opened_desk(tmp_path) as desk:
        job = desk.project.job("Import")
        row = quoting.quotation_row(desk.document(), desk.anchor("trust was lost"))
        job.add([row])
        before = marked(desk.reader, 1, "nobody")
        assert before.quotations == ()
        job.finish()
        assert len(marked(desk.reader, 1, "nobody", before).quotations) == 1


def test_much_at_once_is_read_anew(tmp_path: Path) -> None:
    with opened_desk(tmp_path) as desk:
        code = desk.code("Late")
        document, text = desk.document(), coding.text_of(desk.reader, 1)
        rows = [
            quoting.quotation_row(document, anchor_of(document, text, at % 60, at % 60 + 20))
            for at in range(MOST + 2)
        ]
        desk.do(replace(codebook.rename(code, "Later"), changes=tuple(rows)))
        assert changes_since(desk.reader, 0).is_far
