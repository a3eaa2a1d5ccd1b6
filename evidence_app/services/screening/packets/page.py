"""A packet as one offline HTML page: for a colleague who may install nothing.

The page loads nothing and sends nothing (its own policy forbids both). Answers are kept in the browser and
saved as a small file, which merges as the packet's project file does."""

import json
import re
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.names import names_of
from evidence_app.domain.packets import Packet, PacketRecord
from evidence_app.domain.reference import authors_line, plain
from evidence_app.domain.screening import Stage
from evidence_app.services.resources import resource_path
from evidence_app.services.whole_files import replacing

STAGE_NAMES: Final = {Stage.TITLE_ABSTRACT: "Title and abstract", Stage.FULL_TEXT: "Full text"}


def page(made: Packet) -> str:
    """Return a packet as one HTML page."""
    template = resource_path("packet/page.html").read_text("utf-8")
    return template.replace("%PACKET%", _in_html(_packet(made)))


def write_page(made: Packet, out: Path) -> None:
    """Write a packet as one HTML page. Raises `NotWritten`."""
    with replacing(out) as file:
        file.write_text(page(made), "utf-8")


def _in_html(value: Any) -> str:
    """Return JSON that ends no script and begins no comment, wherever it stands in the page."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _packet(made: Packet) -> dict[str, Any]:
    name = re.sub(r"[^\w]+", "-", made.person_name).strip("-") or "reviewer"
    return {
        "packet": made.guid, "review": made.review, "title": made.title,
        "stage_name": STAGE_NAMES.get(made.stage, made.stage.value),
        "needs_reason": made.stage is Stage.FULL_TEXT and bool(made.reasons),
        "person": {"guid": made.person_guid, "name": made.person_name},
        "file_name": f"answers-{name}.json",
        "criteria": [{"code": each.code, "text": each.text} for each in made.criteria],
        "reasons": [{"guid": each.guid, "name": each.name} for each in made.reasons],
        "terms": [{"text": text, "kind": kind} for text, kind in made.terms],
        "records": [_record(each) for each in made.records],
    }  # fmt: skip


def _record(record: PacketRecord) -> dict[str, Any]:
    item = record.item

    def said(variable: str) -> str:
        return plain(str(item.get(variable) or ""))

    links = [f"https://doi.org/{item['DOI']}"] if item.get("DOI") else []
    address = str(item.get("URL") or "")
    if address.startswith(("http://", "https://")):
        links.append(address)
    issued = (item.get("issued") or {}).get("date-parts") or [[""]]
    return {
        "guid": record.guid, "title": said("title"), "authors": authors_line(names_of(item.get("author"))),
        "year": str(issued[0][0]) if issued[0] else "", "container": said("container-title"),
        "abstract": said("abstract"), "keywords": said("keyword"), "original_title": said("original-title"),
        "original_abstract": said("original-abstract"),
        "links": links,
        "texts": [{"name": each["name"], "text": each["text"]} for each in record.documents],
    }  # fmt: skip
