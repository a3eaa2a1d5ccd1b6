"""Adding references from anything pasted: what is found, what Crossref says of it, what is held already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from evidence_app.domain.csl import NAME_VARIABLES, CslItem, without_empty
from evidence_app.domain.dates import year_of
from evidence_app.domain.edit import Edit, Insert, RowOf, counted, insert, new_guid
from evidence_app.domain.names import names_of
from evidence_app.domain.reference import plain, sort_title
from evidence_app.services.formats.records import ReadRecord
from evidence_app.services.importing import Known, extra_rows, record_row
from evidence_app.services.lookup.cleaning import NotAReference, csl_from_crossref
from evidence_app.services.lookup.crossref import Crossref
from evidence_app.services.lookup.failures import CrossrefError, NotRegistered
from evidence_app.services.lookup.pasting import PastedWork
from evidence_app.services.progress import Report, silent
from evidence_app.storage import library
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import now
from evidence_app.storage.references import columns_of

IDENTIFIERS: Final = ("DOI", "PMID", "PMCID", "ISBN", "URL")
AS_READ: Final = "imported"
"""The origin of a field that stands as its record has it; where it came from is the record itself."""

_MOST_ROWS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One work that may be added: its description, where each field came from, and what speaks against it."""

    item: CslItem
    origins: Mapping[str, str] = field(default_factory=dict)
    """crossref, typed or imported, by variable."""
    held_as: int | None = None
    """The reference that is this work already, by an identifier or by its title."""
    held_because: str = ""
    asked: str = ""
    """The identifier that was looked up."""
    problem: str = ""
    """Why it could not be looked up; what the text said is kept."""
    read: ReadRecord | None = None
    """The record it was read from, verbatim, with its tags, notes and decisions; none where it was looked up
    or typed."""
    format: str = ""
    """The format of that record."""

    @property
    def is_described(self) -> bool:
        """Whether there is enough to recognise the work: a title, or an identifier at least."""
        return any(self.item.get(name) for name in ("title", *IDENTIFIERS))

    @property
    def looked_up(self) -> bool:
        """Whether Crossref described it."""
        return "crossref" in self.origins.values()


def candidate_of(work: PastedWork) -> Candidate:
    """Return what a pasted text says about a work, nothing looked up yet."""
    item = dict(work.item)
    if work.doi and not item.get("DOI"):
        item["DOI"] = work.doi
    item.setdefault("type", "document")
    return Candidate(item=without_empty(item), origins=dict.fromkeys(item, "typed"), asked=work.doi or "")


def candidate_from(record: ReadRecord, format: str) -> Candidate:
    """Return what a record says about a work."""
    item = without_empty(record.item)
    item.setdefault("type", "document")
    return Candidate(item=item, origins=dict.fromkeys(item, AS_READ), read=record, format=format)


def look_up(works: Sequence[PastedWork], client: Crossref | None, report: Report = silent) -> list[Candidate]:
    """Ask Crossref for each work that has a DOI; one failure does not stop the rest.

    Without a client (offline), or where asking fails, what the text says is kept, with the reason."""
    if client is None:
        offline = "Not looked up: the program is working offline."
        candidates = [candidate_of(work) for work in works]
        return [replace(each, problem=offline) if each.asked else each for each in candidates]
    found: list[Candidate] = []
    with client.watched(lambda: report(len(found), len(works))):
        stopped = ""
        for work in works:
            candidate = candidate_of(work)
            try:
                if not work.doi and work.identifiers:
                    kind = work.identifiers[0].kind.upper()
                    candidate = replace(
                        candidate, problem=f"{kind}s are kept, not looked up: Crossref knows DOIs."
                    )
                elif work.doi and not stopped:
                    candidate = _looked_up(candidate, work, client)
                elif work.doi:
                    candidate = replace(candidate, problem=stopped)
            except (CrossrefError, NotAReference) as error:
                stopped = str(error) if isinstance(error, CrossrefError) and error.stops_the_run else ""
                candidate = replace(candidate, problem=str(error))
            found.append(candidate)
            report(len(found), len(works))
    return found


def _looked_up(candidate: Candidate, work: PastedWork, client: Crossref) -> Candidate:
    readings = next((one for one in work.identifiers if one.kind == "doi"), None)
    dois = (readings.value, *readings.alternatives) if readings else ()
    reason: CrossrefError | None = None
    for doi in dois:
        try:
            theirs = csl_from_crossref(client.work(doi))
        except NotRegistered as error:
            reason = reason or error
            continue
        return completed(candidate, theirs, doi)
    raise reason or NotRegistered("There is no DOI to ask for.")


def completed(candidate: Candidate, theirs: CslItem, asked: str) -> Candidate:
    """Return the candidate with Crossref's description; what only the text says stays beside it."""
    item = {**candidate.item, **theirs}
    origins = {**candidate.origins, **dict.fromkeys(theirs, "crossref")}
    return replace(candidate, item=without_empty(item), origins=origins, asked=asked, problem="")


def with_duplicates(reader: Reader, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, each with the reference that is the same work already, if there is one."""
    held: dict[str, dict[str, int]] = {}
    for name in IDENTIFIERS:
        values = [str(each.item[name]) for each in candidates if each.item.get(name)]
        held[name] = library.holding(reader, name, values) if values else {}
    titles = library.titled(reader, [sort_title(each.item) for each in candidates if each.item.get("title")])
    return [_judged(each, held, titles) for each in candidates]


def _judged(
    candidate: Candidate, held: Mapping[str, Mapping[str, int]], titles: Mapping[str, Sequence[int]]
) -> Candidate:
    for name in IDENTIFIERS:
        value = str(candidate.item.get(name) or "").lower()
        if value and value in held[name]:
            word = "web address" if name == "URL" else name
            return replace(candidate, held_as=held[name][value], held_because=f"the same {word}")
    same = titles.get(sort_title(candidate.item), ()) if candidate.item.get("title") else ()
    if same:
        return replace(candidate, held_as=same[0], held_because="the same title")
    return replace(candidate, held_as=None, held_because="")


def add(candidates: Sequence[Candidate], standing: str | None = None, known: Known | None = None) -> Edit:
    """Return the one edit that adds these works, each with the record it was read from, word for word.

    `known` is what the project holds by name; without it no tags, notes and decisions come in."""
    changes = tuple(row for each in candidates for row in _rows(each, standing, known))
    return Edit(f"Add {counted(len(candidates), 'reference')}", changes)


def _rows(candidate: Candidate, standing: str | None, known: Known | None) -> Iterator[Insert]:
    reference = RowOf("reference", new_guid())
    yield Insert("reference", reference.guid, {**columns_of(candidate.item), "standing": standing})
    if candidate.read is not None:
        yield record_row(candidate.read, candidate.format, reference)
    for variable in candidate.item:
        origin = candidate.origins.get(variable, "typed")
        if variable not in ("id", "type") and origin != AS_READ:
            yield insert(
                "provenance", reference=reference, variable=variable, origin=origin, at=now(),
                source=candidate.asked if origin == "crossref" else "",
            )  # fmt: skip
    if candidate.read is not None and known is not None:
        yield from extra_rows(known, candidate.read, reference)


def job_batches(edit: Edit) -> list[list[Insert]]:
    """Return the rows of an edit that adds works in batches of at most 1,000 for a job."""
    rows = [change for change in edit.changes if isinstance(change, Insert)]
    return [rows[at : at + _MOST_ROWS] for at in range(0, len(rows), _MOST_ROWS)]


def in_one_line(item: CslItem) -> str:
    """Return who, when and where of a work in one line."""
    people = [name.family_or_literal for name in names_of(item.get("author"))]
    if not people:
        people = [n.family_or_literal for role in NAME_VARIABLES for n in names_of(item.get(role))][:1]
    who = ", ".join(people[:3]) + (" et al." if len(people) > 3 else "")
    where = plain(str(item.get("container-title") or item.get("publisher") or ""))
    year = str(year_of(item.get("issued")) or "")
    return ". ".join(part.removesuffix(".") for part in (who, year, where) if part)
