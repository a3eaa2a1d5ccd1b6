"""The commissioner profile: calm pages for those who plan and buy services."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block, BlockKind
from evidence_app.domain.passages import Passage
from evidence_app.domain.synthesis import Theme, ThemeKind
from evidence_app.services.publishing.summary import fallback
from evidence_app.services.publishing.summary.act import act_table
from evidence_app.services.publishing.summary.appendix import protocol_page
from evidence_app.services.publishing.summary.base import evidence_page, references_page
from evidence_app.services.publishing.summary.evidence import (
    chosen_themes,
    cited_in,
    findings_of,
    home_of,
    joined,
    strip,
    topics_of,
    words_of,
    words_of_runs,
)
from evidence_app.services.publishing.summary.model import (
    Aside,
    Bullets,
    Chart,
    Heading,
    Look,
    Message,
    Page,
    Paragraph,
    Part,
    Summary,
    Tinted,
    Words,
    every_cited,
    said,
)
from evidence_app.services.publishing.summary.notices import notices
from evidence_app.services.publishing.summary.numbers import in_words, period, reports_and_studies

_CHART_FROM: Final = 5
"""Topics from which on a theme gets a chart of the reports behind them."""
_PARAGRAPH: Final = 620


@dataclass(frozen=True)
class Scope:
    """What a summary covers: the review, and the main themes it is limited to."""

    contents: ReviewContents
    themes: tuple[Theme, ...]
    limited: bool

    def passages(self, kind: str, theme: Theme | None = None) -> list[Passage]:
        """Return the passages of a kind: of one theme, or of all themes in scope and of none."""
        kept = {each.id for each in self.themes}
        found = [passage for passage in self.contents.passages if passage.kind == kind]
        if theme is not None:
            return [passage for passage in found if passage.theme == theme.id]
        return [passage for passage in found if not self.limited or self._home(passage) in kept]

    def _home(self, passage: Passage) -> int | None:
        if passage.theme is None or passage.theme not in self.contents.theme_by_id:
            return None
        return home_of(passage.theme, self.contents).id


def commissioner(contents: ReviewContents, themes: Sequence[int] = (), numbered: bool = True) -> Summary:
    """Return the summary for commissioners: in brief, who can act, a page per theme, the evidence base.

    Where the review has no editorial passages, its findings speak: see `fallback`."""
    scope = Scope(contents, chosen_themes(contents, themes), bool(themes))
    act = act_table(contents, scope.passages("row"), scope.themes)
    theme_pages = list(_theme_pages(scope))
    brief = _brief(scope)
    body = [*([_act_page(act)] if act else []), *theme_pages, evidence_page(contents)]
    cited = every_cited([Page(key="brief", parts=tuple(brief)), *body])
    opening = _opening(scope)
    first = Page(
        key="brief",
        parts=(*opening, *notices(contents, cited), Heading(1, said("In brief"), key="in-brief"), *brief),
    )  # fmt: skip
    review, facts = contents.review, contents.review.facts
    protocol = protocol_page(contents, with_methods=True)
    return Summary(
        profile="commissioner",
        title=facts.get("summary_title") or review.short_title or review.title or "Untitled review",
        subtitle=facts.get("summary_subtitle", ""),
        authors=tuple(author.get("name", "") for author in review.authors), keywords=review.keywords,
        pages=(first, *body, references_page(contents, cited, numbered), *([protocol] if protocol else [])),
    )  # fmt: skip


def _opening(scope: Scope) -> list[Part]:
    review, facts = scope.contents.review, scope.contents.review.facts
    title = facts.get("summary_title") or review.short_title or review.title or "Untitled review"
    subtitle = facts.get("summary_subtitle") or (review.title if title != review.title else "")
    parts: list[Part] = [
        Paragraph(said("Evidence summary for commissioners"), Look.KICKER),
        Paragraph(said(title), Look.TITLE),
    ]
    if subtitle:
        parts.append(Paragraph(said(subtitle), Look.SUBTITLE))
    if scope.limited:
        names = "; ".join(theme.name for theme in scope.themes) or "none of the themes asked for"
        parts.append(Paragraph(said(f"Limited to: {names}."), Look.KICKER))
    return parts


def _brief(scope: Scope) -> list[Part]:
    contents = scope.contents
    parts: list[Part] = [Heading(2, said("The question"))]
    asked = [words_of_runs(passage.runs) for passage in scope.passages("question")]
    asked = asked or [said(question.text) for question in contents.questions]
    if len(asked) > 1:
        parts.append(Bullets(tuple(asked), numbered=True))
    else:
        parts.append(Paragraph(asked[0] if asked else said("The review states no question yet.")))
    answers = [words_of_runs(passage.runs) for passage in contents.passages if passage.kind == "answer"]
    parts.append(Heading(2, said("The answer")))
    parts.append(Tinted(tuple(answers) or fallback.answer(contents, scope.themes)))
    messages = _messages(scope)
    if messages:
        count = in_words(len(messages)).capitalize()
        parts.append(Heading(2, said(f"{count} {'message' if len(messages) == 1 else 'messages'}")))
        parts += messages
    parts.append(Paragraph(_small_print(contents), Look.NOTE))
    return parts


def _messages(scope: Scope) -> list[Message]:
    contents = scope.contents
    written = [
        (said(f"{passage.title.rstrip('.')}.") if passage.title else (), words_of_runs(passage.runs))
        for passage in scope.passages("message")
    ]
    made: list[Message] = []
    for number, (title, words) in enumerate(written or fallback.messages(contents, scope.themes), 1):
        made.append(Message(number, title, words, strip(contents, cited_in(words))))
    return made


def _small_print(contents: ReviewContents) -> Words:
    text = [
        "Small raised numbers are references, with the numbers of the review itself. A report is a document; "
        f"a study may be told in several: {reports_and_studies(contents)}. ‡ derived: counted from the "
        "references cited. † inferred: see “About the numbers”. "
    ]
    if not contents.review.facts.get("confidence"):
        text.append("Confidence in each message is not stated: the review reports none. ")
    if when := period(contents.searches):
        text.append(f"Searches: {when}.")
    return said("".join(text).strip())


def _act_page(table: Part) -> Page:
    return Page(
        key="act",
        parts=(
            Heading(1, said("What blocks, what helps, who can act"), key="act"),
            Paragraph(said("Read across: each cell names the reports it rests on.")),
            table,
        ),
    )


def _theme_pages(scope: Scope) -> Iterator[Page]:
    number = 0
    several = sum(bool(theme.parents) for theme in scope.themes) > 1
    for theme in scope.themes:
        number += bool(theme.parents)
        kind = _kind(theme, number if several else 0)
        yield Page(key=f"theme-{theme.id}", parts=tuple(_theme_parts(scope, theme, kind)))
    if not scope.themes:
        text = "No themes have been made yet, so there is nothing to summarise by theme."
        loose = [words_of(block) for block in scope.contents.findings]
        parts: list[Part] = [Heading(1, said("Themes"), key="themes"), Paragraph(said(text))]
        yield Page(key="themes", parts=(*parts, *(Paragraph(words) for words in loose)))


def _kind(theme: Theme, number: int) -> str:
    if theme.kind is ThemeKind.OVERARCHING:
        return "Overarching theme"
    if not theme.parents:
        return "Theme"
    return f"Subtheme {number}" if number else "Subtheme"


def _theme_parts(scope: Scope, theme: Theme, kind: str) -> Iterator[Part]:
    contents = scope.contents
    findings = findings_of(theme, contents)
    yield Paragraph(said(kind), Look.KICKER)
    yield Heading(1, said(theme.name), key=f"theme-{theme.id}")
    yield strip(contents, contents.counting_for(findings))
    yield from _definition(scope, theme)
    if not findings:
        yield Paragraph(said("No finding stands under this theme yet."))
    bars: list[tuple[str, int]] = []
    for topic in topics_of(theme, contents):
        blocks = [block for block in findings if block.theme == topic.id]
        counted = strip(contents, contents.counting_for(blocks))
        if topic.id != theme.id:
            bars.append((topic.name, counted.reports))
            yield Heading(2, said(topic.name))
            yield counted
        yield from _prose(blocks)
    yield from _asides(scope, theme, findings)
    if len(bars) >= _CHART_FROM:
        caption = said("Reports behind each topic‡; one report may support several")
        yield Chart(caption=caption, bars=tuple(bars), key=f"chart-{theme.id}")


def _definition(scope: Scope, theme: Theme) -> Iterator[Part]:
    written = scope.passages("definition", theme)
    if written:
        yield from (Paragraph(words_of_runs(passage.runs), Look.DEFINITION) for passage in written)
    elif theme.definition:
        yield Paragraph(said(theme.definition), Look.DEFINITION)


def _prose(blocks: Sequence[Block]) -> Iterator[Part]:
    """Set findings as prose: sentences flow on, list lines stay lines."""
    waiting: list[Words] = []
    lines: list[Words] = []
    length = 0
    for block in blocks:
        words = words_of(block)
        if block.kind is BlockKind.LIST:
            lines.append(words)
            continue
        if lines:
            yield from _set(waiting, lines)
            waiting, lines, length = [], [], 0
        if length > _PARAGRAPH:
            yield from _set(waiting, [])
            waiting, length = [], 0
        waiting.append(words)
        length += len(block.text)
    yield from _set(waiting, lines)


def _set(sentences: Sequence[Words], lines: Sequence[Words]) -> Iterator[Part]:
    if sentences:
        yield Paragraph(joined(sentences))
    if lines:
        yield Bullets(tuple(lines))


def _asides(scope: Scope, theme: Theme, findings: Sequence[Block]) -> Iterator[Part]:
    contents = scope.contents
    disagree = [words_of_runs(passage.runs) for passage in scope.passages("disagreement", theme)]
    unknown = [words_of_runs(passage.runs) for passage in scope.passages("unknown", theme)]
    if disagree:
        yield Aside("What disagrees", tuple(disagree))
    unknown = unknown or list(fallback.unknown(contents, theme, findings))
    if unknown:
        yield Aside("What is not known", tuple(unknown))
