"""A note that is being typed: kept beside the settings, so that no more than a second of it can be lost."""

import json
from dataclasses import dataclass
from pathlib import Path

from evidence_app.ui.settings import Preferences

DRAFT = "library.note_draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far, and on which reference."""

    reference: int
    text: str


class Drafts:
    """The one note that is being typed in a project."""

    def __init__(self, settings: Preferences, project: Path) -> None:
        self._settings, self._project = settings, str(project.resolve())

    def keep(self, draft: Draft) -> None:
        """Keep what is typed so far in place of what was kept before."""
        told = [self._project, draft.reference, draft.text]
        self._settings.keep(DRAFT, json.dumps(told, ensure_ascii=False) if draft.text.strip() else "")

    def forget(self) -> None:
        """Forget what was kept: it is written, or thrown away."""
        if self.left() is not None:
            self._settings.keep(DRAFT, "")

    def left(self) -> Draft | None:
        """Return what was being typed in this project when the program ended, or None."""
        try:
            project, reference, text = json.loads(self._settings.now.kept.get(DRAFT, "") or "[]")
            return Draft(int(reference), str(text)) if project == self._project else None
        except (ValueError, TypeError):
            return None
