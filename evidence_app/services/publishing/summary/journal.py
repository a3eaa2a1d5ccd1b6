"""The journal profile: a manuscript as journals ask for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block, BlockKind, Section, Text
from evidence_app.domain.synthesis import Theme, ThemeKind, is_main, with_descendants
from evidence_app.services.publishing.summary.appendix import protocol_page
from evidence_app.services.publishing.summary.evidence import (
    chosen_themes,
    findings_of,
    joined,
    strip,
    words_of,
    words_of_runs,
)
from evidence_app.services.publishing.summary.front import abstract_page, statements, title_page
from evidence_app.services.publishing.summary.model import (
    Bullets,
    Flow,
    Heading,
    Look,
    Page,
    Paragraph,
    Part,
    ReferenceList,
    Sign,
    Summary,
    Words,
    cited_by,
    said,
)
from evidence_app.services.publishing.summary.notices import notices
from evidence_app.services.publishing.summary.searching import search_sentences
from evidence_app.services.publishing.summary.selection import selection_figure
from evidence_app.services.publishing.summary.tables import reports_table, services_table

_PARAGRAPH: Final = 700
"""Characters after which a run of one-sentence findings begins a new paragraph."""
_CAPTION: Final = "How reports were found and selected."


@dataclass
class _Text:
    """The manuscript on its way to pages: what has been placed already."""

    contents: ReviewContents
    themes: tuple[Theme, ...]
    figure: Flow | None = None
    tabled: bool = False
    searched: bool = False


def journal(contents: ReviewContents, themes: Sequence[int] = (), numbered: bool = True) -> Summary:
    """Return the review as a manuscript: title page, abstract, sections, tables, references.

    With `themes` the results hold those themes only. `numbered` says whether works are cited by number."""
    text = _Text(contents, chosen_themes(contents, themes))
    body = tuple(_body(text, limited=bool(themes)))
    table = reports_table(contents, numbered)
    table_page = Page(key="reports", parts=(table,), landscape=True) if table else None
    cited = cited_by(body)
    listed = (
        frozenset(reference.id for reference in contents.included) if table and not themes else frozenset()
    )
    closing = (*statements(contents), Heading(1, said("References"), key="references"), ReferenceList())
    main = Page(key="text", parts=body)
    references = Page(key="references", parts=closing)
    protocol = protocol_page(contents)
    pages = [
        title_page(contents, [main, *([table_page] if table_page else [])], cited | listed,
                   notices(contents, cited | listed), _limit(text, themes)),
        abstract_page(contents),
        main,
        *([table_page] if table_page else []),
        references,
        *([protocol] if protocol else []),
    ]  # fmt: skip
    review = contents.review
    return Summary(
        profile="journal", title=review.title or "Untitled review", subtitle=review.subtitle,
        authors=tuple(author.get("name", "") for author in review.authors), keywords=review.keywords,
        pages=tuple(pages), listed=listed,
    )  # fmt: skip


def _limit(text: _Text, themes: Sequence[int]) -> str:
    if not themes:
        return ""
    names = "; ".join(theme.name for theme in text.themes)
    return f"Limited to: {names}." if names else "None of the themes asked for is in the review."


def _body(text: _Text, limited: bool) -> Iterator[Part]:
    contents = text.contents
    children: dict[int | None, list[Section]] = {}
    known = {section.id for section in contents.sections}
    for section in contents.sections:
        children.setdefault(section.parent if section.parent in known else None, []).append(section)
    kept = _kept_themes(text) if limited else None
    if not any(contents.blocks):
        yield from _without_text(text)
        return
    for section in children.get(None, ()):
        yield from _section(text, section, children, kept, 1)
    yield from _unplaced(text)


def _kept_themes(text: _Text) -> frozenset[int]:
    return frozenset(
        each for theme in text.themes for each in with_descendants(theme.id, text.contents.themes)
    )


def _section(
    text: _Text, section: Section, children: dict[int | None, list[Section]], kept: frozenset[int] | None,
    level: int,
) -> Iterator[Part]:  # fmt: skip
    if kept is not None and section.theme is not None and section.theme not in kept:
        return
    contents = text.contents
    theme = contents.theme_by_id.get(section.theme or -1)
    main = theme is not None and is_main(theme, contents.theme_by_id)
    yield Heading(min(level, 4), said(section.title), key=f"section-{section.id}")
    if theme is not None and main:
        yield _support(contents, theme)
    blocks = [block for block in contents.blocks if block.section == section.id]
    if kept is not None:
        blocks = [block for block in blocks if block.theme is None or block.theme in kept]
    yield from _blocks(text, blocks)
    yield from _after_blocks(text, section, bool(children.get(section.id)), bool(blocks))
    for child in children.get(section.id, ()):
        yield from _section(text, child, children, kept, level + 1)
    if theme is not None and main:
        yield from _differences(contents, theme, level + 1)


def _support(contents: ReviewContents, theme: Theme) -> Part:
    counted = strip(contents, contents.counting_for(findings_of(theme, contents)))
    noun = {ThemeKind.OVERARCHING: "overarching theme"}.get(
        theme.kind, "theme" if not theme.parents else "subtheme"
    )
    reports = "report" if counted.reports == 1 else "reports"
    places = ", ".join(f"{country}\u00a0{number}" for country, number in counted.countries)
    return Paragraph(
        (
            Text(f"This {noun} draws on {counted.reports:,} of {counted.of:,} {reports}"),
            Sign("‡", counted.reason),
            Text(f" ({places})." if places else "."),
        ),
        Look.LEAD,
    )  # fmt: skip


def _differences(contents: ReviewContents, theme: Theme, level: int) -> Iterator[Part]:
    found = [
        words_of_runs(passage.runs)
        for passage in contents.passages
        if passage.kind == "disagreement" and passage.theme == theme.id
    ]
    if found:
        yield Heading(min(level, 4), said("Where reports differ"))
        yield Paragraph(joined(found))


def _blocks(text: _Text, blocks: Sequence[Block]) -> Iterator[Part]:
    """Set blocks: findings of one sentence flow together, list lines form lists."""
    sentences: list[Words] = []
    lines: list[Words] = []
    for block in blocks:
        if lines and block.kind is not BlockKind.LIST:
            yield Bullets(tuple(lines))
            lines = []
        if sentences and not _flows_on(block, sentences):
            yield Paragraph(joined(sentences))
            sentences = []
        if block.kind is BlockKind.LIST:
            lines.append(words_of(block))
        elif block.kind is BlockKind.HEADING:
            yield Heading(4, words_of(block))
        elif block.kind is BlockKind.CAPTION:
            yield from _caption(text, words_of(block))
        elif block.is_finding:
            sentences.append(words_of(block))
        elif words_of(block):
            yield Paragraph(words_of(block))
    if lines:
        yield Bullets(tuple(lines))
    if sentences:
        yield Paragraph(joined(sentences))


def _flows_on(block: Block, sentences: Sequence[Words]) -> bool:
    length = sum(len(word.text) for words in sentences for word in words if isinstance(word, Text))
    return block.is_finding and block.kind is BlockKind.PARAGRAPH and length < _PARAGRAPH


def _caption(text: _Text, words: Words) -> Iterator[Part]:
    if text.figure is None:
        text.figure = selection_figure(text.contents, words)
        yield text.figure
    else:
        yield Paragraph(words, Look.TABLE_NOTE)


def _after_blocks(text: _Text, section: Section, has_children: bool, has_text: bool) -> Iterator[Part]:
    """Add what the review's own records write: the searches, the table of services, the figure."""
    if section.kind == "methods" and not text.searched and (has_text or not has_children):
        text.searched = True
        yield Paragraph(search_sentences(text.contents))
        yield from (Paragraph(said(words)) for words in text.contents.screened)
    if section.kind == "results" and not text.tabled and (has_text or not has_children):
        text.tabled = True
        yield from _tables(text)


def _tables(text: _Text) -> Iterator[Part]:
    table = services_table(text.contents)
    if table is not None:
        yield table
    elif not text.contents.included:
        yield Paragraph(said("No report has been marked as included yet, so there is no table of reports."))
    if text.figure is None and (text.contents.searches or text.contents.numbers):
        text.figure = selection_figure(text.contents, said(_CAPTION))
        yield text.figure


def _unplaced(text: _Text) -> Iterator[Part]:
    """Print what no section had a place for, so that nothing is lost on the way out."""
    contents = text.contents
    if not text.searched:
        text.searched = True
        yield Heading(1, said("Searches"))
        yield Paragraph(search_sentences(contents))
        yield from (Paragraph(said(words)) for words in contents.screened)
    if not text.tabled:
        text.tabled = True
        yield Heading(1, said("Included reports"))
        yield from _tables(text)
    known = {section.id for section in contents.sections}
    stray = [block for block in contents.blocks if block.section not in known]
    if stray:
        yield Heading(1, said("Text without a section"))
        yield from _blocks(text, stray)


def _without_text(text: _Text) -> Iterator[Part]:
    yield Heading(1, said("Text"))
    yield Paragraph(said("The manuscript has no text yet."))
    yield from _unplaced(text)
