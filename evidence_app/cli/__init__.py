"""The commands, and the one place both programs start from."""

import sys


def main(arguments: list[str] | None = None) -> None:
    """Run `evidence-desk`: a command, or the window."""
    try:
        from evidence_app.cli.program import program
    except KeyboardInterrupt:  # while the libraries load
        sys.exit("evidence-desk: stopped; nothing was begun.")
    program(arguments, prog_name="evidence-desk")


def open_window() -> None:
    """Run `evidence-desk-window`, the same without a terminal: menus start this one."""
    main(["open", *sys.argv[1:2]])
