"""An open project keeps its locks, whatever else this process is asked to read."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.exchange.files import is_coding_file
from evidence_app.services.coding.full_texts import read_document
from evidence_app.services.formats.decoding import source
from evidence_app.services.importing import SearchRun, import_files
from evidence_app.services.library.attachments import keep_copies
from evidence_app.services.progress import silent
from evidence_app.services.screening.packets.answers import answers_in
from evidence_app.services.whole_files import replacing
from evidence_app.storage import connections, open_files
from evidence_app.storage.project import Project
from tests.locks import keeps_its_locks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only POSIX locks are lost by closing a file")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence") as made:
        assert keeps_its_locks(made.path)
        yield made


def write_over(path: Path) -> None:
    with replacing(path):
        pass


READERS: dict[str, Callable[[Path], object]] = {
    "is it a project": connections.is_project,
    "is it there": connections.check_there,
    "write over it": write_over,
    "import it": source,
    "is it coding": is_coding_file,
    "read it as a document": read_document,
    "merge it as a packet": answers_in,
}


@pytest.mark.parametrize("ending", ["", "-shm", "-wal"])
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_nothing_opens_a_project_beside_sqlite(
    project: Project, reader: Callable[[Path], object], ending: str
) -> None:
    with contextlib.suppress(EvidenceError):
        reader(Path(f"{project.path}{ending}"))
    assert keeps_its_locks(project.path)


def test_a_project_is_neither_imported_into_itself_nor_attached_to_itself(project: Project) -> None:
    with pytest.raises(EvidenceError, match="open here"):
        import_files(project, [project.path], SearchRun())
    with pytest.raises(EvidenceError, match="open here"):
        keep_copies(project.path, [project.path], silent)
    assert keeps_its_locks(project.path)


def test_a_link_to_an_open_project_is_the_project(project: Project, tmp_path: Path) -> None:
    link = tmp_path / "link.evidence"
    link.symlink_to(project.path)
    assert open_files.is_held(link)
    with Project.open(link):
        pass
    assert keeps_its_locks(project.path)


def test_a_closed_project_is_a_file_like_others(project: Project) -> None:
    project.close()
    assert not open_files.is_held(project.path)
    assert connections.is_project(project.path)


def test_closing_a_handle_beside_sqlite_lets_the_locks_go(project: Project) -> None:
    Path(f"{project.path}-shm").read_bytes()
    assert not keeps_its_locks(project.path), "the rule these tests hold is no longer needed"
