"""What stands under each theme: the outline with its counts, and the review findings in reading order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Block, Cited, Direction, Role
from evidence_app.domain.reference import Reference
from evidence_app.domain.synthesis import Theme, ThemeKind, colour_places, is_main, outline, path_to

NO_COUNTRY = "Country not reported"


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A theme at one place of the outline, with what counts for it."""

    theme: Theme
    parent: int | None
    place: int | None
    """Which colour it takes; None for a topic without a theme."""
    anchors: int
    findings: int
    reports: int
    children: tuple["TreeLine", ...] = ()


@dataclass(frozen=True, slots=True)
class TreeGroup:
    """Lines that stand together: the overarching theme, the subthemes, the others."""

    name: str
    lines: tuple[TreeLine, ...]


def tree(contents: ReviewContents) -> tuple[TreeGroup, ...]:
    """Return the outline in groups. The subthemes of an overarching theme stand beside it, not below."""
    growing = _Growing(contents)
    roots = growing.below(None)
    spanning = [theme for theme in roots if theme.kind is ThemeKind.OVERARCHING]
    others = [theme for theme in roots if theme.kind is not ThemeKind.OVERARCHING]
    over = tuple(growing.line(theme, None, frozenset(), topics_only=True) for theme in spanning)
    seen: set[int] = set()
    subthemes: list[TreeLine] = []
    for parent in spanning:
        for theme in growing.below(parent.id):
            if is_main(theme, contents.theme_by_id) and theme.id not in seen:
                seen.add(theme.id)
                subthemes.append(growing.line(theme, parent.id, frozenset((parent.id,))))
    rest = tuple(growing.line(theme, None, frozenset()) for theme in others)
    shown = {theme for line in (*over, *subthemes, *rest) for theme in _themes_of(line)}
    rest += tuple(growing.lost(shown))
    name = "Overarching theme" if len(over) == 1 else "Overarching themes"
    groups = (
        TreeGroup(name, over),
        TreeGroup("Subthemes", tuple(subthemes)),
        TreeGroup("Other themes" if over else "Themes", rest),
    )
    return tuple(group for group in groups if group.lines)


def _themes_of(line: TreeLine) -> Iterator[int]:
    yield line.theme.id
    for child in line.children:
        yield from _themes_of(child)


class _Growing:
    def __init__(self, contents: ReviewContents) -> None:
        self._contents = contents
        self._places = colour_places(contents.themes)
        self._children: dict[int | None, list[Theme]] = {}
        known = contents.theme_by_id
        for theme in sorted(contents.themes, key=lambda theme: (theme.position, theme.id)):
            parents: list[int | None] = [parent for parent in theme.parents if parent in known]
            for parent in parents or [None]:
                self._children.setdefault(parent, []).append(theme)

    def below(self, parent: int | None) -> list[Theme]:
        return self._children.get(parent, [])

    def lost(self, shown: set[int]) -> Iterator[TreeLine]:
        """Yield lines for themes that only stand below one another, with no way in from the top."""
        for theme in self._contents.themes:
            if theme.id not in shown:
                line = self.line(theme, None, frozenset())
                shown.update(_themes_of(line))
                yield line

    def line(
        self, theme: Theme, parent: int | None, above: frozenset[int], *, topics_only: bool = False
    ) -> TreeLine:
        inside = above | {theme.id}
        children = tuple(
            self.line(child, theme.id, inside)
            for child in self.below(theme.id)
            if child.id not in inside and not (topics_only and is_main(child, self._contents.theme_by_id))
        )
        findings = self._contents.findings_under(theme.id)
        return TreeLine(
            theme, parent, self._places.get(theme.id), sum(len(block.anchors) for block in findings),
            len(findings), len(self._contents.supporting(theme.id)), children,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownWork:
    """One work cited by a finding: what its chip and its line in the inspector say."""

    anchor: str
    work: Cited
    role: Role
    number: str
    label: str
    title: str
    included: bool

    @property
    def reference(self) -> int:
        """The row of the reference."""
        return self.work.reference


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A review finding with what it rests on."""

    block: Block
    ordinal: int
    """Its place among the findings of the theme that is shown, from 1."""
    works: tuple[ShownWork, ...]
    """Every work at each of its anchors, in the order of the sentence."""
    reports: int
    """How many included reports it cites as evidence."""
    others: int
    """How many other works it cites as evidence."""
    countries: tuple[tuple[str, int], ...]
    topic: str

    @property
    def support(self) -> str:
        """How much stands behind it, in words."""
        if self.reports:
            return counted(self.reports, "report")
        return counted(self.others, "other work") if self.others else "No evidence"

    def with_role(self, *roles: Role) -> tuple[ShownWork, ...]:
        """Return the works cited in one of these roles."""
        return tuple(work for work in self.works if work.role in roles)


@dataclass(frozen=True, slots=True)
class TopicHead:
    """The heading above the findings of one topic."""

    theme: Theme
    name: str
    shown: int
    all: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are to be shown; the default lets all through."""

    direction: Direction | None = None
    undirected: bool = False
    """Only findings that have no direction yet."""
    country: str = ""
    unsupported: bool = False

    def __bool__(self) -> bool:
        return self != Wanted()

    def takes(self, line: FindingLine) -> bool:
        """Return whether a finding is one of those wanted."""
        if self.unsupported and (line.reports or line.others):
            return False
        if self.direction is not None and line.block.direction is not self.direction:
            return False
        if self.undirected and line.block.direction is not None:
            return False
        return not self.country or self.country in dict(line.countries)

    def words(self) -> str:
        """Return the filter in words: `Barrier, England, without evidence`."""
        parts = [self.direction.value] if self.direction else []
        parts += ["without a direction"] if self.undirected else []
        parts += [self.country] if self.country else []
        parts += ["without evidence"] if self.unsupported else []
        line = ", ".join(parts)
        return line[:1].upper() + line[1:]


def findings_of(
    contents: ReviewContents, theme: int, wanted: Wanted | None = None
) -> list[TopicHead | FindingLine]:
    """Return the findings under a theme below the heading of each topic, in the order of the outline.

    Findings of the theme itself come first and without a heading where nothing else is there."""
    wanted = wanted or Wanted()
    under = contents.under(theme)
    order = [line.theme for line in outline(contents.themes) if line.theme.id in under]
    by_theme: dict[int | None, list[Block]] = {}
    for block in contents.findings:
        by_theme.setdefault(block.theme, []).append(block)
    rows: list[TopicHead | FindingLine] = []
    ordinal = 0
    for topic in dict.fromkeys((contents.theme_by_id[theme], *order)):
        lines = []
        for block in by_theme.get(topic.id, ()):
            ordinal += 1
            lines.append(finding_line(contents, block, ordinal))
        shown = [line for line in lines if wanted.takes(line)]
        if topic.id == theme and not lines:
            continue
        if wanted and not shown:
            continue
        if topic.id != theme or len(order) > 1:
            rows.append(TopicHead(topic, topic.name, len(shown), len(lines)))
        rows += shown
    return rows


def finding_line(contents: ReviewContents, block: Block, ordinal: int = 1) -> FindingLine:
    """Return a finding with the works it cites and the countries of the reports that support it."""
    works = tuple(
        _shown(contents, anchor.guid, anchor.role, work)
        for anchor in block.anchors_in_order()
        for work in anchor.works
    )
    counting = contents.counting_for((block,))
    evidence = [*dict.fromkeys(each for each in block.evidence if each in counting)]
    evidence += sorted(counting.difference(evidence))
    known = [contents.by_id[at] for at in evidence if at in contents.by_id]
    reports = [each for each in known if each.included]
    theme = contents.theme_by_id.get(block.theme) if block.theme is not None else None
    return FindingLine(
        block, ordinal, works, len(reports), len(evidence) - len(reports),
        countries_of(contents, reports), theme.name if theme else "",
    )  # fmt: skip


def _shown(contents: ReviewContents, anchor: str, role: Role, work: Cited) -> ShownWork:
    reference = contents.by_id.get(work.reference)
    if reference is None:
        return ShownWork(anchor, work, role, "", "Removed reference", "", False)
    number = "" if reference.number is None else str(reference.number)
    return ShownWork(
        anchor, work, role, number, reference.short_label, reference.title, bool(reference.included)
    )


def countries_of(contents: ReviewContents, reports: Iterable[Reference]) -> tuple[tuple[str, int], ...]:
    """Return the countries of these reports with how many are from each, the most first."""
    counts: Counter[str] = Counter()
    for report in reports:
        found = contents.characteristic(report.id, "country")
        counts[found.value if found else NO_COUNTRY] += 1
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def countries_line(countries: Sequence[tuple[str, int]]) -> str:
    """Return countries with their counts as one line: `England 4, Wales 1`."""
    return ", ".join(f"{country} {count}" for country, count in countries)


def main_theme_of(contents: ReviewContents, theme: int) -> int:
    """Return the theme whose findings are shown with this one's: the nearest that stands for itself."""
    path = path_to(theme, contents.theme_by_id)
    return next((each.id for each in reversed(path) if is_main(each, contents.theme_by_id)), theme)


def headline(contents: ReviewContents) -> str:
    """Return the one fact of the review's themes: `4 themes, 109 citation anchors`."""
    main = len(contents.main_themes()) or len(contents.themes)
    anchors = sum(len(block.anchors) for block in contents.findings)
    return f"{counted(main, 'theme')}, {counted(anchors, 'citation anchor')}"


def theme_fact(contents: ReviewContents, theme: int) -> str:
    """Return what counts for a theme: `40 anchors, 41 of 47 reports`."""
    anchors = sum(len(block.anchors) for block in contents.findings_under(theme))
    reports, included = len(contents.supporting(theme)), len(contents.included)
    if not included:
        return counted(anchors, "anchor")
    return f"{counted(anchors, 'anchor')}, {reports} of {counted(included, 'report')}"
