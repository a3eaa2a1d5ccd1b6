"""The sample review: read from the files that come with the program, written into a project as one edit.

Its facts are those of Scott et al. 2024 (doi:10.1111/hex.14053); its sentences are our own."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from evidence_app.domain.edit import Change, Edit, Insert, RowOf
from evidence_app.services.resources import resource_path
from evidence_app.storage.references import columns_of

NAMESPACE: Final = UUID("6f3c1b52-8d0e-5a57-9c1e-2f3f4f0d9a11")
"""Identities are made from it and a key, so that the sample is the same review in every project."""


def sample_edit() -> Edit:
    """Return the edit that writes the whole sample review; the same identities every time."""
    return Edit(
        "Write the sample review",
        (
            *_title_page(_read("review")),
            *_references(_read("references"), _read("review")["bibliography"]),
            *_characteristics(_read("characteristics")),
            *_links(_read("review")["links"]),
            *_themes(_read("themes")),
            *_manuscript(_read("manuscript")),
            *_passages(_read("summary")),
        ),
    )


def sample_guid(table: str, key: object) -> str:
    """Return the identity of a row of the sample: its table and its key there (`reference`, 85)."""
    return str(uuid5(NAMESPACE, f"{table}/{key}"))


def _read(name: str) -> Any:
    return json.loads(resource_path(f"sample_review/{name}.json").read_text(encoding="utf-8"))


def _row(table: str, key: object, /, **values: Any) -> Insert:
    return Insert(table, sample_guid(table, key), values)


def _of(table: str, key: object) -> RowOf | None:
    return None if key is None else RowOf(table, sample_guid(table, key))


def _in_order(items: Iterable[Any]) -> Iterator[tuple[float, Any]]:
    return ((float(at), item) for at, item in enumerate(items, 1))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _title_page(review: Mapping[str, Any]) -> Iterator[Change]:
    words = {name: review[name] for name in ("title", "subtitle", "short_title")}
    lists = {name: _json(review[name]) for name in ("authors", "keywords", "facts")}
    yield _row("review", 1, **words, **lists)
    for at, text in _in_order(review["questions"]):
        yield _row("question", int(at), text=text, position=at)
    for at, criterion in _in_order(review["criteria"]):
        yield _row("criterion", int(at), **criterion, position=at)
    for at, source in _in_order(review["sources"]):
        values = {name: value for name, value in source.items() if name != "key"}
        yield _row("source", source["key"], **values, position=at)
    for at, search in _in_order(review["searches"]):
        values = {**search, "source": _of("source", search["source"])}
        yield _row("search", search["source"], **values, position=at)
    for at, number in _in_order(review["numbers"]):
        yield _row("stated_number", number["key"], **number, position=at)


def _references(references: Sequence[Mapping[str, Any]], bibliography: str) -> Iterator[Change]:
    yield _row("bibliography", 1, title=bibliography, position=1.0)
    for each in references:
        number = each["number"]
        yield _row("reference", number, **columns_of(each["item"]), standing=each["standing"])
        yield _row(
            "bibliography_entry", number, bibliography=_of("bibliography", 1),
            reference=_of("reference", number), number=number,
        )  # fmt: skip


def _characteristics(characteristics: Mapping[str, Any]) -> Iterator[Change]:
    for report in characteristics["reports"]:
        number = report["number"]
        for name, origin in characteristics["names"].items():
            yield _row(
                "characteristic", f"{number}/{name}", reference=_of("reference", number), name=name,
                value=report.get(name, ""), state=origin["state"], basis=origin["basis"],
            )  # fmt: skip


def _links(links: Iterable[Mapping[str, Any]]) -> Iterator[Change]:
    for link in links:
        first, second = link["reports"]
        yield _row(
            "study_link", f"{first}/{second}", reference_a=_of("reference", first),
            reference_b=_of("reference", second), reason=link["reason"], state=link["state"],
        )  # fmt: skip


def _themes(themes: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    for at, theme in _in_order(themes):
        yield _row(
            "theme", theme["key"], name=theme["name"], kind=theme["kind"], definition=theme["definition"],
            question=_of("question", theme["question"]), position=at,
        )  # fmt: skip
        for place, parent in _in_order(theme["parents"]):
            yield _row(
                "theme_parent", f"{theme['key']}/{parent}", theme=_of("theme", theme["key"]),
                parent=_of("theme", parent), position=place,
            )  # fmt: skip


def _manuscript(sections: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    for at, section in _in_order(sections):
        key = section["key"]
        yield _row(
            "section", key, title=section["title"], kind=section["kind"],
            parent=_of("section", section["parent"]), theme=_of("theme", section["theme"]), position=at,
        )  # fmt: skip
        for place, block in _in_order(section["blocks"]):
            yield from _block(f"{key}/{int(place)}", block, key, place)


def _block(key: str, block: Mapping[str, Any], section: str, position: float) -> Iterator[Change]:
    anchors: list[Change] = []
    runs: list[Any] = []
    for run in block["runs"]:
        if not isinstance(run, dict):
            runs.append(run)
            continue
        at = len([each for each in runs if isinstance(each, dict)]) + 1
        runs.append({"cite": sample_guid("anchor", f"{key}/{at}")})
        anchors += _anchor(f"{key}/{at}", key, run, at)
    yield _row(
        "block", key, section=_of("section", section), theme=_of("theme", block["theme"]),
        kind=block["kind"], direction=block["direction"], runs=_json(runs), text=_words(runs),
        position=position,
    )  # fmt: skip
    yield from anchors


def _anchor(key: str, block: str, run: Mapping[str, Any], at: int) -> Iterator[Change]:
    yield _row("anchor", key, block=_of("block", block), role=run["role"], position=float(at))
    for place, number in _in_order(run["cite"]):
        yield _row(
            "citation", f"{key}/{number}", anchor=_of("anchor", key), reference=_of("reference", number),
            position=place,
        )  # fmt: skip


def _words(runs: Iterable[Any]) -> str:
    texts = (run if isinstance(run, str) else run[0] for run in runs if not isinstance(run, dict))
    return "".join(texts)


def _passages(passages: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    for at, passage in _in_order(passages):
        details = _with_guids(passage["details"])
        if topics := details.get("topics"):
            details["topics"] = [sample_guid("theme", topic) for topic in topics]
        yield _row(
            "passage", int(at), kind=passage["kind"], theme=_of("theme", passage["theme"]),
            title=passage["title"], runs=_json(_with_guids(passage["runs"])), details=_json(details),
            position=at,
        )  # fmt: skip


def _with_guids(value: Any) -> Any:
    """Return plain values with the numbers of cited works replaced by the references' identities."""
    if isinstance(value, list):
        return [_with_guids(each) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"cite"}:
        return {"cite": [sample_guid("reference", number) for number in value["cite"]]}
    return {key: _with_guids(each) for key, each in value.items()}
