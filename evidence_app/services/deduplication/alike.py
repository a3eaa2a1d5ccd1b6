"""How alike two short texts are: rapidfuzz, as deduplication uses it."""


def ratio(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1: the share of letters that stay as they are."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) / 100


def is_alike(one: str, other: str, at_least: float) -> bool:
    """Whether two texts are alike to this degree; faster than `ratio` where they are not."""
    from rapidfuzz import fuzz

    return bool(fuzz.ratio(one, other, score_cutoff=at_least * 100))
