"""What leaves the program: whole or not at all, and never over a project."""

import os
import stat
from pathlib import Path

import pytest

from evidence_app.services.formats.registry import write_references
from evidence_app.services.projects import new_project
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.files import write_whole
from evidence_app.services.whole_files import NotWritten, replacing
from evidence_app.storage.backup import verify


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "review.evidence"
    new_project(path, "A review").close()
    return path


def test_no_export_is_written_over_a_project(project: Path) -> None:
    before = project.read_bytes()
    with pytest.raises(NotWritten, match="is an Evidence Desk project"):
        write_references([], project, "ris")
    with pytest.raises(PublishingError, match="is an Evidence Desk project"):
        write_whole(project, b"a summary")
    assert project.read_bytes() == before
    verify(project)


def test_a_link_to_a_project_does_not_lead_over_it(project: Path, tmp_path: Path) -> None:
    link = tmp_path / "list.ris"
    link.symlink_to(project)
    with pytest.raises(NotWritten, match="is an Evidence Desk project"):
        write_references([], link)
    verify(project)


def test_a_link_is_followed_to_the_file_it_names(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices here")
def test_what_is_no_file_is_left_as_it_is(tmp_path: Path) -> None:
    for place in (tmp_path, Path("/dev/null")):
        with pytest.raises(NotWritten, match="is not a file"):
            write_references([], place, "ris")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_what_stood_there_stays_when_writing_fails(tmp_path: Path) -> None:
    out = tmp_path / "list.ris"
    out.write_text("old")

    def failing() -> None:
        with replacing(out) as beside:
            beside.write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(NotWritten, match="No space left on device"):
        failing()
    assert out.read_text() == "old"
    assert os.listdir(tmp_path) == ["list.ris"]  # noqa: PTH208 - hidden files too


def test_the_longest_name_a_folder_takes_can_be_written(tmp_path: Path) -> None:
    out = tmp_path / ("é" * 120 + ".ris")
    write_references([], out)
    assert out.is_file()
