"""The table that the R package PRISMA2020 reads and draws (its file `inst/extdata/PRISMA.csv`).

What nothing says is `NA`. Names of databases and reasons lose their commas and semicolons, by which the
package takes a list apart. The two kinds of other methods it has no place for are added to the nearest."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from evidence_app.domain.flow import Flow, FlowLine

COLUMNS: Final = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
NOT_KNOWN: Final = "NA"
_DB, _OTHER = "(databases and registers)", "(other)"
_LIST: Final = ": [separate reasons and numbers using ; e.g. Reason1, xxx; Reason2, xxx; Reason3, xxx]"

_ROWS: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    ("NA", "node4", "prevstud", "Grey title box; Previous studies", "Previous studies"),
    ("previous_studies", "node5", "box1", "Studies included in previous version of review", ""),
    ("previous_reports", "NA", "box1", "Reports of studies included in previous version of review", ""),
    (
        "NA",
        "node6",
        "newstud",
        "Yellow title box; Identification of new studies via databases and registers",
        "Identification of new studies via databases and registers",
    ),
    ("database_results", "node7", "box2", "Records identified from: Databases", "Databases"),
    (
        "database_specific_results",
        "NA",
        "box2",
        "Records identified from: specific databases",
        "Specific Databases",
    ),
    ("register_results", "NA", "box2", "Records identified from: Registers", "Registers"),
    (
        "register_specific_results",
        "NA",
        "box2",
        "Records identified from: specific registers",
        "Specific Registers",
    ),
    (
        "NA",
        "node16",
        "othstud",
        "Grey title box; Identification of new studies via other methods",
        "Identification of new studies via other methods",
    ),
    ("website_results", "node17", "box11", "Records identified from: Websites", "Websites"),
    ("organisation_results", "NA", "box11", "Records identified from: Organisations", "Organisations"),
    ("citations_results", "NA", "box11", "Records identified from: Citation searching", "Citation searching"),
    ("duplicates", "node8", "box3", "Duplicate records", ""),
    ("excluded_automatic", "NA", "box3", "Records marked as ineligible by automation tools", ""),
    ("excluded_other", "NA", "box3", "Records removed for other reasons", ""),
    ("records_screened", "node9", "box4", f"Records screened {_DB}", "Records screened"),
    ("records_excluded", "node10", "box5", f"Records excluded {_DB}", "Records excluded"),
    (
        "dbr_sought_reports",
        "node11",
        "box6",
        f"Reports sought for retrieval {_DB}",
        "Reports sought for retrieval",
    ),
    ("dbr_notretrieved_reports", "node12", "box7", f"Reports not retrieved {_DB}", "Reports not retrieved"),
    (
        "other_sought_reports",
        "node18",
        "box12",
        f"Reports sought for retrieval {_OTHER}",
        "Reports sought for retrieval",
    ),
    (
        "other_notretrieved_reports",
        "node19",
        "box13",
        f"Reports not retrieved {_OTHER}",
        "Reports not retrieved",
    ),
    (
        "dbr_assessed",
        "node13",
        "box8",
        f"Reports assessed for eligibility {_DB}",
        "Reports assessed for eligibility",
    ),
    ("dbr_excluded", "node14", "box9", f"Reports excluded {_DB}{_LIST}", "Reports excluded"),
    (
        "other_assessed",
        "node20",
        "box14",
        f"Reports assessed for eligibility {_OTHER}",
        "Reports assessed for eligibility",
    ),
    ("other_excluded", "node21", "box15", f"Reports excluded {_OTHER}{_LIST}", "Reports excluded"),
    ("new_studies", "node15", "box10", "New studies included in review", ""),
    ("new_reports", "NA", "box10", "Reports of new included studies", ""),
    ("total_studies", "node22", "box16", "Total studies included in review", ""),
    ("total_reports", "NA", "box16", "Reports of total included studies", ""),
    ("identification", "node1", "identification", "Blue identification box", "Identification"),
    ("screening", "node2", "screening", "Blue screening box", "Screening"),
    ("included", "node3", "included", "Blue included box", "Included"),
)
"""Key, node, box, description and text of each row; an empty text is the description."""
_ANALYSED: Final = (
    ("total_studies_ma", "NA", "box17", "Total studies included in meta-analysis", ""),
    ("total_reports_ma", "NA", "box17", "Reports of total included studies in meta-analysis", ""),
)
_LISTS: Final = {
    "database_specific_results": "database_results", "register_specific_results": "register_results",
}  # fmt: skip
_ADDED: Final = {
    "organisation_results": ("contact_results", "Organisations and people asked"),
    "citations_results": ("hand_results", "Citation and hand searching"),
}
_TITLES: Final = frozenset(("NA", "identification", "screening", "included"))


def prisma_csv(flow: Flow) -> bytes:
    """Return the table, in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    analysed = _ANALYSED if flow["total_studies_ma"].number is not None else ()
    for key, node, box, description, words in (*_ROWS, *analysed):
        text, number = _text_and_number(flow, key, words or description)
        tip = description.removesuffix(_LIST) if node != "NA" else "NA"
        writer.writerow(
            (key, node, box, description, text, tip, f"{box if key == 'NA' else key}.html", number)
        )
    return out.getvalue().encode("utf-8", "replace")


def _text_and_number(flow: Flow, key: str, words: str) -> tuple[str, str]:
    if key in _TITLES:
        return words, "0"
    if key in _LISTS:
        return words, _listed(flow[_LISTS[key]].lines)
    number = flow[key]
    if key in ("dbr_excluded", "other_excluded"):
        lines = [line for line in number.lines if line.partial]
        if not lines and number.number:
            return words, f"No reason given, {number.number}"
        return words, _listed(lines) if number.number is not None else NOT_KNOWN
    more = flow[_ADDED[key][0]] if key in _ADDED else None
    if more is not None and more.number and number.number is not None:
        return _ADDED[key][1], str(number.number + more.number)
    return words, NOT_KNOWN if number.number is None else str(number.number)


def _listed(lines: Sequence[FlowLine]) -> str:
    """Return parts as the package takes them apart: name, number; name, number."""
    known = [line for line in lines if line.number is not None]
    return "; ".join(f"{_plain(line.label)}, {line.number}" for line in known) or NOT_KNOWN


def _plain(name: str) -> str:
    return " ".join(name.replace(",", " ").replace(";", " ").split())
