"""How alike texts are, and which words they share: rapidfuzz, and nothing else of it elsewhere."""

from collections.abc import Iterator, Sequence


def ratio(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1: the share of letters that stay as they are."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) / 100


def is_alike(one: str, other: str, at_least: float) -> bool:
    """Whether two texts are alike to this degree; faster than `ratio` where they are not."""
    from rapidfuzz import fuzz

    return bool(fuzz.ratio(one, other, score_cutoff=at_least * 100))


def ratio_in_any_order(one: str, other: str) -> float:
    """Return how alike the words of two texts are, from 0 to 1, whatever order they stand in."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(one, other) / 100


def ratio_of_shared(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, where one may hold more words than the other."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(one, other) / 100


def runs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield how one row of words becomes another: whether a run stays, and where it stands in both.

    A run that stays is as long as can be told; a thousand words take a few milliseconds."""
    from rapidfuzz.distance import Indel

    for step in Indel.opcodes(one, other):
        yield step.tag == "equal", step.src_start, step.src_end, step.dest_start, step.dest_end
