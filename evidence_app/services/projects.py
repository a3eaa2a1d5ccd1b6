"""Making projects: an empty one, the sample review, and the copy that is thrown away."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from evidence_app.domain.errors import AlreadyExists
from evidence_app.storage import readiness
from evidence_app.storage.applied import NOBODY, Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.refusals import Refused

SAMPLE_WORD = "sample"
"""The project name that stands for a fresh copy of the sample review."""
SAMPLE_FILE = "Commissioning and co-production.evidence"


def new_project(path: Path, title: str, acting: Acting = NOBODY) -> Project:
    """Make an empty review and open it. Raises `AlreadyExists`."""
    return Project.create(path, title or path.stem, acting)


def new_sample(path: Path, acting: Acting = NOBODY) -> Project:
    """Make a project that holds the sample review and open it. Raises `AlreadyExists`.

    It is built beside its place and renamed when complete, so that a kill leaves no half of it."""
    from evidence_app.services.sample_review import sample_edit

    return Project.create(path, "", acting, beginning=sample_edit())


@contextmanager
def reading(project: str) -> Iterator[Reader]:
    """Open a project for reading only, also where it cannot be written, or another program writes it.

    What another program wrote, and search does not know yet, is indexed first where that can be done."""
    if project != SAMPLE_WORD:
        _brought_up_to_date(Path(project))
        with Reader(Path(project)) as reader:
            yield reader
        return
    with thrown_away_sample() as path, Reader(path) as reader:
        yield reader


def _brought_up_to_date(path: Path) -> None:
    if readiness.is_ready(path):
        return
    try:
        Project.open(path).close()
    except Refused:
        if not readiness.can_be_read(path):
            raise


@contextmanager
def opened(project: str, acting: Acting = NOBODY) -> Iterator[Project]:
    """Open a project by its path, or a fresh sample by its word, which is deleted at the end."""
    if project != SAMPLE_WORD:
        with Project.open(Path(project), acting) as found:
            yield found
        return
    with thrown_away_sample(acting) as path, Project.open(path, acting) as found:
        yield found


@contextmanager
def opened_or_read(project: str, acting: Acting = NOBODY) -> Iterator[tuple[Reader, Project | None]]:
    """Open a project to read it and, where it can be written, to keep something; None where it cannot."""
    with ExitStack() as held:
        found: Project | None = None
        try:
            found = held.enter_context(opened(project, acting))
        except Refused:
            reader = held.enter_context(reading(project))
        else:
            reader = held.enter_context(found.reader())
        yield reader, found


@contextmanager
def thrown_away_sample(acting: Acting = NOBODY) -> Iterator[Path]:
    """Write a fresh sample into a folder that is deleted at the end, and yield its path."""
    with tempfile.TemporaryDirectory(prefix="evidence-desk-") as folder:
        path = Path(folder) / SAMPLE_FILE
        new_sample(path, acting).close()
        yield path


def first_sample(folder: Path, acting: Acting) -> Path:
    """Write the sample into a folder under a name that is free, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = first_free_path(folder / SAMPLE_FILE)
    new_sample(path, acting).close()
    return path


def first_free_path(path: Path) -> Path:
    """Return this path, or the first numbered one beside it where nothing stands yet."""
    for number in range(1, 1000):
        candidate = path if number == 1 else path.with_stem(f"{path.stem} {number}")
        if not candidate.exists():
            return candidate
    raise AlreadyExists(f"{path} and 999 numbered copies of it exist already; all were left as they are.")
