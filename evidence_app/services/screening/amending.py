"""Amendments: a dated change of the protocol that names the decisions it touches and has them made again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Decision, Stage, Verdict
from evidence_app.services.screening.deciding import moment_after
from evidence_app.services.screening.outcomes import is_fresh
from evidence_app.services.screening.standing import following_all
from evidence_app.storage import protocols, screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Ballots, Who


@dataclass(frozen=True, slots=True)
class Touched:
    """Records whose decisions an amendment may touch, and in words which these are."""

    key: str
    words: str
    stage: Stage
    references: tuple[int, ...]
    named: tuple[int, ...] = ()
    """Those that may be named to who asks: while screening is blind, the ones they judged themselves."""


def touched(
    reader: Reader,
    stage: Stage,
    *,
    criterion: int | None = None,
    verdict: Verdict | None = None,
    since: str = "",
    among: Iterable[int] | None = None,
) -> tuple[int, ...]:
    """Return the records with decisions that count at a stage: those a criterion's reasons excluded, those
    with a verdict, those decided from a day on (2023-05-01), those among a chosen set; or all of these."""
    records = set(screening.screened(reader))
    if among is not None:
        records &= set(among)
    named = {each.id for each in screening.reasons(reader) if each.criterion == criterion}
    again = screening.ballots(reader, stage).again
    found = {
        each.reference
        for each in screening.decisions(reader, stage=stage)
        if each.reference in records
        and is_fresh(each.at, again.get(each.reference, ""))
        and (criterion is None or _gives(each, named))
        and (verdict is None or each.verdict is verdict)
        and each.at >= since
    }
    return tuple(sorted(found))


def _gives(decision: Decision, reasons: set[int]) -> bool:
    return decision.verdict is Verdict.EXCLUDE and not reasons.isdisjoint(decision.reasons)


def offers(reader: Reader, criterion: int | None = None, viewer: Who = None) -> list[Touched]:
    """Return which decisions may be made again after a change, those of its criterion first; none empty."""
    found = []
    for stage, words in ((Stage.TITLE_ABSTRACT, "on title and abstract"), (Stage.FULL_TEXT, "in full text")):
        kinds = {
            "criterion": f"Excluded by this criterion {words}", "include": f"Included or Maybe {words}",
            "exclude": f"Excluded {words}", "all": f"All decided {words}",
        }  # fmt: skip
        for kind, said in kinds.items():
            if kind == "criterion" and criterion is None:
                continue
            rows = of_kind(reader, stage, kind, criterion)
            found.append(
                Touched(f"{kind}:{stage}", said, stage, rows, may_be_named(reader, stage, rows, viewer))
            )
    return [each for each in found if each.references]


def of_kind(
    reader: Reader, stage: Stage, kind: str, criterion: int | None = None, *, since: str = "",
    among: Iterable[int] | None = None,
) -> tuple[int, ...]:  # fmt: skip
    """Return the records of one kind of touched decisions: criterion, include (Maybe too), exclude or all."""
    chosen = None if among is None else tuple(among)
    if kind == "criterion":
        return touched(reader, stage, criterion=criterion, since=since, among=chosen)
    if kind == "exclude":
        return touched(reader, stage, verdict=Verdict.EXCLUDE, since=since, among=chosen)
    everything = touched(reader, stage, since=since, among=chosen)
    if kind == "all":
        return everything
    excluded = set(touched(reader, stage, verdict=Verdict.EXCLUDE, since=since, among=chosen))
    return tuple(each for each in everything if each not in excluded)


def may_be_named(reader: Reader, stage: Stage, references: Sequence[int], viewer: Who) -> tuple[int, ...]:
    """Return those of these records whose decisions a person may know: their own while it is blind."""
    person = screening.person_row(reader, viewer)
    if not screening.protocol(reader).blind or screening.holds_role(reader, person, "adjudicator"):
        return tuple(references)
    own = {
        each.reference for each in screening.decisions(reader, references, stage)
        if person is not None and each.person == person
    }  # fmt: skip
    return tuple(each for each in references if each in own)


def amend(
    reader: Reader,
    text: str,
    reason: str,
    person: Who,
    *,
    criterion: int | None = None,
    after: str | None = None,
    again: Mapping[Stage, Sequence[int]] | None = None,
    before: str = "",
    changes: Sequence[Change] = (),
) -> Edit:
    """Return the one edit that dates a change of the protocol, rewords a criterion to `after`, and puts the
    records of `again` back into their queues: decisions on them count no more until they are made again.

    `changes` are further changes of the protocol that belong to it (`set_protocol`). Raises `EvidenceError`
    where it says nothing, or not why."""
    if not text.strip() or not reason.strip():
        raise EvidenceError("An amendment says what changes, and why. Nothing was written.")
    said = next((each for each in protocols.criteria(reader) if each.id == criterion), None)
    if criterion is not None and said is None:
        raise EvidenceError("This criterion is not in the protocol any more. Nothing was written.")
    before = said.text if said is not None and not before else before
    wanted = {stage: tuple(dict.fromkeys(rows)) for stage, rows in (again or {}).items() if rows}
    at = moment_after(_newest(reader, wanted))
    made = insert(
        "amendment", text=text.strip(), reason=reason.strip(), criterion=criterion, before=before,
        after=(after or "").strip(), person=person, at=at,
    )  # fmt: skip
    done: list[Change] = [made, *changes]
    if said is not None and after is not None:
        done += set_columns("criterion", said.id, {"text": said.text}, {"text": after.strip()})
    row = RowOf("amendment", made.guid)
    done += [
        insert("look_again", reference=each, stage=stage.value, amendment=row, at=at)
        for stage, rows in wanted.items() for each in rows
    ]  # fmt: skip
    done += following_all(reader, change=_put_back(wanted, at))
    number = len({each for rows in wanted.values() for each in rows})
    words = f", and judge {counted(number, 'record')} again" if number else ""
    return Edit(f"Amend the protocol{words}", tuple(done))


def _newest(reader: Reader, wanted: Mapping[Stage, Sequence[int]]) -> str:
    """Return the time of the newest decision that is put back, so that the amendment is later."""
    return max(
        (each.at for stage, rows in wanted.items() for each in screening.decisions(reader, rows, stage)),
        default="",
    )


def _put_back(wanted: Mapping[Stage, Sequence[int]], at: str) -> Callable[[Stage, Ballots], Ballots]:
    def changed(stage: Stage, held: Ballots) -> Ballots:
        return replace(held, again={**held.again, **dict.fromkeys(wanted.get(stage, ()), at)})

    return changed
