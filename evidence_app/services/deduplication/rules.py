"""What a rule is: named and explained, as data, so that it can be printed, switched off and stored.

A rule holds where every field it names agrees in one of the words it accepts (`comparing.AGREEMENTS`)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from evidence_app.services.deduplication.comparing import AGREEMENTS, DEFAULT, Comparison, Thresholds


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name in files, its label on screen, why it holds, and what each field must say.

    `condition` lists fields with the words accepted: `title same near, volume same`."""

    name: str
    label: str
    explanation: str
    condition: str
    needs: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Read the condition. Raises `ValueError` for a field or a word that does not exist."""
        needs = {}
        for part in self.condition.split(","):
            name, *words = part.split() or [""]
            if name not in AGREEMENTS or not words or not set(words) <= set(AGREEMENTS[name]):
                raise ValueError(f"The rule “{self.name}” cannot be read at “{part.strip()}”.")
            needs[name] = frozenset(words)
        object.__setattr__(self, "needs", needs)

    def holds(self, found: Comparison) -> bool:
        """Whether every field agrees as the rule needs it to."""
        return all(found[name] in accepted for name, accepted in self.needs.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules in force, with the thresholds their words rest on."""

    same: tuple[Rule, ...]
    """Merged automatically, unless something keeps them apart."""
    apart: tuple[Rule, ...]
    """Never merged automatically."""
    strangers: tuple[Rule, ...]
    """Never in one group, unless a rule of the first kind unites just these two."""
    judged: tuple[Rule, ...]
    """Left to a person."""
    thresholds: Thresholds = DEFAULT

    def without(self, names: Iterable[str]) -> "RuleSet":
        """Return the set with rules switched off."""
        off = frozenset(names)
        kept = {
            kind: tuple(rule for rule in rules if rule.name not in off)
            for kind, rules in self.by_kind.items()
        }
        return RuleSet(**kept, thresholds=self.thresholds)

    @property
    def by_kind(self) -> dict[str, tuple[Rule, ...]]:
        """The rules by what they say."""
        return {
            "same": self.same, "apart": self.apart, "strangers": self.strangers, "judged": self.judged,
        }  # fmt: skip

    def same_work(self, found: Comparison) -> Rule | None:
        """Return the rule by which two records are the same work beyond doubt, if there is one."""
        rule = _first(self.same, found)
        return rule if rule is None or self.contradiction(found) is None else None

    def to_judge(self, found: Comparison) -> Rule | None:
        """Return the rule by which a person should look at two records, if there is one."""
        return _first(self.judged, found)

    def contradiction(self, found: Comparison) -> Rule | None:
        """Return what keeps two records apart, if anything does."""
        return _first(self.apart, found)

    def are_strangers(self, found: Comparison) -> bool:
        """Whether two records cannot stand in one group."""
        if self.contradiction(found) is not None:
            return True
        return _first(self.strangers, found) is not None and _first(self.same, found) is None

    def printed(self) -> dict[str, Any]:
        """Return rules and thresholds as plain values: to print, and to keep with what they decided."""
        rules = [
            {
                "name": rule.name, "kind": kind, "label": rule.label, "explanation": rule.explanation,
                "condition": rule.condition,
            }
            for kind, several in self.by_kind.items()
            for rule in several
        ]  # fmt: skip
        return {"rules": rules, "thresholds": asdict(self.thresholds)}


def _first(rules: Iterable[Rule], found: Comparison) -> Rule | None:
    return next((rule for rule in rules if rule.holds(found)), None)
