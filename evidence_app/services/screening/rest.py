"""What becomes of the records nobody judged, once the rule by which a ranked screening stops is met."""

from evidence_app.domain.edit import Change, Edit, counted, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import MadeAs, Outcome, RankedRun, Verdict
from evidence_app.services.screening import stopping
from evidence_app.services.screening.deciding import moment_after
from evidence_app.services.screening.outcomes import at_stage
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Who


def unjudged(reader: Reader, run: RankedRun) -> list[int]:
    """Return the records of the stage that nobody and nothing has decided, by id."""
    outcomes = at_stage(reader, run.stage).outcomes
    return sorted(record for record, found in outcomes.items() if found is Outcome.UNSCREENED)


def exclude_rest(reader: Reader, run: RankedRun, person: Who, viewer: int | None) -> Edit:
    """Return the edit that excludes what nobody judged, as the work of automation, and ends the ranking.

    The decisions bear the name of whoever applied the rule; what a person decides later counts before them.
    Raises `EvidenceError` while the rule is not met, and where nothing is left."""
    state = stopping.stop_state(reader, run, viewer)
    if not state.met:
        raise EvidenceError(
            f"The rule by which you stop is not met yet: {state.words}. Nothing was excluded."
        )
    rest = unjudged(reader, run)
    if not rest:
        raise EvidenceError("Nothing is left to exclude: every record was decided.")
    at = moment_after(run.started_at)
    why = f"The rule was met ({state.words}); {counted(len(rest), 'record')} nobody had judged "
    why += "was excluded by it" if len(rest) == 1 else "were excluded by it"
    changes: list[Change] = [
        insert(
            "decision", reference=record, person=person, stage=run.stage.value,
            made_as=MadeAs.AUTOMATION.value, verdict=Verdict.EXCLUDE.value, at=at, ranking=run.id,
            note=f"Not read: {stopping.rule_words(stopping.Rule(run.rule), run.threshold)}",
        )
        for record in rest
    ]  # fmt: skip
    changes += stopping.leave(run, why).changes
    return Edit(f"Exclude {counted(len(rest), 'record')} by the rule of the ranking", tuple(changes))
