"""The commands that ask Crossref: update and find-dois."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from evidence_app.cli.shared import (
    acting_option,
    json_option,
    opened,
    opened_or_read,
    print_json,
    project_argument,
)
from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project

Command = Callable[..., Any]


def asking_options(command: Command) -> Command:
    """Add where to ask, and the address sent along, which is none unless one is given."""
    command = click.option("--crossref-url", default=None, metavar="URL", help="Another server.")(command)
    return click.option("--mailto", default=None, metavar="M", help="Your address, sent to Crossref.")(
        command
    )


@click.command()
@project_argument
@click.option("--number", "numbers", type=int, multiple=True, help="Only this reference; several times.")
@click.option("--apply", "taking", type=click.Choice(["none", "empty", "all"]), default="none")
@asking_options
@acting_option
@json_option
def update(
    project: str,
    numbers: tuple[int, ...],
    taking: str,
    crossref_url: str | None,
    mailto: str | None,
    acting: str,
    as_json: bool,
) -> None:
    """Ask Crossref about references that have a DOI; nothing is changed without --apply.

    A file that cannot be written is asked about too; the answers are not kept then."""
    from evidence_app.services.library import crossref_updates
    from evidence_app.storage import crossref_answers, references

    with _for_asking(project, acting, writes=taking != "none") as (reader, found):
        chosen = _chosen(references.all_references(reader), numbers)
        known: dict[int, Any] = {each.id: references.provenance(reader, each.id) for each in chosen}
        kept = crossref_updates.KeptAnswers(crossref_answers.answers(reader))
        try:
            with client(crossref_url, mailto) as asker:
                asked = crossref_updates.ask(chosen, asker, kept, known=known)
        finally:
            if found is not None:
                found.keep("cache_crossref", crossref_answers.rows_of(kept.rows_for(chosen, known)))
        edit = _edit(asked.updated, taking, known)
        if edit and found is not None:
            found.apply(edit)
            after: dict[int, Any] = {each.id: references.provenance(reader, each.id) for each in chosen}
            answers = {each.asked: each for each in crossref_answers.answers(reader)}
            fresh = references.references(reader, [each.id for each in chosen])
            found.keep(
                "cache_crossref",
                crossref_answers.rows_of(crossref_updates.restated(fresh, answers, after)),
            )
    rows = [_updated_json(each, known) for each in asked.updated]
    rows += [_without_doi(each) for each in asked.passed_over if each.number in numbers]
    if as_json:
        print_json(rows)
    else:
        _tell(rows, edit)
        if found is None:
            click.echo("The file cannot be written, so the answers are not kept.")
    if asked.stopped:
        kept_words = "What had arrived is kept; run" if found is not None else "Run"
        raise EvidenceError(f"{asked.stopped} {kept_words} it again to go on.")


@contextmanager
def _for_asking(project: str, acting: str, *, writes: bool) -> Iterator[tuple[Reader, Project | None]]:
    """Open a project to change it; only to ask, one that cannot be written will do."""
    if not writes:
        with opened_or_read(project, acting) as held:
            yield held
    else:
        with opened(project, acting) as found, found.reader() as reader:
            yield reader, found


def _chosen(references: Sequence[Reference], numbers: Sequence[int]) -> list[Reference]:
    by_number = {reference.number: reference for reference in references}
    unknown = [number for number in numbers if number not in by_number]
    if unknown:
        raise EvidenceError(f"There is no reference number {unknown[0]}. Nothing was asked.")
    if numbers:
        return [by_number[number] for number in dict.fromkeys(numbers)]
    return [reference for reference in references if reference.doi]


@contextmanager
def client(url: str | None, mailto: str | None) -> Iterator[Any]:
    """Open the one adapter, at another server where one is named."""
    from evidence_app.services.lookup.crossref import PUBLIC_URL, Crossref

    asker = Crossref(url or PUBLIC_URL, mailto)
    try:
        yield asker
    finally:
        asker.close()


def _edit(updated: Sequence[Any], taking: str, known: Any) -> Edit:
    from evidence_app.services.library import crossref_updates

    if taking == "none":
        return Edit("Change nothing")
    if taking == "empty":
        return crossref_updates.fill_empty(crossref_updates.fillings(updated, known), known)
    edits = [
        crossref_updates.edit_for(
            each.reference, each.outcome.theirs, {one.field: "theirs" for one in each.outcome.fields},
            known[each.reference.id], doi=each.outcome.answer.doi,
        )
        for each in updated
        if each.outcome.fields
    ]  # fmt: skip
    changes = tuple(change for edit in edits for change in edit.changes)
    return Edit(f"Take over Crossref’s values for {counted(len(edits), 'reference')}", changes)


def _updated_json(each: Any, known: Any) -> dict[str, Any]:
    outcome = each.outcome
    row: dict[str, Any] = {
        "number": each.reference.number, "id": str(each.reference.id), "doi": outcome.answer.doi,
        "asked": outcome.answer.asked, "state": each.with_state(known[each.reference.id]),
        "fields": [{"field": one.field, "mine": one.mine, "theirs": one.theirs} for one in outcome.fields],
        "updates": [
            {"kind": one.kind, "label": one.label, "doi": one.doi, "sources": list(one.sources),
             "date": one.date}
            for one in outcome.updates
        ],
    }  # fmt: skip
    if outcome.reason:
        row["reason"] = outcome.reason
    return row


def _without_doi(reference: Reference) -> dict[str, Any]:
    return {
        "number": reference.number, "id": str(reference.id), "doi": None, "asked": None, "state": "not found",
        "reason": "It has no DOI; find-dois may find one.", "fields": [], "updates": [],
    }  # fmt: skip


def _tell(rows: Sequence[dict[str, Any]], edit: Edit) -> None:
    for row in rows:
        fields = ", ".join(one["field"] for one in row["fields"])
        notices = "; ".join(one["label"] for one in row["updates"])
        parts = [part for part in (row.get("reason", ""), fields, notices) if part]
        click.echo(f"{row['number'] or '–':>4}  {row['state']:<10}{' | '.join(parts)}")
    click.echo(f"{edit.label}." if edit else "Nothing was changed.")


@click.command("find-dois")
@project_argument
@click.option("--apply", "applying", is_flag=True, help="Take over those that match beyond doubt.")
@asking_options
@acting_option
@json_option
def find_dois(
    project: str, applying: bool, crossref_url: str | None, mailto: str | None, acting: str, as_json: bool
) -> None:
    """Look for the DOIs of references that have none."""
    from evidence_app.services.library.references import set_fields
    from evidence_app.services.lookup.finding import find_dois as find
    from evidence_app.storage import references

    with _for_asking(project, acting, writes=applying) as (reader, found):
        without = {each.id: each for each in references.all_references(reader) if not each.doi}
        with client(crossref_url, mailto) as asker:
            result = find({at: each.item for at, each in without.items()}, asker)
        sure = {at: one for at, one in result.matches.items() if one.state == "applied" and one.candidate}
        changes = tuple(
            change
            for at, one in sure.items()
            if one.candidate
            for change in set_fields(
                without[at], {"DOI": one.candidate.doi}, references.provenance(reader, at), origin="crossref",
                source=one.candidate.doi,
            ).changes
        )  # fmt: skip
        if applying and changes and found is not None:
            found.apply(Edit(f"Add {counted(len(sure), 'DOI')} found at Crossref", changes))
    rows = [_match_json(without[at], one) for at, one in result.matches.items()]
    rows += [
        {
            "number": without[at].number,
            "id": str(at),
            "state": "failed",
            "doi": None,
            "reason": reason,
            "evidence": [],
        }
        for at, reason in result.failed.items()
    ]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            what = row["doi"] or row["reason"]
            click.echo(f"{row['number'] or '–':>4}  {row['state']:<10}{what}")
        click.echo(f"Took over {counted(len(sure), 'DOI')}." if applying else "Nothing was changed.")
    if result.stopped:
        unchanged = "" if "Nothing was changed" in result.stopped else "Nothing was changed."
        said = "What was found before was taken over." if applying and sure else unchanged
        raise EvidenceError(f"{result.stopped} {said}".rstrip())


def _match_json(reference: Reference, match: Any) -> dict[str, Any]:
    return {
        "number": reference.number, "id": str(reference.id),
        "state": "matched" if match.state == "applied" else match.state,
        "doi": match.candidate.doi if match.candidate else None, "reason": match.reason,
        "evidence": [
            {"field": one.field, "mine": one.mine, "theirs": one.theirs, "agrees": one.agrees}
            for one in match.evidence
        ],
    }  # fmt: skip
