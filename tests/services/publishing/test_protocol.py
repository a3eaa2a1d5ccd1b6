"""The protocol as a document of its own."""

from pathlib import Path

import pytest

from evidence_app.domain.screening import Protocol, Stage, Verdict
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.protocol import FORMATS, write_protocol
from evidence_app.services.screening.amending import amend
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.protocol import CriterionLine, Lists, set_protocol
from tests.doubles import a_person, a_screening_project


@pytest.mark.parametrize("ending", FORMATS)
def test_it_is_written_with_its_amendments_and_what_was_done(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"protocol{ending}"
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        lines = Lists(criteria=(CriterionLine(None, "I1", "Similar countries", True),))
        project.apply(set_protocol(reader, Protocol(review_type="Rapid review"), lists=lines))
        project.apply(decide(reader, 1, Stage.TITLE_ABSTRACT, Verdict.INCLUDE, ada))
        project.apply(amend(reader, "UK and Ireland only", "Comparable systems", ada))
        write_protocol(reader, out)
    assert out.stat().st_size > 300
    if ending == ".md":
        text = out.read_text("utf-8")
        for words in ("Rapid review", "I1 Similar countries", "UK and Ireland only (Comparable systems)",
                      "Titles and abstracts of 1 record were judged by Ada."):  # fmt: skip
            assert words in text


def test_without_a_protocol_or_in_another_format_nothing_is_written(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        with pytest.raises(PublishingError, match="No protocol was written yet"):
            write_protocol(reader, tmp_path / "protocol.docx")
        with pytest.raises(PublishingError, match=r"Use one of: \.docx, \.odt, \.md"):
            write_protocol(reader, tmp_path / "protocol.xlsx")
    assert list(tmp_path.glob("protocol*")) == []
