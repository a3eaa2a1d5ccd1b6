"""Which records a packet is made of: those of a sample, or all that are at a stage."""

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Purpose, Sample, Stage
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.storage import screening
from evidence_app.storage.connections import Reader


def sample_for(reader: Reader, stage: Stage, name: str = "", person_guid: str = "") -> Sample | None:
    """Return the sample meant by its name, else the last that was drawn for a second reader of a stage.

    Where a person is named, one drawn for somebody else is passed over. Raises `EvidenceError` for a name
    that no sample has."""
    drawn = [each for each in screening.samples(reader, stage) if each.purpose is not Purpose.AUDIT]
    if name:
        found = [each for each in screening.samples(reader, stage) if name in (each.name, each.guid)]
        if not found:
            known = ", ".join(f"“{each.name}”" for each in drawn) or "none"
            raise EvidenceError(f"No sample of this stage is called “{name}”; there are: {known}.")
        return found[-1]
    row = reader.value("SELECT id FROM person WHERE guid = :guid", guid=person_guid)
    meant = [each for each in drawn if not person_guid or each.person in (None, row)]
    return meant[-1] if meant else None


def records_for(reader: Reader, stage: Stage, sample: Sample | None) -> list[int]:
    """Return the records of a sample in the order they were drawn, or all records at a stage."""
    return list(sample.members) if sample else list(outcomes(reader, stage))
