"""Names as Ovid prints them: degrees, affiliation marks and final dots stand beside the name."""

import re
from typing import Final

from evidence_app.domain.names import CslName
from evidence_app.services.formats.values import name_of

_DEGREES: Final = frozenset(
    (
        "md", "phd", "msc", "mph", "rn", "bsc", "ma", "ms", "do", "drph", "faan", "frcp", "mbbs", "mbchb",
        "pharmd", "edd", "psyd", "facs", "prof", "dr", "facsm", "facp", "fracp", "faha", "facc", "frcpc",
        "frcs", "mrcp", "mrcpsych", "mba", "jd", "dvm", "dds", "dmd", "dnp", "aprn", "np", "crna", "lcsw",
        "dpt", "pt", "ot", "msn", "bsn", "med", "scd", "dsc", "mhs", "msph", "mha", "bs", "ba", "mphil",
        "dphil", "fccp", "faap", "facog", "mbbch", "frcpath", "frcog", "frca", "fmedsci", "mres",
    )
)  # fmt: skip
_SURE: Final = frozenset(("phd", "msc", "bsc", "pharmd", "drph", "psyd", "mphil", "dphil", "mbchb", "mbbch"))
"""Degrees that are no initials, so that they are taken off behind a name without a comma too."""
_MARK: Final = re.compile(r"(?:\d+(?:\s*,\s*(?:\d+|[*+|#]))*|[*+|#]+|\(\d+\)),?")
_SECTION_MARK: Final = re.compile(r"[SP]")
"""A section or paragraph sign, which Ovid prints as a letter: an initial unless a degree stands before it."""


def person_of(printed: str) -> CslName | None:
    """Read `Verbeek, Jan MD, PhD *`, `Zhang, Weijia 1,2,+` or `Smith MS.`; initials are no degrees."""
    family, comma, rest = " ".join(printed.split()).partition(",")
    words = rest.split() if comma else family.split()
    words = _without_degrees(words, sure=not comma)
    if not words and not family.strip(" .*+-"):
        return None
    given = _without_dot(" ".join(words).strip(" ,;*+"))
    bare = f"{family}, {given}" if comma and given else given or family
    return name_of(bare.strip(" ,;*+")) if bare.strip(" .,;*+-") else None


def _without_degrees(words: list[str], sure: bool) -> list[str]:
    kept = list(words)
    while len(kept) > 1:
        last = kept[-1].strip(".,;")
        plain = last.replace(".", "").lower()
        before = kept[-2].strip(".,;").replace(".", "").lower()
        section = _SECTION_MARK.fullmatch(last) and before in _DEGREES and len(kept) > 2
        degree = plain in (_SURE if sure else _DEGREES)
        if last and not (section or degree or _MARK.fullmatch(kept[-1])):
            break
        kept.pop()
    return kept


def _without_dot(given: str) -> str:
    """Take off the dot that ends a field, and leave that of an initial."""
    return given if re.search(r"(?:^|[\s.-])\w\.$", given) else given.rstrip(".")
