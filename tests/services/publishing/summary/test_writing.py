"""The summary as a file: both profiles in all formats, on the sample and on reviews that lack things."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evidence_app.domain.contents import ReviewContents, Update
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import Text
from evidence_app.domain.reference import Reference
from evidence_app.domain.review import Review
from evidence_app.services.checks.results import CheckResult, Level
from evidence_app.services.publishing.summary.writing import FORMATS, PROFILES, write_summary
from tests.doubles import a_review_contents, sample_contents
from tests.summaries import summary_html

HOSTILE = "5*3*2 @smith [x](http://e.org) <script>alert(1)</script> $x$ #let \\ `a` 委托 \x07 & “q”"


def _text_of(path: Path) -> str:
    """Return the words of a document, tags and formatting left out."""
    if path.suffix in (".docx", ".odt"):
        name = "word/document.xml" if path.suffix == ".docx" else "content.xml"
        root = ElementTree.fromstring(zipfile.ZipFile(path).read(name))
        return "".join(str(text) for text in root.itertext())
    return path.read_text("utf-8")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("profile", PROFILES)
def test_the_sample_is_written_in_every_format(tmp_path: Path, profile: str, kind: str) -> None:
    out = tmp_path / f"summary.{kind}"
    made = write_summary(sample_contents(), out, profile)
    assert made.path == out
    assert made.works == (110 if profile == "journal" else 47)
    assert list(tmp_path.iterdir()) == [out]
    if kind == "pdf":
        assert out.read_bytes().startswith(b"%PDF")
        return
    text = _text_of(out)
    assert "Navigating relationships" in text
    assert "Export report" in text
    assert "England" in text


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_review_without_anything_is_written_and_says_so(tmp_path: Path, profile: str, kind: str) -> None:
    out = tmp_path / f"empty.{kind}"
    write_summary(ReviewContents(review=Review(title="")), out, profile)
    if kind != "pdf":
        text = _text_of(out)
        assert "Untitled review" in text
        assert re.search(r"no text yet|no themes have been made yet", text, re.IGNORECASE)
        assert "No report has been marked as included yet" in text


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("profile", PROFILES)
def test_text_is_never_markup(tmp_path: Path, profile: str, kind: str) -> None:
    contents = a_review_contents()
    blocks = tuple(
        replace(block, runs=(Text(f"{HOSTILE} "), *block.runs)) if block.id != 1 else block
        for block in contents.blocks
    )
    out = tmp_path / f"hostile.{kind}"
    write_summary(replace(contents, blocks=blocks, review=Review(title=HOSTILE)), out, profile)
    if kind in ("docx", "odt"):
        assert HOSTILE.replace("\x07", "").replace("  ", " ") in _text_of(out).replace("  ", " ")
    if kind == "html":
        assert "<script" not in _text_of(out)
        assert "&lt;script&gt;" in _text_of(out)
    if kind == "md":
        assert r"5\*3\*2" in _text_of(out)
        assert "](http://e.org)" not in _text_of(out).replace("\\]", "")


@pytest.mark.parametrize("style", ["apa", "vancouver", "chicago-notes-bibliography", "nature-digest"])
@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_other_styles_are_written_too(tmp_path: Path, style: str, kind: str) -> None:
    for profile in PROFILES:
        out = tmp_path / f"{profile}.{kind}"
        made = write_summary(sample_contents(), out, profile, style)
        assert made.works >= 47


@pytest.mark.parametrize("kind", ["docx", "odt", "html", "pdf", "md"])
@pytest.mark.parametrize("profile", PROFILES)
def test_a_style_without_a_list_of_works_leads_into_none(tmp_path: Path, profile: str, kind: str) -> None:
    out = tmp_path / f"summary.{kind}"
    write_summary(sample_contents(), out, profile, "bluebook-law-review")
    assert out.stat().st_size > 1000
    if kind == "html":
        assert 'href="#ref-' not in out.read_text("utf-8")


def test_a_citation_of_32_works_is_one_range() -> None:
    text = summary_html(sample_contents(), "journal")
    assert '<a href="#ref-55">55</a>–<a href="#ref-86">86</a></sup>' in text


def test_all_187_groups_keep_the_review_s_own_numbers() -> None:
    text = summary_html(sample_contents(), "journal")
    groups = re.findall(r'<sup class="cite"[^>]*>(.*?)</sup>', text)
    assert len(groups) >= 187
    listed = re.findall(r'<li id="ref-(\d+)"><b>(\d+)\.</b>', text)
    assert [int(key) for key, _ in listed] == list(range(1, 111))
    assert all(key == number for key, number in listed)


def test_every_link_inside_the_page_leads_somewhere() -> None:
    for profile in PROFILES:
        for style in ("american-medical-association", "apa", "chicago-notes-bibliography"):
            text = summary_html(sample_contents(), profile, style)
            targets = set(re.findall(r'id="([^"]+)"', text))
            assert set(re.findall(r'href="#([^"]+)"', text)) <= targets


def test_the_page_may_load_nothing() -> None:
    text = summary_html(sample_contents(), "commissioner")
    assert "default-src 'none'" in text
    assert not re.search(r'<(?:script|link|iframe|img)\b|\bon\w+="', text)


def test_a_retraction_stands_before_everything_that_cites_the_work(tmp_path: Path) -> None:
    contents = a_review_contents()
    update = Update(reference=contents.references[4].id, kind="retraction", doi="10.1000/r",
                    date="2021-05-01", source="retraction-watch")  # fmt: skip
    contents = replace(contents, updates=(update,))
    for profile in PROFILES:
        text = summary_html(contents, profile)
        warning = text.index("has been retracted")
        assert warning < text.index('<sup class="cite"')
        assert "10.1000/r" in text[warning : warning + 200]
        assert "[Retraction, 2021-05-01]" in text[text.index('class="references"') :]
    made = write_summary(contents, tmp_path / "r.md", "journal")
    assert any("has been retracted" in warning for warning in made.warnings)


def test_a_retraction_of_a_work_nobody_cites_is_only_reported() -> None:
    contents = a_review_contents()
    uncited = contents.references[2]
    contents = replace(contents, updates=(Update(reference=uncited.id, kind="correction"),))
    text = summary_html(contents, "commissioner")
    assert text.index("has been corrected") > text.index("Export report</h2>")


def test_themes_limit_what_is_printed(tmp_path: Path) -> None:
    contents = sample_contents()
    (voice,) = (theme for theme in contents.themes if theme.name == "The collective voice")
    for profile in PROFILES:
        out = tmp_path / f"{profile}.md"
        whole = write_summary(contents, tmp_path / "whole.md", profile).works
        part = write_summary(contents, out, profile, themes=[voice.id]).works
        text = _text_of(out)
        assert "Representation and inclusion" in text
        assert "Nurturing relationships" not in text
        assert "Limited to: The collective voice" in text
        assert part < whole


def test_an_unknown_profile_or_format_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no profile “poster”"):
        write_summary(a_review_contents(), tmp_path / "a.docx", "poster")
    with pytest.raises(EvidenceError, match="not a format a summary can have"):
        write_summary(a_review_contents(), tmp_path / "a.doc")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_stands_there_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    out.write_text("old")
    with pytest.raises(EvidenceError):
        write_summary(a_review_contents(), out, style="no-such-style")
    assert out.read_text() == "old"
    write_summary(a_review_contents(), out)
    assert zipfile.is_zipfile(out)


def test_a_script_without_a_font_is_told_not_dropped(tmp_path: Path) -> None:
    contents = replace(a_review_contents(), review=Review(title="A \U0010abcd review"))
    made = write_summary(contents, tmp_path / "a.pdf")
    assert any("U+10ABCD" in warning for warning in made.warnings)


def test_works_that_are_gone_do_not_stop_an_export() -> None:
    contents = a_review_contents()
    kept: tuple[Reference, ...] = contents.references[:6]
    text = summary_html(replace(contents, references=kept), "journal")
    assert "Trust takes time" in text


def test_a_waived_check_is_listed_with_its_reason_only() -> None:
    contents = a_review_contents()
    waiver = replace(contents.waivers[0], reason="Looked at twice")
    checks = [
        CheckResult(rule="missing-doi", level=Level.DOUBT, subject="reference:1005", message="Lacks one",
                    waived=waiver),
        CheckResult(rule="missing-year", level=Level.ERROR, subject="reference:1006", message="Has no year"),
    ]  # fmt: skip
    text = summary_html(replace(contents, waivers=(waiver,)), "journal", open_checks=checks)
    assert "Lacks one" not in text
    assert "Looked at twice" in text
    assert "Has no year" in text
