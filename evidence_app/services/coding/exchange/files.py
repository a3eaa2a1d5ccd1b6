"""Coding files at the door: which files are some, bringing one in, sending the review's coding out."""

import zipfile
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.edit import Edit
from evidence_app.services.coding.exchange import bringing_in, writing
from evidence_app.services.coding.exchange.contents import coded_review
from evidence_app.services.coding.exchange.model import BadExchangeFile
from evidence_app.services.coding.exchange.profiles import PROFILES
from evidence_app.services.coding.exchange.reading import read_codebook, read_project
from evidence_app.services.coding.exchange.reports import BroughtIn, SentOut
from evidence_app.services.progress import Report, silent
from evidence_app.storage.connections import Reader
from evidence_app.storage.open_files import is_held

SUFFIXES: Final = (".qdpx", ".qdc")
_CODE_BOOK: Final = b"urn:QDA-XML:codebook"


def is_coding_file(path: Path) -> bool:
    """Return whether a file holds coding: by its ending, else by a REFI-QDA project or code book in it."""
    if is_held(path):
        return False
    if path.suffix.lower() in SUFFIXES or _is_code_book(path):
        return True
    try:
        with zipfile.ZipFile(path) as package:
            return any(name.lower().endswith(".qde") for name in package.namelist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return False


def _is_code_book(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except (OSError, ValueError):
        return False
    return _CODE_BOOK in head and b"<" in head


def bring_in(
    reader: Reader, path: Path, person: Any = None, report: Report = silent
) -> tuple[Edit, BroughtIn]:
    """Return the edit that brings a .qdpx or .qdc in, and what it comes to. Raises `BadExchangeFile`."""
    if path.suffix.lower() == ".qdc" or _is_code_book(path):
        return bringing_in.bring_in_codes(reader, path, read_codebook(path), person)
    return bringing_in.bring_in(reader, path, read_project(path), person, report)


def send_out(
    reader: Reader,
    out: Path,
    profile: str = "standard",
    kind: str | None = None,
    viewer: int | None = None,
) -> SentOut:
    """Write the coding of a review as .qdpx, or its code book as .qdc, and return what it came to.

    `kind` (qdpx, qdc) says which of the two where the name of the file does not. What others code blind
    stays here for a viewer; None is for the whole review."""
    review = coded_review(reader, viewer)
    if (kind or out.suffix.lower().lstrip(".")) == "qdc":
        return writing.write_codebook(review, out)
    if profile not in PROFILES:
        raise BadExchangeFile(f"There is no profile “{profile}”; choose one of: {', '.join(PROFILES)}.")
    return writing.write_project(review, out, PROFILES[profile])
