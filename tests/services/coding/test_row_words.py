"""The history tells of documents, quotations and codes in the user's words."""

from pathlib import Path

from evidence_app.services.coding import codebook, quoting
from evidence_app.services.coding.quoting import Said
from evidence_app.services.row_names import UNSAID, RowNames, table_words
from tests.services.coding.desk import opened_desk


def test_rows_have_names_and_essences(tmp_path: Path) -> None:
    with opened_desk(tmp_path) as desk:
        desk.coded("money arrived late", "Money")
        names = RowNames(desk.reader)
        assert names.name("coding", 1) == "“Money” on “money arrived late”"
        assert names.essence("coding", 1) == ("Code “Money”", "“money arrived late”")
        assert names.essence("document", 1) == ("Document of Author1 2020", "Report 1")
        desk.do(quoting.describe(desk.quotations()[0], Said(core="Late")))
        assert names.column("quotation", 1, "core") == "Core statement of “money arrived late”"
        trust = desk.code("Trust")
        desk.do(codebook.move([desk.code("Money")], trust, None, desk.codes()))
        assert RowNames(desk.reader).value("code", "parent", trust.id) == "“Trust”"
        assert "rectangles" in UNSAID["quotation"]
        assert table_words("region", 2) == "2 parts to be coded"
