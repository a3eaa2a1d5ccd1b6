"""Changing the list of highlighted terms; each act returns an edit."""

from collections.abc import Mapping, Sequence

from evidence_app.domain.edit import Change, Edit, counted, insert, remove, set_columns
from evidence_app.storage.highlight_terms import Term


def split_terms(text: str) -> list[str]:
    """Return the terms of a field: one on each line, or with commas between; each once."""
    parts = (" ".join(part.split()) for line in text.splitlines() for part in line.split(","))
    return list({part.casefold(): part for part in parts if part}.values())


def set_terms(held: Sequence[Term], wanted: Mapping[str, Sequence[str]]) -> Edit:
    """Return the edit that makes the terms of each kind these, in this order; what stays keeps its row."""
    free = {(term.kind, term.text.casefold()): term for term in held}
    changes: list[Change] = []
    number = 0
    for kind, texts in wanted.items():
        for place, text in enumerate(texts, 1):
            old = free.pop((kind, text.casefold()), None)
            if old is None:
                changes.append(insert("term", text=text, kind=kind, position=float(place)))
            else:
                before = {"text": old.text, "position": old.position}
                changes += set_columns("term", old.id, before, {"text": text, "position": float(place)})
            number += 1
    changes += [remove("term", term.id) for term in free.values()]
    return Edit(f"Highlight {counted(number, 'term')}", tuple(changes))
