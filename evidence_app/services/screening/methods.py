"""What the methods section says of the protocol and of screening, written from what was done."""

from collections.abc import Iterator
from dataclasses import dataclass

from evidence_app.domain.edit import counted
from evidence_app.domain.screening import Criterion, MadeAs, MaybeCounts, Outcome, Purpose, Stage
from evidence_app.domain.wording import in_words
from evidence_app.services.screening.agreement import (
    MAYBE_WORDS,
    STAGE_WORDS,
    UNNAMED_WORDS,
    agreements,
    figure,
    methods_sentence,
)
from evidence_app.services.screening.outcomes import StageOutcomes, at_stage
from evidence_app.services.screening.rounds import Round, rounds, voters
from evidence_app.services.screening.sampling import audited
from evidence_app.services.screening.stopping import day_words, ranking_sentences
from evidence_app.storage import contents, protocols, rankings, screening, screening_votes
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
    decided_on = [row for row, said in found.outcomes.items() if said is not Outcome.UNSCREENED]
    judged = [row for row in decided_on if _by_a_person(found, row)]
    if not judged:
        return
    protocol = screening.protocol(reader)
    decided = screening.decisions(reader, judged, stage)
    judges = dict.fromkeys(each.name for each in decided if each.made_as is MadeAs.REVIEWER)
    people = [name for name in judges if name]
    unnamed = [UNNAMED_WORDS[0].lower() + UNNAMED_WORDS[1:]] if "" in judges else []
    unit = "report" if stage is Stage.FULL_TEXT else "record"
    who = in_words([*people, *unnamed]) if people else "one reviewer"
    what = "The full texts" if stage is Stage.FULL_TEXT else "Titles and abstracts"
    yield f"{what} of {counted(len(judged), unit)} were judged by {who}."
    if protocol.all_twice:
        yield _twice(found, unit)
    yield from _of_samples(reader, found, unit)
    if protocol.blind and len(people) > 1:
        yield "Nobody saw the decisions of others before giving their own."
    yield from (methods_sentence(each) for each in agreements(reader, stage))
    settled = [each for each in decided if each.made_as is MadeAs.ADJUDICATOR]
    if settled:
        number = len({each.reference for each in settled})
        names = in_words(dict.fromkeys(each.name for each in settled if each.name))
        yield f"Differences on {counted(number, unit)} were settled by {names or 'an adjudicator'}."


def _by_a_person(found: StageOutcomes, row: int) -> bool:
    return any(each.made_as != MadeAs.AUTOMATION for each in found.held.of(row))


def _twice(found: StageOutcomes, unit: str) -> str:
    """Return what is true of judging every record twice."""
    people = [voters(found.held.of(row)) for row in found.outcomes]
    wanted = [each for row, each in zip(found.outcomes, people, strict=True)
              if each or found.outcomes[row] is Outcome.UNSCREENED]  # fmt: skip
    twice = sum(len(each) > 1 for each in wanted)
    if twice == len(wanted):
        return f"Every {unit} was judged by two people."
    so_far = f"{_so_far(twice)} of {len(wanted):,} {_was(twice)}"
    return f"Every {unit} is to be judged by two people; so far {so_far}."


def _of_samples(reader: Reader, found: StageOutcomes, unit: str) -> Iterator[str]:
    held = {each.sample.id: each for each in rounds(reader, found.stage, found.held)}
    for sample in screening.samples(reader, found.stage):
        if sample.purpose is Purpose.AUDIT:
            if audited(reader, sample).judged:
                yield audited(reader, sample).sentence
        else:
            yield from _of_round(reader, held[sample.id], unit)


def _of_round(reader: Reader, of: Round, unit: str) -> Iterator[str]:
    """Return what a check or a calibration round was, or how far it is."""
    sample = of.sample
    number = counted(len(sample.members), unit)
    parts = (
        f"{100 * sample.share:.3g} % of {sample.drawn_from:,}" if sample.share and sample.drawn_from else "",
        f"seed {sample.seed}" if sample.seed is not None else "",
    )
    drawn = f" ({', '.join(filter(None, parts))})" if any(parts) else ""
    is_check = sample.purpose is Purpose.CHECK
    if not of.is_finished:
        by = f", {sample.person_name}" if sample.person_name else ""
        what = (
            f"A random sample of {number}{drawn} is to be judged by a second person as well{by}"
            if is_check else f"In a calibration round {number} drawn at random{drawn} are to be judged by all"
        )  # fmt: skip
        yield f"{what}; so far {_so_far(of.twice)} {_was(of.twice)} judged by two people."
        return
    known = screening_votes.people(reader)
    if is_check:
        by = f", {sample.person_name}" if sample.person in of.people and sample.person_name else ""
        yield f"A random sample of {number}{drawn} was judged by a second person as well{by}."
    else:
        start = " before the start" if of.before_start else ""
        unnamed = UNNAMED_WORDS[0].lower() + UNNAMED_WORDS[1:]
        named = (known.get(each, "") if each is not None else unnamed for each in of.people)
        who = in_words(filter(None, named)) or "two people each"
        yield f"In a calibration round{start} {number} drawn at random{drawn} were judged by {who}."
    if of.poor:
        yield f"After this {of.name}: {of.poor}"
    elif of.least is not None and of.least.kappa is not None:
        yield f"Cohen’s κ of this {of.name} was {figure(of.least.kappa.value)}."


def _so_far(number: int) -> str:
    return f"{number:,}" if number else "none"


def _amended(reader: Reader) -> Iterator[str]:
    for each in protocols.amendments(reader):
        again = f"; {counted(each.again, 'record')} {_was(each.again)} judged again" if each.again else ""
        said = f"The protocol was amended on {day_words(each.at)}: {each.text.rstrip('.')}"
        yield f"{said} ({each.reason.rstrip('.')}){again}."


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


def printed_protocol(reader: Reader) -> tuple[ProtocolPart, ...]:
    """Return the protocol as an appendix of the review, once the team wrote rules down or decided by it.

    A review whose screening was done elsewhere tells its questions and criteria in its own words."""
    written = screening.protocol(reader).id is not None or bool(protocols.amendments(reader))
    return protocol_parts(reader) if written or protocols.has_decisions(reader) else ()


def _named(criterion: Criterion) -> str:
    return f"{criterion.code} {criterion.text}".strip()


def _was(number: int) -> str:
    return "was" if number in (0, 1) else "were"
