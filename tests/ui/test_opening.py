"""Opening what lies beside the project."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from evidence_app.services.library.attachments import keep_copies, place_of
from evidence_app.storage.project import Project
from evidence_app.ui.opening import open_copy, say_missing
from evidence_app.ui.screen import ScreenContext
from tests.ui.desks import Tools


def unheard(text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None) -> None:
    """Say nothing."""


def silent(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def test_a_copy_is_opened_or_its_page_and_a_missing_one_is_told(
    screen_tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def remember(url: QUrl) -> None:
        opened.append(url.toString())

    monkeypatch.setattr(QDesktopServices, "openUrl", remember)
    file = tmp_path / "report.txt"
    file.write_text("Words", "utf-8")
    with screen_tools.opened(Project.create(tmp_path / "review.evidence", "Review")) as project:
        context = ScreenContext(
            look=screen_tools.look, parts=screen_tools.parts, lanes=screen_tools.lanes, project=project,
            settings=screen_tools.preferences, messages=screen_tools.messages,
            go_to=lambda _screen, _subject=None: None, say=unheard,
        )  # fmt: skip
        (kept,) = keep_copies(project.path, (file,), silent)
        copy = place_of(project.path, kept.sha256, kept.name)
        assert open_copy(context, kept.sha256, kept.name)
        copy.unlink()
        assert open_copy(context, kept.sha256, kept.name, "https://example.org/report")
        assert not open_copy(context, kept.sha256, kept.name, "javascript:alert(1)")
        say_missing(context, kept.name)
    assert opened == [QUrl.fromLocalFile(str(copy)).toString(), "https://example.org/report"]
    assert screen_tools.messages.asked[0].startswith(
        f"report.txt is not there. It belongs into the folder {copy.parent.parent.name} beside the project."
    )
