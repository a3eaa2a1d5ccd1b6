"""What the screen reads at once, in a reading lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.review import NumberState
from evidence_app.services.searches.kinds import Group
from evidence_app.services.searches.log import records_fact
from evidence_app.services.searches.problems import problems
from evidence_app.services.searches.query_problem import QueryProblem
from evidence_app.services.searches.strategy import StrategyLine, read_strategy, syntax_of
from evidence_app.services.searches.worth import Worth, worth
from evidence_app.storage.connections import Reader
from evidence_app.ui.searches.search_table import figure_of

FILTERS: Final = (
    ("all", "All"), (Group.DATABASES.value, "Databases"), (Group.OTHER.value, "Other methods"),
    (Group.SUPPORT.value, "Filters and tools"), ("problems", "With problems"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Log:
    """Every search with what it gave, and the queries with what is wrong in them."""

    rows: Sequence[Worth] = ()
    lines: Mapping[int, tuple[StrategyLine, ...]] = field(default_factory=dict)
    problems: Mapping[int, tuple[QueryProblem, ...]] = field(default_factory=dict)

    def marked(self) -> frozenset[int]:
        """Return the searches whose query finds something else than was meant."""
        return frozenset(row for row, found in self.problems.items() if any(each.grave for each in found))

    def shown(self, key: str) -> list[Worth]:
        """Return the rows a filter lets through."""
        if key == "problems":
            return [row for row in self.rows if row.search.row in self.marked() or row.difference]
        return [row for row in self.rows if key in ("all", row.group.value)]

    def fact(self) -> str:
        """Return the one fact beside the title."""
        databases = [row for row in self.rows if row.group is Group.DATABASES]
        told = [
            (row.search, row.records.value, figure_of(row, "records").state is NumberState.TYPED)
            for row in databases
        ]
        return records_fact(told)


def read_log(reader: Reader) -> Log:
    """Read every search; look its query through."""
    rows = worth(reader)
    lines, found = {}, {}
    for row in rows:
        search = row.search
        query = search.text("query")
        if query:
            lines[search.row] = read_strategy(query)
            found[search.row] = problems(lines[search.row], syntax_of(search.name, search.platform))
    return Log(rows, lines, found)
