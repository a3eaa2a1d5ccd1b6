"""Reading a full text of any kind into one frozen text: PDF, Word, OpenDocument, web page, Markdown, text."""

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.domain.coding import Page
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.anchoring import normalised, text_sha256
from evidence_app.services.progress import Report, silent
from evidence_app.storage.open_files import leave_alone

KINDS: Final = {
    ".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text", ".rtf": "rtf",
}  # fmt: skip
"""What can be attached as a document, by the ending of the file."""
_LARGEST: Final = 200_000_000


class UnreadableDocument(EvidenceError):
    """A file that cannot be read as a document."""


@dataclass(frozen=True, slots=True)
class FullText:
    """A document as it was read: its frozen text, and its pages where it has any."""

    name: str
    kind: str
    text: str
    pages: tuple[Page, ...] = ()
    sha256: str = ""

    @property
    def text_sha256(self) -> str:
        """The hash of the frozen text."""
        return text_sha256(self.text)


def read_document(path: Path, report: Report = silent) -> FullText:
    """Read a file as a document. Raises `EvidenceError` where it is none, or damaged; nothing is changed."""
    leave_alone(path)
    kind = kind_of(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableDocument(f"{path.name} is larger than 200 MB, so it was not read.")
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if kind == "pdf":
            return _read_pdf(path, sha256, report)
        text = _decoded(path) if kind == "text" else _by_pandoc(path, kind, report)
    except OSError as error:
        raise UnreadableDocument(
            f"{path.name} could not be opened ({error.strerror or error}). Nothing was changed."
        ) from error
    return FullText(path.name, kind, normalised(text), (), sha256)


def kind_of(path: Path) -> str:
    """Return what kind of document a file is, by its first bytes and its name, or raise."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        if b"%PDF-" in file.read(1024):
            return "pdf"
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise UnreadableDocument(
            f"{path.name} is no kind of document that can be read. Use one of: {', '.join(KINDS)}."
        )
    return kind


def pasted(text: str, name: str = "Pasted text") -> FullText:
    """Return a document of a text that was pasted. Raises `EvidenceError` where it is empty."""
    text = normalised(text)
    if not text.strip():
        raise UnreadableDocument("There is no text to add. Copy the text first, then paste it.")
    return FullText(name, "text", text)


def _read_pdf(path: Path, sha256: str, report: Report) -> FullText:
    from evidence_app.services.coding import pdf

    with pdf.PdfFile(path) as file:
        frozen, pages = pdf.read_text(file, report)
    return FullText(path.name, "pdf", frozen.text, pages, sha256)


def _decoded(path: Path) -> str:
    from evidence_app.services.formats.decoding import source

    with source(path).text() as file:
        return file.read()


def _by_pandoc(path: Path, kind: str, report: Report) -> str:
    """Return the words of a document, without its marks: one paragraph to a line, a line between them."""
    from evidence_app.services.publishing import pandoc
    from evidence_app.services.publishing.errors import PublishingError

    from_, to = ("markdown-yaml_metadata_block" if kind == "markdown" else kind), "plain"
    name = f"document{path.suffix.lower()}"
    content: str | bytes = path.read_bytes()
    if kind in ("markdown", "html"):
        content = _decoded(path)
    try:
        made = pandoc.run(
            [f"--from={from_}", f"--to={to}-smart", "--wrap=none", name], "", {name: content}, report
        )
    except PublishingError as error:
        raise UnreadableDocument(
            f"{path.name} could not be read; it may be damaged. Nothing was changed. ({error})"
        ) from error
    return made.decode("utf-8", "replace")
