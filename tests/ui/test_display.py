"""Without a usable display the program says so; Qt is never asked, for it would end with a core dump."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
START = "import sys; from evidence_app.app import run; sys.exit(run(None))"

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland are Linux's")


def started(**environment: str) -> subprocess.CompletedProcess[str]:
    """Start the window in a process with this much of an environment."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONPATH")}
    return subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


def said(result: subprocess.CompletedProcess[str]) -> str:
    """Return the one line that was said, after checking that it is one and that nothing crashed."""
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert "evidence-desk list sample" in lines[0]
    return lines[0]


@linux_only
def test_no_display_is_said() -> None:
    assert "there is no display" in said(started())


@linux_only
def test_a_display_that_does_not_answer_is_named() -> None:
    assert "the display :99417 cannot be reached" in said(started(DISPLAY=":99417"))


@linux_only
def test_a_missing_library_is_named_with_its_package(tmp_path: Path) -> None:
    (tmp_path / "libxcb-cursor.so.0").write_bytes(b"not a library")
    line = said(started(DISPLAY=":99417", LD_LIBRARY_PATH=str(tmp_path)))
    assert "apt-get install libxcb-cursor0" in line


@linux_only
def test_a_wayland_socket_that_is_gone_is_no_display(tmp_path: Path) -> None:
    assert "there is no display" in said(started(WAYLAND_DISPLAY="wayland-0", XDG_RUNTIME_DIR=str(tmp_path)))


def test_an_offscreen_platform_needs_no_display() -> None:
    from evidence_app.ui.display import missing_display

    assert missing_display({"QT_QPA_PLATFORM": "offscreen"}) == ""


def test_looking_for_a_display_does_not_load_qt() -> None:
    question = "import sys, evidence_app.app; print('PySide6' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert answer.stdout.strip() == "False"
