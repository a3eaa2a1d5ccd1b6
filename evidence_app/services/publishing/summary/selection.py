"""The study selection figure: the flow diagram of the review, in the form chosen for it."""

from dataclasses import replace

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.flow import Flow as Diagram
from evidence_app.domain.flow import FlowForm
from evidence_app.services.flow.forms import chart
from evidence_app.services.flow.review_flow import flow_of, review_flow
from evidence_app.services.publishing.summary.model import Flow, Words
from evidence_app.services.screening.methods import printed_protocol, screening_paragraphs
from evidence_app.storage.connections import Reader
from evidence_app.storage.contents import review_contents
from evidence_app.storage.flow import FlowFacts, FlowSearch, Stated
from evidence_app.storage.support import supports


def contents_with_flow(reader: Reader) -> ReviewContents:
    """Return everything the review holds, with its flow diagram, its protocol, the methods of screening."""
    screened = screening_paragraphs(reader)
    protocol = tuple((each.heading, each.lines) for each in printed_protocol(reader))
    return replace(
        review_contents(reader), flow=review_flow(reader), screened=screened, protocol=protocol,
        support=tuple(supports(reader)),
    )  # fmt: skip


def selection_figure(contents: ReviewContents, caption: Words, key: str = "figure-selection") -> Flow:
    """Return the figure of how reports were selected; unknown numbers are said, never drawn as 0.

    Where nobody chose a form it is the short one, which is read at the width of a page."""
    diagram = contents.flow if contents.flow is not None else _as_stated(contents)
    if not diagram.chosen:
        diagram = replace(diagram, form=FlowForm.EXPLORATORY)
    return Flow(caption=caption, diagram=diagram, description=chart(diagram).described, key=key)


def _as_stated(contents: ReviewContents) -> Diagram:
    """Return the diagram of what the review states, where its records were not counted."""
    searches = tuple(
        FlowSearch(
            each.id, each.id, each.source, each.kind, each.platform, each.searched_from, 0, each.claimed,
            each.seen, each.kept,
        )
        for each in contents.searches
    )  # fmt: skip
    stated = tuple(Stated(at, number) for at, number in enumerate(contents.numbers))
    included = frozenset(int(each.id) for each in contents.included)
    facts = FlowFacts(title=contents.review.title, searches=searches, stated=stated, included=included)
    return flow_of(facts)
