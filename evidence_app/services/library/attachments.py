"""Files beside the project: copied into its companion folder, each under the hash of what is in it.

The folder of `review.evidence` is `review.evidence-files`; a file lies in it as `ab/abcdef….pdf`, so that the
same content is kept once, and a name never leads outside."""

import hashlib
import mimetypes
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.domain.edit import Edit, counted, insert, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.progress import Report
from evidence_app.storage.open_files import leave_alone

_CHUNK: Final = 1 << 20
_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file as it lies beside the project."""

    name: str
    kind: str
    sha256: str
    size: int


def companion_folder(project: Path) -> Path:
    """Return the folder in which the files of a project lie."""
    return project.with_name(f"{project.name}-files")


def place_of(project: Path, sha256: str, name: str) -> Path:
    """Return where a file of a project lies: by its hash, with the suffix of its name."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise EvidenceError(f"The project does not say where {name} lies. Attach it again.")
    suffix = _SUFFIX.search(name)
    return companion_folder(project) / sha256[:2] / f"{sha256}{suffix[0].lower() if suffix else ''}"


def keep_copies(project: Path, files: Sequence[Path], report: Report) -> list[KeptFile]:
    """Copy files beside the project and return them as they lie there; the originals stay where they are.

    Raises `EvidenceError` where one cannot be read or written; those copied before are kept."""
    kept = []
    for done, file in enumerate(files):
        report(done, len(files))
        try:
            kept.append(_kept(project, file))
        except OSError as error:
            raise EvidenceError(
                f"{file.name} could not be copied beside the project ({error.strerror}). "
                "The file itself was left as it is."
            ) from error
    return kept


def _kept(project: Path, file: Path) -> KeptFile:
    leave_alone(file)
    folder = companion_folder(project)
    folder.mkdir(exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, part = tempfile.mkstemp(dir=folder, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as copy, file.open("rb") as original:
            while chunk := original.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                copy.write(chunk)
        sha256 = digest.hexdigest()
        place = place_of(project, sha256, file.name)
        place.parent.mkdir(exist_ok=True)
        Path(part).replace(place)
    finally:
        Path(part).unlink(missing_ok=True)
    kind = mimetypes.guess_type(file.name)[0] or ""
    return KeptFile(name=file.name, kind=kind, sha256=sha256, size=size)


def attach(reference: int, files: Sequence[KeptFile]) -> Edit:
    """Return the edit that links files, which lie beside the project already, to a reference."""
    named = files[0].name if len(files) == 1 else counted(len(files), "file")
    return Edit(
        f"Attach {named}",
        tuple(
            insert(
                "attachment", reference=reference, name=file.name, kind=file.kind, sha256=file.sha256,
                size=file.size,
            )
            for file in files
        ),
    )  # fmt: skip


def detach(attachment: int, name: str) -> Edit:
    """Return the edit that takes a file off its reference; the copy beside the project stays for undo."""
    return Edit(f"Take off {name}", (remove("attachment", attachment),))
