"""Finding a code by a few letters, and noticing that a new one says nearly what another says already."""

from collections.abc import Sequence
from typing import Final

from evidence_app.domain.coding import PlacedCode
from evidence_app.domain.reference import folded
from evidence_app.services.alike import ratio

NEARLY_THE_SAME: Final = 0.84
_AS_TYPED: Final = 0.62


def found_codes(codes: Sequence[PlacedCode], typed: str, recent: Sequence[int] = ()) -> list[PlacedCode]:
    """Return the codes a person may mean by a few letters, the likeliest first; recent ones before others.

    Without letters: the recent ones, then all as they stand in the tree."""
    order = {row: place for place, row in enumerate(recent)}
    usable = [each for each in codes if each.code.codable]
    wanted = folded(typed).split()
    if not wanted:
        return sorted(usable, key=lambda each: order.get(each.code.id, len(order)))
    scored = [(_score(each, wanted), each) for each in usable]
    kept = [(score, each) for score, each in scored if score > 0]
    kept.sort(key=lambda pair: (-round(pair[0], 2), order.get(pair[1].code.id, len(order)), pair[1].path))
    return [each for _, each in kept]


def _score(placed: PlacedCode, wanted: Sequence[str]) -> float:
    name, whole = folded(placed.code.name), folded(placed.full_name)
    typed = " ".join(wanted)
    if name == typed:
        return 5.0
    if name.startswith(typed):
        return 4.0
    if all(_begins(word, name) for word in wanted):
        return 3.0
    if all(word in whole for word in wanted):
        return 2.0
    if _letters_in_order(typed.replace(" ", ""), name):
        return 1.0
    likeness = max((ratio(typed, part) for part in (name, *name.split())), default=0.0)
    return 0.9 * likeness + 0.1 * ratio(typed, name) if likeness >= _AS_TYPED else 0.0


def _begins(word: str, name: str) -> bool:
    return name.startswith(word) or any(part.startswith(word) for part in name.split())


def _letters_in_order(typed: str, name: str) -> bool:
    if len(typed) < 2 or not any(part.startswith(typed[0]) for part in name.split()):
        return False
    rest = iter(name)
    return all(letter in rest for letter in typed) and len(typed) * 3 >= len(name.split())


def similar_code(
    codes: Sequence[PlacedCode], name: str, parent: int | None = None, but: int | None = None
) -> PlacedCode | None:
    """Return the code that is nearly the same as a new name would be; one in the same branch first.

    The same name may occur in two branches: it is pointed out, not refused."""
    wanted = _plain(name)
    if not wanted:
        return None
    best: tuple[float, bool, PlacedCode] | None = None
    for each in codes:
        if each.code.id == but:
            continue
        likeness = _likeness(wanted, _plain(each.code.name))
        found = (likeness, each.code.parent == parent, each)
        if likeness >= NEARLY_THE_SAME and (best is None or found[:2] > best[:2]):
            best = found
    return best[2] if best else None


def _plain(name: str) -> str:
    return " ".join(folded(name).replace("-", " ").split())


def _likeness(one: str, other: str) -> float:
    return max(ratio(one, other), ratio(_sorted(one), _sorted(other)))


def _sorted(name: str) -> str:
    return " ".join(sorted(word.rstrip("s") for word in name.split()))
