"""Works that belong together are linked, not merged."""

from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import Edit, insert
from evidence_app.services.deduplication.comparing import compare
from evidence_app.services.deduplication.records import record_of
from evidence_app.services.deduplication.relating import relate, relation_between
from evidence_app.storage import duplicates
from evidence_app.storage.project import Project

ARTICLE: CslItem = {
    "type": "article-journal", "title": "Walking home after a stroke",
    "author": [{"family": "Berg", "given": "A"}],
    "container-title": "Gait", "volume": "9", "page": "100-109", "issued": {"date-parts": [[2011]]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "Erratum: Walking home after a stroke"}, "erratum and original"),
        ({"title": "Walking home after a stroke: study protocol"}, "protocol and report"),
        ({"container-title": "medRxiv", "volume": ""}, "preprint and article"),
        (
            {"container-title": "Stroke", "volume": "41 Suppl 1", "page": "S12"},
            "conference abstract and article",
        ),
        ({"container-title": "Stroke", "volume": "41", "page": "7-19"}, "reports of one work"),
        ({"title": "[Gehen nach einem Schlaganfall im Winter]"}, "translation"),
        ({"title": "Shoes", "author": [{"family": "Falk", "given": "D"}]}, ""),
    ],
)
def test_how_two_works_belong_together_is_told(changes: dict[str, Any], words: str) -> None:
    one, other = record_of(1, ARTICLE), record_of(2, {**ARTICLE, **changes})
    assert relation_between(one, other, compare(one, other)) == words


def test_linked_works_are_kept_apart_and_one_undo_takes_the_link_back(tmp_path: Path) -> None:
    with Project.create(tmp_path / "review.evidence", "A review") as project, project.reader() as reader:
        project.apply(Edit("Add", tuple(insert("reference", type="book", title=title) for title in "ab")))
        project.apply(relate(2, 1, "preprint and article"))
        assert duplicates.judged_different(reader) == {(1, 2)}
        link = reader.row("SELECT reference_a, reference_b, reason, state FROM live_study_link")
        assert link is not None
        assert tuple(link) == (1, 2, "preprint and article", "joined")
        project.undo()
        assert duplicates.judged_different(reader) == set()
        assert reader.value("SELECT count(*) FROM live_study_link") == 0
