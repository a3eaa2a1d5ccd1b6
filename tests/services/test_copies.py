"""Verified copies: what is remembered of them, and what they hold beside the open project."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.errors import AlreadyExists, NotAProject
from evidence_app.services import copies
from evidence_app.storage.project import Project


def test_a_backup_is_verified_and_remembered(sample_project: Project, tmp_path: Path) -> None:
    with sample_project.reader() as reader:
        assert copies.snapshot_words(reader) == ""
        made = copies.back_up(reader, tmp_path / "copy.evidence")
        assert made.references == 110
        sample_project.keep(copies.TABLE, [copies.snapshot_row(made)])
        now = f"{datetime.now():%H:%M}"
        assert copies.snapshot_words(reader) == f"Snapshot {now}, verified 110 references"


def test_a_snapshot_of_another_day_gives_the_day(sample_project: Project) -> None:
    at = datetime.now().astimezone() - timedelta(days=3)
    value = json.dumps({"at": at.isoformat(), "references": 1})
    sample_project.keep(copies.TABLE, [{"key": "snapshot", "value": value}])
    with sample_project.reader() as reader:
        assert copies.snapshot_words(reader).startswith(f"Snapshot {at.day} {at:%B}")
        assert copies.snapshot_words(reader).endswith("verified 1 reference")


@pytest.mark.parametrize("value", ["", "not json", "{}", '{"at": "never", "references": 2}', "[1]"])
def test_a_note_nobody_can_read_is_passed_over(sample_project: Project, value: str) -> None:
    sample_project.keep(copies.TABLE, [{"key": "snapshot", "value": value}])
    with sample_project.reader() as reader:
        assert copies.snapshot_words(reader) == ""


def test_a_copy_is_counted_as_the_open_project_is(sample_project: Project, tmp_path: Path) -> None:
    out = tmp_path / "copy.evidence"
    with sample_project.reader() as reader:
        copies.back_up(reader, out)
        sample_project.apply(Edit("One more", (insert("reference", type="book", title="More"),)))
        now, then = copies.present(reader), copies.held(out)
    assert (now.references, then.references) == (111, 110)
    assert now.edits == then.edits + 1


def test_restoring_writes_a_new_file_and_never_over_one(sample_project: Project, tmp_path: Path) -> None:
    backup, out = tmp_path / "copy.evidence", tmp_path / "again.evidence"
    with sample_project.reader() as reader:
        copies.back_up(reader, backup)
    assert copies.restore(backup, out).references == 110
    with pytest.raises(AlreadyExists):
        copies.restore(backup, out)


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.evidence"
    other.write_text("Not a project", "utf-8")
    with pytest.raises(NotAProject):
        copies.held(other)


def test_a_backup_is_named_after_its_project_and_the_time(tmp_path: Path) -> None:
    name = copies.suggested_path(tmp_path / "Review.evidence").name
    assert name.startswith("Review 20")
    assert name.endswith(" backup.evidence")
