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
    """A screen: its name in `go_to`, its title, its icon, its group in the rail, and where its class is."""

    name: str
    title: str
    icon: str
    group: str
    place: str

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
    ScreenSpec("library", "Library", "ph.books", "Collect", "library.screen:LibraryScreen"),
    ScreenSpec("searches", "Searches", "ph.magnifying-glass", "Collect", "searches.screen:SearchesScreen"),
    ScreenSpec("duplicates", "Duplicates", "ph.intersect", "Collect", "duplicates.screen:DuplicatesScreen"),
    ScreenSpec("screening", "Screening", "ph.funnel", "Judge", "screening.screen:ScreeningScreen"),
    ScreenSpec("studies", "Studies", "ph.flask", "Judge", "studies.screen:StudiesScreen"),
    ScreenSpec("coding", "Coding", "ph.book-open", "Make sense", "coding.screen:CodingScreen"),
    ScreenSpec("themes", "Themes", "ph.tree-structure", "Make sense", "themes.screen:ThemesScreen"),
    ScreenSpec("matrix", "Matrix", "ph.grid-four", "Make sense", "matrix.screen:MatrixScreen"),
    ScreenSpec("manuscript", "Manuscript", "ph.article", "Report", "manuscript.screen:ManuscriptScreen"),
    ScreenSpec("summary", "Summary", "ph.file-text", "Report", "summary.screen:SummaryScreen"),
    ScreenSpec("flow", "Flow diagram", "ph.flow-arrow", "Report", "flow.screen:FlowScreen"),
    ScreenSpec("checks", "Checks", "ph.check-square", "Report", "checks.screen:ChecksScreen"),
    ScreenSpec(
        "compare", "Compare with Crossref", "ph.arrows-left-right", BESIDE, "compare.screen:CompareScreen"
    ),
    ScreenSpec("history", "History", "ph.clock-counter-clockwise", BESIDE, "history.screen:HistoryScreen"),
)


def built() -> tuple[ScreenSpec, ...]:
    """Return the screens that exist, in order."""
    return tuple(spec for spec in SCREENS if spec.exists())
