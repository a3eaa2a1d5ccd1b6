"""What the library shows beside the references themselves: support, tags, notes, files, saved searches."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evidence_app.domain.manuscript import Text, runs_from_json
from evidence_app.domain.review import Characteristic
from evidence_app.domain.synthesis import Theme, is_main, outline, path_to
from evidence_app.storage import contents
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import list_in


@dataclass(frozen=True, slots=True)
class Support:
    """Which main themes each reference supports, and how many review findings cite it as evidence."""

    order: tuple[Theme, ...] = ()
    """The main themes in the order of the outline: each keeps its place and colour in a list."""
    themes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    findings: dict[int, int] = field(default_factory=dict)


def support(reader: Reader) -> Support:
    """Return what the findings of the review say of each reference that they cite as evidence."""
    known = {theme.id: theme for theme in contents.themes(reader)}
    lines = outline(list(known.values()))
    order = tuple(dict.fromkeys(line.theme for line in lines if is_main(line.theme, known)))
    rows = reader.rows(
        """SELECT DISTINCT c.reference, b.id AS block, b.theme FROM live_citation c
           JOIN live_anchor a ON a.id = c.anchor AND a.role = 'evidence'
           JOIN live_block b ON b.id = a.block
           WHERE b.theme IS NOT NULL AND b.kind IN ('paragraph', 'list')"""
    )
    themes: dict[int, dict[int, None]] = {}
    findings: dict[int, int] = {}
    for row in rows:
        at = row["reference"]
        findings[at] = findings.get(at, 0) + 1
        themes.setdefault(at, {}).update(dict.fromkeys(_main_themes(row["theme"], known)))
    return Support(order, {at: tuple(found) for at, found in themes.items()}, findings)


def _main_themes(theme: int, known: dict[int, Theme]) -> list[int]:
    """Return the nearest themes above that are no topics, the theme itself if it is none."""
    found: list[int] = []
    waiting, seen = [theme], set[int]()
    while waiting:
        at = waiting.pop()
        if at in seen or at not in known:
            continue
        seen.add(at)
        if is_main(known[at], known):
            found.append(at)
        else:
            waiting.extend(known[at].parents)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingPassage:
    """One block of the manuscript that cites a reference."""

    block: int
    text: str
    section: str
    theme: int | None
    theme_names: tuple[str, ...]
    """The theme's name and those above it, from the top."""
    direction: str | None
    roles: tuple[str, ...]
    locators: tuple[str, ...]
    is_finding: bool


def citing_passages(reader: Reader, reference: int) -> list[CitingPassage]:
    """Return the blocks that cite a reference, in the order of the document, findings and others alike."""
    rows = reader.rows(
        """SELECT b.id, b.section, b.theme, b.kind, b.direction, b.runs, b.position,
                  json_group_array(a.role) AS roles, json_group_array(c.locator) AS locators
           FROM live_citation c JOIN live_anchor a ON a.id = c.anchor JOIN live_block b ON b.id = a.block
           WHERE c.reference = :reference GROUP BY b.id""",
        reference=reference,
    )
    if not rows:
        return []
    sections = {section.id: (at, section.title) for at, section in enumerate(contents.sections(reader))}
    themes = {theme.id: theme for theme in contents.themes(reader)}
    rows.sort(key=lambda row: (sections.get(row["section"], (0, ""))[0], row["position"], row["id"]))
    return [
        CitingPassage(
            block=row["id"], text=_words(row["runs"]),
            section=sections.get(row["section"], (0, ""))[1], theme=row["theme"],
            theme_names=_names_down_to(row["theme"], themes), direction=row["direction"],
            roles=tuple(dict.fromkeys(json.loads(row["roles"]))),
            locators=tuple(dict.fromkeys(text for text in json.loads(row["locators"]) if text)),
            is_finding=row["theme"] is not None and row["kind"] in ("paragraph", "list"),
        )
        for row in rows
    ]  # fmt: skip


def _names_down_to(theme: int | None, themes: dict[int, Theme]) -> tuple[str, ...]:
    return () if theme is None else tuple(each.name for each in path_to(theme, themes))


def _words(runs: str) -> str:
    return "".join(run.text for run in runs_from_json(list_in(runs)) if isinstance(run, Text))


def characteristics_of(reader: Reader, reference: int) -> list[Characteristic]:
    """Return the extracted attributes of one report, as far as they are agreed."""
    rows = reader.rows(
        """SELECT reference, name, value, state, basis FROM live_characteristic
           WHERE reference = :reference AND draft = 0 ORDER BY id""",
        reference=reference,
    )
    return [Characteristic(**{**dict(row), "state": contents.number_state(row["state"])}) for row in rows]


@dataclass(frozen=True, slots=True)
class HeldTag:
    """A tag on a reference; `id` is the row of `reference_tag`."""

    id: int
    reference: int
    name: str


def tags(reader: Reader) -> dict[str, int]:
    """Return the tags of the review by name, each with its row."""
    return {row["name"]: row["id"] for row in reader.rows("SELECT id, name FROM live_tag ORDER BY name")}


def names_to_search(reader: Reader) -> dict[str, list[str]]:
    """Return the names that a search can ask for, by field: the themes, the widest first, and the tags."""
    themes = reader.rows("SELECT name FROM live_theme ORDER BY kind = 'topic', id")
    return {"theme": list(dict.fromkeys(row["name"] for row in themes)), "tag": list(tags(reader))}


def tags_on(reader: Reader, references: Iterable[int]) -> list[HeldTag]:
    """Return the tags on these references."""
    rows = reader.rows(
        """SELECT min(h.id) AS id, h.reference, t.name FROM live_reference_tag h
           JOIN live_tag t ON t.id = h.tag
           WHERE h.reference IN (SELECT value FROM json_each(:ids)) GROUP BY h.reference, t.id
           ORDER BY t.name""",
        ids=json.dumps(list(references)),
    )
    return [HeldTag(row["id"], row["reference"], row["name"]) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on a reference, with who wrote it and when."""

    id: int
    text: str
    kind: str
    person: str
    at: str


def notes_on(reader: Reader, reference: int) -> list[Note]:
    """Return the notes on a reference, the oldest first."""
    rows = reader.rows(
        """SELECT n.id, n.text, n.kind, coalesce(p.name, '') AS person, n.at
           FROM live_note n LEFT JOIN person p ON p.id = n.person
           WHERE n.reference = :reference ORDER BY n.id""",
        reference=reference,
    )
    return [Note(**dict(row)) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file linked to a reference; it lies beside the project under its hash."""

    id: int
    name: str
    kind: str
    sha256: str
    size: int
    url: str


def attachments_of(reader: Reader, reference: int) -> list[Attachment]:
    """Return the files linked to a reference, in the order they were attached."""
    rows = reader.rows(
        """SELECT id, name, kind, sha256, size, url FROM live_attachment
           WHERE reference = :reference ORDER BY id""",
        reference=reference,
    )
    return [Attachment(**dict(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name: a set that follows the library."""

    id: int
    name: str
    query: str


def saved_searches(reader: Reader) -> list[SavedSearch]:
    """Return the saved searches in order."""
    rows = reader.rows("SELECT id, name, query FROM live_saved_search ORDER BY position, id")
    return [SavedSearch(row["id"], row["name"], row["query"]) for row in rows]


def not_checked(reader: Reader, references: Sequence[int]) -> list[int]:
    """Return those of the references that nobody ticked as checked, or that changed since."""
    checked = reader.value(
        """SELECT group_concat(id) FROM reference
           WHERE checked_at IS NOT NULL AND changed_since_check = '[]' AND removed IS NULL"""
    )
    done = frozenset(map(int, checked.split(","))) if checked else frozenset()
    return [row for row in references if row not in done]


def number_held(reader: Reader) -> int:
    """Return how many references the library holds."""
    return int(reader.value("SELECT count(*) FROM live_reference"))


def person_name(reader: Reader, person: int | None) -> str:
    """Return the name of a person, or nothing where there is none."""
    return str(reader.value("SELECT name FROM person WHERE id = :person", person=person) or "")


def holding(reader: Reader, variable: str, values: Sequence[str]) -> dict[str, int]:
    """Return which references hold these identifiers, by identifier in lower case.

    `variable` is DOI, PMID, PMCID, ISBN or URL."""
    column = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "ISBN": "isbn", "URL": "url"}[variable]
    rows = reader.rows(
        f"""SELECT min(id) AS id, lower({column}) AS value FROM live_reference
            WHERE lower({column}) IN (SELECT lower(value) FROM json_each(:values))
            GROUP BY lower({column})""",
        values=json.dumps(list(values)),
    )
    return {row["value"]: row["id"] for row in rows}


def titled(reader: Reader, sort_titles: Sequence[str]) -> dict[str, list[int]]:
    """Return the references with these sort titles (`domain.reference.sort_title`)."""
    rows = reader.rows(
        """SELECT id, sort_title FROM live_reference
           WHERE sort_title IN (SELECT value FROM json_each(:titles)) ORDER BY id""",
        titles=json.dumps(list(sort_titles)),
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row["sort_title"], []).append(row["id"])
    return found


def cited_among(reader: Reader, references: Sequence[int]) -> int:
    """Return how many of these references the manuscript cites."""
    return int(
        reader.value(
            """SELECT count(DISTINCT c.reference) FROM live_citation c JOIN live_anchor a ON a.id = c.anchor
               WHERE c.reference IN (SELECT value FROM json_each(:ids))""",
            ids=json.dumps(list(references)),
        )
    )
