"""The commands of coding: attaching documents, listing codings, writing quotations."""

from pathlib import Path
from typing import Any

import click

from evidence_app.cli.shared import (
    acting_option,
    json_option,
    known,
    opened,
    person,
    print_json,
    print_table,
    project_argument,
    reading,
)
from evidence_app.domain.edit import RowOf, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.services.progress import silent

_LONGEST_NUMBER = 15
"""Digits of a number that can name a reference."""


@click.command()
@project_argument
@click.argument("reference", metavar="[REFERENCE]", required=False, default="")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--replace", "act", flag_value="replace", help="FILE is a newer version of the document.")
@click.option("--highlights", "act", flag_value="highlights", help="Write FILE: its PDF with highlights.")
@click.option("--bring-in", "act", flag_value="bring-in", help="Make quotations of highlights in its PDF.")
@acting_option
@json_option
def documents(
    project: str, reference: str, file: Path | None, act: str | None, acting: str, as_json: bool
) -> None:
    """List the documents, or attach FILE to the report with this citation number, id or DOI."""
    if not reference:
        _list(project, acting, as_json)
        return
    if act == "bring-in":
        told = _brought_in(project, reference, acting)
    elif file is None:
        raise click.UsageError("Which file? Give: documents PROJECT REFERENCE FILE")
    else:
        acts = {"replace": _replaced, "highlights": _highlighted}
        told = acts.get(act or "", _attached)(project, reference, file, acting)
    if as_json:
        print_json(told)
    else:
        click.echo(told["told"])


def _list(project: str, acting: str, as_json: bool) -> None:
    from evidence_app.storage import coding, references

    with reading(project) as reader:
        found = coding.documents(reader)
        known = {
            int(each.id): each for each in references.references(reader, [each.reference for each in found])
        }
        viewer = _viewer(reader, acting)
        quoted = {each.id: len(coding.quotations(reader, each.id, viewer)) for each in found}
    values = [
        {
            "id": str(each.id), "reference": str(each.reference), "number": known[each.reference].number,
            "report": known[each.reference].short_label, "name": each.name, "kind": each.kind,
            "pages": len(each.pages), "characters": each.length, "quotations": quoted[each.id],
            "text_sha256": each.text_sha256,
        }
        for each in found if each.reference in known
    ]  # fmt: skip
    if as_json:
        print_json(values)
        return
    rows = [
        (value["number"], value["report"], value["pages"] or None, value["quotations"], value["name"])
        for value in values
    ]
    print_table(rows, ("No", "Report", "Pages", "Quotes", "Document"))


def _attached(project: str, reference: str, file: Path, acting: str) -> dict[str, Any]:
    from evidence_app.services.coding import documents as attaching
    from evidence_app.services.coding.full_texts import read_document
    from evidence_app.services.library.attachments import keep_copies

    with opened(project, acting) as found:
        with found.reader() as reader:
            report = _reference(reader, reference)
        read = read_document(file)
        (kept,) = keep_copies(found.path, [file], silent)
        found.apply(attaching.attach(report.id, read, kept, RowOf("person", found.acting.guid)))
    size = counted(len(read.pages), "page") if read.pages else counted(len(read.text), "character")
    without = "" if read.text else " It has no text (a scan); areas of its pages can be quoted."
    return {
        "reference": str(report.id), "name": read.name, "kind": read.kind, "pages": len(read.pages),
        "characters": len(read.text), "sha256": read.sha256, "text_sha256": read.text_sha256,
        "told": f"Attached {read.name} ({size}) to {report.short_label}.{without}",
    }  # fmt: skip


def _replaced(project: str, reference: str, file: Path, acting: str) -> dict[str, Any]:
    from evidence_app.services.coding import documents as attaching
    from evidence_app.services.coding.full_texts import read_document
    from evidence_app.services.library.attachments import keep_copies
    from evidence_app.storage import coding, coding_notes

    with opened(project, acting) as found:
        with found.reader() as reader:
            report = _reference(reader, reference)
            held = coding.documents(reader, report.id)
            if len(held) != 1:
                raise EvidenceError(
                    f"{report.short_label} has {counted(len(held), 'document')}, so it is not clear which "
                    "one is replaced. Nothing was changed. Replace it in the window, on the Coding screen."
                )
            quotations = coding.quotations(reader, held[0].id)
            regions = coding_notes.regions(reader, held[0].id)
        read = read_document(file)
        (kept,) = keep_copies(found.path, [file], silent)
        who = RowOf("person", found.acting.guid)
        made = attaching.replace(held[0], read, kept, quotations, regions, who)
        found.apply(made.edit)
    return {
        "reference": str(report.id), "name": read.name, "placed": made.placed,
        "lost": [
            {"id": str(each.id), "page": each.anchor.page, "exact": each.anchor.exact} for each in made.lost
        ],
        "told": made.told,
    }  # fmt: skip


def _highlighted(project: str, reference: str, out: Path, acting: str) -> dict[str, Any]:
    from evidence_app.domain.coding import code_tree
    from evidence_app.services.coding.highlights import plain_colours, write_copy
    from evidence_app.storage import coding

    with reading(project) as reader:
        document, path = _pdf(reader, reference)
        viewer = _viewer(reader, acting)
        text, codes = coding.text_of(reader, document.id), coding.codes(reader)
        found = coding.quotations(reader, document.id, viewer)
        held: dict[int, list[Any]] = {}
        for each in coding.codings(reader, document.id, viewer):
            held.setdefault(each.quotation, []).append(each)
    placed = {each.code.id: each for each in code_tree(codes)}
    number = write_copy(path, out, document, text, found, held, placed, plain_colours(codes), silent)
    told = f"Wrote {out}: {counted(number, 'highlight')}. The PDF itself was left as it is."
    return {"name": document.name, "highlights": number, "told": told}


def _brought_in(project: str, reference: str, acting: str) -> dict[str, Any]:
    from evidence_app.services.coding.coding import Coder
    from evidence_app.services.coding.highlights import bring_in, find_highlights
    from evidence_app.storage import coding

    with opened(project, acting) as found:
        with found.reader() as reader:
            document, path = _pdf(reader, reference)
            text, codes = coding.text_of(reader, document.id), coding.codes(reader, merged=True)
            held = coding.quotations(reader, document.id)
        highlights = find_highlights(path, document, text, silent)
        edit = bring_in(document, highlights, held, codes, Coder(RowOf("person", found.acting.guid)))
        if edit:
            found.apply(edit)
    number = sum(change.table == "quotation" for change in edit.changes)
    told = f"Brought in {counted(number, 'highlight')} of {document.name}, coded by colour."
    return {"name": document.name, "found": len(highlights), "brought_in": number, "told": told}


def _pdf(reader: Any, asked: str) -> tuple[Any, Path]:
    """Return the report's PDF and where its file lies. Raises `EvidenceError` where it has none."""
    from evidence_app.services.library.attachments import place_of
    from evidence_app.storage import coding

    report = _reference(reader, asked)
    for document in coding.documents(reader, report.id):
        kept = coding.attached_file(reader, document.id) if document.is_pdf else None
        if kept and place_of(reader.path, *kept).is_file():
            return document, place_of(reader.path, *kept)
    raise EvidenceError(
        f"{report.short_label} has no PDF beside the project, so it has no highlights. Nothing was changed."
    )


def _reference(reader: Any, asked: str) -> Reference:
    from evidence_app.domain.reference import clean_doi
    from evidence_app.storage import record_names, references

    if asked.isdecimal() and len(asked) <= _LONGEST_NUMBER:
        found = references.by_number(reader, int(asked)) or references.reference(reader, int(asked))
    else:
        doi = clean_doi(asked)
        works = sorted(record_names.with_doi(reader, doi)) if doi else []
        found = references.reference(reader, works[0]) if works else None
    if found is None:
        raise EvidenceError(
            f"No reference has the number, id or DOI “{asked}”. Nothing was attached. "
            "See evidence-desk list PROJECT."
        )
    return found


@click.command()
@project_argument
@click.option("--query", default="", help="Only codings of the quotations this finds.")
@acting_option
@json_option
def codings(project: str, query: str, acting: str, as_json: bool) -> None:
    """List every use of a code: on which words, of which report, by whom."""
    from evidence_app.services.coding.flat_export import coding_json
    from evidence_app.services.coding.retrieval import find
    from evidence_app.storage.coding_contents import coding_contents

    with reading(project) as reader:
        contents = coding_contents(reader, _viewer(reader, acting))
    order = {each.quotation.id: place for place, each in enumerate(find(contents, query))}
    chosen = sorted(
        (each for each in contents.codings if each.quotation in order),
        key=lambda each: (order[each.quotation], each.id),
    )
    told = [value for each in chosen if (value := coding_json(contents, each)) is not None]
    if as_json:
        print_json(told)
        return
    print_table(
        [(each["number"], each["page"], each["code"], " ".join(each["exact"].split())) for each in told],
        ("No", "Page", "Code", "Quotation"),
    )


@click.command()
@project_argument
@click.option("--query", default="", help="Which quotations, e.g. code:trust country:england.")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@acting_option
def quotations(project: str, query: str, out: Path, acting: str) -> None:
    """Write quotations with their sources and pages: .xlsx .csv .docx .json."""
    from evidence_app.services.coding.flat_export import write_quotations
    from evidence_app.services.coding.retrieval import find
    from evidence_app.storage.coding_contents import coding_contents

    with reading(project) as reader:
        contents = coding_contents(reader, _viewer(reader, acting))
    found = find(contents, query)
    write_quotations(contents, found, query, out)
    reports = len({each.report.id for each in found if each.report})
    click.echo(f"Wrote {out}: {counted(len(found), 'quotation')} from {counted(reports, 'report')}")


@click.command()
@project_argument
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@acting_option
def codebook(project: str, out: Path, acting: str) -> None:
    """Write the code book with definitions and counts: .xlsx .csv .docx .qdc."""
    from evidence_app.services.coding.book_export import write_book

    with reading(project) as reader:
        number = write_book(reader, out, _viewer(reader, acting))
    click.echo(f"Wrote {out}: {counted(number, 'code')}")


def _viewer(reader: Any, acting: str) -> int:
    """Return who looks: what others code blind is not shown to them."""
    from evidence_app.storage import coding

    found = coding.person_of(reader, known(reader, person(acting)).guid)
    return -1 if found is None else found
