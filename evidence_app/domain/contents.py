"""A whole review as plain values: what checks look at, summaries print and commands list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from evidence_app.domain.flow import Flow
from evidence_app.domain.manuscript import Anchor, Block, Section
from evidence_app.domain.passages import Passage
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.domain.review import Characteristic, Criterion, Question, Review, Search, StatedNumber
from evidence_app.domain.support import Contribution, Support
from evidence_app.domain.synthesis import Theme, ThemeKind, is_main, outline, path_to, with_descendants


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A check somebody looked at and let stand, with the reason that is printed on export."""

    id: int
    rule: str
    subject: str
    """The check's subject: `reference:85`, `block:12` …, as `CheckResult.subject` gives it."""
    reason: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class Update:
    """A retraction, concern or correction of a work, from Crossref's `updated-by`."""

    reference: ReferenceId
    kind: str
    """retraction, expression_of_concern, correction …, Crossref's own words."""
    doi: str = ""
    source: str = ""
    date: str = ""

    @property
    def group(self) -> str:
        """How grave it is, in one word: retraction, concern, correction, or version for all else."""
        return UPDATE_GROUPS.get(self.kind.lower().replace("-", "_").replace(" ", "_"), "version")


UPDATE_GROUPS: Final = {
    "retraction": "retraction", "partial_retraction": "retraction", "withdrawal": "retraction",
    "removal": "retraction", "expression_of_concern": "concern", "correction": "correction",
    "erratum": "correction", "corrigendum": "correction", "addendum": "correction",
    "clarification": "correction",
}  # fmt: skip
"""How grave each kind of notice is; what is not named here is a version of the work."""


@dataclass(frozen=True, kw_only=True)
class ReviewContents:
    """Everything a review holds, read at one moment.

    `references` come numbered ones first in number order, then by id; `sections`, `blocks`, `themes` in the
    order of the document, blocks with their anchors; `findings` are the blocks under a theme."""

    review: Review
    references: tuple[Reference, ...] = ()
    questions: tuple[Question, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    searches: tuple[Search, ...] = ()
    numbers: tuple[StatedNumber, ...] = ()
    themes: tuple[Theme, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    characteristics: tuple[Characteristic, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    updates: tuple[Update, ...] = ()
    passages: tuple[Passage, ...] = ()
    overruled: tuple[Contribution, ...] = ()
    """Reports that a person counted for a finding, or left out of it, against what it cites."""
    support: tuple[Support, ...] = ()
    """What findings rest on, where somebody read it; only the checks ask for it."""
    checked_at: Mapping[int, str] = field(default_factory=dict)
    """When each reference was last asked for at Crossref (reference id to ISO time)."""
    crossref_states: Mapping[int, str] = field(default_factory=dict)
    """What that came to: found, differs, not found or failed."""
    screened: tuple[str, ...] = ()
    """What the methods say of screening, a paragraph each, where somebody wrote it from the decisions."""
    protocol: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The protocol with its amendments as it is printed: headings and lines; empty where none was written."""
    flow: Flow | None = None
    """The flow diagram, where somebody counted it; without it a summary draws what the review states."""

    @cached_property
    def by_id(self) -> dict[int, Reference]:
        """The references by id."""
        return {reference.id: reference for reference in self.references}

    @cached_property
    def theme_by_id(self) -> dict[int, Theme]:
        """The themes by id."""
        return {theme.id: theme for theme in self.themes}

    @property
    def findings(self) -> tuple[Block, ...]:
        """The review findings in the order of the document."""
        return tuple(block for block in self.blocks if block.is_finding)

    @property
    def included(self) -> tuple[Reference, ...]:
        """The included reports."""
        return tuple(reference for reference in self.references if reference.included)

    def anchors(self) -> Iterator[tuple[Block, Anchor]]:
        """Yield every citation anchor with its block, in the order of the document."""
        for block in self.blocks:
            for anchor in block.anchors_in_order():
                yield block, anchor

    def numbers_of(self, anchor: Anchor) -> list[int]:
        """Return the citation numbers of an anchor in printed order; works without a number are left out."""
        found = (self.by_id[work.reference].number for work in anchor.works if work.reference in self.by_id)
        return [number for number in found if number is not None]

    def theme_path(self, block: Block) -> list[str]:
        """Return the names of the block's theme and topics, from the nearest theme that stands for itself."""
        if block.theme is None:
            return []
        path = path_to(block.theme, self.theme_by_id)
        start = max((at for at, theme in enumerate(path) if is_main(theme, self.theme_by_id)), default=0)
        return [theme.name for theme in path[start:]]

    def under(self, theme: int) -> frozenset[int]:
        """Return the theme with all below it whose findings count for it.

        An overarching theme spans the others: what hangs on them counts there, not for it."""
        known = self.theme_by_id.get(theme)
        if known is None or known.kind is not ThemeKind.OVERARCHING:
            return with_descendants(theme, self.themes)
        topics = [each for each in self.themes if each.id == theme or not is_main(each, self.theme_by_id)]
        return with_descendants(theme, topics)

    def supporting(self, theme: int) -> tuple[Reference, ...]:
        """Return the included reports that count for findings under this theme or below it."""
        counting = self.counting_for(self.findings_under(theme))
        return tuple(reference for reference in self.included if reference.id in counting)

    def counting_for(self, blocks: Iterable[Block]) -> frozenset[ReferenceId]:
        """Return the works that count for these findings: cited as evidence, unless a person said else."""
        found: set[ReferenceId] = set()
        for block in blocks:
            said = self._said_of.get(block.id or 0, {})
            found |= {each for each in block.evidence if said.get(each, True)}
            found |= {ReferenceId(each) for each, counts in said.items() if counts}
        return frozenset(found)

    def left_out(self, block: Block) -> frozenset[int]:
        """Return the works that a person left out of a finding, although it may cite them."""
        return frozenset(each for each, counts in self._said_of.get(block.id or 0, {}).items() if not counts)

    @cached_property
    def _said_of(self) -> dict[int, dict[int, bool]]:
        said: dict[int, dict[int, bool]] = {}
        for each in self.overruled:
            said.setdefault(each.block, {})[each.reference] = each.counts
        return said

    def findings_under(self, theme: int) -> tuple[Block, ...]:
        """Return the review findings under this theme or below it, in order."""
        under = self.under(theme)
        return tuple(block for block in self.findings if block.theme in under)

    def characteristic(self, reference: int, name: str) -> Characteristic | None:
        """Return one attribute of a report, or None where the review does not say."""
        return self._characteristics.get((reference, name))

    @cached_property
    def _characteristics(self) -> dict[tuple[int, str], Characteristic]:
        return {(each.reference, each.name): each for each in self.characteristics}

    def main_themes(self) -> tuple[Theme, ...]:
        """Return the themes that stand for themselves, in outline order, each once."""
        seen: dict[int, Theme] = {}
        for line in outline(self.themes):
            if is_main(line.theme, self.theme_by_id):
                seen.setdefault(line.theme.id, line.theme)
        return tuple(seen.values())
