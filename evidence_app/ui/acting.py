"""Handing work to the writer that is worked out from the review as it is by then."""

from collections.abc import Callable
from functools import partial

from evidence_app.domain.edit import Edit
from evidence_app.storage.applied import Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report

Question = Callable[[Reader], Edit]


def write(context: ScreenContext, question: Question, title: str = "") -> None:
    """Let the writer work an edit out and write it."""
    context.project.write(partial(_apply, question), title)


def _apply(question: Question, project: Project, _report: Report) -> Applied | None:
    with project.reader() as reader:
        edit = question(reader)
    return project.apply(edit) if edit else None
