"""Make the reference documents whose styles, page and line numbers the exports take over.

    python resources/publishing/make_reference.py

writes `journal.docx`, `journal.odt`, `commissioner.docx` and `commissioner.odt` beside itself. Both formats
come from one table of styles, so that they cannot drift apart; every part of the files is written here."""

import zipfile
from pathlib import Path

from reference_docx import word_files
from reference_odt import open_files
from reference_styles import COMMISSIONER, JOURNAL

HERE = Path(__file__).parent
STAMP = (2024, 1, 1, 0, 0, 0)
"""The same time in every file, so that the same styles give the same bytes."""


def pack(path: Path, files: dict[str, str]) -> None:
    """Write the parts; the same parts give the same bytes."""
    with zipfile.ZipFile(path, "w") as made:
        for name, content in files.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name, STAMP), content.encode(), stored)


def main(folder: Path = HERE) -> None:
    """Write all four reference documents."""
    for sheet in (JOURNAL, COMMISSIONER):
        pack(folder / f"{sheet.name}.docx", word_files(sheet))
        pack(folder / f"{sheet.name}.odt", open_files(sheet))


if __name__ == "__main__":
    main()
