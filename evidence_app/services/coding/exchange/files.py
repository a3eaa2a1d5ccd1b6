"""Coding files at the door: which files are some, bringing one in, sending the review's coding out."""

import zipfile
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.edit import Edit
from evidence_app.services.coding.exchange import bringing_in, writing
from evidence_app.services.coding.exchange.bringing_in import Report, silent
from evidence_app.services.coding.exchange.contents import coded_review
from evidence_app.services.coding.exchange.model import BadExchangeFile
from evidence_app.services.coding.exchange.profiles import PROFILES
from evidence_app.services.coding.exchange.reading import read_codebook, read_project
from evidence_app.services.coding.exchange.reports import BroughtIn, SentOut
from evidence_app.storage.connections import Reader

SUFFIXES: Final = (".qdpx", ".qdc")


def is_coding_file(path: Path) -> bool:
    """Return whether a file holds coding: by its ending, else as a zip with a REFI-QDA project in it."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with zipfile.ZipFile(path) as package:
            return any(name.lower().endswith(".qde") for name in package.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def bring_in(
    reader: Reader, path: Path, person: Any = None, report: Report = silent
) -> tuple[Edit, BroughtIn]:
    """Return the edit that brings a .qdpx or .qdc in, and what it comes to. Raises `BadExchangeFile`."""
    if path.suffix.lower() == ".qdc":
        return bringing_in.bring_in_codes(reader, path, read_codebook(path), person)
    return bringing_in.bring_in(reader, path, read_project(path), person, report)


def send_out(reader: Reader, out: Path, profile: str = "standard") -> SentOut:
    """Write the coding of a review as .qdpx, or its code book as .qdc, and return what it came to."""
    review = coded_review(reader)
    if out.suffix.lower() == ".qdc":
        return writing.write_codebook(review, out)
    if profile not in PROFILES:
        raise BadExchangeFile(f"There is no profile “{profile}”; choose one of: {', '.join(PROFILES)}.")
    return writing.write_project(review, out, PROFILES[profile])
