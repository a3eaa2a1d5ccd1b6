"""All that was quoted and coded, read at one moment: what retrieval, exports and comparisons look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evidence_app.domain.coding import (
    Code,
    Coding,
    CodingState,
    Document,
    Layer,
    PlacedCode,
    Quotation,
    QuotationLink,
    code_tree,
)
from evidence_app.domain.reference import Reference
from evidence_app.domain.synthesis import Theme
from evidence_app.storage import coding, coding_notes, contents, references
from evidence_app.storage.connections import Reader


@dataclass(frozen=True)
class CodingContents:
    """Documents, quotations and codings with the names of all they belong to.

    `codes` hold merged ones too; `theme_codes` are the codes under each theme as they are now."""

    documents: Mapping[int, Document] = field(default_factory=dict)
    quotations: tuple[Quotation, ...] = ()
    codings: tuple[Coding, ...] = ()
    codes: tuple[Code, ...] = ()
    references: Mapping[int, Reference] = field(default_factory=dict)
    studies: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    study_labels: Mapping[int, str] = field(default_factory=dict)
    characteristics: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    theme_codes: Mapping[int, frozenset[int]] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    layers: tuple[Layer, ...] = ()
    links: tuple[QuotationLink, ...] = ()
    done: frozenset[tuple[int, int | None]] = frozenset()
    """Which reports are coded, or looked at without finding anything, by whom."""

    @cached_property
    def tree(self) -> tuple[PlacedCode, ...]:
        """The living codes as a tree."""
        return tuple(code_tree(self.codes))

    @cached_property
    def placed(self) -> Mapping[int, PlacedCode]:
        """The living codes with their places, by row."""
        return {each.code.id: each for each in self.tree}

    @cached_property
    def quotation(self) -> Mapping[int, Quotation]:
        """The quotations by row."""
        return {each.id: each for each in self.quotations}

    @cached_property
    def codings_of(self) -> Mapping[int, tuple[Coding, ...]]:
        """The codings of each quotation, in the order they were made."""
        found: dict[int, list[Coding]] = {}
        for each in self.codings:
            found.setdefault(each.quotation, []).append(each)
        return {row: tuple(codings) for row, codings in found.items()}

    def linked_to(self, quotation: int) -> list[Quotation]:
        """Return the quotations that one is linked to, as far as they may be seen."""
        pairs = ((each.quotation_a, each.quotation_b) for each in self.links)
        others = [other if one == quotation else one for one, other in pairs if quotation in (one, other)]
        return [self.quotation[other] for other in others if other in self.quotation]

    def report_of(self, quotation: Quotation) -> Reference | None:
        """Return the reference whose document a quotation is in."""
        document = self.documents.get(quotation.document)
        return self.references.get(document.reference) if document else None


def coding_contents(reader: Reader, viewer: int | None = None) -> CodingContents:
    """Return all that was quoted and coded, as far as this person may see it; None sees everything."""
    documents = {each.id: each for each in coding.documents(reader)}
    wanted = sorted({each.reference for each in documents.values()})
    studies, labels = _studies(reader)
    return CodingContents(
        documents=documents,
        quotations=tuple(
            each for each in coding.all_quotations(reader, viewer) if each.document in documents
        ),
        codings=tuple(coding.codings(reader, viewer=viewer)),
        codes=tuple(coding.codes(reader, merged=True)),
        references={each.id: each for each in references.references(reader, wanted)},
        studies=studies, study_labels=labels, characteristics=_characteristics(reader),
        themes=contents.themes(reader), theme_codes=coding.theme_codes(reader), people=coding.people(reader),
        layers=tuple(coding.layers(reader)), links=tuple(coding.quotation_links(reader)),
        done=frozenset(
            key
            for key, each in coding_notes.coding_statuses(reader).items()
            if each.state in (CodingState.CODED, CodingState.ABSENT)
        ),
    )  # fmt: skip


def _studies(reader: Reader) -> tuple[dict[int, tuple[int, ...]], dict[int, str]]:
    studies: dict[int, list[int]] = {}
    labels: dict[int, str] = {}
    for row in reader.rows(
        """SELECT r.reference, s.id, s.label FROM live_study_report r JOIN live_study s ON s.id = r.study
           ORDER BY s.id"""
    ):
        studies.setdefault(row["reference"], []).append(row["id"])
        labels[row["id"]] = row["label"]
    return {reference: tuple(dict.fromkeys(rows)) for reference, rows in studies.items()}, labels


def _characteristics(reader: Reader) -> dict[int, tuple[tuple[str, str], ...]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for row in reader.rows(
        "SELECT reference, name, value FROM live_characteristic WHERE draft = 0 AND value <> '' ORDER BY id"
    ):
        found.setdefault(row["reference"], []).append((row["name"], row["value"]))
    return {reference: tuple(values) for reference, values in found.items()}
