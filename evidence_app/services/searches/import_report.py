"""What became of every file of an import: the numbers, the sum, and the blocks without a place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.importing import FileReport
from evidence_app.storage import imports, searches
from evidence_app.storage.applied import Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.searches import SearchFile


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One file in the report: `imported + held + unplaced >= expected`, always."""

    name: str
    format: str
    dialect: str
    expected: int
    imported: int
    held: int
    unplaced: int
    """Blocks that became no record: open ones and those left out."""
    file: SearchFile | None = None
    failed: str = ""
    attached: int = 0
    """Files that came with the records and were copied beside the project."""
    missing: tuple[str, ...] = ()
    """Files the records name that were not in the folder of the export."""


def lines_of(reader: Reader, reports: Sequence[FileReport]) -> list[FileLine]:
    """Return the lines of an import that has just ended, as the project holds them now."""
    held = {file.guid: file for file in searches.files_called(reader, (each.guid for each in reports))}
    return [
        replace(_line(reader, held[each.guid]), attached=each.attached)
        if each.guid in held
        else _nothing_new(each)
        for each in reports
    ]


def lines_of_search(reader: Reader, search: int) -> list[FileLine]:
    """Return the lines of all files of a search."""
    return [_line(reader, file) for file in searches.files(reader, search)]


def _line(reader: Reader, file: SearchFile) -> FileLine:
    unplaced = sum(not block.repaired for block in file.unplaced)
    return FileLine(
        name=file.name, format=file.format, dialect=file.dialect, expected=file.expected,
        imported=file.imported, held=0, unplaced=unplaced, file=file,
        missing=tuple(imports.missing_files(reader, file.id)),
    )  # fmt: skip


def _nothing_new(report: FileReport) -> FileLine:
    return FileLine(
        name=report.file, format=report.format, dialect=report.dialect, expected=report.expected,
        imported=report.imported, held=report.duplicates, unplaced=len(report.unplaced),
        failed=report.failed,
    )  # fmt: skip


def adds_up(lines: Sequence[FileLine]) -> bool:
    """Return whether every record the files begin is accounted for."""
    return all(line.imported + line.held + line.unplaced >= line.expected for line in lines)


def sum_of(lines: Sequence[FileLine]) -> str:
    """Return the sum of all files: imported + held already + unplaced = all."""
    parts = [sum(getattr(line, name) for line in lines) for name in ("imported", "held", "unplaced")]
    return f"{' + '.join(f'{part:,}' for part in parts)} = {sum(parts):,}"


def sentence(lines: Sequence[FileLine]) -> str:
    """Say in words what came in, what is held already and what is open."""
    imported, held = (sum(getattr(line, name) for line in lines) for name in ("imported", "held"))
    blocks = [block for line in lines if line.file for block in line.file.open_blocks]
    said = [f"{counted(imported, 'record')} {'is' if imported == 1 else 'are'} in."]
    if held:
        said.append(
            f"{counted(held, 'record')} of the same file {'was' if held == 1 else 'were'} held already."
        )
    if blocks:
        them = "it" if len(blocks) == 1 else "them"
        said.append(f"{counted(len(blocks), 'block')} could not be placed; nothing of {them} is lost.")
    elif not any(line.failed for line in lines):
        said.append("Every record has its place." if imported or held else "Nothing new came in.")
    failed = sum(bool(line.failed) for line in lines)
    if failed:
        said.append(f"{counted(failed, 'file')} could not be read.")
    return " ".join([*said, *_files_said(lines)])


def _files_said(lines: Sequence[FileLine]) -> list[str]:
    """Say which files came with the records, and which are missing."""
    attached = sum(line.attached for line in lines)
    missing = [name for line in lines for name in line.missing]
    said = [f"{counted(attached, 'file')} came with them."] if attached else []
    if missing:
        named = ", ".join(missing[:3]) + (" and more" if len(missing) > 3 else "")
        verb = "is" if len(missing) == 1 else "are"
        said.append(
            f"{counted(len(missing), 'file')} named by the records {verb} not in the folder of the export: "
            f"{named}."
        )
    return said


def text_of(lines: Sequence[FileLine], title: str) -> str:
    """Return the whole report as text, with every block that has no place, word for word."""
    said = [title, sentence(lines), f"Imported + held already + unplaced: {sum_of(lines)}", ""]
    for line in lines:
        said.append(line.name)
        if line.failed:
            said += [f"  {line.failed}", ""]
            continue
        form = ", ".join(part for part in (line.format, line.dialect) if part)
        said.append(
            f"  {form}: {line.expected:,} expected, {line.imported:,} imported, {line.held:,} held already, "
            f"{line.unplaced:,} unplaced"
        )
        for block in line.file.unplaced if line.file else ():
            state = (
                f"left out: {block.left_out}" if block.left_out else "repaired" if block.repaired else "open"
            )
            said.append(f"  line {block.line:,} ({state}): {block.reason}")
            said += [f"    {each}" for each in block.text.splitlines()]
        said += [f"  not in the folder of the export: {name}" for name in line.missing]
        said.append("")
    return "\n".join(said)


def take_back(project: Project, edit: int) -> Applied:
    """Take back an import and what was edited after it. Raises `EvidenceError` where that cannot be."""
    tables: set[str] = set()
    last: Applied | None = None
    with project.reader() as reader:
        while searches.stands(reader, edit):
            last = project.undo()
            tables |= last.tables
    if last is None:
        raise EvidenceError("This import was taken back already.")
    return Applied(last.number, frozenset(tables), last.label)
