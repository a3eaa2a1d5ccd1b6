"""Checks of what the manuscript cites, and as what."""

from collections.abc import Iterator

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import AnchorPlace, Block
from evidence_app.domain.wording import in_words
from evidence_app.services.checks.results import Found, Level, about, about_block, rule
from evidence_app.services.checks.scope import called, cited_ids, in_question, opening

_THEMATIC = "https://doi.org/10.1186/1471-2288-8-45"
_PRISMA = "https://www.prisma-statement.org/prisma-2020-checklist"


@rule(
    "evidence-not-included", Level.ERROR, "Cited as evidence, not included",
    "A review finding rests on what the review included. These works are cited with the role "
    "evidence, but they "
    "do not belong to the included reports.",
    ("Change the role of the anchor to context or contrast",
     "Or move the work into the included set, with a decision"),
    link=_THEMATIC,
)  # fmt: skip
def evidence_not_included(contents: ReviewContents) -> Iterator[Found]:
    """Find works that support findings without being included."""
    places: dict[int, list[Block]] = {}
    for block in contents.findings:
        for work in block.evidence:
            places.setdefault(work, []).append(block)
    for reference in contents.references:
        blocks = places.get(reference.id)
        if blocks and not reference.included:
            where = in_words(dict.fromkeys(f"“{opening(block)}”" for block in blocks))
            message = f"{called(reference)} is evidence in {where}, but is not included."
            yield Found(f"reference:{reference.id}", message, (reference.id,), blocks[0].guid)


@rule(
    "included-without-finding", Level.DOUBT, "Included, but supports no review finding",
    "The review included this report, and no finding cites it as evidence. Either it said nothing "
    "that bears on "
    "the question, which the review should say, or it was forgotten.",
    ("Read the report again for what it adds",
     "Say in the results what it contributes, or waive with the reason"),
    link=_PRISMA,
)  # fmt: skip
def included_without_finding(contents: ReviewContents) -> Iterator[Found]:
    """Find included reports no finding rests on; silent while there are no findings at all."""
    used = {work for block in contents.findings for work in block.evidence}
    if not used:
        return
    for reference in contents.included:
        if reference.id not in used:
            yield about(reference, f"{called(reference)} was included and is nowhere evidence.")


@rule(
    "never-cited", Level.DOUBT, "In the bibliography, cited nowhere",
    "The work has a citation number, but no sentence of the manuscript cites it. Journals ask that "
    "every entry "
    "of the list is cited.",
    ("Cite the work where it belongs", "Or take it out of the bibliography"),
    link="https://www.icmje.org/recommendations/browse/manuscript-preparation/preparing-for-submission.html",
)  # fmt: skip
def never_cited(contents: ReviewContents) -> Iterator[Found]:
    """Find numbered works without a citation; silent while nothing is cited at all."""
    cited = cited_ids(contents)
    if not cited:
        return
    for reference in in_question(contents):
        if reference.number is not None and reference.id not in cited:
            yield about(reference, f"{called(reference)} is cited nowhere in the manuscript.")


@rule(
    "anchor-without-works", Level.ERROR, "Citation without a work",
    "A citation stands in the sentence and names no work, or only works that are no longer in the review. "
    "It would print as nothing, or as a gap.",
    ("Add the work that is meant", "Or delete the citation"),
    link="https://docs.citationstyles.org/en/stable/specification.html#citation",
)  # fmt: skip
def anchor_without_works(contents: ReviewContents) -> Iterator[Found]:
    """Find anchors that name nothing the review holds."""
    for block in contents.blocks:
        for at, anchor in enumerate(block.anchors_in_order(), 1):
            gone = [work for work in anchor.works if work.reference not in contents.by_id]
            if anchor.works and not gone:
                continue
            what = "names a work that is no longer in the review" if gone else "names no work"
            found = about_block(block, f"Citation {at} of “{opening(block)}” {what}.")
            yield Found(f"anchor:{anchor.guid}", found.message, (), block.guid)


@rule(
    "anchor-out-of-place", Level.ERROR, "Citation without a place, or a place without citation",
    "The block keeps a citation that stands nowhere in its sentence, or its sentence points at a "
    "citation the "
    "block does not have. Neither is printed.",
    "Put the citation into the sentence again, or delete it",
    link="https://docs.citationstyles.org/en/stable/specification.html#citation",
)  # fmt: skip
def anchor_out_of_place(contents: ReviewContents) -> Iterator[Found]:
    """Find anchors and places in sentences that do not fit together."""
    for block in contents.blocks:
        places = [run.anchor for run in block.runs if isinstance(run, AnchorPlace)]
        kept = [anchor.guid for anchor in block.anchors]
        if sorted(places) != sorted(kept):
            yield about_block(
                block,
                f"“{opening(block)}” has {len(kept)} citations and {len(places)} places for them that "
                f"do not agree.",
            )


@rule(
    "work-twice-in-anchor", Level.ERROR, "Work cited twice at one place",
    "One citation names the same work at the same place in it twice; it would print as `12,12`.",
    "Delete one of the two",
    link="https://docs.citationstyles.org/en/stable/specification.html#citation",
)  # fmt: skip
def work_twice_in_anchor(contents: ReviewContents) -> Iterator[Found]:
    """Find anchors that repeat a work with the same locator."""
    for block in contents.blocks:
        for anchor in block.anchors:
            meant = [(work.reference, work.locator) for work in anchor.works]
            twice = dict.fromkeys(work for work, locator in meant if meant.count((work, locator)) > 1)
            named = [contents.by_id[work] for work in twice if work in contents.by_id]
            for reference in named:
                found = about_block(
                    block, f"“{opening(block)}” cites {called(reference)} twice at one place."
                )
                yield Found(
                    f"anchor:{anchor.guid}:reference:{reference.id}",
                    found.message,
                    (reference.id,),
                    block.guid,
                )


RULES = (
    evidence_not_included, anchor_without_works, anchor_out_of_place, work_twice_in_anchor,
    included_without_finding, never_cited,
)  # fmt: skip
