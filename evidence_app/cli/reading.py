"""The commands that only read: list, themes, findings, manuscript, history."""

import re
from typing import Any

import click

from evidence_app.cli.shared import json_option, print_json, print_table, project_argument, reading
from evidence_app.domain.csl import OWN_VARIABLES, CslItem
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference, authors_line

_MOST_WORDS = 300
_PASSED_OVER = re.compile(
    r", so [^;,.]* was (?:searched as a word|left out)|; the inner ones were passed over"
)
"""What the window does about a query it cannot read in full; a command refuses it."""
SETS = ("all", "bibliography", "included", "background")


@click.command("list")
@project_argument
@click.option("--query", default="", help="What to find, e.g. author:loeffler year:2010..2019.")
@click.option("--set", "which", type=click.Choice(SETS), default="all", help="Which part of the library.")
@json_option
def list_references(project: str, query: str, which: str, as_json: bool) -> None:
    """List references, the numbered ones first in number order."""
    with reading(project) as reader:
        found = asked_for(reader, query, which)
    if as_json:
        print_json([csl_json(reference) for reference in found])
        return
    rows = [(each.number, authors_line(each.authors), each.year, each.title) for each in found]
    print_table(rows, ("No", "Authors", "Year", "Title"))


def asked_for(reader: Any, query: str, which: str) -> list[Reference]:
    """Return the references of a set that a query finds, numbered ones first."""
    from evidence_app.domain.query import parse_query
    from evidence_app.storage import references, searching

    if len(query.split()) > _MOST_WORDS:
        raise EvidenceError(f"The query has more than {_MOST_WORDS} words. Nothing was searched.")
    words = query if which == "all" else f"({query}) set:{which}" if query else f"set:{which}"
    parsed = parse_query(words)
    if parsed.problems:
        raise EvidenceError(f"{_PASSED_OVER.sub('', parsed.problems[0].message)} Nothing was searched.")
    return references.references(reader, searching.search(reader, parsed))


def csl_json(reference: Reference) -> CslItem:
    """Return a reference as CSL-JSON: ids as strings, variables CSL does not know under `custom`."""
    item: CslItem = {"id": str(reference.id), **reference.item}
    own = {name: item.pop(name) for name in OWN_VARIABLES if name in item}
    if own:
        item["custom"] = {**(item.get("custom") or {}), **own}
    if reference.number is not None:
        item["citation-number"] = reference.number
    return item


@click.command()
@project_argument
@json_option
def themes(project: str, as_json: bool) -> None:
    """List the themes in outline order, with how many findings and reports support each."""
    from evidence_app.domain.synthesis import outline

    contents = _contents(project)
    questions = {question.id: question.text for question in contents.questions}
    lines = outline(contents.themes)
    if not as_json:
        rows = [
            ("  " * line.depth + line.theme.name, len(contents.findings_under(line.theme.id)),
             len(contents.supporting(line.theme.id)), line.theme.kind.value)
            for line in lines
        ]  # fmt: skip
        print_table(rows, ("Theme", "Findings", "Reports", "Kind"))
        return
    once = {line.theme.id: line.theme for line in lines}
    print_json(
        [
            {
                "id": str(theme.id), "name": theme.name, "kind": theme.kind.value,
                "parents": [str(parent) for parent in theme.parents],
                "question": questions.get(theme.question or 0),
                "findings": len(contents.findings_under(theme.id)),
                "reports": len(contents.supporting(theme.id)),
            }
            for theme in once.values()
        ]
    )  # fmt: skip


@click.command()
@project_argument
@json_option
def findings(project: str, as_json: bool) -> None:
    """List the review findings in the order of the document, with their citations and what they rest on."""
    from evidence_app.storage.contents import review_contents
    from evidence_app.storage.support import contributions, supports

    with reading(project) as reader:
        contents, held, said = review_contents(reader), supports(reader), contributions(reader)
    blocks = contents.findings
    if not as_json:
        rows = [
            (contents.theme_path(block)[-1], block.direction.value if block.direction else "", block.text)
            for block in blocks
        ]
        print_table(rows, ("Theme", "Direction", "Finding"))
        return
    print_json(
        [
            {
                "id": str(block.id), "theme": contents.theme_path(block), "text": block.text,
                "direction": block.direction.value if block.direction else None, **_cited(contents, block),
                **_supported(contents, block, held, said),
            }
            for block in blocks
        ]
    )  # fmt: skip


@click.command()
@project_argument
@json_option
def manuscript(project: str, as_json: bool) -> None:
    """Print every block of the manuscript in order."""
    contents = _contents(project)
    titles = {section.id: section.title for section in contents.sections}
    if not as_json:
        last = None
        for block in contents.blocks:
            if block.section != last:
                click.echo(f"\n{titles[block.section]}\n")
                last = block.section
            click.echo(_with_numbers(contents, block))
        return
    print_json(
        [
            {
                "id": str(block.id), "section": titles[block.section], "theme": contents.theme_path(block),
                "text": block.text, **_cited(contents, block),
            }
            for block in contents.blocks
        ]
    )  # fmt: skip


def _cited(contents: Any, block: Any) -> dict[str, Any]:
    anchors = list(block.anchors_in_order())
    return {
        "citations": [contents.numbers_of(anchor) for anchor in anchors],
        "roles": [anchor.role.value for anchor in anchors],
    }


def _supported(contents: Any, block: Any, held: list[Any], said: list[Any]) -> dict[str, Any]:
    """Return what a finding rests on, and which references count for it, with the level of support."""
    from evidence_app.services.synthesis.support import contributing

    own = [each for each in held if each.block == block.id]
    counts = contributing(block, own, [each for each in said if each.block == block.id])

    def named(reference: int) -> dict[str, Any]:
        known = contents.by_id.get(reference)
        return {"reference": str(reference), "number": known.number if known else None}

    return {
        "rests_on": [
            {
                "level": each.level.value, **named(each.reference), "page": each.printed, "words": each.words,
                "against": each.disconfirms,
            }
            for each in own
        ],
        "counts": [
            {
                **named(each.reference), "counts": each.counts, "level": each.level.value, "why": each.why,
                "overruled": each.overruled,
            }
            for each in counts
        ],
    }  # fmt: skip


def _with_numbers(contents: Any, block: Any) -> str:
    from evidence_app.domain.manuscript import Text

    by_guid = {anchor.guid: anchor for anchor in block.anchors}
    pieces = [
        run.text if isinstance(run, Text) else "[" + _numbers(contents, by_guid.get(run.anchor)) + "]"
        for run in block.runs
    ]
    return "".join(pieces)


def _numbers(contents: Any, anchor: Any) -> str:
    return ",".join(map(str, contents.numbers_of(anchor))) if anchor else "?"


def _contents(project: str) -> Any:
    from evidence_app.storage.contents import review_contents

    with reading(project) as reader:
        return review_contents(reader)


@click.command()
@project_argument
@click.option(
    "--last",
    type=click.IntRange(0, 2**31),
    default=500,
    show_default=True,
    help="How many edits, newest first.",
)
@json_option
def history(project: str, last: int, as_json: bool) -> None:
    """Print the audit trail: who did what, when, and what was taken back."""
    from evidence_app.storage import history as trail

    with reading(project) as reader:
        edits = trail.edits(reader, last)
        if as_json:
            print_json([_edit_json(edit, trail.changes(reader, edit.id)) for edit in edits])
            return
    print_table([(e.id, e.at, e.person, e.kind, e.label) for e in edits], ("No", "At", "Who", "Kind", "What"))


def _edit_json(edit: Any, changes: list[Any]) -> dict[str, Any]:
    return {
        "id": str(edit.id), "guid": edit.guid, "label": edit.label, "person": edit.person, "at": edit.at,
        "kind": edit.kind, "of": str(edit.of) if edit.of else None,
        "undone_by": str(edit.undone_by) if edit.undone_by else None, "forgotten": edit.forgotten,
        "changes": [
            {"table": each.table, "row": str(each.row) if each.row else None, "change": each.change,
             "rows": each.rows, "column": each.column, "before": each.before, "after": each.after}
            for each in changes
        ],
    }  # fmt: skip
