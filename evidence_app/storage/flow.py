"""What the flow diagram is counted from: hits, merges, votes, retrieval, studies, and what somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from evidence_app.domain.flow import FlowNote
from evidence_app.domain.review import StatedNumber
from evidence_app.storage.connections import Reader
from evidence_app.storage.contents import number_state
from evidence_app.storage.record_names import leads


class Hit(NamedTuple):
    """A record that a search found: of which work, as which reference it came in."""

    work: int
    reference: int
    search: int


class FlowSearch(NamedTuple):
    """A source with one run on it; one without a run has no `search`."""

    search: int | None
    source: int
    name: str
    kind: str
    platform: str
    day: str
    files: int
    claimed: int | None
    seen: int | None
    kept: int | None


class Vote(NamedTuple):
    """One person's verdict at one stage, with its reason in words and the reason's place in the list."""

    reference: int
    person: int | None
    stage: str
    verdict: str
    reason: str
    made_as: str
    at: str
    id: int


class Attempt(NamedTuple):
    """The last thing known of getting a full text."""

    state: str
    how: str
    note: str


class Stated(NamedTuple):
    """A number the review states, with the row that holds it."""

    row: int
    number: StatedNumber


@dataclass(frozen=True, kw_only=True)
class FlowFacts:
    """Everything the diagram is counted from, read at one moment; works are what merged references became."""

    title: str = ""
    form: str = ""
    protocol: int | None = None
    """The row of the protocol, if there is one."""
    searches: tuple[FlowSearch, ...] = ()
    hits: tuple[Hit, ...] = ()
    gone: frozenset[int] = frozenset()
    """References that were taken out of the library."""
    rules: Mapping[int, str] = field(default_factory=dict)
    """Merged references and the rule by which they were merged; empty where a person judged."""
    late: frozenset[int] = frozenset()
    """Works into which a reference was merged after somebody had decided on one of the two."""
    votes: tuple[Vote, ...] = ()
    maybe_counts: str = "include"
    every_twice: bool = False
    twice: frozenset[tuple[int, str]] = frozenset()
    """Works that need two votes at a stage: members of a check or a calibration."""
    again: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """When works were put back into the queue of a stage."""
    attempts: Mapping[int, Attempt] = field(default_factory=dict)
    included: frozenset[int] = frozenset()
    """References that stand as included."""
    study_reports: tuple[tuple[int, int], ...] = ()
    """Studies with their reports."""
    stated: tuple[Stated, ...] = ()
    notes: tuple[FlowNote, ...] = ()

    def stated_number(self, key: str) -> Stated | None:
        """Return what the review states under this key."""
        return next((each for each in self.stated if each.number.key == key), None)


def flow_facts(reader: Reader) -> FlowFacts:
    """Read what the diagram is counted from."""
    merged = leads(reader)
    gone = frozenset(row[0] for row in reader.rows("SELECT id FROM reference WHERE removed IS NOT NULL"))
    protocol = reader.row(
        "SELECT id, form, maybe_counts, double_share FROM live_protocol ORDER BY id LIMIT 1"
    )
    review = reader.row("SELECT title FROM live_review ORDER BY id LIMIT 1")
    return FlowFacts(
        title=str(review["title"]) if review else "", form=str(protocol["form"]) if protocol else "",
        protocol=int(protocol["id"]) if protocol else None,
        searches=tuple(FlowSearch(*row) for row in reader.rows(_SEARCHES)),
        hits=tuple(
            Hit(merged.get(reference, reference), reference, search)
            for question in (_RECORDS, _KEPT) for search, reference in reader.rows(question)
        ),
        gone=gone,
        rules={row[0]: row[1] for row in reader.rows(_RULES)},
        late=frozenset(merged.get(row[0], row[0]) for row in reader.rows(_LATE)),
        votes=tuple(Vote(*row) for row in reader.rows(_VOTES)), attempts=_attempts(reader),
        maybe_counts=str(protocol["maybe_counts"]) if protocol else "include",
        every_twice=bool(protocol and (protocol["double_share"] or 0) >= 1),
        twice=frozenset((row[0], row[1]) for row in reader.rows(_TWICE)),
        again={(row[0], row[1]): row[2] for row in reader.rows(_AGAIN)},
        included=frozenset(
            row[0] for row in reader.rows("SELECT id FROM live_reference WHERE standing = 'included'")
        ),
        study_reports=tuple((row[0], row[1]) for row in reader.rows(_STUDIES)),
        stated=_stated(reader), notes=_notes(reader),
    )  # fmt: skip


_RULES: Final = "SELECT reference, iif(person IS NULL, rule, '') FROM live_merge ORDER BY id"
_SEARCHES: Final = """
    SELECT h.id, s.id, s.name, s.kind, s.platform, coalesce(nullif(h.searched_from, ''), h.searched_to, ''),
           (SELECT count(*) FROM live_search_file f WHERE f.search = h.id), h.claimed, h.seen, h.kept
    FROM live_source s LEFT JOIN live_search h ON h.source = s.id
    ORDER BY s.position, s.id, h.position, h.id"""
_RECORDS: Final = """
    SELECT f.search, c.reference FROM live_search_file f
    CROSS JOIN record c ON c.search_file = f.id AND c.removed IS NULL"""
_KEPT: Final = "SELECT w.search, w.reference FROM live_search_work w JOIN live_search h ON h.id = w.search"
_VOTES: Final = """
    SELECT d.reference, d.person, d.stage, d.verdict, coalesce(r.name, d.reason), d.made_as, d.at, d.id
    FROM live_decision d LEFT JOIN exclusion_reason r ON r.id = d.exclusion_reason ORDER BY d.at, d.id"""
_LATE: Final = """
    SELECT DISTINCT m.reference FROM live_merge m JOIN decision d INDEXED BY decision_by_reference
    ON d.reference IN (m.reference, m.kept) AND d.removed IS NULL AND d.at <> '' AND d.at < m.at"""
_STUDIES: Final = """
    SELECT DISTINCT x.study, x.reference FROM live_study_report x JOIN live_study s ON s.id = x.study
    ORDER BY x.study"""

_TWICE: Final = """
    SELECT m.reference, s.stage FROM live_sample s JOIN live_sample_member m ON m.sample = s.id
    WHERE s.purpose IN ('check', 'calibration')"""
_AGAIN: Final = "SELECT reference, stage, max(at) FROM live_look_again GROUP BY reference, stage"


def _attempts(reader: Reader) -> dict[int, Attempt]:
    rows = reader.rows("SELECT reference, state, how, note FROM live_retrieval ORDER BY at, id")
    return {row["reference"]: Attempt(row["state"], row["how"], row["note"]) for row in rows}


def _stated(reader: Reader) -> tuple[Stated, ...]:
    rows = reader.rows(
        "SELECT id, key, label, value, state, unit, basis FROM live_stated_number ORDER BY position, id"
    )
    return tuple(
        Stated(
            row["id"],
            StatedNumber(
                key=row["key"], label=row["label"], value=row["value"], state=number_state(row["state"]),
                unit=row["unit"], basis=row["basis"],
            ),
        )
        for row in rows
    )  # fmt: skip


def _notes(reader: Reader) -> tuple[FlowNote, ...]:
    rows = reader.rows(
        """
        SELECT n.id, n.equation, n.text, coalesce(p.name, ''), n.at FROM live_flow_note n
        LEFT JOIN person p ON p.id = n.person ORDER BY n.id
        """
    )
    return tuple(FlowNote(*row) for row in rows)


def last_position(reader: Reader) -> float:
    """Return the position of the last stated number, 0 where there is none."""
    return float(reader.value("SELECT max(position) FROM live_stated_number") or 0)
