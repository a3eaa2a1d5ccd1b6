"""What the documents say exists exists, and what exists is in the documents."""

import re
from pathlib import Path

from evidence_app.cli.program import COMMANDS
from evidence_app.domain.query_parts import FIELDS
from evidence_app.services.formats.registry import FORMATS
from evidence_app.storage.schema import CACHE_TABLES, CSL_COLUMNS, HISTORY_TABLES, REVIEW_TABLES

ROOT = Path(__file__).resolve().parents[1]


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_every_command_is_in_the_documents() -> None:
    described = _text("docs/commands.md")
    assert [name for name in COMMANDS if f"## {name}" not in described] == []


def test_every_table_and_column_of_the_project_file_is_described() -> None:
    described = _text("docs/project-file.md")
    tables = {**REVIEW_TABLES, **HISTORY_TABLES, **CACHE_TABLES}
    assert [table for table in tables if f"`{table}`" not in described] == []
    columns = {
        column.split()[0].strip('"')
        for definitions in REVIEW_TABLES.values()
        for column in definitions
        if column.split()[0].strip('"') not in CSL_COLUMNS
    }
    assert sorted(column for column in columns if f"`{column}`" not in described) == []


def test_the_readme_holds_both_commands_as_one_line_each() -> None:
    readme = _text("README.md")
    for name in ("install", "test"):
        (block,) = re.findall(rf"<!-- {name} -->\n```sh\n(.*?)\n```", readme, re.DOTALL)
        assert "\n" not in block


def test_every_document_linked_to_exists() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_field_of_a_query_is_described() -> None:
    described = _text("docs/searching.md")
    names = [name for field in FIELDS for name in (field.name, *field.also)]
    assert [name for name in names if f"`{name}`" not in described] == []


def test_every_format_is_described() -> None:
    described = _text("docs/formats.md")
    assert [each.name for each in FORMATS if f"`{each.name}`" not in described] == []


def test_every_layer_and_package_is_in_the_page_on_how_the_program_is_built() -> None:
    described = _text("docs/architecture.md")
    layers = [each.parent for each in (ROOT / "evidence_app").glob("*/__init__.py")]
    packages = [each.parent for each in (ROOT / "evidence_app/services").glob("*/__init__.py")]
    missing = [each.name for each in layers if f"evidence_app/{each.name}" not in described]
    assert missing + [each.name for each in packages if f"`{each.name}`" not in described] == []


def test_every_file_that_the_decisions_and_the_page_on_structure_name_is_there() -> None:
    pages = [ROOT / "docs/architecture.md", *(ROOT / "docs/decisions").glob("*.md")]
    named = {
        path
        for page in pages
        for path in re.findall(r"`((?:tests|resources|evidence_app)/[\w/.-]+\.\w+)`", page.read_text("utf-8"))
    }
    assert named
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
