"""The commands, and the one place both programs start from."""

import sys

from evidence_app.cli.program import program


def main(arguments: list[str] | None = None) -> None:
    """Run `evidence-desk`: a command, or the window."""
    program(arguments, prog_name="evidence-desk")


def open_window() -> None:
    """Run `evidence-desk-window`, the same without a terminal: menus start this one."""
    main(["open", *sys.argv[1:2]])
