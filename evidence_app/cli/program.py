"""The program: which command was meant, and how every failure ends in one line and an exit code."""

import contextlib
import difflib
import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from evidence_app import __version__
from evidence_app.domain.errors import Cancelled, EvidenceError

COMMANDS: Final = {
    "open": "evidence_app.cli.window:open_window",
    "new": "evidence_app.cli.projects:new",
    "list": "evidence_app.cli.reading:list_references",
    "themes": "evidence_app.cli.reading:themes",
    "findings": "evidence_app.cli.reading:findings",
    "manuscript": "evidence_app.cli.reading:manuscript",
    "import": "evidence_app.cli.importing:import_",
    "dedupe": "evidence_app.cli.deduplication:dedupe",
    "update": "evidence_app.cli.crossref:update",
    "find-dois": "evidence_app.cli.crossref:find_dois",
    "screen": "evidence_app.cli.screening:screen",
    "summary": "evidence_app.cli.exporting:summary",
    "prisma": "evidence_app.cli.flow:prisma",
    "studies": "evidence_app.cli.studies:studies",
    "documents": "evidence_app.cli.coding:documents",
    "codings": "evidence_app.cli.coding:codings",
    "quotations": "evidence_app.cli.coding:quotations",
    "codebook": "evidence_app.cli.coding:codebook",
    "matrix": "evidence_app.cli.matrix:matrix",
    "bibliography": "evidence_app.cli.exporting:bibliography",
    "export": "evidence_app.cli.exporting:export",
    "formats": "evidence_app.cli.exporting:formats",
    "check": "evidence_app.cli.checking:check",
    "backup": "evidence_app.cli.backups:backup",
    "verify": "evidence_app.cli.backups:verify",
    "restore": "evidence_app.cli.backups:restore",
    "history": "evidence_app.cli.reading:history",
}
"""Where each command lives; a module is imported only when its command runs."""


class Program(click.Group):
    """A group whose commands load late, and whose first word may be a project to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of `--help`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, imported now."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Open the window where no command is named: nothing, or a project file."""
        if not args:
            args = ["open"]
        elif args[0] not in COMMANDS and is_project(args[0]):
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one is nearest."""
        if args and args[0] not in COMMANDS:
            near = difflib.get_close_matches(args[0], COMMANDS, n=1, cutoff=0.4)
            hint = f" Did you mean “{near[0]}”?" if near else " See evidence-desk --help."
            raise click.UsageError(f"There is no command “{args[0]}”.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; Ctrl-C ends as being cancelled does, without the empty line click would print."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Cancelled from error

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run and end: 0 done, 1 could not be done, 2 wrong usage; failures are one line, no traceback."""
        extra["standalone_mode"] = False
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # for terminals without our letters
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to end, it tidies up as for Ctrl-C
        try:
            code = super().main(args, *rest, **extra)
            if sys.stdout is not None:
                sys.stdout.flush()
        except click.exceptions.Exit as ended:
            code = ended.exit_code
        except click.UsageError as error:
            click.echo(f"evidence-desk: {_one_line(error.format_message())}", err=True)
            code = 2
        except click.ClickException as error:
            click.echo(f"evidence-desk: {_one_line(error.format_message())}", err=True)
            code = 1
        except (click.Abort, KeyboardInterrupt, Cancelled):
            click.echo("evidence-desk: stopped; what was written before is kept.", err=True)
            code = 1
        except EvidenceError as error:
            click.echo(f"evidence-desk: {_one_line(str(error))}", err=True)
            code = 1
        except SystemExit:
            if not type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):  # click: nobody reads on
                raise
            code = 0
        except BrokenPipeError:  # who reads has enough; nothing more is to be said there, also not at the end
            _give_up_output()
            code = 0
        except OSError as error:
            name = f" ({error.filename})" if error.filename else ""
            click.echo(f"evidence-desk: {error.strerror or error}{name}. Nothing was changed.", err=True)
            _give_up_output()
            code = 1
        sys.exit(code if isinstance(code, int) else 0)


def _give_up_output() -> None:
    """Let what could not be written on standard output go, so that it does not fail again at the end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def is_project(word: str) -> bool:
    """Return whether a word names a project: the sample, or a file with our ending, or one that exists."""
    return word == "sample" or word.endswith(".evidence") or Path(word).is_file()


@click.group(
    cls=Program, invoke_without_command=False, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="Evidence Desk")
def program() -> None:
    """Evidence Desk: from records to cited statements, in one file.

    Without a command it opens its window on PROJECT, the first time on the sample review.
    PROJECT is a path, or the word “sample” for a fresh copy of the sample review that is
    deleted afterwards."""
