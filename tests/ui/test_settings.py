"""Settings come back typed in the next run, and a spoiled file spoils nothing."""

from pathlib import Path

import pytest

from evidence_app.cli.shared import person
from evidence_app.services.publishing.styles import DEFAULT_STYLE
from evidence_app.ui.settings import CROSSREF, Preferences


def test_settings_come_back_as_they_were(tmp_path: Path, qapp: object) -> None:
    path = tmp_path / "deep" / "settings.ini"
    first = Preferences(path)
    first.change(text_size=150, theme="dark", columns={"library": [["title", 300], ["year", 0]]})
    first.change(
        recent_files=["/a, b/ü.evidence", "C:\\x.evidence"], contact_address="", window_geometry="QUJD="
    )
    first.keep("library.filter", "included")
    again = Preferences(path)
    assert again.now == first.now
    assert again.now.text_size == 150
    assert again.now.recent_files == ["/a, b/ü.evidence", "C:\\x.evidence"]


def test_no_address_is_sent_before_one_is_entered(preferences: Preferences) -> None:
    assert preferences.now.contact_address == ""
    assert preferences.now.crossref_url == CROSSREF


def test_the_first_style_is_the_one_summaries_are_written_in(preferences: Preferences) -> None:
    assert preferences.now.citation_style == DEFAULT_STYLE


@pytest.mark.parametrize(
    "line",
    [
        "text_size=huge",
        'text_size="true"',
        'theme="\\"pink\\""',
        'recent_files="{}"',
        "columns=,,,",
        "text_size=@Variant(x)",
    ],
)
def test_a_value_that_makes_no_sense_leaves_the_first_one(tmp_path: Path, qapp: object, line: str) -> None:
    path = tmp_path / "settings.ini"
    path.write_text(f"[General]\n{line}\n", "utf-8")
    now = Preferences(path).now
    assert (now.text_size, now.theme, now.recent_files, now.columns) == (100, "system", [], {})


def test_a_change_is_told_once_with_its_names(preferences: Preferences) -> None:
    told: list[object] = []
    preferences.changed.connect(told.append)
    preferences.change(theme="dark", density="normal")
    preferences.change(theme="dark")
    assert told == [frozenset({"theme"})]


def test_text_size_stays_within_what_the_layouts_were_made_for(preferences: Preferences) -> None:
    preferences.change(text_size=900)
    assert preferences.now.text_size == 200


def test_the_identity_of_a_person_stays_when_the_name_changes(preferences: Preferences) -> None:
    guid = preferences.now.person_guid
    preferences.enter_person("Ada Lovelace", "AL")
    assert preferences.now.person_guid == guid != ""
    assert preferences.now.person_name == "Ada Lovelace"


def test_the_window_and_the_commands_know_somebody_by_one_identity(tmp_path: Path, qapp: object) -> None:
    fresh = Preferences(tmp_path / "fresh.ini")
    fresh.enter_person(" Zoë  Çelik ", "ZÇ")
    assert fresh.now.person_guid == person("zoë çelik").guid


def test_recent_files_hold_each_once_newest_first_at_most_ten(preferences: Preferences) -> None:
    for number in range(12):
        preferences.remember_file(Path(f"/{number}.evidence"))
    preferences.remember_file(Path("/5.evidence"))
    assert len(preferences.now.recent_files) == 10
    assert preferences.now.recent_files[:2] == ["/5.evidence", "/11.evidence"]
