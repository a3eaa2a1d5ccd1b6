"""The reference documents are what their script makes, and hold what the writers rely on."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from evidence_app.services.publishing.summary.model import Look
from evidence_app.services.resources import resource_path


def test_the_script_makes_the_very_files_that_are_kept(tmp_path: Path) -> None:
    folder = resource_path("publishing/make_reference.py").parent
    code = "import make_reference, pathlib, sys; make_reference.main(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-B", "-c", code, str(tmp_path)], cwd=folder, check=True)
    made = sorted(tmp_path.iterdir())
    assert len(made) == 4
    for file in made:
        assert file.read_bytes() == (folder / file.name).read_bytes(), file.name


@pytest.mark.parametrize("profile", ["journal", "commissioner"])
def test_every_look_has_a_style_in_both_formats(profile: str) -> None:
    word = zipfile.ZipFile(resource_path(f"publishing/{profile}.docx")).read("word/styles.xml").decode()
    open_ = zipfile.ZipFile(resource_path(f"publishing/{profile}.odt")).read("styles.xml").decode()
    for look in Look:
        assert f'<w:name w:val="{look.value}"/>' in word, look
        name = "Text body" if look is Look.BODY else look.value
        assert f'style:display-name="{name}"' in open_, look


def test_style_ids_are_unique() -> None:
    word = zipfile.ZipFile(resource_path("publishing/journal.docx")).read("word/styles.xml").decode()
    ids = re.findall(r'w:styleId="([^"]+)"', word)
    assert len(ids) == len(set(ids))
