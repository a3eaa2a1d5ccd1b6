"""Screening decisions, labels and notes that Rayyan, ASReview and Covidence hide in note fields."""

import re

from evidence_app.services.formats import limits
from evidence_app.services.formats.draft import Draft, Rule
from evidence_app.services.formats.leftovers import restore
from evidence_app.services.formats.records import FoundDecision, FoundNote
from evidence_app.services.formats.values import doi_in, without_markup

_RAYYAN = re.compile(r"RAYYAN-(INCLUSION|LABELS|EXCLUSION-REASONS)\s*:\s*(\{[^}]*\}|[^|]*)", re.IGNORECASE)
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*(\[[^\]]*\]|"(?:[^"\\]|\\.)*")')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_USER_NOTES = re.compile(r"USER-NOTES\s*:\s*(\{.*\})\s*(?:\||$)", re.IGNORECASE | re.DOTALL)
_ASREVIEW = re.compile(r"\bASReview_(relevant|irrelevant|not_seen|prior|maybe)\b", re.IGNORECASE)
_COVIDENCE = re.compile(
    r"(?:^|; |\n)(?P<person>[^;()\n]{1,80}) \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)\([A-Z][A-Za-z ]{1,30}\): ?"
)
"""How Covidence prints a note: who, when, at which stage."""
_COVIDENCE_REASON = re.compile(r"^Exclusion reason: ([^;\n]{1,300})(?:;[ ]?|$)")
_CITED_BY = re.compile(
    r"^(?:(?:Total )?Times Cited|Cited (?:By|References)|Export Date|Date revised|Last updated)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
"""What databases print about the record rather than the work."""
_DOI_ALONE = re.compile(r"doi:? ?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S{1,300}", re.IGNORECASE)
VERDICTS = {
    "included": "include", "include": "include", "yes": "include", "relevant": "include", "1": "include",
    "excluded": "exclude", "exclude": "exclude", "no": "exclude", "irrelevant": "exclude", "0": "exclude",
    "maybe": "maybe", "unsure": "maybe",
}  # fmt: skip


def note() -> Rule:
    """Return the rule: the value is a note, from which what other programs hid is lifted out."""

    def rule(draft: Draft, value: str) -> None:
        for line in _own_lines(draft, value):
            take_note(draft, line)

    return rule


def _own_lines(draft: Draft, value: str) -> list[str]:
    """Set aside the `csl.` lines of our own writers; what else the value says is one note."""
    if "csl." not in value:
        return [value]
    others = []
    for line in value.split("\n"):
        if restore({}, line):
            draft.restored.append(line)
        else:
            others.append(line)
    return ["\n".join(others)] if others else []


def take_note(draft: Draft, value: str) -> None:
    """Lift decisions, labels and authored notes out of a note; the rest stays a note."""
    text = without_markup(value).strip()
    if len(text) > limits.HIDDEN:
        draft.notes.append(text)
        return
    if "rayyan" in text.lower() or "user-notes" in text.lower():
        text = _rayyan(draft, text)
    if "asreview_" in text.lower():
        text = _asreview(draft, text)
    if "):" in text or text.startswith("Exclusion reason: "):
        text = _covidence(draft, text)
    text = _CITED_BY.sub("", text).strip()
    if _DOI_ALONE.fullmatch(text):
        draft.put("DOI", doi_in(text), 6)
    if text:
        draft.notes.append(text)


def _rayyan(draft: Draft, text: str) -> str:
    if found := _USER_NOTES.search(text):
        draft.memos += [FoundNote(body, person) for person, body in _pairs(found[1])]
        text = text.replace(found[0], " ")
    reasons: dict[str, str] = {}
    verdicts: list[tuple[str, str]] = []
    for kind, body in _RAYYAN.findall(text):
        pairs = _pairs(body)
        if kind.upper() == "INCLUSION":
            verdicts += pairs
        elif kind.upper() == "LABELS":
            draft.labels += [label.strip() for label in body.split(",") if label.strip()]
        elif pairs:
            reasons.update(pairs)
        else:
            reasons[""] = body.strip()
    everyone = reasons.pop("", "")
    for person, verdict in verdicts:
        known = VERDICTS.get(verdict.lower())
        if known:
            reason = reasons.get(person) or (everyone if known == "exclude" else "")
            draft.decisions.append(FoundDecision(known, person, reason, "title-abstract", "Rayyan"))
    if everyone and not verdicts:
        draft.labels += [label.strip() for label in everyone.split(",") if label.strip()]
    return _RAYYAN.sub(" ", text).strip(" \t\r\n|")


def _pairs(text: str) -> list[tuple[str, str]]:
    """Read a Ruby hash as Rayyan prints it; a person may have several values."""
    return [
        (person.replace('\\"', '"'), body.replace('\\"', '"'))
        for person, values in _PAIR.findall(text)
        for body in _QUOTED.findall(values)
    ]


def _covidence(draft: Draft, text: str) -> str:
    """`Exclusion reason: Wrong outcome; Ann Ash (2025-09-03 07:33:24)(Select): her note; `."""
    if found := _COVIDENCE_REASON.match(text):
        draft.decisions.append(FoundDecision("exclude", "", found[1].strip(), "full text", "Covidence"))
        text = text[found.end() :]
    heads = list(_COVIDENCE.finditer(text))
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        if body := text[head.end() : end].strip(" ;"):
            draft.memos.append(FoundNote(body, head["person"].strip()))
    return text[: heads[0].start()].strip(" ;") if heads else text.strip(" ;")


def _asreview(draft: Draft, text: str) -> str:
    for mark in _ASREVIEW.findall(text):
        low = mark.lower()
        if low in VERDICTS:
            draft.decisions.append(FoundDecision(VERDICTS[low], "", "", "title-abstract", "ASReview"))
        elif low == "prior":
            draft.labels.append("ASReview prior")
    text = _ASREVIEW.sub("", text).lstrip(" \t\r\n.;").rstrip(" \t\r\n;")
    return re.sub(r"\s{2,}", " ", text.replace(". .", "."))
