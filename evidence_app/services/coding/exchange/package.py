"""The container of a REFI-QDA project, read with distrust: a zip with one .qde and a folder of sources."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from evidence_app.services.coding.exchange.model import BadExchangeFile
from evidence_app.services.whole_files import replacing

_LARGEST_XML: Final = 256 << 20
_LARGEST_FILE: Final = 1 << 30
_MOST_FILES: Final = 20_000
_MOST_TIMES: Final = 300
"""How much larger than its zip a part may be; real texts come to about 10, bombs to 1,000."""


class Package:
    """An open .qdpx. Names are compared without regard to case: NVivo writes the folder Sources."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            raise BadExchangeFile(
                f"“{path.name}” is no REFI-QDA project, or damaged: it is not a zip. Nothing was imported."
            ) from error
        try:
            self._files = self._checked()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > _MOST_FILES:
            raise BadExchangeFile(f"“{self.path.name}” holds {len(entries):,} files. Nothing was imported.")
        for entry in entries:
            parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
            if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in entry.filename:
                raise BadExchangeFile(
                    f"“{self.path.name}” holds a file that leads outside ({entry.filename[:60]}); "
                    "that is how harmful files look. Nothing was imported."
                )
            small = entry.file_size < 1 << 20
            if not small and entry.file_size > max(1, entry.compress_size) * _MOST_TIMES:
                raise BadExchangeFile(
                    f"A part of “{self.path.name}” unpacks to {entry.file_size >> 20:,} MB, more than "
                    f"{_MOST_TIMES} times its size; that is how harmful files look. Nothing was imported."
                )
        return {entry.filename.replace("\\", "/").lower(): entry for entry in entries}

    def project_xml(self) -> bytes:
        """Return the one .qde: ATLAS.ti names it after the project, so any name will do."""
        found = [entry for name, entry in self._files.items() if name.endswith(".qde")]
        if len(found) != 1:
            raise BadExchangeFile(
                f"“{self.path.name}” holds {len(found) or 'no'} project (.qde). Nothing was imported. "
                "Export it again as REFI-QDA project."
            )
        return self._read(found[0], _LARGEST_XML)

    def source(self, name: str) -> bytes | None:
        """Return a file of the sources folder, or None where it is missing."""
        entry = next(
            (each for known, each in self._files.items() if PurePosixPath(known).name == name.lower()), None
        )
        return None if entry is None else self._read(entry, _LARGEST_FILE)

    def _read(self, entry: zipfile.ZipInfo, largest: int) -> bytes:
        try:
            with self._zip.open(entry) as file:
                content = file.read(largest + 1)
        except (OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
            raise BadExchangeFile(
                f"{entry.filename} in “{self.path.name}” cannot be unpacked ({error}). Nothing was imported."
            ) from error
        if len(content) > largest:
            raise BadExchangeFile(
                f"{entry.filename} is larger than {largest >> 20:,} MB. Nothing was imported."
            )
        return content


def root_of(content: bytes, name: str) -> ElementTree.Element:
    """Return the root of an XML text. A document type, and so any entity, is refused."""
    try:
        watch = expat.ParserCreate()
        watch.StartDoctypeDeclHandler = _refuse
        watch.Parse(content, True)
        return ElementTree.fromstring(content)
    except (expat.ExpatError, ElementTree.ParseError, LookupError, ValueError) as error:
        raise BadExchangeFile(
            f"“{name}” is damaged: its XML cannot be read ({error}). Nothing was imported."
        ) from error


def _refuse(*_: object) -> None:
    raise BadExchangeFile(
        "The file declares a document type, which no coding program writes. Nothing was imported."
    )


def write_package(out: Path, project: bytes, sources: Mapping[str, bytes]) -> None:
    """Write a .qdpx: `project.qde` and the files of `sources/`, in lower case as ATLAS.ti wants it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.qde", project)
        for name, content in sources.items():
            file.writestr(f"sources/{name}", content)
    with replacing(out) as place:
        place.write_bytes(packed.getvalue())
