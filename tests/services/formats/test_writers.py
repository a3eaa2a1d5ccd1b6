"""What is written is read by other people's programs."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.formats import registry
from evidence_app.services.formats.cells import guarded, restored
from evidence_app.services.formats.keys import keyed
from tests.sample_items import ARTICLE, one_of_every_variable, reference


def pandoc_reads(path: Path, name: str) -> list[dict[str, Any]]:
    pypandoc = pytest.importorskip("pypandoc")
    command = [pypandoc.get_pandoc_path(), "-f", name, "-t", "csljson", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    read: list[dict[str, Any]] = json.loads(done.stdout)
    return read


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "csljson"])
def test_pandoc_reads_the_same_reference(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.any"
    registry.write_references([reference(ARTICLE)], path, name)
    (back,) = pandoc_reads(path, name)
    for variable in (
        "type",
        "title",
        "container-title",
        "volume",
        "issue",
        "DOI",
        "issued",
        "page",
    ):
        assert back[variable] == ARTICLE[variable], variable
    assert back["abstract"].split() == ARTICLE["abstract"].split()
    assert back["author"][0] == ARTICLE["author"][0]
    assert back["author"][1]["family"] == "Berg"
    assert back["author"][2] == ARTICLE["author"][2]


def test_pandoc_reads_ris_and_endnote_xml(tmp_path: Path) -> None:
    for name, theirs in (("ris", "ris"), ("endnote-xml", "endnotexml")):
        path = tmp_path / f"out.{name}"
        registry.write_references([reference(ARTICLE)], path, name)
        (back,) = pandoc_reads(path, theirs)
        assert back["title"].startswith("Social prescribing of DNA tests")
        assert back["author"][0] == ARTICLE["author"][0]
        assert back["volume"] == ARTICLE["volume"]


def test_rispy_reads_the_same_reference(tmp_path: Path) -> None:
    rispy = pytest.importorskip("rispy")
    path = tmp_path / "out.ris"
    registry.write_references([reference(ARTICLE, 1), reference(one_of_every_variable(), 2)], path)
    first, second = rispy.loads(path.read_text(encoding="utf-8"))
    assert first["title"] == ARTICLE["title"]
    assert first["authors"][:2] == ["Øvretveit, John", "van der Berg, Jan"]
    assert (first["year"], first["doi"], first["start_page"]) == ("2019", ARTICLE["DOI"], "123")
    assert first["keywords"] == ["social prescribing", "primary care"]
    assert second["type_of_reference"] == "CHAP"


def test_bibtexparser_reads_the_same_reference(tmp_path: Path) -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    path = tmp_path / "out.bib"
    registry.write_references([reference(ARTICLE, 1), reference(one_of_every_variable(), 2)], path)
    library = bibtexparser.parse_string(path.read_text(encoding="utf-8"))
    assert library.failed_blocks == []
    entry = library.entries[0]
    assert re.sub(r"[{}]", "", entry["title"]).startswith("Social prescribing of DNA tests")
    assert (entry["year"], entry["doi"]) == ("2019", ARTICLE["DOI"])


def test_keys_are_readable_and_never_collide() -> None:
    same = {
        "type": "book",
        "title": "The Øre",
        "author": [{"family": "Åkesson"}],
        "issued": {"date-parts": [[2001]]},
    }
    many = [reference(dict(same), at) for at in range(60)]
    keys = [key for key, _ in keyed(many)]
    assert keys[:3] == ["akesson2001ore", "akesson2001orea", "akesson2001oreb"]
    assert len({key.casefold() for key in keys}) == 60


def test_a_key_that_the_reference_has_is_kept() -> None:
    assert [key for key, _ in keyed([reference({"citation-key": "smith:2019"})])] == ["smith:2019"]


@given(st.text())
def test_a_guarded_cell_is_restored(text: str) -> None:
    assert restored(guarded(text)) == text
    assert guarded(text)[:1] not in {"=", "+", "-", "@"}


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.ris"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(TypeError):
        registry.write_references([reference({"type": "book", "author": 3})], path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["out.ris"]


def test_an_unknown_suffix_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(registry.NoSuchFormat, match=r"\.ris"):
        registry.write_references([], tmp_path / "out.doc")
