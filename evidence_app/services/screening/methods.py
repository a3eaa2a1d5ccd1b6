"""What the methods section says of the protocol and of screening, written from what was done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence_app.domain.edit import counted
from evidence_app.domain.screening import Criterion, MadeAs, MaybeCounts, Outcome, Purpose, Sample, Stage
from evidence_app.services.screening.agreement import (
    MAYBE_WORDS,
    STAGE_WORDS,
    UNNAMED_WORDS,
    agreements,
    methods_sentence,
)
from evidence_app.services.screening.outcomes import at_stage
from evidence_app.services.screening.sampling import audited
from evidence_app.services.screening.stopping import day_words, ranking_sentences
from evidence_app.storage import contents, protocols, rankings, screening
from evidence_app.storage.connections import Reader


def screening_paragraphs(reader: Reader) -> tuple[str, ...]:
    """Return the paragraphs on screening; none where nothing was decided here."""
    if not protocols.has_decisions(reader):
        return ()
    parts = [" ".join(_of_stage(reader, stage)) for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)]
    parts += [ranking_sentences(reader, run) for run in rankings.runs(reader)]
    parts.append(" ".join(_amended(reader)))
    return tuple(part for part in parts if part)


def _of_stage(reader: Reader, stage: Stage) -> Iterator[str]:
    found = at_stage(reader, stage)
    judged = [row for row, outcome in found.outcomes.items() if outcome is not Outcome.UNSCREENED]
    if not judged:
        return
    protocol = screening.protocol(reader)
    decided = screening.decisions(reader, judged, stage)
    judges = dict.fromkeys(each.name for each in decided if each.made_as is MadeAs.REVIEWER)
    people = [name for name in judges if name]
    unnamed = [UNNAMED_WORDS[0].lower() + UNNAMED_WORDS[1:]] if "" in judges else []
    unit = "report" if stage is Stage.FULL_TEXT else "record"
    who = listed([*people, *unnamed]) if people else "one reviewer"
    what = "The full texts" if stage is Stage.FULL_TEXT else "Titles and abstracts"
    yield f"{what} of {counted(len(judged), unit)} were judged by {who}."
    if protocol.all_twice:
        yield f"Every {unit} was judged by two people."
    yield from filter(None, (_of_sample(reader, sample, unit) for sample in screening.samples(reader, stage)))
    if protocol.blind and len(people) > 1:
        yield "Nobody saw the decisions of others before giving their own."
    yield from (methods_sentence(each) for each in agreements(reader, stage))
    settled = [each for each in decided if each.made_as is MadeAs.ADJUDICATOR]
    if settled:
        number = len({each.reference for each in settled})
        names = listed(dict.fromkeys(each.name for each in settled if each.name))
        yield f"Differences on {counted(number, unit)} were settled by {names or 'an adjudicator'}."


def _of_sample(reader: Reader, sample: Sample, unit: str) -> str:
    if sample.purpose is Purpose.AUDIT:
        return audited(reader, sample).sentence if audited(reader, sample).judged else ""
    number = counted(len(sample.members), unit)
    share = (
        f"{100 * sample.share:.0f} % of {sample.drawn_from:,}" if sample.share and sample.drawn_from else ""
    )
    drawn = ", ".join(
        part for part in (share, f"seed {sample.seed}" if sample.seed is not None else "") if part
    )
    drawn = f" ({drawn})" if drawn else ""
    if sample.purpose is Purpose.CALIBRATION:
        return f"In a calibration round before the start {number} drawn at random{drawn} were judged by all."
    by = f", {sample.person_name}" if sample.person_name else ""
    return f"A random sample of {number}{drawn} was judged by a second person as well{by}."


def _amended(reader: Reader) -> Iterator[str]:
    for each in protocols.amendments(reader):
        again = f"; {counted(each.again, 'record')} {_was(each.again)} judged again" if each.again else ""
        said = f"The protocol was amended on {day_words(each.at)}: {each.text.rstrip('.')}"
        yield f"{said} ({each.reason.rstrip('.')}){again}."


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them."""
    every = list(names)
    return " and ".join(part for part in (", ".join(every[:-1]), *every[-1:]) if part)


@dataclass(frozen=True, slots=True)
class ProtocolPart:
    """A part of the protocol as it is printed: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


def protocol_parts(reader: Reader) -> tuple[ProtocolPart, ...]:
    """Return the protocol as it is printed with the methods; parts that say nothing are left out."""
    protocol = screening.protocol(reader)
    planned = [
        f"{100 * protocol.double_share:.0f} % of the records are judged by two people."
        if protocol.double_share else "",
        "Reviewers do not see each other’s decisions." if protocol.blind else "Reviewers see all decisions.",
        f"{MAYBE_WORDS[protocol.maybe_counts]}, on title and abstract."
        if protocol.id is not None or protocol.maybe_counts is not MaybeCounts.INCLUDE else "",
        f"Calibration round: {counted(protocol.calibration, 'record')}." if protocol.calibration else "",
        f"Least agreement: Cohen’s κ of {protocol.least_agreement:.2f}."
        if protocol.least_agreement is not None else "",
        f"After a poorer check: {protocol.after_poor_check}" if protocol.after_poor_check else "",
    ]  # fmt: skip
    criteria = protocols.criteria(reader)
    parts = (
        ProtocolPart("Type of review", (protocol.review_type,)),
        ProtocolPart("Registration", (protocol.registration,)),
        ProtocolPart("Questions", tuple(each.text for each in contents.questions(reader))),
        ProtocolPart("Concepts", tuple(f"{each.name}: {each.text}" for each in protocols.concepts(reader))),
        ProtocolPart("Included", tuple(_named(each) for each in criteria if each.includes)),
        ProtocolPart("Excluded", tuple(_named(each) for each in criteria if not each.includes)),
        *(
            ProtocolPart(f"Reasons, {STAGE_WORDS[stage]}",
                         tuple(each.name for each in screening.reasons(reader, stage)))
            for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)
        ),
        ProtocolPart("Screening", tuple(planned) if protocol.id is not None else ()),
        ProtocolPart("Roles", tuple(f"{each.name}: {each.role}" for each in protocols.roles(reader))),
        ProtocolPart("Amendments", tuple(_amended(reader))),
    )  # fmt: skip
    said = (ProtocolPart(each.heading, tuple(filter(None, each.lines))) for each in parts)
    return tuple(each for each in said if each.lines)


def _named(criterion: Criterion) -> str:
    return f"{criterion.code} {criterion.text}".strip()


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
