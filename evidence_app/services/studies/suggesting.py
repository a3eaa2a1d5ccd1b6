"""Reports that may tell of one study, each pair with the evidence for it and against it.

Candidates are found by what they share (authors, registration, rare names in titles), so that not every
pair is compared; 500 reports take well under a second."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

from evidence_app.domain.reference import Reference, folded, plain
from evidence_app.domain.studies import LinkState, StudyLink, Value
from evidence_app.services.alike import ratio_in_any_order
from evidence_app.storage.studies import StudyContents

REGISTRATION: Final = re.compile(
    r"\b(NCT\d{8}|ISRCTN\s?\d{6,8}|CRD\s?4\d{10}|ACTRN\d{14}|DRKS\d{8}|UMIN\d{9}|ChiCTR[-\w]{6,14}"
    r"|\d{4}-\d{6}-\d{2})\b", re.IGNORECASE,
)  # fmt: skip
"""Numbers of trial and review registers: ClinicalTrials.gov, ISRCTN, PROSPERO, EudraCT and others."""
_NAME: Final = re.compile(r"\b(?:[A-Z][A-Z0-9-]{2,}|[A-Z][a-z]+[A-Z][A-Za-z]+)\b")
_SAMPLE: Final = re.compile(
    r"\bn\s*=\s*(\d{2,6})\b|\b(\d{2,6})\s+(?:participants|patients|people|interviews|respondents|adults|staff)\b",
    re.IGNORECASE,
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]{5,}")
_GENERAL: Final = frozenset(("NHS", "USA", "RCT", "COVID-19", "COVID", "HIV", "AIDS", "AND", "THE"))
_ENOUGH: Final = 3
_ALIKE: Final = 0.62
_VERY_ALIKE: Final = 0.8
_RARE: Final = 3
"""A word that stands in this many titles or fewer may be the name of a project."""
_FAR: Final = 3
"""Years between reports from which on it is said."""


class Evidence(NamedTuple):
    """One thing that speaks for or against."""

    words: str
    speaks_for: bool
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two reports that may tell of one study."""

    first: int
    second: int
    evidence: tuple[Evidence, ...]
    reason: str = ""
    """What a person or an import said, where a link is written down already."""

    @property
    def weight(self) -> int:
        """How much speaks for it; one that is written down comes first."""
        return sum(each.weight for each in self.evidence) + (100 if self.reason else 0)

    @property
    def pair(self) -> frozenset[int]:
        """Both reports."""
        return frozenset((self.first, self.second))


def suggestions(contents: StudyContents, texts: Mapping[int, str] | None = None) -> list[Suggestion]:
    """Return the pairs that may belong together and are not, the strongest first.

    What was refused is not suggested again. `texts` are further words of reports in which numbers of
    registers are looked for, such as their full texts."""
    study_of = {ref: at for at, study in enumerate(contents.studies) for ref in study.references}
    links = {link.pair: link for link in contents.links}
    traits = {
        ref: _traits(work, (texts or {}).get(ref, "")) for ref, work in contents.works.items()
        if ref in study_of
    }  # fmt: skip
    rare = _rare_words(traits.values())
    values = _by_reference(contents.values)
    found = []
    for first, second in _candidates(traits, rare, links.values()):
        if study_of[first] == study_of[second]:
            continue
        link = links.get(frozenset((first, second)))
        made = _weighed(first, second, traits, rare, values, link)
        if made is not None:
            found.append(made)
    return sorted(found, key=lambda each: (-each.weight, each.first, each.second))


class _Traits(NamedTuple):
    work: Reference
    authors: frozenset[str]
    lead: str
    registrations: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    samples: frozenset[str]


def _traits(work: Reference, text: str) -> _Traits:
    title, abstract = plain(work.title), str(work.item.get("abstract") or "")
    said = f"{title} {abstract} {work.item.get('note') or ''} {text}"
    authors = [_author(each.family, each.given) for each in work.authors if each.family]
    return _Traits(
        work=work, authors=frozenset(authors), lead=authors[0] if authors else "",
        registrations=frozenset(re.sub(r"\s", "", each).upper() for each in REGISTRATION.findall(said)),
        names=frozenset(_NAME.findall(title)) - _GENERAL if not title.isupper() else frozenset(),
        words=frozenset(_WORD.findall(folded(title))),
        samples=frozenset(a or b for a, b in _SAMPLE.findall(abstract)),
    )  # fmt: skip


def _author(family: str, given: str) -> str:
    return f"{folded(family)} {folded(given)[:1]}".strip()


def _rare_words(traits: Iterable[_Traits]) -> frozenset[str]:
    names = Counter(name for each in traits for name in each.names)
    return frozenset(name for name, count in names.items() if 1 < count <= _RARE)


def _candidates(
    traits: Mapping[int, _Traits], rare: frozenset[str], links: Iterable[StudyLink]
) -> list[tuple[int, int]]:
    sharing: dict[str, list[int]] = defaultdict(list)
    for ref, each in traits.items():
        for key in (*each.authors, *each.registrations, *(each.names & rare)):
            sharing[key].append(ref)
    pairs = {(min(pair), max(pair)) for held in sharing.values() for pair in combinations(held, 2)}
    for link in links:
        if link.first in traits and link.second in traits and link.first != link.second:
            pairs.add((min(link.pair), max(link.pair)))
    return sorted(pairs)


def _weighed(
    first: int, second: int, traits: Mapping[int, _Traits], rare: frozenset[str],
    values: Mapping[int, Mapping[str, str]], link: StudyLink | None,
) -> Suggestion | None:  # fmt: skip
    if link is not None and link.state is LinkState.REFUSED:
        return None
    one, other = traits[first], traits[second]
    evidence = [*_speaking_for(one, other, rare), *_in_common(values.get(first, {}), values.get(second, {}))]
    if link is None and sum(each.weight for each in evidence) < _ENOUGH:
        return None
    evidence += _speaking_against(one, other)
    reason = (link.reason or "Somebody thought that both tell of one study.") if link is not None else ""
    return Suggestion(first, second, tuple(evidence), reason)


def _speaking_for(one: _Traits, other: _Traits, rare: frozenset[str]) -> list[Evidence]:
    found = [Evidence(f"Same registration: {each}", True, 5)
             for each in sorted(one.registrations & other.registrations)]  # fmt: skip
    shared = one.authors & other.authors
    if shared:
        names = ", ".join(each.rsplit(" ", 1)[0].title() for each in sorted(shared)[:3])
        more = f" and {len(shared) - 3} more" if len(shared) > 3 else ""
        found.append(Evidence(f"Shared authors: {names}{more}", True, min(len(shared), 3)))
    if one.lead and one.lead == other.lead:
        found.append(Evidence("Same first author", True, 1))
    found += [Evidence(f"Project named in both titles: {each}", True, 2)
              for each in sorted(one.names & other.names & rare)]  # fmt: skip
    alike = ratio_in_any_order(folded(plain(one.work.title)), folded(plain(other.work.title)))
    if alike >= _ALIKE:
        found.append(Evidence(f"Titles alike: {alike:.0%}", True, 2 if alike >= _VERY_ALIKE else 1))
    if samples := sorted(one.samples & other.samples):
        found.append(Evidence(f"Same number of people: {samples[0]}", True, 1))
    return found


def _in_common(one: Mapping[str, str], other: Mapping[str, str]) -> list[Evidence]:
    """Return the characteristics both have; they support, and alone suggest nothing."""
    return [
        Evidence(f"Same {name}: {value}", True) for name, value in one.items()
        if other.get(name, "").casefold() == value.casefold() and name.casefold() != "kind"
    ]  # fmt: skip


def _speaking_against(one: _Traits, other: _Traits) -> list[Evidence]:
    found = []
    if one.authors and other.authors and not one.authors & other.authors:
        found.append(Evidence("No shared author", False))
    if one.work.year and other.work.year and abs(one.work.year - other.work.year) >= _FAR:
        found.append(Evidence(f"{abs(one.work.year - other.work.year)} years apart", False))
    if one.registrations and other.registrations and not one.registrations & other.registrations:
        found.append(Evidence("Other registration", False))
    return found


def _by_reference(values: Sequence[Value]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for each in values:
        if each.is_reported:
            found[each.reference].setdefault(each.name, each.value)
    return found
