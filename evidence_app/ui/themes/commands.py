"""The commands on the chosen finding, one method for each of the menu."""

from evidence_app.domain.manuscript import Role
from evidence_app.ui.themes.finding_acts import FindingActs
from evidence_app.ui.themes.inspecting import Inspecting
from evidence_app.ui.themes.supporting import Supporting


class FindingCommands:
    """What the Themes screen does with the chosen finding; its parts are made by the screen."""

    findings: FindingActs
    supporting: Supporting
    _inspecting: Inspecting

    def add_evidence(self) -> None:
        """Pick references that support the chosen finding."""
        self._inspecting.pick(Role.EVIDENCE)

    def add_contrast(self) -> None:
        """Pick references that speak against the chosen finding."""
        self._inspecting.pick(Role.CONTRAST)

    def add_quotations(self) -> None:
        """Pick quotations that the chosen finding rests on."""
        self.supporting.pick()

    def add_quotations_against(self) -> None:
        """Pick quotations that speak against the chosen finding."""
        self.supporting.pick_against()

    def show_line(self) -> None:
        """Show the first quotation of the chosen finding at its line in Coding."""
        self.supporting.show_line()

    def change_counted(self) -> None:
        """Leave a report out of the chosen finding, or count one, with a reason."""
        self.supporting.overrule()

    def move_finding(self) -> None:
        """Move the selected findings to another topic."""
        self.findings.move_to()

    def merge_findings(self) -> None:
        """Join the selected findings."""
        self.findings.merge()

    def split_finding(self) -> None:
        """Part the chosen finding where the caret stands."""
        self.findings.split(self._inspecting.caret)

    def delete_finding(self) -> None:
        """Delete the selected findings."""
        self.findings.delete()
