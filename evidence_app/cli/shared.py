"""What commands share: opening a project, saying who acts, printing one JSON value."""

import getpass
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import click

from evidence_app.storage.applied import Acting, identity_from
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project

Command = TypeVar("Command", bound=Callable[..., Any])

project_argument = click.argument("project", metavar="PROJECT")


def json_option(command: Command) -> Command:
    """Add `--json`: one JSON value on standard output and nothing else there."""
    option = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
    return option(command)


def acting_option(command: Command) -> Command:
    """Add `--as NAME`: who acts, for commands that write."""
    option = click.option(
        "--as", "acting", metavar="NAME", default="", help="Who acts; else your login name."
    )
    return option(command)


def person(name: str) -> Acting:
    """Return who acts: the person named, with an identity that is the same for the same name."""
    name = " ".join(name.split()) or _login()
    initials = "".join(word[0] for word in name.split()[:3]).upper()
    return Acting(name, initials, identity_from(name))


def known(reader: Reader, acting: Acting) -> Acting:
    """Return who acts; somebody of this name whom the project knows already is that person."""
    from evidence_app.storage.screening_votes import identity_of

    guid = identity_of(reader, acting.name)
    return replace(acting, guid=guid) if guid else acting


def who_acts(reader: Reader, name: str) -> Acting:
    """Return who acts in a project: who is named, in a packet else its reviewer, else the login name.

    Two people may have one login name; a packet knows whom it was made for."""
    from evidence_app.storage.packets import given_out

    packet = None if name.strip() else given_out(reader)
    if packet is not None and packet["person_guid"]:
        return Acting(packet["person_name"], person(packet["person_name"]).initials, packet["person_guid"])
    return known(reader, person(name))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Reviewer"


@contextmanager
def opened(project: str, acting: str = "") -> Iterator[Project]:
    """Open the project for writing; the word `sample` is a fresh copy, deleted at the end."""
    from evidence_app.services import projects

    with projects.opened(project, person(acting)) as found:
        with found.reader() as reader:
            found.acting = who_acts(reader, acting)
        yield found


def in_whose_name(project: Project, asked: str) -> str:
    """Return the sentence that says who acted; without `--as` also how to be somebody else."""
    hint = "" if asked.strip() else " (--as NAME is somebody else)"
    return f"In the name of {project.acting.name}{hint}."


@contextmanager
def reading(project: str) -> Iterator[Reader]:
    """Open the project for reading only."""
    from evidence_app.services import projects

    with projects.reading(project) as reader:
        yield reader


@contextmanager
def opened_or_read(project: str, acting: str = "") -> Iterator[tuple[Reader, Project | None]]:
    """Open the project for reading, and for keeping something beside it where it can be written."""
    from evidence_app.services import projects

    with projects.opened_or_read(project, person(acting)) as found:
        yield found


def print_json(value: Any) -> None:
    """Print one JSON value, in UTF-8 whatever the terminal's letters are, as JSON must be."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # file names may be no UTF-8
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_table(rows: list[tuple[Any, ...]], heads: tuple[str, ...]) -> None:
    """Print rows as columns a person can read; the last column takes what is left of the line."""
    texts = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    widths = [
        min(max([len(head), *(len(row[at]) for row in texts)]), 44) for at, head in enumerate(heads[:-1])
    ]
    for row in (heads, *texts):
        cells = [_cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
