"""What opens and closes a manuscript: title page, structured abstract, statements."""

from collections.abc import Sequence
from typing import Final

from evidence_app.domain import wording
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Mark, Text
from evidence_app.services.publishing.summary.evidence import chosen_themes, joined, words_of
from evidence_app.services.publishing.summary.model import (
    Chart,
    Flow,
    Heading,
    Look,
    Page,
    Paragraph,
    Part,
    Table,
    Word,
    Words,
    said,
    strong,
)
from evidence_app.services.publishing.summary.numbers import (
    counted_noun,
    included_sentence,
)
from evidence_app.services.publishing.summary.searching import search_sentences

_OPENING: Final = (
    ("correspondence", "Correspondence"), ("funding", "Funding"), ("source", "Source"),
    ("licence", "Licence"), ("about", "About this document"),
)  # fmt: skip
_CLOSING: Final = (
    ("patient_and_public_contribution", "Patient and public contribution"),
    ("contributions", "Author contributions"), ("acknowledgements", "Acknowledgements"),
    ("conflicts", "Conflicts of interest"), ("data_availability", "Data availability"),
    ("software", "Software"),
)  # fmt: skip


def title_page(
    contents: ReviewContents,
    counted: Sequence[Page],
    cited: frozenset[int],
    warnings: Sequence[Part],
    limit: str = "",
) -> Page:
    """Return the title page: who wrote it, for whom to ask, who paid, how long it is."""
    review = contents.review
    title = f"{review.title}: {_lowered(review.subtitle)}" if review.subtitle else review.title
    parts: list[Part] = [Paragraph(said(title or "Untitled review"), Look.TITLE), *warnings]
    people, places = _people(review.authors)
    if people:
        parts.append(Paragraph(people, Look.AUTHOR))
    parts += [
        Paragraph((Text(str(number), (Mark.SUP,)), Text(f" {place}")), Look.TITLE_PAGE)
        for number, place in enumerate(places, 1)
    ]
    for key, name in _OPENING:
        if text := review.facts.get(key, "").strip():
            parts.append(_named(name, text))
    if review.short_title:
        parts.append(_named("Running title", review.short_title))
    parts.append(_named("Counts", _counts(contents, counted, len(cited))))
    if limit:
        parts.append(Paragraph(strong(limit), Look.TITLE_PAGE))
    return Page(key="title", parts=tuple(parts))


def _lowered(subtitle: str) -> str:
    """Begin a subtitle behind a colon in lower case, unless its first word is a name or initials."""
    first = subtitle.split(" ", 1)[0]
    return subtitle if first != first.capitalize() else subtitle[:1].lower() + subtitle[1:]


def _named(name: str, text: str) -> Paragraph:
    return Paragraph((Text(f"{name}: ", (Mark.STRONG,)), Text(text)), Look.TITLE_PAGE)


def _people(authors: Sequence[dict[str, str]]) -> tuple[Words, tuple[str, ...]]:
    places: list[str] = []
    words: list[Word] = []
    named = [author for author in authors if author.get("name")]
    for at, author in enumerate(named):
        own = [place.strip() for place in author.get("affiliations", "").split(";") if place.strip()]
        for place in own:
            if place not in places:
                places.append(place)
        comma = "," if at < len(named) - 1 else ""
        words.append(Text(author["name"] + comma))
        if own:
            words.append(Text(",".join(str(places.index(place) + 1) for place in own), (Mark.SUP,)))
        if comma:
            words.append(Text(" "))
    return tuple(words), tuple(places)


def _counts(contents: ReviewContents, pages: Sequence[Page], works: int) -> str:
    parts = [part for page in pages for part in page.parts]
    abstract = sum(_length(words) for part in abstract_page(contents).parts for words in part.every())
    main = sum(_length(words) for part in parts if not isinstance(part, Table) for words in part.every())
    tables = sum(isinstance(part, Table) for part in parts)
    figures = sum(isinstance(part, Flow | Chart) for part in parts)
    return (
        f"abstract {counted_noun(abstract, 'word')}; main text {counted_noun(main, 'word')}; "
        f"{counted_noun(tables, 'table')}; {counted_noun(figures, 'figure')}; "
        f"{counted_noun(works, 'reference')}"
    )


def _length(words: Words) -> int:
    return len("".join(word.text for word in words if isinstance(word, Text)).split())


def abstract_page(contents: ReviewContents) -> Page:
    """Return the structured abstract: the review's own, or one made of what it holds."""
    own = [
        (key.removeprefix("abstract_").replace("_", " ").capitalize(), said(text))
        for key, text in contents.review.facts.items()
        if key.startswith("abstract_") and text.strip()
    ]
    if contribution := contents.review.facts.get("patient_and_public_contribution", "") if own else "":
        own.append(("Patient or public contribution", said(contribution)))
    parts: list[Part] = [Heading(1, said("Abstract"), key="abstract")]
    for name, words in own or _made_abstract(contents):
        parts.append(Paragraph((Text(f"{name}. ", (Mark.STRONG,)), *words), Look.ABSTRACT))
    if contents.review.keywords:
        keywords = "; ".join(contents.review.keywords)
        parts.append(Paragraph((Text("Keywords: ", (Mark.STRONG,)), Text(f"{keywords}.")), Look.ABSTRACT))
    return Page(key="abstract", parts=tuple(parts))


def _made_abstract(contents: ReviewContents) -> list[tuple[str, Words]]:
    asked = " ".join(question.text for question in contents.questions)
    made: list[tuple[str, Words]] = [("Question", said(asked or "The review states no question yet."))]
    made.append(("Methods", search_sentences(contents)))
    names = [theme.name for theme in chosen_themes(contents, ())]
    themes = f" Themes: {wording.in_words(names)}." if names else " No themes have been made yet."
    made.append(("Results", (*included_sentence(contents), Text(themes))))
    conclusions = [section.id for section in contents.sections if section.kind == "conclusion"]
    last = [words_of(block) for block in contents.blocks if block.section in conclusions]
    if last:
        plain = tuple(word for word in joined(last[:1]) if isinstance(word, Text))
        made.append(("Conclusion", plain))
    return made


def statements(contents: ReviewContents) -> tuple[Part, ...]:
    """Return the statements journals ask for at the end, as far as the review makes them."""
    found = [(name, contents.review.facts.get(key, "").strip()) for key, name in _CLOSING]
    found = [(name, text) for name, text in found if text]
    if not found:
        return ()
    parts: list[Part] = [Heading(1, said("Statements"), key="statements")]
    parts += [Paragraph((Text(f"{name}. ", (Mark.STRONG,)), Text(text)), Look.LEAD) for name, text in found]
    return tuple(parts)
