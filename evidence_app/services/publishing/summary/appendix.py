"""The protocol of the review as an appendix: what was planned, and what was changed since, with dates."""

from collections.abc import Iterable, Iterator

from evidence_app.domain.contents import ReviewContents
from evidence_app.services.publishing.summary.model import Bullets, Heading, Page, Paragraph, Part, said

Protocol = tuple[tuple[str, tuple[str, ...]], ...]
"""Headings, each with its lines."""


def protocol_page(contents: ReviewContents, *, with_methods: bool = False) -> Page | None:
    """Return the protocol with its amendments; with what the methods say of screening where no text does.

    None for a review that neither wrote a protocol nor was screened here."""
    methods = unsaid(contents.screened, contents.protocol) if with_methods else ()
    if not contents.protocol and not methods:
        return None
    title = "How records were screened" if methods else "Protocol"
    parts: list[Part] = [Heading(1, said(f"Appendix: {title.lower()}"), key="protocol")]
    parts += [Paragraph(said(paragraph)) for paragraph in methods]
    if methods and contents.protocol:
        parts.append(Heading(2, said("Protocol")))
    parts += protocol_parts(contents.protocol, 3 if methods else 2)
    return Page(key="protocol", parts=tuple(parts))


def unsaid(methods: Iterable[str], protocol: Protocol) -> tuple[str, ...]:
    """Return what the methods say and the protocol beside them does not: its amendments are in both."""
    amended = {" ".join(lines) for _, lines in protocol}
    return tuple(each for each in methods if each not in amended)


def protocol_parts(protocol: Protocol, level: int = 2) -> Iterator[Part]:
    """Yield each part of a protocol: its heading, and its lines as a list where there are several."""
    for heading, lines in protocol:
        yield Heading(level, said(heading))
        if len(lines) > 1:
            yield Bullets(tuple(said(line) for line in lines))
        else:
            yield from (Paragraph(said(line)) for line in lines)
