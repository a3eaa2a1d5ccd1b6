"""Finding duplicates: pairs worth comparing, a rule for each, groups in which nothing contradicts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from evidence_app.domain.csl import CslItem
from evidence_app.services.deduplication.blocking import candidates
from evidence_app.services.deduplication.comparing import Comparison, compare
from evidence_app.services.deduplication.records import DedupeRecord, records_of
from evidence_app.services.deduplication.rules import Rule, RuleSet
from evidence_app.services.deduplication.standard_rules import STANDARD
from evidence_app.services.progress import Report, silent

_REPORT_EVERY = 500
_SHARED_BY = 2
"""A DOI with more titles than this is one of a supplement or a whole issue, and says nothing of a work."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two references that a rule brings together, with how each field it saw agrees."""

    one: int
    other: int
    rule: Rule
    found: Comparison

    @property
    def seen(self) -> dict[str, str]:
        """How the fields agree that the rule looked at."""
        return {name: self.found[name] for name in self.rule.needs}


_Found = tuple[int, int, Match]
"""Two records by their place in the list, and the match between them."""


@dataclass(frozen=True, slots=True)
class Group:
    """References that describe one work, with the matches that say so."""

    references: tuple[int, ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What was found: groups to merge automatically, pairs for a person, and the rules that said so."""

    automatic: tuple[Group, ...]
    review: tuple[Match, ...]
    rules: RuleSet
    compared: int = 0


def find_duplicates(
    items: Mapping[int, CslItem],
    rules: RuleSet = STANDARD,
    different: Collection[tuple[int, int]] = (),
    report: Report = silent,
) -> Duplicates:
    """Find the duplicates among references by row; pairs in `different` were judged not to be any."""
    return match_records(records_of(items), rules, different, report)


def match_records(
    records: Sequence[DedupeRecord],
    rules: RuleSet = STANDARD,
    different: Collection[tuple[int, int]] = (),
    report: Report = silent,
) -> Duplicates:
    """Find the duplicates among records made already."""
    records = _without_shared_dois(records)
    apart = {frozenset(pair) for pair in different}
    pairs = candidates(records)
    same: list[_Found] = []
    judged: list[_Found] = []
    for done, (one, other) in enumerate(pairs):
        if not done % _REPORT_EVERY:
            report(done, len(pairs))
        if {records[one].key, records[other].key} in apart:
            continue
        found = compare(records[one], records[other], rules.thresholds)
        if (rule := rules.same_work(found)) is not None:
            same.append((one, other, Match(records[one].key, records[other].key, rule, found)))
        elif (rule := rules.to_judge(found)) is not None:
            judged.append((one, other, Match(records[one].key, records[other].key, rule, found)))
    report(len(pairs), len(pairs))
    groups = _Groups(records, rules, apart)
    refused = groups.join(same)
    return Duplicates(groups.found(), groups.open_pairs([*refused, *judged]), rules, len(pairs))


def _without_shared_dois(records: Sequence[DedupeRecord]) -> list[DedupeRecord]:
    """Take away DOIs that stand for more than one work: a supplement's, a book's, a wrong one."""
    titles: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.doi:
            titles[record.doi].add(record.title.letters[:30])
    shared = {doi for doi, found in titles.items() if len(found) > _SHARED_BY}
    return [replace(record, doi="") if record.doi in shared else record for record in records]


def _is_unplaced(match: Match) -> bool:
    """Whether neither an identifier nor pages showed that two records are one work."""
    return match.found["pages"] == "unknown" and "same" not in (match.found["DOI"], match.found["PMID"])


class _Groups:
    """Records joined step by step; a join that would bring a contradiction into a group is refused."""

    def __init__(
        self, records: Sequence[DedupeRecord], rules: RuleSet, apart: Collection[frozenset[int]]
    ) -> None:
        self._records = records
        self._rules = rules
        self._apart = apart
        self._of = {at: [at] for at in range(len(records))}
        self._matches: dict[int, list[Match]] = defaultdict(list)

    def join(self, matches: Sequence[_Found]) -> list[_Found]:
        """Join records by their matches, the strongest rule first; return the matches that were refused."""
        order = {rule.name: at for at, rule in enumerate(self._rules.same)}
        told, refused = self._without_doubtful(matches)
        for one, other, match in sorted(told, key=lambda each: (order[each[2].rule.name], each[:2])):
            mine, theirs = self._of[one], self._of[other]
            if mine is theirs:
                self._matches[mine[0]].append(match)
            elif any(self._contradict(a, b) for a, b in product(mine, theirs) if (a, b) != (one, other)):
                refused.append((one, other, match))
            else:
                self._unite(mine, theirs)
                self._matches[mine[0]].append(match)
        return refused

    def _without_doubtful(self, matches: Sequence[_Found]) -> tuple[list[_Found], list[_Found]]:
        """Part matches from those by which a record that names no pages would go to either of two works."""
        partners: dict[int, set[int]] = defaultdict(set)
        for one, other, _ in matches:
            partners[one].add(other)
            partners[other].add(one)
        torn = {
            at
            for at, known in partners.items()
            if not self._records[at].pages and any(self._contradict(a, b) for a, b in combinations(known, 2))
        }
        told: list[_Found] = []
        doubtful: list[_Found] = []
        for each in matches:
            is_doubtful = not torn.isdisjoint(each[:2]) and _is_unplaced(each[2])
            (doubtful if is_doubtful else told).append(each)
        return told, doubtful

    def _unite(self, mine: list[int], theirs: list[int]) -> None:
        self._matches[mine[0]] += self._matches.pop(theirs[0], [])
        mine.extend(theirs)
        for at in theirs:
            self._of[at] = mine

    def _contradict(self, one: int, other: int) -> bool:
        mine, theirs = self._records[one], self._records[other]
        if {mine.key, theirs.key} in self._apart:
            return True
        return self._rules.are_strangers(compare(mine, theirs, self._rules.thresholds))

    def found(self) -> tuple[Group, ...]:
        """Return the groups of two and more, in the order of their first reference."""
        groups = {id(group): group for group in self._of.values() if len(group) > 1}
        made = [
            Group(tuple(sorted(self._records[at].key for at in group)), tuple(self._matches[group[0]]))
            for group in groups.values()
        ]
        return tuple(sorted(made, key=lambda group: group.references))

    def open_pairs(self, matches: Sequence[_Found]) -> tuple[Match, ...]:
        """Return one pair for each two groups that a person should look at, the strongest rules first."""
        found: dict[frozenset[int], Match] = {}
        for one, other, match in matches:
            mine, theirs = self._of[one], self._of[other]
            if mine is not theirs:
                found.setdefault(frozenset((id(mine), id(theirs))), match)
        return tuple(found.values())


def counted_by_rule(found: Duplicates) -> Counter[str]:
    """Return how many matches each rule made, for the screen and the methods section."""
    matches = [match for group in found.automatic for match in group.matches] + list(found.review)
    return Counter(match.rule.name for match in matches)
