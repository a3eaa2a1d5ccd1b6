"""Checks of DOIs, addresses, ISSNs and ISBNs."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.reference import Reference, clean_doi
from evidence_app.services.checks.results import Fix, Found, Level, about, about_several, rule
from evidence_app.services.checks.scope import called, in_question, listed, text_of
from evidence_app.services.lookup.identifiers import is_isbn as has_right_digits

_HANDBOOK = "https://www.doi.org/the-identifier/resources/handbook/"
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_RESOLVER = re.compile(r"^(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
CATALOGUES = (
    "scie-socialcareonline.org.uk", "worldcat.org", "libraryhub.jisc.ac.uk", "explore.bl.uk",
    "books.google.com", "books.google.co.uk", "catalogue.nla.gov.au", "catalog.loc.gov", "trove.nla.gov.au",
    "opengrey.eu", "opac.dnb.de", "portal.dnb.de",
)  # fmt: skip
"""Hosts that describe works and do not hold them."""


@rule(
    "doi-malformed", Level.ERROR, "Malformed DOI",
    "A DOI is `10.`, the registrant's number, a slash and a suffix without blanks. Anything else "
    "leads nowhere "
    "and cannot be looked up.",
    "Correct the DOI; where the field holds a whole address the DOI in it is taken",
    link=_HANDBOOK,
)  # fmt: skip
def malformed_doi(contents: ReviewContents) -> Iterator[Found]:
    """Find DOIs no resolver can read."""
    for reference in in_question(contents):
        doi = text_of(reference, "DOI")
        if doi and not _DOI.fullmatch(_RESOLVER.sub("", doi.strip())):
            clean = clean_doi(doi)
            fix = Fix("Take the DOI out of the text", reference.id, "DOI", doi, clean) if clean else None
            yield about(reference, f"{called(reference)}: “{doi}” is no DOI.", fix)


@rule(
    "doi-with-resolver", Level.STYLE, "DOI stored with its resolver",
    "The field holds `https://doi.org/…` or `doi:` before the DOI. Styles add it themselves, so it "
    "would print "
    "twice, and the same work stored both ways is not recognised as one.",
    "Store the DOI alone",
    link=_HANDBOOK,
)  # fmt: skip
def doi_with_resolver(contents: ReviewContents) -> Iterator[Found]:
    """Find DOIs that carry the address of the resolver."""
    for reference in in_question(contents):
        doi = text_of(reference, "DOI")
        bare = _RESOLVER.sub("", doi.strip())
        if bare != doi and _DOI.fullmatch(bare):
            fix = Fix("Store the DOI alone", reference.id, "DOI", doi, bare.lower())
            yield about(reference, f"{called(reference)}: the DOI is stored as “{doi}”.", fix)


@rule(
    "doi-in-address", Level.STYLE, "DOI stored as an address only",
    "The address is that of a DOI, while the DOI field is empty, so the work is neither looked up "
    "nor recognised.",
    "Put the DOI into its own field",
    link=_HANDBOOK,
)  # fmt: skip
def doi_in_address(contents: ReviewContents) -> Iterator[Found]:
    """Find references whose DOI stands in the URL field alone."""
    for reference in in_question(contents):
        url = text_of(reference, "URL")
        doi = _RESOLVER.sub("", url)
        if doi != url and not reference.doi and _DOI.fullmatch(doi):
            fix = Fix("Put the DOI into its field", reference.id, "DOI", None, doi.lower())
            yield about(reference, f"{called(reference)}: the address {url} is a DOI.", fix)


@rule(
    "doi-duplicate", Level.ERROR, "One DOI, several references",
    "A DOI names one work. References that share it are duplicates, or one of them has the wrong DOI.",
    ("Merge the references if they are the same work", "Else correct the DOI that does not belong"),
    link=_HANDBOOK,
)  # fmt: skip
def duplicate_doi(contents: ReviewContents) -> Iterator[Found]:
    """Find DOIs that more than one reference has."""
    by_doi: dict[str, list[Reference]] = {}
    for reference in in_question(contents):
        if reference.doi:
            by_doi.setdefault(clean_doi(reference.doi) or reference.doi.lower(), []).append(reference)
    for doi, several in by_doi.items():
        if len(several) > 1:
            yield about_several(several, f"{listed(several)} share the DOI {doi}.")


@rule(
    "article-without-doi", Level.DOUBT, "Journal article without a DOI",
    "Most journal articles of this century have a DOI; without it the article is harder to find, and neither "
    "corrections nor a retraction can be noticed.",
    ("Look for the DOI at Crossref", "Waive the result if the journal has none"),
    link="https://www.crossref.org/documentation/retrieve-metadata/rest-api/",
)  # fmt: skip
def article_without_doi(contents: ReviewContents) -> Iterator[Found]:
    """Find journal articles since 2000 that have no DOI."""
    for reference in in_question(contents):
        recent = reference.year is None or reference.year >= 2000
        if reference.item.get("type") == "article-journal" and recent and not reference.doi:
            yield about(reference, f"{called(reference)}: an article of {_place(reference)} without a DOI.")


def _place(reference: Reference) -> str:
    return reference.container or "an unnamed journal"


@rule(
    "catalogue-link-only", Level.INFORMATION, "Known only by a catalogue link",
    "The address leads to a catalogue's description of an included report, not to the report. "
    "Catalogues move "
    "and close, and then nobody can find what the review rests on.",
    ("Look for the report at its publisher", "Keep a copy of it with the review"),
    link="https://www.prisma-statement.org/prisma-2020-checklist",
)  # fmt: skip
def catalogue_link_only(contents: ReviewContents) -> Iterator[Found]:
    """Find included reports without DOI whose address is that of a catalogue."""
    for reference in contents.included:
        host = _host(text_of(reference, "URL"))
        if not reference.doi and any(host == each or host.endswith("." + each) for each in CATALOGUES):
            yield about(reference, f"{called(reference)}: its only address is a record of {host}.")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@rule(
    "address-malformed", Level.ERROR, "Malformed address",
    "An address begins with http:// or https:// and a host, and holds no blanks; otherwise the link printed "
    "leads nowhere.",
    "Copy the address again from the page",
    link="https://url.spec.whatwg.org/#url-writing",
)  # fmt: skip
def malformed_address(contents: ReviewContents) -> Iterator[Found]:
    """Find addresses no browser can open."""
    for reference in in_question(contents):
        url = text_of(reference, "URL")
        if not url or _is_address(url):
            continue
        bare = url.strip()
        fix = None
        if _is_address(bare):
            fix = Fix("Take off the blanks", reference.id, "URL", url, bare)
        elif re.match(r"www\.[^\s/]+\.\w+", bare) and _is_address(f"https://{bare}"):
            fix = Fix("Add https://", reference.id, "URL", url, f"https://{bare}")
        yield about(reference, f"{called(reference)}: “{url}” is no address of a page.", fix)


def _is_address(url: str) -> bool:
    host = _host(url)
    web = url.lower().startswith(("http://", "https://", "ftp://"))
    return web and not re.search(r"\s", url) and ("." in host or ":" in host or host == "localhost")


@rule(
    "identifier-checksum", Level.ERROR, "ISSN or ISBN with a wrong check digit",
    "The last digit of an ISSN or ISBN is calculated from the others; where it does not fit, a digit "
    "is wrong.",
    "Copy the number again from the journal or book",
    link="https://www.isbn-international.org/content/isbn-users-manual",
)  # fmt: skip
def wrong_check_digit(contents: ReviewContents) -> Iterator[Found]:
    """Find ISSNs and ISBNs that cannot be right."""
    for reference in in_question(contents):
        wrong = [f"ISSN {each}" for each in _numbers(text_of(reference, "ISSN")) if not is_issn(each)]
        wrong += [f"ISBN {each}" for each in _numbers(text_of(reference, "ISBN")) if not is_isbn(each)]
        for each in wrong:
            found = about(reference, f"{called(reference)}: {each} has a digit wrong.")
            yield Found(f"{found.subject}:{each}", found.message, found.references)


def _numbers(text: str) -> list[str]:
    text = re.sub(r"\([^)]*\)|\b(?:[ep]?-?ISSN|ISBN)(?:-?1[03])?:?", " ", text, flags=re.IGNORECASE)
    pieces = re.split(r"[,;/]|\s{2,}", text)
    found: list[str] = []
    for piece in pieces:
        words = piece.split()
        several = len(words) > 1 and all(len(re.sub(r"\W", "", word)) in (8, 10, 13) for word in words)
        found.extend(words if several else [" ".join(words)] if words else [])
    return found


def is_issn(text: str) -> bool:
    """Return whether the check digit of an ISSN is right (ISO 3297)."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits, re.ASCII):
        return False
    return sum(_digit(digit) * (8 - at) for at, digit in enumerate(digits)) % 11 == 0


def is_isbn(text: str) -> bool:
    """Return whether the check digit of an ISBN of 10 or 13 digits is right (ISO 2108)."""
    digits = re.sub(r"[\s\-‐–]", "", text).upper()
    return digits.isascii() and has_right_digits(digits)


def _digit(digit: str) -> int:
    return 10 if digit == "X" else int(digit)


RULES = (
    malformed_doi, duplicate_doi, malformed_address, wrong_check_digit, article_without_doi,
    doi_with_resolver, doi_in_address, catalogue_link_only,
)  # fmt: skip
