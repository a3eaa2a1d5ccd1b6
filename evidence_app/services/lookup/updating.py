"""Looking many references up, in a run that can be cancelled, resumed and repeated without the network.

Answers come back as values, each handed to the cache as it arrives. What a notice of retraction, concern or
correction says about a work is read here too: its absence is only ever "no notice found on" the date of the
answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, Protocol

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import CslDate, format_date
from evidence_app.services.lookup.cleaning import NOTICE_TYPES, NotAReference, csl_from_crossref
from evidence_app.services.lookup.comparing import FieldDifference, differences
from evidence_app.services.lookup.crossref import BATCH, is_about
from evidence_app.services.lookup.failures import CrossrefError, NotRegistered
from evidence_app.services.lookup.likeness import MARKED_TITLE, date_parts
from evidence_app.services.progress import Report, silent

Work = dict[str, Any]
AnswerState = Literal["found", "not found", "failed"]
State = Literal["found", "differs", "not found", "failed"]

FRESH: Final = timedelta(days=7)
"""How long an answer in the cache is used without asking again."""

_OFFLINE: Final = "Not looked up: the program is working offline, and no earlier answer is kept."


@dataclass(frozen=True, slots=True)
class Answer:
    """What Crossref said about one DOI, and when (ISO 8601, UTC). `doi` is the one it returned, or the one
    asked."""

    asked: str
    doi: str
    fetched_at: str
    work: Work | None = None
    state: AnswerState = "found"
    reason: str = ""


class Cache(Protocol):
    """Where answers are kept; DOIs are compared whatever their letter case."""

    def get(self, doi: str, /) -> Answer | None:
        """Return the kept answer for a DOI, if there is one."""

    def put(self, answer: Answer, /) -> None:
        """Keep an answer in place of an earlier one."""


class Asker(Protocol):
    """What is asked: `crossref.Crossref`."""

    def work(self, doi: str) -> Work:
        """Return one work or raise a `CrossrefError`."""

    def works(self, dois: Sequence[str]) -> dict[str, Work]:
        """Return the works known among these DOIs or raise a `CrossrefError`."""

    def watched(self, watch: Callable[[], None]) -> AbstractContextManager[None]:
        """Call `watch` while anything lasts."""


@dataclass(frozen=True, slots=True)
class LookUpResult:
    """Every DOI with its answer, in the order asked. `stopped` says why a run ended early, if it did."""

    answers: dict[str, Answer] = field(default_factory=dict)
    stopped: str = ""

    def of(self, state: AnswerState) -> list[Answer]:
        """Return the answers in one state."""
        return [answer for answer in self.answers.values() if answer.state == state]


def look_up(
    dois: Sequence[str], client: Asker | None, cache: Cache, report: Report = silent,
    *, fresh: timedelta = FRESH, now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> LookUpResult:  # fmt: skip
    """Ask for each DOI once; one failure does not stop the rest, and a repeated run asks only for what is
    missing.

    Without a client (offline) the answers of the cache are used whatever their age. Where asking fails, an
    earlier answer stands. Raises what `report` raises; what had arrived by then is in the cache."""
    run = _Run(list(dict.fromkeys(dois)), cache, report, now)
    run.take_cached(None if client is None else now() - fresh)
    if client is None:
        run.fail(run.open, _OFFLINE)
    else:
        with client.watched(run.watch):
            _ask_all(run, client)
    return LookUpResult({doi: run.answers[doi] for doi in run.dois}, run.stopped)


class _Run:
    """The state of one run: which DOIs have an answer, which are still open."""

    def __init__(self, dois: list[str], cache: Cache, report: Report, now: Callable[[], datetime]) -> None:
        self.dois = dois
        self.answers: dict[str, Answer] = {}
        self.stopped = ""
        self._cache = cache
        self._report = report
        self._now = now
        self._trouble = 0

    @property
    def open(self) -> list[str]:
        return [doi for doi in self.dois if doi not in self.answers]

    def watch(self) -> None:
        self._report(len(self.answers), len(self.dois))

    def take_cached(self, since: datetime | None) -> None:
        for doi in self.dois:
            kept = self._cache.get(doi)
            if kept and kept.state != "failed" and (since is None or _moment(kept) >= since):
                self.answers[doi] = kept
        self.watch()

    def found(self, doi: str, work: Work) -> None:
        self._trouble = 0
        self._keep(Answer(doi, str(work["DOI"]), self._stamp(), work))

    def unknown(self, doi: str, reason: str) -> None:
        self._trouble = 0
        self._keep(Answer(doi, doi, self._stamp(), None, "not found", reason))

    def fail(self, dois: Iterable[str], reason: str) -> None:
        """Note a failure; an earlier answer of the cache stands in its place."""
        for doi in dois:
            kept = self._cache.get(doi)
            if kept and kept.state != "failed":
                self.answers[doi] = kept
            else:
                self._keep(Answer(doi, doi, self._stamp(), None, "failed", reason))
        self.watch()

    def failed(self, dois: Sequence[str], error: CrossrefError) -> None:
        """Note what went wrong for these, or for all that are open where the run ends."""
        self.fail(self.open if self.ends_with(error) else dois, str(error))

    def ends_with(self, error: CrossrefError) -> bool:
        """Whether the run ends here: nothing more can be had, or the third trouble in a row."""
        self._trouble += not error.about_one_work
        if error.stops_the_run or self._trouble >= 3:
            self.stopped = str(error)
        return bool(self.stopped)

    def _keep(self, answer: Answer) -> None:
        self.answers[answer.asked] = answer
        self._cache.put(answer)
        self.watch()

    def _stamp(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="seconds")


def _moment(answer: Answer) -> datetime:
    moment = datetime.fromisoformat(answer.fetched_at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ask_all(run: _Run, client: Asker) -> None:
    together = [doi for doi in run.open if "," not in doi]
    for at in range(0, len(together), BATCH):
        batch = together[at : at + BATCH]
        if len(batch) > 1 and not run.stopped:
            _ask_batch(run, client, batch)
    for doi in run.open:
        if run.stopped:
            return
        _ask_one(run, client, doi)


def _ask_batch(run: _Run, client: Asker, batch: Sequence[str]) -> None:
    """Ask for several; those that do not come back are asked for alone, which tells a merged DOI from
    none."""
    try:
        found = client.works(batch)
    except CrossrefError as error:
        if run.ends_with(error):
            run.fail(run.open, str(error))
        return
    for doi, work in found.items():
        run.found(doi, work)


def _ask_one(run: _Run, client: Asker, doi: str) -> None:
    try:
        run.found(doi, client.work(doi))
    except NotRegistered as error:
        run.unknown(doi, str(error))
    except CrossrefError as error:
        run.failed([doi], error)


# What an answer means for a reference


@dataclass(frozen=True, slots=True)
class Update:
    """A notice about a work: what it is, who says so (publisher, retraction-watch, title), when and where."""

    kind: Literal["retraction", "concern", "correction", "new version"]
    label: str
    doi: str
    sources: tuple[str, ...]
    date: CslDate | None = None

    @property
    def sentence(self) -> str:
        """The notice in words."""
        when = f", {format_date(self.date)}" if self.date else ""
        return f"{self.label} ({', '.join(self.sources)}{when})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reference after its look-up: what differs, which notices exist, and Crossref's item if there is
    one."""

    state: State
    answer: Answer
    fields: tuple[FieldDifference, ...] = ()
    updates: tuple[Update, ...] = ()
    theirs: CslItem = field(default_factory=dict)
    reason: str = ""


def outcome(mine: CslItem, answer: Answer) -> Outcome:
    """Compare a reference with its answer; a record that is no reference fails with the reason.

    It differs where there is something to choose: empty fields of mine, and fields where theirs says less,
    are listed all the same."""
    if answer.work is None:
        return Outcome("failed" if answer.state == "failed" else "not found", answer, reason=answer.reason)
    updates = tuple(updates_of(answer.work))
    try:
        theirs = csl_from_crossref(answer.work)
    except NotAReference as error:
        return Outcome("failed", answer, (), updates, reason=str(error))
    fields = tuple(_noting_the_merge(one, answer) for one in differences(mine, theirs))
    to_choose = any(one.kind not in {"missing", "poorer"} for one in fields)
    return Outcome("differs" if to_choose else "found", answer, fields, updates, theirs)


def _noting_the_merge(difference: FieldDifference, answer: Answer) -> FieldDifference:
    """Say so where the DOIs differ because Crossref merged mine into the one it returned."""
    if (
        difference.field != "DOI"
        or difference.kind != "differs"
        or not is_about(answer.work or {}, answer.asked)
    ):
        return difference
    return replace(difference, kind="variant", note=f"Crossref has merged {answer.asked} into this DOI")


_KINDS: Final[Mapping[str, Literal["retraction", "concern", "correction"]]] = {
    "retraction": "retraction", "partial_retraction": "retraction", "withdrawal": "retraction",
    "removal": "retraction", "expression_of_concern": "concern",
}  # fmt: skip


def updates_of(work: Mapping[str, Any]) -> list[Update]:
    """Return the notices about a work, gravest first: from `updated-by`, and from the title publishers mark.

    An entry is discounted only where Retraction Watch lists this record as the notice and not also as what
    was retracted (publishers' notices can name themselves); the same notice from two sources is one."""
    own = str(work.get("DOI") or "").casefold()
    entries = _entries(work.get("updated-by"))
    if _is_the_notice(work, entries):
        entries = []
    found: dict[tuple[str, str], Update] = {}
    for entry in entries:
        update = _update(entry)
        if update.kind == "new version" and update.doi == own:
            continue
        key = (str(entry.get("type")), update.doi)
        if key in found:
            sources = (*found[key].sources, *update.sources)
            update = Update(
                update.kind, update.label, update.doi, tuple(dict.fromkeys(sources)), found[key].date
            )
        found[key] = update
    updates = [*found.values(), *_from_title(work, found.values())]
    grave = ("retraction", "concern", "correction", "new version")
    return sorted(updates, key=lambda update: grave.index(update.kind))


def _entries(value: Any) -> list[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []


def _is_the_notice(work: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> bool:
    watch = "retraction-watch"
    notice = any(
        one.get("source") == watch and one.get("type") in NOTICE_TYPES
        for one in _entries(work.get("update-to"))
    )
    return notice and not any(entry.get("source") == watch for entry in entries)


def _update(entry: Mapping[str, Any]) -> Update:
    kind = str(entry.get("type") or "")
    known = _KINDS.get(kind) or ("new version" if kind == "new_version" else "correction")
    parts = date_parts(entry.get("updated"))
    return Update(
        known,
        str(entry.get("label") or kind.replace("_", " ").capitalize()),
        str(entry.get("DOI") or "").casefold(),
        (str(entry.get("source") or "publisher"),),
        {"date-parts": [parts]} if parts else None,
    )


def _from_title(work: Mapping[str, Any], known: Iterable[Update]) -> list[Update]:
    titles = work.get("title")
    title = str(titles[0]) if isinstance(titles, list) and titles else ""
    found = MARKED_TITLE.match(title)
    if not found:
        return []
    kind: Literal["retraction", "concern"] = "concern" if "concern" in found[1].lower() else "retraction"
    if any(update.kind == kind for update in known):
        return []
    return [Update(kind, f"The title begins with “{found[1]}”", "", ("title",))]
