"""The stages of screening as a command line names them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from evidence_app.domain.screening import Stage

Command = TypeVar("Command", bound=Callable[..., Any])
STAGES = {"title-abstract": Stage.TITLE_ABSTRACT, "full-text": Stage.FULL_TEXT}


def stage_option(command: Command) -> Command:
    """Add `--stage`."""
    return click.option(
        "--stage", type=click.Choice([*STAGES]), default="title-abstract", show_default=True,
        help="Where records are judged.",
    )(command)  # fmt: skip
