"""Files beside the project: copied by what is in them, never elsewhere, and taken off without loss."""

import hashlib
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.library import attachments
from evidence_app.services.progress import silent
from evidence_app.storage import library
from evidence_app.storage.project import Project


def a_file(folder: Path, name: str, content: bytes = b"%PDF-1.4 a report") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_lies_beside_the_project_under_its_hash(tmp_path: Path) -> None:
    original = a_file(tmp_path / "inbox", "Report 85.PDF")
    project = tmp_path / "review.evidence"
    (kept,) = attachments.keep_copies(project, [original], silent)
    assert kept.sha256 == hashlib.sha256(original.read_bytes()).hexdigest()
    assert kept.kind == "application/pdf"
    place = attachments.place_of(project, kept.sha256, kept.name)
    assert place.read_bytes() == original.read_bytes()
    assert place.suffix == ".pdf"
    assert place.is_relative_to(tmp_path / "review.evidence-files")
    assert original.exists()


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    project = tmp_path / "review.evidence"
    files = [a_file(tmp_path / "inbox", "a.pdf"), a_file(tmp_path / "inbox", "b.pdf")]
    attachments.keep_copies(project, files, silent)
    found = [path for path in attachments.companion_folder(project).rglob("*") if path.is_file()]
    assert len(found) == 1


def test_a_file_that_cannot_be_read_is_told_and_leaves_nothing_half(tmp_path: Path) -> None:
    project = tmp_path / "review.evidence"
    with pytest.raises(EvidenceError, match=r"missing\.pdf could not be copied"):
        attachments.keep_copies(project, [tmp_path / "missing.pdf"], silent)
    assert not [path for path in attachments.companion_folder(project).rglob("*") if path.is_file()]


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "a" * 63, "G" * 64])
def test_no_row_of_a_project_leads_outside_its_folder(tmp_path: Path, sha256: str) -> None:
    with pytest.raises(EvidenceError):
        attachments.place_of(tmp_path / "review.evidence", sha256, "x.pdf")


def test_a_name_with_slashes_gives_no_path(tmp_path: Path) -> None:
    project = tmp_path / "review.evidence"
    place = attachments.place_of(project, "a" * 64, "../../../evil")
    assert place.parent.parent == attachments.companion_folder(project)


def test_attaching_is_one_undo_and_taking_off_keeps_the_copy(sample_project: Project, tmp_path: Path) -> None:
    files = [a_file(tmp_path / "inbox", "a.pdf", b"a"), a_file(tmp_path / "inbox", "b.txt", b"b")]
    kept = attachments.keep_copies(sample_project.path, files, silent)
    sample_project.apply(attachments.attach(1, kept))
    with sample_project.reader() as reader:
        held = library.attachments_of(reader, 1)
    assert [file.name for file in held] == ["a.pdf", "b.txt"]
    sample_project.apply(attachments.detach(held[0].id, held[0].name))
    with sample_project.reader() as reader:
        assert [file.name for file in library.attachments_of(reader, 1)] == ["b.txt"]
    assert attachments.place_of(sample_project.path, kept[0].sha256, "a.pdf").exists()
    sample_project.undo()
    sample_project.undo()
    with sample_project.reader() as reader:
        assert library.attachments_of(reader, 1) == []
