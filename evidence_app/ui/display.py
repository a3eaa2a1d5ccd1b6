"""Finds out whether a window can be shown, before Qt is asked: Qt ends the whole program where it cannot.

Qt is not imported here, and neither is anything else that is not of the standard library."""

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

HEADLESS = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs", "minimalegl", "vkkhrdisplay"})
"""Platforms of Qt that need no display server."""

LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
}
"""What Qt's window plugin loads, and the Debian package that holds it."""

COMMANDS = "The commands work without a display, for example: evidence-desk list sample."


def missing_display(environment: Mapping[str, str] | None = None) -> str:
    """Return one sentence or two on what is missing for a window, or nothing where all is there."""
    given = os.environ if environment is None else environment
    platform = given.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if not sys.platform.startswith("linux") or platform in HEADLESS:
        return ""
    if platform != "xcb" and _wayland_answers(given):
        return ""
    display = given.get("DISPLAY", "")
    if not display:
        reason = "No window can be shown: there is no display (DISPLAY and WAYLAND_DISPLAY are not set)."
    else:
        reason = _missing_library() or _unreachable(display)
    return f"{reason} {COMMANDS}" if reason else ""


def _wayland_answers(given: Mapping[str, str]) -> bool:
    """Return whether the Wayland socket takes a connection."""
    name, folder = given.get("WAYLAND_DISPLAY", ""), given.get("XDG_RUNTIME_DIR", "")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX) as end:
        end.settimeout(2)
        try:
            end.connect(str(Path(folder, name)))
        except OSError:
            return False
    return True


def _missing_library() -> str:
    missing = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if not missing:
        return ""
    packages = " ".join(missing)
    names = " and ".join(missing)
    return f"No window can be shown: {names} cannot be loaded. Install: apt-get install {packages}."


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _unreachable(display: str) -> str:
    """Return what is wrong with an X display that does not answer."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return "No window can be shown: libxcb1 cannot be loaded. Install: apt-get install libxcb1."
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    for ask in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        ask.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return f"No window can be shown: the display {display} cannot be reached." if failed else ""
