"""The files an export names: copied beside the project from the folder of the export, or told as missing.

EndNote writes `internal-pdf://…` and keeps the files in `NAME.Data/PDF` (Zotero's XML too, in `files`);
Zotero, Mendeley and JabRef write paths, relative to the export or whole. Only what lies in the folder of
the export is taken: a path in a file that came from elsewhere never reaches other folders."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote

from evidence_app.domain.edit import Insert, RowOf, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.library.attachments import KeptFile, keep_copies
from evidence_app.services.progress import silent

_ON_THE_WEB: Final = re.compile(r"^(?:https?|ftp)://", re.IGNORECASE)
_SCHEME: Final = re.compile(r"^(?:internal-pdf|file|attachments?):/{0,3}(?:localhost/)?", re.IGNORECASE)
_PLACES: Final = ("", "files", "PDF", "attachments")


class FilesBeside:
    """The files that came with one export."""

    def __init__(self, project: Path, export: Path) -> None:
        self._project = project
        self._export = export
        self._root = export.resolve().parent
        stem = export.stem
        likely = (*_PLACES, f"{stem}.Data/PDF", f"{stem}.Data", stem, f"{stem}/files")
        self._folders = [place for place in map(self._root.joinpath, likely) if place.is_dir()]
        self.attached = 0
        self.missing: list[str] = []
        """What the records name and the folder does not hold, as the export names it."""

    def rows(self, named: Sequence[str], reference: RowOf) -> Iterator[Insert]:
        """Return the row of each file a record names; it is copied beside the project if it is there."""
        for name in named:
            if _ON_THE_WEB.match(name):
                yield insert("attachment", reference=reference, name=_last(name), kind="link", url=name)
                continue
            found = self.found(name)
            kept = self._kept(found) if found is not None else None
            if kept is None:
                self.missing.append(name)
                yield insert("attachment", reference=reference, name=_last(name), kind="imported")
            else:
                self.attached += 1
                yield insert(
                    "attachment", reference=reference, name=kept.name, kind=kept.kind, sha256=kept.sha256,
                    size=kept.size,
                )  # fmt: skip

    def found(self, name: str) -> Path | None:
        """Return the file an export names, if it lies in its folder."""
        path = _SCHEME.sub("", name.strip()).replace("\\", "/")
        for wanted in dict.fromkeys((path, unquote(path))):
            for place in self._candidates(PurePosixPath(wanted)):
                if self._is_inside(place):
                    return place
        return None

    def _candidates(self, path: PurePosixPath) -> Iterator[Path]:
        """Return where a file may lie: as named, in the folders programs make, by its last folders."""
        inside = [part for part in path.parts if part not in ("/", "..", ".")]
        if path.is_absolute():
            yield Path(path)
        for count in sorted({min(len(inside), most) for most in (len(inside), 3, 2, 1)}, reverse=True):
            for folder in self._folders:
                yield folder.joinpath(*inside[-count:])

    def _is_inside(self, place: Path) -> bool:
        try:
            if not place.is_file():
                return False
            whole = place.resolve()
            return whole.is_relative_to(self._root) and whole != self._export.resolve()
        except (OSError, ValueError):
            return False

    def _kept(self, file: Path) -> KeptFile | None:
        try:
            return keep_copies(self._project, [file], silent)[0]
        except EvidenceError:
            return None


def _last(name: str) -> str:
    return re.split(r"[/\\]", unquote(name).rstrip("/\\"))[-1] or name
