"""The screens in the order of a review. One that is not built yet is not shown."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from evidence_app.ui.screen import Screen, ScreenContext

GROUPS = ("Collect", "Judge", "Make sense", "Report")
BESIDE = ""
"""The group of screens that stand beside the way: opened from the palette or by an act, not from the rail."""


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """A screen: its name in `go_to`, its title, its icon, its group, where its class is, what it is for."""

    name: str
    title: str
    icon: str
    group: str
    place: str
    purpose: str = ""

    @property
    def module(self) -> str:
        """The module in which the class is."""
        return f"evidence_app.ui.{self.place.partition(':')[0]}"

    def exists(self) -> bool:
        """Return whether the screen is built."""
        try:
            return find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False

    def make(self, context: ScreenContext) -> Screen:
        """Import the screen's module, only now, and return a new screen."""
        made: Screen = getattr(import_module(self.module), self.place.partition(":")[2])(context)
        return made


SCREENS = (
    ScreenSpec(
        "library", "Library", "ph.books", "Collect", "library.screen:LibraryScreen",
        "All references: sort, filter, search, repair, add and export them.",
    ),
    ScreenSpec(
        "searches", "Searches", "ph.magnifying-glass", "Collect", "searches.screen:SearchesScreen",
        "What was searched where and when, and what each search was worth.",
    ),
    ScreenSpec(
        "duplicates", "Duplicates", "ph.intersect", "Collect", "duplicates.screen:DuplicatesScreen",
        "Records of the same work, side by side, merged so that they can be taken apart again.",
    ),
    ScreenSpec(
        "screening", "Screening", "ph.funnel", "Judge", "screening.screen:ScreeningScreen",
        "Decide record by record, alone or by two people, with keys; conflicts, samples and agreement.",
    ),
    ScreenSpec(
        "studies", "Studies", "ph.flask", "Judge", "studies.screen:StudiesScreen",
        "Full texts, reports joined into studies, and what each study is like.",
    ),
    ScreenSpec(
        "coding", "Coding", "ph.book-open", "Make sense", "coding.screen:CodingScreen",
        "Read the full texts, quote and code them with the keyboard.",
    ),
    ScreenSpec(
        "themes", "Themes", "ph.tree-structure", "Make sense", "themes.screen:ThemesScreen",
        "The outline of themes, and the review findings under each with the reports that support them.",
    ),
    ScreenSpec(
        "board", "Theme board", "ph.cards", BESIDE, "board.screen:BoardScreen",
        "Codes as cards, descriptive themes as groups, analytic themes above them.",
    ),
    ScreenSpec(
        "matrix", "Matrix", "ph.grid-four", "Make sense", "matrix.screen:MatrixScreen",
        "Which report is evidence for which theme, and what was looked for and is not there.",
    ),
    ScreenSpec(
        "manuscript", "Manuscript", "ph.article", "Report", "manuscript.screen:ManuscriptScreen",
        "The text of the review with its citations in the sentences.",
    ),
    ScreenSpec(
        "flow", "Flow diagram", "ph.flow-arrow", "Report", "flow.screen:FlowScreen",
        "The PRISMA flow diagram: every number is counted, opens its records, and adds up.",
    ),
    ScreenSpec(
        "checks", "Checks", "ph.check-square", "Report", "checks.screen:ChecksScreen",
        "What contradicts itself, is missing or needs a look, before others find it.",
    ),
    ScreenSpec(
        "history", "History", "ph.clock-counter-clockwise", BESIDE, "history.screen:HistoryScreen",
        "Every edit of every person, and what can be taken back.",
    ),
)  # fmt: skip


def built() -> tuple[ScreenSpec, ...]:
    """Return the screens that exist, in order."""
    return tuple(spec for spec in SCREENS if spec.exists())
