"""Export: a bibliography in any style, or the references for another program."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.formats import registry
from evidence_app.services.publishing import bibliography
from evidence_app.storage import references
from evidence_app.storage.connections import Reader
from evidence_app.storage.contents import review_contents
from evidence_app.ui.library.listing import Surroundings
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.style_picker import StylePicker

LABELS = {"docx": "Word", "odt": "OpenDocument", "html": "Web page", "pdf": "PDF", "md": "Markdown",
          "txt": "Plain text"}  # fmt: skip
LAST_FORMAT, LAST_KIND = "library.export.format", "library.export.kind"
GRAVE = ("retraction", "concern")


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of the library that can be exported: its words and its references."""

    key: str
    label: str
    ids: Sequence[int]


class ExportDialog(PanelDialog):
    """Asks what leaves, in which form; says before it leaves which of it was retracted."""

    def __init__(
        self, context: ScreenContext, portions: Sequence[Portion], chosen: str, around: Surroundings,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(context.parts, "Export", size=(820, 700), parent=parent)
        self._context, self._around = context, around
        self._portions = {portion.key: portion for portion in portions}
        kept = context.settings.now.kept
        parts = self.parts
        self.kind = parts.segments(
            "What is written", (("bibliography", "Bibliography"), ("references", "References for a program")),
            kept.get(LAST_KIND, "bibliography"),
        )  # fmt: skip
        self.kind.chosen.connect(self._turn)
        self.portion = parts.segments(
            "Which references", [(each.key, f"{each.label}  {len(each.ids):,}") for each in portions], chosen
        )
        self.portion.chosen.connect(self._turn)
        self.form = parts.segments("Format", _forms(self.kind.choice), kept.get(LAST_FORMAT, ""), columns=6)
        self.form.chosen.connect(self._turn)
        self.picker = StylePicker(parts, context.lanes, context.settings.now.citation_style)
        self.own_numbers = QCheckBox("Keep the review’s own numbers")
        self.own_numbers.setChecked(True)
        self.warning = parts.banner("ph.warning-octagon-fill", "retracted", "")
        self.write = parts.button("", "primary", "ph.export", self.accept)
        self.write.setDefault(True)
        self.top.addWidget(self.kind)
        self._lay()
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.write)
        self._turn()

    def _lay(self) -> None:
        parts = self.parts
        self._style_caption = parts.caption("Style")
        self._rest = parts.note(
            "Every field is written; what the format has no place for goes into its notes.", wrap=True
        )
        self.picker.setMinimumHeight(parts.look.px(250))
        column = down(
            across(down(parts.caption("Which references"), self.portion, gap=4), None),
            across(down(parts.caption("Format"), self.form, gap=4), None),
            self.warning, self._style_caption, gap=8, edge=(24, 12, 24, 14),
        )  # fmt: skip
        column.addWidget(self.picker, 1)
        column.addWidget(self.own_numbers)
        column.addWidget(self._rest)
        column.addStretch(0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put(scrolled(column), share=1)

    @property
    def ids(self) -> Sequence[int]:
        """The references that are chosen."""
        return self._portions[self.portion.choice].ids

    @property
    def is_bibliography(self) -> bool:
        """Whether a bibliography is written."""
        return self.kind.choice == "bibliography"

    def suffix(self) -> str:
        """Return the ending of the file to write."""
        choice = self.form.choice
        return f".{choice}" if self.is_bibliography else registry.format_named(choice).suffixes[0]

    def _turn(self) -> None:
        keys = [key for key, _ in _forms(self.kind.choice)]
        if self.form.choice not in keys:
            self.form.offer(_forms(self.kind.choice))
            self.form.choose(keys[0])
        for part in (self.picker, self.own_numbers, self._style_caption):
            part.setVisible(self.is_bibliography)
        self._rest.setVisible(not self.is_bibliography)
        what = "bibliography" if self.is_bibliography else counted(len(self.ids), "reference")
        self.write.rename(f"Export {what}…")
        self.write.setEnabled(bool(self.ids))
        self.tell(f"{counted(len(self.ids), 'reference')}")
        self._warn()
        self.want(height=700 if self.is_bibliography else 340)
        if self.is_bibliography and self.ids:
            works = references.references(self._context.project.reader, self.ids[:2])
            self.picker.show_sample_of(works)

    def _warn(self) -> None:
        of_concern = {at for at in self._around.updates if self._around.update_of(at) in GRAVE}
        grave = [at for at in self.ids if at in of_concern] if of_concern else []
        self.warning.setVisible(bool(grave))
        if grave:
            named = references.lines(self._context.project.reader, grave[:3])
            names = "; ".join(f"{line.authors} {line.year or 'n.d.'}" for line in named)
            more = f" and {len(grave) - 3} more" if len(grave) > 3 else ""
            verb = "is" if len(grave) == 1 else "are"
            self.warning.label.setText(
                f"{counted(len(grave), 'work')} {verb} retracted or of concern: {names}{more}. "
                "A bibliography marks them; think again before you cite them."
            )

    def remember(self) -> None:
        """Keep kind, format and style for the next time."""
        self._context.settings.keep(LAST_KIND, self.kind.choice)
        self._context.settings.keep(LAST_FORMAT, self.form.choice)
        if self.is_bibliography:
            self._context.settings.change(citation_style=self.picker.style_id)

    def task(self, path: Path) -> Task:
        """Return the work that writes what was chosen to a path."""
        project, ids = self._context.project.path, tuple(self.ids)
        work: Callable[[Report], Path]
        if self.is_bibliography:
            style, own = self.picker.style_id, self.own_numbers.isChecked()
            work = partial(_write_bibliography, project, ids, path, style, own)
        else:
            work = partial(_write_references, project, ids, path, self.form.choice)
        return Task(work, f"Writing {path.name}")


def _forms(kind: str) -> list[tuple[str, str]]:
    if kind == "bibliography":
        return [(name, LABELS.get(name, name)) for name in bibliography.FORMATS]
    return [(each.name, each.label) for each in registry.FORMATS if each.writes]


def _write_bibliography(
    project: Path, ids: Sequence[int], path: Path, style: str, own_numbers: bool, report: Report
) -> Path:
    from evidence_app.services.publishing.summary.notices import entry_marks

    with Reader(project) as reader:
        works = references.references(reader, ids)
        marks: Mapping[int, str] = entry_marks(review_contents(reader))
    bibliography.write_bibliography(works, path, style, own_numbers=own_numbers, marks=marks, report=report)
    return path


def _write_references(project: Path, ids: Sequence[int], path: Path, form: str, report: Report) -> Path:
    with Reader(project) as reader:
        works = references.references(reader, ids)
    report(0, len(works))
    registry.write_references(works, path, form)
    return path
