"""Checks of people and bodies."""

import re
from collections.abc import Iterator
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.csl import NAME_VARIABLES
from evidence_app.domain.names import Name, names_of
from evidence_app.domain.query import words
from evidence_app.domain.reference import Reference, folded
from evidence_app.services.checks.results import Found, Level, about, about_several, rule
from evidence_app.services.checks.scope import called, in_question, listed, text_of
from evidence_app.services.checks.titles import title_words

_NAMES = "https://www.ncbi.nlm.nih.gov/books/NBK7282/"
_ORCID = "https://info.orcid.org/what-is-orcid/"
_OFFICE: Final = frozenset(
    {"department", "ministry", "government", "parliament", "council", "treasury", "cabinet"}
)
_GENERAL: Final = _OFFICE | {
    "and", "for", "of", "the", "office", "agency", "affairs", "care", "communities", "community", "education",
    "environment", "family", "families", "finance", "health", "home", "housing", "justice", "labour", "local",
    "public", "services", "service", "social", "transport", "welfare", "work",
    "national", "science", "culture",
}  # fmt: skip
"""Words an office of any country could be named by; a name of these alone does not say which country."""


@rule(
    "one-name-several", Level.DOUBT, "One name for different authors or bodies",
    "The same name, with initials only, stands on works that share no other author, publisher, journal or "
    "subject; or it is an office that several countries have. They may be different people or "
    "bodies, and the "
    "bibliography would print them as one.",
    ("Write the given names out, or add the country to the office",
     "Waive it if it is the same person or body"),
    link=_ORCID,
)  # fmt: skip
def one_name_several(contents: ReviewContents) -> Iterator[Found]:
    """Find names on works that nothing else connects, and general names of offices used more than once."""
    references = in_question(contents)
    for name, works in _by_name(references).items():
        if len(works) < 2:
            continue
        if _is_general_office(name):
            yield _named_alike(name, works, "an office that several countries have")
            continue
        groups = _connected(works, name)
        if len(groups) > 1 and not _is_body(name, works[0]):
            yield _named_alike(name, works, "and nothing they share says that it is one person")


def _named_alike(name: str, works: list[Reference], why: str) -> Found:
    shown = next(_typed(each) for each in works[0].authors if _key(each) == name)
    found = about_several(works, f"{shown} is an author of {listed(works)}, {why}.")
    return Found(f"name:{name}:{found.subject}", found.message, found.references)


def _by_name(references: list[Reference]) -> dict[str, list[Reference]]:
    by_name: dict[str, list[Reference]] = {}
    for reference in references:
        for key in dict.fromkeys(_key(name) for name in reference.authors if not name.is_et_al):
            if key:
                by_name.setdefault(key, []).append(reference)
    return by_name


def _typed(name: Name) -> str:
    return name.literal or f"{name.family_or_literal} {name.given}"


def _key(name: Name) -> str:
    """Return what makes two names the same string; empty for a person whose given name is written out."""
    if name.literal:
        return folded(name.literal)
    initials = re.sub(r"[\s.-]", "", name.given)
    if not initials or not initials.isupper() or len(initials) > 3:
        return ""
    return folded(f"{name.family_or_literal}, {initials}")


def _is_body(key: str, reference: Reference) -> bool:
    return any(name.literal and folded(name.literal) == key for name in reference.authors)


def _is_general_office(key: str) -> bool:
    said = set(words(key))
    return bool(said & _OFFICE) and said <= _GENERAL


def _connected(works: list[Reference], key: str) -> list[set[int]]:
    """Return the works in groups that hang together by something beside the name."""
    groups: list[tuple[set[int], set[tuple[str, str]]]] = []
    for reference in works:
        ids, ties = {int(reference.id)}, _ties(reference, key)
        apart = []
        for group in groups:
            if group[1].isdisjoint(ties):
                apart.append(group)
            else:
                ids, ties = ids | group[0], ties | group[1]
        groups = [*apart, (ids, ties)]
    return [ids for ids, _ in groups]


def _ties(reference: Reference, key: str) -> set[tuple[str, str]]:
    """Return what may connect a work with another: people, journal, publisher, subjects, having a DOI."""
    ties = {("person", _key(name)) for name in reference.authors if not name.is_et_al}
    ties |= {("place", folded(text_of(reference, name))) for name in ("container-title", "publisher")}
    ties |= {("subject", word) for word in title_words(reference) if len(word) > 4}
    if reference.doi:  # Crossref gives the names in full
        ties.add(("found at", "Crossref"))
    return {tie for tie in ties if tie[1]} - {("person", key)}


@rule(
    "authors-incomplete", Level.STYLE, "Authors of an included report not all listed",
    "The list of authors ends with et al., as it was printed where the reference came from. Styles "
    "that print "
    "more authors cannot, and reports of one study are harder to recognise.",
    "Update the reference from Crossref, or complete the authors from the report",
    link=_NAMES,
)  # fmt: skip
def authors_incomplete(contents: ReviewContents) -> Iterator[Found]:
    """Find included reports whose authors end in et al."""
    for reference in contents.included:
        if any(name.is_et_al for name in reference.authors):
            known = sum(not name.is_et_al for name in reference.authors)
            yield about(reference, f"{called(reference)} lists {known} authors and et al.")


@rule(
    "name-in-capitals", Level.STYLE, "Family name in capitals",
    "Some databases write family names in capitals. They print so, and do not match the same author "
    "elsewhere.",
    "Write the name with small letters; mind names such as McDonald",
    link=_NAMES,
)  # fmt: skip
def name_in_capitals(contents: ReviewContents) -> Iterator[Found]:
    """Find people whose family name of four letters or more has no small ones."""
    for reference, names in _all_names(contents):
        loud = [name.family for name in names if len(name.family) >= 4 and name.family.isupper()]
        if loud:
            yield about(reference, f"{called(reference)}: {', '.join(loud)} in capitals.")


@rule(
    "not-a-name", Level.STYLE, "Author that is not a name",
    "The author is a stand-in such as Anonymous or Unknown, or holds a number, an e-mail address or "
    "a degree. "
    "A work without author is cited by its title.",
    "Take it out, or write the name",
    link=_NAMES,
)  # fmt: skip
def not_a_name(contents: ReviewContents) -> Iterator[Found]:
    """Find stand-ins, digits and addresses where names should be."""
    for reference, names in _all_names(contents):
        odd = [_typed(name).strip() for name in names if _is_no_name(name)]
        if odd:
            yield about(reference, f"{called(reference)}: “{'”, “'.join(odd)}” is not a name.")


_STAND_INS: Final = frozenset(
    {
        "anon",
        "anonymous",
        "unknown",
        "no author",
        "no author listed",
        "author unknown",
        "n a",
        "none",
        "various",
    }
)


def _is_no_name(name: Name) -> bool:
    whole = f"{name.given} {name.family} {name.literal}".strip()
    if " ".join(words(whole)) in _STAND_INS or "@" in whole:
        return True
    return bool(name.family) and any(letter.isdecimal() for letter in name.family)


def _all_names(contents: ReviewContents) -> Iterator[tuple[Reference, list[Name]]]:
    for reference in in_question(contents):
        yield reference, [name for role in NAME_VARIABLES for name in names_of(reference.item.get(role))]


RULES = (one_name_several, authors_incomplete, name_in_capitals, not_a_name)
